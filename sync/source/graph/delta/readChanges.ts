import { createHash } from 'node:crypto';
import type { Changed, DirectoryRecord } from '../../../model/sourceChange';
import type { GraphClient } from '../transport/client';
import { changesSince } from './changes';
import type { DeltaSource } from './source';
import { standingOpen } from './standingOpen';
import type { ReadToTheEnd } from './telling';
import { collectWholeList } from './wholeList';

/** Where the last read ended; `KnownCursor` of the ledger is one. */
export interface ReadFrom {
	link: string;
	/** Object ids, as `ReadToTheEnd` told them. */
	softDeleted: readonly string[];
	/** People who stand open since an earlier run. */
	open: readonly string[];
}

/**
 * What a sync has to look at: everything the first time, and again when the service cannot tell what changed since;
 * else who changed, and whoever stands open. Who was deleted while nothing was told is found by comparing: what
 * was linked and is not in the whole list is looked up by its id (Contact Match).
 *
 * @throws SyncError when anything cannot be read
 */
export async function readChanges<T extends DirectoryRecord>(
	client: GraphClient,
	source: DeltaSource<T>,
	properties: readonly string[],
	from: ReadFrom | undefined,
): Promise<{ changes: Array<Changed<T>>; startedOver: boolean } & ReadToTheEnd> {
	if (!from) return { startedOver: false, ...(await collectWholeList(client, source, properties)) };
	const knownSoftDeleted = new Set(from.softDeleted);
	const since = await changesSince(client, source, properties, from.link, knownSoftDeleted);
	if (since.startOver) return { startedOver: true, ...(await collectWholeList(client, source, properties, knownSoftDeleted)) };
	const { startOver: _, changes, ...end } = since;
	const told = new Set(changes.map(({ id }) => id));
	const untold = from.open.filter((id) => !told.has(id));
	const open = await standingOpen(client, source, properties, untold);
	return { startedOver: false, changes: [...changes, ...open], ...end };
}

/**
 * A fingerprint of what is asked of each object, and by which app where: a link that was begun with other properties
 * would not tell of these, and one of another app or filter has told other objects.
 */
export function fingerprintOf<T extends DirectoryRecord>(client: GraphClient, source: DeltaSource<T>, properties: readonly string[]): string {
	const { select, relations, filter } = source.projection(properties, client);
	const asked = [client.graphOrigin, client.clientId, filter, ...[...new Set([...properties, ...select, ...relations])].sort()];
	return createHash('sha256').update(JSON.stringify(asked)).digest('hex').slice(0, 16);
}
