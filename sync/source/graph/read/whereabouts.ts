import { inLanes } from '../../../inLanes';
import type { Whereabouts } from '../../../model/person';
import { SyncError } from '../../../model/syncError';
import type { GraphClient } from '../transport/client';
import { isGuid } from '../signIn/entraApp';
import { collect, readPages } from '../transport/paging';
import { literal, query, type Reading } from '../transport/reading';
import { USERS } from './users';

/** `GET /directory/deletedItems/microsoft.graph.user` */
export const DELETED_USERS: Reading = { ...USERS, what: 'deleted users' };

/** A filter takes at most fifteen values after "in". */
const IDS_PER_REQUEST = 15;
/** Requests side by side. */
const LANES = 4;

/**
 * Where people are who were not in the list: disabled, there but filtered out, deleted and restorable, or gone.
 * Each is asked for by id, because a list cannot tell.
 *
 * @param ids object ids
 * @returns one entry per id, in lower case
 * @throws SyncError when any of the reads fails: a person is gone only when the service says so
 */
export async function whereaboutsOf(client: GraphClient, ids: Iterable<string>): Promise<Map<string, Whereabouts>> {
	const wanted = [...new Set([...ids].map((id) => id.trim().toLowerCase()))];
	const malformed = wanted.find((id) => !isGuid(id));
	if (malformed !== undefined) {
		throw new SyncError(`"${malformed}" is not the object ID of a user.`, {
			class: 'input',
			code: 'graph.userId',
			remedy: 'The links of this pairing hold an ID that is not one of Entra’s. Forget that link (Sync Ledger → Link → Forget) and run again.',
			tenantId: client.tenant,
		});
	}
	const found = new Map<string, Whereabouts>();
	await inGroups(wanted, async (group) => {
		for (const user of await byId(client, '/users', USERS, 'id,accountEnabled', group)) {
			found.set(user.id.toLowerCase(), user.accountEnabled === false ? 'disabled' : 'filteredOut');
		}
	});
	await inGroups(
		wanted.filter((id) => !found.has(id)),
		async (group) => {
			for (const user of await byId(client, '/directory/deletedItems/microsoft.graph.user', DELETED_USERS, 'id', group)) {
				found.set(user.id.toLowerCase(), 'softDeleted');
			}
		},
	);
	return new Map(wanted.map((id) => [id, found.get(id) ?? 'gone']));
}

async function byId(
	client: GraphClient,
	path: string,
	reading: Reading,
	select: string,
	ids: readonly string[],
): Promise<Array<{ id: string; accountEnabled?: boolean | null }>> {
	const address = path + query({ $select: select, $filter: `id in (${ids.map(literal).join(',')})` });
	return await collect(readPages<{ id: string; accountEnabled?: boolean | null }>(client, { reading, address }));
}

async function inGroups(ids: readonly string[], ask: (group: readonly string[]) => Promise<void>): Promise<void> {
	const groups: string[][] = [];
	for (let index = 0; index < ids.length; index += IDS_PER_REQUEST) groups.push(ids.slice(index, index + IDS_PER_REQUEST));
	await inLanes(groups, LANES, ask);
}
