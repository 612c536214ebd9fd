import type { Owner } from '../../../model/owner';
import type { RawRecord, ReadableProperty } from '../transport/reading';
import { asOwner } from './owners';
import { defaultsOf } from './projection';

/** What can be read of a device in Entra. */
export const DEVICE_PROPERTIES: readonly ReadableProperty[] = [
	{ name: 'displayName', label: 'Display Name', description: 'Name of the device', byDefault: true },
	{ name: 'deviceId', label: 'Device ID', description: 'The device’s own ID, by which Intune knows it', value: ({ deviceId }) => guid(deviceId), byDefault: true },
	{ name: 'accountEnabled', label: 'Account Enabled', description: 'Whether the device may sign in', byDefault: true },
	{ name: 'operatingSystem', label: 'Operating System', description: 'For example Windows or iOS', byDefault: true },
	{ name: 'operatingSystemVersion', label: 'Operating System Version', description: 'Version of the operating system', byDefault: true },
	{ name: 'trustType', label: 'Trust Type', description: 'Workplace: registered; AzureAd: joined; ServerAd: joined to Active Directory as well', byDefault: true },
	{ name: 'isManaged', label: 'Managed', description: 'Whether a management service manages it; blank: not known', byDefault: true },
	{ name: 'isCompliant', label: 'Compliant', description: 'Whether it fulfils the policies; blank: not known', byDefault: true },
	{ name: 'approximateLastSignInDateTime', label: 'Last Seen', description: 'Moment of about the last sign-in; Entra notes it every 14 days', byDefault: true },
	{ name: 'registeredOwners', label: 'Registered Owners', description: 'To whom the device is registered. Costs a resource unit more per page.', from: [], value: ownersOf, byDefault: true },
	{ name: 'deviceOwnership', label: 'Ownership', description: 'Company or Personal' },
	{ name: 'enrollmentType', label: 'Enrollment Type', description: 'How the device came under management' },
	{ name: 'managementType', label: 'Management Type', description: 'Kind of service that manages it, for example mdm' },
	{ name: 'manufacturer', label: 'Manufacturer', description: 'Manufacturer of the device' },
	{ name: 'model', label: 'Model', description: 'Model of the device' },
	{ name: 'onPremisesLastSyncDateTime', label: 'On-Premises Last Sync', description: 'Of devices synchronised from Active Directory' },
	{ name: 'onPremisesSyncEnabled', label: 'On-Premises Sync Enabled', description: 'True: synchronised; false: no longer; blank: never' },
	{ name: 'physicalIds', label: 'Physical IDs', description: 'Identifiers such as the Autopilot ID ([ZTDID])' },
	{ name: 'profileType', label: 'Profile Type', description: 'RegisteredDevice, SecureVM, Printer, Shared or IoT' },
	{ name: 'registrationDateTime', label: 'Registered', description: 'Moment at which the device was registered' },
	{ name: 'systemLabels', label: 'System Labels', description: 'Labels that the service gave' },
];

export const DEFAULT_DEVICE_PROPERTIES: readonly string[] = defaultsOf(DEVICE_PROPERTIES);

/** The owners that came with a device; undefined when none were asked for. */
function ownersOf({ registeredOwners }: RawRecord): Owner[] | undefined {
	return Array.isArray(registeredOwners) ? (registeredOwners as RawRecord[]).map(asOwner) : undefined;
}

/** GUIDs in lower case, so that they can be compared; a device without one of its own has all zeros. */
export function guid(value: unknown): string | null | undefined {
	if (typeof value !== 'string') return value === undefined ? undefined : null;
	return value === '' || /^[0-]+$/.test(value) ? null : value.toLowerCase();
}
