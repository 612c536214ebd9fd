import type { Owner } from './owner';

/** A device that is registered or joined in Microsoft Entra ID. What was not read is missing (see blank.ts). */
export interface Device {
	kind: 'device';
	/** Entra tenant id, a GUID in lower case. */
	tenantId: string;
	/** Entra object id, a GUID in lower case; not the id that Intune knows. */
	id: string;
	/** The device's own GUID in lower case, by which a managed device is the same one; null: none was given. */
	deviceId?: string | null;
	displayName?: string | null;
	registeredOwners?: Owner[];
	/** Any further property the builder chose to read. */
	[property: string]: unknown;
}

/** A device that Intune manages. What was not read is missing (see blank.ts). */
export interface ManagedDevice {
	kind: 'managedDevice';
	/** Entra tenant id, a GUID in lower case. */
	tenantId: string;
	/** Intune's own id, a GUID in lower case. */
	id: string;
	deviceName?: string | null;
	/** The device in Entra, whose `deviceId` it is (not its object id); null: not registered there. */
	azureADDeviceId?: string | null;
	serialNumber?: string | null;
	/** Any further property the builder chose to read. */
	[property: string]: unknown;
}
