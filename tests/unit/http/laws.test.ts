import fc from 'fast-check';
import type { WriteSettings } from '../../../sync/target/http/settings';
import { openPortal, READABLE, USERS, type Portal } from './support/portal';
import { openTestLedger, pairingOf, person, preview, sync, userRecords, type SyncJob } from './support/runs';

let portal: Portal;
let opened: Awaited<ReturnType<typeof openTestLedger>>;
let tenants = 0;

beforeAll(async () => {
	portal = await openPortal({ requestsPerMinute: 1e6 });
	opened = await openTestLedger(portal.clock);
});
afterAll(async () => {
	await portal.simulator.stop();
	await opened.close();
});
beforeEach(() => {
	portal.simulator.state.reset();
	portal.simulator.faults.clear();
	portal.simulator.seen.length = 0;
	portal.simulator.quirks.unknownFields = 'refuse';
});

const jobOf = (people: SyncJob['people'], more: Partial<SyncJob> = {}): SyncJob => ({
	client: portal.client({ requestsPerMinute: 1e6 }), ledger: opened.ledger, pairing: pairingOf(`tenant-${tenants++}`), write: READABLE, records: 'listed', people, ...more,
});

const REMEMBERED: Partial<SyncJob> = { write: USERS, records: 'remembered' };
const WHOLE: WriteSettings = { ...READABLE, requests: { ...READABLE.requests, update: { method: 'PATCH', path: '/users/{recordId}', send: 'whole' } } };
const PUT_BY_OWN_ID: WriteSettings = {
	...USERS,
	places: USERS.places.filter(({ field }) => field !== 'externalId'),
	fixed: [{ path: 'customerId', value: '{customerId}', type: 'text', with: ['create', 'update', 'deactivate'] }],
	requests: {
		create: { method: 'PUT', path: '/users/external/{sourceId}', send: 'whole' },
		update: { method: 'PUT', path: '/users/external/{recordId}', send: 'whole' },
		deactivate: { method: 'PUT', path: '/users/external/{recordId}', send: 'whole' },
	},
	recordId: { from: 'source' },
};

const ENDPOINTS: Array<[name: string, more: Partial<SyncJob>]> = [
	['can be read', {}],
	['can be read, and takes whole records', { write: WHOLE }],
	['can only be written', REMEMBERED],
	['can only be written, at our own ids', { write: PUT_BY_OWN_ID, records: 'remembered', mapping: userRecords.defaultMapping.slice(1) }],
];

const text = fc.option(fc.constantFrom('Clerk', 'Zoë "Z" O\'Neil', '{recordId}', 'a/b?c=d&e#f', '</script>', '\\"}, "admin": true, {"'), { nil: null });
const anybody = (id: string) => fc.record({ jobTitle: text, department: text, displayName: fc.constantFrom('Same Name', `Name of ${id}`) }).map((properties) => person(id, properties));
const people = fc.subarray(['ada', 'bob', 'cid'], { minLength: 1 }).chain((ids) => fc.tuple(...ids.map(anybody)));

describe.each(ENDPOINTS)('An endpoint that %s', (_name, more) => {
	it('gets nothing when nothing changed', async () => {
		await fc.assert(
			fc.asyncProperty(people, async (list) => {
				portal.simulator.state.reset();
				const job = jobOf(list, { ...more, ...(more.records === 'remembered' ? { pairing: pairingOf(`tenant-${tenants++}`, 'fresh') } : {}) });
				const first = await sync(job);
				expect(first.outcomes.map(({ outcome, message }) => (outcome === 'applied' ? outcome : message))).toEqual(first.plan.changes.map(() => 'applied'));
				const writes = portal.simulator.writes();
				const again = await sync(job);
				expect(again.plan.changes).toEqual([]);
				expect(portal.simulator.writes()).toBe(writes);
			}),
			{ numRuns: 25 },
		);
	}, 60_000);

	it('gets exactly the requests that the preview showed, and what each person has stays in its field', async () => {
		await fc.assert(
			fc.asyncProperty(people, people, fc.boolean(), async (before, after, leaves) => {
				portal.simulator.state.reset();
				const job = jobOf(before, { ...more, ...(more.records === 'remembered' ? { pairing: pairingOf(`tenant-${tenants++}`, 'fresh') } : {}) });
				await sync(job);
				const gone = before.filter(({ id }) => leaves && !after.some((each) => each.id === id)).map(({ id }) => id);
				const next = { ...job, people: after, gone };
				const shown = await preview(next);
				portal.simulator.seen.length = 0;
				const applied = await sync(next);
				expect(shown.plan.planId).toBe(applied.plan.planId);
				expect(portal.sent()).toEqual(shown.outcomes.flatMap(({ request }) => request ?? []));
				for (const { displayName, email, jobTitle } of after) {
					const [user] = portal.simulator.state.users.rows.filter((row) => row.customerId === job.pairing.customerId && row.email === email);
					expect([user?.name, user?.title]).toEqual([displayName, more.mapping ? null : jobTitle]);
				}
			}),
			{ numRuns: 25 },
		);
	}, 60_000);
});

describe('The preview', () => {
	it('shows method, path and body, and no secret', async () => {
		const { outcomes } = await preview(jobOf([person('ada', { displayName: 'Ada King' }), person('bob')]));
		expect(outcomes.map(({ action, request }) => ({ action, request }))).toEqual([
			{ action: 'update', request: { method: 'PATCH', path: '/api/v1/users/usr_1', body: { externalId: 'ada', name: 'Ada King' } } },
			{ action: 'create', request: { method: 'POST', path: '/api/v1/users', body: { customerId: 'acme', externalId: 'bob', name: 'Person bob', email: 'bob@northwind.example', active: true } } },
		]);
		expect(JSON.stringify(outcomes)).not.toContain('key-that-writes');
		expect(portal.sent()).toEqual([]);
	});

	it('tells what applying would refuse: a leaver without a request for Deactivate is held, in both', async () => {
		const { deactivate: _, ...requests } = READABLE.requests;
		const job = jobOf([person('ada'), person('bob')], { write: { ...READABLE, requests } });
		await sync(job);
		const next = { ...job, people: [person('bob')], gone: ['ada'] };
		const [shown] = (await preview(next)).outcomes;
		expect(shown).toMatchObject({ action: 'deactivate', outcome: 'failed', message: expect.stringContaining('Held: no request is set up for Deactivate') });
		portal.simulator.seen.length = 0;
		expect((await sync(next)).outcomes).toMatchObject([{ outcome: 'failed', message: shown.message }]);
		expect(portal.sent()).toEqual([]);
	});
});

describe('A leaver', () => {
	it('is deactivated, found unchanged from then on, and active again when back', async () => {
		for (const more of [{}, REMEMBERED]) {
			portal.simulator.state.reset();
			const job = jobOf([person('bob'), person('cid')], more);
			await sync(job);
			const left = { ...job, people: [person('cid')], gone: ['bob'] };
			expect((await sync(left)).outcomes).toMatchObject([{ action: 'deactivate', outcome: 'applied' }]);
			expect(portal.users().find(({ email }) => email === 'bob@northwind.example')).toMatchObject({ active: false, name: 'Person bob' });
			expect((await sync(left)).plan.changes).toEqual([]);
			expect((await sync(job)).outcomes).toMatchObject([{ action: 'update', outcome: 'applied' }]);
			expect(portal.users().find(({ email }) => email === 'bob@northwind.example')).toMatchObject({ active: true });
		}
	});

	it('is told from somebody whom the endpoint\'s own people deactivated: where nothing is mapped to that field, they stay as they are', async () => {
		const mapping = userRecords.defaultMapping.filter(({ field }) => field !== 'active');
		const job = jobOf([person('ada')], { mapping });
		await sync(job);
		portal.simulator.state.users.rows.find(({ externalId }) => externalId === 'ada')!.active = false;
		expect((await sync(job)).plan.changes).toEqual([]);
	});

	it('can be deactivated by a request without a body, and deleted where a request for it is set up', async () => {
		const job = jobOf([person('bob'), person('cid')], { write: { ...READABLE, requests: { ...READABLE.requests, deactivate: { method: 'POST', path: '/users/{recordId}/deactivate', send: 'nothing' } } } });
		await sync(job);
		portal.simulator.seen.length = 0;
		expect((await sync({ ...job, people: [person('cid')], gone: ['bob'] })).outcomes).toMatchObject([{ action: 'deactivate', outcome: 'applied' }]);
		expect(portal.sent()).toEqual([{ method: 'POST', path: expect.stringMatching(/^\/api\/v1\/users\/usr_\d+\/deactivate$/) }]);
		expect((await sync({ ...job, people: [person('cid')], gone: ['bob'], policies: { orphaned: 'delete' } })).outcomes).toMatchObject([{ action: 'delete', outcome: 'applied' }]);
		expect(portal.users().map(({ email }) => email)).toEqual(['ada@northwind.example', 'vendor@else.example', 'cid@northwind.example']);
		expect(await opened.ledger.links(job.pairing)).toHaveLength(1);
	});
});

describe('A field that the endpoint does not store', () => {
	it.each(['answer', 'read'] as const)('is named with what to do, known by: %s', async (verify) => {
		portal.simulator.quirks.unknownFields = 'drop';
		const write: WriteSettings = { ...READABLE, verify, places: READABLE.places.map((place) => (place.field === 'title' ? { ...place, path: 'role.title' } : place)) };
		const { outcomes } = await sync(jobOf([person('bob', { jobTitle: 'Clerk' })], { write }));
		expect(outcomes).toMatchObject([{ outcome: 'applied', notStored: ['title'], message: expect.stringMatching(/did not store as sent: title\. Look in the documentation of the API under which key it takes and gives back "role\.title", and whether such a field has to be set up there first/) }]);
	});

	it('counts as stored where nothing is checked', async () => {
		portal.simulator.quirks.unknownFields = 'drop';
		const job = jobOf([person('bob', { jobTitle: 'Clerk' })], { ...REMEMBERED, write: { ...USERS, places: [{ field: 'title', path: 'role.title', type: 'text' }, ...USERS.places.filter(({ field }) => field !== 'title')] } });
		expect((await sync(job)).outcomes).toMatchObject([{ outcome: 'applied', message: 'Created.' }]);
		expect((await opened.ledger.links(job.pairing))[0].lastWritten).toMatchObject({ title: 'Clerk' });
	});
});

describe('What somebody else changed since the plan', () => {
	it('is left alone where the endpoint can be read', async () => {
		const job = jobOf([person('bob', { jobTitle: 'Clerk' })]);
		await sync(job);
		const user = portal.simulator.state.users.rows.find(({ email }) => email === 'bob@northwind.example')!;
		portal.simulator.faults.add({ fault: { kind: 'answer', status: 200, body: { id: user.id, externalId: 'bob', name: 'Person bob', email: user.email, active: true, title: 'Boss' } }, path: `/users/${user.id}` });
		const { outcomes } = await sync({ ...job, people: [person('bob', { jobTitle: 'Chief' })] });
		expect(outcomes).toMatchObject([{ outcome: 'conflict', message: expect.stringContaining('title of this user record changed') }]);
		expect(user.title).toBe('Clerk');
	});
});
