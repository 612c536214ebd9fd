import type { FieldValue, TargetRecord } from '../../../model/targetRecord';
import { SyncError } from '../../../model/syncError';
import { LostReply } from '../../apply/lostReply';
import type { Call } from '../../../http/call';
import type { SyncroClient } from '../client';
import { syncroContacts, TITLE_PROPERTY } from './definition';
import { propertiesOf } from '../customField';
import { malformed } from '../errors';
import { idNumber, isId } from '../ids';
import { listPages } from '../paging';
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

/** How often a list that changed while it was read is read again. */
const READ_AGAIN = 2;

/**
 * The contacts of a customer, page by page. Every contact must say that it belongs to that customer.
 *
 * @throws SyncError; `syncro.listChanged` when contacts came or went meanwhile, so that some may be missing
 */
export async function* contactPages(client: SyncroClient, customerId: string, call: Call = {}): AsyncGenerator<SyncroContact[]> {
	const doing = `read the contacts of customer ${customerId}`;
	const seen = new Set<string>();
	let expected: number | undefined;
	const list = { path: '/contacts', rows: 'contacts', query: { customer_id: idNumber(customerId, 'customer') }, doing, permission: VIEW_CUSTOMER };
	for await (const { rows, totalEntries } of listPages(client, list, call)) {
		if (expected !== undefined && totalEntries !== undefined && totalEntries !== expected) throw listChanged(client, doing);
		expected = totalEntries;
		const page = rows.map((row) => contactRecord(client.account, row, doing));
		for (const contact of page) {
			if (contact.customerId !== customerId) {
				throw malformed({ account: client.account, doing }, `the list holds the contact ${contact.id}, which belongs to customer ${contact.customerId}`);
			}
			if (seen.has(contact.id)) throw listChanged(client, doing);
			seen.add(contact.id);
		}
		yield page;
	}
	if (expected !== undefined && seen.size !== expected) throw listChanged(client, doing);
}

/** All contacts of a customer; a list that changed while it was read is read again. */
export async function allContacts(client: SyncroClient, customerId: string, call: Call = {}): Promise<SyncroContact[]> {
	for (let attempt = 0; ; attempt++) {
		try {
			const contacts: SyncroContact[] = [];
			for await (const page of contactPages(client, customerId, call)) contacts.push(...page);
			return contacts;
		} catch (error) {
			if (!(error instanceof SyncError) || error.code !== 'syncro.listChanged' || attempt >= READ_AGAIN) throw error;
		}
	}
}

/** @param doing for messages, for example `read the contact "Ada"` */
export async function getContact(client: SyncroClient, id: string, call: Call = {}, doing = `read the contact ${id}`): Promise<SyncroContact> {
	const row = await client.request({ ...call, method: 'GET', path: `/contacts/${idNumber(id, 'contact')}`, doing, permission: VIEW_CUSTOMER });
	return requireId(client, contactRecord(client.account, row, doing), id, doing);
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
	return understood(client, row, doing, (contact) => contact.customerId === customerId);
}

/** Changes a contact; fields that are not in `body` stay. `name` is required by Syncro. @returns what was stored */
export async function updateContact(client: SyncroClient, id: string, body: ContactBody & { name: string }, call: Call, doing: string): Promise<SyncroContact> {
	const row = await client.request({ ...call, method: 'PUT', path: `/contacts/${idNumber(id, 'contact')}`, body, doing, permission: EDIT_CUSTOMER });
	return understood(client, row, doing, (contact) => contact.id === id);
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

function requireId(client: SyncroClient, contact: SyncroContact, id: string, doing: string): SyncroContact {
	if (contact.id === id) return contact;
	throw malformed({ account: client.account, doing }, `Syncro answered with the contact ${contact.id} instead of ${id}`);
}

/** The answer to a write. One that can't be understood proves nothing: it counts as a lost reply. */
function understood(client: SyncroClient, row: Record<string, unknown>, doing: string, fits: (contact: SyncroContact) => boolean): SyncroContact {
	let contact: SyncroContact | undefined;
	try {
		contact = contactRecord(client.account, row, doing);
	} catch (error) {
		if (!(error instanceof SyncError)) throw error;
	}
	if (contact && fits(contact)) return contact;
	const { message, remedy } = malformed({ account: client.account, doing }, 'the answer is not the contact that was sent');
	throw new LostReply(message, { class: 'unavailable', code: 'syncro.malformed', remedy, mayStillArrive: false });
}

function listChanged(client: SyncroClient, doing: string): SyncError {
	return new SyncError(`Syncro account ${client.account}: could not ${doing}, because contacts were added or removed while the list was read.`, {
		class: 'unavailable',
		code: 'syncro.listChanged',
		remedy: 'Run it again; a list with gaps is never used.',
	});
}
