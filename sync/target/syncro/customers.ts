import type { Call } from '../../http/call';
import type { SyncroClient } from './client';
import { idNumber } from './ids';
import { syncroContacts } from './contacts/definition';
import { malformed } from './errors';
import { listPages } from './paging';
import { LIST_CUSTOMERS, VIEW_CUSTOMER } from './permissions';

/** A customer of Syncro (an organisation), reduced to what tells which one it is. */
export interface SyncroCustomer {
	kind: 'customer';
	target: string;
	account: string;
	/** As text, as pairings keep it. */
	customerId: string;
	/** Business name, else the full name of a private customer. */
	name: string;
	email?: string | null;
	phone?: string | null;
	address?: string | null;
	city?: string | null;
	state?: string | null;
	zip?: string | null;
	disabled?: boolean;
}

export interface CustomerFilter {
	/** Part of the name, e-mail address or phone number. Several customers may match. */
	query?: string;
	includeDisabled?: boolean;
}

/** Customers of the account, page by page. */
export async function* customerPages(client: SyncroClient, filter: CustomerFilter = {}, call: Call = {}): AsyncGenerator<SyncroCustomer[]> {
	const doing = filter.query ? `search the customers for "${filter.query}"` : 'read the customers';
	const query = {
		...(filter.query ? { query: filter.query } : {}),
		...(filter.includeDisabled ? { include_disabled: 'true' } : {}),
	};
	const list = { path: '/customers', rows: 'customers', query, doing, permission: LIST_CUSTOMERS };
	for await (const { rows } of listPages(client, list, call)) {
		yield rows.map((row) => customerOf(client, row, doing));
	}
}

export async function getCustomer(client: SyncroClient, customerId: string, call: Call = {}): Promise<SyncroCustomer> {
	const doing = `read the customer ${customerId}`;
	const answer = await client.request({
		...call,
		method: 'GET',
		path: `/customers/${idNumber(customerId, 'customer')}`,
		doing,
		permission: VIEW_CUSTOMER,
	});
	const row = answer.customer;
	if (typeof row !== 'object' || row === null) throw malformed({ account: client.account, doing }, 'the answer holds no customer');
	return customerOf(client, row as Record<string, unknown>, doing);
}

function customerOf(client: SyncroClient, row: Record<string, unknown>, doing: string): SyncroCustomer {
	if (!Number.isSafeInteger(row.id)) throw malformed({ account: client.account, doing }, 'the answer holds a customer without an id');
	const customer: SyncroCustomer = {
		kind: 'customer',
		target: syncroContacts.name,
		account: client.account,
		customerId: String(row.id),
		name: customerName(row),
	};
	for (const key of ['email', 'phone', 'address', 'city', 'state', 'zip'] as const) {
		const value = row[key];
		if (typeof value === 'string' || value === null) customer[key] = value;
	}
	if (typeof row.disabled === 'boolean') customer.disabled = row.disabled;
	return customer;
}

/** Business name, else the full name of a private customer. */
export function customerName(row: Record<string, unknown>): string {
	const names = [row.business_name, row.fullname, [row.firstname, row.lastname].filter(Boolean).join(' ')];
	const name = names.find((candidate): candidate is string => typeof candidate === 'string' && candidate.trim() !== '');
	return name?.trim() ?? `Customer ${String(row.id)}`;
}
