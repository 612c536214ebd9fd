import type { IExecuteFunctions } from 'n8n-workflow';
import type { StoredLedger } from '../../../../sync/ledger';
import type { Run } from '../../../../sync/ledger/ledger';
import type { ChangeOutcome } from '../../../../sync/model/change';
import { isOfPeople } from '../../../../sync/target';
import { hint } from '../execution';

/** What became of the cursors, for the summary of the run; empty when the execution has read no changes. */
export interface MovedCursors {
	cursorsMoved?: number;
	/** Why cursors stay where they are: the same changes come again. */
	cursorsKept?: string;
}

/** What a run carries out today: changes of people. Groups and devices that the execution has read are not its own. */
const RESOURCE = 'users';

/** After these every change was carried out, or stands open in the ledger. */
const ENDS_WELL: ReadonlySet<Run['status']> = new Set(['succeeded', 'partial', 'held']);

/**
 * Moves the cursors of people that this execution proposed for the tenant of its run, when all runs of that tenant have ended
 * well. Who is held stands open since the plan was made; who failed is added here.
 */
export async function moveCursorsAfter(context: IExecuteFunctions, ledger: StoredLedger, run: Run, outcomes: readonly ChangeOutcome[]): Promise<MovedCursors> {
	const { executionId, pairing } = run;
	if (!isOfPeople(pairing.target) || !ENDS_WELL.has(run.status) || !(await ledger.proposedCursors(executionId, pairing.tenantId)).some(({ resource }) => resource === RESOURCE)) return {};
	const failed = outcomes.filter(({ outcome }) => outcome === 'failed' || outcome === 'conflict').map(({ sourceId }) => sourceId);
	await ledger.standOpen(executionId, pairing.tenantId, failed);
	const others = (await ledger.runsOfExecution(executionId)).filter(
		(other) => other.runId !== run.runId && other.pairing.tenantId === pairing.tenantId && isOfPeople(other.pairing.target),
	);
	// One read of changes may serve several customers: the last of their runs moves the cursor.
	if (others.some(({ status }) => status === 'running')) return {};
	const missing = [run, ...others].reduce((sum, { counts }) => sum + (counts?.missing ?? 0), 0);
	const why =
		missing > 0
			? `${missing} changes were planned, and no outcome of them arrived.`
			: others.some(({ status }) => !ENDS_WELL.has(status))
				? 'Another run of this tenant in this execution did not end well.'
				: undefined;
	if (why !== undefined) {
		hint(context, `The same changes come again in the next run: ${why}`);
		return { cursorsKept: why };
	}
	const { moved, overtaken } = await ledger.moveCursors(executionId, { tenantId: pairing.tenantId, resource: RESOURCE });
	if (overtaken.length > 0) hint(context, 'Another execution has read changes since, or the cursor was forgotten: it stays where it is.');
	return moved.length > 0 ? { cursorsMoved: moved.length } : {};
}
