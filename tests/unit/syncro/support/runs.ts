import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openSqliteLedger } from '../../../../sync/ledger';
import type { Ledger, Run } from '../../../../sync/ledger/ledger';
import { openIntentsOf } from '../../../../sync/match/openIntents';
import { matchRecords } from '../../../../sync/match/matchRecords';
import type { Change, ChangeOutcome } from '../../../../sync/model/change';
import type { Pairing } from '../../../../sync/model/pairing';
import type { Person } from '../../../../sync/model/person';
import { planIdOf } from '../../../../sync/model/planId';
import type { Plan } from '../../../../sync/model/plan';
import { buildPlan } from '../../../../sync/plan/buildPlan';
import { defaultSettings, type PlanSettings } from '../../../../sync/plan/settings';
import { applyChanges } from '../../../../sync/target/apply/applyChanges';
import { contactStore } from '../../../../sync/target/syncro/contacts/store';
import type { SyncroClient } from '../../../../sync/target/syncro/client';
import { allContacts } from '../../../../sync/target/syncro/contacts/contacts';
import { syncroContacts } from '../../../../sync/target/syncro/contacts/definition';
import type { PatientClock } from './account';

export const LEASE_SECONDS = 300;

/** A SQLite ledger in a folder of its own. */
export async function openTestLedger(clock: PatientClock): Promise<{ ledger: Ledger; close(): Promise<void> }> {
	const folder = mkdtempSync(join(tmpdir(), 'entra-sync-syncroContacts-'));
	const ledger = await openSqliteLedger(join(folder, 'ledger.sqlite'), { clock });
	return {
		ledger,
		close: async () => {
			await ledger.close();
			rmSync(folder, { recursive: true, force: true });
		},
	};
}

export const pairingOfTenant = (tenantId: string): Pairing => ({ tenantId, target: 'syncro', account: 'acme', customerId: '1' });

export const person = (id: string, properties: Partial<Person> = {}): Person => ({
	kind: 'person', tenantId: 't', id, displayName: `Person ${id}`, email: `${id}@northwind.example`, userType: 'Member', accountEnabled: true, ...properties,
});

const EVERYTHING: PlanSettings['safeguards'] = {
	maxRemovals: 1e6, maxRemovalsPercent: 100, maxSourceDropPercent: 100, minSourceDrop: 1e6,
	maxIdentityUpdatesPercent: 100, maxBilledChangePercent: 100, minCleared: Infinity, maxClearedPercent: 100, minBilledChange: 1e6, maxCreates: 1e6, maxCreatesPercent: 100, percentFrom: 1e6,
};

export interface SyncJob {
	client: SyncroClient;
	ledger: Ledger;
	pairing: Pairing;
	people: Person[];
	/** Ids of people who are really gone from Entra. */
	gone?: string[];
	settings?: Partial<PlanSettings>;
	executionId?: string;
	signal?: AbortSignal;
}

export interface SyncResult {
	run: Run;
	plan: Plan;
	outcomes: ChangeOutcome[];
}

/** One whole run, as the nodes of the template do it: start, read, match, plan, apply, finish. */
export async function sync(job: SyncJob): Promise<SyncResult> {
	const { ledger, pairing, client } = job;
	const { run } = await ledger.startRun({ pairing, executionId: job.executionId ?? 'execution', leaseSeconds: LEASE_SECONDS });
	const plan = await planFor(job);
	await ledger.notePlan(run.runId, plan.planId, job.people.length, plan.counts);
	const outcomes = await applyChanges({ store: contactStore(client), ledger, run: { ...run, planId: plan.planId }, changes: plan.changes, signal: job.signal });
	await ledger.finishRun(run.runId, { status: outcomes.some(({ outcome }) => outcome === 'failed') ? 'partial' : 'succeeded' });
	return { run, plan, outcomes };
}

/** Reads, matches and plans; the plan is known to the ledger. */
export async function planFor({ client, ledger, pairing, people, gone = [], settings }: SyncJob): Promise<Plan> {
	const plan = await buildPlan({
		pairing,
		matches: matchRecords({
			pairing,
			nouns: syncroContacts.nouns,
			sources: people,
			records: await allContacts(client, pairing.customerId),
			links: await ledger.links(pairing),
			openIntents: openIntentsOf(await ledger.openIntents(pairing), syncroContacts.adoptBy),
			rules: [{ by: 'email' }],
			whereabouts: new Map(gone.map((id) => [id, 'gone'])),
		}),
		definition: syncroContacts,
		settings: { ...defaultSettings(syncroContacts), safeguards: EVERYTHING, ...settings },
		mode: 'apply',
	});
	const { planId, mode, verdict, counts } = plan;
	await ledger.savePlan({ planId, pairing, mode, verdict, counts, reasons: [] });
	return plan;
}

/** Changes made by hand, as a plan that the ledger knows, in a run that holds the lock. */
export async function prepare(
	ledger: Ledger,
	pairing: Pairing,
	changes: Array<Partial<Change> & Pick<Change, 'action'>>,
	verdict: 'ok' | 'held' | 'allowed' = 'ok',
	executionId = 'execution',
): Promise<{ run: Run; changes: Change[] }> {
	const planned = changes.map((change, index) => ({ sourceId: `person-${index}`, fields: [], ...change }));
	const planId = planIdOf('plan', pairing, planned);
	const { run } = await ledger.startRun({ pairing, executionId, leaseSeconds: LEASE_SECONDS });
	const counts = { sources: 0, records: 0, create: 0, update: 0, link: 0, deactivate: 0, delete: 0, unchanged: 0, skipped: 0, held: 0, unmanaged: 0 };
	await ledger.savePlan({ planId, pairing, mode: 'apply', verdict, counts, reasons: [] });
	await ledger.notePlan(run.runId, planId, planned.length, counts);
	return {
		run: { ...run, planId },
		changes: planned.map((change, index) => ({ kind: 'change', planId, mode: 'apply', pairing, label: `Person ${index}`, reason: 'A test.', ...change })),
	};
}

export const to = (field: string, after: string | null, before?: string | null) => ({
	field, label: syncroContacts.field(field)!.label, ...(before === undefined ? {} : { before }), after,
});
