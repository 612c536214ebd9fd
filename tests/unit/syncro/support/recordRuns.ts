import type { Ledger } from '../../../../sync/ledger/ledger';
import { withLinkedRecords } from '../../../../sync/match/linkedRecords';
import { matchRecords } from '../../../../sync/match/matchRecords';
import { openIntentsOf } from '../../../../sync/match/openIntents';
import type { ChangeOutcome, PlanMode } from '../../../../sync/model/change';
import type { MatchRule } from '../../../../sync/model/match';
import type { Pairing } from '../../../../sync/model/pairing';
import type { Whereabouts } from '../../../../sync/model/person';
import type { Plan } from '../../../../sync/model/plan';
import type { Policies } from '../../../../sync/model/policies';
import type { SourceRecord } from '../../../../sync/model/sourceRecord';
import type { TargetRecord } from '../../../../sync/model/targetRecord';
import { buildPlan } from '../../../../sync/plan/buildPlan';
import { DEFAULT_INVITATIONS, defaultSettings, type InvitationSettings, type PlanSettings } from '../../../../sync/plan/settings';
import { applyChanges } from '../../../../sync/target/apply/applyChanges';
import type { RecordStore } from '../../../../sync/target/recordStore';
import { LEASE_SECONDS } from './runs';

/** A sync of one kind of records, as the nodes of a workflow do it. */
export interface RecordSync {
	store: RecordStore;
	ledger: Ledger;
	pairing: Pairing;
	sources: SourceRecord[];
	/** The sources are all that is told: of others nothing is known. */
	incremental?: boolean;
	/** Reads the records of the customer, as the node that reads them does. */
	records(): Promise<TargetRecord[]>;
	rules: MatchRule[];
	whereabouts?: Array<[string, Whereabouts]>;
	mapping?: PlanSettings['mapping'];
	policies?: Partial<Policies>;
	invitations?: Partial<InvitationSettings>;
	/** Default: none that could trip. */
	safeguards?: PlanSettings['safeguards'];
	mode?: PlanMode;
	now?: number;
}

const NO_BRAKES = { maxRemovals: 1e6, maxRemovalsPercent: 100, maxSourceDropPercent: 100, minSourceDrop: 1e6, maxIdentityUpdatesPercent: 100, maxBilledChangePercent: 100, minCleared: Infinity, maxClearedPercent: 100, minBilledChange: 1e6, maxCreates: 1e6, maxCreatesPercent: 100, percentFrom: 1e6 };

/** Reads, matches and plans; the plan is known to the ledger. */
export async function planRecords({ store: { definition, clock }, ledger, pairing, sources, incremental, records, rules, whereabouts = [], mapping, policies, invitations, safeguards = NO_BRAKES, mode = 'apply', now = clock.now() }: RecordSync): Promise<Plan> {
	const { linkedRecord, nouns, adoptBy, sourceIdField, openOnly, outlivesSource } = definition;
	const settings = defaultSettings(definition);
	const plan = await buildPlan({
		pairing,
		matches: matchRecords({
			pairing,
			nouns,
			incremental,
			sourceIdField,
			openOnly,
			outlivesSource,
			sources: linkedRecord ? withLinkedRecords(sources, linkedRecord, await ledger.links({ ...pairing, target: linkedRecord.target })) : sources,
			records: await records(),
			links: await ledger.links(pairing),
			openIntents: openIntentsOf(await ledger.openIntents(pairing), adoptBy),
			rules,
			whereabouts: new Map(whereabouts),
		}),
		incremental,
		definition,
		settings: { ...settings, mapping: mapping ?? settings.mapping, policies: { ...settings.policies, ...policies }, invitations: { ...DEFAULT_INVITATIONS, ...invitations }, safeguards },
		mode,
		now,
		knownInvitations: definition.invitation ? await ledger.invitations(pairing) : [],
	});
	await ledger.savePlan({ planId: plan.planId, pairing, mode: plan.mode, verdict: plan.verdict, counts: plan.counts, reasons: [] });
	return plan;
}

/** One whole run: start, read, match, plan, apply, finish. */
export async function syncRecords(job: RecordSync): Promise<{ plan: Plan; outcomes: ChangeOutcome[]; runId: string }> {
	const { store, ledger, pairing } = job;
	const { run } = await ledger.startRun({ pairing, executionId: 'execution', leaseSeconds: LEASE_SECONDS });
	const plan = await planRecords(job);
	await ledger.notePlan(run.runId, plan.planId, job.sources.length, plan.counts);
	const outcomes = await applyChanges({ store, ledger, run: { ...run, planId: plan.planId }, changes: plan.changes });
	await ledger.finishRun(run.runId, { status: outcomes.some(({ outcome }) => outcome === 'failed') ? 'partial' : 'succeeded' });
	return { plan, outcomes, runId: run.runId };
}
