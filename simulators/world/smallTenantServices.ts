import { harborManagedDevices } from './smallTenantManagedDevices';
import { PEOPLE } from './smallTenantIds';
import { guidOf } from './random';
import type { SecureScoreControlSeed, ServicesSeed } from './tenantServices';
import type { ActivitySeed, AuthenticationMethodSeed, UserServices } from './userServices';

/** The day up to which the reports of 22 November 2026 tell. */
const LAST_DAY = '2026-11-20';

const everywhere = (day: string): ActivitySeed => ({ exchange: day, oneDrive: day, sharePoint: day, teams: day });
const method = (type: AuthenticationMethodSeed['type'], owner: string, properties: object = {}): AuthenticationMethodSeed => ({ type, id: guidOf(`${type} of ${owner}`), ...properties });
const phone = (owner: string, number: string) => method('phone', owner, { phoneType: 'mobile', phoneNumber: number, smsSignInState: 'notAllowedByPolicy' });
const authenticator = (owner: string, model: string) =>
	method('microsoftAuthenticator', owner, { displayName: model, deviceTag: 'SoftwareTokenActivated', phoneAppVersion: '6.2607.4200' });

/** What the services know about Harbor Dental's people, by object id. Of those who are not named they know nothing. */
export const HARBOR_USER_SERVICES: Readonly<Record<string, UserServices>> = {
	[PEOPLE.ada]: {
		activity: {
			...everywhere(LAST_DAY),
			apps: { lastActivationDate: '2025-02-03', lastActivityDate: LAST_DAY, used: ['Outlook (Windows)', 'Word (Windows)', 'Excel (Windows)', 'Outlook (Mobile)', 'Teams (Windows)'] },
		},
		// Two products for one person.
		activations: [
			{ product: 'MICROSOFT 365 APPS FOR BUSINESS', lastActivatedDate: '2025-02-03', windows: 2, ios: 1 },
			{ product: 'PROJECT CLIENT', lastActivatedDate: '2025-06-11', windows: 1 },
		],
		authenticationMethods: [phone('ada', '+1 5035550151'), authenticator('ada', 'SM-S921B')],
	},
	[PEOPLE.zoe]: {
		activity: { ...everywhere('2026-11-18'), apps: { lastActivationDate: '2024-09-30', lastActivityDate: '2026-11-18', used: ['Outlook (Mac)', 'Word (Mac)', 'Teams (Web)'] } },
		activations: [{ product: 'MICROSOFT 365 APPS FOR BUSINESS', lastActivatedDate: '2024-09-30', mac: 1 }],
		authenticationMethods: [authenticator('zoe', 'iPhone 16')],
	},
	// A licence that nobody has used for half a year.
	[PEOPLE.sean]: { activity: { exchange: '2026-05-28', teams: '2026-05-04' }, authenticationMethods: [phone('sean', '+1 5035550153')] },
	[PEOPLE.johnSmithHygienist]: { activity: everywhere('2026-11-19'), authenticationMethods: [phone('john smith', '+1 5035550104')] },
	// The other John Smith has never used his, and has registered nothing.
	// Signs in without a password.
	[PEOPLE.mary]: {
		activity: everywhere(LAST_DAY),
		authenticationMethods: [
			method('fido2', 'mary', { displayName: 'Key on the ring', model: 'YubiKey 5C', aaGuid: '2fc0579f-8113-47ea-b116-bb5a8db9202a', attestationCertificates: [] }),
			method('windowsHelloForBusiness', 'mary', { displayName: 'FRONT-DESK-01', keyStrength: 'normal', createdDateTime: '2024-05-02T08:30:00Z' }),
		],
	},
	[PEOPLE.lee]: { activity: { exchange: '2026-11-17' }, authenticationMethods: [method('softwareOath', 'lee')] },
	[PEOPLE.reception]: { mailboxKind: 'shared', activity: { exchange: '2026-11-19' }, mailbox: { itemCount: 48_211, storageUsedBytes: 51_900_000_000 } },
	// Left: the report on registrations leaves out disabled users.
	[PEOPLE.leaver]: { activity: everywhere('2026-03-02'), authenticationMethods: [authenticator('paul', 'Pixel 7')] },
	// Good for resetting a password, not for a second factor.
	[PEOPLE.nina]: { activity: { exchange: LAST_DAY, teams: LAST_DAY }, authenticationMethods: [method('email', 'nina', { emailAddress: 'nina@home.example' })] },
	// Registered, but for a method that the policy no longer allows.
	[PEOPLE.omar]: { activity: everywhere('2026-11-16'), authenticationMethods: [phone('omar', '+1 5035550114')], registration: { isMfaCapable: false } },
	[PEOPLE.grace]: { activity: { exchange: '2026-11-12' } },
	[PEOPLE.ivy]: { activity: everywhere('2026-11-20'), mailbox: { hasArchive: true }, authenticationMethods: [authenticator('ivy', 'iPhone 15')] },
	[PEOPLE.dana]: { activity: { exchange: '2026-11-20', teams: '2026-11-20' }, authenticationMethods: [authenticator('dana', 'iPhone 14')] },
	[PEOPLE.rita]: { mailboxKind: 'user', activity: { exchange: '2026-11-07' } },
};

/** What they know about the practice as a whole. */
export function harborServices(): ServicesSeed {
	return { displayConcealedNames: false, managedDevices: harborManagedDevices(), secureScoreControls: SECURE_SCORE_CONTROLS };
}

const SECURE_SCORE_CONTROLS: readonly SecureScoreControlSeed[] = [
	{
		id: 'MFARegistrationV2', title: 'Ensure multifactor authentication is enabled for all users', category: 'Identity', service: 'AzureAD',
		maxScore: 9, score: 5.14, rank: 2, implementationCost: 'Moderate', userImpact: 'Moderate', threats: ['Account Breach', 'Elevation of Privilege'],
		remediation: 'Require multifactor authentication with a policy for all users.',
	},
	// Followed for five weeks: the score has risen.
	{
		id: 'BlockLegacyAuthentication', title: 'Enable policies to block legacy authentication', category: 'Identity', service: 'AzureAD',
		maxScore: 8, score: 8, since: '2026-10-15', rank: 5, implementationCost: 'Moderate', userImpact: 'Moderate', threats: ['Account Breach', 'Password Cracking'],
	},
	{ id: 'OneAdmin', title: 'Designate more than one global admin', category: 'Identity', service: 'AzureAD', maxScore: 1, score: 0, rank: 31, threats: ['Account Breach'] },
	{
		id: 'mdo_safelinksforemail', title: 'Create Safe Links policies for email messages', category: 'Apps', service: 'MDO',
		maxScore: 9, score: 0, rank: 11, tier: 'Defense in Depth', threats: ['Account Breach', 'Malicious Insider', 'Data Exfiltration'],
	},
	{ id: 'scid_2010', title: 'Turn on Microsoft Defender Antivirus', category: 'Device', service: 'MDATP', maxScore: 10, score: 10, rank: 19 },
	// No longer asked for, still listed.
	{ id: 'PWAgePolicyNew', title: 'Do not expire passwords', category: 'Identity', service: 'AzureAD', maxScore: 8, score: 8, rank: 60, deprecated: true },
];
