import type { Changed, ChangeKind, DirectoryRecord } from '../../../model/sourceChange';
import type { Whereabouts } from '../../../model/person';
import { readByIds } from '../read/byIds';
import { tenantGuidOf } from '../read/organization';
import { whereaboutsOf } from '../read/whereabouts';
import type { GraphClient } from '../transport/client';
import type { DeltaSource } from './source';

/**
 * Objects that stand open since an earlier run and did not change since: as they are now, to be taken up again. (Only
 * people ever stand open.)
 *
 * @param ids object ids
 * @throws SyncError when one of them cannot be read
 */
export async function standingOpen<T extends DirectoryRecord>(
	client: GraphClient,
	source: DeltaSource<T>,
	properties: readonly string[],
	ids: readonly string[],
): Promise<Array<Changed<T>>> {
	if (ids.length === 0) return [];
	const { select, wanted, record } = source.projection(properties, client);
	const tenantId = await tenantGuidOf(client);
	const lookups = await source.lookups?.(client, properties, true);
	const reading = { ...source.list, resourceUnits: source.list.resourceUnits + (lookups?.resourceUnits ?? 0) };
	const raws = await readByIds(client, { path: `/${source.resource}`, reading, select: select.join(','), expand: lookups?.expand }, ids);
	const records = raws.map((raw) => record(raw, tenantId));
	await lookups?.tell(records, raws);

	const elsewhere = (id: string, change: ChangeKind, whereabouts: Whereabouts) =>
		({ kind: source.kind, tenantId, id, change, mode: 'incremental', why: 'open', whereabouts }) as Changed<T>;
	const found = records.map((one, index): Changed<T> => {
		const raw = raws[index];
		if (wanted && !wanted(raw)) return elsewhere(one.id, 'changed', raw.accountEnabled === false ? 'disabled' : 'filteredOut');
		return Object.assign(one, { change: 'changed', mode: 'incremental', why: 'open' } as const);
	});
	const there = new Set(found.map(({ id }) => id));
	const missing = ids.filter((id) => !there.has(id));
	for (const [id, where] of missing.length > 0 ? await whereaboutsOf(client, missing) : []) {
		found.push(elsewhere(id, where === 'softDeleted' || where === 'gone' ? where : 'changed', where));
	}
	return found;
}
