import type { Clock } from '../../http/clock';
import type { Change, ChangeOutcome } from '../../model/change';
import type { SyncError } from '../../model/syncError';
import { authorisePlan } from './authorisePlan';
import { Lease } from './lease';
import type { ApplyRun, RunLedger } from './runLedger';

/** What became of one change. */
export interface Done {
	outcome: ChangeOutcome['outcome'];
	recordId?: string;
	message: string;
	notStored?: string[];
	/** What went wrong would go wrong with every further change: the rest is not attempted. */
	stop?: SyncError;
	/** May be this record's alone; several in a row are taken for the target's. */
	suspect?: SyncError;
}

/** One step holds the ledger for about a tenth of a second, and a lock is renewed between two of them. */
const LINKS_AT_ONCE = 500;

/** So many suspicious failures in a row end the work. */
const SUSPICIONS = 3;

export interface ApplyInOrder {
	ledger: RunLedger;
	run: ApplyRun;
	/** Changes of one plan, in its order. */
	changes: readonly Change[];
	clock: Clock;
	signal?: AbortSignal;
	/** Called after each change. */
	onOutcome?: (outcome: ChangeOutcome) => void;
	/** Carries out one change that is no `link`. Failures of the target are outcomes; what it throws ends the run. */
	carryOut(change: Change, keepAlive: () => Promise<void>): Promise<Done>;
}

/**
 * Carries out the changes of a plan, one after the other, under the lock of the run. A record that fails does
 * not keep the others; what would fail them all (a refused token, a dead service) ends the work, and the rest is
 * reported as failed without having been tried. Only for plans whose mode is `apply`.
 *
 * @returns one outcome per change, in the same order
 * @throws SyncError class `ledger` when the plan may not be carried out or the lock is lost, the signal's reason
 *   when it is aborted; what was written by then is in the ledger
 */
export async function applyInOrder(job: ApplyInOrder): Promise<ChangeOutcome[]> {
	const { changes, ledger, run, clock, signal } = job;
	if (changes.length === 0) return [];
	const outcomes: ChangeOutcome[] = [];
	const report = (change: Change, done: Done) => {
		const outcome = outcomeOf(change, done);
		outcomes.push(outcome);
		job.onOutcome?.(outcome);
	};

	const lease = new Lease(ledger, run, clock);
	await lease.renew();
	await authorisePlan(ledger, run, changes);
	let stop: SyncError | undefined;
	let suspicions = 0;
	for (let index = 0; index < changes.length; index++) {
		const change = changes[index];
		signal?.throwIfAborted();
		if (stop) {
			report(change, { outcome: 'failed', recordId: change.recordId, message: `Not attempted after what happened before: ${sentences(stop)}` });
			continue;
		}
		await lease.keep();
		const links = linksFrom(changes, index);
		if (links.length > 0) {
			const done = await rememberLinks(ledger, run, links);
			links.forEach((link, position) => report(link, done[position]));
			index += links.length - 1;
			suspicions = 0;
			continue;
		}
		const done = await job.carryOut(change, async () => await lease.keep());
		suspicions = done.suspect ? suspicions + 1 : 0;
		stop = done.stop ?? (suspicions >= SUSPICIONS ? done.suspect : undefined);
		report(change, done);
	}
	return outcomes;
}

/** The changes from here on that write nothing to the target, up to as many as are remembered in one step. */
function linksFrom(changes: readonly Change[], start: number): Change[] {
	const links: Change[] = [];
	for (let index = start; index < changes.length && changes[index].action === 'link' && links.length < LINKS_AT_ONCE; index++) links.push(changes[index]);
	return links;
}

/** A pair that the ledger refuses is that record's failure only. */
async function rememberLinks(ledger: RunLedger, run: ApplyRun, links: readonly Change[]): Promise<Done[]> {
	const told = links.map(({ unlink }) => (unlink ? 'The pair is forgotten.' : 'The pair is remembered.'));
	const refusals = await ledger.rememberLinks(
		run.runId,
		links[0].planId,
		links.map(({ pairing, sourceId, recordId, label, rule, unlink, replaces }, index) => ({ pairing, sourceId, recordId: recordId!, label, rule: rule ?? 'manual', unlink, replaces, message: told[index] })),
	);
	return links.map(({ recordId }, index): Done => {
		const refused = refusals[index];
		return refused ? { outcome: 'failed', recordId, message: sentences(refused) } : { outcome: 'applied', recordId, message: told[index] };
	});
}

/** What happened and what to do, for outcomes and the ledger. */
export function sentences(error: SyncError): string {
	return `${error.message} ${error.remedy}`;
}

/** The outcome of a change, as it is told. */
export function outcomeOf(change: Change, done: Done): ChangeOutcome {
	return {
		kind: 'outcome',
		label: change.label,
		action: change.action,
		outcome: done.outcome,
		message: done.message,
		...(done.notStored?.length ? { notStored: done.notStored } : {}),
		sourceId: change.sourceId,
		...(done.recordId === undefined ? {} : { recordId: done.recordId }),
		planId: change.planId,
		pairing: change.pairing,
	};
}
