import { allContacts, contactPages, contactRecord, getContact } from '../../../sync/target/syncro/contacts/contacts';
import { customerPages, getCustomer } from '../../../sync/target/syncro/customers';
import { checkToken } from '../../../sync/target/syncro/permissions';
import type { SyncroSeed } from '../../../simulators/syncro/seed';
import { openAccount, READ_TOKEN, SEED, type Account } from './support/account';

const CROWD: SyncroSeed = {
	...SEED,
	customers: [...SEED.customers, ...Array.from({ length: 130 }, (_, index) => ({ id: 100 + index, business_name: `Customer ${index}` }))],
	contacts: [...SEED.contacts, ...Array.from({ length: 120 }, (_, index) => ({ id: 1000 + index, customer_id: 100, name: `Contact ${index}` }))],
};

let account: Account;

beforeAll(async () => {
	account = await openAccount(CROWD);
});
beforeEach(() => {
	account.simulator.state.reset();
	account.simulator.faults.clear();
	account.simulator.seen.length = 0;
	Object.assign(account.simulator.quirks, { meta: 'full', permissionsShape: 'flags', contactsPerPage: 50 });
	account.clock.moment += 120_000;
});
afterAll(async () => await account.simulator.stop());

const requests = () => account.simulator.seen.map(({ url }) => url.pathname.replace('/api/v1', '') + url.search);

describe('Contacts', () => {
	it.each([
		['full', 3],
		['pagesOnly', 3],
		['absent', 4],
	] as const)('are read to the last page with meta %s, in %i requests', async (meta, pages) => {
		account.simulator.quirks.meta = meta;
		const contacts = await allContacts(account.client(), '100');
		expect(contacts).toHaveLength(120);
		expect(new Set(contacts.map(({ id }) => id)).size).toBe(120);
		expect(requests()).toEqual(Array.from({ length: pages }, (_, index) => `/contacts?customer_id=100&page=${index + 1}`));
	});

	it('are all read although the pages are shorter than the documentation says', async () => {
		account.simulator.quirks.contactsPerPage = 25;
		expect(await allContacts(account.client(), '100')).toHaveLength(120);
	});

	it('come page by page, and no page is read before it is asked for', async () => {
		for await (const page of contactPages(account.client(), '100')) {
			expect(page).toHaveLength(50);
			break;
		}
		expect(requests()).toHaveLength(1);
	});

	it('of a customer without any are an empty list, after one request', async () => {
		expect(await allContacts(account.client(), '229')).toEqual([]);
		expect(requests()).toHaveLength(1);
	});

	it('are read again when one is deleted meanwhile, which would shift another one out of sight', async () => {
		let first = true;
		const client = account.client();
		const real = client.request.bind(client);
		client.request = async (request) => {
			const answer = await real(request);
			if (first) account.simulator.state.deleteContact(1000);
			first = false;
			return answer;
		};
		const contacts = await allContacts(client, '100');
		expect(contacts).toHaveLength(119);
		expect(contacts.map(({ id }) => id)).toContain('1050');
	});

	it('are taken apart as they are: nothing added, the job title out of the properties, absent stays absent', async () => {
		expect(await getContact(account.client(), '11')).toEqual({
			kind: 'contact', target: 'syncro', account: 'acme', customerId: '1', id: '11',
			name: 'Ada Lovelace', email: 'ada@northwind.example', phone: '15550100100', mobile: null,
			address1: null, address2: null, city: null, state: null, zip: null, notes: null, opt_out: 'false',
			title: 'Analyst', properties: { title: 'Analyst', Badge: 'A-7' },
			createdAt: '2024-01-15T09:00:00.000Z', updatedAt: '2024-01-15T09:00:00.000Z',
		});
		expect(contactRecord('acme', { id: 5, customer_id: '1', name: 'N', zip: 12 }, 'test')).toEqual({
			kind: 'contact', target: 'syncro', account: 'acme', customerId: '1', id: '5', name: 'N', zip: '12',
		});
		expect(contactRecord('acme', { id: 5, customer_id: 1, properties: {} }, 'test')).toMatchObject({ title: null });
	});

	it.each(['abc', '', '1/../2', '-1', '1.5'])('are not asked for with "%s" as an id', async (id) => {
		await expect(getContact(account.client(), id)).rejects.toMatchObject({ class: 'input', message: `"${id}" is not the id of a Syncro contact.` });
		expect(requests()).toEqual([]);
	});
});

describe('Customers', () => {
	const names = async (filter: Parameters<typeof customerPages>[1]) => {
		const found: string[] = [];
		for await (const page of customerPages(account.client(), filter)) found.push(...page.map(({ name }) => name));
		return found;
	};

	it('are read over all pages, disabled ones only when asked for', async () => {
		expect(await names({})).toHaveLength(132);
		expect(requests()).toEqual(['/customers?page=1', '/customers?page=2']);
		expect(await names({ includeDisabled: true })).toContain('Closed Shop');
	});

	it('are searched by a part of their name, which may find several', async () => {
		expect(await names({ query: 'northwind' })).toEqual(['Northwind Traders', 'Northwind Trading East']);
		expect(await names({ query: 'nobody at all' })).toEqual([]);
	});

	it('are read one by one', async () => {
		expect(await getCustomer(account.client(), '1')).toMatchObject({ kind: 'customer', target: 'syncro', account: 'acme', customerId: '1', name: 'Northwind Traders' });
		await expect(getCustomer(account.client(), '999')).rejects.toMatchObject({ class: 'notFound', message: expect.stringContaining('could not read the customer 999') });
	});
});

describe('The check of a token', () => {
	it.each(['flags', 'actions', 'names', 'absent'] as const)('tells what features have and lack, with /me in the notation %s', async (permissionsShape) => {
		account.simulator.quirks.permissionsShape = permissionsShape;
		const full = await checkToken(account.client());
		const reading = await checkToken(account.client({ token: READ_TOKEN }));
		const granted = ({ features }: typeof full) => Object.fromEntries(features.map((feature) => [feature.permission, feature.granted]));
		const silent = permissionsShape === 'absent';
		// Where /me is silent, what can be read is tried.
		const tried = ['Customers - List/Search', 'Customers - View Detail', 'Recurring Invoices - List', 'Assets - List/Search', 'RMM Alerts - List', 'Tickets - List/Search', 'Global Admin'];
		const others = ['Customers - Edit', 'Recurring Invoices - Edit', 'Assets - View Details', 'Assets - Edit', 'Assets - Create', 'RMM Alerts - Create', 'RMM Alerts - Delete', 'Tickets - View Details', 'Tickets - Create', 'Tickets - Edit'];
		const told = (has: (permission: string) => boolean) => Object.fromEntries([...tried, ...others].map((permission) => [permission, !silent || tried.includes(permission) ? has(permission) : undefined]));
		expect(granted(full)).toMatchObject(told(() => true));
		expect(granted(reading)).toMatchObject(told((permission) => ['Customers - List/Search', 'Customers - View Detail'].includes(permission)));
		expect(account.simulator.writes()).toBe(0);
	});

	it('says whose account the token really is for', async () => {
		await expect(checkToken(account.client({ subdomain: 'other' }))).rejects.toMatchObject({
			message: 'The API token belongs to the Syncro account acme, not to other.',
			remedy: 'Enter acme as Subdomain in the Syncro credential, or a token of the account other.',
		});
	});

	it('notices that something else than Syncro answers', async () => {
		account.simulator.faults.add({ fault: { kind: 'answer', status: 200, body: { hello: 'world' } } });
		await expect(checkToken(account.client())).rejects.toMatchObject({ code: 'syncro.notSyncro' });
	});
});
