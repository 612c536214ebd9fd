import { DIRECTORY_ROLE } from '../entities/plain';
import type { GraphResource } from '../graphCall';
import { identifierInvalid, notFound } from '../graphFailure';
import { compileFilter } from '../odata/filterEvaluator';
import { parseFilter } from '../odata/filterParser';
import { checkFilter } from '../odata/filterRules';
import { project, selectedProperties } from '../odata/projection';
import { memberRenderer, placed, resolveMembers } from './memberObjects';
import { contextOf } from './users';

const ROLE_READERS = [
	'RoleManagement.Read.Directory',
	'RoleManagement.ReadWrite.Directory',
	'Directory.Read.All',
	'Directory.ReadWrite.All',
] as const;

/** Activated roles, all on one page; `$top` is refused (contract B0, B13). */
export const directoryRoles: GraphResource = {
	path: 'directoryRoles',
	permissions: ROLE_READERS,
	resourceUnits: 1,
	options: ['$select', '$filter'],
	answer: (call) => {
		const select = call.query.names('$select');
		const properties = selectedProperties(DIRECTORY_ROLE, select, { collection: true });
		const filter = call.query.get('$filter');
		let keep: (role: Readonly<Record<string, unknown>>) => boolean = () => true;
		if (filter !== undefined) {
			const node = parseFilter(filter);
			checkFilter(node, DIRECTORY_ROLE, false);
			keep = compileFilter(node, DIRECTORY_ROLE);
		}
		const value = call.tenant.roles
			.map((role) => role as unknown as Readonly<Record<string, unknown>>)
			.filter(keep)
			.map((role) => project(role, DIRECTORY_ROLE, properties));
		return { status: 200, body: { '@odata.context': `${call.origin}/v1.0/$metadata#directoryRoles${contextOf(select)}`, value } };
	},
};

/** Direct members: users, groups, service principals. */
export const directoryRoleMembers: GraphResource = {
	path: 'directoryRoles/{id}/members',
	permissions: ROLE_READERS,
	resourceUnits: 1,
	options: ['$select'],
	answer: (call) => {
		const { id } = call.parameters;
		if (!/^[0-9a-f-]{36}$/i.test(id)) throw identifierInvalid(id);
		const role = call.tenant.roles.find((each) => each.id === id.toLowerCase());
		if (!role) throw notFound(id);
		const select = call.query.names('$select');
		return {
			status: 200,
			body: {
				'@odata.context': `${call.origin}/v1.0/$metadata#directoryObjects${contextOf(select)}`,
				value: resolveMembers(call, placed(role.members)).map(memberRenderer(call, select)),
			},
		};
	},
};
