import fc from 'fast-check';
import type { Pairing } from '../../../sync/model/pairing';
import type { Person } from '../../../sync/model/person';
import { transportFor } from '../../../sync/http/transport';
import { createAuthority } from '../../../simulators/base/certificates';
import { startSyncro, type SyncroSimulator } from '../../../simulators/syncro';
import { defaultSettings } from '../../../sync/plan/settings';
import { SyncroClient } from '../../../sync/target/syncro/client';
import { syncroContacts } from '../../../sync/target/syncro/contacts/definition';
import { PatientClock, SEED, TOKEN } from './support/account';
import { Process } from './support/process';
import { LEASE_SECONDS, openTestLedger, pairingOfTenant, person, sync, type SyncJob } from './support/runs';

const authority = createAuthority();
const clock = new PatientClock();
let simulator: SyncroSimulator;
let opened: Awaited<ReturnType<typeof openTestLedger>>;
let tenants = 0;

beforeAll(async () => {
	simulator = await startSyncro({ authority, seed: SEED, clock });
	opened = await openTestLedger(clock);
});
afterAll(async () => {
	await simulator.stop();
	await opened.close();
});

function runIn(life: Process, pairing: Pairing, world: World): Promise<unknown> {
	const transport = life.transport(transportFor({ caCertificates: authority.cert }));
	const ledger = life.ledger(opened.ledger);
	const client = new SyncroClient({ subdomain: 'acme', token: TOKEN, addressOverride: simulator.origin, transport, clock, random: () => 0 });
	return sync({ client, ledger, pairing, ...world });
}

/** What counts in the end: contacts by content, and who is linked to whom. */
async function endState(pairing: Pairing): Promise<unknown> {
	const contacts = simulator.state.contactsOf(1);
	const byId = new Map(contacts.map((contact) => [String(contact.id), contact]));
	const links = await opened.ledger.links(pairing);
	return {
		contacts: contacts.map(({ name, email, phone, city, notes, properties }) => JSON.stringify({ name, email, phone, city, notes, properties })).sort(),
		// A run that dies between a DELETE and its being remembered leaves a link between two that are both gone.
		links: links.flatMap(({ sourceId, recordId }) => (byId.has(recordId) ? [`${sourceId} → ${byId.get(recordId)!.email}`] : [])).sort(),
		open: (await opened.ledger.openIntents(pairing)).length,
	};
}

type World = Pick<SyncJob, 'people' | 'gone' | 'settings'>;

const PEOPLE: Person[] = [
	person('ada', { displayName: 'Ada King', email: 'ada@northwind.example', jobTitle: 'Countess', businessPhones: ['+1 555 010 0100'], city: 'London' }),
	person('bob', { jobTitle: 'Clerk' }),
	person('cid', { businessPhones: ['(555) 010-0177'] }),
];
const WORLD = { people: PEOPLE };

async function inFreshWorld(work: (pairing: Pairing) => Promise<void>): Promise<void> {
	simulator.state.reset();
	await work(pairingOfTenant(`tenant-${tenants++}`));
}

/** Runs until a run lives to its end; each earlier one dies at its boundary. */
async function withKills(kills: number[], pairing: Pairing, world: World): Promise<void> {
	for (const killAt of kills) {
		const life = new Process(killAt);
		await runIn(life, pairing, world).catch((error: Error) => {
			if (!life.dead) throw error;
		});
		clock.moment += LEASE_SECONDS * 1000 + 1;
	}
	await runIn(new Process(), pairing, world);
}

describe('A run that is killed', () => {
	it('at any boundary of any request or ledger step is completed by the next run, without a duplicate', async () => {
		let boundaries = 0;
		let unbroken: unknown;
		await inFreshWorld(async (pairing) => {
			const life = new Process();
			await runIn(life, pairing, WORLD);
			boundaries = life.passed;
			unbroken = await endState(pairing);
		});
		expect(unbroken).toMatchObject({ contacts: { length: 4 }, open: 0, links: ['ada → ada@northwind.example', 'bob → bob@northwind.example', 'cid → cid@northwind.example'] });
		expect(boundaries).toBeGreaterThan(30);
		for (let killAt = 0; killAt < boundaries; killAt++) {
			await inFreshWorld(async (pairing) => {
				await withKills([killAt], pairing, WORLD);
				expect({ killAt, ...(await endState(pairing) as object) }).toEqual({ killAt, ...(unbroken as object) });
			});
		}
	}, 120_000);

	it.each(['delete', 'deactivate'] as const)('at any boundary while it has a leaver to %s is completed by the next run', async (orphaned) => {
		const policies = { ...defaultSettings(syncroContacts).policies, orphaned };
		const leaving: World = { people: PEOPLE.slice(1), gone: ['ada'], settings: { policies } };
		const start = async (pairing: Pairing) => await runIn(new Process(), pairing, WORLD);
		let boundaries = 0;
		let unbroken: unknown;
		await inFreshWorld(async (pairing) => {
			await start(pairing);
			const life = new Process();
			await runIn(life, pairing, leaving);
			boundaries = life.passed;
			unbroken = await endState(pairing);
		});
		expect(unbroken).toMatchObject({ contacts: { length: orphaned === 'delete' ? 3 : 4 } });
		for (let killAt = 0; killAt < boundaries; killAt++) {
			await inFreshWorld(async (pairing) => {
				await start(pairing);
				await withKills([killAt], pairing, leaving);
				expect({ killAt, ...(await endState(pairing) as object) }).toEqual({ killAt, ...(unbroken as object) });
			});
		}
	}, 120_000);

	it('several times, in worlds of any kind, ends like one that was never killed, and then plans nothing', async () => {
		const text = fc.option(fc.constantFrom('Clerk', 'Chief', 'Zoë', "O'Neil"), { nil: undefined });
		const anybody = (id: string) => fc.record({ jobTitle: text, city: text, displayName: fc.constantFrom('Same Name', `Name of ${id}`) }).map((properties) => person(id, properties));
		const people = fc.subarray(['ada', 'bob', 'cid', 'dee'], { minLength: 1 }).chain((ids) => fc.tuple(...ids.map(anybody)));
		await fc.assert(
			fc.asyncProperty(people, fc.array(fc.nat(60), { minLength: 1, maxLength: 3 }), fc.constantFrom<'replace' | 'merge'>('replace', 'merge'), fc.constantFrom<'store' | 'ignore'>('store', 'ignore'), async (list, kills, onPut, onPost) => {
				simulator.quirks.propertiesOnPut = onPut;
				simulator.quirks.propertiesOnPost = onPost;
				let unbroken: unknown;
				await inFreshWorld(async (pairing) => {
					await runIn(new Process(), pairing, { people: list });
					unbroken = await endState(pairing);
				});
				await inFreshWorld(async (pairing) => {
					await withKills(kills, pairing, { people: list });
					expect(await endState(pairing)).toEqual(unbroken);
					const before = simulator.writes();
					const again = (await runIn(new Process(), pairing, { people: list })) as { outcomes: unknown[] };
					expect(again.outcomes).toEqual([]);
					expect(simulator.writes()).toBe(before);
				});
			}),
			{ numRuns: 30 },
		);
	}, 120_000);
});
