import { CUSTOM_FIELD, type FieldValue, type TargetField } from '../../model/targetRecord';

/** The custom field `properties.<label>`; undefined for any other name. */
export function customField(name: string): TargetField | undefined {
	const label = propertyLabel(name);
	return label === undefined || label.trim() === '' ? undefined : { name, label, type: 'text' };
}

/** The label in `properties.<label>`; undefined for any other name. */
export function propertyLabel(name: string): string | undefined {
	return name.startsWith(CUSTOM_FIELD) ? name.slice(CUSTOM_FIELD.length) : undefined;
}

/** A text as Syncro keeps it, so that two that are the same to it are alike. Blank and absent are both the empty string. */
export function storedText(value: FieldValue): string {
	return (value ?? '').normalize('NFC').replace(/\r\n?/g, '\n').trim();
}

/** The `properties` of an answer; undefined where it shows none. Syncro writes an empty map in several ways. */
export function propertiesOf(value: unknown): Record<string, unknown> | undefined {
	if (value === undefined) return undefined;
	return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...(value as Record<string, unknown>) } : {};
}

/**
 * The properties with every custom field that there is, blank ones as `null`: so a plan sees which labels do not exist.
 * What a record holds exists, whatever the list of fields says.
 */
export function withBlankFields(properties: Record<string, unknown>, labels: readonly string[]): Record<string, unknown> {
	return { ...Object.fromEntries(labels.map((label) => [label, null])), ...properties };
}
