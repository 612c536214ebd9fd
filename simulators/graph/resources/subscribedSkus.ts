import type { SubscriptionStatus } from '../../world/types';
import { SUBSCRIBED_SKU } from '../entities/plain';
import type { GraphResource } from '../graphCall';
import { project, selectedProperties } from '../odata/projection';
import { subscriptionsOf } from './companySubscriptions';
import { contextOf } from './users';

const BEST_FIRST: readonly SubscriptionStatus[] = ['Enabled', 'Warning', 'Suspended', 'LockedOut', 'Deleted'];

/** Licences of the tenant, each kind once, however often it was bought; how many are used is counted from its users. */
export const subscribedSkus: GraphResource = {
	path: 'subscribedSkus',
	permissions: [
		'LicenseAssignment.Read.All',
		'LicenseAssignment.ReadWrite.All',
		'Organization.Read.All',
		'Organization.ReadWrite.All',
		'Directory.Read.All',
		'Directory.ReadWrite.All',
	],
	resourceUnits: 3,
	options: ['$select'],
	answer: (call) => {
		const { tenant } = call;
		const select = call.query.names('$select');
		const properties = selectedProperties(SUBSCRIBED_SKU, select, { collection: true });
		const value = tenant.skus.map((sku) => {
			const subscriptions = subscriptionsOf(tenant, sku);
			const units = (...statuses: SubscriptionStatus[]) =>
				subscriptions.reduce((sum, { status, totalLicenses }) => sum + (statuses.includes(status ?? 'Enabled') ? totalLicenses : 0), 0);
			return project(
				{
					accountName: tenant.domains.find((domain) => domain.isInitial)?.id.split('.')[0],
					accountId: tenant.tenantId,
					appliesTo: 'User',
					capabilityStatus: sku.capabilityStatus ?? BEST_FIRST.find((status) => subscriptions.some((each) => (each.status ?? 'Enabled') === status)) ?? 'Deleted',
					consumedUnits: tenant.consumedUnits(sku.skuId),
					id: `${tenant.tenantId}_${sku.skuId}`,
					skuId: sku.skuId,
					skuPartNumber: sku.skuPartNumber,
					subscriptionIds: subscriptions.map(({ id }) => id),
					prepaidUnits: { enabled: units('Enabled'), suspended: units('Suspended'), warning: units('Warning'), lockedOut: units('LockedOut') },
					servicePlans: sku.servicePlans.map((plan) => ({ ...plan, provisioningStatus: 'Success', appliesTo: 'User' })),
				},
				SUBSCRIBED_SKU,
				properties,
			);
		});
		return { status: 200, body: { '@odata.context': `${call.origin}/v1.0/$metadata#subscribedSkus${contextOf(select)}`, value } };
	},
};
