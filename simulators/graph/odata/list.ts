import type { EntityType } from '../entities/entityType';
import { searchNeedsHeader, unsupportedQuery } from '../graphFailure';
import { isEventual, type GraphAnswer, type GraphCall } from '../graphCall';
import { checkFilter } from './filterRules';
import { compileFilter } from './filterEvaluator';
import { parseFilter, type FilterNode } from './filterParser';
import { ordering, sorted, type Order } from './ordering';
import type { PagePosition } from './pageTokens';
import { compileSearch } from './search';

/** Query options that lists of directory objects take. */
export const LIST_OPTIONS = ['$top', '$select', '$filter', '$expand', '$orderby', '$search', '$count', '$skiptoken'] as const;

export interface Listed {
	/** Place in the list, growing. */
	sequence: number;
}

export interface ListRequest<T extends Listed> {
	call: GraphCall;
	/** Ascending by `sequence`. */
	items: readonly T[];
	entity: EntityType;
	/** Behind `$metadata#`. */
	context: string;
	/** Before `$metadata`, for services that describe themselves below their own path. */
	metadataAt?: string;
	/** What filters and orders look at; the item itself unless said otherwise. */
	subject?: (item: T) => Readonly<Record<string, unknown>>;
	/** The item as it goes out. */
	render: (item: T) => unknown;
	/** Default 100. */
	defaultPageSize?: number;
	/** Largest `$top` that is no error. Default 999. */
	largestTop?: number;
	/** Larger pages are cut to this without a word. */
	largestPage?: number;
	/** A filter on this list always needs an advanced query (relationships). */
	filterIsAdvanced?: boolean;
}

/**
 * One page of a list of directory objects: filter, search, order, count and page token after contract B0. Without a
 * filter a page costs its own length, however long the list is.
 */
export function listPage<T extends Listed>(request: ListRequest<T>): GraphAnswer {
	const { call, entity } = request;
	const { query } = call;
	const counted = query.wantsCount() && isEventual(call.headers);
	const size = Math.min(query.pageSize(request.largestTop) ?? request.defaultPageSize ?? 100, request.largestPage ?? request.largestTop ?? 999);
	const keep = predicate(request, counted);
	const subject = request.subject ?? asItIs;
	const order = ordering<T>({ call, entity, subject, advanced: counted, alwaysAdvanced: request.filterIsAdvanced === true });
	const items = order ? sorted(request.items, order, call.tenant.version) : request.items;

	const list = `${call.caller.appid} ${call.tenant.tenantId} ${call.address} ${query.fingerprint}`;
	const token = query.get('$skiptoken');
	const position: PagePosition = token === undefined ? { after: 0, pages: 0 } : call.pageTokens.read(list, token);
	// Every second page is the empty one.
	const empty = call.settings.emptyPages && position.pages % 2 === 1;
	const page = empty ? [] : take(items, position, size, keep, order);
	const last = page.at(-1);
	const next: PagePosition = last
		? { after: last.sequence, sortedAfter: order?.key(last), pages: position.pages + 1 }
		: { ...position, pages: position.pages + 1 };
	const more = take(items, next, 1, keep, order).length > 0 || (call.settings.emptyPages && !empty && page.length > 0);
	return {
		status: 200,
		body: {
			'@odata.context': `${call.origin}/v1.0/${request.metadataAt ?? ''}$metadata#${request.context}`,
			...(counted && token === undefined ? { '@odata.count': count(request.items, keep) } : {}),
			...(more ? { '@odata.nextLink': `${call.address}${query.nextQuery(call.pageTokens.issue(list, next))}` } : {}),
			value: page.map(request.render),
		},
	};
}

/** How many objects a list holds, as `text/plain` (`/users/$count`). */
export function listCount<T extends Listed>(request: Omit<ListRequest<T>, 'context' | 'render'>): GraphAnswer {
	return { status: 200, body: String(count(request.items, predicate(request, true))) };
}

type Predicate<T> = ((item: T) => boolean) | undefined;

function asItIs(item: unknown): Readonly<Record<string, unknown>> {
	return item as Readonly<Record<string, unknown>>;
}

function predicate<T extends Listed>(request: Omit<ListRequest<T>, 'context' | 'render'>, advanced: boolean): Predicate<T> {
	const { call, entity } = request;
	const subject = request.subject ?? asItIs;
	const text = call.query.get('$filter');
	const search = call.query.get('$search');
	if (search !== undefined && !isEventual(call.headers)) throw searchNeedsHeader();
	const parts: Array<(object: Readonly<Record<string, unknown>>) => boolean> = [];
	if (text !== undefined) parts.push(compileFilter(filterOf(text, request, advanced), entity));
	if (search !== undefined) parts.push(compileSearch(search));
	return parts.length === 0 ? undefined : (item) => parts.every((part) => part(subject(item)));
}

function filterOf<T extends Listed>(text: string, request: Omit<ListRequest<T>, 'context' | 'render'>, advanced: boolean): FilterNode {
	const node = parseFilter(text);
	checkFilter(node, request.entity, advanced);
	if (request.filterIsAdvanced && !advanced) {
		throw unsupportedQuery('The specified filter to the reference property query is currently not supported.');
	}
	return node;
}

/** The next `size` objects behind the position, in order, that the filter keeps. */
function take<T extends Listed>(items: readonly T[], position: PagePosition, size: number, keep: Predicate<T>, order: Order<T> | undefined): T[] {
	const taken: T[] = [];
	for (let index = firstBehind(items, position, order); index < items.length && taken.length < size; index++) {
		if (!keep || keep(items[index])) taken.push(items[index]);
	}
	return taken;
}

/** Binary search: objects may have come and gone since the last page, the order stays. */
function firstBehind<T extends Listed>(items: readonly T[], position: PagePosition, order: Order<T> | undefined): number {
	if (position.after === 0) return 0;
	let low = 0;
	let high = items.length;
	while (low < high) {
		const middle = (low + high) >>> 1;
		const item = items[middle];
		const behind = order
			? order.compare({ key: order.key(item), sequence: item.sequence }, { key: position.sortedAfter ?? '', sequence: position.after }) > 0
			: item.sequence > position.after;
		if (behind) high = middle;
		else low = middle + 1;
	}
	return low;
}

function count<T>(items: readonly T[], keep: Predicate<T>): number {
	return keep ? items.filter(keep).length : items.length;
}
