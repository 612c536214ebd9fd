import fc from 'fast-check';
import type { UserTokenClaims } from '../../../../simulators/entra/accessTokens';
import { effectivePermissions } from '../../../../simulators/graph/roleRights';
import { DELEGATED_CONSENT, ROLE_TEMPLATES } from '../../../../simulators/world';

describe('what a delegated token may do', () => {
	const some = <T>(values: readonly T[]) => fc.subarray([...values]);
	const scopes = some([...DELEGATED_CONSENT, 'User.ReadWrite.All', 'MailboxSettings.Read', 'DelegatedAdminRelationship.Read.All']);
	const roles = some(Object.values(ROLE_TEMPLATES));
	const may = (scp: readonly string[], wids: readonly string[], foreign: boolean) =>
		effectivePermissions({ idtyp: 'user', scp: scp.join(' '), wids: [...wids], ...(foreign ? { idp: 'https://sts.windows.net/home/' } : {}) } as UserTokenClaims);
	const within = (smaller: Iterable<string>, larger: ReadonlySet<string>) => [...smaller].every((each) => larger.has(each));

	it('is never more than its scopes, and never less with a further scope or role, or at home', () => {
		fc.assert(
			fc.property(scopes, scopes, roles, roles, fc.boolean(), (scp, moreScopes, wids, moreRoles, foreign) => {
				const allowed = may(scp, wids, foreign);
				expect(within(allowed, new Set(scp))).toBe(true);
				expect(within(allowed, may([...scp, ...moreScopes], wids, foreign))).toBe(true);
				expect(within(allowed, may(scp, [...wids, ...moreRoles], foreign))).toBe(true);
				expect(within(may(scp, wids, true), may(scp, wids, false))).toBe(true);
			}),
		);
	});

	it('is nothing but their own profile for a stranger without a role', () => {
		expect([...may([...DELEGATED_CONSENT, 'DelegatedAdminRelationship.Read.All'], [], true)]).toEqual(['User.Read']);
	});

	it.each([
		['the details of usage reports take Reports Reader, not Global Reader', 'Reports.Read.All', 'reportsReader', 'globalReader'],
		['users take Directory Readers, not Reports Reader', 'User.Read.All', 'directoryReaders', 'reportsReader'],
		['Intune takes its administrator, not a reader of the directory', 'DeviceManagementManagedDevices.Read.All', 'intuneAdministrator', 'directoryReaders'],
		['Secure Score takes Security Reader, not Intune Administrator', 'SecurityEvents.Read.All', 'securityReader', 'intuneAdministrator'],
		['changes to users take User Administrator, not Global Reader', 'User.ReadWrite.All', 'userAdministrator', 'globalReader'],
	] as const)('%s', (_what, scope, enough, tooLittle) => {
		expect(may([scope], [ROLE_TEMPLATES[enough]], true).has(scope)).toBe(true);
		expect(may([scope], [ROLE_TEMPLATES[tooLittle]], true).has(scope)).toBe(false);
	});

	it('in the mailboxes of others nothing, whatever the role', () => {
		expect(may(['MailboxSettings.Read'], Object.values(ROLE_TEMPLATES), true).size).toBe(0);
	});
});
