import { groupsOf } from '../../world/memberships';
import type { DirectoryGroup, DirectoryUser } from '../../world/tenantDirectory';
import { OTHER_OBJECT } from '../entities/plain';
import { USER } from '../entities/user';
import type { GraphAnswer, GraphCall, GraphResource } from '../graphCall';
import { invalidQuery, notFound } from '../graphFailure';
import { LIST_OPTIONS, listPage } from '../odata/list';
import { project, selectedProperties } from '../odata/projection';
import { GROUP_READERS } from './groups';
import { memberRenderer, type ResolvedMember } from './memberObjects';
import { contextOf, USER_READERS } from './users';

/** The user whom the app acts for, with all their properties. In a customer's tenant nobody stands for a partner's user: 404. */
export const me: GraphResource = {
	path: 'me',
	permissions: USER_READERS,
	delegatedPermissions: ['User.Read', 'User.ReadWrite', ...USER_READERS],
	resourceUnits: 1,
	options: ['$select'],
	answer: (call) => {
		const user = signedInUser(call);
		const select = call.query.names('$select');
		const properties = selectedProperties(USER, select, { collection: false });
		return {
			status: 200,
			body: {
				'@odata.context': `${call.origin}/v1.0/$metadata#users${contextOf(select)}/$entity`,
				...project(user as unknown as Readonly<Record<string, unknown>>, USER, properties),
			},
		};
	},
};

/** Own groups, direct ones. Graph lists directory roles and administrative units as well, this simulator does not. */
export const myGroups: GraphResource = {
	path: 'me/memberOf',
	permissions: GROUP_READERS,
	delegatedPermissions: ['User.Read', ...GROUP_READERS],
	resourceUnits: 1,
	options: LIST_OPTIONS.filter((option) => option !== '$expand'),
	answer: (call) => groupList(call, groupsOf(call.tenant, signedInUser(call).id).direct),
};

/** Own groups, and the groups that those are in. */
export const myTransitiveGroups: GraphResource = {
	...myGroups,
	path: 'me/transitiveMemberOf',
	answer: (call) => groupList(call, groupsOf(call.tenant, signedInUser(call).id).transitive),
};

function signedInUser(call: GraphCall): DirectoryUser {
	if (call.caller.idtyp !== 'user') throw invalidQuery('/me request is only valid with delegated authentication flow.');
	const user = call.tenant.findUser(call.caller.oid);
	if (!user) throw notFound(call.caller.oid);
	return user;
}

function groupList(call: GraphCall, groups: readonly DirectoryGroup[]): GraphAnswer {
	const select = call.query.names('$select');
	return listPage<ResolvedMember>({
		call,
		items: groups.map((group, index) => ({ sequence: index + 1, type: 'group', object: group as unknown as ResolvedMember['object'] })),
		entity: OTHER_OBJECT,
		context: `directoryObjects${contextOf(select)}`,
		filterIsAdvanced: true,
		subject: (member) => member.object,
		render: memberRenderer(call, select),
	});
}
