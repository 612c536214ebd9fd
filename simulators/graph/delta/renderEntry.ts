import type { LinkChange } from '../../world/directoryChanges';
import type { TenantDirectory } from '../../world/tenantDirectory';
import { project } from '../odata/projection';
import type { DeltaEntry } from './entries';
import type { DeltaSource, Selection } from './source';

/**
 * The object of an entry as it is now; a property that was never set is absent, one that was cleared is null. An object
 * that is gone has its id and how it went.
 *
 * @param minimal only properties that changed
 */
export function renderEntry(tenant: TenantDirectory, source: DeltaSource, selection: Selection, entry: DeltaEntry, minimal: boolean): Record<string, unknown> {
	const { id, changed, update, earlier } = entry;
	if (earlier === 'changed' || earlier === 'deleted') return { id, '@removed': { reason: earlier } };
	const objects = tenant.objects[source.type];
	const live = objects.find(id);
	const removed = live ? undefined : objects.findRemoved(id);
	const object = live ?? (earlier === 'alive' ? removed : undefined);
	if (!object) return { id, '@removed': { reason: removed ? 'changed' : 'deleted' } };
	const values = object as unknown as Readonly<Record<string, unknown>>;
	const names = selection.properties.filter((name) => {
		if (name === 'id' || changed?.has(name)) return true;
		return values[name] !== undefined && !(minimal && update);
	});
	// What an open type holds is left out by others where it is unset; here it is told that it was cleared.
	const cleared = names.filter((name) => values[name] === undefined && !source.entity.properties[name]);
	const shown: Record<string, unknown> = { ...project(values, source.entity, names), ...Object.fromEntries(cleared.map((name) => [name, null])) };
	for (const relation of selection.relations) {
		const links = (entry.links ?? []).filter((link) => link.relation === relation).map(reference);
		if (links.length > 0) shown[`${relation}@delta`] = links;
	}
	return shown;
}

function reference({ to, cut }: LinkChange): Record<string, unknown> {
	return { '@odata.type': `#microsoft.graph.${to.type}`, id: to.id, ...(cut ? { '@removed': { reason: 'deleted' } } : {}) };
}
