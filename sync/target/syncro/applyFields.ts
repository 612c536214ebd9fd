import type { Change, FieldChange } from '../../model/change';
import { recordValue, type FieldValue } from '../../model/targetRecord';
import type { ContactBody, SyncroContact } from './contacts';
import { propertyOf, syncro } from './definition';
import { SyncError } from '../../model/syncError';

/** @throws SyncError class `input` for a field that Syncro does not have */
function fieldOf(name: string) {
	const field = syncro.field(name);
	if (field) return field;
	throw new SyncError(`A Syncro contact has no field "${name}".`, {
		class: 'input',
		code: 'syncro.unknownField',
		remedy: `Choose one of ${syncro.fields.map((known) => known.name).join(', ')}, or a custom field as properties.<label>.`,
	});
}

/**
 * The fields as Syncro takes them. Blank is `''`: its texts can't be null.
 *
 * @param properties what the contact holds now; Syncro may drop what is not sent back
 */
export function bodyOf(fields: readonly FieldChange[], properties: Record<string, unknown> = {}): ContactBody {
	const body: ContactBody = {};
	const own: Record<string, unknown> = {};
	for (const { field, after } of fields) {
		const { name, type } = fieldOf(field);
		const property = propertyOf(name);
		if (property === undefined) body[field] = type === 'boolean' ? after === 'true' : (after ?? '');
		else own[property] = after ?? '';
	}
	if (Object.keys(own).length > 0) body.properties = { ...properties, ...own };
	return body;
}

/** Whether the contact holds this value in the field, compared in Syncro's normal form. */
export function holds(contact: SyncroContact, name: string, value: FieldValue | undefined): boolean {
	const field = fieldOf(name);
	const held = recordValue(contact, field.name);
	const text = held === undefined || held === null ? null : String(held);
	return syncro.normalise(field, text) === syncro.normalise(field, value ?? null);
}

/** Fields whose new value the contact does not hold. */
export function missing(contact: SyncroContact, fields: readonly FieldChange[]): FieldChange[] {
	return fields.filter(({ field, after }) => !holds(contact, field, after));
}

export function isProperty({ field }: FieldChange): boolean {
	return propertyOf(fieldOf(field).name) !== undefined;
}

/** What was written and stored, by field name. */
export function writtenOf(fields: readonly FieldChange[], notStored: readonly FieldChange[]): Record<string, string | null> {
	return Object.fromEntries(fields.filter((field) => !notStored.includes(field)).map(({ field, after }) => [field, after]));
}

/** One sentence about the fields that did not stick; empty when all did. */
export function notStoredSentence(notStored: readonly FieldChange[]): string {
	if (notStored.length === 0) return '';
	const labels = notStored.map(({ label }) => label).join(', ');
	const custom = notStored.some(isProperty);
	return ` Syncro did not store as sent: ${labels}.${custom ? ' Check in Syncro that contacts have a custom field with exactly this name.' : ''}`;
}

/** The contact for messages: what is done to it, and whose it is. */
export function doingTo(verb: string, change: Change): string {
	return `${verb} the contact "${change.label}"${change.recordId === undefined ? '' : ` (${change.recordId})`}`;
}
