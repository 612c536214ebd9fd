import type { Call } from '../../http/call';
import type { TargetDefinition } from '../../model/targetDefinition';
import type { TargetRecord } from '../../model/targetRecord';
import { addressOf, nextAddressOf } from './address';
import type { HttpEndpointClient } from './client';
import { malformed } from './errors';
import { valueAt } from './json';
import { fieldsOfRow, recordOf, type Owner } from './records';
import type { FieldPlace } from './settings';

/** How the pages of a list follow each other. */
export type Paging =
	| { by: 'none' }
	/** A query parameter counts pages, until one is empty. */
	| { by: 'number'; parameter: string; first: number }
	/** The answer has, at a place, the address of the next page; without one it is the last. */
	| { by: 'link'; path: string }
	/** The answer has, at a place, what the query parameter of the next request must be. */
	| { by: 'cursor'; path: string; parameter: string };

export interface ListSettings {
	/** Below the endpoint, placeholders filled in. */
	path: string;
	/** Where the answer has the list; empty: the answer is it. */
	listPath: string;
	/** Where a row has its id. */
	idPath: string;
	places: readonly FieldPlace[];
	paging: Paging;
}

const MOST_PAGES = 10_000;
const CHECK_PATHS = 'Compare the paths of this node with an answer of the API. Nothing was concluded from this one.';

/**
 * All records of a list. Never a part of it: what would be left out would be created a second time.
 *
 * @throws SyncError; `http.malformed` for an answer without its list, a row without id, the same id twice
 */
export async function listRecords(client: HttpEndpointClient, owner: Owner, definition: TargetDefinition, list: ListSettings, call: Call = {}): Promise<TargetRecord[]> {
	const doing = `read the ${definition.nouns.records} of customer ${owner.customerId}`;
	const fail = (what: string) => malformed(client.endpoint.host, doing, what, CHECK_PATHS);
	const records = new Map<string, TargetRecord>();
	const asked = new Set<string>();
	let next: URL | undefined = firstAddress(client, list);
	for (let page = 1; next; page++) {
		if (asked.has(next.href) || page > MOST_PAGES) throw fail(`page ${page} leads back to an earlier one`);
		asked.add(next.href);
		const answer = await client.request({ ...call, method: 'GET', path: next, doing });
		const rows = valueAt(answer, list.listPath);
		if (!Array.isArray(rows)) throw fail(`page ${page} of the answer has no list ${list.listPath === '' ? 'as a whole' : `at "${list.listPath}"`}`);
		for (const row of rows) {
			const id = idOf(row, list.idPath);
			if (id === undefined) throw fail(`a row of page ${page} has no id at "${list.idPath}"`);
			if (records.has(id)) throw fail(`the id ${id} came twice, so the list changed while it was read or its pages overlap`);
			records.set(id, recordOf(owner, id, fieldsOfRow(row, list.places, definition)));
		}
		next = nextAddress(client, next, list.paging, answer, page, rows.length);
	}
	return [...records.values()];
}

/** The id at a place, as text; undefined: there is none. */
export function idOf(row: unknown, path: string): string | undefined {
	const value = valueAt(row, path);
	return (typeof value === 'string' && value.trim() !== '') || (typeof value === 'number' && Number.isFinite(value)) ? String(value) : undefined;
}

function firstAddress(client: HttpEndpointClient, { path, paging }: ListSettings): URL {
	const address = addressOf(client.endpoint, path);
	if (paging.by === 'number') address.searchParams.set(paging.parameter, String(paging.first));
	return address;
}

function nextAddress({ endpoint }: HttpEndpointClient, current: URL, paging: Paging, answer: unknown, page: number, rows: number): URL | undefined {
	if (paging.by === 'none') return undefined;
	const next = new URL(current);
	if (paging.by === 'number') {
		if (rows === 0) return undefined;
		next.searchParams.set(paging.parameter, String(paging.first + page));
		return next;
	}
	const told = valueAt(answer, paging.path);
	if (told === undefined || told === null || told === '' || told === false) return undefined;
	if (paging.by === 'link') return nextAddressOf(endpoint, current, String(told));
	next.searchParams.set(paging.parameter, String(told));
	return next;
}
