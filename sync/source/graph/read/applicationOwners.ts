import type { Owner } from '../../../model/owner';
import type { GraphClient } from '../transport/client';
import type { GraphRequest } from '../transport/exchange';
import { collect, readPages } from '../transport/paging';
import { query, type RawRecord, type Reading } from '../transport/reading';
import { asOwner, OWNER_SELECT } from './owners';

/** `GET /applications/{id}/owners` (https://learn.microsoft.com/graph/api/application-list-owners); names need User.Read.All as well. */
export const APPLICATION_OWNERS: Reading = {
	what: 'owners of an app registration',
	permission: 'Application.Read.All',
	alsoBy: ['Application.ReadWrite.All', 'Directory.Read.All', 'Directory.ReadWrite.All'],
	role: 'Global Reader',
	pageSize: 999,
	resourceUnits: 1,
};

/**
 * Owners of app registrations, twenty in one request.
 *
 * @param ids object ids of the registrations
 * @returns by id; a registration that was deleted since is missing
 * @throws SyncError when any of them cannot be read: an app without owners would be taken to the wrong people
 */
export async function applicationOwners(client: GraphClient, ids: Iterable<string>): Promise<Map<string, Owner[]>> {
	const wanted = [...new Set(ids)];
	const requests = wanted.map(
		(id): GraphRequest => ({ reading: APPLICATION_OWNERS, address: `/applications/${id}/owners${query({ $select: OWNER_SELECT, $top: APPLICATION_OWNERS.pageSize })}`, expects: 'list', record: `app registration ${id}` }),
	);
	const owners = new Map<string, Owner[]>();
	const answers = await client.batch(requests);
	for (const [index, answer] of answers.entries()) {
		if (answer.status === 404) continue;
		if (answer.status !== 200) throw client.explain(answer, requests[index]);
		const page = answer.body as { value: RawRecord[]; '@odata.nextLink'?: string };
		const next = page['@odata.nextLink'];
		const raws = next === undefined ? page.value : [...page.value, ...(await collect(readPages<RawRecord>(client, { ...requests[index], address: next })))];
		owners.set(wanted[index], raws.map(asOwner));
	}
	return owners;
}
