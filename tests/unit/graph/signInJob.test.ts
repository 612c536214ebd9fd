import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { openSqliteLedger, type StoredLedger } from '../../../sync/ledger';
import { lastLetIn } from '../../../sync/model/signIn';
import { recentSignIns } from '../../../sync/source/graph/read/recentSignIns';
import { readSignInPart, type SignInPart } from '../../../sync/source/graph/jobs/signInJob';
import { clientOf, failureOf, graphError, Service, TENANT, TestClock, type Scripted, type Seen } from './service';

const folder = mkdtempSync(join(tmpdir(), 'sign-in-job-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const PART: SignInPart = { minutes: 60, pages: 100, everybodyAfterDays: 30, holder: 'execution 1' };
const LOST: Scripted = { status: 400, body: graphError('Directory_ExpiredPageToken') };
const activity = (at: string) => ({ lastSignInDateTime: at, lastNonInteractiveSignInDateTime: null, lastSuccessfulSignInDateTime: '0001-01-01T00:00:00Z' });

/** People in pages of `pageSize`, found by the number in the link; `disturb` answers instead where it likes. */
function tenantOf(people: number, pageSize: number, disturb: (request: Seen, attempt: number) => Scripted | undefined = () => undefined): Service {
	return new Service((request, attempt) => {
		const disturbed = disturb(request, attempt);
		if (disturbed) return disturbed;
		const begin = Number(/skiptoken=(\d+)/.exec(request.url)?.[1] ?? 0);
		const end = Math.min(people, begin + pageSize);
		const value = Array.from({ length: end - begin }, (_, index) => ({ id: `P${begin + index}`, ...(index % 2 === 0 ? { signInActivity: activity('2026-11-20T05:00:00Z') } : index % 4 === 1 ? { signInActivity: null } : {}) }));
		return { body: { value, ...(end < people ? { '@odata.nextLink': `https://graph.microsoft.com/v1.0/users?$skiptoken=${end}` } : {}) } };
	});
}

describe('reading sign-in activity part by part', () => {
	let clock: TestClock;
	let ledger: StoredLedger;
	let count = 0;
	beforeEach(async () => {
		clock = new TestClock();
		ledger = await openSqliteLedger(join(folder, `${++count}.sqlite`), { clock });
	});
	afterEach(async () => await ledger.close());

	const part = async (service: Service, change: Partial<SignInPart> = {}) => await readSignInPart(clientOf(service, { clock }).client, ledger, { ...PART, ...change }, clock);
	const filterOf = (service: Service) => new URL(service.graphRequests.at(-1)!.url).searchParams.get('$filter');

	it('gives everybody once, over as many parts as it takes, and says when the round is complete', async () => {
		const service = tenantOf(1200, 500);
		const first = await part(service, { pages: 2 });
		expect(first.progress).toMatchObject({ complete: false, status: 'moreToRead', since: null, pages: 2, people: 1000, peopleOfRound: 1000 });
		const second = await part(service, { pages: 2 });
		expect(second.progress).toMatchObject({ complete: true, status: 'complete', pages: 1, people: 200, peopleOfRound: 1200 });
		const ids = [...first.activities, ...second.activities].map(({ personId }) => personId);
		expect(new Set(ids).size).toBe(1200);
		expect(first.activities.slice(0, 2)).toEqual([
			{ kind: 'signInActivity', tenantId: TENANT, personId: 'p0', lastSignIn: '2026-11-20T05:00:00Z', lastNonInteractiveSignIn: null, lastSuccessfulSignIn: null, newest: '2026-11-20T05:00:00Z' },
			{ kind: 'signInActivity', tenantId: TENANT, personId: 'p1', lastSignIn: null, lastNonInteractiveSignIn: null, lastSuccessfulSignIn: null, newest: null },
		]);
		expect(service.graphRequests[0].url).toContain('/users?$select=id,signInActivity&$top=500');
	});

	it('asks in later rounds for who signed in since the round before began, and for everybody now and then', async () => {
		const service = tenantOf(600, 500);
		const began = clock.now();
		await part(service, { pages: 1 });
		clock.pass(7_200_000);
		await part(service);
		const next = await part(service, { pages: 1 });
		// A day of overlap: a sign-in may show late.
		expect(next.progress.since).toBe(`${new Date(began - 86_400_000).toISOString().slice(0, 19)}Z`);
		expect(filterOf(service)).toBe(`signInActivity/lastSignInDateTime ge ${next.progress.since}`);
		expect((await part(service)).progress).toMatchObject({ complete: true, since: next.progress.since });
		clock.pass(30 * 86_400_000);
		expect((await part(service)).progress).toMatchObject({ complete: true, since: null });
		expect((await part(service, { startOver: true })).progress).toMatchObject({ since: null });
	});

	it('begins the round again when the service lost the place, and gives up when that goes on', async () => {
		const once = tenantOf(1200, 500, ({ url }, attempt) => (url.includes('skiptoken=1000') && attempt <= 3 ? LOST : undefined));
		const read = await part(once);
		expect(read.progress).toMatchObject({ complete: true, startedOver: true, peopleOfRound: 1200 });
		expect(new Set(read.activities.map(({ personId }) => personId)).size).toBe(1200);
		expect(await failureOf(part(tenantOf(1200, 500, ({ url }) => (url.includes('skiptoken') ? LOST : undefined))))).toMatchObject({ code: 'graph.pageTokenExpired' });
	});

	it('reads the same part again after a failure', async () => {
		const broken = tenantOf(1200, 500, ({ url }) => (url.includes('skiptoken=1000') ? { status: 403, body: graphError('Forbidden') } : undefined));
		await part(broken, { pages: 1 });
		expect((await failureOf(part(broken))).class).toBe('notPermitted');
		const again = await part(tenantOf(1200, 500));
		expect(again.progress).toMatchObject({ complete: true, people: 700, peopleOfRound: 1200 });
		// The lease was given back as well.
		expect(await ledger.takeJob({ name: 'signInActivity', app: `https://graph.microsoft.com ${clientOf(broken).client.clientId}` }, 'somebody else', 60)).toBeUndefined();
	});

	it('reads nothing while another execution reads for the same app', async () => {
		const { client } = clientOf(tenantOf(10, 500));
		await ledger.takeJob({ name: 'signInActivity', app: `${client.graphOrigin} ${client.clientId}` }, 'execution 2', 600);
		const service = tenantOf(10, 500);
		const { activities, progress } = await part(service);
		expect([activities, service.graphRequests]).toEqual([[], []]);
		expect(progress).toMatchObject({ complete: false, status: 'busy', note: expect.stringContaining('ten requests a minute') as unknown });
	});

	it('begins no page after its minutes, and ten in a minute at most', async () => {
		const service = tenantOf(20_000, 500);
		const began = clock.now();
		const { progress } = await part(service, { minutes: 2 });
		expect(progress.complete).toBe(false);
		// Windows of a minute: ten at once, ten after the first, ten after the second.
		expect(progress.pages).toBeLessThanOrEqual(30);
		expect(progress.pages).toBeGreaterThanOrEqual(20);
		const rest = await part(service);
		expect(rest.progress).toMatchObject({ complete: true, peopleOfRound: 20_000 });
		expect((clock.now() - began) / 60_000).toBeGreaterThanOrEqual(3);
	});

	it('says that it is not licensed without Entra ID P1', async () => {
		const error = await failureOf(part(new Service(() => ({ status: 403, body: graphError('Authentication_RequestFromNonPremiumTenantOrB2CTenant', '') }))));
		expect(error).toMatchObject({ class: 'notLicensed', remedy: expect.stringContaining('Microsoft Entra ID P1') as unknown });
	});

	it('loses nobody, however the parts are cut and wherever one fails (law)', async () => {
		await fc.assert(
			fc.asyncProperty(fc.integer({ min: 0, max: 60 }), fc.array(fc.record({ pages: fc.integer({ min: 1, max: 4 }), failsAt: fc.option(fc.integer({ min: 1, max: 4 })) }), { maxLength: 12 }), async (people, parts) => {
				const fresh = await openSqliteLedger(join(folder, `${++count}.sqlite`), { clock });
				try {
					const seen = new Set<string>();
					let complete = false;
					for (const { pages, failsAt } of [...parts, { pages: 100, failsAt: null }]) {
						const service = tenantOf(people, 5, (_, attempt) => (attempt === failsAt ? { status: 403, body: {} } : undefined));
						try {
							const read = await readSignInPart(clientOf(service, { clock }).client, fresh, { ...PART, pages, minutes: 600 }, clock);
							for (const { personId } of read.activities) seen.add(personId);
							complete ||= read.progress.complete;
							if (complete) break;
						} catch (error) {
							expect(error).toMatchObject({ class: 'notPermitted' });
						}
					}
					expect([complete, seen.size]).toEqual([true, people]);
				} finally {
					await fresh.close();
				}
			}),
			{ numRuns: 25 },
		);
	});
});

describe('when somebody was last let in', () => {
	const activity = (lastSignIn: string | null, lastSuccessfulSignIn: string | null) => ({ kind: 'signInActivity' as const, tenantId: 't', personId: 'p', lastSignIn, lastNonInteractiveSignIn: null, lastSuccessfulSignIn, newest: [lastSignIn, lastSuccessfulSignIn].filter((each) => each !== null).sort().at(-1) ?? null });

	it.each<[string, string | null, string | null, string | null]>([
		['does not move with a password that somebody guesses', '2026-11-21T03:00:00Z', '2026-03-02T09:00:00Z', '2026-03-02T09:00:00Z'],
		['is the last attempt where Microsoft kept no success', '2023-05-01T09:00:00Z', null, '2023-05-01T09:00:00Z'],
		['is never where nothing is kept', null, null, null],
	])('%s', (_, attempt, success, expected) => {
		expect(lastLetIn(activity(attempt, success))).toBe(expected);
	});
});

it('Recent sign-ins are read to the end, by object id, and start over where the service lost the place', async () => {
	const service = tenantOf(12, 5, ({ url }, attempt) => (url.includes('skiptoken=10') && attempt <= 3 ? LOST : undefined));
	const signIns = await recentSignIns(clientOf(service).client, '2026-08-01T00:00:00Z');
	expect([...signIns.keys()].sort()).toEqual(['p0', 'p10', 'p2', 'p4', 'p5', 'p7', 'p9']);
	expect(signIns.get('p0')).toBe('2026-11-20T05:00:00Z');
});
