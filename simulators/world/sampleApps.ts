import type { AppSeed } from './types';

/** Client ids. What each may do in which tenant say the tenants' service principals. */
export const SAMPLE_APPS = {
	/** Every permission that this package can use, in Harbor Dental and in Harbor Labs; not installed elsewhere. */
	consented: 'd3a1b5c7-0000-4e00-9000-000000000001',
	/** Installed in Harbor Dental, nobody consented: signs in, and Graph refuses everything. */
	withoutConsent: 'd3a1b5c7-0000-4e00-9000-000000000002',
	/** Consent for `User.Read.All` only. */
	usersOnly: 'd3a1b5c7-0000-4e00-9000-000000000003',
	/** Disabled for sign-in by Harbor Dental's administrator. */
	disabled: 'd3a1b5c7-0000-4e00-9000-000000000004',
	/** Signs in, but Graph does not know its service principal yet. */
	unknownToGraph: 'd3a1b5c7-0000-4e00-9000-000000000005',
} as const;

/** The same for every sample app. Text of our own making: no scanner shall take it for a real secret. */
export const VALID_SECRET = 'sample-secret-valid-until-2099';
export const VALID_SECRET_ID = '7e1f0000-1111-4aaa-8bbb-000000000001';
export const EXPIRED_SECRET = 'sample-secret-expired-in-2025';

/** Application permissions that this package's features need, today and later. */
export const FULL_CONSENT = [
	'User.Read.All',
	'GroupMember.Read.All',
	'Group.Read.All',
	'Organization.Read.All',
	'LicenseAssignment.Read.All',
	'Domain.Read.All',
	'AuditLog.Read.All',
	'RoleManagement.Read.Directory',
	'Device.Read.All',
	'Application.Read.All',
	'User-PasswordProfile.ReadWrite.All',
	'User.EnableDisableAccount.All',
	'User.RevokeSessions.All',
	'Reports.Read.All',
	'ReportSettings.Read.All',
	'UserAuthenticationMethod.Read.All',
	'SecurityEvents.Read.All',
	'DeviceManagementManagedDevices.Read.All',
	'MailboxSettings.Read',
] as const;

/** @param certificates PEM certificates to register for the consented app */
export function sampleApps(certificates: readonly string[] = []): AppSeed[] {
	const secrets = [
		{ keyId: VALID_SECRET_ID, value: VALID_SECRET, endDateTime: '2099-12-31T00:00:00Z' },
		{ keyId: '7e1f0000-1111-4aaa-8bbb-000000000002', value: EXPIRED_SECRET, endDateTime: '2025-12-31T00:00:00Z' },
	];
	return Object.entries(SAMPLE_APPS).map(([name, appId]) => ({
		appId,
		displayName: name === 'consented' ? 'Entra Sync' : `Entra Sync (${name})`,
		secrets,
		certificates: name === 'consented' ? certificates : [],
	}));
}
