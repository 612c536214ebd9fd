import type { UserRegistrationDetails } from '@microsoft/microsoft-graph-types';
import type { AuthenticationStatus } from '../../../model/authentication';
import type { Feature } from '../features';
import type { GraphClient } from '../transport/client';
import { readPages, type PageEvent } from '../transport/paging';
import { literal, query, type ReadableProperty, type Reading } from '../transport/reading';
import { tenantGuidOf } from './organization';

export const REGISTRATION_DETAILS: Reading = {
	what: 'the registered authentication methods',
	permission: 'AuditLog.Read.All',
	alsoBy: [],
	role: 'Reports Reader',
	licence: 'Microsoft Entra ID P1',
	// Undocumented; other clients use it.
	pageSize: 999,
	resourceUnits: 0,
	quotas: ['identityReports'],
};

export const AUTHENTICATION_FEATURE: Feature = {
	key: 'authentication',
	name: 'Read MFA registration',
	description: 'Authentication → Get Many; User → the properties MFA Status and MFA Methods; people without MFA in Security Audit → Get Findings',
	required: false,
	reading: REGISTRATION_DETAILS,
	probe: { address: '/reports/authenticationMethods/userRegistrationDetails?$top=1', expects: 'list' },
};

/** What can be chosen of somebody's authentication; whose it is always comes along. */
export const AUTHENTICATION_PROPERTIES: readonly ReadableProperty[] = [
	{ name: 'mfaRegistered', label: 'MFA Registered', description: 'Has a strong method registered, allowed by policy or not', byDefault: true },
	{ name: 'mfaCapable', label: 'MFA Capable', description: 'Has a strong method that the policy allows', byDefault: true },
	{ name: 'passwordlessCapable', label: 'Passwordless Capable', description: 'Can sign in without a password', byDefault: true },
	{ name: 'methods', label: 'Methods', description: 'Names of the registered methods', byDefault: true },
	{ name: 'defaultMethod', label: 'Default Method', description: 'Chosen by the person for the second step', byDefault: true },
	{ name: 'administrator', label: 'Administrator', description: 'Whether the person holds a directory role', byDefault: true },
	{ name: 'ssprRegistered', label: 'SSPR Registered', description: 'Can reset a forgotten password, as far as methods go' },
	{ name: 'ssprEnabled', label: 'SSPR Enabled', description: 'May reset a forgotten password' },
	{ name: 'ssprCapable', label: 'SSPR Capable', description: 'Can and may reset a forgotten password' },
	{ name: 'userType', label: 'User Type', description: 'Member or guest' },
	{ name: 'lastUpdated', label: 'Last Updated', description: 'When the report last looked' },
];

/**
 * Everybody's registered methods in bulk, page by page. The report leaves disabled people out: of them nothing is known.
 *
 * @param userPrincipalName only this person's
 * @throws SyncError when any page cannot be read; `notLicensed` without Entra ID P1
 */
export async function* registrationPages(client: GraphClient, userPrincipalName?: string): AsyncGenerator<PageEvent<AuthenticationStatus>, void> {
	const tenantId = await tenantGuidOf(client);
	const address = `/reports/authenticationMethods/userRegistrationDetails${query({ $filter: userPrincipalName === undefined ? undefined : `userPrincipalName eq ${literal(userPrincipalName)}`, $top: REGISTRATION_DETAILS.pageSize })}`;
	for await (const page of readPages<UserRegistrationDetails>(client, { reading: REGISTRATION_DETAILS, address })) {
		yield page.kind === 'restart' ? page : { kind: 'page', items: page.items.filter(({ id }) => id).map((raw) => statusOf(raw, tenantId)) };
	}
}

function statusOf(raw: UserRegistrationDetails, tenantId: string): AuthenticationStatus {
	return {
		kind: 'authentication',
		tenantId,
		personId: raw.id!.toLowerCase(),
		userPrincipalName: raw.userPrincipalName ?? null,
		displayName: raw.userDisplayName ?? null,
		...(raw.userType ? { userType: raw.userType === 'guest' ? 'Guest' : 'Member' } : {}),
		mfaRegistered: raw.isMfaRegistered,
		mfaCapable: raw.isMfaCapable,
		passwordlessCapable: raw.isPasswordlessCapable,
		ssprRegistered: raw.isSsprRegistered,
		ssprEnabled: raw.isSsprEnabled,
		ssprCapable: raw.isSsprCapable,
		administrator: raw.isAdmin,
		methods: [...(raw.methodsRegistered ?? [])].sort(),
		defaultMethod: defaultMethodOf(raw.userPreferredMethodForSecondaryAuthentication),
		lastUpdated: raw.lastUpdatedDateTime ?? null,
		source: 'registrationReport',
	};
}

/** Nobody's choice is seen as "none", as an empty text and as nothing at all. */
function defaultMethodOf(raw: string | null | undefined): string | null {
	return raw === undefined || raw === null || raw === '' || raw === 'none' || raw === 'unknownFutureValue' ? null : raw;
}
