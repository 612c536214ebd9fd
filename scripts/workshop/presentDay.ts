import { HARBOR_TENANT_ID, type World } from '../../simulators/world';

/** The day on which the sample world stands still. */
const WORLD_DAY = Date.parse('2026-11-24T00:00:00Z');

/** The samples' devices were last seen a few days before today, whenever that is: templates leave out what was not seen for long. */
export function bringDevicesToThePresent(world: World, now = Date.now()): void {
	const passed = Math.max(0, now - WORLD_DAY);
	const { managedDevices } = world.tenant(HARBOR_TENANT_ID).services;
	for (const { id, lastSyncDateTime } of managedDevices.all) {
		if (typeof lastSyncDateTime === 'string') managedDevices.update(id, { lastSyncDateTime: new Date(Date.parse(lastSyncDateTime) + passed).toISOString() });
	}
}
