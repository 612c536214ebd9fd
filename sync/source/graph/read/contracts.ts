import type { Contract as GraphContract } from '@microsoft/microsoft-graph-types';
import type { GraphClient } from '../transport/client';
import { collect, readPages } from '../transport/paging';
import { query, type Reading } from '../transport/reading';

export const CONTRACTS: Reading = {
	what: 'the contracts with customers',
	permission: 'Directory.Read.All',
	alsoBy: ['Directory.ReadWrite.All'],
	role: 'Directory Readers',
	pageSize: 999,
	resourceUnits: 3,
};

/** What a partner sells as a cloud solution provider, by customer. */
export interface Contract {
	/** The customer's tenant, a GUID in lower case. */
	tenantId: string;
	displayName: string | null;
	defaultDomain: string | null;
}

/** `GET /contracts`, in the partner's tenant; a tenant that is no partner's has none. */
export async function contracts(client: GraphClient): Promise<Contract[]> {
	const address = `/contracts${query({ $select: 'customerId,displayName,defaultDomainName', $top: CONTRACTS.pageSize })}`;
	const read = await collect(readPages<GraphContract>(client, { reading: CONTRACTS, address }));
	return read.flatMap(({ customerId, displayName, defaultDomainName }) =>
		customerId ? [{ tenantId: customerId.toLowerCase(), displayName: displayName ?? null, defaultDomain: defaultDomainName ?? null }] : [],
	);
}
