import { hasAny, isEventual, type GraphAnswer, type GraphCall, type GraphResource } from '../graphCall';
import { BASIC_USER_PROPERTIES, USER } from '../entities/user';
import { auditLogPermissionMissing, countUnsupported, premiumMissing } from '../graphFailure';
import { parseExpand, type Expansion } from '../odata/expand';
import { LIST_OPTIONS, listCount, listPage } from '../odata/list';
import { project, selectedProperties } from '../odata/projection';
import type { QuotaName } from '../quotas';
import type { DirectoryUser, TenantDirectory } from '../../world/tenantDirectory';

/** Who may read users as a whole. */
export const USER_READERS = ['User.Read.All', 'User.ReadWrite.All', 'Directory.Read.All', 'Directory.ReadWrite.All'] as const;
/** Who may at least list them. */
export const BASIC_USER_READERS = [...USER_READERS, 'User.ReadBasic.All'] as const;

/** Page size with signInActivity; a larger `$top` is no error. */
const LARGEST_PAGE_WITH_SIGN_INS = 500;

export const users: GraphResource = {
	path: 'users',
	permissions: BASIC_USER_READERS,
	resourceUnits: 2,
	quotas: quotasOfUsers,
	options: LIST_OPTIONS,
	answer: (call) => userList(call, call.tenant.users),
};

export const usersCount: GraphResource = {
	path: 'users/$count',
	permissions: BASIC_USER_READERS,
	resourceUnits: 2,
	quotas: quotasOfUsers,
	options: ['$filter', '$search'],
	answer: (call) => {
		if (!isEventual(call.headers)) throw countUnsupported();
		requireSignInReader(call, readsSignIns(call));
		return listCount({ call, items: call.tenant.users, entity: USER });
	},
};

/** A page of users, live or deleted. */
export function userList(call: GraphCall, items: readonly DirectoryUser[], defaults?: readonly string[]): GraphAnswer {
	const select = call.query.names('$select');
	const properties = select ? selectedProperties(USER, select, { collection: true }) : (defaults ?? selectedProperties(USER, undefined, { collection: true }));
	const signIns = readsSignIns(call);
	requireSignInReader(call, signIns);
	const expand = call.query.get('$expand');
	const expansion = expand === undefined ? undefined : parseExpand(expand, USER, USER);
	return listPage({
		call,
		items,
		entity: USER,
		context: `users${contextOf(select, expansion)}`,
		largestPage: signIns ? LARGEST_PAGE_WITH_SIGN_INS : undefined,
		render: userRenderer(call, properties, expansion),
	});
}

/** Selected or filtered: the call reads sign-in activity, which lies in the audit store. */
export function readsSignIns(call: GraphCall): boolean {
	return (
		(call.query.names('$select')?.includes('signInActivity') ?? false) || /\bsignInActivity\b/.test(call.query.get('$filter') ?? '')
	);
}

/** Sign-in activity stands under the limits of its store as well. */
export function quotasOfUsers(call: GraphCall): readonly QuotaName[] {
	return readsSignIns(call) ? ['directory', 'identityReports', 'signInActivity'] : ['directory'];
}

/** Sign-in activity takes a further permission and a P1 licence (contract B2, E). */
export function requireSignInReader(call: GraphCall, signIns: boolean): void {
	if (!signIns) return;
	if (!call.tenant.features.hasP1) throw premiumMissing();
	if (!hasAny(call, ['AuditLog.Read.All'])) throw auditLogPermissionMissing();
}

/** `(id,mail,manager(id))`, as it goes into the context. */
export function contextOf(select: readonly string[] | undefined, expansion?: Expansion): string {
	const parts = [...(select ?? []), ...(expansion ? [expansion.text] : [])];
	return parts.length === 0 ? '' : `(${parts.join(',')})`;
}

/** Shows users as this caller may see them: with `User.ReadBasic.All` alone, what is not basic stays unset. */
export function userRenderer(
	call: GraphCall,
	properties: readonly string[],
	expansion?: Expansion,
): (user: DirectoryUser) => Record<string, unknown> {
	const whole = hasAny(call, USER_READERS);
	return (user) => {
		const source = user as unknown as Readonly<Record<string, unknown>>;
		const visible = whole ? source : Object.fromEntries(BASIC_USER_PROPERTIES.map((name) => [name, source[name]]));
		const shown = project(visible, USER, properties);
		const manager = expansion && managerOf(call.tenant, user);
		return manager && expansion ? { ...shown, manager: managerObject(manager, expansion.properties) } : shown;
	};
}

/** A manager who was deleted is none. */
export function managerOf(tenant: TenantDirectory, user: DirectoryUser): DirectoryUser | undefined {
	return user.managerId === undefined ? undefined : tenant.findUser(user.managerId);
}

export function managerObject(manager: DirectoryUser, properties: readonly string[]): Record<string, unknown> {
	return {
		'@odata.type': '#microsoft.graph.user',
		...project(manager as unknown as Readonly<Record<string, unknown>>, USER, properties),
	};
}
