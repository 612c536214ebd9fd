import { guidOf } from '../../world/random';
import type { TenantDirectory } from '../../world/tenantDirectory';
import type { SkuSeed, SubscriptionSeed } from '../../world/types';
import { COMPANY_SUBSCRIPTION } from '../entities/plain';
import type { GraphResource } from '../graphCall';
import { compileFilter } from '../odata/filterEvaluator';
import { parseFilter } from '../odata/filterParser';
import { checkFilter } from '../odata/filterRules';
import { project, selectedProperties } from '../odata/projection';
import { contextOf } from './users';

/** Purchases of licences, all on one page, with the day on which each is renewed or ends. */
export const companySubscriptions: GraphResource = {
	path: 'directory/subscriptions',
	permissions: ['Organization.Read.All', 'Organization.ReadWrite.All', 'Directory.Read.All', 'Directory.ReadWrite.All'],
	resourceUnits: 1,
	options: ['$select', '$filter'],
	answer: (call) => {
		const select = call.query.names('$select');
		const properties = selectedProperties(COMPANY_SUBSCRIPTION, select, { collection: true });
		const filter = call.query.get('$filter');
		let keep: (subscription: Readonly<Record<string, unknown>>) => boolean = () => true;
		if (filter !== undefined) {
			const node = parseFilter(filter);
			checkFilter(node, COMPANY_SUBSCRIPTION, false);
			keep = compileFilter(node, COMPANY_SUBSCRIPTION);
		}
		const value = call.tenant.skus
			.flatMap((sku) => subscriptionsOf(call.tenant, sku).map((subscription) => shown(sku, subscription)))
			.filter(keep)
			.map((subscription) => project(subscription, COMPANY_SUBSCRIPTION, properties));
		return { status: 200, body: { '@odata.context': `${call.origin}/v1.0/$metadata#directory/subscriptions${contextOf(select)}`, value } };
	},
};

/** A licence of which the world does not say how it was bought comes from one subscription. */
export function subscriptionsOf(tenant: TenantDirectory, sku: SkuSeed): readonly SubscriptionSeed[] {
	return sku.subscriptions ?? [{ id: guidOf(`subscription ${tenant.tenantId} ${sku.skuId}`), totalLicenses: sku.enabled, status: sku.capabilityStatus }];
}

function shown(sku: SkuSeed, subscription: SubscriptionSeed): Readonly<Record<string, unknown>> {
	return {
		isTrial: false,
		status: 'Enabled',
		...subscription,
		commerceSubscriptionId: guidOf(`commerce ${subscription.id}`),
		ownerType: subscription.ownerTenantId ? 'Partner' : 'User',
		serviceStatus: sku.servicePlans.map((plan) => ({ ...plan, provisioningStatus: 'Success', appliesTo: 'User' })),
		skuId: sku.skuId,
		skuPartNumber: sku.skuPartNumber,
	};
}
