import { SyncError } from '../../model/syncError';
import type { Done } from '../applyInOrder';
import { LostReply } from '../lostReply';
import { announce, attempt, conflict, failed, rememberDone, unknown, type ApplyContext } from './applyContext';
import { bodyOf, doingTo, holds, missing, notStoredSentence, writtenOf } from './applyFields';
import { getContact, updateContact, type SyncroContact } from './contacts';

/**
 * Changes a contact. It is read first: Syncro wants its name with every update and may drop the properties that
 * are not sent back; and what somebody else changed since the plan is left alone (conflict).
 */
export async function applyUpdate(context: ApplyContext): Promise<Done> {
	const { client, change, call } = context;
	const { fields } = change;
	const recordId = change.recordId!;
	const changeId = await announce(context);
	const read = async () => await attempt(async () => await getContact(client, recordId, call, doingTo('read', change)));

	let current = await read();
	if (current instanceof SyncError) return await failed(context, changeId, current);
	const moved = movedAway(context, current);
	if (moved) return await conflict(context, changeId, moved);
	const meddled = missing(current, fields).filter(({ field, before }) => !holds(current as SyncroContact, field, before));
	if (meddled.length > 0) {
		const labels = meddled.map(({ label }) => label).join(', ');
		return await conflict(context, changeId, `Left alone: ${labels} of this contact changed in Syncro after the plan was made. The next plan decides anew.`);
	}

	for (let sent = 1; missing(current, fields).length > 0; sent++) {
		// Only what is missing: what the contact holds already is not sent again.
		const body = { name: current.name ?? change.label, ...bodyOf(missing(current, fields), current.properties) };
		const updated = await attempt(async () => await updateContact(client, recordId, body, call, doingTo('update', change)));
		if (!(updated instanceof SyncError)) {
			const notStored = missing(updated, fields);
			return await rememberDone(
				context,
				changeId,
				{ recordId, written: writtenOf(fields, notStored) },
				{ outcome: 'applied', message: `Updated.${notStoredSentence(notStored)}`, notStored: notStored.map(({ field }) => field) },
			);
		}
		if (!(updated instanceof LostReply)) return await failed(context, changeId, updated);
		const again = await read();
		const why = `It is not known whether the update of "${change.label}" arrived; the next run compares again.`;
		if (again instanceof SyncError) return await unknown(context, changeId, again, why, 'fails');
		if (sent > 1 && missing(again, fields).length > 0) return await unknown(context, changeId, updated, why, 'answers');
		current = again;
	}
	return await rememberDone(context, changeId, { recordId, written: writtenOf(fields, []) }, { outcome: 'applied', message: 'Updated: Syncro holds the new values.' });
}

/** A contact that meanwhile belongs to another customer is no longer this pairing's to touch. */
export function movedAway({ change }: ApplyContext, contact: SyncroContact): string | undefined {
	if (contact.customerId === change.pairing.customerId) return undefined;
	return `Left alone: in Syncro this contact now belongs to customer ${contact.customerId}. The next plan decides anew.`;
}
