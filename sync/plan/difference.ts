import { isBlank } from '../model/blank';
import type { FieldChange } from '../model/change';
import type { Person } from '../model/person';
import { CUSTOM_FIELD, recordValue, type FieldMapping, type FieldValue, type TargetDefinition, type TargetField, type TargetRecord } from '../model/targetRecord';
import { SyncError } from '../model/syncError';
import { personValue } from './personValues';

/** A mapping row with its field looked up. */
export interface MappedField {
	field: TargetField;
	source: string;
	whenBlank: FieldMapping['whenBlank'];
}

/** @throws SyncError class `input` for a field that the target does not have, or that is mapped twice */
export function compileMapping(mapping: readonly FieldMapping[], definition: TargetDefinition): MappedField[] {
	const seen = new Set<string>();
	return mapping.map((row) => {
		const field = definition.field(row.field);
		if (!field) {
			throw new SyncError(`The field mapping names "${row.field}", which a ${definition.title} ${definition.recordNoun} does not have.`, {
				class: 'input',
				code: 'plan.unknownField',
				remedy: `Choose one of ${definition.fields.map(({ name }) => name).join(', ')}, or a custom field as properties.<label>.`,
			});
		}
		if (seen.has(field.name)) {
			throw new SyncError(`The field mapping names "${field.label}" twice.`, {
				class: 'input',
				code: 'plan.fieldMappedTwice',
				remedy: 'Keep one of the two rows in Field Mapping.',
			});
		}
		seen.add(field.name);
		return { field, source: row.source, whenBlank: row.whenBlank };
	});
}

/** The fields that a new record starts with: all that are mapped and not blank. */
export function newFields(person: Person, mapping: readonly MappedField[], definition: TargetDefinition): FieldChange[] {
	const fields: FieldChange[] = [];
	for (const { field, source } of mapping) {
		const after = personValue(person, source);
		// A phone number such as "none" is nothing to the target either.
		if (after !== undefined && after !== null && definition.normalise(field, after) !== '') fields.push({ field: field.name, label: field.label, after });
	}
	return fields;
}

/**
 * The fields in which a record differs from what its person says. An absent source says nothing; a blank one
 * says nothing either, unless the row clears when blank. Values are compared in the target's normal form.
 */
export function changedFields(
	person: Person,
	record: TargetRecord,
	mapping: readonly MappedField[],
	definition: TargetDefinition,
): FieldChange[] {
	const fields: FieldChange[] = [];
	for (const { field, source, whenBlank } of mapping) {
		const after = personValue(person, source);
		if (after === undefined) continue;
		// A phone number such as "n/a" is nothing to the target either, and must not erase one.
		const blank = definition.normalise(field, after) === '';
		if (blank && (whenBlank !== 'clear' || field.required)) continue;
		const change = changeOf(field, record, blank ? null : after, definition);
		if (change) fields.push(change);
	}
	return fields;
}

/** The change that gives the field of a record this value; undefined when it has it already. */
export function changeOf(field: TargetField, record: TargetRecord, after: FieldValue, definition: TargetDefinition): FieldChange | undefined {
	const before = heldValue(record, field.name);
	if (definition.normalise(field, before) === definition.normalise(field, after)) return undefined;
	return { field: field.name, label: field.label, before, after };
}

/** Everything that a record holds, as a change that takes it away: so that a deleted record can be created again. */
export function heldFields(record: TargetRecord, definition: TargetDefinition): FieldChange[] {
	const custom = Object.keys((record.properties as object | null | undefined) ?? {}).flatMap((label) => definition.field(CUSTOM_FIELD + label) ?? []);
	const fields = new Map([...definition.fields, ...custom].map((field) => [field.name, field]));
	return [...fields.values()].flatMap(({ name, label }) => {
		const before = heldValue(record, name);
		return before === null ? [] : [{ field: name, label, before, after: null }];
	});
}

/** What the record holds in a field, as text; blank and absent are both nothing to it. */
export function heldValue(record: TargetRecord, field: string): FieldValue {
	const value = recordValue(record, field);
	return value === undefined || isBlank(value) ? null : String(value);
}
