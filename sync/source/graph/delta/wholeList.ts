import type { Changed, DirectoryRecord } from '../../../model/sourceChange';
import { SyncError } from '../../../model/syncError';
import { tenantGuidOf } from '../read/organization';
import { idOf } from '../read/projection';
import type { GraphClient } from '../transport/client';
import { readPages, type PageEvent } from '../transport/paging';
import { query, type RawRecord } from '../transport/reading';
import { changesSince, latestToken } from './changes';
import { readRound } from './round';
import type { DeltaSource } from './source';
import { NOTHING_KNOWN, tell, type ReadToTheEnd } from './telling';

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

function forgottenAtOnce<T extends DirectoryRecord>(client: GraphClient, { changes }: DeltaSource<T>): SyncError {
	return new SyncError(`Could not read ${changes.what} of tenant ${client.tenant}: Microsoft Graph forgot the place at once from which it was to tell them.`, {
		class: 'unavailable',
		code: 'graph.startOverAtOnce',
		remedy: 'Nothing was lost: run again later.',
		tenantId: client.tenant,
	});
}
