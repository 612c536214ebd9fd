/**
 * Absent is not blank. A property that was not read is absent (the key is missing or `undefined`) and says
 * nothing about the world. A property that was read and holds nothing is blank: `null`, an empty or
 * white-space string, or an empty list.
 */
export function isBlank(value: unknown): boolean {
	if (value === null) return true;
	if (typeof value === 'string') return value.trim() === '';
	return Array.isArray(value) && value.length === 0;
}
