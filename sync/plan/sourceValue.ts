import { isBlank } from '../model/blank';
import type { SourceRecord } from '../model/sourceRecord';
import type { SourceValue, TargetDefinition } from '../model/targetDefinition';
import type { FieldValue } from '../model/targetRecord';

/** What a mapping row names: a value that the target offers, one derived from its name, or any property. */
export function sourceValueNamed(name: string, definition: Pick<TargetDefinition, 'sourceValues' | 'derivedValue'>): SourceValue {
	return definition.sourceValues.find((value) => value.name === name) ?? definition.derivedValue?.(name) ?? { name, label: name };
}

/** @returns text, `null` when it is blank in the source, `undefined` when the source did not say */
export function readValue(source: SourceRecord, { name, read }: Pick<SourceValue, 'name' | 'read'>): FieldValue | undefined {
	const value: unknown = read ? read(source) : propertyOf(source, name);
	if (value === undefined) return undefined;
	if (isBlank(value)) return null;
	if (Array.isArray(value)) return value.filter((entry) => !isBlank(entry)).map(asText).join(', ') || null;
	return asText(value);
}

/** A property by its name, or one within another by `outer/inner`; a property that has the whole name comes first. */
function propertyOf(source: SourceRecord, name: string): unknown {
	if (Object.hasOwn(source, name)) return source[name];
	let value: unknown = source;
	for (const part of name.split('/')) {
		if (value === null) return null;
		if (typeof value !== 'object' || !Object.hasOwn(value, part)) return undefined;
		value = (value as Record<string, unknown>)[part];
	}
	return value;
}

function asText(value: unknown): string {
	return typeof value === 'object' ? JSON.stringify(value) : String(value).trim();
}
