import type { Pairing } from '../../../sync/model/pairing';
import { DEFAULT_WRITE_SETTINGS, type WriteSettings } from '../../../sync/target/http/settings';
import { Process } from '../syncro/support/process';
import { openPortal, READABLE, USERS, type Portal } from './support/portal';
import { LEASE_SECONDS, openTestLedger, pairingOf, person, sync, userRecords, type SyncJob } from './support/runs';

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

type World = Pick<SyncJob, 'people' | 'gone' | 'write' | 'records' | 'mapping'>;

const runIn = async (life: Process, pairing: Pairing, world: World) =>
	await sync({ client: portal.client({ requestsPerMinute: 1e6, transport: life.transport(portal.transport) }), ledger: life.ledger(opened.ledger), pairing, ...world });

/** What counts in the end: the portal's users by content, welcome mails, who is linked to whom, what stands open. */
async function endState(pairing: Pairing): Promise<unknown> {
	const rows = portal.simulator.state.users.rows.filter(({ customerId }) => customerId === pairing.customerId);
	const byId = new Map(rows.flatMap((row) => [[row.id, row.email], [String(row.externalId), row.email]]));
	const links = await opened.ledger.links(pairing);
	return {
		users: rows.map(({ name, email, title, active, externalId, 'profile.department': department }) => JSON.stringify({ name, email, title, active, externalId, department })).sort(),
		mails: [...portal.simulator.state.outbox].sort(),
		links: links.map(({ sourceId, recordId }) => `${sourceId} → ${String(byId.get(recordId))}`).sort(),
		open: (await opened.ledger.openIntents(pairing)).length,
	};
}

const BEFORE: World['people'] = [person('ada', { displayName: 'Ada King', jobTitle: 'Countess' }), person('bob', { jobTitle: 'Clerk' }), person('cid', { department: 'Sales' })];
const AFTER: World['people'] = [person('ada', { displayName: 'Ada Byron', jobTitle: null }), person('cid', { department: 'Support' }), person('dee')];

const { deactivate: _, ...withoutDeactivate } = USERS.requests;
const WORLDS: Array<[name: string, customerId: string, world: Omit<World, 'people'>]> = [
	['can be read', 'acme', { write: READABLE, records: 'listed' }],
	['can be read and knows no idempotency keys', 'acme', { write: { ...READABLE, idempotencyHeader: undefined, findPath: '/users?customerId={customerId}&externalId={sourceId}' }, records: 'listed' }],
	['can only be written', 'fresh', { write: USERS, records: 'remembered' }],
	[
		'can only be written, at our own ids, and knows no idempotency keys',
		'fresh',
		{
			write: {
				...USERS,
				idempotencyHeader: undefined,
				places: USERS.places.filter(({ field }) => field !== 'externalId'),
				fixed: [{ path: 'customerId', value: '{customerId}', type: 'text', with: ['create', 'update', 'deactivate'] }],
				requests: { create: { method: 'PUT', path: '/users/external/{sourceId}', send: 'whole' }, update: { method: 'PUT', path: '/users/external/{recordId}', send: 'whole' }, deactivate: { method: 'PUT', path: '/users/external/{recordId}', send: 'whole' } },
				recordId: { from: 'source' },
			},
			records: 'remembered',
			mapping: [...userRecords.defaultMapping.slice(1), { field: 'title', source: 'jobTitle', whenBlank: 'clear' }],
		},
	],
];

async function inFreshWorld(customerId: string, work: (pairing: Pairing) => Promise<void>): Promise<void> {
	portal.simulator.state.reset();
	portal.simulator.faults.clear();
	await work(pairingOf(`tenant-${tenants++}`, customerId));
}

async function killed(killAt: number, pairing: Pairing, world: World): Promise<void> {
	const life = new Process(killAt);
	await runIn(life, pairing, world).catch((error: Error) => {
		if (!life.dead) throw error;
	});
	portal.clock.moment += LEASE_SECONDS * 1000 + 1;
}

describe.each(WORLDS)('A run to an endpoint that %s, killed at any boundary', (_name, customerId, world) => {
	it.each([
		['creates and updates', undefined, BEFORE, undefined],
		['updates, creates and deactivates', BEFORE, AFTER, ['bob']],
	] as const)('while it %s, is completed by the next run, without a second welcome mail', async (_does, start, people, gone) => {
		const own: World = { ...world, people, gone: gone && [...gone] };
		const begin = async (pairing: Pairing) => {
			if (start) await runIn(new Process(), pairing, { ...world, people: start });
		};
		let boundaries = 0;
		let unbroken: unknown;
		await inFreshWorld(customerId, async (pairing) => {
			await begin(pairing);
			const life = new Process();
			const { outcomes } = await runIn(life, pairing, own);
			expect(outcomes.map(({ outcome }) => outcome)).toEqual(outcomes.map(() => 'applied'));
			boundaries = life.passed;
			unbroken = await endState(pairing);
		});
		expect(unbroken).toMatchObject({ open: 0 });
		expect(boundaries).toBeGreaterThan(30);
		for (let killAt = 0; killAt < boundaries; killAt++) {
			await inFreshWorld(customerId, async (pairing) => {
				await begin(pairing);
				await killed(killAt, pairing, own);
				await runIn(new Process(), pairing, own);
				expect({ killAt, ...(await endState(pairing) as object) }).toEqual({ killAt, ...(unbroken as object) });
			});
		}
	}, 120_000);
});

describe('A creation whose reply is lost', () => {
	const cut = { kind: 'reset', after: true } as const;
	const world: World = { write: { ...USERS, requests: withoutDeactivate }, records: 'remembered', people: [person('bob')] };

	it('is sent once more with the same key, and made once', async () => {
		await inFreshWorld('fresh', async (pairing) => {
			portal.simulator.seen.length = 0;
			portal.simulator.faults.add({ fault: cut, method: 'POST' });
			expect((await runIn(new Process(), pairing, world)).outcomes).toMatchObject([{ outcome: 'applied' }]);
			const keys = portal.simulator.seen.map(({ headers }) => headers['idempotency-key']);
			expect(keys).toHaveLength(2);
			expect(new Set(keys).size).toBe(1);
			expect(portal.simulator.state.outbox).toEqual(['bob@northwind.example']);
		});
	});

	it('is sent again by the next run as it was, with the same key, also when the person changed meanwhile; the change follows at once', async () => {
		await inFreshWorld('fresh', async (pairing) => {
			portal.simulator.seen.length = 0;
			portal.simulator.faults.add({ fault: cut, method: 'POST', times: 2 });
			expect((await runIn(new Process(), pairing, world)).outcomes).toMatchObject([{ outcome: 'failed', message: expect.stringContaining('It is not known whether the user record "Person bob" was created') }]);
			const renamed: World = { ...world, people: [person('bob', { displayName: 'Bob Newname' })] };
			expect((await runIn(new Process(), pairing, renamed)).outcomes).toMatchObject([{ outcome: 'applied' }]);
			expect(new Set(portal.simulator.seen.filter(({ method }) => method === 'POST').map(({ headers }) => headers['idempotency-key'])).size).toBe(1);
			expect(await endState(pairing)).toMatchObject({ users: [expect.stringContaining('"name":"Bob Newname"')], mails: ['bob@northwind.example'], open: 0 });
			expect((await runIn(new Process(), pairing, renamed)).plan.changes).toEqual([]);
		});
	});

	it('is left for a person once the key has expired, until that person says to create once more', async () => {
		await inFreshWorld('fresh', async (pairing) => {
			portal.simulator.faults.add({ fault: { kind: 'answer', status: 502 }, method: 'POST', times: 2 });
			await runIn(new Process(), pairing, world);
			portal.clock.moment += 25 * 3_600_000;
			const writes = portal.simulator.writes();
			expect((await runIn(new Process(), pairing, world)).outcomes).toMatchObject([{ outcome: 'failed', message: expect.stringMatching(/An earlier run tried to create .* never learned whether it arrived.*Create Once More for one run/) }]);
			expect(portal.simulator.writes()).toBe(writes);
			expect((await runIn(new Process(), pairing, { ...world, write: { ...world.write, openCreates: 'send' } })).outcomes).toMatchObject([{ outcome: 'applied' }]);
			expect(await endState(pairing)).toMatchObject({ users: { length: 1 }, open: 0 });
		});
	});

	it.each([
		['arrived', cut],
		['did not arrive', { kind: 'reset', after: false } as const],
	])('without a key is looked for where there is a Find Path: it %s', async (_what, fault) => {
		await inFreshWorld('fresh', async (pairing) => {
			portal.simulator.faults.add({ fault, method: 'POST' });
			const write: WriteSettings = { ...world.write, idempotencyHeader: undefined, findPath: '/users?externalId={sourceId}&customerId={customerId}' };
			const { outcomes } = await runIn(new Process(), pairing, { ...world, write });
			expect(outcomes).toMatchObject([{ outcome: fault === cut ? 'adopted' : 'applied' }]);
			expect(await endState(pairing)).toMatchObject({ users: { length: 1 }, mails: ['bob@northwind.example'], open: 0 });
		});
	});

	it('is not sent twice where nobody said that the endpoint remembers keys: most take them and create once more', async () => {
		await inFreshWorld('fresh', async (pairing) => {
			portal.simulator.seen.length = 0;
			const asShipped: World = { ...world, write: { ...world.write, keyHours: DEFAULT_WRITE_SETTINGS.keyHours } };
			portal.simulator.faults.add({ fault: cut, method: 'POST' });
			for (let run = 0; run < 3; run++) expect((await runIn(new Process(), pairing, asShipped)).outcomes).toMatchObject([{ outcome: 'failed' }]);
			expect(portal.sent()).toHaveLength(1);
			// Found again by the builder's query, though keys are sent.
			const found = await runIn(new Process(), pairing, { ...asShipped, write: { ...asShipped.write, findPath: '/users?externalId={sourceId}&customerId={customerId}' } });
			expect(found.outcomes).toMatchObject([{ outcome: 'applied' }]);
			expect(portal.sent()).toHaveLength(1);
			expect(await endState(pairing)).toMatchObject({ users: { length: 1 }, mails: ['bob@northwind.example'], open: 0 });
		});
	});

	it('without a key and without a look is never sent again by itself', async () => {
		await inFreshWorld('fresh', async (pairing) => {
			const blind: World = { ...world, write: { ...world.write, idempotencyHeader: undefined } };
			portal.simulator.faults.add({ fault: cut, method: 'POST' });
			for (let run = 0; run < 3; run++) expect((await runIn(new Process(), pairing, blind)).outcomes).toMatchObject([{ outcome: 'failed' }]);
			expect(portal.simulator.state.outbox).toEqual(['bob@northwind.example']);
		});
	});
});

describe('The same change made once more later', () => {
	it('has another key, so that the endpoint does not take it for a repetition', async () => {
		await inFreshWorld('fresh', async (pairing) => {
			const world: World = { write: USERS, records: 'remembered', people: [] };
			for (const jobTitle of ['Clerk', 'Chief', 'Clerk', 'Chief']) {
				expect((await runIn(new Process(), pairing, { ...world, people: [person('bob', { jobTitle })] })).outcomes).toMatchObject([{ outcome: 'applied' }]);
				expect(portal.simulator.state.users.rows.find(({ externalId }) => externalId === 'bob')).toMatchObject({ title: jobTitle });
			}
		});
	});

	it('a record that was deleted is created again, and not the answer of the first time remembered', async () => {
		await inFreshWorld('fresh', async (pairing) => {
			const world: World & Pick<SyncJob, 'policies'> = { write: USERS, records: 'remembered', people: [person('bob'), person('cid')] };
			await runIn(new Process(), pairing, world);
			await sync({ client: portal.client({ requestsPerMinute: 1e6 }), ledger: opened.ledger, pairing, ...world, people: [person('cid')], gone: ['bob'], policies: { orphaned: 'delete' } });
			await runIn(new Process(), pairing, world);
			const [link] = (await opened.ledger.links(pairing)).filter(({ sourceId }) => sourceId === 'bob');
			expect(portal.simulator.state.users.get(link.recordId)).toMatchObject({ externalId: 'bob' });
		});
	});
});
