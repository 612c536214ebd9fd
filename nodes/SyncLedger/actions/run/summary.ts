import type { RecordedPlan, Run, RunResult } from '../../../../sync/ledger/ledger';
import type { PlanCounts } from '../../../../sync/model/plan';
import type { Arrived } from './outcomes';

/** What became of the planned changes. */
export interface OutcomeCounts {
	applied: number;
	adopted: number;
	previewed: number;
	conflict: number;
	failed: number;
	/** Planned, allowed, and without an outcome: Apply never got them, or stopped before. */
	missing: number;
}

export interface Facts {
	/** What the builder said of the result; undefined: judge by what arrived. */
	told?: { status: 'succeeded' | 'failed'; message: string };
	arrived: Pick<Arrived, 'outcomes' | 'errors'>;
	run: Pick<Run, 'counts'>;
	/** The plan that was noted in the run. */
	plan?: Pick<RecordedPlan, 'planId' | 'mode' | 'verdict' | 'reasons'>;
}

/**
 * How a run ended, in this order: failed when told so or when an error arrived; held when its plan is; previewed
 * in preview; partial when a change failed, met a conflict or has no outcome; else succeeded.
 */
export function judgeRun({ told, arrived, run, plan }: Facts): RunResult & { counts: NonNullable<Run['counts']> } {
	const outcomes = countOutcomes(arrived, run.counts, plan);
	const counts = { ...run.counts, ...outcomes };
	const changed = sentence(run.counts, outcomes);
	if (told?.status === 'failed' || (!told && arrived.errors.length > 0)) {
		const message = told?.message || arrived.errors[0] || 'No reason was given.';
		return { status: 'failed', message: `Failed: ${message}${outcomes.applied + outcomes.adopted > 0 ? ` Before that: ${changed}.` : ''}`, counts };
	}
	if (plan?.verdict === 'held') {
		return { status: 'held', message: `Held: nothing was written; the plan ${plan.planId} waits for a decision. ${plan.reasons.join(' ')}`.trim(), counts };
	}
	if (plan?.mode === 'preview') return { status: 'previewed', message: `Preview, nothing was written: ${planned(run.counts)}.`, counts };
	if (told) return { status: 'succeeded', message: told.message || `Succeeded: ${changed}.`, counts };
	if (outcomes.failed + outcomes.conflict + outcomes.missing > 0) return { status: 'partial', message: `Partly done: ${changed}.`, counts };
	return { status: 'succeeded', message: `Succeeded: ${changed}.`, counts };
}

function countOutcomes({ outcomes }: Facts['arrived'], counts: Run['counts'], plan: Facts['plan']): OutcomeCounts {
	const of = (outcome: string) => outcomes.filter((item) => item.outcome === outcome).length;
	const mayWrite = plan !== undefined && plan.mode === 'apply' && plan.verdict !== 'held';
	return {
		applied: of('applied'),
		adopted: of('adopted'),
		previewed: of('previewed'),
		conflict: of('conflict'),
		failed: of('failed'),
		missing: mayWrite ? Math.max(0, totalChanges(counts) - outcomes.length) : 0,
	};
}

const ACTIONS = ['create', 'update', 'link', 'deactivate', 'delete'] as const satisfies ReadonlyArray<keyof PlanCounts>;

function totalChanges(counts: Run['counts']): number {
	return ACTIONS.reduce((sum, action) => sum + (counts?.[action] ?? 0), 0);
}

function planned(counts: Run['counts']): string {
	const parts = ACTIONS.filter((action) => counts?.[action]).map((action) => `${counts![action]} to ${action}`);
	return [...(parts.length > 0 ? parts : ['nothing to change']), ...rest(counts)].join(', ');
}

function sentence(counts: Run['counts'], outcomes: OutcomeCounts): string {
	const { applied, adopted, conflict, failed, missing } = outcomes;
	const parts = [
		...(applied > 0 ? [`${applied} applied`] : []),
		...(adopted > 0 ? [`${adopted} found from an interrupted run`] : []),
		...(conflict > 0 ? [`${conflict} left alone because the target had changed`] : []),
		...(failed > 0 ? [`${failed} failed`] : []),
		...(missing > 0 ? [`${missing} planned but not attempted`] : []),
	];
	return [...(parts.length > 0 ? parts : ['nothing to change']), ...rest(counts)].join(', ');
}

function rest(counts: Run['counts']): string[] {
	return [
		...(counts?.unchanged ? [`${counts.unchanged} unchanged`] : []),
		...(counts?.held ? [`${counts.held} held`] : []),
		...(counts?.skipped ? [`${counts.skipped} skipped`] : []),
	];
}
