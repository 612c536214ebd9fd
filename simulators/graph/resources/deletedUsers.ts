import { USER } from '../entities/user';
import type { GraphResource } from '../graphCall';
import { LIST_OPTIONS } from '../odata/list';
import { USER_READERS, userList } from './users';

/** Soft-deleted users, restorable for thirty days. */
export const deletedUsers: GraphResource = {
	path: 'directory/deletedItems/microsoft.graph.user',
	permissions: USER_READERS,
	resourceUnits: 1,
	options: LIST_OPTIONS.filter((option) => option !== '$expand'),
	answer: (call) => userList(call, call.tenant.deletedUsers, [...(USER.defaults ?? []), 'deletedDateTime']),
};
