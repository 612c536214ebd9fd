import type { Changed, DirectoryRecord } from '../../../model/sourceChange';
import { SyncError } from '../../../model/syncError';
import { tenantGuidOf } from '../read/organization';
import type { GraphClient } from '../transport/client';
import { START_OVER } from '../transport/errors';
import { query } from '../transport/reading';
import { readRound, type Round } from './round';
import type { DeltaSource } from './source';
import { NOTHING_KNOWN, tell, type ReadToTheEnd } from './telling';

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
