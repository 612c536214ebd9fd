/** Where each id stands in its list. */
export function indexById(list: ReadonlyArray<{ id: string }>): Map<string, number> {
	const index = new Map<string, number>();
	for (let i = 0; i < list.length; i++) index.set(list[i].id, i);
	return index;
}
