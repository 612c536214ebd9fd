import type { SimulatedResponse } from '../base/server';
import { notFound, outsideContract, page } from './answers';
import type { SyncroQuirks } from './quirks';
import type { SyncroCustomer, SyncroState } from './state';

/** `GET /customers`: every text filter is a LIKE match, so a name can find several customers. */
export function listCustomers(state: SyncroState, quirks: SyncroQuirks, url: URL): SimulatedResponse {
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
	return { status: 200, body: page(quirks, 'customers', customers, url, quirks.customersPerPage) };
}

/** `GET /customers/autocomplete`: a quick look-up by a part of the name. */
export function autocompleteCustomers(state: SyncroState, quirks: SyncroQuirks, url: URL): SimulatedResponse {
	const customers = [...state.customers.values()]
		.filter((customer) => !customer.disabled && like(everything(customer), url.searchParams.get('query')))
		.slice(0, 25)
		.map((customer) => shown(state, quirks, customer));
	return { status: 200, body: { customers } };
}

export function getCustomer(state: SyncroState, quirks: SyncroQuirks, id: number): SimulatedResponse {
	const customer = state.customers.get(id);
	if (!customer) throw notFound(quirks, 'Customer');
	return { status: 200, body: { customer: shown(state, quirks, customer) } };
}

/** `GET /search`: customers and contacts of the whole account, in Syncro's nested shape. */
export function search(state: SyncroState, url: URL): SimulatedResponse {
	const query = url.searchParams.get('query');
	if (!query) return { status: 200, body: { quick_result: null, results: [], error: null } };
	const hit = (type: string, id: number, table: object) => ({
		table: { _id: id, _type: type, _index: `${type}s`, _source: { table } },
	});
	const results = [
		...[...state.customers.values()]
			.filter((customer) => like(everything(customer), query))
			.map((customer) => hit('customer', customer.id, { id: customer.id, business_name: customer.business_name, email: customer.email })),
		...state
			.contactsOf()
			.filter((contact) => like([contact.name, contact.email, contact.phone, contact.mobile].join(' '), query))
			.map((contact) => hit('contact', contact.id, { id: contact.id, name: contact.name, email: contact.email, customer_id: contact.customer_id })),
	];
	return { status: 200, body: { quick_result: null, results, error: null } };
}

function numbers(texts: string[]): number[] {
	return texts.map((text) => {
		if (!/^\d+$/.test(text)) throw outsideContract(`customer id ${text}`);
		return Number(text);
	});
}

function like(value: string, part: string | null): boolean {
	return part === null || value.toLowerCase().includes(part.toLowerCase());
}

function everything(customer: SyncroCustomer): string {
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
	const { id, business_name, created_at, ...rest } = customer;
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
		updated_at: created_at,
	};
}
