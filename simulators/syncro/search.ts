import type { SimulatedResponse } from '../base/server';
import { everything } from './customers';
import { like } from './like';
import type { Call, Route } from './route';

export const SEARCH_ROUTES: Route[] = [{ method: 'GET', path: /^\/search$/, parameters: ['query'], respond: search }];

/** `GET /search`: customers and contacts of the whole account, in Syncro's nested shape. */
function search({ request, state }: Call): SimulatedResponse {
	const query = request.url.searchParams.get('query');
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
