import type { GraphClient } from '../transport/client';
import { collect, readPages } from '../transport/paging';
import { query, type Reading } from '../transport/reading';

export const OWN_GROUPS: Reading = {
	what: 'the groups of the service account',
	permission: 'GroupMember.Read.All',
	delegated: 'User.Read',
	alsoBy: ['User.Read.All', 'Group.Read.All', 'Directory.Read.All'],
	pageSize: 999,
	resourceUnits: 2,
};

/**
 * Object ids (lower case) of the groups that the signed-in account is in, directly or through another group:
 * `GET /me/transitiveMemberOf`. Only for a client that acts for an account, in the account's own tenant.
 */
export async function ownGroups(client: GraphClient): Promise<Set<string>> {
	const address = `/me/transitiveMemberOf${query({ $select: 'id', $top: OWN_GROUPS.pageSize })}`;
	const groups = await collect(readPages<{ id: string }>(client, { reading: OWN_GROUPS, address }));
	return new Set(groups.map(({ id }) => id.toLowerCase()));
}
