import type { EntityType } from '../entities/entityType';
import type { GraphAnswer, GraphCall } from '../graphCall';
import { invalidQuery } from '../graphFailure';
import { compileFilter } from './filterEvaluator';
import { parseFilter } from './filterParser';
import { checkFilter } from './filterRules';
import { project } from './projection';

/** Query options of lists that page by position. */
export const OFFSET_OPTIONS = ['$top', '$skip', '$filter', '$count'] as const;

/** Page size without `$top`; the contract does not tell it, so it is one that readers of a quarter of a year have to page through. */
const DEFAULT_PAGE = 50;

/** One page of a list that is paged by `$skip`; the next link repeats the query with the next position. */
export function offsetPage(request: {
	call: GraphCall;
	entity: EntityType;
	context: string;
	items: ReadonlyArray<Readonly<Record<string, unknown>>>;
}): GraphAnswer {
	const { call, entity } = request;
	const { query } = call;
	const filter = query.get('$filter');
	let { items } = request;
	if (filter !== undefined) {
		const node = parseFilter(filter);
		checkFilter(node, entity, false);
		items = items.filter(compileFilter(node, entity));
	}
	const skip = position(query.get('$skip'), '$skip') ?? 0;
	const size = position(query.get('$top'), '$top') ?? DEFAULT_PAGE;
	if (size === 0) throw invalidQuery("Invalid value '0' for $top query option found.");
	const properties = Object.keys(entity.properties);
	const next = skip + size;
	return {
		status: 200,
		body: {
			'@odata.context': `${call.origin}/v1.0/$metadata#${request.context}`,
			...(query.wantsCount() ? { '@odata.count': items.length } : {}),
			...(next < items.length ? { '@odata.nextLink': nextLink(call, size, next) } : {}),
			value: items.slice(skip, next).map((item) => project(item, entity, properties)),
		},
	};
}

function position(value: string | undefined, name: string): number | undefined {
	if (value === undefined) return undefined;
	if (!/^\d+$/.test(value)) throw invalidQuery(`Invalid value '${value}' for ${name} query option found. The ${name} query option requires a non-negative integer value.`);
	return Number(value);
}

function nextLink(call: GraphCall, size: number, skip: number): string {
	const others = ['$filter', '$count'].flatMap((name) => {
		const value = call.query.get(name);
		return value === undefined ? [] : [`${name}=${encodeURIComponent(value)}`];
	});
	return `${call.address}?${[...others, `$top=${size}`, `$skip=${skip}`].join('&')}`;
}
