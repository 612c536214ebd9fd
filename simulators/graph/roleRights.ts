import type { AccessTokenClaims, UserTokenClaims } from '../entra/accessTokens';
import { ROLE_TEMPLATES } from '../world/roleTemplates';

/** What a directory role opens; each permission belongs to one. */
type Area =
	| 'self'
	| 'directory'
	| 'directoryWrite'
	| 'audit'
	| 'usageDetails'
	| 'reportSettings'
	| 'authenticationMethods'
	| 'security'
	| 'intune'
	| 'partner'
	/** Other people's mailboxes: no role opens them to Graph. */
	| 'mailbox';

/** The first that fits; everything else is `directory`. */
const AREAS: ReadonlyArray<readonly [RegExp, Area]> = [
	[/^User\.Read$/, 'self'],
	[/^AuditLog\./, 'audit'],
	[/^Reports\./, 'usageDetails'],
	[/^ReportSettings\./, 'reportSettings'],
	[/^UserAuthenticationMethod\./, 'authenticationMethods'],
	[/^Security/, 'security'],
	[/^DeviceManagement/, 'intune'],
	[/^DelegatedAdminRelationship\./, 'partner'],
	[/^(Mail|MailboxSettings|Calendars|Contacts)\./, 'mailbox'],
	[/ReadWrite|EnableDisable|RevokeSessions/, 'directoryWrite'],
];

/**
 * What each role opens. Sources: the roles' permissions in Microsoft's "Microsoft Entra built-in roles"; for usage
 * reports "Authorization for APIs to read Microsoft 365 usage reports", by which a Global Reader sees no details of users;
 * for Intune its "Role-based access control", by which readers of security and of everything read it, too. Whether a role
 * without a directory permission of its own reads the directory of a customer is not documented: here it does not.
 */
const ROLE_AREAS: Readonly<Record<string, readonly Area[]>> = {
	[ROLE_TEMPLATES.globalAdministrator]: [
		'directory',
		'directoryWrite',
		'audit',
		'usageDetails',
		'reportSettings',
		'authenticationMethods',
		'security',
		'intune',
	],
	[ROLE_TEMPLATES.globalReader]: ['directory', 'audit', 'reportSettings', 'authenticationMethods', 'security', 'intune'],
	[ROLE_TEMPLATES.reportsReader]: ['audit', 'usageDetails', 'reportSettings'],
	[ROLE_TEMPLATES.intuneAdministrator]: ['intune'],
	[ROLE_TEMPLATES.directoryReaders]: ['directory'],
	[ROLE_TEMPLATES.securityReader]: ['audit', 'security', 'intune'],
	[ROLE_TEMPLATES.userAdministrator]: ['directory', 'directoryWrite'],
	[ROLE_TEMPLATES.privilegedAuthenticationAdministrator]: ['directoryWrite', 'authenticationMethods'],
};

/** Without any role a member reads the directory of their own tenant, and what their company does as a partner. */
const OWN_TENANT: readonly Area[] = ['self', 'directory', 'partner'];

const MINIMUM: readonly Area[] = ['self'];

/**
 * What the holder of a token may use: an app every permission that it has, an app that acts for a user those of its
 * permissions that the user's roles open (contract A5, 3). Roles are those of the token; a change shows with the next one.
 */
export function effectivePermissions(caller: AccessTokenClaims): ReadonlySet<string> {
	if (caller.idtyp === 'app') return new Set(caller.roles);
	const open = openAreas(caller);
	return new Set(caller.scp.split(' ').filter((permission) => permission !== '' && open.has(areaOf(permission))));
}

function openAreas(user: UserTokenClaims): ReadonlySet<Area> {
	const foreign = user.idp !== undefined;
	return new Set([...(foreign ? MINIMUM : OWN_TENANT), ...user.wids.flatMap((role) => ROLE_AREAS[role] ?? [])]);
}

function areaOf(permission: string): Area {
	return AREAS.find(([pattern]) => pattern.test(permission))?.[1] ?? 'directory';
}
