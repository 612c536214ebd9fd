import type { Changed, DirectoryRecord } from '../../../model/sourceChange';
import type { DeltaSource } from '../delta/source';
import { tenantGuidOf } from '../read/organization';
import type { GraphClient } from '../transport/client';
import { query } from '../transport/reading';

/** A few records as changes would bring them, for somebody who builds a workflow and wants to see what comes. */
export async function sampleOf<T extends DirectoryRecord>(client: GraphClient, source: DeltaSource<T>, properties: readonly string[], count: number): Promise<Array<Changed<T>>> {
	const projection = source.projection(properties, client);
	const tenantId = await tenantGuidOf(client);
	const { value } = await client.read<{ value: Array<Record<string, unknown>> }>({
		reading: source.list,
		address: `/${source.resource}${query({ $select: projection.select.join(','), $top: count })}`,
		expects: 'list',
	});
	return value.map((raw) => ({ ...projection.record(raw, tenantId), change: 'changed', mode: 'incremental' }));
}
