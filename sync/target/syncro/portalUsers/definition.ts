import { isBlank } from '../../../model/blank';
import { PERSON_VALUES } from '../../../model/personValues';
import type { Refusal, TargetDefinition } from '../../../model/targetDefinition';
import type { FieldValue, TargetField } from '../../../model/targetRecord';
import type { SourceRecord } from '../../../model/sourceRecord';
import { syncroContacts } from '../contacts/definition';

/** Fields of a portal user that can be written; the password is not ours to know. Source: contract targets.md A10. */
const FIELDS: readonly TargetField[] = [
	{ name: 'email', label: 'Email', type: 'email', identity: true, required: true },
	{ name: 'contact_id', label: 'Contact', type: 'number', identity: true, required: true },
	{ name: 'portal_group_id', label: 'Portal Group ID', type: 'number', required: true, defaulted: true },
];

const BY_NAME = new Map(FIELDS.map((field) => [field.name, field]));

/** What Contact Match puts on a person: the id of their contact, by the links of the contacts' sync. */
const CONTACT = 'contactId';

/** E-mail addresses are the same in any case; blank and absent are both the empty string. */
function normalise({ type }: TargetField, value: FieldValue): string {
	const text = (value ?? '').normalize('NFC').trim();
	return type === 'email' ? text.toLowerCase().normalize('NFC') : text;
}

/** Syncro shows a portal user without a contact as an anonymous login. */
function refusesNew(source: SourceRecord): Refusal | undefined {
	const { email } = source;
	if (email === undefined || isBlank(email)) return { code: 'noEmail', reason: 'has no e-mail address (an onmicrosoft.com name does not count), so nobody could sign in' };
	const contactId = source[CONTACT];
	if (contactId === undefined) return { code: 'contactUnknown', reason: 'was matched without the links of the contacts (Use Remembered Links in Contact Match), and a portal user needs a contact' };
	if (contactId === null) return { code: 'noContact', reason: 'has no linked contact in Syncro yet, and a portal user needs one: sync the contacts of this customer first', waits: true };
	return undefined;
}

/** What the plan must know of the users of Syncro's client portal. */
export const syncroPortalUsers: TargetDefinition = {
	name: 'syncro:portal-users',
	title: 'Syncro',
	nouns: { source: 'person', sources: 'people', record: 'portal user', records: 'portal users' },
	sourceKinds: ['person'],
	sourceLists: ['people'],
	recordKind: 'portalUser',
	recordList: 'portalUsers',
	readers: { sources: 'Microsoft 365 → User → Get Many or Get Changes', records: 'Syncro → Portal User → Get Many' },
	rules: ['email', 'alias', 'userName'],
	fields: FIELDS,
	defaultMapping: [{ field: 'email', source: 'email', whenBlank: 'keep' }],
	fixedMapping: [{ field: 'contact_id', source: CONTACT, whenBlank: 'keep' }],
	sourceValues: PERSON_VALUES,
	linkedRecord: { target: syncroContacts.name, property: CONTACT, ownerOf: ({ id }) => id },
	nameField: 'email',
	adoptBy: ['email'],
	uniqueField: 'email',
	invitation: { address: 'email', label: 'Invitation' },
	policies: {
		new: 'skip',
		orphaned: 'hold',
		disabled: 'hold',
		guests: 'skip',
		// A portal user has no field for a mark: it is not offered.
		mark: { field: '', value: '' },
	},
	choices: { new: ['create', 'hold', 'skip'], orphaned: ['leave', 'hold', 'delete'] },
	accounts: true,
	brakes: ['removals', 'sourceShrank', 'identityUpdates', 'creates', 'pairing'],
	normalise,
	field: (name) => BY_NAME.get(name),
	refusesNew,
};
