/** The value of one field of a target record: text, or nothing. */
export type FieldValue = string | null;

/**
 * A record that the target system holds (for Syncro: a contact, an asset). Its fields lie flat beside these keys, under
 * the names that the target's definition declares.
 */
export interface TargetRecord {
	kind: string;
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
	type: 'text' | 'email' | 'phone' | 'number' | 'boolean';
	/** True for fields that tell who the record is; many changes of these in one plan trip a brake. */
	identity?: boolean;
	/** A number that money is charged by; large jumps in one plan trip a brake. */
	billed?: boolean;
	/** Whether the target stores it is not known: what it does not keep is told once, and not sent again until it changes. */
	unsure?: boolean;
	/** The target cannot store this field blank. */
	required?: boolean;
	/** Written when the record is created and not compared afterwards: what becomes of it then is up to those who work with the record. */
	initial?: boolean;
	/** The target fills it in by itself where nothing is sent: a value in it need not be anybody's. */
	defaulted?: boolean;
}

/** One row of the field mapping: which property of the person goes into which field. */
export interface FieldMapping {
	/** `TargetField.name`. */
	field: string;
	/** The name of a `SourceValue`, or any property of the source record; a property within a property as `outer/inner`. */
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
