import { SyncError } from '../../model/syncError';
import type { TargetRecord } from '../../model/targetRecord';
import type { Done } from './applyInOrder';
import { LostReply } from './lostReply';
import { announce, attempt, conflict, failed, rememberDone, requestOf, unknown, type ApplyContext } from './applyContext';
import { applyInvitation } from './applyInvitation';
import { fieldNamed, heldBy, holds, missing, notStoredSentence, writtenOf } from './applyFields';

/**
 * Changes a record. It is read first: a target may want more with an update than what changes, and what somebody else
 * changed since the plan is left alone (conflict).
 */
export async function applyUpdate(context: ApplyContext): Promise<Done> {
	const { store, change } = context;
	const { definition } = store;
	const fields = heldBy(change);
	const recordId = change.recordId!;
	const changeId = await announce(context);
	const read = async () => await attempt(context, async () => await store.get(recordId, requestOf(context, 'read')));

	let current = await read();
	if (current instanceof SyncError) return await failed(context, changeId, current);
	const moved = movedAway(context, current);
	if (moved) return await conflict(context, changeId, moved);
	const meddled = missing(current, fields, definition).filter(({ field, before }) => !holds(current as TargetRecord, field, before, definition));
	if (meddled.length > 0) {
		const labels = meddled.map(({ label }) => label).join(', ');
		return await conflict(context, changeId, `Left alone: ${labels} of this ${definition.nouns.record} changed in ${definition.title} after the plan was made. The next plan decides anew.`);
	}

	for (let sent = 1; missing(current, fields, definition).length > 0; sent++) {
		const kept = lockedNow(context, current);
		if (kept) return await conflict(context, changeId, kept);
		// Only what is missing: what the record holds already is not sent again.
		const found = current;
		const updated = await attempt(context, async () => await store.update(found, missing(found, fields, definition), requestOf(context, 'update')));
		if (!(updated instanceof SyncError)) {
			return await finish(context, changeId, updated, 'Updated.');
		}
		if (!(updated instanceof LostReply)) return await failed(context, changeId, updated);
		const again = await read();
		const why = `It is not known whether the update of "${change.label}" arrived; the next run compares again.`;
		if (again instanceof SyncError) return await unknown(context, changeId, again, why, 'fails');
		if (sent > 1 && missing(again, fields, definition).length > 0) return await unknown(context, changeId, updated, why, 'answers');
		current = again;
	}
	return await finish(context, changeId, current, fields.length === 0 ? '' : `Updated: ${definition.title} holds the new values.`);
}

/** The record holds what it will hold: invites, where that was planned, and remembers. */
async function finish(context: ApplyContext, changeId: string, record: TargetRecord, how: string): Promise<Done> {
	const { store, change } = context;
	const fields = heldBy(change);
	const notStored = missing(record, fields, store.definition);
	const invited = await applyInvitation(context, record);
	const message = `${how}${notStoredSentence(store, notStored)}${invited.message}`.trim();
	return await rememberDone(
		context,
		changeId,
		{ recordId: record.id, written: { ...writtenOf(fields, notStored), ...invited.written }, notStored },
		{ outcome: invited.failed ? 'failed' : 'applied', message, notStored: notStored.map(({ field }) => field), ...invited.failed },
	);
}

/** What the target keeps for itself since the plan was made is not written. */
function lockedNow({ change, store: { definition } }: ApplyContext, record: TargetRecord): string | undefined {
	for (const { field, label } of missing(record, heldBy(change), definition)) {
		const refusal = definition.locks?.(fieldNamed(field, definition), record);
		if (refusal) return `Left alone: ${change.label} ${refusal.reason}; ${label} is not written. The next plan decides anew.`;
	}
	return undefined;
}

/** A record that meanwhile belongs to another customer is no longer this pairing's to touch. */
export function movedAway({ change, store: { definition } }: ApplyContext, record: TargetRecord): string | undefined {
	if (record.customerId === change.pairing.customerId) return undefined;
	return `Left alone: in ${definition.title} this ${definition.nouns.record} now belongs to customer ${record.customerId}. The next plan decides anew.`;
}
