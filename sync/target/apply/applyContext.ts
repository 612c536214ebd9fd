import type { Change, FieldChange } from '../../model/change';
import { SyncError } from '../../model/syncError';
import { sentences, type Done } from './applyInOrder';
import type { ApplyRun, RunLedger } from './runLedger';
import type { Call } from '../../http/call';
import type { RecordStore, StoreRequest } from '../recordStore';
import { doingTo } from './applyFields';

/** What carrying out one change has at hand. */
export interface ApplyContext {
	store: RecordStore;
	ledger: RunLedger;
	run: ApplyRun;
	change: Change;
	/** For every request of this change: abort signal, and the lock renewed while it waits. */
	call: Call;
}

/** Writes the intent down before anything is sent. */
export async function announce({ ledger, run, change }: ApplyContext): Promise<string> {
	const { planId, pairing, action, sourceId, recordId, label, fields } = change;
	return await ledger.intend({ runId: run.runId, planId, pairing, action, sourceId, recordId, label, fields });
}

/** Closes the intent with what arrived. A pair that the ledger refuses is this record's failure only. */
export async function rememberDone(
	{ ledger, change }: ApplyContext,
	changeId: string,
	result: { recordId?: string; written: Record<string, string | null>; notStored?: readonly FieldChange[]; rule?: string },
	done: Done,
): Promise<Done> {
	try {
		await ledger.remember(changeId, {
			recordId: result.recordId,
			rule: result.rule ?? change.rule ?? 'manual',
			written: result.written,
			...(result.notStored?.length ? { notKept: Object.fromEntries(result.notStored.map(({ field, after }) => [field, after])) } : {}),
			...(change.replaces === undefined ? {} : { replaces: change.replaces }),
			...(change.unlink || change.action === 'delete' ? { unlink: true } : {}),
			message: done.message,
		});
	} catch (error) {
		if (!(error instanceof SyncError) || error.code !== 'ledger.recordLinked') throw error;
		await ledger.settle(changeId, 'failed', sentences(error));
		return { ...done, outcome: 'failed', recordId: result.recordId, message: sentences(error) };
	}
	return { ...done, recordId: result.recordId };
}

/** The request or the record was refused, or the service failed, before anything was carried out. */
export async function failed({ ledger, change }: ApplyContext, changeId: string, error: SyncError): Promise<Done> {
	await ledger.settle(changeId, 'failed', sentences(error));
	return { outcome: 'failed', recordId: change.recordId, message: sentences(error), stop: stopping(error) };
}

/**
 * Nobody knows whether it arrived: the intent stays open, and the next run looks before it writes.
 *
 * @param asked `answers` when the target still answers other requests, so that this record alone may be the matter
 */
export async function unknown({ ledger, change }: ApplyContext, changeId: string, error: SyncError, why: string, asked: 'answers' | 'fails'): Promise<Done> {
	const message = `${why} ${sentences(error)}`.trim();
	await ledger.settle(changeId, 'intended', message);
	const consequence = asked === 'fails' ? { stop: stopping(error) } : { suspect: error };
	return { outcome: 'failed', recordId: change.recordId, message, ...consequence };
}

/** The target is not as the plan saw it. */
export async function conflict({ ledger, change }: ApplyContext, changeId: string, message: string): Promise<Done> {
	await ledger.settle(changeId, 'dropped', message);
	return { outcome: 'conflict', recordId: change.recordId, message };
}

/** A request of this change, for the store. */
export function requestOf({ change, call, store }: ApplyContext, verb: string): StoreRequest {
	return { change, call, doing: doingTo(verb, change, store.definition) };
}

/** A failure of the target as a value; everything else (lock lost, ledger unwritable, aborted) goes on upwards. */
export async function attempt<T extends object>({ store }: ApplyContext, work: () => Promise<T>): Promise<T | SyncError> {
	try {
		return await work();
	} catch (error) {
		if (error instanceof SyncError && error.code.startsWith(store.failures)) return error;
		throw error;
	}
}

/** The error, if it would be the same for every further change. */
export function stopping(error: SyncError): SyncError | undefined {
	return error.class === 'configuration' || error.class === 'unavailable' ? error : undefined;
}
