import { GROUP } from '../entities/group';
import { isEventual, type GraphCall, type GraphResource } from '../graphCall';
import { countUnsupported, identifierInvalid, notFound } from '../graphFailure';
import { LIST_OPTIONS, listCount, listPage } from '../odata/list';
import { project, selectedProperties } from '../odata/projection';
import type { DirectoryGroup } from '../../world/tenantDirectory';
import { contextOf } from './users';

export const GROUP_READERS = [
	'Group.Read.All',
	'Group.ReadWrite.All',
	'GroupMember.Read.All',
	'GroupMember.ReadWrite.All',
	'Directory.Read.All',
	'Directory.ReadWrite.All',
] as const;

const LISTERS = [...GROUP_READERS, 'Group.ReadBasic.All'] as const;
const GUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

export const groups: GraphResource = {
	path: 'groups',
	permissions: LISTERS,
	resourceUnits: 1,
	options: LIST_OPTIONS.filter((option) => option !== '$expand'),
	answer: (call) => {
		const select = call.query.names('$select');
		const properties = selectedProperties(GROUP, select, { collection: true });
		return listPage({
			call,
			items: call.tenant.groups,
			entity: GROUP,
			context: `groups${contextOf(select)}`,
			render: (group) => project(group as unknown as Readonly<Record<string, unknown>>, GROUP, properties),
		});
	},
};

export const groupsCount: GraphResource = {
	path: 'groups/$count',
	permissions: LISTERS,
	resourceUnits: 1,
	options: ['$filter', '$search'],
	answer: (call) => {
		if (!isEventual(call.headers)) throw countUnsupported();
		return listCount({ call, items: call.tenant.groups, entity: GROUP });
	},
};

export const group: GraphResource = {
	path: 'groups/{id}',
	permissions: LISTERS,
	resourceUnits: 1,
	options: ['$select'],
	answer: (call) => {
		const select = call.query.names('$select');
		const properties = selectedProperties(GROUP, select, { collection: false });
		const found = findGroup(call);
		return {
			status: 200,
			body: {
				'@odata.context': `${call.origin}/v1.0/$metadata#groups${contextOf(select)}/$entity`,
				...project(found as unknown as Readonly<Record<string, unknown>>, GROUP, properties),
			},
		};
	},
};

/** The group that the path names; 400 for anything but a GUID, 404 for an unknown one. */
export function findGroup(call: GraphCall): DirectoryGroup {
	const { id } = call.parameters;
	if (!GUID.test(id)) throw identifierInvalid(id);
	const found = call.tenant.findGroup(id);
	if (!found) throw notFound(id);
	return found;
}
