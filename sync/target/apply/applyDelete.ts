import type { FieldChange } from '../../model/change';
import { SyncError } from '../../model/syncError';
import { fieldsOfRecord, type TargetDefinition } from '../../model/targetDefinition';
import type { TargetRecord } from '../../model/targetRecord';
import type { Done } from './applyInOrder';
import { LostReply } from './lostReply';
import { announce, attempt, conflict, failed, rememberDone, requestOf, unknown, type ApplyContext } from './applyContext';
import { holds } from './applyFields';
import { movedAway } from './applyUpdate';

/** Deletes or closes a record, after a last look at it. One that is gone already counts as deleted. */
export async function applyDelete(context: ApplyContext): Promise<Done> {
	const { store, change } = context;
	const { definition } = store;
	const { nouns } = definition;
	const recordId = change.recordId!;
	const changeId = await announce(context);
	const gone = async (message: string) => await rememberDone(context, changeId, { recordId, written: {} }, { outcome: 'applied', message });

	const { verb, done } = nouns.removal ?? { verb: 'delete', done: 'Deleted' };
	const alreadyGone = `The ${nouns.record} was already ${nouns.removal ? done.toLowerCase() : 'gone'}.`;
	const why = `It is not known whether the ${nouns.record} "${change.label}" was ${done.toLowerCase()}; the next run looks.`;

	for (let sent = 0; ; sent++) {
		const current = await attempt(context, async () => await store.get(recordId, requestOf(context, 'read')));
		if (current instanceof SyncError) {
			if (current.class === 'notFound') return await gone(sent === 0 ? alreadyGone : `${done}.`);
			return sent === 0
				? await failed(context, changeId, current)
				: await unknown(context, changeId, current, why, 'fails');
		}
		const moved = movedAway(context, current);
		if (moved) return await conflict(context, changeId, moved);
		const changed = change.verifyBefore ? unexpected(current, change.fields, definition) : [];
		if (changed.length > 0) {
			const labels = changed.join(', ');
			return await conflict(context, changeId, `Left alone: ${labels} of this ${nouns.record} changed in ${definition.title} after the plan was made. The next plan decides anew.`);
		}

		const deleted = await attempt(context, async () => {
			await store.remove(current, requestOf(context, verb));
			return {};
		});
		if (!(deleted instanceof SyncError)) return await gone(`${done}.`);
		if (deleted.class === 'notFound') return await gone(alreadyGone);
		if (!(deleted instanceof LostReply)) return await failed(context, changeId, deleted);
		if (sent >= 1) return await unknown(context, changeId, deleted, why, 'answers');
	}
}

/**
 * Labels of all fields and properties in which the record is not what the plan saw. What the plan does not name was
 * empty then: whatever somebody has added since would be lost with it.
 */
function unexpected(record: TargetRecord, seen: readonly FieldChange[], definition: TargetDefinition): string[] {
	const added = fieldsOfRecord(record, definition).filter(({ defaulted }) => !defaulted);
	const fields = new Map<string, { label: string; before?: FieldChange['before'] }>(added.map(({ name, label }) => [name, { label }]));
	for (const { field: name, label, before } of seen) fields.set(definition.field(name)?.name ?? name, { label, before });
	return [...fields].filter(([name, { before }]) => !holds(record, name, before, definition)).map(([, { label }]) => label);
}
