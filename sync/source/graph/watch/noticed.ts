import type { Changed, DirectoryRecord } from '../../../model/sourceChange';
import { withBlanks, type DeltaSource } from '../delta/source';
import { tenantGuidOf } from '../read/organization';
import { whereaboutsOf } from '../read/whereabouts';
import type { GraphClient } from '../transport/client';
import { query } from '../transport/reading';
import type { ChangeNotice } from './notices';

/**
 * What became of the objects of which notifications came, each read by its id. The records are those that a delta
 * round would give. An object that is not found is told as soft-deleted only when it is among the deleted ones:
 * otherwise it may be too new to be found, and is left out; the next delta round knows.
 *
 * @throws SyncError when one of them cannot be read
 */
export async function readNoticed<T extends DirectoryRecord>(
	client: GraphClient,
	source: DeltaSource<T>,
	properties: readonly string[],
	notices: readonly ChangeNotice[],
): Promise<Array<Changed<T>>> {
	const projection = source.projection(properties, client);
	const tenantId = await tenantGuidOf(client);
	const removed = (id: string, change: 'softDeleted' | 'gone') => ({ kind: source.kind, tenantId, id, change, mode: 'incremental', whereabouts: change }) as Changed<T>;
	const records = new Map<string, Changed<T>>();
	const missing: string[] = [];
	for (const { id, deleted } of notices) if (deleted) records.set(id, removed(id, 'gone'));

	const live = notices.filter(({ deleted }) => !deleted);
	const requests = live.map(({ id }) => ({
		reading: source.list,
		address: `/${source.resource}/${id}${query({ $select: projection.select.join(',') })}`,
		expects: 'object' as const,
		record: `${source.kind} ${id}`,
	}));
	for (const [index, answer] of (await client.batch(requests)).entries()) {
		const { id } = live[index];
		if (answer.status === 404) missing.push(id);
		else if (answer.status !== 200) throw client.explain(answer, requests[index]);
		else {
			const raw = withBlanks(answer.body as Record<string, unknown>, projection);
			records.set(id, { ...projection.record({ ...raw, id }, tenantId), change: 'changed', mode: 'incremental' });
		}
	}
	if (source.resource === 'users' && missing.length > 0) {
		for (const [id, where] of await whereaboutsOf(client, missing)) if (where === 'softDeleted') records.set(id, removed(id, 'softDeleted'));
	}
	return notices.flatMap(({ id }) => records.get(id) ?? []);
}
