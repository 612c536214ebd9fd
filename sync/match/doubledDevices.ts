import type { Device, ManagedDevice } from '../model/device';
import type { SourceRecord } from '../model/sourceRecord';

/**
 * The source records without the devices of Entra that Intune manages as well and that are in the list as such: it is
 * one machine, and must not become two records. The managed one stays, since it has the serial number.
 */
export function withoutDoubledDevices(sources: readonly SourceRecord[]): SourceRecord[] {
	const managed = new Set(sources.flatMap((source) => (source.kind === 'managedDevice' ? ((source as ManagedDevice).azureADDeviceId ?? []) : [])));
	return managed.size === 0 ? [...sources] : sources.filter((source) => source.kind !== 'device' || !managed.has((source as Device).deviceId ?? ''));
}
