import type { DelegatedAdminCustomer } from '@microsoft/microsoft-graph-types';
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
