import type { DelegatedAdminCustomer } from '@microsoft/microsoft-graph-types';
import type { Feature } from '../features';
import type { GraphClient } from '../transport/client';
import { collect, readPages } from '../transport/paging';
import { query, type Reading } from '../transport/reading';

export const DELEGATED_ADMIN_CUSTOMERS: Reading = {
	what: 'the customers with delegated administration',
	permission: 'DelegatedAdminRelationship.Read.All',
	alsoBy: ['DelegatedAdminRelationship.ReadWrite.All'],
	pageSize: 300,
	resourceUnits: 0,
	quotas: ['partner'],
};

export const CUSTOMERS_FEATURE: Feature = {
	key: 'customers',
	name: 'List customers',
	description: 'Customer → Get Many and Check, in a partner’s own tenant only',
	required: false,
	reading: DELEGATED_ADMIN_CUSTOMERS,
	probe: { address: '/tenantRelationships/delegatedAdminCustomers?$top=1', expects: 'list' },
};

/** A customer that lets the partner in. */
export interface DelegatedCustomer {
	/** GUID, lower case. */
	tenantId: string;
	displayName: string | null;
}

/** `GET /tenantRelationships/delegatedAdminCustomers`, in the partner's tenant. */
export async function delegatedAdminCustomers(client: GraphClient): Promise<DelegatedCustomer[]> {
	const address = `/tenantRelationships/delegatedAdminCustomers${query({ $top: DELEGATED_ADMIN_CUSTOMERS.pageSize })}`;
	const customers = await collect(readPages<DelegatedAdminCustomer>(client, { reading: DELEGATED_ADMIN_CUSTOMERS, address }));
	return customers.flatMap(({ tenantId, displayName }) => (tenantId ? [{ tenantId: tenantId.toLowerCase(), displayName: displayName ?? null }] : []));
}
