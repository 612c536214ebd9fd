import { HTTP_TARGETS } from '../../../sync/target/http/definition';
import { listRecords, type ListSettings, type Paging } from '../../../sync/target/http/lists';
import { openPortal, USERS, type Portal } from './support/portal';

const [definition] = HTTP_TARGETS;
const owner = { target: 'http', account: 'portal', customerId: 'acme' };
let portal: Portal;

beforeAll(async () => {
	portal = await openPortal({ perPage: 3, requestsPerMinute: 1e6 });
});
afterAll(async () => await portal.simulator.stop());
beforeEach(() => {
	portal.simulator.state.reset();
	portal.simulator.faults.clear();
	portal.simulator.seen.length = 0;
	for (let number = 0; number < 6; number++) portal.simulator.state.users.create({ customerId: 'acme', name: `Person ${number}`, 'profile.department': 'Sales', active: number % 2 === 0 });
});

const LIST: ListSettings = { path: '/users?customerId=acme', listPath: 'data', idPath: 'id', places: USERS.places, paging: { by: 'link', path: 'next' } };
const list = async (more: Partial<ListSettings> = {}) => await listRecords(portal.client({ requestsPerMinute: 1e6 }), owner, definition, { ...LIST, ...more });
const answer = (body: unknown) => portal.simulator.faults.add({ fault: { kind: 'answer', status: 200, body }, times: Infinity });

describe('A list', () => {
	it.each<[string, Paging, number]>([
		['links', { by: 'link', path: 'next' }, 3],
		['a cursor', { by: 'cursor', path: 'cursor', parameter: 'cursor' }, 3],
		['page numbers', { by: 'number', parameter: 'page', first: 1 }, 4],
	])('is read to its end by %s', async (_by, paging, requests) => {
		const records = await list({ paging });
		expect(records.map(({ id }) => id)).toEqual(['usr_1', 'usr_2', 'usr_4', 'usr_5', 'usr_6', 'usr_7', 'usr_8', 'usr_9']);
		expect(portal.simulator.seen).toHaveLength(requests);
		// The table finds the department within the profile; what is beside it comes under its own name.
		expect(records[2]).toEqual({ kind: 'record', ...owner, id: 'usr_4', externalId: null, name: 'Person 0', email: null, phone: null, active: 'true', title: null, department: 'Sales', profile: expect.any(String), createdAt: expect.any(String), updatedAt: expect.any(String) });
	});

	it('without a table of fields gives every key that can be a field, under its own name', async () => {
		const [, , record] = await list({ places: [] });
		expect(record).toMatchObject({ kind: 'record', id: 'usr_4', customerId: 'acme', name: 'Person 0', phone: null, active: 'true', profile: '{"department":"Sales","employeeNumber":null}' });
	});

	it('that the answer as a whole is, and a field that a row lacks, are understood', async () => {
		answer([{ no: 7, name: 'Ada' }]);
		expect(await list({ listPath: '', idPath: 'no', paging: { by: 'none' } })).toEqual([{ kind: 'record', ...owner, id: '7', no: '7', name: 'Ada' }]);
	});

	it.each<[string, unknown, RegExp]>([
		['has no list', { rows: [] }, /page 1 of the answer has no list at "data"/],
		['has a row without id', { data: [{ name: 'x' }] }, /a row of page 1 has no id at "id"/],
		['has the same id twice', { data: [{ id: 1 }, { id: 1 }] }, /the id 1 came twice/],
		['leads back to itself', { data: [], next: '/api/v1/users?customerId=acme' }, /page 2 leads back to an earlier one/],
	])('that %s is refused as a whole', async (_what, body, says) => {
		answer(body);
		await expect(list()).rejects.toThrow(says);
	});

	it.each(['https://evil.example/users', 'https://localhost:1/api/v1/users', '//evil.example/x', '/admin', '../../admin', 'javascript:alert(1)'])('whose next page is at %s does not take the secret there', async (next) => {
		answer({ data: [{ id: 1 }], next });
		await expect(list()).rejects.toThrow('The link to the next page leads out of');
		expect(portal.simulator.seen).toHaveLength(1);
	});
});
