/** Syncro's text filters: a part of the value is enough, in any case; a filter that was not sent lets everything pass. */
export function like(value: string, part: string | null): boolean {
	return part === null || value.toLowerCase().includes(part.toLowerCase());
}
