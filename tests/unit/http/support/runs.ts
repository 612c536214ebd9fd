import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openSqliteLedger, type StoredLedger } from '../../../../sync/ledger';
import type { Change, ChangeOutcome, PlanMode } from '../../../../sync/model/change';
import type { Pairing } from '../../../../sync/model/pairing';
import type { Person } from '../../../../sync/model/person';
import type { Plan } from '../../../../sync/model/plan';
import type { Policies } from '../../../../sync/model/policies';
import type { TargetRecord } from '../../../../sync/model/targetRecord';
import type { PlanSettings } from '../../../../sync/plan/settings';
import { applyChanges } from '../../../../sync/target/apply/applyChanges';
import { previewChanges } from '../../../../sync/target/apply/previewChanges';
import { checkTemplates } from '../../../../sync/target/http/compose';
import { HTTP_TARGETS } from '../../../../sync/target/http/definition';
import type { HttpEndpointClient } from '../../../../sync/target/http/client';
import { listRecords } from '../../../../sync/target/http/lists';
import { rememberedRecords } from '../../../../sync/target/http/records';
import { checkWriteSettings, type WriteSettings } from '../../../../sync/target/http/settings';
import { httpStore } from '../../../../sync/target/http/store';
import type { RecordStore } from '../../../../sync/target/recordStore';
import type { PatientClock } from '../../syncro/support/account';
import { planRecords } from '../../syncro/support/recordRuns';
import { LEASE_SECONDS } from '../../syncro/support/runs';

export { LEASE_SECONDS };
export { person } from '../../syncro/support/runs';

export const [userRecords] = HTTP_TARGETS;

/** A SQLite ledger in a folder of its own. */
export async function openTestLedger(clock: PatientClock): Promise<{ ledger: StoredLedger; close(): Promise<void> }> {
	const folder = mkdtempSync(join(tmpdir(), 'entra-sync-http-'));
	const ledger = await openSqliteLedger(join(folder, 'ledger.sqlite'), { clock });
	return {
		ledger,
		close: async () => {
			await ledger.close();
			rmSync(folder, { recursive: true, force: true });
		},
	};
}

export const pairingOf = (tenantId: string, customerId = 'acme'): Pairing => ({ tenantId, target: 'http', account: 'portal', customerId });

const MAPPING: PlanSettings['mapping'] = [...userRecords.defaultMapping, { field: 'title', source: 'jobTitle', whenBlank: 'clear' }, { field: 'department', source: 'department', whenBlank: 'keep' }];

export interface SyncJob {
	client: HttpEndpointClient;
	ledger: StoredLedger;
	pairing: Pairing;
	write: WriteSettings;
	/** Where the plan's records come from: the portal's list, or what the ledger remembers. */
	records: 'listed' | 'remembered';
	people: Person[];
	gone?: string[];
	mapping?: PlanSettings['mapping'];
	policies?: Partial<Policies>;
}

export interface SyncResult {
	plan: Plan;
	outcomes: ChangeOutcome[];
}

/** One whole run, as nodes do it: start, read, match, plan, apply, finish. */
export async function sync(job: SyncJob): Promise<SyncResult> {
	const { ledger, pairing } = job;
	const { run } = await ledger.startRun({ pairing, executionId: 'execution', leaseSeconds: LEASE_SECONDS });
	const plan = await planFor(job, 'apply');
	await ledger.notePlan(run.runId, plan.planId, job.people.length, plan.counts);
	const outcomes = await applyChanges({ store: await storeFor(job, plan.changes), ledger, run: { ...run, planId: plan.planId }, changes: plan.changes });
	await ledger.finishRun(run.runId, { status: outcomes.some(({ outcome }) => outcome === 'failed') ? 'partial' : 'succeeded' });
	return { plan, outcomes };
}

/** The same as a preview. */
export async function preview(job: SyncJob): Promise<SyncResult> {
	const plan = await planFor(job, 'preview');
	return { plan, outcomes: await previewChanges(plan.changes, await storeFor(job, plan.changes)) };
}

async function planFor(job: SyncJob, mode: PlanMode): Promise<Plan> {
	const { ledger, pairing, people, gone = [], mapping = MAPPING, policies } = job;
	const whereabouts = gone.map((id): [string, 'gone'] => [id, 'gone']);
	return await planRecords({ store: await storeFor(job, []), ledger, pairing, sources: people, records: async () => await recordsFor(job), rules: [{ by: 'email' }], whereabouts, mapping, policies, mode });
}

async function recordsFor({ client, ledger, pairing, records, write }: SyncJob): Promise<TargetRecord[]> {
	if (records === 'remembered') return rememberedRecords(pairing, await ledger.links(pairing));
	return await listRecords(client, pairing, userRecords, { path: `/users?customerId=${pairing.customerId}`, listPath: 'data', idPath: 'id', places: write.places, paging: { by: 'link', path: 'next' } });
}

/** As Apply Plan makes it for the changes that arrived. */
async function storeFor({ client, ledger, pairing, write }: SyncJob, changes: readonly Change[]): Promise<RecordStore> {
	checkWriteSettings(write, userRecords);
	checkTemplates(write, changes);
	const [links, openCreates, lastApplied] = await Promise.all([ledger.links(pairing), ledger.openIntents(pairing), ledger.lastApplied(pairing, changes.map(({ sourceId }) => sourceId))]);
	return httpStore(client, userRecords, write, { links, openCreates, lastApplied });
}
