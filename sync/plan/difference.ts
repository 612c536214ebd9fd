import { isBlank } from '../model/blank';
import type { FieldChange } from '../model/change';
import type { NotKept } from '../model/match';
import type { SourceRecord } from '../model/sourceRecord';
import { SyncError } from '../model/syncError';
import { fieldRemedy, fieldsOfRecord, type Refusal, type SourceValue, type TargetDefinition } from '../model/targetDefinition';
import { recordValue, type FieldMapping, type FieldValue, type TargetField, type TargetRecord } from '../model/targetRecord';
import { movedEnough, type ActivityRule } from './activity';
import { readValue, sourceValueNamed } from './sourceValue';

/** A mapping row with its field and its value looked up. */
export interface MappedField {
	field: TargetField;
	value: SourceValue;
	/** A blank source clears the field. */
	clears: boolean;
}

/** What a comparison needs beside the two records. */
export interface Comparison {
	mapping: readonly MappedField[];
	definition: TargetDefinition;
	activity: ActivityRule;
	/** What the target did not keep when it was last sent. */
	notKept?: NotKept;
}

/** A value that the target did not keep is sent again after so long: somebody may have created the field meanwhile. */
const TRIED_AGAIN_AFTER_MS = 7 * 86_400_000;

/** @throws SyncError class `input` for a field that the target does not have, or that is mapped twice */
export function compileMapping(mapping: readonly FieldMapping[], definition: TargetDefinition): MappedField[] {
	const seen = new Set<string>();
	return [...(definition.fixedMapping ?? []), ...mapping].map((row) => {
		const field = definition.field(row.field);
		if (!field) {
			throw new SyncError(`The field mapping names "${row.field}", which a ${definition.title} ${definition.nouns.record} does not have.`, {
				class: 'input',
				code: 'plan.unknownField',
				remedy: fieldRemedy(definition),
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
		const value = sourceValueNamed(row.source, definition);
		return { field, value, clears: !field.required && (row.whenBlank === 'clear' || value.computed === true) };
	});
}

/** The fields that a new record starts with: all that are mapped and not blank. */
export function newFields(source: SourceRecord, { mapping, definition }: Pick<Comparison, 'mapping' | 'definition'>): FieldChange[] {
	const fields: FieldChange[] = [];
	for (const { field, value } of mapping) {
		const after = readValue(source, value);
		// A phone number such as "none" is nothing to the target either.
		if (after !== undefined && after !== null && definition.normalise(field, after) !== '') fields.push({ field: field.name, label: field.label, after });
	}
	return fields;
}

/**
 * The fields in which a record differs from what its source says. An absent source says nothing; a blank one
 * says nothing either, unless the row clears when blank. Values are compared in the target's normal form. Fields that
 * the target keeps for itself, or did not keep the last time, are given apart.
 */
export function changedFields(source: SourceRecord, record: TargetRecord, { mapping, definition, activity, notKept }: Comparison): { fields: FieldChange[]; locked: Array<{ change: FieldChange; refusal: Refusal }> } {
	const fields: FieldChange[] = [];
	const locked: Array<{ change: FieldChange; refusal: Refusal }> = [];
	for (const { field, value, clears } of mapping) {
		if (field.initial) continue;
		const after = readValue(source, value);
		if (after === undefined) continue;
		// A phone number such as "n/a" is nothing to the target either, and must not erase one.
		const blank = definition.normalise(field, after) === '';
		if (blank && !clears) continue;
		const change = changeOf(field, record, blank ? null : after, definition);
		if (!change || (value.activity && !movedEnough(change, activity))) continue;
		if (field.unsure && wasNotKept(field, change, { definition, notKept })) continue;
		const refusal = definition.locks?.(field, record) ?? notKeptRefusal(field, change, { definition, activity, notKept });
		if (refusal) locked.push({ change, refusal });
		else fields.push(change);
	}
	return { fields, locked };
}

/** Why a value is not sent again now: the target did not keep it a short while ago. */
export function notKeptRefusal(field: TargetField, change: FieldChange, { definition, activity: { now }, notKept }: Pick<Comparison, 'definition' | 'activity' | 'notKept'>): Refusal | undefined {
	const known = wasNotKept(field, change, { definition, notKept });
	if (!known || now - known.at >= TRIED_AGAIN_AFTER_MS) return undefined;
	const again = new Date(known.at + TRIED_AGAIN_AFTER_MS).toISOString().slice(0, 10);
	return { code: 'notKept', reason: `gets no "${field.label}": ${definition.title} did not keep it the last time, and it is tried again from ${again} on (create the field in ${definition.title}; to try at once, forget the link)` };
}

function wasNotKept(field: TargetField, { after }: FieldChange, { definition, notKept = {} }: Pick<Comparison, 'definition' | 'notKept'>): NotKept[string] | undefined {
	const known = Object.hasOwn(notKept, field.name) ? notKept[field.name] : undefined;
	return known && definition.normalise(field, known.value) === definition.normalise(field, after) ? known : undefined;
}

/** The fields whose values ended with a deleted source and that the record still holds: cleared, they bill nothing more. */
export function endedFields(record: TargetRecord, { mapping, ...comparison }: Comparison): FieldChange[] {
	return mapping.flatMap(({ field, value, clears }) => {
		const change = value.ends && clears ? changeOf(field, record, null, comparison.definition) : undefined;
		return change && !notKeptRefusal(field, change, comparison) ? [change] : [];
	});
}

/** The change that gives the field of a record this value; undefined when it has it already. */
export function changeOf(field: TargetField, record: TargetRecord, after: FieldValue, definition: TargetDefinition): FieldChange | undefined {
	const before = heldValue(record, field.name);
	if (definition.normalise(field, before) === definition.normalise(field, after)) return undefined;
	return { field: field.name, label: field.label, before, after };
}

/** Everything that a record holds, as a change that takes it away: so that a deleted record can be created again. */
export function heldFields(record: TargetRecord, definition: TargetDefinition): FieldChange[] {
	return fieldsOfRecord(record, definition).flatMap((field) => changeOf(field, record, null, definition) ?? []);
}

/** What the record holds in a field, as text; blank and absent are both nothing to it. */
export function heldValue(record: TargetRecord, field: string): FieldValue {
	const value = recordValue(record, field);
	return value === undefined || isBlank(value) ? null : String(value);
}
