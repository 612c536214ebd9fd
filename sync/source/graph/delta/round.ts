import { SyncError } from '../../../model/syncError';
import { idOf } from '../read/projection';
import type { GraphClient } from '../transport/client';
import type { GraphRequest } from '../transport/exchange';
import { readPages } from '../transport/paging';
import { Fold, type DeltaEntry, type FoldedObject } from './fold';

/** What a round told, and where the next one begins. */
export interface Round {
	objects: FoldedObject[];
	/** The link to the changes that come after (`@odata.deltaLink`). */
	link: string;
}

/**
 * One delta round, to its end: a round without its link at the end was not read. In memory is what it told, folded.
 *
 * @throws SyncError when any page cannot be read; with the code START_OVER when the service forgot the place
 */
export async function readRound(client: GraphClient, request: Omit<GraphRequest, 'expects'>): Promise<Round> {
	const pages = readPages<DeltaEntry>(client, request);
	let fold = new Fold();
	for (;;) {
		const step = await pages.next();
		if (step.done) return { objects: fold.result(), link: linkOf(step.value, client, request) };
		if (step.value.kind === 'restart') {
			fold = new Fold();
			continue;
		}
		for (const entry of step.value.items) fold.add(idOf(entry, request.reading.what, client), entry);
	}
}

function linkOf(link: unknown, client: GraphClient, { reading }: Pick<GraphRequest, 'reading'>): string {
	if (typeof link === 'string' && link !== '') return link;
	throw new SyncError(`Could not read ${reading.what} of tenant ${client.tenant}: the answer ended without saying where the next changes begin.`, {
		class: 'unavailable',
		code: 'graph.noDeltaLink',
		remedy: 'Nothing was lost: run again later. If it happens again, a proxy in between may change the answers.',
		tenantId: client.tenant,
	});
}
