import { unsetValue, type EntityType } from '../entities/entityType';
import { invalidQuery, notStored } from '../graphFailure';

/**
 * The properties that an answer carries: those of `$select`, else the type's defaults.
 *
 * @param options.collection lists refuse properties that the directory does not store
 * @param options.types further types that the objects may have (members of a group); a property of any of them is right
 */
export function selectedProperties(
	entity: EntityType,
	select: readonly string[] | undefined,
	options: { collection: boolean; types?: readonly EntityType[] },
): readonly string[] {
	if (!select) return entity.defaults ?? Object.keys(entity.properties);
	if (select.includes('*')) return Object.keys(entity.properties).filter((name) => !entity.offStore?.includes(name) && name !== 'signInActivity');
	for (const name of select) {
		if (![entity, ...(options.types ?? [])].some((type) => type.properties[name] || type.open?.test(name))) {
			throw invalidQuery(`Parsing OData Select and Expand failed: Could not find a property named '${name}' on type '${entity.name}'.`);
		}
		if (options.collection && entity.offStore?.includes(name)) throw notStored();
	}
	return select;
}

/** The object as Graph shows it: chosen properties only; an unset one is null, or an empty list, or absent from an open type. */
export function project(object: Readonly<Record<string, unknown>>, entity: EntityType, properties: readonly string[]): Record<string, unknown> {
	const shown: Record<string, unknown> = {};
	for (const name of properties) {
		const type = entity.properties[name];
		const value = object[name];
		if (entity.whole?.includes(name)) shown[name] = wholeValue(entity, name, value);
		else if (value !== undefined && (type !== undefined || entity.open?.test(name))) shown[name] = value;
		else if (type !== undefined && !entity.omittedWhenUnset?.includes(name)) shown[name] = unsetValue(type);
	}
	return shown;
}

/** All members of a complex property, those that were never set as null. */
function wholeValue(entity: EntityType, name: string, value: unknown): Record<string, unknown> {
	const unset = Object.fromEntries(Object.keys(entity.members?.[name] ?? {}).map((member) => [member, null]));
	return { ...unset, ...(value as Record<string, unknown> | undefined) };
}
