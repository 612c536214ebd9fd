import type { FieldChange } from '../../../model/change';
import type { FieldValue, TargetRecord } from '../../../model/targetRecord';
import { fieldNamed } from '../../apply/applyFields';
import type { RecordStore } from '../../recordStore';
import type { SyncroClient } from '../client';
import { allContacts, createContact, deleteContact, getContact, updateContact, type ContactBody, type SyncroContact } from './contacts';
import { propertyOf, syncroContacts } from './definition';

/** Contacts of a Syncro account, as plans are carried out on them. */
export function contactStore(client: SyncroClient): RecordStore {
	return {
		definition: syncroContacts,
		account: client.account,
		clock: client.clock,
		failures: 'syncro.',
		wait: async (milliseconds, call) => await client.wait(milliseconds, call),
		list: async ({ customerId }, call) => await allContacts(client, customerId, call),
		get: async (id, { call, doing }) => await getContact(client, id, call, doing),
		create: async (fields, { change, call, doing }) => await createContact(client, change.pairing.customerId, bodyOf(fields), call, doing),
		// Syncro wants the name with every update, and may drop the properties that are not sent back.
		update: async (current, fields, { change, call, doing }) =>
			await updateContact(client, current.id, { name: nameOf(current, fields) ?? change.label, ...bodyOf(fields, (current as SyncroContact).properties) }, call, doing),
		remove: async ({ id }, { call, doing }) => await deleteContact(client, id, call, doing),
		// Whether a new contact takes properties is not documented; an update does.
		storedLater: isProperty,
		notStoredRemedy: (fields) => {
			const own = fields.filter(isProperty).map(({ label, after }) => `"${label}"${after ? ` (of a dropdown, with the answer "${after}")` : ''}`);
			if (own.length === 0) return undefined;
			return `Create it in Syncro under Admin → Contact Custom Fields, with exactly this name: ${own.join(', ')}. It is tried again in a week, and with any other value.`;
		},
	};
}

function nameOf({ name }: TargetRecord, fields: readonly FieldChange[]): FieldValue | undefined {
	return name ?? fields.find(({ field }) => field === 'name')?.after;
}

/**
 * The fields as Syncro takes them. Blank is `''`: its texts can't be null.
 *
 * @param properties what the contact holds now; Syncro may drop what is not sent back
 */
export function bodyOf(fields: readonly FieldChange[], properties: Record<string, unknown> = {}): ContactBody {
	const body: ContactBody = {};
	const own: Record<string, unknown> = {};
	for (const { field, after } of fields) {
		const { name, type } = fieldNamed(field, syncroContacts);
		const property = propertyOf(name);
		if (property === undefined) body[field] = type === 'boolean' ? after === 'true' : (after ?? '');
		else own[property] = after ?? '';
	}
	if (Object.keys(own).length > 0) body.properties = { ...properties, ...own };
	return body;
}

function isProperty({ field }: FieldChange): boolean {
	return propertyOf(fieldNamed(field, syncroContacts).name) !== undefined;
}
