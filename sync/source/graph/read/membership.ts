import { SyncError } from '../../../model/syncError';
import { isGuid } from '../signIn/entraApp';
import type { GraphClient } from '../transport/client';
import { query, type RawRecord, type Reading } from '../transport/reading';

/** `GET /groups/{id}/members`, of any type or one: 3 units, less 1 for `$select`. */
export const GROUP_MEMBERS: Reading = {
	what: 'members of a group',
	permission: 'GroupMember.Read.All',
	alsoBy: ['GroupMember.ReadWrite.All', 'Group.Read.All', 'Group.ReadWrite.All', 'Directory.Read.All', 'Directory.ReadWrite.All'],
	role: 'Global Reader',
	pageSize: 999,
	resourceUnits: 2,
};

/** `GET /groups/{id}/transitiveMembers`: 5 units, less 1 for `$select`. */
export const NESTED_GROUP_MEMBERS: Reading = { ...GROUP_MEMBERS, what: 'members of a group and of the groups in it', resourceUnits: 4 };

/** @returns the id in lower case @throws SyncError (input) for anything but the object id of a group */
export function checkGroupId(id: string): string {
	const key = id.trim().toLowerCase();
	if (isGuid(key)) return key;
	throw new SyncError(key === '' ? 'No group is given.' : `"${id.trim()}" is not a group ID.`, {
		class: 'input',
		code: 'graph.groupId',
		remedy: 'Choose the group from the list, or give its object ID.',
	});
}

/** The app may read memberships, but not users. */
export function membersWithoutDetails(client: Pick<GraphClient, 'tenant' | 'clientId'>): SyncError {
	return new SyncError(`Could not read users of tenant ${client.tenant}: the app ${client.clientId} sees the members of the group, but not who they are.`, {
		class: 'notPermitted',
		code: 'graph.membersWithoutDetails',
		remedy: 'Add the application permission User.Read.All (Microsoft Graph) to the app registration and have an administrator of the tenant consent.',
		tenantId: client.tenant,
	});
}

const HIDDEN = 'Member.Read.Hidden';

/**
 * A group may hide its members from everybody who lacks a permission for just that, and then looks empty. To be asked
 * of every group that came without members.
 *
 * @throws SyncError (notPermitted) when it does
 */
export async function refuseHiddenMembers(client: GraphClient, groupId: string): Promise<void> {
	const { visibility } = await client.read<RawRecord>({ reading: GROUP_MEMBERS, address: `/groups/${groupId}${query({ $select: 'id,visibility' })}`, expects: 'object', record: `group ${groupId}` });
	const permissions = client.delegated ? await client.scopes() : await client.roles();
	if (visibility !== 'HiddenMembership' || permissions?.includes(HIDDEN)) return;
	throw new SyncError(`The members of group ${groupId} in tenant ${client.tenant} are hidden, and the app ${client.clientId} lacks the permission ${HIDDEN}.`, {
		class: 'notPermitted',
		code: 'graph.hiddenMembership',
		remedy: `Add the ${client.delegated ? 'delegated' : 'application'} permission ${HIDDEN} (Microsoft Graph) to the app registration and have an administrator of the tenant consent.`,
		tenantId: client.tenant,
	});
}
