import type { EntityType } from '../entities/entityType';
import { invalidQuery, notSimulated, unsupportedQuery } from '../graphFailure';
import { splitNames } from './queryOptions';
import { selectedProperties } from './projection';

export interface Expansion {
	navigation: string;
	/** Properties of the related object. */
	properties: readonly string[];
	/** Those that were asked for by name. */
	select: readonly string[] | undefined;
	/** As it goes into `@odata.context`. */
	text: string;
}

const EXPRESSION = /^(\w+)(?:\(([^()]*)\))?$/;

/**
 * Reads `$expand=manager($select=id,displayName)`: one relationship, and only its `$select`.
 *
 * @param types further types that related objects may have
 */
export function parseExpand(expand: string, entity: EntityType, related: EntityType, types: readonly EntityType[] = []): Expansion {
	if (/,(?![^()]*\))/.test(expand)) throw unsupportedQuery('The request uses more than one $expand clause, and only one is supported.');
	const match = EXPRESSION.exec(expand.trim());
	if (!match) throw invalidQuery(`Parsing OData Select and Expand failed: Term '${expand}' is not valid in a $select or $expand expression.`);
	const [, navigation, inner] = match;
	if (!entity.expand?.includes(navigation)) {
		if (entity.properties[navigation]) {
			throw invalidQuery(`Parsing OData Select and Expand failed: Property '${navigation}' on type '${entity.name}' is not a navigation property.`);
		}
		throw notSimulated(`$expand=${navigation} on ${entity.name}`);
	}
	let names: string[] | undefined;
	for (const option of (inner ?? '').split(';').filter((part) => part.trim() !== '')) {
		const [name, value] = option.split('=').map((part) => part.trim());
		if (name !== '$select' || value === undefined) throw notSimulated(`${name} inside $expand`);
		names = splitNames(value);
	}
	return {
		navigation,
		properties: selectedProperties(related, names, { collection: false, types }),
		select: names,
		text: `${navigation}(${names ? names.join(',') : ''})`,
	};
}
