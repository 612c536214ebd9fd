/**
 * Reads the form in which n8n stores executions: a JSON array whose first element is the value, and in which
 * every string inside an object or array is the index of the element that stands there. Circles are allowed.
 */
export function unflatten(text: string): unknown {
	const elements = JSON.parse(text) as unknown[];
	const seen = new Map<number, unknown>();
	const resolve = (index: number): unknown => {
		const element = elements[index];
		if (typeof element !== 'object' || element === null) return element;
		if (seen.has(index)) return seen.get(index);
		seen.set(index, element);
		for (const [key, value] of Object.entries(element)) {
			if (typeof value === 'string') (element as Record<string, unknown>)[key] = resolve(Number(value));
		}
		return element;
	};
	return resolve(0);
}
