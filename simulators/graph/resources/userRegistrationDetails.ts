import type { DirectoryUser, TenantDirectory } from '../../world/tenantDirectory';
import { REGISTRATION, registrationOf } from '../entities/registration';
import type { GraphResource } from '../graphCall';
import { auditLogPermissionMissing, premiumMissing } from '../graphFailure';
import { listPage } from '../odata/list';
import { project } from '../odata/projection';

const HOUR = 3_600_000;
/** The report is made some hours before it is read. */
const HOURS_BEHIND = 9;

/** Who registered which authentication methods: everybody but disabled users, in tenants with P1 (contract B8, B13, E). */
export const userRegistrationDetails: GraphResource = {
	path: 'reports/authenticationMethods/userRegistrationDetails',
	permissions: ['AuditLog.Read.All'],
	refusal: auditLogPermissionMissing,
	quotas: ['identityReports'],
	options: ['$top', '$filter', '$orderby', '$skiptoken'],
	answer: (call) => {
		const { tenant } = call;
		if (!tenant.features.hasP1) throw premiumMissing();
		const administrators = administratorsOf(tenant);
		// Seven digits behind the second, as the service writes them.
		const updated = `${new Date(call.clock.now() - HOURS_BEHIND * HOUR).toISOString().slice(0, 19)}.3816551Z`;
		const shown = (user: DirectoryUser) => registrationOf(user, administrators.has(user.id), updated);
		const properties = Object.keys(REGISTRATION.properties);
		return listPage<DirectoryUser>({
			call,
			items: enabledUsers(tenant),
			entity: REGISTRATION,
			context: 'reports/authenticationMethods/userRegistrationDetails',
			subject: shown,
			render: (user) => project(shown(user), REGISTRATION, properties),
		});
	},
};

const listed = new WeakMap<TenantDirectory, { version: number; users: readonly DirectoryUser[] }>();

/** Gathered once per version of the tenant, not once per page. */
function enabledUsers(tenant: TenantDirectory): readonly DirectoryUser[] {
	const known = listed.get(tenant);
	if (known?.version === tenant.version) return known.users;
	const users = tenant.users.filter((user) => user.accountEnabled !== false);
	listed.set(tenant, { version: tenant.version, users });
	return users;
}

/** Holders of any role, through role-assignable groups as well. */
function administratorsOf(tenant: TenantDirectory): ReadonlySet<string> {
	const members = tenant.roles.flatMap((role) => role.members);
	return new Set(
		members.flatMap(({ type, id }) => (type === 'user' ? [id] : type === 'group' ? (tenant.findGroup(id)?.members ?? []).map((member) => member.id) : [])),
	);
}
