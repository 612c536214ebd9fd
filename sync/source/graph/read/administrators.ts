import { inLanes } from '../../../inLanes';
import type { Feature } from '../features';
import type { GraphClient } from '../transport/client';
import type { GraphRequest } from '../transport/exchange';
import { collect, readPages } from '../transport/paging';
import { query, type RawRecord, type Reading } from '../transport/reading';
import { NESTED_GROUP_MEMBERS, refuseHiddenMembers } from './membership';

/** `GET /directoryRoles` and `/directoryRoles/{id}/members`; neither takes a page size (contract: B0, B13). */
export const DIRECTORY_ROLES: Reading = {
	what: 'directory roles and who holds them',
	permission: 'RoleManagement.Read.Directory',
	alsoBy: ['RoleManagement.ReadWrite.Directory', 'Directory.Read.All', 'Directory.ReadWrite.All'],
	role: 'Global Reader',
	resourceUnits: 1,
};

export const ROLES_FEATURE: Feature = {
	key: 'roles',
	name: 'Recognise administrators',
	description: 'User → Get Many with administrator roles; without it passwords, sessions and accounts are left alone',
	required: false,
	reading: DIRECTORY_ROLES,
	probe: { address: '/directoryRoles?$select=id', expects: 'list' },
};

/** Requests side by side. */
const LANES = 4;

/**
 * Who holds which directory roles, by themselves or as members of a group. People who may take up a role (PIM) and have
 * not done so are not among them.
 *
 * @returns names of roles, sorted, by object id of the user in lower case
 * @throws SyncError when any part cannot be read: a list that is short would take administrators for ordinary people
 */
export async function administratorsOf(client: GraphClient): Promise<Map<string, string[]>> {
	const roles = await collect(readPages<RawRecord>(client, { reading: DIRECTORY_ROLES, address: `/directoryRoles${query({ $select: 'id,displayName' })}` }));
	const rolesByUser = new Map<string, Set<string>>();
	const rolesByGroup = new Map<string, Set<string>>();
	const holders = await membersOf(client, roles);
	roles.forEach((role, index) => {
		for (const holder of holders[index]) {
			const held = holder['@odata.type'] === '#microsoft.graph.group' ? rolesByGroup : rolesByUser;
			note(held, String(holder.id).toLowerCase(), String(role.displayName ?? role.id));
		}
	});
	await inLanes([...rolesByGroup], LANES, async ([groupId, held]) => {
		const address = `/groups/${groupId}/transitiveMembers${query({ $select: 'id', $top: NESTED_GROUP_MEMBERS.pageSize })}`;
		const members = await collect(readPages<RawRecord>(client, { reading: NESTED_GROUP_MEMBERS, address, record: `group ${groupId}` }));
		if (members.length === 0) await refuseHiddenMembers(client, groupId);
		for (const { id } of members) {
			for (const role of held) note(rolesByUser, String(id).toLowerCase(), role);
		}
	});
	return new Map([...rolesByUser].map(([id, held]) => [id, [...held].sort((a, b) => a.localeCompare(b, 'en'))]));
}

/** Members of each role: all first answers in one batch, since a tenant has dozens of roles and few people in them. */
async function membersOf(client: GraphClient, roles: readonly RawRecord[]): Promise<RawRecord[][]> {
	const requests = roles.map(
		({ id }): GraphRequest => ({ reading: DIRECTORY_ROLES, address: `/directoryRoles/${String(id)}/members${query({ $select: 'id' })}`, expects: 'list', record: `directory role ${String(id)}` }),
	);
	const answers = await client.batch(requests);
	return await Promise.all(
		answers.map(async (answer, index) => {
			if (answer.status !== 200) throw client.explain(answer, requests[index]);
			const page = answer.body as { value: RawRecord[]; '@odata.nextLink'?: string };
			const next = page['@odata.nextLink'];
			return next === undefined ? page.value : [...page.value, ...(await collect(readPages<RawRecord>(client, { ...requests[index], address: next })))];
		}),
	);
}

function note(held: Map<string, Set<string>>, id: string, role: string): void {
	const names = held.get(id);
	if (names) names.add(role);
	else held.set(id, new Set([role]));
}
