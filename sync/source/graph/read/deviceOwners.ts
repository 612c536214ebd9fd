import type { Device } from '../../../model/device';
import type { Owner } from '../../../model/owner';
import { inLanes } from '../../../inLanes';
import type { GraphClient } from '../transport/client';
import { collect, readPages } from '../transport/paging';
import { query, type RawRecord, type Reading } from '../transport/reading';
import { asOwner, OWNER_SELECT } from './owners';

/** `GET /devices/{id}/registeredOwners` */
export const DEVICE_OWNERS: Reading = {
	what: 'owners of a device',
	permission: 'Device.Read.All',
	alsoBy: ['Device.ReadWrite.All', 'Directory.Read.All', 'Directory.ReadWrite.All'],
	role: 'Global Reader',
	pageSize: 999,
	resourceUnits: 1,
};

/** `$expand` shows so many related objects, and not that there are more (contract: B0). */
const MOST_EXPANDED = 20;
/** Requests side by side. */
const LANES = 4;

/** Reads the owners of those devices anew that show as many as `$expand` shows at most. */
export async function completeOwners(client: GraphClient, found: readonly Device[]): Promise<void> {
	const cut = found.filter(({ registeredOwners }) => (registeredOwners?.length ?? 0) >= MOST_EXPANDED);
	await inLanes(cut, LANES, async (device) => {
		device.registeredOwners = await ownersOf(client, device.id);
	});
}

async function ownersOf(client: GraphClient, id: string): Promise<Owner[]> {
	const address = `/devices/${id}/registeredOwners${query({ $select: OWNER_SELECT, $top: DEVICE_OWNERS.pageSize })}`;
	return (await collect(readPages<RawRecord>(client, { reading: DEVICE_OWNERS, address, record: `device ${id}` }))).map(asOwner);
}
