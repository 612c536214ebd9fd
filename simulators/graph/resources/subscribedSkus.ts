import { guidOf } from '../../world/random';
import { SUBSCRIBED_SKU } from '../entities/plain';
import type { GraphResource } from '../graphCall';
import { project, selectedProperties } from '../odata/projection';
import { contextOf } from './users';

/** Subscriptions of the tenant; how many are used is counted from its users. */
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
		const value = tenant.skus.map((sku) =>
			project(
				{
					accountName: tenant.domains.find((domain) => domain.isInitial)?.id.split('.')[0],
					accountId: tenant.tenantId,
					appliesTo: 'User',
					capabilityStatus: sku.capabilityStatus ?? 'Enabled',
					consumedUnits: tenant.consumedUnits(sku.skuId),
					id: `${tenant.tenantId}_${sku.skuId}`,
					skuId: sku.skuId,
					skuPartNumber: sku.skuPartNumber,
					subscriptionIds: [guidOf(`subscription ${tenant.tenantId} ${sku.skuId}`)],
					prepaidUnits: { enabled: sku.enabled, suspended: 0, warning: 0, lockedOut: 0 },
					servicePlans: sku.servicePlans.map((plan) => ({ ...plan, provisioningStatus: 'Success', appliesTo: 'User' })),
				},
				SUBSCRIBED_SKU,
				properties,
			),
		);
		return { status: 200, body: { '@odata.context': `${call.origin}/v1.0/$metadata#subscribedSkus${contextOf(select)}`, value } };
	},
};
