import type { AuthenticationMethod } from '@microsoft/microsoft-graph-types';
import type { AuthenticationStatus } from '../../../model/authentication';
import type { Person } from '../../../model/person';
import { SyncError } from '../../../model/syncError';
import type { Feature } from '../features';
import type { GraphClient } from '../transport/client';
import { collect } from '../transport/paging';
import type { Reading } from '../transport/reading';
import type { GraphRequest } from '../transport/exchange';
import { userPages } from './users';

export const AUTHENTICATION_METHODS: Reading = {
	what: 'the authentication methods of a user',
	permission: 'UserAuthenticationMethod.Read.All',
	alsoBy: ['UserAuthenticationMethod.ReadWrite.All'],
	role: 'Global Reader',
	licence: 'Microsoft Entra ID P1',
	resourceUnits: 0,
	quotas: ['identityReports'],
};

/** It cannot be tried without naming a user. */
export const AUTHENTICATION_METHODS_FEATURE: Feature = {
	key: 'authenticationMethods',
	name: 'Read the methods of each person',
	description: 'Authentication → Get Many in tenants without Entra ID P1',
	required: false,
	reading: AUTHENTICATION_METHODS,
};

/** At five requests in ten seconds (the limit on identity reports) this takes ten minutes. */
export const MOST_PEOPLE = 300;

/** Types that are a strong method: https://learn.microsoft.com/graph/api/resources/authenticationmethods-overview */
const STRONG = new Map<string, string>([
	['phone', 'phone'],
	['microsoftAuthenticator', 'microsoftAuthenticator'],
	['fido2', 'fido2'],
	['windowsHelloForBusiness', 'windowsHelloForBusiness'],
	['softwareOath', 'softwareOneTimePasscode'],
	['hardwareOath', 'hardwareOneTimePasscode'],
	['platformCredential', 'platformCredential'],
	['external', 'externalAuthMethod'],
]);
/** These are none: a pass that is over tomorrow is no registration, e-mail only resets passwords, a QR code with PIN is one factor. */
const WEAK = new Set(['password', 'email', 'temporaryAccessPass', 'qrCodePin']);
const PASSWORDLESS = new Set(['fido2', 'windowsHelloForBusiness', 'platformCredential']);

/**
 * The methods of each enabled member, asked for one by one, for tenants whose licence does not allow the report.
 * Whether the policy allows a method is not known here, so `mfaCapable` stays absent.
 *
 * @throws SyncError (refused) for more than 300 people; when any of the reads fails
 */
export async function authenticationOfEach(client: GraphClient): Promise<AuthenticationStatus[]> {
	const people = await collect(userPages(client, { properties: ['userPrincipalName', 'displayName', 'userType'], filter: { account: 'enabled', userType: 'members' } }), MOST_PEOPLE + 1);
	if (people.length > MOST_PEOPLE) throw tooManyPeople(client);
	const requests = people.map(
		({ id, userPrincipalName }): GraphRequest => ({ reading: AUTHENTICATION_METHODS, address: `/users/${id}/authentication/methods`, expects: 'list', record: `user ${userPrincipalName ?? id}` }),
	);
	const answers = await client.batch(requests);
	const statuses: AuthenticationStatus[] = [];
	answers.forEach((answer, index) => {
		// Deleted since the list was read.
		if (answer.status === 404) return;
		if (answer.status !== 200) throw client.explain(answer, requests[index]);
		statuses.push(statusOf(people[index], (answer.body as { value: Array<AuthenticationMethod & { '@odata.type'?: string }> }).value));
	});
	return statuses;
}

function statusOf(person: Person, raw: ReadonlyArray<{ '@odata.type'?: string }>): AuthenticationStatus {
	const types = raw.map((method) => method['@odata.type']?.replace(/^#microsoft\.graph\./, '').replace(/AuthenticationMethod$/, '') ?? 'unknown');
	const strong = types.some((type) => STRONG.has(type));
	const passwordless = types.some((type) => PASSWORDLESS.has(type));
	// A type that is new to us may be a strong one, and the authenticator may sign in without a password: then nothing is said.
	const certain = types.every((type) => STRONG.has(type) || WEAK.has(type));
	return {
		kind: 'authentication',
		tenantId: person.tenantId,
		personId: person.id,
		userPrincipalName: person.userPrincipalName,
		displayName: person.displayName,
		userType: person.userType,
		...(strong ? { mfaRegistered: true } : certain ? { mfaRegistered: false } : {}),
		...(passwordless ? { passwordlessCapable: true } : certain && !types.includes('microsoftAuthenticator') ? { passwordlessCapable: false } : {}),
		methods: [...new Set(types.filter((type) => type !== 'password').map((type) => STRONG.get(type) ?? type))].sort(),
		source: 'userMethods',
	};
}

function tooManyPeople(client: GraphClient): SyncError {
	return new SyncError(`Could not read ${AUTHENTICATION_METHODS.what} one by one in tenant ${client.tenant}: it has more than ${MOST_PEOPLE} enabled members, and Microsoft allows five such requests in ten seconds.`, {
		class: 'refused',
		code: 'graph.tooManyPeople',
		remedy: 'Give the tenant Microsoft Entra ID P1: then everybody is read in bulk. Or leave authentication out for this tenant.',
		tenantId: client.tenant,
	});
}
