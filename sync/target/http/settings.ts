import type { ChangeAction } from '../../model/change';
import { SyncError } from '../../model/syncError';
import type { TargetDefinition } from '../../model/targetDefinition';
import { checkPlaces, type JsonType } from './json';

/** What is sent to the endpoint for one kind of change. */
export interface RequestTemplate {
	method: 'POST' | 'PUT' | 'PATCH' | 'DELETE';
	/** Below the endpoint, with placeholders; begins with a slash. */
	path: string;
	/** `changed`: the fields of the change. `whole`: all fields, as the record will be. `nothing`: no body but fixed values. */
	send: 'changed' | 'whole' | 'nothing';
}

/** Where a field lies, in the bodies that are sent and in the records that come back. */
export interface FieldPlace {
	field: string;
	/** Keys with dots between them. */
	path: string;
	type: JsonType;
}

/** A value that every body of these changes has beside the fields. */
export interface FixedValue {
	path: string;
	/** With placeholders. */
	value: string;
	type: JsonType;
	with: readonly WriteAction[];
}

export type WriteAction = Exclude<ChangeAction, 'link'>;

/** How the changes of a plan become requests; see nodes/HttpTarget for what each means to a builder. */
export interface WriteSettings {
	requests: Partial<Record<WriteAction, RequestTemplate>>;
	/** A field that is not listed lies under its own name, as text. */
	places: readonly FieldPlace[];
	fixed: readonly FixedValue[];
	blankAs: 'null' | 'empty';
	/** The id of a new record: where the answer has it, or the id of the source record. */
	recordId: { from: 'answer'; path: string } | { from: 'source' };
	/** Path of a GET that gives one record; missing: the endpoint cannot be read. */
	readPath?: string;
	/** Path of a GET that gives the records that a lost create may have made. */
	findPath?: string;
	/** Where an answer has the record, and where it has the list that `findPath` gives; empty: the answer is it. */
	recordPath: string;
	listPath: string;
	/** Which answer tells what was stored. */
	verify: 'no' | 'answer' | 'read';
	/** Name of the header in which each change has its key; missing: none is sent. */
	idempotencyHeader?: string;
	/** How long the endpoint remembers a key. 0: it is not known to remember any, so that nothing is sent twice. */
	keyHours: number;
	/** What happens with a create of an earlier run of which nobody knows whether it arrived. */
	openCreates: 'leave' | 'send';
}

export const DEFAULT_WRITE_SETTINGS: WriteSettings = {
	requests: {},
	places: [],
	fixed: [],
	blankAs: 'null',
	recordId: { from: 'answer', path: 'id' },
	recordPath: '',
	listPath: '',
	verify: 'no',
	idempotencyHeader: 'Idempotency-Key',
	// An endpoint that does not know the header takes it all the same, and would create once more.
	keyHours: 0,
	openCreates: 'leave',
};

/** Where this field lies. */
export function placeOf(field: string, places: readonly FieldPlace[]): FieldPlace {
	return places.find((place) => place.field === field) ?? { field, path: field, type: 'text' };
}

/** Whether the endpoint carries out once what it gets twice with one key. */
export function remembersKeys({ idempotencyHeader, keyHours }: Pick<WriteSettings, 'idempotencyHeader' | 'keyHours'>): boolean {
	return idempotencyHeader !== undefined && keyHours > 0;
}

/** Whatever can be told to be wrong before a plan is looked at. @throws SyncError class `input` */
export function checkWriteSettings(settings: WriteSettings, definition: TargetDefinition): void {
	checkFields(settings.places, definition);
	for (const action of ['create', 'update', 'deactivate', 'delete'] as const) {
		const fixed = settings.fixed.filter((value) => value.with.includes(action)).map(({ path }) => path);
		checkPlaces([...settings.places.map(({ path }) => path), ...fixed], 'Fields and Further Values');
	}
	if (settings.idempotencyHeader !== undefined && !/^[\w!#$%&'*+.^`|~-]+$/.test(settings.idempotencyHeader)) throw wrong(`"${settings.idempotencyHeader}" is no name of a header.`, 'Enter a name such as Idempotency-Key under Idempotency Header, or leave it empty where the endpoint knows none.');
	if (settings.verify === 'read' && settings.readPath === undefined) throw wrong('What was stored is to be read back, but there is no Read Path.', 'Fill in Read Path, or choose another way under Check What Was Stored.');
	const { send, path } = settings.requests.create ?? {};
	if (send === 'nothing' && !path?.includes('{')) throw wrong('The request for Create sends nothing of the record.', 'Choose Changed Fields as its body.');
}

/** @throws SyncError class `input` for a name that cannot be a field, or that is there twice */
export function checkFields(places: readonly FieldPlace[], definition: Pick<TargetDefinition, 'field'>): void {
	const seen = new Set<string>();
	for (const { field } of places) {
		if (!definition.field(field)) throw wrong(`Fields names "${field}", which cannot be a field.`, 'Use a name without dots and braces, and none of those by which records are identified (id, recordId, sourceId, tenantId, customerId, account, target, kind). Where it lies in the JSON is its JSON Key.');
		if (seen.has(field)) throw wrong(`Fields names "${field}" twice.`, 'Keep one row for each field.');
		seen.add(field);
	}
}

function wrong(message: string, remedy: string): SyncError {
	return new SyncError(message, { class: 'input', code: 'http.settings', remedy: `${remedy} Nothing was sent.` });
}
