import { serialKey } from './serialNumber';
import type { SourceRecord } from './sourceRecord';
import type { SourceValue } from './targetDefinition';
import type { FieldValue } from './targetRecord';

/** What the field mapping offers of a device. Any other property that was read can be named as well. */
export const DEVICE_VALUES: readonly SourceValue[] = [
	{ name: 'complianceState', label: 'Compliance', description: 'As Intune judges it: compliant, noncompliant, inGracePeriod …' },
	{ name: 'deviceName', label: 'Device Name', read: ({ deviceName, displayName }) => text(deviceName === undefined ? displayName : deviceName) },
	{ name: 'enrolledDay', label: 'Enrolled', description: 'Day on which the device came under management', read: ({ enrolledDateTime }) => day(enrolledDateTime) },
	{ name: 'id', label: 'Object ID', description: 'Of the device in Intune; in Entra for one that Intune does not manage' },
	{ name: 'lastSeen', label: 'Last Seen', description: 'Day on which the device last spoke with Intune; written when it moved a week, or when a device that was not seen for long is seen again', activity: true, read: ({ lastSyncDateTime }) => day(lastSyncDateTime) },
	{ name: 'manufacturer', label: 'Manufacturer' },
	{ name: 'model', label: 'Model' },
	{ name: 'operatingSystem', label: 'Operating System' },
	{ name: 'osVersion', label: 'Operating System Version' },
	{ name: 'userPrincipalName', label: 'Owner, User Principal Name' },
	{ name: 'managedDeviceOwnerType', label: 'Ownership', description: 'Company or personal' },
	{ name: 'userDisplayName', label: 'Primary User', description: 'Display name of the primary user' },
	// Junk must not come into the field by which devices are told apart.
	{ name: 'serialNumber', label: 'Serial Number', description: 'Blank where the manufacturer gave none, such as "To Be Filled By O.E.M."', read: ({ serialNumber }) => (serialKey(serialNumber) === '' && serialNumber !== undefined ? null : text(serialNumber)) },
	{ name: 'wiFiMacAddress', label: 'Wi-Fi MAC Address' },
];

/** For targets that look it up (`TargetDefinition.linkedRecord`). */
export const OWNER_CONTACT: SourceValue = { name: 'ownerContactId', label: 'Owner, Contact in the Target', description: 'The contact that is linked with the primary user, as the sync of people remembers it' };

/** Whose device it is: the object id of its one user or owner; `null`: nobody's; `undefined`: not known, or of several. */
export function deviceOwner({ kind, userId, registeredOwners }: SourceRecord): string | null | undefined {
	if (kind === 'managedDevice') return userId as string | null | undefined;
	if (!Array.isArray(registeredOwners)) return undefined;
	if (registeredOwners.length === 0) return null;
	return registeredOwners.length === 1 ? (registeredOwners as Array<{ id: string }>)[0].id : undefined;
}

function text(value: unknown): FieldValue | undefined {
	return value === undefined ? undefined : value === null ? null : String(value);
}

function day(value: unknown): FieldValue | undefined {
	return typeof value === 'string' ? value.slice(0, 10) : text(value);
}
