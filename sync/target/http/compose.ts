import type { Change, FieldChange } from '../../model/change';
import { SyncError } from '../../model/syncError';
import { recordValue, type TargetRecord } from '../../model/targetRecord';
import { asText, partsOf, putAt, typed } from './json';
import { placeOf, type WriteAction, type WriteSettings } from './settings';
import { checkPlaceholders, fillPath, fillText, SYSTEM_VALUES, type ValueOf } from './template';

/** A request below the endpoint. */
export interface EndpointRequest {
	method: string;
	path: string;
	body?: Record<string, unknown>;
}

/** What this package wrote of a record that cannot be read. */
export interface Written {
	fields: readonly string[];
	/** Nobody else wrote it, as far as is known: it was created here. What was not written is not there. */
	alone: boolean;
}

const NOTHING_WRITTEN: Written = { fields: [], alone: false };

const TITLES: Record<WriteAction, string> = { create: 'Create', update: 'Update', deactivate: 'Deactivate', delete: 'Delete' };

/**
 * The request that carries out a change: the same in a preview and when it is sent.
 *
 * @param fields what is to be written
 * @param current the record as it is known to be; undefined for one that does not exist yet
 * @param written what this package wrote of the record
 * @throws SyncError class `refused` where no request is set up for this, or a value is missing
 */
export function composeRequest(action: WriteAction, change: Change, fields: readonly FieldChange[], current: TargetRecord | undefined, settings: WriteSettings, written: Written = NOTHING_WRITTEN): EndpointRequest {
	const template = settings.requests[action];
	if (!template) throw notSetUp(action);
	const valueOf = valuesOf(change, fields, current);
	const path = fillPath(template.path, `Path of ${TITLES[action]}`, valueOf);
	const body: Record<string, unknown> = {};
	const sent = template.send === 'nothing' ? [] : template.send === 'changed' ? fields : wholeRecord(fields, current, settings, written);
	for (const { field, after } of sent) {
		const place = placeOf(field, settings.places);
		const blank = settings.blankAs === 'empty' && place.type === 'text' ? '' : null;
		putAt(body, partsOf(place.path, `Field ${field}`), after === null ? blank : typed(after, place.type, `Field ${field}`));
	}
	for (const { path: place, value, type, with: actions } of settings.fixed) {
		if (actions.includes(action)) putAt(body, partsOf(place, 'Further Values'), typed(fillText(value, `Further value ${place}`, valueOf), type, `Further value ${place}`));
	}
	const { method } = template;
	return Object.keys(body).length === 0 && (method === 'DELETE' || template.send === 'nothing') ? { method, path } : { method, path, body };
}

/** All fields, as the record will be. One that is not known would be lost, or overwritten with nothing. */
function wholeRecord(fields: readonly FieldChange[], current: TargetRecord | undefined, { places }: WriteSettings, written: Written): Array<Pick<FieldChange, 'field' | 'after'>> {
	if (!current) return [...fields];
	const names = new Set([...(places.length > 0 ? places.map(({ field }) => field) : written.fields), ...fields.map(({ field }) => field)]);
	return [...names].flatMap((field) => {
		const changed = fields.find((each) => each.field === field);
		if (changed) return [changed];
		const held = recordValue(current, field);
		if (held === undefined && written.alone) return [];
		if (held === undefined) {
			throw new SyncError(`The whole record is to be sent, but what it holds in "${field}" is not known.`, {
				class: 'refused',
				code: 'http.unknownField',
				remedy: 'Fill in Read Path so that it can be read, map the field, or send only the changed fields. Nothing was sent for this record.',
			});
		}
		return [{ field, after: asText(held) }];
	});
}

/** What placeholders stand for in this change. */
export function valuesOf(change: Change, fields: readonly FieldChange[], current?: TargetRecord): ValueOf {
	const { sourceId, pairing } = change;
	const system: Record<(typeof SYSTEM_VALUES)[number], string | undefined> = {
		recordId: current?.id ?? change.recordId,
		sourceId,
		tenantId: pairing.tenantId,
		customerId: pairing.customerId,
	};
	return (name) => {
		if (Object.hasOwn(system, name)) return system[name as keyof typeof system];
		const changed = fields.find(({ field }) => field === name);
		return changed ? changed.after : current && asText(recordValue(current, name));
	};
}

/**
 * Looks at every template before the first request. Placeholders are checked against what the changes of a plan have,
 * so that a misspelled one is found at once and not record by record.
 *
 * @throws SyncError class `input`
 */
export function checkTemplates(settings: WriteSettings, changes: readonly Change[]): void {
	const system = new Set<string>(SYSTEM_VALUES);
	const beforeCreate = new Set([...system].filter((name) => name !== 'recordId'));
	const creates = changes.filter(({ action }) => action === 'create');
	// Without a creation there is nothing by which a name of a field could be known.
	const fields = creates.flatMap((change) => change.fields.map(({ field }) => field));
	const ofCreates = creates.length === 0 ? undefined : new Set([...beforeCreate, ...fields, ...settings.places.map(({ field }) => field)]);
	if (ofCreates && settings.requests.create) checkPlaceholders(settings.requests.create.path, 'Path of Create', ofCreates);
	if (ofCreates && settings.findPath !== undefined) checkPlaceholders(settings.findPath, 'Find Path', ofCreates);
	for (const action of ['update', 'deactivate', 'delete'] as const) {
		const template = settings.requests[action];
		if (template) checkPlaceholders(template.path, `Path of ${TITLES[action]}`, system);
	}
	if (settings.readPath !== undefined) checkPlaceholders(settings.readPath, 'Read Path', system);
	for (const { path, value, with: actions } of settings.fixed) checkPlaceholders(value, `Further value ${path}`, actions.includes('create') ? beforeCreate : system);
}

function notSetUp(action: WriteAction): SyncError {
	return new SyncError(`Held: no request is set up for ${TITLES[action]}, so this record stays as it is.`, {
		class: 'refused',
		code: 'http.notSetUp',
		remedy: `Add a row for ${TITLES[action]} under Requests, or choose something else in the Sync Plan node. Nothing was sent for this record.`,
	});
}
