import type { Change, FieldChange } from '../../model/change';
import { SyncError } from '../../model/syncError';
import { recordValue, type FieldValue, type TargetField, type TargetRecord } from '../../model/targetRecord';
import { fieldRemedy, type TargetDefinition } from '../../model/targetDefinition';
import type { RecordStore } from '../recordStore';

/** @throws SyncError class `input` for a field that the target does not have */
export function fieldNamed(name: string, definition: TargetDefinition): TargetField {
	const field = definition.field(name);
	if (field) return field;
	throw new SyncError(`A ${definition.title} ${definition.nouns.record} has no field "${name}".`, {
		class: 'input',
		code: 'apply.unknownField',
		remedy: fieldRemedy(definition),
	});
}

/** Whether the record holds this value in the field, compared in the target's normal form. */
export function holds(record: TargetRecord, name: string, value: FieldValue | undefined, definition: TargetDefinition): boolean {
	const field = fieldNamed(name, definition);
	const held = recordValue(record, field.name);
	const text = held === undefined || held === null ? null : String(held);
	return definition.normalise(field, text) === definition.normalise(field, value ?? null);
}

/** Fields whose new value the record does not hold. */
export function missing(record: TargetRecord, fields: readonly FieldChange[], definition: TargetDefinition): FieldChange[] {
	return fields.filter(({ field, after }) => !holds(record, field, after, definition));
}

/** The fields that a record holds: what is done once, such as a mail, is none of them. */
export function heldBy({ fields }: Pick<Change, 'fields'>): FieldChange[] {
	return fields.filter(({ once }) => !once);
}

/** What was written and stored, by field name. */
export function writtenOf(fields: readonly FieldChange[], notStored: readonly FieldChange[]): Record<string, string | null> {
	return Object.fromEntries(fields.filter((field) => !notStored.includes(field)).map(({ field, after }) => [field, after]));
}

/** One sentence about the fields that did not stick; empty when all did. */
export function notStoredSentence(store: RecordStore, notStored: readonly FieldChange[]): string {
	if (notStored.length === 0) return '';
	const labels = notStored.map(({ label }) => label).join(', ');
	const remedy = store.notStoredRemedy?.(notStored);
	return ` ${store.definition.title} did not store as sent: ${labels}.${remedy ? ` ${remedy}` : ''}`;
}

/** The record for messages: what is done to it, and whose it is. */
export function doingTo(verb: string, change: Change, { nouns }: TargetDefinition): string {
	return `${verb} the ${nouns.record} "${change.label}"${change.recordId === undefined ? '' : ` (${change.recordId})`}`;
}
