import { SyncError } from '../../model/syncError';
import type { Done } from '../applyInOrder';
import { LostReply } from '../lostReply';
import { announce, attempt, conflict, failed, rememberDone, unknown, type ApplyContext } from './applyContext';
import { doingTo, holds } from './applyFields';
import { movedAway } from './applyUpdate';
import { deleteContact, getContact } from './contacts';

/** Deletes a contact, after a last look at it. One that is gone already counts as deleted. */
export async function applyDelete(context: ApplyContext): Promise<Done> {
	const { client, change, call } = context;
	const recordId = change.recordId!;
	const changeId = await announce(context);
	const gone = async (message: string) => await rememberDone(context, changeId, { recordId, written: {} }, { outcome: 'applied', message });

	const why = `It is not known whether the contact "${change.label}" was deleted; the next run looks.`;

	for (let sent = 0; ; sent++) {
		const current = await attempt(async () => await getContact(client, recordId, call, doingTo('read', change)));
		if (current instanceof SyncError) {
			if (current.class === 'notFound') return await gone(sent === 0 ? 'The contact was already gone.' : 'Deleted.');
			return sent === 0
				? await failed(context, changeId, current)
				: await unknown(context, changeId, current, why, 'fails');
		}
		const moved = movedAway(context, current);
		if (moved) return await conflict(context, changeId, moved);
		const changed = change.verifyBefore ? change.fields.filter(({ field, before }) => !holds(current, field, before)) : [];
		if (changed.length > 0) {
			const labels = changed.map(({ label }) => label).join(', ');
			return await conflict(context, changeId, `Left alone: ${labels} of this contact changed in Syncro after the plan was made. The next plan decides anew.`);
		}

		const deleted = await attempt(async () => {
			await deleteContact(client, recordId, call, doingTo('delete', change));
			return {};
		});
		if (!(deleted instanceof SyncError)) return await gone('Deleted.');
		if (deleted.class === 'notFound') return await gone('The contact was already gone.');
		if (!(deleted instanceof LostReply)) return await failed(context, changeId, deleted);
		if (sent >= 1) return await unknown(context, changeId, deleted, why, 'answers');
	}
}
