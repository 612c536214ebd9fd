/** The value of one field of a target record: text, or nothing. */
export type FieldValue = string | null;

/**
 * A record that the target system holds (for Syncro: a contact). Its fields lie flat beside these keys, under
 * the names that the target's definition declares.
 */
export interface TargetRecord {
	kind: 'contact';
	target: string;
	account: string;
	customerId: string;
	/** Id in the target system, as text. */
	id: string;
	name?: FieldValue;
	email?: FieldValue;
	/** How many records the whole list has, where the reader says so. */
	of?: number;
	[field: string]: unknown;
}

/** One field of a target record, and how two of its values are compared. */
export interface TargetField {
	/** Key in the target record, for example `address1`. */
	name: string;
	/** What the target system calls it on screen, for example "Address 1". */
	label: string;
	type: 'text' | 'email' | 'phone';
	/** True for fields that tell who the record is; many changes of these in one plan trip a brake. */
	identity?: boolean;
	/** The target cannot store this field blank. */
	required?: boolean;
}

/** What the plan must know about a target; each folder in `sync/target` exports one. */
export interface TargetDefinition {
	/** Value of `TargetRecord.target` and `Pairing.target`. */
	name: string;
	/** On screen, for example "Syncro". */
	title: string;
	/** What a record is called there, in the singular, for example "contact". */
	recordNoun: string;
	fields: readonly TargetField[];
	/** Field mapping that a new Sync Plan node starts with. */
	defaultMapping: readonly FieldMapping[];
	/** The value in the form in which the target stores it: two values that normalise alike are the same. */
	normalise(field: TargetField, value: FieldValue): string;
	/** The field with this name, custom fields (`properties.<label>`) included; undefined when the target has no such field. */
	field(name: string): TargetField | undefined;
}

/** One row of the field mapping: which property of the person goes into which field. */
export interface FieldMapping {
	/** `TargetField.name`. */
	field: string;
	/** A name from `sync/plan/personValues.ts`, or any property of the source record. */
	source: string;
	/** What a blank source does: `keep` leaves the target's value, `clear` empties it. */
	whenBlank: 'keep' | 'clear';
}

/** How custom fields are named among the fields: `properties.<label>`. */
export const CUSTOM_FIELD = 'properties.';

/** The value of a field of a record, custom fields included. */
export function recordValue(record: TargetRecord, field: string): unknown {
	if (!field.startsWith(CUSTOM_FIELD)) return own(record, field);
	return own((record.properties ?? {}) as Record<string, unknown>, field.slice(CUSTOM_FIELD.length));
}

function own(values: Record<string, unknown>, name: string): unknown {
	return Object.hasOwn(values, name) ? values[name] : undefined;
}
