import type { DirectoryChange, LinkChange } from '../../world/directoryChanges';
import type { TenantDirectory } from '../../world/tenantDirectory';
import type { DeltaQuery } from './deltaTokens';
import type { DeltaSettings } from './settings';
import { linksOf, selectionOf, type DeltaSource, type Selection } from './source';

/** One thing that a round tells of one object. How the object looks is asked when its page is served. */
export interface DeltaEntry {
	id: string;
	/** Properties and relationships that changed; those that are unset now were cleared. Undefined in a first round. */
	changed?: ReadonlySet<string>;
	/** Nothing but updates: whoever prefers it is told of what changed alone. */
	update?: boolean;
	links?: readonly LinkChange[];
	/** Set when the round tells more of this object further on: whether it was alive then, or how it went. */
	earlier?: 'alive' | 'changed' | 'deleted';
}

/** Everything there is, and what can be restored. */
export function firstEntries(tenant: TenantDirectory, source: DeltaSource, query: DeltaQuery, settings: DeltaSettings): DeltaEntry[] {
	const { relations } = selectionOf(source, query);
	const { live, removed } = tenant.objects[source.type];
	const wanted = ({ id }: { id: string }) => !query.ids || query.ids.has(id);
	return [
		...live.filter(wanted).map((object) => (relations.length === 0 ? { id: object.id } : { id: object.id, links: linksOf(tenant, source, object, relations) })),
		...(settings.removedInFirstRound ? removed.filter(wanted).map(({ id }) => ({ id })) : []),
	];
}

/** What changed behind `since`, up to `to`, and touches what the query selects. */
export function changedEntries(
	tenant: TenantDirectory,
	source: DeltaSource,
	query: DeltaQuery,
	settings: DeltaSettings,
	{ since, to }: { since: number; to: number },
): DeltaEntry[] {
	const selection = selectionOf(source, query);
	const selected = new Set<string>([...selection.properties, ...selection.relations]);
	const changes = tenant.log
		.between(since, to)
		.filter(({ type, id }) => type === source.type && (!query.ids || query.ids.has(id)))
		.filter(({ properties }) => !properties || properties.some((name) => selected.has(name)));
	// In the order of each object's last change.
	const byId = new Map<string, DirectoryChange[]>();
	for (const change of changes) {
		const known = byId.get(change.id) ?? [];
		known.push(change);
		byId.delete(change.id);
		byId.set(change.id, known);
	}
	if (settings.folded) return [...byId.values()].map((all) => entryOf(tenant, source, selection, all));
	return changes.map((change) => {
		const entry = entryOf(tenant, source, selection, [change]);
		return byId.get(change.id)?.at(-1) === change ? entry : { ...entry, earlier: stateAfter(change) };
	});
}

function stateAfter({ kind }: DirectoryChange): NonNullable<DeltaEntry['earlier']> {
	return kind === 'softDeleted' ? 'changed' : kind === 'deleted' ? 'deleted' : 'alive';
}

/** @param changes of one object, oldest first, at least one */
function entryOf(tenant: TenantDirectory, source: DeltaSource, { relations }: Selection, changes: readonly DirectoryChange[]): DeltaEntry {
	const [{ id }] = changes;
	const object = tenant.objects[source.type].find(id);
	const links = new Map<string, LinkChange>();
	for (const link of changes.flatMap((change) => change.links ?? [])) {
		if (!relations.includes(link.relation)) continue;
		const key = `${link.relation} ${link.to.id}`;
		links.delete(key);
		links.set(key, link);
	}
	const changed = new Set(changes.flatMap(({ properties }) => properties ?? []));
	if (changes.every(({ kind }) => kind === 'updated')) return { id, changed, update: true, links: [...links.values()] };
	const now = object ? linksOf(tenant, source, object, relations) : [];
	const present = new Set(now.map((link) => `${link.relation} ${link.to.id}`));
	return { id, changed, links: [...now, ...[...links].filter(([key, { cut }]) => cut && !present.has(key)).map(([, link]) => link)] };
}
