import type { GraphClient } from '../transport/client';
import { collect, readPages } from '../transport/paging';
import { query } from '../transport/reading';
import type { RawUser } from './userProjection';
import { DELETED_USERS } from './whereabouts';

/** Somebody who was deleted and can be restored. */
export interface DeletedUser {
	/** Object id, lower case. */
	id: string;
	displayName: string | null;
}

/** Everybody who was deleted in the last thirty days; after that Entra forgets them. */
export async function deletedUsers(client: GraphClient): Promise<DeletedUser[]> {
	const address = `/directory/deletedItems/microsoft.graph.user${query({ $select: 'id,displayName', $top: DELETED_USERS.pageSize })}`;
	const raws = await collect(readPages<RawUser>(client, { reading: DELETED_USERS, address }));
	return raws.map(({ id, displayName }) => ({ id: String(id).toLowerCase(), displayName: typeof displayName === 'string' ? displayName : null }));
}
