import { bringDevicesToThePresent } from '../../../scripts/workshop/presentDay';
import { HARBOR_TENANT_ID, smallWorld } from '../../../simulators/world';

it('the samples look the same next year: who was seen lately still was, and who was not still was not', () => {
	const world = smallWorld();
	const { managedDevices } = world.tenant(HARBOR_TENANT_ID).services;
	const nextYear = Date.parse('2027-12-01T00:00:00Z');
	const seenLately = (now: number) => managedDevices.all.filter(({ lastSyncDateTime }) => typeof lastSyncDateTime === 'string' && now - Date.parse(lastSyncDateTime) < 90 * 86_400_000).map(({ deviceName }) => deviceName);
	const before = seenLately(Date.parse('2026-11-24T00:00:00Z'));
	bringDevicesToThePresent(world, nextYear);
	expect(before).toContain('FRONT-DESK-01');
	expect(before).not.toContain('RITA-LAPTOP');
	expect(seenLately(nextYear)).toEqual(before);
});
