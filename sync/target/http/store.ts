import type { Call } from '../../http/call';
import type { Link, RecordedChange } from '../../ledger/ledger';
import type { Change, FieldChange, PlannedRequest } from '../../model/change';
import { SyncError } from '../../model/syncError';
import type { TargetDefinition } from '../../model/targetDefinition';
import type { FieldValue, TargetRecord } from '../../model/targetRecord';
import { missing } from '../apply/applyFields';
import { LostReply } from '../apply/lostReply';
import type { RecordStore, StoreRequest } from '../recordStore';
import { addressOf } from './address';
import type { HttpEndpointClient } from './client';
import { composeRequest, valuesOf, type EndpointRequest } from './compose';
import { malformed } from './errors';
import { idempotencyKey } from './idempotencyKey';
import { valueAt } from './json';
import { idOf, listRecords } from './lists';
import { fieldsOfRow, recordOf } from './records';
import { placeOf, remembersKeys, type WriteAction, type WriteSettings } from './settings';
import { fillPath } from './template';

/** What the ledger knows of the pairing when a plan arrives. */
export interface Remembered {
	links: readonly Link[];
	/** Oldest first: creates of earlier runs of which nobody knows whether they arrived. */
	openCreates: readonly RecordedChange[];
	/** See `lastApplied` of the ledger. */
	lastApplied: ReadonlyMap<string, number>;
}

const HOUR = 3_600_000;
const READ_REMEDY = 'Compare Read Path and Record Field with an answer of the API.';

/** Records behind a REST endpoint that a builder described, as plans are carried out on them. */
export function httpStore(client: HttpEndpointClient, definition: TargetDefinition, settings: WriteSettings, remembered: Remembered): RecordStore {
	return new HttpStore(client, definition, settings, remembered).asStore();
}

class HttpStore {
	private readonly links: ReadonlyMap<string, Link>;
	private readonly openCreates = new Map<string, RecordedChange>();
	/** Fields of creates whose earlier sending is repeated as it was: what they hold by now comes after it. */
	private readonly overtaken = new Set<FieldChange>();

	constructor(
		private readonly client: HttpEndpointClient,
		private readonly definition: TargetDefinition,
		private readonly settings: WriteSettings,
		private readonly remembered: Remembered,
	) {
		this.links = new Map(remembered.links.map((link) => [link.sourceId, link]));
		for (const open of remembered.openCreates) if (!this.openCreates.has(open.sourceId)) this.openCreates.set(open.sourceId, open);
	}

	asStore(): RecordStore {
		const { client, definition, settings } = this;
		return {
			definition,
			account: client.endpoint.account,
			clock: client.clock,
			failures: 'http.',
			deduplicates: remembersKeys(settings) || isUpsert(settings),
			wait: async (milliseconds, call) => await client.wait(milliseconds, call),
			...(settings.findPath === undefined ? {} : { list: async (_pairing, call, change) => await this.find(change, call) }),
			get: async (id, request) => await this.get(id, request),
			create: async (fields, request) => await this.create(fields, request),
			update: async (current, fields, request) => await this.update(current, fields, request),
			remove: async (current, request) => void (await this.send('delete', request, [], current)),
			storedLater: (field) => this.overtaken.has(field),
			requestFor: async (change, call) => await this.requestFor(change, call),
			notStoredRemedy: (fields) =>
				`Look in the documentation of the API under which key it takes and gives back ${fields.map(({ field }) => `"${placeOf(field, settings.places).path}"`).join(', ')}, and whether such a field has to be set up there first; then correct Fields.`,
		};
	}

	/** One record as the endpoint holds it; where that cannot be read, as it was written and as the plan saw it. */
	private async get(id: string, { change, call, doing }: StoreRequest): Promise<TargetRecord> {
		if (this.settings.readPath !== undefined) return await this.read(id, change, call, doing);
		const link = this.links.get(change.sourceId);
		const written = link?.recordId === id ? link.lastWritten : {};
		const seen = change.fields.flatMap(({ field, before }): Array<[string, FieldValue]> => (before === undefined ? [] : [[field, before]]));
		return recordOf(change.pairing, id, { ...written, ...Object.fromEntries(seen) });
	}

	private async read(id: string, change: Change, call: Call, doing: string): Promise<TargetRecord> {
		const { readPath = '', recordPath } = this.settings;
		const path = fillPath(readPath, 'Read Path', valuesOf({ ...change, recordId: id }, []));
		const answer = await this.client.request({ ...call, method: 'GET', path, doing });
		return this.recordFrom(answer, id, change, malformed(this.client.endpoint.host, doing, `its answer has no record ${recordPath === '' ? '' : `at "${recordPath}"`}`.trim(), READ_REMEDY));
	}

	/** @param otherwise what is thrown when the answer has no record */
	private recordFrom(answer: unknown, id: string, change: Change, otherwise: SyncError): TargetRecord {
		const row = this.rowOf(answer);
		if (row === undefined) throw otherwise;
		const wanted = [...change.fields.map(({ field }) => field), ...Object.keys(this.links.get(change.sourceId)?.lastWritten ?? {})];
		return recordOf(change.pairing, id, fieldsOfRow(row, this.settings.places, this.definition, wanted));
	}

	private rowOf(answer: unknown): object | undefined {
		const row = valueAt(answer, this.settings.recordPath);
		return typeof row === 'object' && row !== null && !Array.isArray(row) ? row : undefined;
	}

	private async create(fields: readonly FieldChange[], request: StoreRequest): Promise<TargetRecord> {
		const { change, call } = request;
		const sent = this.fieldsToCreate(change);
		for (const field of fields) if (sent.find((each) => each.field === field.field)?.after !== field.after) this.overtaken.add(field);
		if (this.openCreates.has(change.sourceId) && this.settings.findPath !== undefined && !remembersKeys(this.settings)) {
			const [found, another] = await this.find(change, call);
			if (found && !another) {
				for (const field of fields) this.overtaken.add(field);
				return found;
			}
		}
		const answer = await this.send('create', request, sent, undefined);
		const id = this.settings.recordId.from === 'source' ? change.sourceId : idOf(answer, this.settings.recordId.path);
		if (id === undefined) throw this.noId(request);
		return await this.stored(answer, recordOf(change.pairing, id, Object.fromEntries(sent.map(({ field, after }) => [field, after]))), request);
	}

	/**
	 * What is sent to create a record. Where an earlier run sent it and never heard of it, exactly that is sent again, so
	 * that the endpoint knows it by its key.
	 *
	 * @throws SyncError class `refused` when a second record could come of it
	 */
	private fieldsToCreate(change: Change): readonly FieldChange[] {
		const open = this.openCreates.get(change.sourceId);
		const { findPath, keyHours, openCreates } = this.settings;
		if (!open || openCreates === 'send' || isUpsert(this.settings)) return change.fields;
		const remembers = remembersKeys(this.settings);
		if (remembers && this.client.clock.now() - open.intendedAt < keyHours * HOUR) return open.fields;
		if (!remembers && findPath !== undefined) return change.fields;
		throw new SyncError(`An earlier run tried to create the ${this.definition.nouns.record} "${change.label}" at ${new Date(open.intendedAt).toISOString()} and never learned whether it arrived.`, {
			class: 'refused',
			code: 'http.openCreate',
			remedy: 'Look there: delete the record if it exists. Then set Creations That May Have Arrived to Create Once More for one run. With a Find Path, or an endpoint that remembers idempotency keys (Idempotency Keys Last), this is settled without you. Nothing was sent for this record.',
		});
	}

	private async update(current: TargetRecord, fields: readonly FieldChange[], request: StoreRequest): Promise<TargetRecord> {
		const action = request.change.action === 'deactivate' ? 'deactivate' : 'update';
		const answer = await this.send(action, request, fields, current);
		return await this.stored(answer, { ...current, ...Object.fromEntries(fields.map(({ field, after }) => [field, after])) }, request);
	}

	private async send(action: WriteAction, { change, call, doing }: StoreRequest, fields: readonly FieldChange[], current: TargetRecord | undefined): Promise<unknown> {
		const { idempotencyHeader: header } = this.settings;
		const request = this.compose(action, change, fields, current);
		const key = header && idempotencyKey(action, change, current?.id, fields, this.remembered.lastApplied.get(change.sourceId));
		return await this.client.request({ ...call, ...request, doing, ...(header && key ? { idempotency: { header, key } } : {}) });
	}

	private compose(action: WriteAction, change: Change, fields: readonly FieldChange[], current: TargetRecord | undefined): EndpointRequest {
		const link = this.links.get(change.sourceId);
		const alone = this.settings.readPath === undefined && ['created', 'openIntent'].includes(link?.rule ?? '');
		return composeRequest(action, change, fields, current, this.settings, { fields: Object.keys(link?.lastWritten ?? {}), alone });
	}

	/** The record after a write: as the settings say it can be known, else as it was sent. */
	private async stored(answer: unknown, sent: TargetRecord, { change, call, doing }: StoreRequest): Promise<TargetRecord> {
		const { verify } = this.settings;
		if (verify === 'no') return sent;
		try {
			return verify === 'read' ? await this.read(sent.id, change, call, doing) : this.recordFrom(answer, sent.id, change, this.noRecord(doing));
		} catch (error) {
			// It was carried out; only what came of it is not known.
			if (!(error instanceof SyncError) || error instanceof LostReply) throw error;
			throw new LostReply(error.message, { class: error.class === 'configuration' ? 'configuration' : 'unavailable', code: error.code, remedy: error.remedy, mayStillArrive: false });
		}
	}

	/** What a lost create may have made, as the builder's query finds it. */
	private async find(change: Change, call: Call): Promise<TargetRecord[]> {
		const { findPath = '', listPath, places, recordId } = this.settings;
		const path = fillPath(findPath, 'Find Path', valuesOf(change, change.fields));
		return await listRecords(this.client, change.pairing, this.definition, { path, listPath, idPath: recordId.from === 'answer' ? recordId.path : 'id', places, paging: { by: 'none' } }, call);
	}

	private async requestFor(change: Change, call: Call): Promise<PlannedRequest | undefined> {
		if (change.action === 'link') return undefined;
		const request = change.action === 'create' ? this.compose('create', change, this.fieldsToCreate(change), undefined) : await this.requestForKnown(change, change.action, call);
		if (!request) return undefined;
		const { pathname, search } = addressOf(this.client.endpoint, request.path);
		return { ...request, path: pathname + search };
	}

	/** As applying does: the record is read, and what it holds already is not sent. */
	private async requestForKnown(change: Change, action: Exclude<WriteAction, 'create'>, call: Call): Promise<EndpointRequest | undefined> {
		const current = await this.get(change.recordId!, { change, call, doing: `read the ${this.definition.nouns.record} "${change.label}" (${change.recordId})` });
		if (action === 'delete') return this.compose(action, change, [], current);
		const fields = missing(current, change.fields, this.definition);
		return fields.length === 0 ? undefined : this.compose(action, change, fields, current);
	}

	private noId({ doing }: StoreRequest): LostReply {
		const { recordId } = this.settings;
		const { message, remedy } = malformed(this.client.endpoint.host, doing, `its answer has no id at "${recordId.from === 'answer' ? recordId.path : ''}", so that the record could not be found again`, 'Compare ID Field with the answer of the API; or choose that the record has the ID of Microsoft 365, where the endpoint takes it.');
		return new LostReply(message, { class: 'configuration', code: 'http.noId', remedy, mayStillArrive: false });
	}

	private noRecord(doing: string): SyncError {
		return malformed(this.client.endpoint.host, doing, 'its answer has no record to compare with what was sent', 'Compare Record Field with the answer of the API, or choose another way under Check What Was Stored.');
	}
}

/** Put at its own address, a record cannot come to be twice. */
function isUpsert({ recordId, requests }: WriteSettings): boolean {
	return recordId.from === 'source' && requests.create?.method === 'PUT';
}
