import type { SimulatedResponse } from '../base/server';
import { existing, page, refused } from './answers';
import { readBody, type Body } from './body';
import { keptProperties, writtenProperties } from './customFields';
import { isEmail } from './email';
import { storedPhone } from './phone';
import type { SyncroQuirks } from './quirks';
import { integerParameter, type Call, type Route } from './route';
import type { ContactText, SyncroContact } from './state';

/** `properties` and `opt_out` are in no documented body; public clients write them, and Syncro takes or ignores them. */
const WRITABLE = {
	customer_id: 'integer', name: 'string', address1: 'string', address2: 'string', city: 'string', state: 'string', zip: 'string', email: 'string',
	phone: 'string', mobile: 'string', notes: 'string', title: 'string', properties: 'object', opt_out: 'boolean',
} as const;

type ContactBody = Body<typeof WRITABLE>;

export const CONTACT_ROUTES: Route[] = [
	{ method: 'GET', path: /^\/contacts$/, permission: 'Customers - View Detail', parameters: ['customer_id', 'page', 'per_page'], respond: listContacts },
	{ method: 'GET', path: /^\/contacts\/(\d+)$/, permission: 'Customers - View Detail', respond: getContact },
	{ method: 'POST', path: /^\/contacts$/, permission: 'Customers - Edit', respond: createContact },
	{ method: 'PUT', path: /^\/contacts\/(\d+)$/, permission: 'Customers - Edit', respond: updateContact },
	{ method: 'DELETE', path: /^\/contacts\/(\d+)$/, permission: 'Customers - Edit', respond: deleteContact },
];

/** `title` is a field of every contact, and lives among the custom ones. */
const BUILT_IN = ['title'];

/** `GET /contacts`: of one customer or of all; no other filter exists. */
function listContacts({ request: { url }, state, quirks }: Call): SimulatedResponse {
	const contacts = state.contactsOf(integerParameter(url, 'customer_id') ?? undefined);
	return { status: 200, body: page('contacts', contacts, url, { perPage: quirks.contactsPerPage, meta: quirks.meta }) };
}

function getContact({ state, quirks, id }: Call): SimulatedResponse {
	return { status: 200, body: existing(state.contacts, id, quirks) };
}

/** `POST /contacts`: status 200 and the bare contact. `title` and `opt_out` are no fields of a new contact and are ignored. */
function createContact({ request, state, quirks }: Call): SimulatedResponse {
	const body = readBody(request, 'a contact', WRITABLE);
	const refuse = (sentence: string): never => refuseContact(quirks, body, sentence);
	if (body.customer_id === undefined || !state.customers.has(body.customer_id)) return refuse("Customer can't be blank");
	checkEmail(body, refuse);
	const sent = (quirks.propertiesOnPost === 'store' && body.properties) || {};
	const properties = keptProperties(quirks, { sent, fields: state.contactFields, builtIn: BUILT_IN, refuse });
	return { status: 200, body: state.addContact(body.customer_id, textsOf(body), properties) };
}

/** `PUT /contacts/{id}`: fields that are not named stay; `title` is stored as `properties.title`. */
function updateContact({ request, state, quirks, id }: Call): SimulatedResponse {
	const contact = existing(state.contacts, id, quirks);
	const body = readBody(request, 'a contact', WRITABLE);
	const refuse = (sentence: string): never => refuseContact(quirks, body, sentence, contact);
	if (!body.name?.trim()) refuse("Name can't be blank");
	if (body.customer_id !== undefined && !state.customers.has(body.customer_id)) refuse("Customer can't be blank");
	checkEmail(body, refuse);
	let { properties } = contact;
	if (body.properties) properties = writtenProperties(quirks, { before: properties, sent: body.properties, fields: state.contactFields, builtIn: BUILT_IN, refuse });
	if (body.title !== undefined) properties = { ...properties, title: body.title };
	if (body.customer_id !== undefined) state.moveContact(id, body.customer_id);
	if (body.opt_out !== undefined && quirks.optOutOnPut === 'store') contact.opt_out = body.opt_out;
	return { status: 200, body: state.editContact(id, textsOf(body), properties) };
}

function deleteContact({ state, quirks, id }: Call): SimulatedResponse {
	existing(state.contacts, id, quirks);
	state.deleteContact(id);
	return { status: 200, body: { success: true } };
}

function textsOf({ customer_id, title, properties, opt_out, ...texts }: ContactBody): Partial<Record<ContactText, string>> {
	return texts;
}

function checkEmail({ email }: ContactBody, refuse: (sentence: string) => never): void {
	if (email && !isEmail(email)) refuse('Email is not an email');
}

function refuseContact(quirks: SyncroQuirks, body: ContactBody, sentence: string, contact?: SyncroContact): never {
	const record = {
		...contact,
		...textsOf(body),
		...(body.properties ? { properties: body.properties } : {}),
		processed_phone: storedPhone(body.phone ?? ''),
		processed_mobile: storedPhone(body.mobile ?? ''),
	};
	throw refused(quirks, sentence, { record, params: { ...body, controller: 'api/v1/contacts' } });
}
