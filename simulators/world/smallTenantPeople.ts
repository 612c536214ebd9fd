import { DOMAIN, EXTENSIONS, INITIAL_DOMAIN, FLOW_FREE, O365_BUSINESS_PREMIUM, SPB, userId } from './smallTenantIds';
import type { UserSeed } from './types';

export { userId };

/** What the practice's own people have in common. */
const STAFF = {
	accountEnabled: true,
	userType: 'Member',
	companyName: 'Harbor Dental Group',
	streetAddress: '400 Pier Avenue',
	city: 'Portland',
	state: 'OR',
	postalCode: '97209',
	country: 'United States',
	usageLocation: 'US',
	preferredLanguage: 'en-US',
	createdDateTime: '2021-06-01T07:30:12Z',
} as const satisfies Partial<UserSeed>;

const licences = (...skuIds: string[]) => skuIds.map((skuId) => ({ skuId, disabledPlans: [] }));

/** A mailbox address as its owner has it: `mail`, user principal name and primary proxy address alike. */
const mailbox = (local: string, ...aliases: string[]) => ({
	userPrincipalName: `${local}@${DOMAIN}`,
	mail: `${local}@${DOMAIN}`,
	mailNickname: local,
	proxyAddresses: [`SMTP:${local}@${DOMAIN}`, ...aliases.map((alias) => `smtp:${alias}`)],
});

const signedIn = (at: string) => ({
	lastSignInDateTime: at,
	lastSignInRequestId: 'a2d1c7b0-41e5-4d1c-9a9f-cc1d3e5f1400',
	lastNonInteractiveSignInDateTime: at,
	lastNonInteractiveSignInRequestId: 'b7f6e5d4-0c1b-4a29-8f3e-2d4c6b8a1500',
	lastSuccessfulSignInDateTime: at,
	lastSuccessfulSignInRequestId: 'b7f6e5d4-0c1b-4a29-8f3e-2d4c6b8a1500',
});

export function harborPeople(): UserSeed[] {
	return [
		// Plain. Phones are formatted; Syncro holds the same digits.
		{
			...STAFF, ...mailbox('ada.brandt', `ada@${INITIAL_DOMAIN}`), id: userId(1),
			displayName: 'Ada Brandt', givenName: 'Ada', surname: 'Brandt',
			businessPhones: ['+1 (503) 555-0101'], mobilePhone: '+1 (503) 555-0151',
			jobTitle: 'Office Manager', department: 'Front Office', officeLocation: 'Pier 1', employeeId: '1001',
			onPremisesExtensionAttributes: { extensionAttribute1: 'Payroll A', extensionAttribute15: 'Key holder' }, [EXTENSIONS.chairNumber]: 'none',
			assignedLicenses: licences(SPB, FLOW_FREE), signInActivity: signedIn('2026-11-20T15:58:11Z'),
		},
		// Diacritics.
		{
			...STAFF, ...mailbox('zoe.mueller'), id: userId(2),
			displayName: 'Zoë Müller', givenName: 'Zoë', surname: 'Müller',
			businessPhones: ['+1 (503) 555-0102'], mobilePhone: null,
			jobTitle: 'Dentist', department: 'Clinical', officeLocation: 'Pier 2', managerId: userId(1),
			lastPasswordChangeDateTime: '2026-08-14T07:45:00Z', [EXTENSIONS.chairNumber]: '2',
			assignedLicenses: licences(SPB), signInActivity: signedIn('2026-11-21T08:12:00Z'),
		},
		// An apostrophe, in the name and in the address.
		{
			...STAFF, ...mailbox("sean.o'neil"), id: userId(3),
			displayName: "Sean O'Neil", givenName: 'Sean', surname: "O'Neil",
			businessPhones: ['+1 (503) 555-0103'], mobilePhone: '+1 (503) 555-0153',
			jobTitle: 'Dentist', department: 'Clinical', managerId: userId(1),
			assignedLicenses: licences(SPB),
		},
		// Two people of one name.
		{
			...STAFF, ...mailbox('john.smith'), id: userId(4),
			displayName: 'John Smith', givenName: 'John', surname: 'Smith',
			businessPhones: ['+1 (503) 555-0104'], jobTitle: 'Dental Hygienist', department: 'Clinical', managerId: userId(2),
			assignedLicenses: licences(SPB),
		},
		{
			...STAFF, ...mailbox('john.smith2'), id: userId(5),
			displayName: 'John Smith', givenName: 'John', surname: 'Smith',
			businessPhones: ['+1 (503) 555-0105'], jobTitle: 'Dental Assistant', department: 'Clinical', managerId: userId(2),
			assignedLicenses: licences(O365_BUSINESS_PREMIUM),
		},
		// Married: the old address lives on as an alias.
		{
			...STAFF, ...mailbox('mary.lopez', `mary.jones@${DOMAIN}`), id: userId(6),
			displayName: 'Mary Lopez', givenName: 'Mary', surname: 'Lopez',
			businessPhones: ['+1 (503) 555-0106'], mobilePhone: '+1 (503) 555-0156',
			jobTitle: 'Dental Hygienist', department: 'Clinical', managerId: userId(2),
			assignedLicenses: licences(SPB),
		},
		// Plus addressing.
		{
			...STAFF, ...mailbox('lee.chan+vip', `lee.chan@${DOMAIN}`), id: userId(7),
			displayName: 'Lee Chan', givenName: 'Lee', surname: 'Chan',
			businessPhones: ['+1 (503) 555-0107'], jobTitle: 'Treatment Coordinator', department: 'Front Office', managerId: userId(1),
			assignedLicenses: licences(SPB),
		},
		// A shared mailbox: a disabled account with an address and without a licence.
		{
			...mailbox('reception'), id: userId(8), displayName: 'Reception', accountEnabled: false, userType: 'Member',
			createdDateTime: '2020-01-10T09:10:00Z', businessPhones: ['+1 (503) 555-0100'],
		},
		// A guest.
		{
			id: userId(9), displayName: 'Vendor Partner', givenName: 'Vera', surname: 'Partner', accountEnabled: true, userType: 'Guest',
			userPrincipalName: `vendor_partner.example#EXT#@${INITIAL_DOMAIN}`, mail: 'vendor@partner.example',
			otherMails: ['vendor@partner.example'], proxyAddresses: ['SMTP:vendor@partner.example'],
			externalUserState: 'Accepted', createdDateTime: '2024-07-19T13:00:00Z',
		},
		// A service account without any address.
		{
			id: userId(10), displayName: 'Scanner', accountEnabled: true, userType: 'Member', mail: null,
			userPrincipalName: `svc-scanner@${INITIAL_DOMAIN}`, createdDateTime: '2022-02-02T10:00:00Z',
		},
		// No mailbox, but a user principal name in a domain of the practice.
		{
			...STAFF, id: userId(11), displayName: 'Waiting Room Kiosk', givenName: null, surname: null, mail: null,
			userPrincipalName: `kiosk1@${DOMAIN}`, jobTitle: null, department: 'Front Office',
			assignedLicenses: licences(FLOW_FREE),
		},
		// Left the practice; nobody took the licence away.
		{
			...STAFF, ...mailbox('paul.reyes'), id: userId(12), accountEnabled: false, employeeLeaveDateTime: '2026-03-31T17:00:00Z',
			displayName: 'Paul Reyes', givenName: 'Paul', surname: 'Reyes',
			businessPhones: ['+1 (503) 555-0112'], jobTitle: 'Dental Assistant', department: 'Clinical',
			assignedLicenses: licences(SPB), signInActivity: signedIn('2026-03-02T09:00:00Z'),
		},
		// A street of two lines.
		{
			...STAFF, ...mailbox('nina.patel'), id: userId(13),
			displayName: 'Nina Patel', givenName: 'Nina', surname: 'Patel', streetAddress: '400 Pier Ave\nSuite 7',
			businessPhones: ['+1 (503) 555-0113'], jobTitle: 'Orthodontist', department: 'Clinical', managerId: userId(1),
			assignedLicenses: licences(SPB),
		},
		// Blank where Syncro holds something.
		{
			...STAFF, ...mailbox('omar.haddad'), id: userId(14),
			displayName: 'Omar Haddad', givenName: 'Omar', surname: 'Haddad', jobTitle: null, city: null,
			businessPhones: ['+1 (503) 555-0114'], department: 'IT', managerId: userId(1),
			assignedLicenses: licences(SPB),
		},
		// An old object: nobody ever set its user type.
		{
			...STAFF, ...mailbox('grace.kim'), id: userId(15), userType: null,
			displayName: 'Grace Kim', givenName: 'Grace', surname: 'Kim', createdDateTime: '2013-09-01T08:00:00Z',
			businessPhones: ['+1 (503) 555-0115'], jobTitle: 'Dental Hygienist', department: 'Clinical', managerId: userId(2),
			assignedLicenses: licences(SPB),
		},
		// Nobody assigned a licence.
		{
			...STAFF, ...mailbox('tom.becker'), id: userId(16),
			displayName: 'Tom Becker', givenName: 'Tom', surname: 'Becker',
			mobilePhone: '+1 (503) 555-0166', jobTitle: 'Intern', department: 'Front Office', managerId: userId(1),
		},
		// An address with upper case letters.
		{
			...STAFF, id: userId(17), displayName: 'Ivy Stone', givenName: 'Ivy', surname: 'Stone',
			userPrincipalName: `ivy.stone@${DOMAIN}`, mail: 'Ivy.Stone@HarborDental.example', mailNickname: 'ivy.stone',
			proxyAddresses: ['SMTP:Ivy.Stone@HarborDental.example'],
			businessPhones: ['+1 (503) 555-0117'], jobTitle: 'Billing Specialist', department: 'Front Office', managerId: userId(1),
			assignedLicenses: licences(O365_BUSINESS_PREMIUM),
		},
		// Syncro holds two contacts with this address.
		{
			...STAFF, ...mailbox('dana.cole'), id: userId(18),
			displayName: 'Dana Cole', givenName: 'Dana', surname: 'Cole',
			businessPhones: ['+1 (503) 555-0118'], jobTitle: 'Receptionist', department: 'Front Office', managerId: userId(1),
			assignedLicenses: licences(SPB),
		},
	];
}

export function harborDeletedUsers(): UserSeed[] {
	return [
		{
			...STAFF, ...mailbox('rita.vance'), id: userId(19),
			displayName: 'Rita Vance', givenName: 'Rita', surname: 'Vance', jobTitle: 'Dental Assistant', department: 'Clinical',
			deletedDateTime: '2026-11-10T16:00:00Z',
		},
	];
}
