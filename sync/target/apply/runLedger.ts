import type { Change, PlanMode } from '../../model/change';
import type { Pairing } from '../../model/pairing';
import type { SyncError } from '../../model/syncError';

/** What applying needs to know of the run whose lock it works under; `Run` of the ledger is one. */
export interface ApplyRun {
	runId: string;
	pairing: Pairing;
	startedAt: number;
	leaseUntil: number;
	/** The plan that was noted in this run, when one was. */
	planId?: string;
}

/** What is written down of a change before it is sent. */
export interface Intent extends Pick<Change, 'planId' | 'pairing' | 'action' | 'sourceId' | 'recordId' | 'label' | 'fields'> {
	runId: string;
}

/** A change of the action `link`, as the ledger takes it. */
export interface PairChange extends Pick<Change, 'pairing' | 'sourceId' | 'label' | 'unlink' | 'replaces'> {
	recordId: string;
	rule: string;
	message: string;
}

/**
 * The part of the ledger that applying uses, so that targets depend on no store: `Ledger` satisfies it (see
 * there for what each method promises).
 */
export interface RunLedger {
	renewLease(runId: string, leaseSeconds: number): Promise<void>;
	getPlan(planId: string): Promise<{ pairing: Pairing; mode: PlanMode; verdict: 'ok' | 'held' | 'allowed' } | undefined>;
	consumePlan(planId: string): Promise<void>;
	links(pairing: Pairing): Promise<Array<{ sourceId: string; recordId: string }>>;
	intend(intent: Intent): Promise<string>;
	remember(changeId: string, result: { recordId?: string; rule: string; written: Record<string, string | null>; notKept?: Record<string, string | null>; replaces?: string; unlink?: boolean; message?: string }): Promise<void>;
	rememberLinks(runId: string, planId: string, links: readonly PairChange[]): Promise<Array<SyncError | undefined>>;
	announceInvitation(runId: string, invitation: { pairing: Pairing; address: string; sourceId: string }): Promise<{ state: 'announced' | 'sent' | 'refused'; changedAt: number } | undefined>;
	settleInvitation(invitation: { pairing: Pairing; address: string }, state: 'sent' | 'refused'): Promise<void>;
	settle(changeId: string, state: 'intended' | 'failed' | 'dropped', message: string): Promise<void>;
}
