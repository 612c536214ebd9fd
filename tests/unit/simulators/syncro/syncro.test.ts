import { HTML_ANSWER, NOT_AUTHORIZED } from '../../../../simulators/syncro/answers';
import type { SyncroQuirks } from '../../../../simulators/syncro/quirks';
import { ALL_SYNCRO_PERMISSIONS, type SyncroSeed } from '../../../../simulators/syncro/seed';
import { simulatedAccount } from './support/caller';

const SEED: SyncroSeed = {
	subdomain: 'acme',
	tokens: [
		{ token: 'all', permissions: [...ALL_SYNCRO_PERMISSIONS], email: 'owner@acme.example', admin: true },
		{ token: 'none', permissions: [] },
		{ token: 'list', permissions: ['Customers - List/Search'] },
		{ token: 'view', permissions: ['Customers - View Detail'] },
	],
	customers: [
		{ id: 1, business_name: 'Harbor Dental' },
		{ id: 2, business_name: 'Harbor Dental Labs', email: 'labs@harbor.example' },
		{ id: 3, business_name: 'Gone Ltd', disabled: true },
	],
	contacts: [
		{ id: 7, customer_id: 1, name: 'Ada', email: 'ada@x.example', phone: '(555) 010-0100', properties: { title: 'Dentist', Badge: '7' } },
		...Array.from({ length: 60 }, (_, index) => ({ id: 100 + index, customer_id: 2, name: `Contact ${index}` })),
	],
};

const { call, set, clock, simulator } = simulatedAccount(SEED);

describe('Access to the simulated Syncro', () => {
	it('is granted in all three forms in which tokens are sent', async () => {
		expect((await call('GET', '/me', undefined, { authorization: 'Bearer all' })).status).toBe(200);
		expect((await call('GET', '/me', undefined, { authorization: 'all' })).status).toBe(200);
		expect((await call('GET', '/me?api_key=all', undefined, {})).status).toBe(200);
	});

	it('is refused with 401 for an unknown token, with a body or without', async () => {
		expect(await call('GET', '/me', undefined, { authorization: 'Bearer nobody' })).toMatchObject({ status: 401, json: { error: 'Invalid API token.' } });
		expect((await call('GET', '/me', undefined, {})).status).toBe(401);
		set({ badTokenBody: 'empty' });
		expect(await call('GET', '/me', undefined, {})).toMatchObject({ status: 401, text: '' });
	});

	it.each<[string, string, string[]]>([
		['GET', '/me', ['all', 'none', 'list', 'view']],
		['GET', '/customers', ['all', 'list']],
		['GET', '/customers/1', ['all', 'view']],
		['GET', '/contacts', ['all', 'view']],
		['GET', '/contacts/7', ['all', 'view']],
		['POST', '/contacts', ['all']],
		['PUT', '/contacts/7', ['all']],
		['DELETE', '/contacts/7', ['all']],
	])('to %s %s is for the tokens %j only, others get the documented 401', async (method, path, allowed) => {
		const body = method === 'POST' || method === 'PUT' ? { customer_id: 1, name: 'N' } : undefined;
		for (const { token } of SEED.tokens) {
			simulator().state.reset();
			const answer = await call(method, path, body, { authorization: token });
			if (allowed.includes(token)) expect(answer.status).toBe(200);
			else expect(answer).toMatchObject({ status: 401, json: { error: NOT_AUTHORIZED } });
		}
		set({ permissionStatus: 403 });
		if (!allowed.includes('none')) expect((await call(method, path, body, { authorization: 'none' })).status).toBe(403);
	});

	it('says who one is and what one may', async () => {
		expect((await call('GET', '/me')).json).toMatchObject({ user_id: 1, user_email: 'owner@acme.example', admin: true, subdomain: 'acme', permissions: { customer: { edit: true }, asset: { create: true }, rmm_alert: { clear_manage: true }, invoice: {} } });
	});

	it('is limited to 180 requests in any 60 seconds, with Retry-After as the account likes it', async () => {
		for (let request = 0; request < 180; request++) expect((await call('GET', '/me')).status).toBe(200);
		clock.moment += 30_500;
		const plain = await call('GET', '/me');
		expect([plain.status, plain.headers.get('retry-after')]).toEqual([429, null]);
		set({ retryAfter: 'whole' });
		expect((await call('GET', '/me')).headers.get('retry-after')).toBe('30');
		set({ retryAfter: 'fractional' });
		expect((await call('GET', '/me')).headers.get('retry-after')).toBe('29.500');
		set({ retryAfter: 'date' });
		expect(Date.parse((await call('GET', '/me')).headers.get('retry-after')!)).toBeGreaterThan(clock.moment);
		clock.moment += 29_500;
		expect((await call('GET', '/me')).status).toBe(200);
	});

	it('ends at what the contract names: other paths, methods, parameters and fields are errors', async () => {
		for (const [method, path, body] of [
			['GET', '/contact_fields'], ['PATCH', '/contacts/7', {}], ['DELETE', '/contacts'], ['GET', '/contacts?email=a'], ['GET', '/contacts?page=0'],
			['POST', '/contacts', { customer_id: '1', name: 'N' }], ['POST', '/contacts', { customer_id: 1, name: null }], ['PUT', '/contacts/7', { name: 'N', job: 'x' }],
		] as const) {
			expect([method, path, (await call(method, path, body)).status]).toEqual([method, path, 400]);
		}
		expect(simulator().state.contacts.size).toBe(61);
	});
});

describe('Contacts of the simulated Syncro', () => {
	it('come in pages of 50 whatever is asked for, with meta as the account sends it', async () => {
		const first = await call('GET', '/contacts?customer_id=2&per_page=10');
		expect(first.json.contacts).toHaveLength(50);
		expect(first.json.meta).toEqual({ total_pages: 2, total_entries: 60, per_page: 50, page: 1 });
		expect((await call('GET', '/contacts?customer_id=2&page=2')).json.contacts).toHaveLength(10);
		expect((await call('GET', '/contacts?customer_id=2&page=3')).json.contacts).toEqual([]);
		set({ meta: 'pagesOnly' });
		expect((await call('GET', '/contacts?customer_id=2')).json.meta).toEqual({ total_pages: 2, page: 1 });
		set({ meta: 'absent' });
		expect((await call('GET', '/contacts?customer_id=2')).json).not.toHaveProperty('meta');
	});

	it('are bare objects; a new one answers 200, and phones keep their digits only', async () => {
		const created = await call('POST', '/contacts', { customer_id: 1, name: 'Bob', phone: '+1 (555) 0x', properties: { title: 'T', Other: 'o' } });
		expect(created).toMatchObject({ status: 200, json: { name: 'Bob', customer_id: 1, phone: '15550', email: null, properties: { title: 'T', Other: 'o' } } });
		expect(await call('GET', `/contacts/${String(created.json.id)}`)).toMatchObject({ status: 200, json: created.json });
	});

	it('keep on PUT what is not named, but lose the properties that are not sent, unless the account merges', async () => {
		const put = await call('PUT', '/contacts/7', { name: 'Ada B', properties: { Badge: '8' } });
		expect(put).toMatchObject({ status: 200, json: { name: 'Ada B', email: 'ada@x.example' } });
		expect(put.json.properties).toEqual({ Badge: '8' });
		set({ propertiesOnPut: 'merge' });
		expect((await call('PUT', '/contacts/7', { name: 'Ada', properties: { More: '1' } })).json.properties).toEqual({ Badge: '8', More: '1' });
	});

	it('store a title of PUT among the properties, and ignore one of POST', async () => {
		expect((await call('PUT', '/contacts/7', { name: 'Ada', title: 'Chief' })).json.properties).toEqual({ title: 'Chief', Badge: '7' });
		expect((await call('POST', '/contacts', { customer_id: 1, name: 'N', title: 'Chief' })).json.properties).toEqual({});
	});

	it('drop undeclared properties where the account does, and those of POST', async () => {
		set({ unknownProperties: 'drop' });
		simulator().state.contactFields = [{ id: 1, name: 'Known' }];
		expect((await call('PUT', '/contacts/7', { name: 'Ada', properties: { Known: '1', Unknown: '2', title: 't' } })).json.properties).toEqual({ Known: '1', title: 't' });
		set({ propertiesOnPost: 'ignore' });
		expect((await call('POST', '/contacts', { customer_id: 1, name: 'N', properties: { Known: '1' } })).json.properties).toEqual({});
	});

	it('are deleted for good', async () => {
		expect(await call('DELETE', '/contacts/7')).toMatchObject({ status: 200, json: { success: true } });
		expect(await call('GET', '/contacts/7')).toMatchObject({ status: 404, json: { message: 'Not found' } });
		set({ notFoundBody: 'error' });
		expect((await call('DELETE', '/contacts/7')).json).toEqual({ error: 'Contact not found' });
		set({ notFoundBody: 'empty' });
		expect((await call('PUT', '/contacts/7', { name: 'N' })).text).toBe('');
	});

	it('are refused with the reason and an echo', async () => {
		expect(await call('POST', '/contacts', { customer_id: 1, name: 'N', email: 'a(at)b', phone: '+1' })).toMatchObject({
			status: 422, json: { errors: 'Email is not an email', record: { email: 'a(at)b', processed_phone: '1' } },
		});
		expect((await call('POST', '/contacts', { name: 'N' })).json.errors).toBe("Customer can't be blank");
		expect((await call('POST', '/contacts', { customer_id: 99, name: 'N' })).json.errors).toBe("Customer can't be blank");
		expect((await call('PUT', '/contacts/7', { email: 'a@b.c' })).json.errors).toBe("Name can't be blank");
		expect((await call('PUT', '/contacts/7', { name: 'Ada', email: '' })).status).toBe(200);
	});

	it.each<[SyncroQuirks['refusalShape'], object]>([
		['errorsString', { errors: 'Email is not an email' }],
		['errorsArray', { errors: ['Email is not an email'] }],
		['errorsObject', { errors: { email: ['is not an email'] } }],
		['messageString', { message: 'Email is not an email' }],
		['messageArray', { message: ['Email is not an email'] }],
		['errorString', { error: 'Email is not an email' }],
		['errorArray', { error: ['Email is not an email'] }],
	])('are refused in the shape %s', async (refusalShape, body) => {
		set({ refusalShape, refusalEcho: 'none' });
		expect((await call('POST', '/contacts', { customer_id: 1, name: 'N', email: 'x' })).json).toEqual(body);
		set({ refusalEcho: 'params' });
		expect((await call('POST', '/contacts', { customer_id: 1, name: 'N', email: 'x' })).json).toEqual({ success: false, params: expect.objectContaining({ email: 'x' }), ...body });
	});

	it('created under a lost reply are there all the same, and each write is counted', async () => {
		const before = simulator().writes();
		simulator().faults.add({ method: 'POST', fault: { kind: 'reset', after: true } });
		await expect(call('POST', '/contacts', { customer_id: 1, name: 'Lost' })).rejects.toThrow();
		expect(simulator().state.contactsOf(1).map(({ name }) => name)).toEqual(['Ada', 'Lost']);
		expect(simulator().writes()).toBe(before + 1);
	});

	it('can be hidden behind a page of HTML with status 200', async () => {
		simulator().faults.add({ fault: { kind: 'answer', ...HTML_ANSWER } });
		const answer = await call('GET', '/contacts/7');
		expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
	});
});

describe('Customers of the simulated Syncro', () => {
	const names = async (path: string) => ((await call('GET', path)).json.customers as Array<{ business_name: string }>).map(({ business_name }) => business_name);

	it('are found by a part of their name, so that one name may find several', async () => {
		expect(await names('/customers?business_name=harbor%20dental')).toEqual(['Harbor Dental', 'Harbor Dental Labs']);
		expect(await names('/customers?query=labs')).toEqual(['Harbor Dental Labs']);
		expect(await names('/customers?id[]=1&id[]=3')).toEqual(['Harbor Dental']);
		expect(await names('/customers?include_disabled=true&sort=business_name%20DESC')).toEqual(['Harbor Dental Labs', 'Harbor Dental', 'Gone Ltd']);
		expect(await names('/customers/autocomplete?query=dental')).toEqual(['Harbor Dental', 'Harbor Dental Labs']);
	});

	it('are wrapped when asked for one by one', async () => {
		expect(await call('GET', '/customers/1')).toMatchObject({ status: 200, json: { customer: { id: 1, business_name: 'Harbor Dental', contacts: [{ id: 7 }] } } });
		expect((await call('GET', '/customers/99')).status).toBe(404);
	});

	it('and contacts are found across the account by the search', async () => {
		const { results } = (await call('GET', '/search?query=ada')).json as unknown as { results: Array<{ table: { _type: string; _id: number } }> };
		expect(results.map(({ table }) => [table._type, table._id])).toEqual([['contact', 7]]);
	});
});
