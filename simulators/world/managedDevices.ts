import { guidOf } from './random';

/** What Intune writes where there is no date: not null, in either direction of time. */
export const NEVER = '0001-01-01T00:00:00Z';
export const FOREVER = '9999-12-31T23:59:59Z';
/** Intune's `azureADDeviceId` for a device that Entra does not know. */
export const NO_DEVICE_ID = '00000000-0000-0000-0000-000000000000';

/** A device that Intune manages. Names are Graph's own; what is not given gets Intune's own nothing. */
export interface ManagedDeviceSeed {
	/** GUID in lower case; not the device's id in Entra. */
	id: string;
	deviceName: string;
	userId?: string;
	userPrincipalName?: string;
	userDisplayName?: string;
	emailAddress?: string;
	managedDeviceOwnerType?: 'unknown' | 'company' | 'personal';
	enrolledDateTime?: string;
	lastSyncDateTime?: string;
	operatingSystem?: string;
	osVersion?: string;
	complianceState?: 'unknown' | 'compliant' | 'noncompliant' | 'conflict' | 'error' | 'inGracePeriod' | 'configManager';
	complianceGracePeriodExpirationDateTime?: string;
	managementAgent?: 'mdm' | 'easMdm' | 'msSense' | 'configurationManagerClientMdm' | 'unknown';
	managementState?: 'managed' | 'retirePending' | 'wipePending' | 'unhealthy' | 'deletePending' | 'discovered';
	/** `deviceId` of the device in Entra. */
	azureADDeviceId?: string;
	azureADRegistered?: boolean | null;
	deviceEnrollmentType?: 'unknown' | 'userEnrollment' | 'windowsAzureADJoin' | 'windowsAutoEnrollment' | 'appleBulkWithUser' | 'appleUserEnrollment';
	deviceRegistrationState?: 'registered' | 'notRegistered' | 'revoked' | 'unknown';
	isEncrypted?: boolean;
	isSupervised?: boolean;
	jailBroken?: string;
	model?: string;
	manufacturer?: string;
	serialNumber?: string;
	imei?: string;
	phoneNumber?: string;
	/** Twelve hex digits. */
	wiFiMacAddress?: string;
	totalStorageSpaceInBytes?: number;
	freeStorageSpaceInBytes?: number;
	/** These only show when one device is read (contract B5). */
	ethernetMacAddress?: string;
	physicalMemoryInBytes?: number;
	notes?: string;
	udid?: string;
	iccid?: string;
}

export interface ManagedDevice extends ManagedDeviceSeed {
	/** Place in the list, growing. */
	sequence: number;
}

/** The devices under one tenant's management. */
export class ManagedDevices {
	private listed: readonly ManagedDevice[];
	private nextSequence: number;

	constructor(seeds: readonly ManagedDeviceSeed[]) {
		this.listed = seeds.map((seed, index) => ({ ...seed, sequence: index + 1 }));
		this.nextSequence = seeds.length + 1;
	}

	/** By sequence; another array after every change. */
	get all(): readonly ManagedDevice[] {
		return this.listed;
	}

	/** Whatever the case of the id. */
	find(id: string): ManagedDevice | undefined {
		const key = id.toLowerCase();
		return this.listed.find((device) => device.id === key);
	}

	add(device: Partial<ManagedDeviceSeed> & Pick<ManagedDeviceSeed, 'deviceName'>): ManagedDevice {
		const added = { id: guidOf(`managed device ${device.deviceName} ${this.nextSequence}`), ...device, sequence: this.nextSequence++ };
		this.listed = [...this.listed, added];
		return added;
	}

	update(id: string, patch: Partial<Omit<ManagedDeviceSeed, 'id'>>): ManagedDevice {
		const changed = { ...this.get(id), ...patch };
		this.listed = this.listed.map((device) => (device.id === changed.id ? changed : device));
		return changed;
	}

	/** Retired or wiped: Intune forgets it. */
	remove(id: string): void {
		const gone = this.get(id);
		this.listed = this.listed.filter((device) => device !== gone);
	}

	private get(id: string): ManagedDevice {
		const device = this.find(id);
		if (!device) throw new Error(`No managed device ${id}`);
		return device;
	}
}
