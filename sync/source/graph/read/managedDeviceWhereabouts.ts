import type { Whereabouts } from '../../../model/person';
import { SyncError } from '../../../model/syncError';
import { isGuid } from '../signIn/entraApp';
import type { GraphClient } from '../transport/client';
import type { GraphRequest } from '../transport/exchange';
import { MANAGED_DEVICES } from './managedDevices';

/**
 * Where managed devices are that were not in the list: there but filtered out, or gone from Intune. Each is asked for by
 * id, twenty on one way: Intune documents no filter for several.
 *
 * @param ids Intune's own ids
 * @returns one entry per id, in lower case
 * @throws SyncError when any of the reads fails: a device is gone only when Intune says so
 */
export async function managedDeviceWhereabouts(client: GraphClient, ids: Iterable<string>): Promise<Map<string, Whereabouts>> {
	const wanted = [...new Set([...ids].map((id) => id.trim().toLowerCase()))];
	const malformed = wanted.find((id) => !isGuid(id));
	if (malformed !== undefined) {
		throw new SyncError(`"${malformed}" is not the ID of a managed device.`, {
			class: 'input',
			code: 'graph.managedDeviceId',
			remedy: 'The links of this pairing hold an ID that is not one of Intune’s. Forget that link (Sync Ledger → Link → Forget) and run again.',
			tenantId: client.tenant,
		});
	}
	const requests = wanted.map((id): GraphRequest => ({ reading: MANAGED_DEVICES, address: `/deviceManagement/managedDevices/${id}?$select=id`, expects: 'object', record: `managed device ${id}` }));
	const answers = requests.length > 0 ? await client.batch(requests) : [];
	return new Map(
		answers.map((answer, index): [string, Whereabouts] => {
			if (answer.status === 200) return [wanted[index], 'filteredOut'];
			if (answer.status === 404) return [wanted[index], 'gone'];
			throw client.explain(answer, requests[index]);
		}),
	);
}
