import type { Call } from '../../http/call';
import type { Change, ChangeOutcome } from '../../model/change';
import { SyncError } from '../../model/syncError';
import type { RecordStore } from '../recordStore';
import { stopping } from './applyContext';
import { outcomeOf, sentences } from './applyInOrder';

/** The outcomes of a plan that was made to be looked at, with what would be sent where the target tells. Nothing is written anywhere. */
export async function previewChanges(changes: readonly Change[], { requestFor }: Pick<RecordStore, 'requestFor'> = {}, call: Call = {}): Promise<ChangeOutcome[]> {
	const outcomes: ChangeOutcome[] = [];
	for (const change of changes) {
		call.signal?.throwIfAborted();
		outcomes.push(await previewOf(change, requestFor, call));
	}
	return outcomes;
}

/** What applying would refuse is refused in the preview as well. */
async function previewOf(change: Change, requestFor: RecordStore['requestFor'], call: Call): Promise<ChangeOutcome> {
	const { recordId } = change;
	try {
		const request = change.action === 'link' ? undefined : await requestFor?.(change, call);
		const outcome = outcomeOf(change, { outcome: 'previewed', recordId, message: 'Preview: nothing was written.' });
		return request === undefined ? outcome : { ...outcome, request };
	} catch (error) {
		if (!(error instanceof SyncError) || stopping(error)) throw error;
		return outcomeOf(change, { outcome: 'failed', recordId, message: sentences(error) });
	}
}
