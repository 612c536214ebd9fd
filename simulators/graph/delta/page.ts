import type { GraphAnswer, GraphCall } from '../graphCall';
import { deltaTokenLost, deltaTokenMalformed, invalidQuery, unsupportedQuery } from '../graphFailure';
import { parseFilter, type FilterNode } from '../odata/filterParser';
import type { PagePosition } from '../odata/pageTokens';
import { contextOf } from '../resources/users';
import { arrange } from './arrange';
import type { DeltaCursor, DeltaQuery, DeltaRound } from './deltaTokens';
import { changedEntries, firstEntries, type DeltaEntry } from './entries';
import { renderEntry } from './renderEntry';
import { selectionOf, type DeltaSource } from './source';

/** Objects that a delta query may be narrowed to. */
const MOST_IDS = 50;

/** One page of a delta query (contract B3): of a first round, of a round of changes, or just a token for later. */
export function deltaPage(call: GraphCall, source: DeltaSource): GraphAnswer {
	const { query, deltas } = call;
	const owner = `${call.caller.appid} ${call.tenant.tenantId} ${source.type}`;
	const skipToken = query.get('$skiptoken');
	const deltaToken = query.get('$deltatoken');
	if (skipToken !== undefined && deltaToken !== undefined) throw invalidQuery('$skiptoken and $deltatoken cannot be used together.');
	if (skipToken !== undefined) {
		const { serial, round, position } = deltas.resume(owner, skipToken);
		requireSameQuery(call, round.query);
		return answer(call, source, { owner, serial, round, position });
	}
	const round = startRound(call, source, owner, deltaToken);
	return answer(call, source, { owner, round, position: { after: 0, pages: 0 } });
}

function startRound(call: GraphCall, source: DeltaSource, owner: string, deltaToken: string | undefined): DeltaRound {
	const { tenant, deltas } = call;
	const settings = call.settings.delta;
	const visible = tenant.log.versionBefore(call.clock.now() - settings.replicationDelayMilliseconds);
	// An empty token is where a 410 leads to: a first round.
	if (deltaToken === undefined || deltaToken === '' || deltaToken === 'latest') {
		const query: DeltaQuery = { select: call.query.names('$select'), ids: idsOf(call.query.get('$filter')) };
		selectionOf(source, query);
		const entries = deltaToken === 'latest' ? [] : arrange(firstEntries(tenant, source, query, settings), settings);
		return { query, entries, next: { query, since: visible, before: 0 } };
	}
	const cursor = deltas.read(owner, deltaToken);
	if (!cursor) throw deltaTokenLost(settings.lostTokens, call.address);
	requireSameQuery(call, cursor.query);
	const next: DeltaCursor = { query: cursor.query, since: Math.max(cursor.since, visible), before: cursor.since };
	const since = settings.replays ? cursor.before : cursor.since;
	return { query: cursor.query, entries: arrange(changedEntries(tenant, source, cursor.query, settings, { since, to: next.since }), settings), next };
}

/** Tokens carry the query; one that comes with a token must be the same. */
function requireSameQuery(call: GraphCall, { select, ids }: DeltaQuery): void {
	const sentSelect = call.query.names('$select');
	const sentIds = idsOf(call.query.get('$filter'));
	const same = (sent: Iterable<string> | undefined, kept: Iterable<string> | undefined) =>
		sent === undefined || JSON.stringify([...sent].sort()) === JSON.stringify([...(kept ?? [])].sort());
	if (!same(sentSelect, select) || !same(sentIds, ids)) throw deltaTokenMalformed();
}

/** `id eq '…' or id eq '…'`, and no other filter. */
function idsOf(filter: string | undefined): Set<string> | undefined {
	if (filter === undefined) return undefined;
	const ids = new Set<string>();
	const visit = (node: FilterNode): void => {
		if (node.kind === 'or') node.parts.forEach(visit);
		else if (node.kind === 'compare' && node.operator === 'eq' && node.path.segments.join('/') === 'id' && node.literal.type === 'text') {
			ids.add(String(node.literal.value).toLowerCase());
		} else throw unsupportedQuery('Delta queries can be filtered by id only.');
	};
	visit(parseFilter(filter));
	if (ids.size > MOST_IDS) throw unsupportedQuery(`A delta query can be filtered to at most ${MOST_IDS} objects.`);
	return ids;
}

interface Served {
	owner: string;
	round: DeltaRound;
	/** Of a round that was kept. */
	serial?: number;
	/** `after` counts the entries that were served. */
	position: PagePosition;
}

function answer(call: GraphCall, source: DeltaSource, { owner, round, serial, position }: Served): GraphAnswer {
	const { settings, deltas } = call;
	// As in other lists: every second page is the empty one.
	const empty = settings.emptyPages && position.pages % 2 === 1;
	const end = empty ? position.after : pageEnd(round.entries, position.after, settings.delta);
	const entries = round.entries.slice(position.after, end);
	const more = end < round.entries.length || (settings.emptyPages && !empty && entries.length > 0);
	const selection = selectionOf(source, round.query);
	const minimal = settings.delta.returnMinimal && /\breturn=minimal\b/i.test(call.headers.prefer ?? '');
	const link = more
		? { '@odata.nextLink': `${call.address}?$skiptoken=${deltas.pageToken(owner, serial ?? deltas.open(round), { after: end, pages: position.pages + 1 })}` }
		: { '@odata.deltaLink': `${call.address}?$deltatoken=${deltas.issue(owner, round.next)}` };
	return {
		status: 200,
		...(minimal ? { headers: { 'preference-applied': 'return=minimal' } } : {}),
		body: {
			'@odata.context': `${call.origin}/v1.0/$metadata#${source.type}s${contextOf(round.query.select)}`,
			...link,
			value: entries.map((entry) => renderEntry(call.tenant, source, selection, entry, minimal)),
		},
	};
}

/** A page is full of objects, or of their links. */
function pageEnd(entries: readonly DeltaEntry[], start: number, settings: { pageSize: number; linksPerPage: number }): number {
	let links = 0;
	let end = start;
	while (end < entries.length && end - start < settings.pageSize) {
		links += entries[end].links?.length ?? 0;
		if (links > settings.linksPerPage && end > start) break;
		end++;
	}
	return end;
}
