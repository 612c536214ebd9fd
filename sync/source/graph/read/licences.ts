import type { Licence, LicenceSubscription } from '../../../model/licence';
import type { ReadableProperty } from '../transport/reading';
import type { PurchasedSku } from './companySubscriptions';
import type { LicenceNames } from './licenceNames';
import type { SubscribedSku } from './subscribedSkus';

/** What can be chosen of a licence; its ids always come along. */
export const LICENCE_PROPERTIES: readonly ReadableProperty[] = [
	{ name: 'displayName', label: 'Display Name', description: 'As invoices call it, for example Microsoft 365 Business Premium', byDefault: true },
	{ name: 'skuPartNumber', label: 'SKU Part Number', description: 'Microsoft’s short name, for example SPB', byDefault: true },
	{ name: 'free', label: 'Free', description: 'Whether it costs nothing', byDefault: true },
	{ name: 'capabilityStatus', label: 'Status', description: 'Enabled, Warning (expired, still usable), Suspended, Deleted or LockedOut', byDefault: true },
	{ name: 'appliesTo', label: 'Applies To', description: 'User, or Company for the whole tenant', byDefault: true },
	{ name: 'enabledUnits', label: 'Enabled Units', description: 'Bought and running', byDefault: true },
	{ name: 'consumedUnits', label: 'Consumed Units', description: 'Assigned', byDefault: true },
	{ name: 'availableUnits', label: 'Available Units', description: 'Can still be assigned', byDefault: true },
	{ name: 'suspendedUnits', label: 'Suspended Units', description: 'Of subscriptions that ended', byDefault: true },
	{ name: 'warningUnits', label: 'Warning Units', description: 'Of subscriptions that expired, in the days of grace', byDefault: true },
	{ name: 'lockedOutUnits', label: 'Locked Out Units', description: 'Cancelled', byDefault: true },
	{ name: 'nextLifecycleDate', label: 'Next Renewal or End', description: 'Soonest renewal or end of a subscription', byDefault: true },
	{ name: 'trial', label: 'Trial', description: 'Whether every subscription of it is a trial', byDefault: true },
	{ name: 'subscriptions', label: 'Subscriptions', description: 'Every purchase with its status, number and dates' },
];

/** These come from the company subscriptions, which are read only for them. */
const FROM_SUBSCRIPTIONS = ['nextLifecycleDate', 'trial', 'subscriptions'];

export function needsSubscriptions(properties: readonly string[]): boolean {
	return properties.some((name) => FROM_SUBSCRIPTIONS.includes(name));
}

/**
 * Joins what the tenant subscribes to with its purchases and the names of the products.
 *
 * @param purchased undefined: not read, so the licences come without what is known from there
 * @returns the licences by name
 */
export function licencesOf(tenantId: string, skus: readonly SubscribedSku[], purchased: readonly PurchasedSku[] | undefined, names: LicenceNames): Licence[] {
	return skus.map((sku) => licence(sku, tenantId, names, purchased)).sort((a, b) => a.displayName.localeCompare(b.displayName, 'en'));
}

function licence(sku: SubscribedSku, tenantId: string, names: LicenceNames, purchased: readonly PurchasedSku[] | undefined): Licence {
	const { subscriptionIds, skuId, skuPartNumber, ...counted } = sku;
	return {
		kind: 'licence',
		tenantId,
		skuId,
		skuPartNumber,
		...names(skuId, skuPartNumber),
		...counted,
		availableUnits: Math.max(0, sku.enabledUnits + sku.warningUnits - sku.consumedUnits),
		...(purchased ? dates(purchased.filter((each) => subscriptionIds.includes(each.id) || (subscriptionIds.length === 0 && each.skuId === skuId))) : {}),
	};
}

/** A subscription in one of these states renews no more. */
const OVER = new Set(['deleted', 'lockedout']);

function dates(purchases: readonly PurchasedSku[]): Pick<Licence, 'subscriptions' | 'trial' | 'nextLifecycleDate'> {
	const sorted = purchases
		.map(({ skuId: _, ...subscription }): LicenceSubscription => subscription)
		.sort((a, b) => (a.nextLifecycleDateTime ?? '9999').localeCompare(b.nextLifecycleDateTime ?? '9999', 'en'));
	const running = sorted.filter(({ status }) => !OVER.has(status?.toLowerCase() ?? ''));
	return {
		subscriptions: sorted,
		...(sorted.length > 0 ? { trial: sorted.every(({ trial }) => trial === true) } : {}),
		nextLifecycleDate: running[0]?.nextLifecycleDateTime ?? null,
	};
}
