import { isBlank } from '../../../model/blank';
import { licenceFamilyValue, PERSON_VALUES } from '../../../model/personValues';
import type { TargetDefinition } from '../../../model/targetDefinition';
import type { FieldMapping, FieldValue, TargetField } from '../../../model/targetRecord';
import { customField, propertyLabel, storedText } from '../customField';

/** Fields of a Syncro contact that can be written. Source: contract targets.md A4. */
const FIELDS: readonly TargetField[] = [
	{ name: 'name', label: 'Name', type: 'text', identity: true, required: true },
	{ name: 'email', label: 'Email', type: 'email', identity: true },
	{ name: 'phone', label: 'Phone', type: 'phone' },
	{ name: 'mobile', label: 'Mobile', type: 'phone' },
	{ name: 'address1', label: 'Address 1', type: 'text' },
	{ name: 'address2', label: 'Address 2', type: 'text' },
	{ name: 'city', label: 'City', type: 'text' },
	{ name: 'state', label: 'State', type: 'text' },
	{ name: 'zip', label: 'Zip', type: 'text' },
	{ name: 'title', label: 'Job Title', type: 'text' },
	{ name: 'notes', label: 'Notes', type: 'text' },
	{ name: 'opt_out', label: 'Opt Out', type: 'boolean' },
];

/** Where Syncro keeps the job title of a contact. */
export const TITLE_PROPERTY = 'title';

const BY_NAME = new Map(FIELDS.map((field) => [field.name, field]));

/** The property in which a field is stored; undefined for the fields that Syncro keeps beside `properties`. */
export function propertyOf(field: string): string | undefined {
	if (field === 'title') return TITLE_PROPERTY;
	return propertyLabel(field);
}

function findField(name: string): TargetField | undefined {
	const known = BY_NAME.get(name);
	if (known) return known;
	// The job title has a name of its own; under both names it is one field.
	return propertyOf(name) === TITLE_PROPERTY ? BY_NAME.get('title') : customField(name);
}

/**
 * The value as Syncro keeps it: phone numbers lose everything but their digits when they are saved, e-mail
 * addresses are the same in any case. Blank and absent are both the empty string.
 */
function normalise(field: TargetField, value: FieldValue): string {
	const text = storedText(value);
	switch (field.type) {
		case 'phone':
			return text.replace(/\D/g, '');
		case 'email':
			return text.toLowerCase().normalize('NFC');
		case 'boolean':
			// No and nothing are the same to it.
			return text.toLowerCase() === 'true' ? 'true' : '';
		case 'number':
		case 'text':
			return text;
	}
}

const row = (field: string, source: string): FieldMapping => ({ field, source, whenBlank: 'keep' });

/** What the plan must know of Syncro contacts. */
export const syncroContacts: TargetDefinition = {
	name: 'syncro',
	title: 'Syncro',
	nouns: { source: 'person', sources: 'people', record: 'contact', records: 'contacts' },
	sourceKinds: ['person'],
	sourceLists: ['people'],
	recordKind: 'contact',
	recordList: 'contacts',
	readers: { sources: 'Microsoft 365 → User → Get Many or Get Changes', records: 'Syncro → Contact → Get Many' },
	fields: FIELDS,
	defaultMapping: [
		row('name', 'displayName'),
		row('email', 'email'),
		row('phone', 'businessPhone'),
		row('mobile', 'mobilePhone'),
		row('address1', 'streetLine1'),
		row('address2', 'streetLine2'),
		row('city', 'city'),
		row('state', 'state'),
		row('zip', 'postalCode'),
		row('title', 'jobTitle'),
	],
	sourceValues: PERSON_VALUES,
	derivedValue: licenceFamilyValue,
	nameField: 'name',
	adoptBy: ['email'],
	uniqueField: 'email',
	optOut: { field: 'opt_out', value: 'true' },
	policies: {
		new: 'create',
		orphaned: 'deactivate',
		disabled: 'leave',
		guests: 'skip',
		mark: { field: 'properties.M365 Status', value: 'Left Microsoft 365' },
	},
	choices: { new: ['create', 'hold', 'skip'], orphaned: ['leave', 'hold', 'deactivate', 'delete'] },
	accounts: true,
	brakes: ['removals', 'sourceShrank', 'identityUpdates', 'creates', 'pairing', 'clearedLicences'],
	normalise,
	field: findField,
	refusesNew: ({ email }) =>
		email === undefined || isBlank(email) ? { code: 'noEmail', reason: 'has no e-mail address (an onmicrosoft.com name does not count), so no contact can be matched or created' } : undefined,
};
