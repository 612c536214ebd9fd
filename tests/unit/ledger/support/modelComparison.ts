import fc from 'fast-check';
import { openLedger, type StoredLedger } from '../../../../sync/ledger';
import type { CursorKey, Ledger } from '../../../../sync/ledger/ledger';
import type { Pairing } from '../../../../sync/model/pairing';
import { SyncError } from '../../../../sync/model/syncError';
import { ModelLedger } from './modelLedger';
import { HandClock, NO_COUNTS, type Stores } from './samples';

/** What can be done to both ledgers. `run` and `change` are positions in the order in which they were made. */
type Step =
	| { do: 'pass'; seconds: number }
	| { do: 'start'; pairing: Pairing; leaseSeconds: number }
	| { do: 'renew' | 'note'; run: number; amount: number }
	| { do: 'finish'; run: number; status: 'succeeded' | 'partial' | 'failed' | 'held' }
	| { do: 'intend'; run: number; sourceId: string; action: 'create' | 'update' | 'link'; recordId?: string }
	| { do: 'remember'; change: number; recordId?: string; unlink: boolean; written: Record<string, string | null>; notKept: Record<string, string | null> }
	| { do: 'links'; run: number; pairs: Array<{ sourceId: string; recordId: string; unlink: boolean }> }
	| { do: 'settle'; change: number; state: 'intended' | 'failed' | 'dropped' }
	| { do: 'forget'; pairing: Pairing; sourceId: string }
	| { do: 'savePlan'; planId: string; verdict: 'ok' | 'held' | 'allowed' }
	| { do: 'consume'; planId: string }
	| { do: 'pair'; pairing: Pairing; replace: boolean }
	| { do: 'unpair'; pairing: Pairing }
	| { do: 'propose'; executionId: string; cursor: CursorKey; link: string; from?: string; softDeleted: string[]; noLongerSoftDeleted: string[] }
	| { do: 'standOpen'; executionId: string; tenantId: string; sourceIds: string[] }
	| { do: 'move'; executionId: string; resource?: string }
	| { do: 'forgetCursors'; tenantId: string }
	| { do: 'erase'; sourceId: string }
	| { do: 'prune'; ago: number };

const pairing: fc.Arbitrary<Pairing> = fc
	.tuple(fc.constantFrom('t1', 't2'), fc.constantFrom('c1', 'c2'))
	.map(([tenantId, customerId]) => ({ tenantId, target: 'syncro', account: 'msp', customerId }));
const sourceId = fc.constantFrom('p1', 'p2', 'p3');
const recordId = fc.constantFrom('r1', 'r2', 'r3');
const planId = fc.constantFrom('plan-1', 'plan-2');
const position = fc.nat({ max: 6 });
const written = fc.dictionary(fc.constantFrom('name', 'email', 'zip'), fc.option(fc.string({ unit: 'grapheme', maxLength: 3 })), { maxKeys: 3 });

const tenantId = fc.constantFrom('t1', 't2');
const resource = fc.constantFrom('users', 'groups');
const executionId = fc.constantFrom('e1', 'e2');
const link = fc.constantFrom('l1', 'l2');
const people = fc.uniqueArray(sourceId, { maxLength: 3 });
const cursor: fc.Arbitrary<CursorKey> = fc.record({ tenantId, resource: fc.constantFrom('users', 'users', 'groups'), properties: fc.constant('f'), syncName: fc.constant('s / 1') });

const step: fc.Arbitrary<Step> = fc.oneof(
	{ weight: 3, arbitrary: fc.record({ do: fc.constant('start' as const), pairing, leaseSeconds: fc.constantFrom(60, 900) }) },
	{ weight: 2, arbitrary: fc.record({ do: fc.constant('pass' as const), seconds: fc.constantFrom(1, 60, 900, 50_000, 1_500_000) }) },
	fc.record({ do: fc.constantFrom('renew' as const, 'note' as const), run: position, amount: fc.constantFrom(30, 600) }),
	{ weight: 2, arbitrary: fc.record({ do: fc.constant('finish' as const), run: position, status: fc.constantFrom('succeeded' as const, 'partial' as const, 'failed' as const, 'held' as const) }) },
	{
		weight: 6,
		arbitrary: fc.record(
			{ do: fc.constant('intend' as const), run: position, sourceId, action: fc.constantFrom('create' as const, 'update' as const, 'link' as const), recordId },
			{ requiredKeys: ['do', 'run', 'sourceId', 'action'] },
		),
	},
	{
		weight: 6,
		arbitrary: fc.record({ do: fc.constant('remember' as const), change: position, recordId, unlink: fc.boolean(), written, notKept: written }, { requiredKeys: ['do', 'change', 'unlink', 'written', 'notKept'] }),
	},
	{ weight: 2, arbitrary: fc.record({ do: fc.constant('links' as const), run: position, pairs: fc.array(fc.record({ sourceId, recordId, unlink: fc.boolean() }), { minLength: 1, maxLength: 4 }) }) },
	{ weight: 2, arbitrary: fc.record({ do: fc.constant('settle' as const), change: position, state: fc.constantFrom('intended' as const, 'failed' as const, 'dropped' as const) }) },
	fc.record({ do: fc.constant('forget' as const), pairing, sourceId }),
	{ weight: 2, arbitrary: fc.record({ do: fc.constant('savePlan' as const), planId, verdict: fc.constantFrom('ok' as const, 'held' as const, 'allowed' as const) }) },
	fc.record({ do: fc.constant('consume' as const), planId }),
	fc.record({ do: fc.constant('pair' as const), pairing, replace: fc.boolean() }),
	fc.record({ do: fc.constant('unpair' as const), pairing }),
	{
		weight: 5,
		arbitrary: fc.record({ do: fc.constant('propose' as const), executionId, cursor, link, from: fc.constantFrom('known', 'known', 'l1'), softDeleted: people, noLongerSoftDeleted: people }, { requiredKeys: ['do', 'executionId', 'cursor', 'link', 'softDeleted', 'noLongerSoftDeleted'] }),
	},
	{ weight: 3, arbitrary: fc.record({ do: fc.constant('standOpen' as const), executionId, tenantId, sourceIds: people }) },
	{ weight: 4, arbitrary: fc.record({ do: fc.constant('move' as const), executionId, resource }, { requiredKeys: ['do', 'executionId'] }) },
	fc.record({ do: fc.constant('forgetCursors' as const), tenantId }),
	fc.record({ do: fc.constant('erase' as const), sourceId }),
	fc.record({ do: fc.constant('prune' as const), ago: fc.constantFrom(0, 60, 50_000) }),
);

/** One of the two ledgers, with the ids that it gave out. */
class Side {
	readonly runs: string[] = [];
	readonly changes: string[] = [];

	constructor(readonly ledger: Omit<ModelLedger, 'runs' | 'linked' | 'changes' | 'plans' | 'pairings'> | StoredLedger) {}

	/** What the step gives, or the code it is refused with; ids are replaced by positions. */
	async perform(step: Step, clock: HandClock): Promise<string> {
		try {
			return this.told(await this.carryOut(step, clock));
		} catch (error) {
			if (error instanceof SyncError) return error.code;
			if (error instanceof Error && error.message.startsWith('ledger.')) return error.message;
			throw error;
		}
	}

	private async carryOut(step: Step, clock: HandClock): Promise<unknown> {
		const ledger = this.ledger as Ledger;
		switch (step.do) {
			case 'pass':
				return undefined;
			case 'start': {
				const started = await ledger.startRun({ pairing: step.pairing, executionId: 'e', leaseSeconds: step.leaseSeconds });
				this.runs.push(started.run.runId);
				return started;
			}
			case 'renew':
				return await ledger.renewLease(this.run(step.run), step.amount);
			case 'note':
				return await ledger.notePlan(this.run(step.run), 'plan-1', step.amount, NO_COUNTS);
			case 'finish':
				return await ledger.finishRun(this.run(step.run), { status: step.status });
			case 'intend': {
				const runId = this.run(step.run);
				const run = await this.pairingOf(runId);
				const id = await ledger.intend({ runId, planId: 'plan-1', pairing: run, action: step.action, sourceId: step.sourceId, ...(step.recordId ? { recordId: step.recordId } : {}), label: `Label ${step.sourceId}`, fields: [] });
				this.changes.push(id);
				return id;
			}
			case 'remember':
				return await ledger.remember(this.change(step.change), { rule: 'email', written: step.written, notKept: step.notKept, unlink: step.unlink, ...(step.recordId ? { recordId: step.recordId } : {}) });
			case 'links': {
				const runId = this.run(step.run);
				const pairing = await this.pairingOf(runId);
				const refusals = await ledger.rememberLinks(runId, 'plan-1', step.pairs.map((pair) => ({ ...pair, pairing, label: `Label ${pair.sourceId}`, rule: 'email', message: 'paired' })));
				const recorded = await ledger.changesOfRun(runId);
				this.changes.push(...recorded.slice(recorded.length - step.pairs.length).map(({ changeId }) => changeId));
				return refusals.map((refused) => refused?.code ?? 'paired');
			}
			case 'settle':
				return await ledger.settle(this.change(step.change), step.state, 'because');
			case 'forget':
				return await ledger.forgetLink({ pairing: step.pairing, sourceId: step.sourceId });
			case 'savePlan':
				return await ledger.savePlan({ planId: step.planId, pairing: { tenantId: 't1', target: 'syncro', account: 'msp', customerId: 'c1' }, mode: 'apply', verdict: step.verdict, counts: NO_COUNTS, reasons: ['why'] });
			case 'consume':
				return await ledger.consumePlan(step.planId);
			case 'pair':
				return await ledger.setPairing({ ...step.pairing, tenantDomains: ['x.example'] }, { replace: step.replace });
			case 'unpair':
				return await ledger.removePairing(step.pairing);
			case 'propose': {
				const from = step.from === 'known' ? (await ledger.knownCursor(step.cursor))?.link : step.from;
				return await ledger.proposeCursor({ ...step.cursor, executionId: step.executionId, link: step.link, ...(from ? { from } : {}), softDeleted: step.softDeleted, noLongerSoftDeleted: step.noLongerSoftDeleted });
			}
			case 'standOpen':
				return await ledger.standOpen(step.executionId, step.tenantId, step.sourceIds);
			case 'move':
				return await ledger.moveCursors(step.executionId, step.resource ? { resource: step.resource } : undefined);
			case 'forgetCursors':
				return await ledger.forgetCursors({ tenantId: step.tenantId });
			case 'erase':
				return await ledger.erasePerson(step.sourceId);
			case 'prune':
				return await ledger.prune(clock.now() - step.ago * 1000);
		}
	}

	/** Everything that can be asked of the ledger. */
	async state(pairings: Pairing[]): Promise<string> {
		const ledger = this.ledger as Ledger;
		const perPairing = [];
		for (const pairing of pairings) {
			const links = await ledger.links(pairing);
			perPairing.push({
				links: links.sort((a, b) => a.sourceId.localeCompare(b.sourceId)).map((link) => ({ ...link, lastWritten: Object.entries(link.lastWritten).sort(), notKept: Object.entries(link.notKept ?? {}).sort() })),
				open: await ledger.openIntents(pairing),
				good: await ledger.lastGoodRun(pairing),
			});
		}
		const changes = [];
		for (const runId of this.runs) changes.push(await ledger.changesOfRun(runId));
		const cursors = await ledger.listCursors({ limit: 99 });
		const known = [];
		for (const each of cursors) known.push(await ledger.knownCursor(each));
		const proposed = [];
		for (const execution of ['e1', 'e2']) for (const tenant of ['t1', 't2']) proposed.push(await ledger.proposedCursors(execution, tenant));
		return this.told({ perPairing, changes, pairings: await ledger.listPairings({}), cursors, known, proposed });
	}

	private readonly pairingByRun = new Map<string, Pairing>();

	private async pairingOf(runId: string): Promise<Pairing> {
		return this.pairingByRun.get(runId) ?? { tenantId: 't1', target: 'syncro', account: 'msp', customerId: 'c1' };
	}

	/** Canonical text: sorted keys, no `undefined`, messages of the ledger's own left out, ids as positions. */
	private told(value: unknown): string {
		const started = value as { run?: { runId: string; pairing: Pairing } } | undefined;
		if (started?.run) this.pairingByRun.set(started.run.runId, started.run.pairing);
		let text = JSON.stringify(value, (key, inner: unknown) => {
			if (key === 'message') return undefined;
			if (typeof inner !== 'object' || inner === null || Array.isArray(inner)) return inner;
			return Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)));
		}) ?? 'nothing';
		this.runs.forEach((id, index) => (text = text.replaceAll(id, `«run ${index}»`)));
		this.changes.forEach((id, index) => (text = text.replaceAll(id, `«change ${index}»`)));
		return text;
	}

	private run(index: number): string {
		return this.runs[index % Math.max(1, this.runs.length)] ?? 'none';
	}

	private change(index: number): string {
		return this.changes[index % Math.max(1, this.changes.length)] ?? 'none';
	}
}

const ALL_PAIRINGS: Pairing[] = ['t1', 't2'].flatMap((tenantId) => ['c1', 'c2'].map((customerId) => ({ tenantId, target: 'syncro', account: 'msp', customerId })));

/** Whatever is done to a ledger, it answers and ends up as the plain model does. */
export function describeModel(stores: Stores, numRuns: number): void {
	it(`behaves like a plain list in memory, whatever is done to it (${stores.name})`, async () => {
		await fc.assert(
			fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 40, size: 'max' }), async (steps) => {
				const clock = new HandClock();
				const stored = await openLedger({ ...(await stores.create()), clock });
				try {
					const [actual, expected] = [new Side(stored), new Side(new ModelLedger(clock))];
					for (const [index, each] of steps.entries()) {
						if (each.do === 'pass') clock.pass(each.seconds);
						const context = `step ${index} ${JSON.stringify(each)}`;
						expect(`${context}: ${await actual.perform(each, clock)}`).toBe(`${context}: ${await expected.perform(each, clock)}`);
					}
					expect(await actual.state(ALL_PAIRINGS)).toBe(await expected.state(ALL_PAIRINGS));
				} finally {
					await stored.close();
				}
			}),
			{ numRuns },
		);
	}, 240_000);
}
