import fc from 'fast-check';
import { HARBOR_TENANT_ID, LABS_TENANT_ID, PEOPLE, SAMPLE_APPS } from '../../../../simulators/world';
import type { AuthenticationStatus } from '../../../../sync/model/authentication';
import type { Finding } from '../../../../sync/model/finding';
import type { Person } from '../../../../sync/model/person';
import { mfaFindings } from '../../../../sync/source/graph/read/mfaFindings';
import { secureScoreFinding } from '../../../../sync/source/graph/read/secureScoreFinding';
import { byUrgency, securityAudit, type AuditRequest } from '../../../../sync/source/graph/read/securityFindings';
import { optional } from '../../../../sync/source/graph/transport/optional';
import { failureOf, TENANT, TestClock } from '../service';
import { startTenantInABox, type TenantInABox } from '../tenantInABox';

const AUDITED = { tenantId: TENANT, tenantName: 'Contoso' };
const person = (id: string, more: Partial<Person> = {}): Person => ({ kind: 'person', tenantId: TENANT, id, displayName: id, userPrincipalName: `${id}@contoso.com`, accountEnabled: true, userType: 'Member', ...more });
const status = (personId: string, mfaCapable: boolean | undefined, more: Partial<AuthenticationStatus> = {}): AuthenticationStatus => ({ kind: 'authentication', tenantId: TENANT, personId, mfaCapable, mfaRegistered: mfaCapable, administrator: false, methods: [], source: 'registrationReport', ...more });
const look = (people: Person[], registrations: AuthenticationStatus[], includeGuests = false, deleted: Array<{ id: string; displayName: string | null }> = []) => mfaFindings({ people, registrations, deleted }, AUDITED, includeGuests);
const told = (findings: Finding[]) => findings.map(({ personId, change }) => `${personId} ${change}`);

describe('people without MFA', () => {
	it('are findings, administrators high and others medium, with who, where and what to do', () => {
		const { findings, counts } = look([person('ada'), person('zoe')], [status('ada', false, { administrator: true }), status('zoe', false, { mfaRegistered: true, methods: ['mobilePhone'] })]);
		expect(findings[0]).toEqual({
			kind: 'finding', tenantId: TENANT, id: 'noMfa:ada', code: 'noMfa', change: 'present', mode: 'incremental', severity: 'high', tenantName: 'Contoso', personId: 'ada', displayName: 'ada', userPrincipalName: 'ada@contoso.com', administrator: true,
			title: 'No MFA: ada, administrator (Contoso)',
			text: 'ada (ada@contoso.com), who holds an administrator role, has registered no method of multifactor authentication (Contoso).',
			whatToDo: expect.stringContaining('aka.ms/mfasetup') as unknown,
		});
		expect(findings[1]).toMatchObject({ severity: 'medium', administrator: false, title: 'No MFA: zoe (Contoso)', text: expect.stringContaining('mobilePhone') as unknown, whatToDo: expect.stringContaining('Policies') as unknown });
		expect(counts).toEqual({ peopleWithoutMfa: 2, administratorsWithoutMfa: 1, peopleWithMfa: 0, peopleUnknown: 0 });
	});

	it('are no finding any more when they registered, were disabled or were deleted', () => {
		const { findings } = look([person('ada'), person('paul', { accountEnabled: false })], [status('ada', true, { administrator: true }), status('paul', false)], false, [{ id: 'gus', displayName: 'Gus' }, { id: 'ada', displayName: 'back again' }]);
		expect(told(findings)).toEqual(['ada gone', 'paul gone', 'gus gone']);
		for (const { whereabouts, whatToDo, mode } of findings) expect([whereabouts, whatToDo, mode]).toEqual(['gone', '', 'incremental']);
		expect(findings.map(({ text }) => text)).toEqual(['ada: a method that the policy allows is registered.', 'paul: the account is disabled.', 'Gus: the account was deleted.']);
	});

	it.each<[string, Person[], AuthenticationStatus[]]>([
		['the report does not name them', [person('ada')], []],
		['the report says nothing of them', [person('ada')], [status('ada', undefined)]],
		['they may be disabled', [person('ada', { accountEnabled: null })], [status('ada', false)]],
		['they are not in the tenant any more', [], [status('ada', false)]],
	])('are not known: %s', (_, people, registrations) => {
		const { findings, counts } = look(people, registrations);
		expect(findings).toEqual([]);
		expect(counts).toEqual({ peopleWithoutMfa: 0, administratorsWithoutMfa: 0, peopleWithMfa: 0, peopleUnknown: people.length });
	});

	it('may be guests only where these are wanted', () => {
		const guest = [person('gus', { userType: 'Guest' })];
		expect(told(look(guest, [status('gus', false)]).findings)).toEqual([]);
		expect(told(look(guest, [status('gus', false)], true).findings)).toEqual(['gus present']);
		expect(told(look(guest, [status('gus', true)]).findings)).toEqual(['gus gone']);
		expect(look(guest, [status('gus', false)]).counts).toMatchObject({ peopleWithoutMfa: 0, peopleUnknown: 0 });
	});

	it('come once each under an id that does not change, and only known ones come (law)', () => {
		const facts = fc.record({ enabled: fc.constantFrom(true, false, null), capable: fc.constantFrom(true, false, undefined, 'no row' as const), guest: fc.boolean(), there: fc.constantFrom('here', 'deleted', 'forgotten') });
		fc.assert(
			fc.property(fc.array(facts, { maxLength: 30 }), fc.boolean(), (everybody, includeGuests) => {
				const people = everybody.flatMap(({ enabled, guest, there }, index) => (there === 'here' ? [person(`p${index}`, { accountEnabled: enabled, userType: guest ? 'Guest' : 'Member' })] : []));
				const registrations = everybody.flatMap(({ capable }, index) => (capable === 'no row' ? [] : [status(`p${index}`, capable)]));
				const deleted = everybody.flatMap(({ there }, index) => (there === 'deleted' ? [{ id: `p${index}`, displayName: null }] : []));
				const { findings, counts } = look(people, registrations, includeGuests, deleted);
				expect(new Set(findings.map(({ id }) => id)).size).toBe(findings.length);
				everybody.forEach(({ enabled, capable, guest, there }, index) => {
					const found = findings.find(({ id }) => id === `noMfa:p${index}`);
					const known = typeof capable === 'boolean';
					const expected = there === 'deleted' ? 'gone' : there === 'forgotten' ? undefined : enabled === false ? 'gone' : enabled === null || !known ? undefined : capable ? 'gone' : guest && !includeGuests ? undefined : 'present';
					expect([index, found?.change]).toEqual([index, expected]);
				});
				expect(counts.peopleWithoutMfa).toBe(findings.filter(({ change }) => change === 'present').length);
			}),
			{ numRuns: 200 },
		);
	});
});

describe('the Secure Score', () => {
	it.each([
		[59.9, 60, 'present'],
		[60, 60, 'gone'],
		[60.1, 60, 'gone'],
		[0, 1, 'present'],
		[100, 100, 'gone'],
	])('of %d with %d asked for is %s', (percent, threshold, change) => {
		const finding = secureScoreFinding(percent, threshold, AUDITED);
		expect(finding).toMatchObject({ kind: 'finding', id: 'lowSecureScore', code: 'lowSecureScore', tenantId: TENANT, mode: 'incremental', severity: 'medium', change, percent, threshold, text: expect.stringContaining(`${percent} %`) as unknown });
		expect([finding.whereabouts, finding.whatToDo === '']).toEqual(change === 'gone' ? ['gone', true] : [undefined, false]);
	});

	it('keeps its title while it moves below the threshold', () => {
		expect(secureScoreFinding(41, 60, AUDITED).title).toBe(secureScoreFinding(42.5, 60, AUDITED).title);
	});
});

describe('the audit of a tenant', () => {
	// One for the client and the services: the report gives itself to five requests in ten seconds.
	const clock = new TestClock();
	let box: TenantInABox;
	beforeAll(async () => {
		box = await startTenantInABox({ clock });
	});
	afterAll(async () => await box.microsoft.stop());
	afterEach(() => box.reset());
	const audit = async (more: Partial<AuditRequest> = {}, change: object = {}) => await securityAudit(box.client(change, { clock, budgetSeconds: 3600, requestSeconds: 10 }), { threshold: 60, mfa: { includeGuests: false }, part: optional, ...more });

	it('finds who has no MFA in one read of each list, administrators first, and closes what is all right', async () => {
		const { findings, summary } = await audit();
		const of = (id: string) => findings.find(({ personId }) => personId === id);
		expect(of(PEOPLE.nina)).toMatchObject({ change: 'present', severity: 'medium', tenantName: 'Harbor Dental Group' });
		expect(of(PEOPLE.omar)).toMatchObject({ change: 'present', text: expect.stringContaining('mobilePhone') as unknown });
		expect(of(PEOPLE.ada)).toMatchObject({ change: 'gone', administrator: true });
		expect(of(PEOPLE.leaver)).toMatchObject({ change: 'gone', text: 'Paul Reyes: the account is disabled.' });
		expect(findings).toEqual([...findings].sort(byUrgency));
		const count = (change: string, code: string) => findings.filter((finding) => finding.change === change && finding.code === code).length;
		expect(summary).toMatchObject({ kind: 'securityAuditSummary', tenantId: HARBOR_TENANT_ID, threshold: 60, secureScorePercent: expect.any(Number) as unknown, peopleWithoutMfa: count('present', 'noMfa'), leftOut: [] });
		expect(count('present', 'lowSecureScore') + count('gone', 'lowSecureScore')).toBe(1);
		expect(box.microsoft.graph.seen.map(({ url }) => url.pathname.replace('/v1.0/', '')).sort()).toEqual(['directory/deletedItems/microsoft.graph.user', 'organization', 'reports/authenticationMethods/userRegistrationDetails', 'security/secureScores', 'users']);
	});

	it('closes the finding of somebody who was deleted since', async () => {
		const tenant = box.microsoft.world.tenant(HARBOR_TENANT_ID);
		const before = (await audit()).findings.find(({ personId }) => personId === PEOPLE.nina);
		tenant.softDeleteUser(PEOPLE.nina);
		const after = (await audit()).findings.find(({ personId }) => personId === PEOPLE.nina);
		tenant.restoreUser(PEOPLE.nina);
		expect([before?.change, before?.id, after?.change, after?.id]).toEqual(['present', `noMfa:${PEOPLE.nina}`, 'gone', `noMfa:${PEOPLE.nina}`]);
	});

	it('knows nothing of MFA without P1, and of a score that is none', async () => {
		const { findings, summary } = await audit({}, { tenantId: LABS_TENANT_ID });
		expect(findings).toEqual([]);
		expect(summary.leftOut.map(({ message }) => message)).toEqual([expect.stringContaining('no subscription that includes it'), expect.stringContaining('has no Secure Score')]);
		expect(summary.peopleWithoutMfa).toBeUndefined();
		expect(box.microsoft.graph.seen.some(({ url }) => url.pathname === '/v1.0/users')).toBe(false);
	});

	it('finds the one where the permission for the other is missing', async () => {
		const { findings, summary } = await audit({}, { clientId: SAMPLE_APPS.usersOnly });
		expect(findings).toEqual([]);
		expect(summary.leftOut.map(({ message }) => message)).toEqual([expect.stringContaining('SecurityEvents.Read.All'), expect.stringContaining('AuditLog.Read.All')]);
		expect((await failureOf(audit({ part: async (work) => ({ read: true, value: await work() }) }, { clientId: SAMPLE_APPS.usersOnly })))).toMatchObject({ class: 'notPermitted' });
	});

	it('fails with any other failure: an answer that did not come is not "all right"', async () => {
		for (const path of ['users', 'userRegistrationDetails', 'secureScores', 'deletedItems']) {
			box.microsoft.graphFaults.add({ fault: { kind: 'answer', status: 503 }, times: Infinity, path });
			expect(await failureOf(audit())).toMatchObject({ class: expect.stringMatching(/unavailable/) as unknown });
			box.reset();
		}
	});

	it('looks only at what was asked for', async () => {
		expect((await audit({ mfa: undefined })).findings.map(({ code }) => code)).toEqual(['lowSecureScore']);
		expect((await audit({ threshold: undefined })).findings.every(({ code }) => code === 'noMfa')).toBe(true);
	});
});
