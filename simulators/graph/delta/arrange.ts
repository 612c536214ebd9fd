import { seededRandom } from '../../world/random';
import type { DeltaEntry } from './entries';
import type { DeltaSettings } from './settings';

/**
 * The entries of a round as they are served: large objects split, and with the liberties that the settings take. Of
 * whatever is told of one object the order stays, so that its last occurrence holds.
 */
export function arrange(entries: readonly DeltaEntry[], settings: DeltaSettings): DeltaEntry[] {
	const split = splitUp(entries, settings.linksPerPage);
	const told = settings.duplicates ? [...split, ...split] : split;
	return settings.outOfOrder ? shuffled(told) : told;
}

/** An object with more links than fit on a page comes in parts; a part of each follows every other object. */
function splitUp(entries: readonly DeltaEntry[], most: number): DeltaEntry[] {
	const served: DeltaEntry[] = [];
	const waiting = new Map<string, DeltaEntry[]>();
	const serveOneOfEach = () => {
		for (const [id, parts] of waiting) {
			served.push(...parts.splice(0, 1));
			if (parts.length === 0) waiting.delete(id);
		}
	};
	for (const entry of entries) {
		served.push(...(waiting.get(entry.id) ?? []));
		waiting.delete(entry.id);
		const [first, ...others] = partsOf(entry, most);
		served.push(first);
		serveOneOfEach();
		if (others.length > 0) waiting.set(entry.id, others);
	}
	while (waiting.size > 0) serveOneOfEach();
	return served;
}

function partsOf(entry: DeltaEntry, most: number): DeltaEntry[] {
	const { links } = entry;
	if (!links || links.length <= most) return [entry];
	const parts: DeltaEntry[] = [];
	for (let start = 0; start < links.length; start += most) parts.push({ ...entry, links: links.slice(start, start + most) });
	return parts;
}

/** The same entries give the same order. */
function shuffled(entries: readonly DeltaEntry[]): DeltaEntry[] {
	const random = seededRandom(entries.length);
	const placesById = new Map<string, number[]>();
	for (const { id } of entries) {
		const places = placesById.get(id);
		if (places) places.push(random());
		else placesById.set(id, [random()]);
	}
	for (const places of placesById.values()) places.sort((left, right) => right - left);
	return entries
		.map((entry) => ({ entry, place: placesById.get(entry.id)?.pop() ?? 0 }))
		.sort((left, right) => left.place - right.place)
		.map(({ entry }) => entry);
}
