import type { Ledger } from '../../../../sync/ledger/ledger';
import { matchRecords } from '../../../../sync/match/matchRecords';
import { openIntentsOf } from '../../../../sync/match/openIntents';
import type { AuthenticationStatus } from '../../../../sync/model/authentication';
import type { ChangeOutcome } from '../../../../sync/model/change';
import type { Finding } from '../../../../sync/model/finding';
import type { Pairing } from '../../../../sync/model/pairing';
import type { Plan } from '../../../../sync/model/plan';
import type { SourceRecord } from '../../../../sync/model/sourceRecord';
import { buildPlan } from '../../../../sync/plan/buildPlan';
import { defaultSettings, type PlanSettings } from '../../../../sync/plan/settings';
import { byUrgency } from '../../../../sync/source/graph/read/securityFindings';
import { mfaFindings } from '../../../../sync/source/graph/read/mfaFindings';
import { secureScoreFinding } from '../../../../sync/source/graph/read/secureScoreFinding';
import { applyChanges } from '../../../../sync/target/apply/applyChanges';
import { openAlerts } from '../../../../sync/target/syncro/alerts/alerts';
import { alertStore } from '../../../../sync/target/syncro/alerts/store';
import type { SyncroClient } from '../../../../sync/target/syncro/client';
import { ticketStore } from '../../../../sync/target/syncro/tickets/store';
import { openTickets } from '../../../../sync/target/syncro/tickets/tickets';
import { LEASE_SECONDS } from './runs';

export const STORES = { alerts: alertStore, tickets: ticketStore };
const READS = { alerts: openAlerts, tickets: openTickets };

const kindOf = ({ target }: Pairing) => target.split(':')[1] as keyof typeof STORES;

/** What is known of somebody in a tenant. */
export type Known = 'missing' | 'missing, administrator' | 'registered' | 'unknown';

/** What the audit of a tenant gives, made by the code that audits: people by what is known of them, and the score. */
export function audit(tenantId: string, people: Record<string, Known>, score?: number): Finding[] {
	const audited = { tenantId, tenantName: 'Northwind' };
	const persons = Object.keys(people).map((id) => ({ kind: 'person' as const, tenantId, id, displayName: `Person ${id}`, accountEnabled: true, userType: 'Member' as const }));
	const registrations = Object.entries(people)
		.filter(([, known]) => known !== 'unknown')
		.map(([personId, known]): AuthenticationStatus => ({
			kind: 'authentication', source: 'registrationReport', tenantId, personId, methods: [],
			mfaCapable: known === 'registered', mfaRegistered: known === 'registered', administrator: known === 'missing, administrator',
		}));
	const { findings } = mfaFindings({ registrations, people: persons, deleted: [] }, audited, false);
	return [...findings, ...(score === undefined ? [] : [secureScoreFinding(score, 60, audited)])].sort(byUrgency);
}

export interface FindingJob {
	client: SyncroClient;
	ledger: Ledger;
	/** Its target says which records: `syncro:alerts` or `syncro:tickets`. */
	pairing: Pairing;
	findings: Finding[];
	settings?: Partial<PlanSettings>;
	mode?: 'preview' | 'apply';
}

/** Reads, matches and plans as the nodes do; the plan is known to the ledger. */
export async function planFindings({ client, ledger, pairing, findings, settings, mode = 'apply' }: FindingJob): Promise<Plan> {
	const kind = kindOf(pairing);
	const { definition } = STORES[kind](client);
	const { nouns, adoptBy, sourceIdField, openOnly } = definition;
	const plan = await buildPlan({
		pairing,
		incremental: true,
		matches: matchRecords({
			pairing, nouns, sourceIdField, openOnly,
			incremental: true,
			sources: findings.filter(({ change }) => change === 'present') as unknown as SourceRecord[],
			records: await READS[kind](client, pairing.customerId),
			links: await ledger.links(pairing),
			openIntents: openIntentsOf(await ledger.openIntents(pairing), adoptBy),
			// As Contact Match has it when it is new: it is no use for findings.
			rules: [{ by: 'email' }],
			whereabouts: new Map(findings.filter(({ change }) => change === 'gone').map(({ id }) => [id, 'gone'])),
		}),
		definition,
		settings: { ...defaultSettings(definition), policies: { ...definition.policies, new: 'create' }, ...settings },
		mode,
	});
	const { planId, verdict, counts } = plan;
	await ledger.savePlan({ planId, pairing, mode, verdict, counts, reasons: [] });
	return plan;
}

/** One whole run: start, read, match, plan, apply, finish. */
export async function syncFindings(job: FindingJob): Promise<{ plan: Plan; outcomes: ChangeOutcome[]; runId: string }> {
	const { ledger, pairing, client } = job;
	const { run } = await ledger.startRun({ pairing, executionId: 'execution', leaseSeconds: LEASE_SECONDS });
	const plan = await planFindings(job);
	await ledger.notePlan(run.runId, plan.planId, undefined, plan.counts);
	const store = STORES[kindOf(pairing)](client);
	const outcomes = await applyChanges({ store, ledger, run: { ...run, planId: plan.planId }, changes: plan.changes });
	await ledger.finishRun(run.runId, { status: outcomes.some(({ outcome }) => outcome === 'failed') ? 'partial' : 'succeeded' });
	return { plan, outcomes, runId: run.runId };
}
