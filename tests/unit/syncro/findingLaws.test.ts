import fc from 'fast-check';
import { createAuthority } from '../../../simulators/base/certificates';
import { startSyncro, type SyncroSimulator } from '../../../simulators/syncro';
import { transportFor } from '../../../sync/http/transport';
import type { Finding } from '../../../sync/model/finding';
import { SyncroClient } from '../../../sync/target/syncro/client';
import { PatientClock, SEED, TOKEN } from './support/account';
import { audit, syncFindings, type FindingJob, type Known } from './support/findingRuns';
import { Process } from './support/process';
import { LEASE_SECONDS, openTestLedger } from './support/runs';

const authority = createAuthority();
const clock = new PatientClock();
const transport = transportFor({ caCertificates: authority.cert });
let simulator: SyncroSimulator;
let opened: Awaited<ReturnType<typeof openTestLedger>>;
let tenants = 0;

beforeAll(async () => {
	simulator = await startSyncro({ authority, seed: { ...SEED, alerts: [{ id: 90, customer_id: 1, description: 'Disk full' }, { id: 91, customer_id: 2, description: 'x', formatted_output: '[entra-sync noMfa:ada]' }] }, clock });
	opened = await openTestLedger(clock);
});
afterAll(async () => {
	await simulator.stop();
	await opened.close();
});

type Kind = 'alerts' | 'tickets';

/** One customer with one tenant, freshly seeded, and what people could see or do there. */
function freshWorld(kind: Kind) {
	simulator.state.reset();
	simulator.faults.clear();
	const { state } = simulator;
	const pairing: FindingJob['pairing'] = { tenantId: `tenant-${tenants++}`, target: `syncro:${kind}`, account: 'acme', customerId: '1' };
	const marked = (id: string) => (text: string | null) => text !== null && new RegExp(`\\[entra-sync ${id}[ \\]]`).test(text);
	return {
		pairing,
		async run(findings: Finding[], life = new Process()) {
			const client = new SyncroClient({ subdomain: 'acme', token: TOKEN, addressOverride: simulator.origin, transport: life.transport(transport), clock, random: () => 0 });
			return await syncFindings({ client, ledger: life.ledger(opened.ledger), pairing, findings });
		},
		/** Ids of the open alerts or tickets of a finding. */
		open(id: string): number[] {
			if (kind === 'alerts') return state.alerts.ordered().filter(({ customer_id, resolved, formatted_output }) => customer_id === 1 && !resolved && marked(id)(formatted_output)).map((alert) => alert.id);
			return state.tickets.ordered().filter(({ status, comments }) => status !== 'Resolved' && comments.some(({ body }) => marked(id)(body))).map((ticket) => ticket.id);
		},
		everRaised: () => (kind === 'alerts' ? state.alerts.ordered().length - 2 : state.tickets.ordered().length),
		closeByHand(id: number) {
			if (kind === 'alerts') state.alerts.get(id)!.resolved = true;
			else state.tickets.get(id)!.status = 'Resolved';
		},
		loseLedger: async () => await opened.ledger.forgetLink({ pairing }),
	};
}

async function runKilled(world: ReturnType<typeof freshWorld>, findings: Finding[], killAt: number): Promise<void> {
	const life = new Process(killAt);
	await world.run(findings, life).catch((error: Error) => {
		if (!life.dead) throw error;
	});
	clock.moment += LEASE_SECONDS * 1000 + 1;
}

const PEOPLE = ['ada', 'bob', 'cid'];
const IDS = [...PEOPLE.map((id) => `noMfa:${id}`), 'lowSecureScore'];

interface Night {
	people: Record<string, Known>;
	/** Undefined: it could not be read. */
	score?: number;
	/** Before the run: which open ones somebody closes by hand, whether the ledger is lost, where an earlier attempt dies, to which write the first reply is lost. */
	closed: string[];
	lost: boolean;
	killAt?: number;
	lostReply?: 'POST' | 'PUT' | 'DELETE';
}

const night: fc.Arbitrary<Night> = fc.record({
	people: fc.record(Object.fromEntries(PEOPLE.map((id) => [id, fc.constantFrom<Known>('missing', 'missing, administrator', 'registered', 'unknown')]))),
	score: fc.option(fc.constantFrom(40, 41.5, 80), { nil: undefined }),
	closed: fc.subarray(IDS, { maxLength: 2 }),
	lost: fc.oneof({ weight: 4, arbitrary: fc.constant(false) }, { weight: 1, arbitrary: fc.constant(true) }),
	killAt: fc.option(fc.nat(40), { nil: undefined }),
	lostReply: fc.option(fc.constantFrom<'POST' | 'PUT' | 'DELETE'>('POST', 'PUT', 'DELETE'), { nil: undefined }),
});

describe.each(['alerts', 'tickets'] as const)('%s for findings', (kind) => {
	it('are open one at most for each finding, exactly while it lasts, whatever happened before', async () => {
		await fc.assert(
			fc.asyncProperty(fc.array(night, { minLength: 1, maxLength: 5 }), async (nights) => {
				const world = freshWorld(kind);
				const stands = new Map(IDS.map((id) => [id, { open: false, respected: false }]));
				let expectedRaised = 0;
				for (const { people, score, closed, lost, killAt, lostReply } of nights) {
					for (const id of closed) {
						const own = stands.get(id)!;
						if (!own.open) continue;
						world.closeByHand(world.open(id)[0]);
						Object.assign(own, { open: false, respected: true });
					}
					if (lost) {
						await world.loseLedger();
						// What was closed by hand before is nowhere written any more.
						for (const own of stands.values()) own.respected = false;
					}
					const findings = audit(world.pairing.tenantId, people, score);
					if (killAt !== undefined) await runKilled(world, findings, killAt);
					simulator.faults.clear();
					if (lostReply) simulator.faults.add({ method: lostReply, fault: { kind: 'reset', after: true } });
					await world.run(findings);
					simulator.faults.clear();

					for (const { id, change } of findings) {
						const own = stands.get(id)!;
						if (change === 'gone') Object.assign(own, { open: false, respected: false });
						else if (!own.open && !own.respected) {
							own.open = true;
							expectedRaised++;
						}
					}
					expect(IDS.map((id) => [id, world.open(id).length])).toEqual(IDS.map((id) => [id, stands.get(id)!.open ? 1 : 0]));
					expect(world.everRaised()).toBe(expectedRaised);
					const before = simulator.writes();
					expect((await world.run(findings)).outcomes).toEqual([]);
					expect(simulator.writes()).toBe(before);
				}
				// Of others: as they were.
				expect([90, 91].map((id) => simulator.state.alerts.get(id)?.resolved)).toEqual([false, false]);
				expect(simulator.state.outbox).toEqual([]);
			}),
			{ numRuns: 30 },
		);
	}, 180_000);

	it.each([
		['raises', 'unknown', 'missing'],
		['closes', 'missing', 'registered'],
		['makes more urgent', 'missing', 'missing, administrator'],
	] as const)('killed at any boundary of a run that %s them: the next run ends the same', async (_what, before, after) => {
		const nightOf = (known: Known) => ({ ada: known, bob: known });
		const endOf = (world: ReturnType<typeof freshWorld>) => ({
			open: IDS.map((id) => world.open(id).length), raised: world.everRaised(), priorities: simulator.state.tickets.ordered().map(({ priority, comments }) => [priority, comments.length]),
		});
		const start = async () => {
			const world = freshWorld(kind);
			await world.run(audit(world.pairing.tenantId, nightOf(before)));
			return { world, findings: audit(world.pairing.tenantId, nightOf(after)) };
		};
		const unbroken = await start();
		const life = new Process();
		await unbroken.world.run(unbroken.findings, life);
		const end = endOf(unbroken.world);
		expect(life.passed).toBeGreaterThan(10);
		for (let killAt = 0; killAt < life.passed; killAt++) {
			const { world, findings } = await start();
			await runKilled(world, findings, killAt);
			await world.run(findings);
			expect({ killAt, ...endOf(world) }).toEqual({ killAt, ...end });
			expect(await opened.ledger.openIntents(world.pairing)).toEqual([]);
			expect(simulator.state.outbox).toEqual([]);
		}
	}, 120_000);
});
