import { SyncError } from '../../../model/syncError';
import type { GraphClient } from './client';
import { lostItsPlace } from './errors';
import type { GraphRequest } from './exchange';

/**
 * What a paged read gives: pages, and now and then word that it starts over from the first record, because the
 * service lost the place. After a restart everything that came before comes again.
 */
export type PageEvent<T> = { kind: 'page'; items: T[] } | { kind: 'restart' };

/** So often may a list start over. */
export const RESTARTS = 3;

/** Empty pages in a row; a filter may leave many, but a list has an end. */
const EMPTY_PAGES = 1000;

/** The members of a page that matter here. */
interface Page<T> {
	value: T[];
	'@odata.nextLink'?: unknown;
	'@odata.deltaLink'?: unknown;
}

/**
 * Reads a list page by page. It ends where the service says that it ends (a page without a link to the next
 * one), or with an error: a page that fails is never taken for the last one. One page is in memory at a time
 * and none is read ahead.
 *
 * @returns what the last page gave as the place from which changes are told (`@odata.deltaLink`); only delta has one
 * @throws SyncError for a page that cannot be read, and for links that lead in a circle or elsewhere
 */
export async function* readPages<T>(client: GraphClient, first: Omit<GraphRequest, 'expects'>): AsyncGenerator<PageEvent<T>, unknown> {
	for (let restarts = 0; ; restarts++) {
		const followed = new Set<string>();
		let emptyPages = 0;
		let address = first.address;
		for (;;) {
			// The link carries the query but not the headers: they go with every page.
			const request: GraphRequest = { ...first, address, expects: 'list' };
			const answer = await client.request(request);
			if (answer.status !== 200) {
				if (followed.size === 0 || !lostItsPlace(answer)) throw client.explain(answer, request);
				if (restarts >= RESTARTS) throw lostTooOften(client, first, answer.requestId);
				yield { kind: 'restart' };
				break;
			}
			const page = answer.body as Page<T>;
			// Before it is handed out: whoever takes a page may empty it.
			emptyPages = page.value.length === 0 ? emptyPages + 1 : 0;
			yield { kind: 'page', items: page.value };
			const link = page['@odata.nextLink'];
			if (link === undefined || link === null) return page['@odata.deltaLink'];
			if (typeof link !== 'string' || followed.has(link) || emptyPages > EMPTY_PAGES) throw circle(client, first, answer.requestId);
			followed.add(link);
			address = link;
		}
	}
}

/**
 * The whole list in memory.
 *
 * @param limit the first so many records, without reading more pages than they need
 */
export async function collect<T>(events: AsyncIterable<PageEvent<T>>, limit = Infinity): Promise<T[]> {
	let records: T[] = [];
	for await (const event of events) {
		if (event.kind === 'restart') {
			records = [];
			continue;
		}
		for (const item of event.items) records.push(item);
		if (records.length >= limit) return records.slice(0, limit);
	}
	return records;
}

export function lostTooOften(client: GraphClient, { reading }: Pick<GraphRequest, 'reading'>, requestId: string): SyncError {
	return new SyncError(
		`Could not read ${reading.what} of tenant ${client.tenant}: Microsoft Graph lost its place in the list ${RESTARTS + 1} times (expired page token).`,
		{
			class: 'unavailable',
			code: 'graph.pageTokenExpired',
			remedy: 'Nothing was lost: run again later. If it stays, read fewer properties or filter the list, so that each page is read sooner.',
			tenantId: client.tenant,
			requestId,
		},
	);
}

function circle(client: GraphClient, { reading }: Pick<GraphRequest, 'reading'>, requestId: string): SyncError {
	return new SyncError(`Could not read ${reading.what} of tenant ${client.tenant}: the pages of Microsoft Graph's answer lead in a circle or nowhere.`, {
		class: 'unavailable',
		code: 'graph.pagesInACircle',
		remedy: 'Run again later. If it happens again, report it to Microsoft with the request id.',
		tenantId: client.tenant,
		requestId,
	});
}
