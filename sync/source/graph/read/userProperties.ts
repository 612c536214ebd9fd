import type { ReadableProperty } from '../transport/reading';
import { checkName, defaultsOf } from './projection';

/** What can be read of a user in a list, and what is read by default: what a contact in another system needs. */
export const USER_PROPERTIES: readonly ReadableProperty[] = [
	{ name: 'displayName', label: 'Display Name', description: 'Name as shown in the address book', byDefault: true },
	{ name: 'givenName', label: 'First Name', description: 'Given name', byDefault: true },
	{ name: 'surname', label: 'Last Name', description: 'Family name', byDefault: true },
	{
		name: 'email',
		label: 'E-Mail',
		description: 'The mail address, else the user principal name unless it is an onmicrosoft.com one',
		from: ['mail', 'userPrincipalName'],
		byDefault: true,
	},
	{ name: 'mail', label: 'Mail', description: 'Primary SMTP address as Entra holds it', byDefault: true },
	{ name: 'userPrincipalName', label: 'User Principal Name', description: 'Sign-in name', byDefault: true },
	{ name: 'aliases', label: 'Aliases', description: 'Every SMTP address of the mailbox', from: ['proxyAddresses'], byDefault: true },
	{ name: 'userType', label: 'User Type', description: 'Member or Guest', from: ['userType', 'userPrincipalName'], byDefault: true },
	{ name: 'accountEnabled', label: 'Account Enabled', description: 'Whether the user may sign in', byDefault: true },
	{
		name: 'licenceSkuIds',
		label: 'Licences',
		description: 'IDs of the subscriptions assigned to the user',
		from: ['assignedLicenses'],
		byDefault: true,
	},
	{ name: 'businessPhones', label: 'Business Phones', description: 'Entra holds at most one', byDefault: true },
	{ name: 'mobilePhone', label: 'Mobile Phone', description: 'Mobile phone number', byDefault: true },
	{ name: 'jobTitle', label: 'Job Title', description: 'Job title', byDefault: true },
	{ name: 'department', label: 'Department', description: 'Department', byDefault: true },
	{ name: 'companyName', label: 'Company Name', description: 'Company that the user belongs to', byDefault: true },
	{ name: 'officeLocation', label: 'Office Location', description: 'Office, for example a room number', byDefault: true },
	{ name: 'streetAddress', label: 'Street Address', description: 'May hold several lines', byDefault: true },
	{ name: 'city', label: 'City', description: 'City', byDefault: true },
	{ name: 'state', label: 'State or Province', description: 'State or province', byDefault: true },
	{ name: 'postalCode', label: 'Postal Code', description: 'Postal code', byDefault: true },
	{ name: 'country', label: 'Country or Region', description: 'Country or region', byDefault: true },
	{ name: 'createdDateTime', label: 'Created', description: 'Moment at which the user was created' },
	{ name: 'employeeHireDate', label: 'Employee Hire Date', description: 'Moment at which the employment starts' },
	{ name: 'employeeId', label: 'Employee ID', description: 'Identifier given by the organisation' },
	{ name: 'employeeType', label: 'Employee Type', description: 'For example employee, contractor or vendor' },
	{ name: 'externalUserState', label: 'Guest Invitation State', description: 'PendingAcceptance or Accepted, for guests' },
	{ name: 'faxNumber', label: 'Fax Number', description: 'Fax number' },
	{ name: 'lastPasswordChangeDateTime', label: 'Last Password Change', description: 'Moment at which the password was last set' },
	{ name: 'mailNickname', label: 'Mail Nickname', description: 'Mail alias' },
	{ name: 'onPremisesDistinguishedName', label: 'On-Premises Distinguished Name', description: 'Of users synchronised from Active Directory' },
	{ name: 'onPremisesImmutableId', label: 'On-Premises Immutable ID', description: 'Of users synchronised from Active Directory' },
	{ name: 'onPremisesLastSyncDateTime', label: 'On-Premises Last Sync', description: 'Of users synchronised from Active Directory' },
	{ name: 'onPremisesSamAccountName', label: 'On-Premises SAM Account Name', description: 'Of users synchronised from Active Directory' },
	{ name: 'onPremisesSyncEnabled', label: 'On-Premises Sync Enabled', description: 'True: synchronised; false: no longer; blank: never' },
	{ name: 'otherMails', label: 'Other Mails', description: 'Further addresses, such as a private one' },
	{ name: 'preferredLanguage', label: 'Preferred Language', description: 'For example en-US' },
	{ name: 'proxyAddresses', label: 'Proxy Addresses', description: 'As Entra holds them, with SMTP:, smtp:, SIP: and X500: in front' },
	{ name: 'usageLocation', label: 'Usage Location', description: 'Two-letter country code for licences' },
	{ name: 'adminCentreLink', label: 'Admin Center Link', description: 'Address of the user in the Entra admin center', from: [] },
	...Array.from({ length: 15 }, (_, index) => ({
		name: `extensionAttribute${index + 1}`,
		label: `Extension Attribute ${index + 1}`,
		description: `Exchange’s custom attribute ${index + 1}`,
		from: ['onPremisesExtensionAttributes'],
	})),
];

/** What is no property of Entra's `user`, and is asked for beside the list of them. */
export const USER_LOOKUPS: readonly ReadableProperty[] = [
	{ name: 'manager', label: 'Manager', description: 'ID, name and addresses of the manager; blank: nobody. Costs a resource unit more per page.' },
	{ name: 'managerId', label: 'Manager ID', description: 'Object ID of the manager; blank: nobody. Costs a resource unit more per page.' },
	{ name: 'licenceNames', label: 'Licence Names', description: 'Names of the subscriptions assigned to the user', from: ['assignedLicenses'] },
	{
		name: 'licenceFamily',
		label: 'Licence Family',
		description: 'The highest of the licence families that the user holds; blank: none. Which families there are, and their rank, is set below.',
		from: ['assignedLicenses'],
	},
	{ name: 'licenceFamilies', label: 'Licence Families', description: 'Every licence family that the user holds, lowest rank first', from: ['assignedLicenses'] },
	{
		name: 'mfaStatus',
		label: 'MFA Status',
		description: 'Enabled: a second factor is registered and allowed by policy; disabled: none is. Missing where it is not known: without Entra ID P1, and of disabled users. One report per tenant.',
		from: ['accountEnabled', 'userPrincipalName'],
	},
	{
		name: 'mfaMethods',
		label: 'MFA Methods',
		description: 'Registered second factors, for example microsoftAuthenticatorPush; e-mail is none. Missing where it is not known. One report per tenant.',
		from: ['accountEnabled', 'userPrincipalName'],
	},
	{
		name: 'lastActivity',
		label: 'Last Activity',
		description: 'Day of the newest sign-in (Entra ID P1) or use of a service or an app (usage reports of 180 days, which end two or three days ago). Missing where none is known. Sign-ins take a minute for every 5,000 people.',
		from: ['userPrincipalName'],
	},
	{
		name: 'mailboxKind',
		label: 'Mailbox Kind',
		description: 'User, shared, room or equipment; blank: no mailbox in Exchange Online. From the mailbox usage report, else by one small request per mailbox.',
		from: ['mail', 'userPrincipalName', 'userType'],
	},
	{ name: 'isAdministrator', label: 'Administrator', description: 'Whether the user holds a directory role, by himself or by a group' },
	{ name: 'adminRoles', label: 'Administrator Roles', description: 'Names of the directory roles that the user holds' },
];

export const DEFAULT_USER_PROPERTIES: readonly string[] = defaultsOf(USER_PROPERTIES);

/** Known not to come with a list, and why; the service would say "not yet supported" or answer with blanks. */
const NOT_IN_LISTS: Record<string, string> = {
	signInActivity: 'it is limited to 10 requests a minute for all tenants of the app; the property "lastActivity" tells the day of the last sign-in',
	customSecurityAttributes: 'it needs the permission CustomSecAttributeAssignment.Read.All, which this package does not ask for',
	mailboxSettings: 'it has to be asked for user by user; the property "mailboxKind" tells the kind of mailbox',
	aboutMe: 'it is not part of the directory',
	birthday: 'it is not part of the directory',
	hireDate: 'it is not part of the directory',
	interests: 'it is not part of the directory',
	mySite: 'it is not part of the directory',
	pastProjects: 'it is not part of the directory',
	responsibilities: 'it is not part of the directory',
	schools: 'it is not part of the directory',
	skills: 'it is not part of the directory',
};

/**
 * @param name of a property, or the path to a part of one: `onPremisesExtensionAttributes/extensionAttribute1`
 * @returns the names along the path
 * @throws SyncError (input) for a name that cannot be a property, or one that does not come with a list
 */
export function checkedPath(name: string): string[] {
	const path = name.split('/');
	for (const part of path) checkName(part, NOT_IN_LISTS);
	return path;
}
