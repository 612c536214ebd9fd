import type { DirectoryUser, TenantDirectory } from '../../world/tenantDirectory';
import type { UserSeed } from '../../world/types';
import { USER } from '../entities/user';
import { hasAny, type GraphCall, type GraphResource } from '../graphCall';
import {
	badRequest,
	federatedUser,
	invalidQuery,
	notFound,
	notSimulated,
	passwordRefused,
	permissionMissing,
	propertyInvalid,
	synchronisedUser,
} from '../graphFailure';

/** How strictly the service guards writes to users; its documentation contradicts itself (contract B11). */
export interface WriteSettings {
	/** Permission alone is enough to write to people without a directory role. */
	people: 'allowed' | 'refused';
	/** Whoever holds a role is out of reach of an application permission, unless the app holds a higher role. */
	administrators: 'allowed' | 'refused';
}

const ALL_PROPERTIES = ['User.ReadWrite.All', 'Directory.ReadWrite.All'] as const;

/** Properties that can be written here, with the permissions for each: all of one of the lists. */
const WRITABLE: Readonly<Record<string, ReadonlyArray<readonly string[]>>> = {
	passwordProfile: [['User-PasswordProfile.ReadWrite.All']],
	accountEnabled: [['User.EnableDisableAccount.All', 'User.Read.All'], ...ALL_PROPERTIES.map((permission) => [permission])],
};

/** Never writable, by anybody. */
const READ_ONLY: readonly string[] = [
	'id', 'deletedDateTime', 'assignedLicenses', 'assignedPlans', 'createdDateTime', 'creationType', 'externalUserStateChangeDateTime', 'imAddresses',
	'lastPasswordChangeDateTime', 'licenseAssignmentStates', 'onPremisesDistinguishedName', 'onPremisesDomainName', 'onPremisesLastSyncDateTime',
	'onPremisesSamAccountName', 'onPremisesSecurityIdentifier', 'onPremisesSyncEnabled', 'onPremisesUserPrincipalName', 'provisionedPlans',
	'proxyAddresses', 'securityIdentifier', 'signInActivity', 'signInSessionsValidFromDateTime',
];

const PASSWORD_LENGTH = { least: 8, most: 256 };
/** Three of these four kinds of characters (Microsoft's password policy for cloud accounts). */
const KINDS = [/[a-z]/, /[A-Z]/, /[0-9]/, /[^A-Za-z0-9]/];

/** `passwordProfile` and `accountEnabled`, all or nothing. */
export const userUpdate: GraphResource = {
	method: 'PATCH',
	path: 'users/{id}',
	permissions: ['User-PasswordProfile.ReadWrite.All', 'User.EnableDisableAccount.All', ...ALL_PROPERTIES],
	resourceUnits: 1,
	options: [],
	answer: (call) => {
		const patch = patchOf(call);
		const user = call.tenant.findUser(call.parameters.id);
		if (!user) throw notFound(call.parameters.id);
		requireWritable(call, user);
		if (user.onPremisesSyncEnabled === true) throw synchronisedUser();
		const { accountEnabled, passwordProfile } = patch;
		if (accountEnabled !== undefined && typeof accountEnabled !== 'boolean') throw propertyInvalid('accountEnabled');
		const password = passwordProfile === undefined ? undefined : newPassword(call.tenant, user, passwordProfile);
		if (accountEnabled !== undefined) call.tenant.updateUser(user.id, { accountEnabled });
		if (password?.text !== undefined) call.tenant.setPassword(user.id, password.text, password.profile);
		else if (password) call.tenant.updateUser(user.id, { passwordProfile: { ...user.passwordProfile, ...password.profile } });
		return { status: 204 };
	},
};

/** Documented with 204; the service answers 200 (contract B11). */
export const revokeSignInSessions: GraphResource = {
	method: 'POST',
	path: 'users/{id}/revokeSignInSessions',
	permissions: ['User.RevokeSessions.All', ...ALL_PROPERTIES],
	resourceUnits: 1,
	options: [],
	answer: (call) => {
		const user = call.tenant.findUser(call.parameters.id);
		if (!user) throw notFound(call.parameters.id);
		call.tenant.revokeSessions(user.id);
		return { status: 200, body: { '@odata.context': `${call.origin}/v1.0/$metadata#Edm.Boolean`, value: true } };
	},
};

/** The body, if every property in it exists, can be written, and may be written by this app. */
function patchOf(call: GraphCall): Readonly<Record<string, unknown>> {
	if (!/^application\/json\b/i.test(call.headers['content-type'] ?? '')) throw invalidQuery('A request with a body needs Content-Type application/json.');
	let patch: unknown;
	try {
		patch = JSON.parse(call.body);
	} catch {
		throw invalidQuery('Unable to read JSON request payload. Please ensure Content-Type header is set and payload is of valid JSON format.');
	}
	if (typeof patch !== 'object' || patch === null || Array.isArray(patch)) throw invalidQuery('Empty Payload. JSON content expected.');
	for (const name of Object.keys(patch).filter((each) => !each.startsWith('@odata.'))) {
		if (!USER.properties[name] && !USER.open?.test(name)) throw badRequest(`Property '${name}' does not exist as a declared property or extension property.`);
		if (READ_ONLY.includes(name)) throw badRequest(`Property '${name}' is read-only and cannot be set.`);
		const permissions = WRITABLE[name];
		if (!permissions) throw notSimulated(`how ${name} of a user is written`);
		if (!permissions.some((together) => together.every((permission) => hasAny(call, [permission])))) throw permissionMissing();
	}
	return patch as Readonly<Record<string, unknown>>;
}

function requireWritable(call: GraphCall, user: DirectoryUser): void {
	const { writes } = call.settings;
	if ((isAdministrator(call.tenant, user.id) ? writes.administrators : writes.people) === 'refused') throw permissionMissing();
}

/** Holds an activated role, by themselves or through a group that holds it. */
function isAdministrator(tenant: TenantDirectory, id: string): boolean {
	return tenant.roles.some((role) =>
		role.members.some((member) => member.id === id || (member.type === 'group' && tenant.findGroup(member.id)?.members.some((each) => each.id === id))),
	);
}

function newPassword(tenant: TenantDirectory, user: DirectoryUser, sent: unknown): { text: string | undefined; profile: NonNullable<UserSeed['passwordProfile']> } {
	if (typeof sent !== 'object' || sent === null) throw propertyInvalid('passwordProfile');
	const { password, ...profile } = sent as Record<string, unknown>;
	for (const [name, value] of Object.entries(profile)) {
		const known = name === 'forceChangePasswordNextSignIn' || name === 'forceChangePasswordNextSignInWithMfa';
		if (!known || typeof value !== 'boolean') throw propertyInvalid('passwordProfile');
	}
	if (password !== undefined) {
		const domain = user.userPrincipalName.split('@')[1]?.toLowerCase();
		if (tenant.domains.some(({ id, authenticationType }) => id === domain && authenticationType === 'Federated')) throw federatedUser();
		if (typeof password !== 'string') throw propertyInvalid('passwordProfile');
		const kinds = KINDS.filter((kind) => kind.test(password)).length;
		if (password.length < PASSWORD_LENGTH.least || password.length > PASSWORD_LENGTH.most || kinds < 3) throw passwordRefused();
	}
	return { text: password, profile };
}
