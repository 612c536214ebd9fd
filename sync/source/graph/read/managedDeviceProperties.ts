import type { RawRecord, ReadableProperty } from '../transport/reading';
import { guid } from './deviceProperties';
import { defaultsOf } from './projection';

/**
 * What can be read of a device that Intune manages. Intune cannot leave dates and GUIDs blank: it gives the first or
 * the last day of the calendar, and all zeros (contract: B5); these become blank here.
 */
export const MANAGED_DEVICE_PROPERTIES: readonly ReadableProperty[] = [
	text('deviceName', 'Device Name', 'Name of the device', true),
	text('serialNumber', 'Serial Number', 'As the manufacturer gave it; some give text such as "Default string"', true),
	{ name: 'azureADDeviceId', label: 'Entra Device ID', description: 'The device in Entra, as its device ID (not object ID); blank: not registered', value: (raw) => guid(raw.azureADDeviceId), byDefault: true },
	{ name: 'userId', label: 'User ID', description: 'Object ID of the primary user', value: (raw) => guid(raw.userId), byDefault: true },
	text('userPrincipalName', 'User Principal Name', 'Of the primary user', true),
	text('userDisplayName', 'User Display Name', 'Of the primary user', true),
	text('managedDeviceOwnerType', 'Ownership', 'company, personal or unknown', true),
	text('operatingSystem', 'Operating System', 'For example Windows or iOS', true),
	text('osVersion', 'Operating System Version', 'Version of the operating system', true),
	text('complianceState', 'Compliance', 'compliant, noncompliant, inGracePeriod, conflict, error, configManager or unknown', true),
	date('lastSyncDateTime', 'Last Seen', 'Moment at which the device last spoke with Intune', true),
	date('enrolledDateTime', 'Enrolled', 'Moment at which the device came under management', true),
	text('manufacturer', 'Manufacturer', 'Manufacturer of the device', true),
	text('model', 'Model', 'Model of the device', true),
	text('wiFiMacAddress', 'Wi-Fi MAC Address', 'Address of the wireless adapter', true),
	text('emailAddress', 'E-Mail', 'Address of the primary user'),
	text('imei', 'IMEI', 'Of devices with a mobile connection'),
	text('meid', 'MEID', 'Of devices with a mobile connection'),
	text('phoneNumber', 'Phone Number', 'Of devices with a mobile connection'),
	text('subscriberCarrier', 'Carrier', 'Of devices with a mobile connection'),
	{ name: 'isEncrypted', label: 'Encrypted', description: 'Whether the disk is encrypted' },
	{ name: 'isSupervised', label: 'Supervised', description: 'Of Apple devices' },
	text('jailBroken', 'Jailbroken', 'True, False or Unknown'),
	text('managementAgent', 'Management Agent', 'For example mdm or configurationManagerClientMdm'),
	text('deviceEnrollmentType', 'Enrollment Type', 'How the device came under management'),
	text('deviceRegistrationState', 'Registration State', 'For example registered'),
	text('deviceCategoryDisplayName', 'Category', 'Category that somebody chose'),
	text('partnerReportedThreatState', 'Threat State', 'As a partner for threat defence reports it'),
	{ name: 'azureADRegistered', label: 'Registered in Entra', description: 'Whether the device is registered in Entra' },
	date('complianceGracePeriodExpirationDateTime', 'Grace Period Ends', 'Moment from which a device that breaks a policy is not compliant'),
	date('managementCertificateExpirationDate', 'Management Certificate Ends', 'Moment at which the certificate for management ends'),
	bytes('totalStorageSpaceInBytes', 'Storage', 'Size in bytes'),
	bytes('freeStorageSpaceInBytes', 'Free Storage', 'Size in bytes'),
	text('androidSecurityPatchLevel', 'Android Security Patch Level', 'Of Android devices'),
];

export const DEFAULT_MANAGED_DEVICE_PROPERTIES: readonly string[] = defaultsOf(MANAGED_DEVICE_PROPERTIES);

/** Filled in only where one device is asked for and they are named in its `$select` (contract: B5). */
export const SINGLE_MANAGED_DEVICE_PROPERTIES: readonly ReadableProperty[] = [
	text('ethernetMacAddress', 'Ethernet MAC Address', 'Address of the wired adapter', true),
	bytes('physicalMemoryInBytes', 'Memory', 'Size in bytes', true),
	text('iccid', 'ICCID', 'Of the SIM card', true),
	text('udid', 'UDID', 'Of Apple devices', true),
	text('notes', 'Notes', 'What somebody noted in Intune', true),
];

/** Intune gives an empty text where there is nothing. */
function text(name: string, label: string, description: string, byDefault?: true): ReadableProperty {
	const value = (raw: RawRecord) => (typeof raw[name] === 'string' && raw[name].trim() === '' ? null : raw[name]);
	return { name, label, description, value, byDefault };
}

function date(name: string, label: string, description: string, byDefault?: true): ReadableProperty {
	const value = (raw: RawRecord) => (typeof raw[name] === 'string' && /^(0001|9999)-/.test(raw[name]) ? null : raw[name]);
	return { name, label, description, value, byDefault };
}

/** 0 says that Intune does not know. */
function bytes(name: string, label: string, description: string, byDefault?: true): ReadableProperty {
	const value = (raw: RawRecord) => (raw[name] === 0 ? null : raw[name]);
	return { name, label, description, value, byDefault };
}
