import type { Device } from '../../../model/device';
import { DEVICE_PROPERTIES } from '../read/deviceProperties';
import { DEVICES } from '../read/devices';
import { projectRecords } from '../read/projection';
import type { ReadableProperty, Reading } from '../transport/reading';
import { comesWithChanges, type DeltaSource } from './source';

/** `GET /devices/delta`: 1 unit (contract: B1). */
export const DEVICES_DELTA: Reading = { ...DEVICES, what: 'changes of devices', pageSize: undefined };

/** What can be read of a device together with its changes: not its owners, of which delta does not tell. */
export const DEVICE_CHANGE_PROPERTIES: readonly ReadableProperty[] = DEVICE_PROPERTIES.filter(comesWithChanges);

/** Lists of Entra's `device` that are never null. */
const COLLECTIONS: ReadonlySet<string> = new Set(['alternativeSecurityIds', 'hostnames', 'physicalIds', 'systemLabels']);

/** Devices, as Entra knows them, and their changes. */
export function devicesSource(): DeltaSource<Device> {
	return {
		resource: 'devices',
		kind: 'device',
		list: DEVICES,
		changes: DEVICES_DELTA,
		projection(properties) {
			const projected = projectRecords(DEVICE_CHANGE_PROPERTIES, properties);
			return {
				select: projected.select.split(','),
				relations: [],
				fromTheBeginning: false,
				collections: COLLECTIONS,
				filter: '',
				record(raw, tenantId) {
					const device: Device = { kind: 'device', tenantId, id: (raw.id as string).toLowerCase() };
					projected.copy(device, raw);
					return device;
				},
				relate: () => undefined,
			};
		},
	};
}
