import type { Changed, DirectoryRecord, ListMode } from '../../../model/sourceChange';
import { SyncError } from '../../../model/syncError';
import { tenantGuidOf } from '../read/organization';
import { idOf } from '../read/projection';
import type { GraphClient } from '../transport/client';
import { START_OVER } from '../transport/errors';
import { readPages, type PageEvent } from '../transport/paging';
import { query, type RawRecord } from '../transport/reading';
import type { FoldedObject } from './fold';
import { readRound, type Round } from './round';
import { withBlanks, type DeltaProjection, type DeltaSource } from './source';

/** What is known when the last change was read. */
export interface ReadToTheEnd {
	mode: ListMode;
	/** Where the next changes begin. */
	link: string;
	/** Object ids that are deleted and may be restored; remember them, to tell a restored object from a changed one. */
	softDeleted: string[];
	/** Object ids that were among the remembered ones, and are back or gone for good. */
	noLongerSoftDeleted: string[];
}

const NOTHING_KNOWN: ReadonlySet<string> = new Set();

/**
 * The place from which changes will be told, without reading anything. One request.
 *
 * @returns the link for `changesSince`
 */
export async function latestToken<T extends DirectoryRecord>(client: GraphClient, source: DeltaSource<T>, properties: readonly string[]): Promise<string> {
	const { select, relations } = source.projection(properties, client);
	const { link } = await readRound(client, {
		reading: source.changes,
		address: `/${source.resource}/delta${query({ $deltatoken: 'latest', $select: [...select, ...relations].join(',') })}`,
	});
	return link;
}

/**
 * What changed since the link was given, one change per object. A round is in memory as a whole, because only its
 * end tells what became of each object.
 *
 * @param properties the same as when the link was begun with: it carries them
 * @param knownSoftDeleted ids that earlier rounds told as soft-deleted
 * @returns `startOver` when the service cannot tell: read the whole list with `wholeList`
 * @throws SyncError when a page cannot be read
 */
export async function changesSince<T extends DirectoryRecord>(
	client: GraphClient,
	source: DeltaSource<T>,
	properties: readonly string[],
	link: string,
	knownSoftDeleted: ReadonlySet<string> = NOTHING_KNOWN,
): Promise<{ startOver: true } | ({ startOver: false; changes: Array<Changed<T>> } & ReadToTheEnd)> {
	const projection = source.projection(properties, client);
	const tenantId = await tenantGuidOf(client);
	let round: Round;
	try {
		round = await readRound(client, { reading: source.changes, address: link, deltaLink: true });
	} catch (error) {
		if (error instanceof SyncError && error.code === START_OVER) return { startOver: true };
		throw error;
	}
	const told = await tell(client, round.objects, { source, properties, projection, tenantId, knownSoftDeleted, mode: 'incremental' });
	return { startOver: false, mode: 'incremental', link: round.link, ...told };
}

/**
 * The whole list and the place from which changes are told, page by page. The place is taken first and the list read
 * after it, in pages of 999; what changed meanwhile comes last, in a page of its own, and counts instead of what came
 * before (contract: B3, recommended initial sync). After a `restart` event everything comes again.
 *
 * Relations that only delta gives (members of groups) are read by delta from its very beginning instead; then all is
 * one page, because members come in parts over many pages.
 *
 * Who was deleted while no changes were told is not in the list, and nothing else says so: compare.
 *
 * @returns the end; `mode` is `reconcile`
 */
export async function* wholeList<T extends DirectoryRecord>(
	client: GraphClient,
	source: DeltaSource<T>,
	properties: readonly string[],
	knownSoftDeleted: ReadonlySet<string> = NOTHING_KNOWN,
): AsyncGenerator<PageEvent<Changed<T>>, ReadToTheEnd> {
	const projection = source.projection(properties, client);
	if (projection.fromTheBeginning) return yield* fromTheBeginning(client, source, properties, knownSoftDeleted);
	const start = await latestToken(client, source, properties);
	const back = new Set<string>();
	for await (const event of listPages(client, source, properties, knownSoftDeleted)) {
		if (event.kind === 'page') for (const { id, change } of event.items) if (change === 'restored') back.add(id);
		yield event;
	}
	const meanwhile = await changesSince(client, source, properties, start, knownSoftDeleted);
	if (meanwhile.startOver) throw forgottenAtOnce(client, source);
	const { changes, link, softDeleted, noLongerSoftDeleted } = meanwhile;
	if (changes.length > 0) yield { kind: 'page', items: changes.map((change) => ({ ...change, mode: 'reconcile' })) };
	for (const id of noLongerSoftDeleted) back.add(id);
	for (const id of softDeleted) back.delete(id);
	return { mode: 'reconcile', link, softDeleted, noLongerSoftDeleted: [...back] };
}

/** The list of `wholeList` in memory, as it is at its end: without those who were deleted meanwhile or are not wanted. */
export async function collectWholeList<T extends DirectoryRecord>(
	client: GraphClient,
	source: DeltaSource<T>,
	properties: readonly string[],
	knownSoftDeleted?: ReadonlySet<string>,
): Promise<{ changes: Array<Changed<T>> } & ReadToTheEnd> {
	const events = wholeList(client, source, properties, knownSoftDeleted);
	const records = new Map<string, Changed<T>>();
	for (;;) {
		const step = await events.next();
		if (step.done) return { changes: [...records.values()], ...step.value };
		if (step.value.kind === 'restart') {
			records.clear();
			continue;
		}
		for (const item of step.value.items) {
			// A relation that did not change meanwhile is not told again: what the list said of it stays.
			if (item.whereabouts !== undefined) records.delete(item.id);
			else records.set(item.id, item.change === 'changed' ? { ...records.get(item.id), ...item, change: 'present' } : item);
		}
	}
}

async function* listPages<T extends DirectoryRecord>(
	client: GraphClient,
	source: DeltaSource<T>,
	properties: readonly string[],
	knownSoftDeleted: ReadonlySet<string>,
): AsyncGenerator<PageEvent<Changed<T>>, void> {
	const { select, wanted, record } = source.projection(properties, client);
	const tenantId = await tenantGuidOf(client);
	const lookups = await source.lookups?.(client, properties, true);
	const request = {
		reading: { ...source.list, resourceUnits: source.list.resourceUnits + (lookups?.resourceUnits ?? 0) },
		address: `/${source.resource}${query({ $select: select.join(','), $expand: lookups?.expand, $top: source.list.pageSize })}`,
	};
	let read = 0;
	for await (const event of readPages<RawRecord>(client, request)) {
		if (event.kind === 'restart') {
			read = 0;
			yield event;
			continue;
		}
		read += event.items.length;
		if (source.resource === 'users') client.learnSize(read);
		for (const raw of event.items) idOf(raw, source.list.what, client);
		const raws = wanted ? event.items.filter(wanted) : event.items;
		const records = raws.map((raw) => record(raw, tenantId));
		await lookups?.tell(records, raws);
		yield { kind: 'page', items: records.map((one) => Object.assign(one, { change: knownSoftDeleted.has(one.id) ? 'restored' : 'present', mode: 'reconcile' } as const)) };
	}
}

async function* fromTheBeginning<T extends DirectoryRecord>(
	client: GraphClient,
	source: DeltaSource<T>,
	properties: readonly string[],
	knownSoftDeleted: ReadonlySet<string>,
): AsyncGenerator<PageEvent<Changed<T>>, ReadToTheEnd> {
	const projection = source.projection(properties, client);
	const tenantId = await tenantGuidOf(client);
	const { objects, link } = await readRound(client, {
		reading: source.changes,
		address: `/${source.resource}/delta${query({ $select: [...projection.select, ...projection.relations].join(',') })}`,
	});
	const told = await tell(client, objects, { source, properties, projection, tenantId, knownSoftDeleted, mode: 'reconcile' });
	// Deleted ones may come even here; a list of what there is has no place for them.
	yield { kind: 'page', items: told.changes.filter(({ whereabouts }) => whereabouts === undefined) };
	return { mode: 'reconcile', link, softDeleted: told.softDeleted, noLongerSoftDeleted: told.noLongerSoftDeleted };
}

interface Telling<T extends DirectoryRecord> {
	source: DeltaSource<T>;
	properties: readonly string[];
	projection: DeltaProjection<T>;
	tenantId: string;
	knownSoftDeleted: ReadonlySet<string>;
	mode: ListMode;
}

/** What a round says, as records and their changes. */
async function tell<T extends DirectoryRecord>(
	client: GraphClient,
	objects: readonly FoldedObject[],
	{ source, properties, projection, tenantId, knownSoftDeleted, mode }: Telling<T>,
): Promise<{ changes: Array<Changed<T>> } & Pick<ReadToTheEnd, 'softDeleted' | 'noLongerSoftDeleted'>> {
	const changes: Array<Changed<T>> = [];
	const softDeleted: string[] = [];
	const noLongerSoftDeleted: string[] = [];
	const live: { records: T[]; raws: RawRecord[] } = { records: [], raws: [] };
	for (const object of objects) {
		const { id, state } = object;
		const bare = { kind: source.kind, tenantId, id } as Pick<T, 'kind' | 'tenantId' | 'id'>;
		if (state === 'softDeleted') softDeleted.push(id);
		else if (knownSoftDeleted.has(id)) noLongerSoftDeleted.push(id);
		if (state !== 'live') {
			changes.push({ ...bare, change: state, mode, whereabouts: state } as Changed<T>);
			continue;
		}
		const change = object.returned || knownSoftDeleted.has(id) ? 'restored' : mode === 'reconcile' ? 'present' : 'changed';
		const raw: RawRecord = { ...withBlanks(object.properties, projection), id };
		if (projection.wanted && !projection.wanted(raw)) {
			changes.push({ ...bare, change, mode, whereabouts: raw.accountEnabled === false ? 'disabled' : 'filteredOut' } as Changed<T>);
			continue;
		}
		const record: T & Changed<T> = Object.assign(projection.record(raw, tenantId), { change, mode } as const);
		projection.relate(record, object.relations, mode === 'reconcile');
		live.records.push(record);
		live.raws.push(raw);
		changes.push(record);
	}
	if (live.records.length > 0) await (await source.lookups?.(client, properties, false))?.tell(live.records, live.raws);
	return { changes, softDeleted, noLongerSoftDeleted };
}

function forgottenAtOnce<T extends DirectoryRecord>(client: GraphClient, { changes }: DeltaSource<T>): SyncError {
	return new SyncError(`Could not read ${changes.what} of tenant ${client.tenant}: Microsoft Graph forgot the place at once from which it was to tell them.`, {
		class: 'unavailable',
		code: 'graph.startOverAtOnce',
		remedy: 'Nothing was lost: run again later.',
		tenantId: client.tenant,
	});
}
