import type { Changed, DirectoryRecord, ListMode } from '../../../model/sourceChange';
import type { GraphClient } from '../transport/client';
import type { RawRecord } from '../transport/reading';
import type { FoldedObject } from './fold';
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

export const NOTHING_KNOWN: ReadonlySet<string> = new Set();

export interface Telling<T extends DirectoryRecord> {
	source: DeltaSource<T>;
	properties: readonly string[];
	projection: DeltaProjection<T>;
	tenantId: string;
	knownSoftDeleted: ReadonlySet<string>;
	mode: ListMode;
}

/** What a round says, as records and their changes. */
export async function tell<T extends DirectoryRecord>(
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
