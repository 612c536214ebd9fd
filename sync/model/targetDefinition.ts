import type { FieldChange } from './change';
import type { EmptyList } from './emptyList';
import type { MatchRule } from './match';
import type { Brake } from './plan';
import type { NewPolicy, LeaverPolicy, Policies } from './policies';
import type { Nouns, SourceRecord } from './sourceRecord';
import { CUSTOM_FIELD, type FieldMapping, type FieldValue, type TargetField, type TargetRecord } from './targetRecord';

/** What match and plan must know about one kind of record of a target; each folder in `sync/target` exports its own. */
export interface TargetDefinition {
	/** Value of `TargetRecord.target` and `Pairing.target`: the system, or `system:records` (see `systemOf`). */
	name: string;
	/** On screen, for example "Syncro". */
	title: string;
	nouns: Nouns;
	/** `SourceRecord.kind` of what becomes such a record, and the names under which their lists tell that they are empty. */
	sourceKinds: readonly string[];
	sourceLists: readonly EmptyList['list'][];
	/** `TargetRecord.kind`, and the name under which the list tells that it is empty. */
	recordKind: string;
	recordList: EmptyList['list'];
	/** Which operations read the two lists, for messages: for example "Syncro → Contact → Get Many". */
	readers: { sources: string; records: string };
	/** Match rules that can find these records, the best first; `field` always can. Undefined: all. */
	rules?: ReadonlyArray<MatchRule['by']>;
	fields: readonly TargetField[];
	/** Any name is a field, as it is written: there are no custom fields apart. */
	freeFields?: boolean;
	/** Field mapping that a new Sync Plan node starts with. */
	defaultMapping: readonly FieldMapping[];
	/** Rows that are always there, because no such record may be without; they are not shown. */
	fixedMapping?: readonly FieldMapping[];
	/** Values of the source that a mapping row can name; others can be typed. */
	sourceValues: readonly SourceValue[];
	/** A value whose name carries more than a name; undefined: it is none. */
	derivedValue?(name: string): SourceValue | undefined;
	/** Field that a record of the target has to get with its creation; without it the creation is held. */
	nameField?: string;
	/** Fields by which a record is known again that an interrupted run created: the first of them that was sent. */
	adoptBy: readonly string[];
	/**
	 * Key of a record under which it names the source record that it was created for: it belongs to that one even where the
	 * ledger knows of no link, so that nothing is created twice.
	 */
	sourceIdField?: string;
	/**
	 * Records are opened and closed, and only open ones are listed: a linked one that the list lacks was closed by somebody,
	 * and none is opened in its place until its source was gone.
	 */
	openOnly?: boolean;
	/** Each new record calls somebody to work: so many may be created in one plan, whatever else there is (`Safeguards.maxCreates`). */
	newAtOnce?: number;
	/** Field in which two records of a customer must not be alike: matching could not tell them apart. */
	uniqueField?: string;
	/** Records of this target can be invited by mail: to which of their addresses (a field), and what that is called. */
	invitation?: { address: string; label: string };
	/** Field that stops messages to a record, and its value: set along with the mark of a leaver, where the builder ticks it. */
	optOut?: { field: string; value: string };
	/** What the plan does where the builder chose nothing. */
	policies: Policies;
	/** What the builder can choose; a target that cannot delete does not offer it. One choice alone is not asked. */
	choices: { new: readonly NewPolicy[]; orphaned: readonly LeaverPolicy[] };
	/** Whether accounts (guests, disabled) are told apart: only people have them. */
	accounts: boolean;
	/** Brakes that are judged; others make no sense for these records. */
	brakes: readonly Brake['code'][];
	/** The value in the form in which the target stores it: two values that normalise alike are the same. */
	normalise(field: TargetField, value: FieldValue): string;
	/** The field with this name, custom fields (`properties.<label>`) included; undefined when the target has no such field. */
	field(name: string): TargetField | undefined;
	/** What is looked up in the links of another target before matching, for example the contact of a device's owner. */
	linkedRecord?: LinkedRecord;
	/** Kind of the source records that are linked, where others only suggest: ids are looked up among records of that kind. */
	linkedKind?: string;
	/**
	 * A record whose source is gone may go over to another source that a rule finds: a device that is enrolled again has
	 * another id. People keep theirs, so that a record of theirs waits for somebody to decide.
	 */
	outlivesSource?: boolean;
	/** Why a source record only suggests which record may be its own, so that none is linked, written or created; undefined: it does more. */
	onlySuggests?(source: SourceRecord): Refusal | undefined;
	/** Why a source record cannot get a record of its own; undefined: it can. */
	refusesNew?(source: SourceRecord): Refusal | undefined;
	/** Why this field of this record is not to be written; undefined: it may be. Asked again of the record as it is right before it is written. */
	locks?(field: TargetField, record: TargetRecord): Refusal | undefined;
	/** What these changes mean beyond the fields, in a few words: for example what they cost. */
	consequence?(record: TargetRecord, fields: readonly FieldChange[]): string | undefined;
}

/** A record of another target that source records bring along; see `withLinkedRecords`. */
export interface LinkedRecord {
	/** Name of the other target, for example `syncro` for its contacts. */
	target: string;
	/** Property of the source record that gets the id. */
	property: string;
	/** Id of the source record whose link counts: its own or its owner's. `null`: it has no owner; `undefined`: not known. */
	ownerOf(source: SourceRecord): string | null | undefined;
}

/** Something that is left alone, and why. */
export interface Refusal {
	code: string;
	/** Follows the name of the record, for example "has no e-mail address". */
	reason: string;
	/** See `Skipped.waits`. */
	waits?: true;
}

/** A value of a source record that can be mapped into a field. */
export interface SourceValue {
	name: string;
	/** For the list on screen. */
	label: string;
	description?: string;
	/** Absent properties give `undefined`, blank ones `null`. Without it the property of that name is taken. */
	read?(source: SourceRecord): FieldValue | undefined;
	/** Computed by this package, so the field is ours: read and blank clears it, whatever the mapping says. */
	computed?: boolean;
	/** Ends with the source record: whoever is deleted holds it no more, so that it is cleared in the same plan. */
	ends?: boolean;
	/** A day (YYYY-MM-DD) that is written only when it moved enough (`PlanSettings.activity`). */
	activity?: boolean;
}

/** Every field that a record of the target may hold: the declared ones, and those that this one has beside them. */
export function fieldsOfRecord(record: TargetRecord, definition: Pick<TargetDefinition, 'fields' | 'freeFields' | 'field'>): TargetField[] {
	const custom = Object.keys((record.properties as object | null | undefined) ?? {}).map((label) => CUSTOM_FIELD + label);
	const free = definition.freeFields ? Object.keys(record) : [];
	const further = [...custom, ...free].flatMap((name) => definition.field(name) ?? []);
	return [...new Map([...definition.fields, ...further].map((field) => [field.name, field])).values()];
}

/** What to do about a field that the target does not have, in one sentence. */
export function fieldRemedy({ fields, freeFields, field }: Pick<TargetDefinition, 'fields' | 'freeFields' | 'field'>): string {
	if (freeFields) return 'Any name without dots can be a field, except id and the other names by which a record is identified.';
	return `Choose one of ${fields.map(({ name }) => name).join(', ')}${field(`${CUSTOM_FIELD}x`) ? ', or a custom field as properties.<label>' : ''}.`;
}
