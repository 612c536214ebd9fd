import { guidOf } from '../../world/random';
import { DELEGATED_ADMIN_CUSTOMER } from '../entities/partner';
import type { GraphCall, GraphResource } from '../graphCall';
import { LIST_OPTIONS, listPage, type Listed } from '../odata/list';
import { project, selectedProperties } from '../odata/projection';

/** Since 2024 for apps as well (contract B1). */
export const RELATIONSHIP_READERS = ['DelegatedAdminRelationship.Read.All', 'DelegatedAdminRelationship.ReadWrite.All'] as const;
/** "This method supports the $select, $filter, $top, $orderby, $count, and $skipToken"; pages of 300 at most. */
export const PARTNER_LIST_OPTIONS = LIST_OPTIONS.filter((option) => option !== '$expand' && option !== '$search');
export const LARGEST_PARTNER_PAGE = 300;
export const PARTNER_METADATA = 'tenantRelationships/';

interface Customer extends Listed {
	id: string;
	tenantId: string;
	displayName: string;
}

/** Customers with at least one active relationship; others are no objects here (Microsoft's page of the type). */
export const delegatedAdminCustomers: GraphResource = {
	path: 'tenantRelationships/delegatedAdminCustomers',
	permissions: RELATIONSHIP_READERS,
	resourceUnits: 1,
	options: PARTNER_LIST_OPTIONS,
	answer: (call) => {
		const properties = selectedProperties(DELEGATED_ADMIN_CUSTOMER, call.query.names('$select'), { collection: true });
		return listPage<Customer>({
			call,
			items: customersOf(call),
			entity: DELEGATED_ADMIN_CUSTOMER,
			context: 'delegatedAdminCustomers',
			metadataAt: PARTNER_METADATA,
			subject: (customer) => customer as unknown as Readonly<Record<string, unknown>>,
			largestPage: LARGEST_PARTNER_PAGE,
			render: (customer) => ({
				'@odata.type': '#microsoft.graph.delegatedAdminCustomer',
				'@odata.etag': etagOf(customer.id),
				...project(customer as unknown as Readonly<Record<string, unknown>>, DELEGATED_ADMIN_CUSTOMER, properties),
			}),
		});
	},
};

/** By what the object is, and when it last changed. */
export function etagOf(...parts: readonly string[]): string {
	return `W/"${Buffer.from(`'${guidOf(parts.join(' '))}'`).toString('base64')}"`;
}

function customersOf(call: GraphCall): Customer[] {
	const byTenant = new Map<string, Customer>();
	for (const { customerTenantId, customerName, status, sequence } of call.tenant.partner?.relationshipsAt(call.clock.now()) ?? []) {
		if (status !== 'active' || byTenant.has(customerTenantId)) continue;
		byTenant.set(customerTenantId, { id: customerTenantId, tenantId: customerTenantId, displayName: customerName, sequence });
	}
	return [...byTenant.values()];
}
