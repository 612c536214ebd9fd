import type { SimulatedRequest, SimulatedResponse } from '../base/server';
import { notFound, outsideContract, page, refused } from './answers';
import type { SyncroQuirks } from './quirks';
import { CONTACT_TEXTS, storedPhone, type ContactText, type SyncroContact, type SyncroState } from './state';

interface ContactBody {
	texts: Partial<Record<ContactText, string>>;
	customerId?: number;
	properties?: Record<string, unknown>;
	title?: string;
	sent: Record<string, unknown>;
}

/** `GET /contacts`: of one customer or of all; no other filter exists. */
export function listContacts(state: SyncroState, quirks: SyncroQuirks, url: URL): SimulatedResponse {
	const customer = url.searchParams.get('customer_id');
	if (customer !== null && !/^\d+$/.test(customer)) throw outsideContract(`customer_id ${customer}`);
	const contacts = state.contactsOf(customer === null ? undefined : Number(customer));
	return { status: 200, body: page(quirks, 'contacts', contacts, url, quirks.contactsPerPage) };
}

export function getContact(state: SyncroState, quirks: SyncroQuirks, id: number): SimulatedResponse {
	return { status: 200, body: existing(state, quirks, id) };
}

/** `POST /contacts`: status 200 and the bare contact. `title` is no field of a new contact and is ignored. */
export function createContact(state: SyncroState, quirks: SyncroQuirks, request: SimulatedRequest): SimulatedResponse {
	const body = readBody(request);
	if (body.customerId === undefined || !state.customers.has(body.customerId)) refuse(quirks, body, "Customer can't be blank");
	checkEmail(quirks, body);
	const properties = quirks.propertiesOnPost === 'store' ? kept(quirks, body.properties ?? {}) : {};
	return { status: 200, body: state.addContact(body.customerId!, body.texts, properties) };
}

/** `PUT /contacts/{id}`: fields that are not named stay; `title` is stored as `properties.title`. */
export function updateContact(state: SyncroState, quirks: SyncroQuirks, id: number, request: SimulatedRequest): SimulatedResponse {
	const contact = existing(state, quirks, id);
	const body = readBody(request);
	if (!body.texts.name?.trim()) refuse(quirks, body, "Name can't be blank", contact);
	if (body.customerId !== undefined && !state.customers.has(body.customerId)) refuse(quirks, body, "Customer can't be blank", contact);
	checkEmail(quirks, body, contact);
	let properties = contact.properties;
	if (body.properties) {
		properties = quirks.propertiesOnPut === 'replace' ? kept(quirks, body.properties) : { ...properties, ...kept(quirks, body.properties) };
	}
	if (body.title !== undefined) properties = { ...properties, title: body.title };
	if (body.customerId !== undefined) state.moveContact(id, body.customerId);
	return { status: 200, body: state.editContact(id, body.texts, properties) };
}

export function deleteContact(state: SyncroState, quirks: SyncroQuirks, id: number): SimulatedResponse {
	existing(state, quirks, id);
	state.deleteContact(id);
	return { status: 200, body: { success: true } };
}

function existing(state: SyncroState, quirks: SyncroQuirks, id: number): SyncroContact {
	const contact = state.contacts.get(id);
	if (!contact) throw notFound(quirks, 'Contact');
	return contact;
}

function kept(quirks: SyncroQuirks, properties: Record<string, unknown>): Record<string, unknown> {
	if (quirks.unknownProperties === 'keep') return properties;
	return Object.fromEntries(
		Object.entries(properties).filter(([label]) => label === 'title' || quirks.declaredProperties.includes(label)),
	);
}

function checkEmail(quirks: SyncroQuirks, body: ContactBody, contact?: SyncroContact): void {
	const email = body.texts.email;
	if (email && !/^[^\s@]+@[^\s@.]+(\.[^\s@.]+)+$/.test(email)) refuse(quirks, body, 'Email is not an email', contact);
}

function refuse(quirks: SyncroQuirks, body: ContactBody, sentence: string, contact?: SyncroContact): never {
	const record = {
		...contact,
		...body.texts,
		...(body.properties ? { properties: body.properties } : {}),
		processed_phone: storedPhone(body.texts.phone ?? ''),
		processed_mobile: storedPhone(body.texts.mobile ?? ''),
	};
	throw refused(quirks, sentence, { record, params: { ...body.sent, controller: 'api/v1/contacts' } });
}

/** Takes the body apart; anything that the specification does not name, or names with another type, is an error. */
function readBody(request: SimulatedRequest): ContactBody {
	if (!/^application\/json\b/i.test(request.headers['content-type'] ?? '')) throw outsideContract('a body that is not application/json');
	const sent = parse(request.body);
	const body: ContactBody = { texts: {}, sent };
	for (const [key, value] of Object.entries(sent)) {
		if (key === 'customer_id') {
			if (!Number.isInteger(value)) throw outsideContract('customer_id must be an integer');
			body.customerId = value as number;
		} else if (key === 'properties') {
			if (typeof value !== 'object' || value === null || Array.isArray(value)) throw outsideContract('properties must be an object');
			body.properties = value as Record<string, unknown>;
		} else if (key === 'title' || (CONTACT_TEXTS as readonly string[]).includes(key)) {
			if (typeof value !== 'string') throw outsideContract(`${key} must be a string`);
			if (key === 'title') body.title = value;
			else body.texts[key as ContactText] = value;
		} else {
			throw outsideContract(`field ${key} of a contact`);
		}
	}
	return body;
}

function parse(text: string): Record<string, unknown> {
	try {
		const value: unknown = JSON.parse(text);
		if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
	} catch {
		throw outsideContract('a body that is not JSON');
	}
	throw outsideContract('a body that is not an object');
}
