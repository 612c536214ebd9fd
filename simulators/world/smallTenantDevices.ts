import { DEVICES, deviceIdOf, PEOPLE } from './smallTenantIds';
import type { DeviceSeed, MemberSeed } from './types';

/** What the practice's own computers have in common. */
const COMPUTER = {
	accountEnabled: true,
	operatingSystem: 'Windows',
	operatingSystemVersion: '10.0.26100.4652',
	trustType: 'AzureAd',
	profileType: 'RegisteredDevice',
	isCompliant: true,
	isManaged: true,
	managementType: 'MDM',
	manufacturer: 'LENOVO',
	model: '21HD',
	deviceOwnership: 'Company',
	approximateLastSignInDateTime: '2026-11-21T06:00:00Z',
	registrationDateTime: '2024-05-02T08:00:00Z',
} as const satisfies Partial<DeviceSeed>;

const named = (id: string, displayName: string) => ({ id, deviceId: deviceIdOf(id), displayName });
const people = (...ids: string[]): MemberSeed[] => ids.map((id) => ({ type: 'user', id }));

export function harborDevices(): DeviceSeed[] {
	return [
		{
			...COMPUTER, ...named(DEVICES.frontDesk, 'FRONT-DESK-01'),
			physicalIds: ['[GID]:g:6825812345678901', '[HWID]:h:6825812345678901'],
			registeredOwners: people(PEOPLE.ada), registeredUsers: people(PEOPLE.ada, PEOPLE.dana),
		},
		{
			...COMPUTER, ...named(DEVICES.operatory, 'OPERATORY-2'), isCompliant: false,
			registeredOwners: people(PEOPLE.zoe, PEOPLE.sean), registeredUsers: people(PEOPLE.zoe),
		},
		// Joined to the domain on the premises, by nobody in particular.
		{ ...COMPUTER, ...named(DEVICES.labScanner, 'LAB-SCANNER'), trustType: 'ServerAd', isManaged: null, isCompliant: null, managementType: null, onPremisesSyncEnabled: true },
		{ ...COMPUTER, ...named(DEVICES.orphan, 'RITA-LAPTOP'), registeredOwners: people(PEOPLE.rita), registeredUsers: people(PEOPLE.rita) },
		{ ...COMPUTER, ...named(DEVICES.desktopNew, 'DESKTOP-7F3K2'), registeredOwners: people(PEOPLE.lee), registeredUsers: people(PEOPLE.lee) },
		{
			...COMPUTER, ...named(DEVICES.desktopOld, 'DESKTOP-7F3K2'), accountEnabled: false, isCompliant: null, isManaged: false, managementType: null,
			approximateLastSignInDateTime: '2025-01-15T06:00:00Z', registrationDateTime: '2023-02-11T08:00:00Z',
			registeredOwners: people(PEOPLE.lee),
		},
		{
			...named(DEVICES.phone, 'Nina’s iPhone'), accountEnabled: true, operatingSystem: 'iOS', operatingSystemVersion: '19.1', trustType: 'Workplace',
			profileType: 'RegisteredDevice', deviceOwnership: 'Personal', approximateLastSignInDateTime: '2026-11-20T18:30:00Z',
			registrationDateTime: '2025-09-30T12:00:00Z', registeredOwners: people(PEOPLE.nina), registeredUsers: people(PEOPLE.nina),
		},
	];
}
