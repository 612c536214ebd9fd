import type { EmptyList } from '../../../sync/model/emptyList';

/** The records, or the marker that says that the list was read to its end and holds none. */
export function orEmptyList(records: object[], list: EmptyList['list'], tenantId: string, note: string): object[] {
	if (records.length > 0) return records;
	const marker: EmptyList = { kind: 'emptyList', list, tenantId, note };
	return [marker];
}
