import type { Harness, Json } from './setup';

/** What a client knows after folding what it was told: `true` members are in, removed ones are gone. */
export interface Known {
	properties: Record<string, Json>;
	links: Record<string, Set<string>>;
}

/** Reads one round from a link or a path below `/v1.0` to its delta link. */
export async function readRound(
	harness: Harness,
	start: string,
	options: { headers?: Record<string, string>; betweenPages?: () => void } = {},
): Promise<{ pages: Json[]; entries: Json[]; deltaLink: string }> {
	const pages: Json[] = [];
	let next: string | undefined = start;
	while (next !== undefined) {
		const { status, body }: { status: number; body: Json } = await harness.get(next, options);
		if (status !== 200) throw new Error(`${next}: ${status} ${JSON.stringify(body)}`);
		pages.push(body);
		if (pages.length > 2000) throw new Error('the round never ends');
		next = body['@odata.nextLink'];
		if (next !== undefined) options.betweenPages?.();
	}
	return { pages, entries: pages.flatMap((page) => page.value), deltaLink: pages.at(-1)['@odata.deltaLink'] };
}

/** Folds what a round told into what is known already: the last occurrence of each object and link holds. */
export function fold(known: Map<string, Known>, entries: readonly Json[]): void {
	for (const { id, '@removed': removed, ...told } of entries) {
		if (removed) {
			known.delete(id);
			continue;
		}
		const object = known.get(id) ?? { properties: {}, links: {} };
		known.set(id, object);
		for (const [name, value] of Object.entries(told) as Array<[string, Json]>) {
			if (!name.endsWith('@delta')) {
				object.properties[name] = value;
				continue;
			}
			const links = (object.links[name.replace('@delta', '')] ??= new Set());
			for (const link of value) {
				if (link['@removed']) links.delete(link.id);
				else links.add(link.id);
			}
		}
	}
}
