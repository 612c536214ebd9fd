import type { EntityType, Support } from '../entities/entityType';
import type { GraphCall } from '../graphCall';
import { invalidQuery, needsAdvancedQuery, unsupportedQuery } from '../graphFailure';

interface Place {
	key: string;
	sequence: number;
}

export interface Order<T> {
	/** Property and direction. */
	name: string;
	key(item: T): string;
	compare(left: Place, right: Place): number;
}

/** Reads `$orderby`: one property that the directory can sort by; with `$filter` it takes an advanced query. */
export function ordering<T>(request: {
	call: GraphCall;
	entity: EntityType;
	subject: (item: T) => Readonly<Record<string, unknown>>;
	advanced: boolean;
	alwaysAdvanced: boolean;
}): Order<T> | undefined {
	const { call, entity, subject } = request;
	const text = call.query.get('$orderby');
	if (text === undefined) return undefined;
	const match = /^(\w+)(?:\s+(asc|desc))?$/i.exec(text.trim());
	if (!match) throw invalidQuery(`Invalid $orderby clause: '${text}'.`);
	const name = match[1];
	if (!entity.properties[name]) throw invalidQuery(`Could not find a property named '${name}' on type '${entity.name}'.`);
	const support: Support | undefined = entity.orderBy[name];
	if (!support) throw unsupportedQuery('Sorting not supported for current query.');
	const needsAdvanced = support === 'advanced' || request.alwaysAdvanced || call.query.get('$filter') !== undefined;
	if (needsAdvanced && !request.advanced && !entity.outsideDirectory) throw needsAdvancedQuery();
	const sign = match[2]?.toLowerCase() === 'desc' ? -1 : 1;
	return {
		name: `${name} ${sign}`,
		key: (item) => String(subject(item)[name] ?? '').toLowerCase(),
		compare: (left, right) => {
			const way = left.key < right.key ? -1 : left.key > right.key ? 1 : 0;
			return sign * way || left.sequence - right.sequence;
		},
	};
}

const kept = new WeakMap<readonly unknown[], { version: number; name: string; items: readonly unknown[] }>();

/** The list in this order; sorted once per version of its tenant, not once per page. */
export function sorted<T extends { sequence: number }>(items: readonly T[], order: Order<T>, version: number): readonly T[] {
	const known = kept.get(items);
	if (known?.version === version && known.name === order.name) return known.items as readonly T[];
	const fresh = items
		.map((item) => ({ item, place: { key: order.key(item), sequence: item.sequence } }))
		.sort((left, right) => order.compare(left.place, right.place))
		.map(({ item }) => item);
	kept.set(items, { version, name: order.name, items: fresh });
	return fresh;
}
