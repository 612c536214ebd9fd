import type { SimulatedResponse } from '../base/server';
import { existing, outsideContract, page, refusedWithMessages } from './answers';
import { readBody } from './body';
import { writtenProperties } from './customFields';
import { isEmail } from './email';
import { like } from './like';
import { storedPhone } from './phone';
import type { SyncroQuirks } from './quirks';
import type { Call, Route } from './route';
import { EPOCH, type SyncroCustomerSeed } from './seed';
import type { SyncroState } from './state';

export interface SyncroCustomer extends Required<Omit<SyncroCustomerSeed, 'properties'>> {
	properties: Record<string, unknown>;
	get_sms: boolean;
	opt_out: boolean;
	no_email: boolean;
	tax_rate_id: number | null;
	notification_email: string | null;
	invoice_cc_emails: string | null;
	invoice_term_id: number | null;
	referred_by: string | null;
	ref_customer_id: number | null;
	created_at: string;
	updated_at: string;
}

/** Fields that PUT takes and GET shows. */
const READABLE = {
	business_name: 'string', firstname: 'string', lastname: 'string', email: 'string', phone: 'string', mobile: 'string', address: 'string',
	address_2: 'string', city: 'string', state: 'string', zip: 'string', notes: 'string', get_sms: 'boolean', opt_out: 'boolean', no_email: 'boolean',
	ref_customer_id: 'integer', referred_by: 'string', tax_rate_id: 'integer', notification_email: 'string', invoice_cc_emails: 'string',
	invoice_term_id: 'integer',
} as const;

const WRITABLE = { ...READABLE, get_billing: 'boolean', get_marketing: 'boolean', get_reports: 'boolean', properties: 'object', consent: 'object' } as const;

export const CUSTOMER_ROUTES: Route[] = [
	{ method: 'GET', path: /^\/customers\/autocomplete$/, parameters: ['query'], respond: autocompleteCustomers },
	{
		method: 'GET',
		path: /^\/customers$/,
		permission: 'Customers - List/Search',
		parameters: ['sort', 'query', 'firstname', 'lastname', 'business_name', 'id[]', 'not_id[]', 'email', 'include_disabled', 'page', 'per_page'],
		respond: listCustomers,
	},
	{ method: 'GET', path: /^\/customers\/(\d+)$/, permission: 'Customers - View Detail', respond: getCustomer },
	{ method: 'PUT', path: /^\/customers\/(\d+)$/, permission: 'Customers - Edit', respond: updateCustomer },
];

/** `GET /customers`: every text filter is a LIKE match, so a name can find several customers. */
function listCustomers({ request: { url }, state, quirks }: Call): SimulatedResponse {
	const query = url.searchParams;
	const includeDisabled = query.get('include_disabled') === 'true';
	const wanted = numbers(query.getAll('id[]'));
	const unwanted = numbers(query.getAll('not_id[]'));
	const found = [...state.customers.values()]
		.filter((customer) => includeDisabled || !customer.disabled)
		.filter((customer) => wanted.length === 0 || wanted.includes(customer.id))
		.filter((customer) => !unwanted.includes(customer.id))
		.filter((customer) => like(customer.business_name, query.get('business_name')))
		.filter((customer) => like(customer.firstname, query.get('firstname')))
		.filter((customer) => like(customer.lastname, query.get('lastname')))
		.filter((customer) => like(customer.email, query.get('email')))
		.filter((customer) => like(everything(customer), query.get('query')));
	const sorted = sort(found, query.get('sort'));
	const customers = sorted.map((customer) => shown(state, quirks, customer));
	return { status: 200, body: page('customers', customers, url, { perPage: quirks.customersPerPage, meta: quirks.meta }) };
}

/** `GET /customers/autocomplete`: a quick look-up by a part of the name. */
function autocompleteCustomers({ request: { url }, state, quirks }: Call): SimulatedResponse {
	const customers = [...state.customers.values()]
		.filter((customer) => !customer.disabled && like(everything(customer), url.searchParams.get('query')))
		.slice(0, 25)
		.map((customer) => shown(state, quirks, customer));
	return { status: 200, body: { customers } };
}

function getCustomer({ state, quirks, id }: Call): SimulatedResponse {
	return { status: 200, body: { customer: shown(state, quirks, existing(state.customers, id, quirks)) } };
}

/** `PUT /customers/{id}`: what is not named stays, but for `properties` where the account replaces them. */
function updateCustomer({ request, state, quirks, id }: Call): SimulatedResponse {
	const customer = existing(state.customers, id, quirks);
	const { get_billing, get_marketing, get_reports, consent, properties: sent, ...written } = readBody(request, 'a customer', WRITABLE);
	if (written.email && !isEmail(written.email)) throw refusedWithMessages(['Email is not an email']);
	const refuse = (sentence: string) => {
		throw refusedWithMessages([sentence]);
	};
	const properties = sent && writtenProperties(quirks, { before: customer.properties, sent, fields: state.customerFields, refuse });
	Object.assign(customer, written, properties && { properties }, { updated_at: state.moment() });
	for (const field of ['phone', 'mobile'] as const) customer[field] = storedPhone(customer[field]);
	return { status: 200, body: { customer: shown(state, quirks, customer) } };
}

function numbers(texts: string[]): number[] {
	return texts.map((text) => {
		if (!/^\d+$/.test(text)) throw outsideContract(`customer id ${text}`);
		return Number(text);
	});
}

export function everything(customer: SyncroCustomer): string {
	return [customer.business_name, customer.firstname, customer.lastname, customer.email, customer.phone].join(' ');
}

function sort(customers: SyncroCustomer[], order: string | null): SyncroCustomer[] {
	if (order === null) return [...customers].sort((a, b) => a.id - b.id);
	const [, field, direction] = /^(\w+) (ASC|DESC)$/i.exec(order) ?? [];
	if (!field || !['id', 'firstname', 'lastname', 'business_name', 'email'].includes(field)) throw outsideContract(`sort ${order}`);
	const sign = direction.toUpperCase() === 'DESC' ? -1 : 1;
	const key = field as 'firstname';
	return [...customers].sort((a, b) => sign * String(a[key]).localeCompare(String(b[key]), 'en', { numeric: true }));
}

function shown(state: SyncroState, quirks: SyncroQuirks, customer: SyncroCustomer): object {
	const fullname = `${customer.firstname} ${customer.lastname}`.trim();
	const { id, business_name, created_at, updated_at, ...rest } = customer;
	return {
		id,
		business_name,
		...rest,
		fullname,
		business_and_full_name: [business_name, fullname].filter(Boolean).join(' - '),
		business_then_name: business_name || fullname,
		pdf_url: null,
		latitude: null,
		longitude: null,
		location_id: null,
		location_name: null,
		online_profile_url: `https://${state.seed.subdomain}.syncromsp.com/my_profile/${id}`,
		// The embedded list is cut: it is no substitute for reading the contacts.
		contacts: state.contactsOf(id).slice(0, quirks.contactsPerPage),
		created_at,
		updated_at,
	};
}

export function customerOf(seed: SyncroCustomerSeed): SyncroCustomer {
	return {
		id: seed.id,
		business_name: seed.business_name,
		firstname: seed.firstname ?? '',
		lastname: seed.lastname ?? '',
		email: seed.email ?? '',
		phone: storedPhone(seed.phone ?? ''),
		mobile: storedPhone(seed.mobile ?? ''),
		address: seed.address ?? '',
		address_2: seed.address_2 ?? '',
		city: seed.city ?? '',
		state: seed.state ?? '',
		zip: seed.zip ?? '',
		notes: seed.notes ?? '',
		disabled: seed.disabled ?? false,
		properties: { ...seed.properties },
		get_sms: false,
		opt_out: false,
		no_email: false,
		tax_rate_id: null,
		notification_email: null,
		invoice_cc_emails: null,
		invoice_term_id: null,
		referred_by: null,
		ref_customer_id: null,
		created_at: EPOCH,
		updated_at: EPOCH,
	};
}
