import { isBlank } from '../model/blank';
import type { Person } from '../model/person';
import type { FieldValue } from '../model/targetRecord';

/** A value of a person that can be mapped into a field. */
export interface PersonValue {
	name: string;
	/** For the list on screen. */
	label: string;
	description?: string;
	/** Absent properties give `undefined`, blank ones `null`. Without it the property of that name is taken. */
	read?(person: Person): FieldValue | undefined;
}

const LINE_BREAK = /\r\n|\r|\n/;

/** What the field mapping offers. Any other property of the person can be named as well. */
export const PERSON_VALUES: readonly PersonValue[] = [
	{ name: 'businessPhone', label: 'Business Phone', description: 'The first business phone', read: ({ businessPhones }) => (businessPhones === undefined ? undefined : (businessPhones[0] ?? null)) },
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
	{ name: 'mobilePhone', label: 'Mobile Phone' },
	{ name: 'id', label: 'Object ID' },
	{ name: 'officeLocation', label: 'Office Location' },
	{ name: 'postalCode', label: 'Postal Code' },
	{ name: 'preferredLanguage', label: 'Preferred Language' },
	{ name: 'state', label: 'State or Province' },
	{ name: 'streetLine1', label: 'Street, First Line', description: 'The street up to its first line break', read: ({ streetAddress }) => streetLine1(streetAddress) },
	{ name: 'streetLine2', label: 'Street, Further Lines', description: 'What follows the first line break of the street; a street of one line says nothing about it', read: ({ streetAddress }) => streetLine2(streetAddress) },
	{ name: 'streetAddress', label: 'Street, Whole' },
	{ name: 'userPrincipalName', label: 'User Principal Name' },
];

const BY_NAME = new Map(PERSON_VALUES.map((value) => [value.name, value]));

/** @returns text, `null` when it is blank in the source, `undefined` when the source did not say */
export function personValue(person: Person, name: string): FieldValue | undefined {
	const known = BY_NAME.get(name);
	const value: unknown = known?.read ? known.read(person) : Object.hasOwn(person, name) ? person[name] : undefined;
	if (value === undefined) return undefined;
	if (isBlank(value)) return null;
	if (Array.isArray(value)) return value.filter((entry) => !isBlank(entry)).map(String).join(', ');
	return typeof value === 'object' ? JSON.stringify(value) : String(value).trim();
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
