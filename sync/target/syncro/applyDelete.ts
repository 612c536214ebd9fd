import type { FieldChange } from '../../model/change';
import { SyncError } from '../../model/syncError';
import { CUSTOM_FIELD } from '../../model/targetRecord';
import type { Done } from '../applyInOrder';
import { LostReply } from '../lostReply';
import { announce, attempt, conflict, failed, rememberDone, unknown, type ApplyContext } from './applyContext';
import { doingTo, holds } from './applyFields';
import { movedAway } from './applyUpdate';
import { deleteContact, getContact, type SyncroContact } from './contacts';
import { syncro } from './definition';

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
		const changed = change.verifyBefore ? unexpected(current, change.fields) : [];
		if (changed.length > 0) {
			const labels = changed.join(', ');
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

/**
 * Labels of all fields and properties in which the contact is not what the plan saw. What the plan does not name was
 * empty then: whatever somebody has added since would be lost with the contact.
 */
function unexpected(contact: SyncroContact, seen: readonly FieldChange[]): string[] {
	const custom = Object.keys(contact.properties ?? {}).map((label) => CUSTOM_FIELD + label);
	const fields = new Map<string, { label: string; before?: FieldChange['before'] }>();
	for (const name of [...syncro.fields.map((field) => field.name), ...custom]) {
		const field = syncro.field(name);
		if (field) fields.set(field.name, { label: field.label });
	}
	for (const { field: name, label, before } of seen) fields.set(syncro.field(name)?.name ?? name, { label, before });
	return [...fields].filter(([name, { before }]) => !holds(contact, name, before)).map(([, { label }]) => label);
}
