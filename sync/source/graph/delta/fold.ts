import type { RelatedObject } from '../../../model/sourceChange';

/** One object as a page of a delta round tells it: the whole of it, a part of its relations, or that it is removed. */
export type DeltaEntry = Record<string, unknown> & { id?: unknown; '@removed'?: { reason?: unknown } };

/** What one or many entries say of a relation. */
export interface FoldedRelation {
	added: RelatedObject[];
	/** Object ids. */
	removed: string[];
}

/** What all entries of a round say of one object. */
export interface FoldedObject {
	/** Lower case. */
	id: string;
	state: 'live' | 'softDeleted' | 'gone';
	/** The round told first that it was removed, and then that it is there. */
	returned: boolean;
	/** As Graph names them, without relations; empty unless it is live. */
	properties: Record<string, unknown>;
	/** By name (`members`, `manager`); one that is not told of is missing: it is as it was. */
	relations: Record<string, FoldedRelation>;
}

const RELATION = '@delta';

/**
 * Folds the entries of a delta round into one change per object. The service may tell an object several times, cut
 * its members into parts that come with other objects in between, and repeat what it told before (contract: B3.6,
 * B3.7). What comes later counts, for each property and for each member; only `deleted` counts wherever it stands,
 * because an object id never comes back.
 */
export class Fold {
	private readonly objects = new Map<string, Folding>();

	/** @param id the entry's id, lower case */
	add(id: string, entry: DeltaEntry): void {
		let object = this.objects.get(id);
		if (!object) this.objects.set(id, (object = { state: 'live', removedBefore: false, properties: {}, relations: new Map() }));
		if (object.state === 'gone') return;
		const removed = entry['@removed'];
		if (removed) {
			object.state = removed.reason === 'deleted' ? 'gone' : 'softDeleted';
			object.removedBefore = true;
			object.properties = {};
			object.relations.clear();
			return;
		}
		object.state = 'live';
		for (const [name, value] of Object.entries(entry)) {
			if (name.endsWith(RELATION)) relate(object.relations, name.slice(0, -RELATION.length), value);
			else if (!name.startsWith('@')) object.properties[name] = value;
		}
	}

	/** One per object, in the order in which the objects were first told of. */
	result(): FoldedObject[] {
		const folded: FoldedObject[] = [];
		for (const [id, { state, removedBefore, properties, relations }] of this.objects) {
			folded.push({
				id,
				state,
				returned: state === 'live' && removedBefore,
				properties,
				relations: Object.fromEntries([...relations].map(([name, related]) => [name, relation(related)])),
			});
		}
		return folded;
	}
}

/** Related objects by id; null for one that was taken out. */
type Related = Map<string, string | null>;

interface Folding {
	state: FoldedObject['state'];
	removedBefore: boolean;
	properties: Record<string, unknown>;
	relations: Map<string, Related>;
}

function relate(relations: Map<string, Related>, name: string, told: unknown): void {
	let related = relations.get(name);
	if (!related) relations.set(name, (related = new Map()));
	for (const entry of (Array.isArray(told) ? told : []) as DeltaEntry[]) {
		if (typeof entry?.id !== 'string') continue;
		const id = entry.id.toLowerCase();
		// Told anew it stands last, as the last of several managers has to.
		related.delete(id);
		related.set(id, entry['@removed'] ? null : typeOf(entry));
	}
}

function relation(related: Related): FoldedRelation {
	const folded: FoldedRelation = { added: [], removed: [] };
	for (const [id, type] of related) {
		if (type === null) folded.removed.push(id);
		else folded.added.push({ id, type });
	}
	return folded;
}

/** `#microsoft.graph.user` → `user` */
function typeOf(entry: DeltaEntry): string {
	const type = entry['@odata.type'];
	return typeof type === 'string' ? type.slice(type.lastIndexOf('.') + 1) : '';
}
