import type { FieldValue, TargetRecord } from '../../../model/targetRecord';
import type { Call } from '../../../http/call';
import type { SyncroClient } from '../client';
import { syncroContacts, TITLE_PROPERTY } from './definition';
import { propertiesOf } from '../customField';
import { allRecords, recordPages, requireId, understood, type CustomerList } from '../customerRecords';
import { malformed } from '../errors';
import { idNumber, isId } from '../ids';
import { EDIT_CUSTOMER, VIEW_CUSTOMER } from '../permissions';

/** A contact of Syncro as the rest of the package sees it; see `contactRecord`. */
export interface SyncroContact extends TargetRecord {
	/** Custom fields by their label; the job title is `title` among them. */
	properties?: Record<string, unknown>;
	createdAt?: string;
	updatedAt?: string;
}

/** What is sent of a contact: Syncro's own keys; `''` blanks a text. */
export interface ContactBody {
	[field: string]: string | boolean | Record<string, unknown> | undefined;
	/** The whole map: Syncro may drop every property that is not in it. */
	properties?: Record<string, unknown>;
}

/** Fields of a contact that lie beside `properties`, under the same name in Syncro and here. */
const FIELDS = ['name', 'email', 'phone', 'mobile', 'address1', 'address2', 'city', 'state', 'zip', 'notes', 'opt_out'] as const;

const LIST: CustomerList<SyncroContact> = { path: '/contacts', rows: 'contacts', noun: 'contact', nouns: 'contacts', permission: VIEW_CUSTOMER, record: contactRecord };

/** The contacts of a customer, page by page; see `recordPages`. */
export function contactPages(client: SyncroClient, customerId: string, call: Call = {}): AsyncGenerator<SyncroContact[]> {
	return recordPages(client, LIST, customerId, call);
}

/** All contacts of a customer; a list that changed while it was read is read again. */
export async function allContacts(client: SyncroClient, customerId: string, call: Call = {}): Promise<SyncroContact[]> {
	return await allRecords(client, LIST, customerId, call);
}

/** @param doing for messages, for example `read the contact "Ada"` */
export async function getContact(client: SyncroClient, id: string, call: Call = {}, doing = `read the contact ${id}`): Promise<SyncroContact> {
	const row = await client.request({ ...call, method: 'GET', path: `/contacts/${idNumber(id, 'contact')}`, doing, permission: VIEW_CUSTOMER });
	return requireId(client, contactRecord(client.account, row, doing), id, 'contact', doing);
}

/** Creates a contact. @returns the contact as Syncro stored it */
export async function createContact(client: SyncroClient, customerId: string, body: ContactBody, call: Call, doing: string): Promise<SyncroContact> {
	const row = await client.request({
		...call,
		method: 'POST',
		path: '/contacts',
		body: { customer_id: idNumber(customerId, 'customer'), ...body },
		doing,
		permission: EDIT_CUSTOMER,
	});
	return understood(client, 'contact', doing, () => contactRecord(client.account, row, doing), (contact) => contact.customerId === customerId);
}

/** Changes a contact; fields that are not in `body` stay. `name` is required by Syncro. @returns what was stored */
export async function updateContact(client: SyncroClient, id: string, body: ContactBody & { name: string }, call: Call, doing: string): Promise<SyncroContact> {
	const row = await client.request({ ...call, method: 'PUT', path: `/contacts/${idNumber(id, 'contact')}`, body, doing, permission: EDIT_CUSTOMER });
	return understood(client, 'contact', doing, () => contactRecord(client.account, row, doing), (contact) => contact.id === id);
}

/** Deletes a contact for good; Syncro has no undelete. */
export async function deleteContact(client: SyncroClient, id: string, call: Call, doing: string): Promise<void> {
	const answer = await client.request({ ...call, method: 'DELETE', path: `/contacts/${idNumber(id, 'contact')}`, doing, permission: EDIT_CUSTOMER });
	if (answer.success === false) throw malformed({ account: client.account, doing }, 'Syncro answers that it did not succeed and does not say why');
}

/**
 * A row of Syncro as a target record. Keys that Syncro's answer lacks stay absent. The job title is
 * `properties.title`, and absent only where `properties` is.
 */
export function contactRecord(account: string, row: Record<string, unknown>, doing: string): SyncroContact {
	const { id, customer_id: customerId, properties } = row;
	if (!isId(id)) throw malformed({ account, doing }, 'the answer holds a contact without an id');
	if (!isId(customerId)) throw malformed({ account, doing }, `the contact ${String(id)} does not say which customer it belongs to`);
	const record: SyncroContact = { kind: 'contact', target: syncroContacts.name, account, customerId: String(customerId), id: String(id) };
	for (const name of FIELDS) {
		if (name in row) record[name] = asText(row[name]);
	}
	const map = propertiesOf(properties);
	if (map) {
		record.properties = map;
		record.title = asText(map[TITLE_PROPERTY]);
	}
	if (typeof row.created_at === 'string') record.createdAt = row.created_at;
	if (typeof row.updated_at === 'string') record.updatedAt = row.updated_at;
	return record;
}

function asText(value: unknown): FieldValue {
	if (value === null || value === undefined) return null;
	return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
