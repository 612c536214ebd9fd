import type { Person } from './person';
import type { SourceValue } from './targetDefinition';
import type { FieldValue } from './targetRecord';

const LINE_BREAK = /\r\n|\r|\n/;

/** What the field mapping offers. Any other property of the person can be named as well. */
export const PERSON_VALUES: readonly SourceValue[] = [
	{ name: 'businessPhone', label: 'Business Phone', description: 'The first business phone', read: ({ businessPhones }: Person) => (businessPhones === undefined ? undefined : (businessPhones[0] ?? null)) },
	{ name: 'city', label: 'City' },
	{ name: 'companyName', label: 'Company Name' },
	{ name: 'country', label: 'Country or Region' },
	{ name: 'department', label: 'Department' },
	{ name: 'displayName', label: 'Display Name' },
	{ name: 'email', label: 'E-Mail', description: 'The mail property, else the user principal name unless it ends in onmicrosoft.com' },
	{ name: 'employeeId', label: 'Employee ID' },
	{ name: 'faxNumber', label: 'Fax Number' },
	{ name: 'givenName', label: 'First Name' },
	{ name: 'jobTitle', label: 'Job Title' },
	{ name: 'surname', label: 'Last Name' },
	{ name: 'lastActivity', label: 'Last Activity', description: 'Day of the newest sign-in or use of a service; written when it moved a week, or when somebody becomes active or inactive', computed: true, activity: true },
	{ name: 'licenceNames', label: 'Licence Names', description: 'Names of all assigned licences, in one text', computed: true, ends: true },
	{ name: 'licenceFamily', label: 'Licence, Highest Family', description: 'The highest licence family that somebody holds; cleared when the licence is lost', computed: true, ends: true },
	{ name: 'mfaMethods', label: 'MFA Methods', description: 'Registered methods; untouched where they are not known', computed: true },
	{ name: 'mfaStatus', label: 'MFA Status', description: 'Enabled or disabled; untouched where it is not known', computed: true },
	{ name: 'mobilePhone', label: 'Mobile Phone' },
	{ name: 'id', label: 'Object ID' },
	{ name: 'officeLocation', label: 'Office Location' },
	{ name: 'postalCode', label: 'Postal Code' },
	{ name: 'preferredLanguage', label: 'Preferred Language' },
	{ name: 'state', label: 'State or Province' },
	{ name: 'streetLine1', label: 'Street, First Line', description: 'The street up to its first line break', read: ({ streetAddress }: Person) => streetLine1(streetAddress) },
	{ name: 'streetLine2', label: 'Street, Further Lines', description: 'What follows the first line break of the street; a street of one line says nothing about it', read: ({ streetAddress }: Person) => streetLine2(streetAddress) },
	{ name: 'streetAddress', label: 'Street, Whole' },
	{ name: 'userPrincipalName', label: 'User Principal Name' },
];

/** Begins the name of a value that tells whether somebody holds a licence family. */
const HOLDS = 'holds:';

/** The value `holds:<family>`: "Yes", or blank, for one field per licence family. */
export function licenceFamilyValue(name: string): SourceValue | undefined {
	const family = name.startsWith(HOLDS) ? name.slice(HOLDS.length).trim() : '';
	const spelled = (each: unknown) => String(each).trim().toLowerCase().replace(/\s+/g, ' ');
	if (family === '') return undefined;
	return {
		name,
		label: family,
		computed: true,
		ends: true,
		read: ({ licenceFamilies }) => (Array.isArray(licenceFamilies) ? (licenceFamilies.some((held) => spelled(held) === spelled(family)) ? 'Yes' : null) : undefined),
	};
}

function streetLine1(street: string | null | undefined): FieldValue | undefined {
	if (typeof street !== 'string') return street;
	return street.trim().split(LINE_BREAK, 1)[0].trim() || null;
}

function streetLine2(street: string | null | undefined): FieldValue | undefined {
	if (typeof street !== 'string') return undefined;
	const further = street.trim().split(LINE_BREAK).slice(1).map((line) => line.trim()).filter((line) => line !== '');
	return further.length === 0 ? undefined : further.join(', ');
}
