import type { ManagedDeviceSeed } from './managedDevices';
import { FOREVER, NO_DEVICE_ID } from './managedDevices';
import { DEVICES, deviceIdOf, DOMAIN, MANAGED_DEVICES, PEOPLE } from './smallTenantIds';

const COMPUTER = {
	managedDeviceOwnerType: 'company',
	operatingSystem: 'Windows',
	osVersion: '10.0.26100.4652',
	complianceState: 'compliant',
	managementAgent: 'mdm',
	deviceEnrollmentType: 'windowsAzureADJoin',
	deviceRegistrationState: 'registered',
	isEncrypted: true,
	manufacturer: 'LENOVO',
	model: '21HD',
	enrolledDateTime: '2024-05-02T08:11:00Z',
	lastSyncDateTime: '2026-11-22T05:44:10Z',
	totalStorageSpaceInBytes: 511_101_108_224,
	freeStorageSpaceInBytes: 301_202_931_712,
	physicalMemoryInBytes: 17_179_869_184,
} as const satisfies Partial<ManagedDeviceSeed>;

const of = (userId: string, local: string, userDisplayName: string) => ({ userId, userPrincipalName: `${local}@${DOMAIN}`, userDisplayName });

/** Harbor Dental's devices under management, with what makes matching hard. */
export function harborManagedDevices(): ManagedDeviceSeed[] {
	return [
		{
			...COMPUTER, ...of(PEOPLE.ada, 'ada.brandt', 'Ada Brandt'), id: MANAGED_DEVICES.frontDesk, deviceName: 'FRONT-DESK-01',
			azureADDeviceId: deviceIdOf(DEVICES.frontDesk), serialNumber: 'PF4ABC12', wiFiMacAddress: 'A1B2C3D4E5F6', ethernetMacAddress: 'A1B2C3D4E5F7', notes: 'Behind the counter',
		},
		{
			...COMPUTER, ...of(PEOPLE.zoe, 'zoe.mueller', 'Zoë Müller'), id: MANAGED_DEVICES.operatory, deviceName: 'OPERATORY-2',
			azureADDeviceId: deviceIdOf(DEVICES.operatory), serialNumber: 'PF4ABC13', wiFiMacAddress: '0A1B2C3D4E5F', complianceState: 'noncompliant',
			complianceGracePeriodExpirationDateTime: '2026-11-25T00:00:00Z', isEncrypted: false,
		},
		// Two home-built computers: what stands where the serial number should.
		{
			...COMPUTER, ...of(PEOPLE.lee, 'lee.chan+vip', 'Lee Chan'), id: MANAGED_DEVICES.homeBuilt, deviceName: 'DESKTOP-7F3K2',
			azureADDeviceId: deviceIdOf(DEVICES.desktopNew), serialNumber: 'To Be Filled By O.E.M.', manufacturer: 'ASUS', model: 'System Product Name', wiFiMacAddress: '',
		},
		{ ...COMPUTER, id: MANAGED_DEVICES.shared, deviceName: 'XRAY-ROOM', azureADDeviceId: NO_DEVICE_ID, azureADRegistered: false, deviceRegistrationState: 'notRegistered', serialNumber: '0', manufacturer: 'Dell Inc.', model: 'OptiPlex 7010' },
		// Nobody has seen it for more than a year; its owner is deleted.
		{
			...COMPUTER, ...of(PEOPLE.rita, 'rita.vance', 'Rita Vance'), id: MANAGED_DEVICES.longUnseen, deviceName: 'RITA-LAPTOP',
			azureADDeviceId: deviceIdOf(DEVICES.orphan), serialNumber: 'PF2OLD01', complianceState: 'unknown', lastSyncDateTime: '2025-08-14T17:20:31Z',
		},
		// Their own.
		{
			...of(PEOPLE.nina, 'nina.patel', 'Nina Patel'), id: MANAGED_DEVICES.ownPhone, deviceName: 'Nina’s iPhone', managedDeviceOwnerType: 'personal',
			azureADDeviceId: deviceIdOf(DEVICES.phone), operatingSystem: 'iOS', osVersion: '19.1', manufacturer: 'Apple', model: 'iPhone 15', serialNumber: 'F2LZX0ABCD', imei: '356938035643809', phoneNumber: '********113',
			complianceState: 'inGracePeriod', complianceGracePeriodExpirationDateTime: FOREVER, deviceEnrollmentType: 'appleUserEnrollment', deviceRegistrationState: 'registered',
			enrolledDateTime: '2025-09-30T12:05:00Z', lastSyncDateTime: '2026-11-20T18:30:00Z', wiFiMacAddress: 'B0C1D2E3F405', udid: '00008120-001A2B3C4D5E6F70', isEncrypted: true, jailBroken: 'False',
		},
		// Just enrolled: it has not reported yet.
		{ ...of(PEOPLE.sean, "sean.o'neil", "Sean O'Neil"), id: MANAGED_DEVICES.justEnrolled, deviceName: 'AndroidForWork_11/22', operatingSystem: 'Android', enrolledDateTime: '2026-11-22T07:58:00Z', managedDeviceOwnerType: 'unknown' },
	];
}
