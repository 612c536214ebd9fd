import type { Call } from '../../http/call';
import type { SyncroClient } from './client';
import { malformed } from './errors';

export interface ListRequest {
	path: string;
	/** Key of the rows in the answer, for example `contacts`. */
	rows: string;
	query?: Record<string, string | number>;
	doing: string;
	permission: string;
}

export interface ListPage {
	rows: Array<Record<string, unknown>>;
	/** Rows of the whole list as the answer says; undefined where it does not. */
	totalEntries?: number;
}

/**
 * The pages of a list, one at a time. Page sizes of Syncro differ from what its documentation says, so the end
 * is what `meta.total_pages` says; where `meta` is missing, the first empty page.
 *
 * @throws SyncError `syncro.malformed` for a page without its list, and for a list that ends before its last page
 */
export async function* listPages(client: SyncroClient, list: ListRequest, call: Call): AsyncGenerator<ListPage> {
	let firstOfPage: unknown;
	for (let page = 1; ; page++) {
		const answer = await client.request({
			...call,
			method: 'GET',
			path: list.path,
			query: { ...list.query, page },
			doing: list.doing,
			permission: list.permission,
		});
		const fail = (what: string) => malformed({ account: client.account, doing: list.doing }, `page ${page} of the answer ${what}`);
		const rows = answer[list.rows];
		if (!Array.isArray(rows) || !rows.every((row) => typeof row === 'object' && row !== null)) throw fail(`has no list "${list.rows}"`);
		const { totalPages, totalEntries } = metaOf(answer.meta);
		if (rows.length === 0) {
			if (totalPages !== undefined && page < totalPages) throw fail(`is empty, although there are ${totalPages} pages`);
			if (page === 1) yield { rows, totalEntries };
			return;
		}
		const first = (rows[0] as { id?: unknown }).id;
		if (page > 1 && first === firstOfPage) throw fail('repeats the page before');
		firstOfPage = first;
		yield { rows: rows as ListPage['rows'], totalEntries };
		if (totalPages !== undefined && page >= totalPages) return;
	}
}

function metaOf(meta: unknown): { totalPages?: number; totalEntries?: number } {
	if (typeof meta !== 'object' || meta === null) return {};
	const { total_pages: pages, total_entries: entries } = meta as Record<string, unknown>;
	return {
		totalPages: Number.isInteger(pages) ? (pages as number) : undefined,
		totalEntries: Number.isInteger(entries) ? (entries as number) : undefined,
	};
}
