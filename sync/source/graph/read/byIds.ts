import { inLanes } from '../../../inLanes';
import type { GraphClient } from '../transport/client';
import { collect, readPages } from '../transport/paging';
import { literal, query, type RawRecord, type Reading } from '../transport/reading';

/** A filter takes at most fifteen values after "in". */
const IDS_PER_REQUEST = 15;
/** Requests side by side. */
const LANES = 4;

/**
 * Those objects of a list that have one of these ids, fifteen in one request. What is not there does not come.
 *
 * @param path of the list, for example `/users`
 */
export async function readByIds(
	client: GraphClient,
	{ path, reading, select, expand }: { path: string; reading: Reading; select: string; expand?: string },
	ids: readonly string[],
): Promise<RawRecord[]> {
	const groups: string[][] = [];
	for (let start = 0; start < ids.length; start += IDS_PER_REQUEST) groups.push(ids.slice(start, start + IDS_PER_REQUEST));
	const found: RawRecord[][] = [];
	await inLanes(groups, LANES, async (group, index) => {
		const address = path + query({ $select: select, $expand: expand, $filter: `id in (${group.map(literal).join(',')})` });
		found[index] = await collect(readPages<RawRecord>(client, { reading, address }));
	});
	return found.flat();
}
