import type { Whereabouts } from '../../../model/person';
import { SyncError } from '../../../model/syncError';
import type { GraphClient } from '../transport/client';
import { isGuid } from '../signIn/entraApp';
import type { Reading } from '../transport/reading';
import { readByIds } from './byIds';
import { licenceNames } from './licenceNames';
import { skuIds, type RawUser } from './userProjection';
import { USERS } from './users';

/** `GET /directory/deletedItems/microsoft.graph.user` */
export const DELETED_USERS: Reading = { ...USERS, what: 'deleted users' };

/**
 * Where people are who were not in the list: disabled, there but filtered out, deleted and restorable, or gone.
 * Each is asked for by id, because a list cannot tell.
 *
 * @param ids object ids
 * @param onUnlicensed is told of each who is there and holds no licence that is paid: what costs nothing does not count
 * @returns one entry per id, in lower case
 * @throws SyncError when any of the reads fails: a person is gone only when the service says so
 */
export async function whereaboutsOf(client: GraphClient, ids: Iterable<string>, onUnlicensed?: (id: string) => void): Promise<Map<string, Whereabouts>> {
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
	const nameOf = onUnlicensed && (await licenceNames());
	const select = nameOf ? 'id,accountEnabled,assignedLicenses' : 'id,accountEnabled';
	for (const user of await readByIds(client, { path: '/users', reading: USERS, select }, wanted)) {
		const id = String(user.id).toLowerCase();
		found.set(id, user.accountEnabled === false ? 'disabled' : 'filteredOut');
		// What did not come is not known.
		if (nameOf && Array.isArray(user.assignedLicenses) && skuIds(user as RawUser).every((skuId) => nameOf(skuId).free)) onUnlicensed!(id);
	}
	const missing = wanted.filter((id) => !found.has(id));
	for (const user of await readByIds(client, { path: '/directory/deletedItems/microsoft.graph.user', reading: DELETED_USERS, select: 'id' }, missing)) {
		found.set(String(user.id).toLowerCase(), 'softDeleted');
	}
	return new Map(wanted.map((id) => [id, found.get(id) ?? 'gone']));
}
