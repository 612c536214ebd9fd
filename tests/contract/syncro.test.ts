import type { ValidateFunction } from 'ajv';
import type { SeenRequest } from '../../simulators/base/server';
import { customerPages, getCustomer } from '../../sync/target/syncro/customers';
import { getContact } from '../../sync/target/syncro/contacts/contacts';
import { checkToken } from '../../sync/target/syncro/permissions';
import { allLines, getLine, updateQuantity } from '../../sync/target/syncro/invoices/lines';
import { defaultSettings } from '../../sync/plan/settings';
import { syncroContacts } from '../../sync/target/syncro/contacts/definition';
import { openAccount, type Account } from '../unit/syncro/support/account';
import { seedWith } from '../unit/syncro/support/invoices';
import { openTestLedger, pairingOfTenant, person, sync } from '../unit/syncro/support/runs';
import { ajv, operationOf } from './support/syncroSpecification';

/**
 * What the specification leaves out, although it is needed: job title and custom fields of a contact live in
 * `properties`, and public clients write them so on POST and PUT.
 */
const BEYOND_THE_SPECIFICATION = ['properties'];

function complaints(request: SeenRequest): string[] {
	const found = operationOf(request.method, request.url.pathname);
	const what = `${request.method} ${request.url.pathname}${request.url.search}`;
	if (!found) return [`${what}: the specification has no such operation`];
	const { operation, values } = found;
	const complaint: string[] = [];
	for (const [name, value] of [...Object.entries(values), ...request.url.searchParams]) {
		const parameter = operation.parameters.find((one) => one.name === name);
		if (!parameter) complaint.push(`${what}: no parameter ${name}`);
		else if (parameter.schema?.type === 'integer' && !/^-?\d+$/.test(value)) complaint.push(`${what}: ${name} is no integer`);
	}
	if (!/^Bearer \S+$/.test(request.headers.authorization ?? '')) complaint.push(`${what}: no token in the header`);
	const schema = operation.body;
	if (!schema) return request.body === '' ? complaint : [...complaint, `${what}: has a body`];
	if (request.headers['content-type'] !== 'application/json') complaint.push(`${what}: body is not declared as JSON`);
	const body = JSON.parse(request.body) as Record<string, unknown>;
	const validate: ValidateFunction = ajv.compile(schema);
	if (!validate(body)) complaint.push(`${what}: ${ajv.errorsText(validate.errors)}`);
	for (const key of Object.keys(body)) {
		if (!(key in schema.properties) && !BEYOND_THE_SPECIFICATION.includes(key)) complaint.push(`${what}: no field ${key}`);
	}
	return complaint;
}

describe('The Syncro specification', () => {
	let account: Account;
	let opened: Awaited<ReturnType<typeof openTestLedger>>;

	beforeAll(async () => {
		account = await openAccount();
		opened = await openTestLedger(account.clock);
	});
	afterAll(async () => {
		await account.simulator.stop();
		await opened.close();
	});

	it('holds every request that the engine sends', async () => {
		const client = account.client();
		const job = { client, ledger: opened.ledger, pairing: pairingOfTenant('tenant') };
		const ada = person('ada', {
			displayName: 'Ada King', email: 'ada@northwind.example', jobTitle: 'Countess', businessPhones: ['+44 20 7946 0000'], mobilePhone: '5',
			streetAddress: 'St James Square\n12', city: 'London', state: 'LND', postalCode: 'SW1Y', notes: 'n',
		});
		const mapping = [...syncroContacts.defaultMapping, { field: 'notes', source: 'department', whenBlank: 'clear' as const }, { field: 'properties.M365', source: 'companyName', whenBlank: 'clear' as const }];
		const settings = { ...defaultSettings(syncroContacts), mapping };
		account.simulator.quirks.propertiesOnPost = 'ignore';
		await checkToken(client);
		for await (const _ of customerPages(client, { query: 'north', includeDisabled: true }));
		await getCustomer(client, '1');
		await getContact(client, '11');
		// Creates with a supplement, updates, then fields that are cleared, then a leaver who is deleted.
		await sync({ ...job, people: [ada, person('bob', { jobTitle: 'Clerk' })], settings: { mapping: settings.mapping } });
		await sync({ ...job, people: [{ ...ada, department: null, companyName: null, city: 'Ockham' }, person('bob', { jobTitle: 'Chief', companyName: 'C' })], settings: { mapping: settings.mapping } });
		await sync({ ...job, people: [ada], gone: ['bob'], settings: { policies: { ...settings.policies, orphaned: 'delete' } } });
		// One whose reply is lost, which is looked up.
		account.simulator.faults.add({ method: 'POST', fault: { kind: 'reset', after: true } });
		await sync({ ...job, people: [ada, person('cid')] });

		const { seen } = account.simulator;
		expect(new Set(seen.map(({ method, url }) => `${method} ${url.pathname.replace('/api/v1', '').replace(/\d+/, '{id}')}`))).toEqual(
			new Set(['GET /me', 'GET /customers', 'GET /customers/{id}', 'GET /contacts', 'GET /contacts/{id}', 'POST /contacts', 'PUT /contacts/{id}', 'DELETE /contacts/{id}']),
		);
		expect(seen.flatMap(complaints)).toEqual([]);
		// 0 is the one whose reply was lost.
		expect(seen.filter(({ status }) => status !== 200).map(({ status }) => status)).toEqual([0]);
	});

	it('holds the requests for recurring invoices', async () => {
		const billed = await openAccount(seedWith([{ lines: [{ id: 7001, name: 'Seats', quantity: 1 }] }]));
		try {
			const client = billed.client();
			const [line] = await allLines(client, '1');
			await getLine(client, line.id, {}, 'read a line');
			await updateQuantity(client, line, 2.5, {}, 'update a line');
			const { seen } = billed.simulator;
			expect(new Set(seen.map(({ method, url }) => `${method} ${url.pathname.replace('/api/v1', '')}`))).toEqual(new Set(['GET /schedules', 'GET /schedules/701', 'PUT /schedules/701/line_items/7001']));
			expect([seen.flatMap(complaints), seen.filter(({ status }) => status !== 200)]).toEqual([[], []]);
		} finally {
			await billed.simulator.stop();
		}
	});

	it('would complain about requests that it does not hold', () => {
		const request = (method: string, path: string, body = ''): SeenRequest => ({
			method, url: new URL(path, 'https://localhost/'), headers: { authorization: 'Bearer x', 'content-type': 'application/json' }, body, status: 200,
		});
		expect(complaints(request('GET', '/api/v1/contacts?email=a'))).toEqual(['GET /api/v1/contacts?email=a: no parameter email']);
		expect(complaints(request('POST', '/api/v1/contacts', '{"name":null,"shoe":"42"}'))).toEqual([
			"POST /api/v1/contacts: data must have required property 'customer_id', data/name must be string",
			'POST /api/v1/contacts: no field shoe',
		]);
		expect(complaints(request('PATCH', '/api/v1/contacts/1'))).toHaveLength(1);
	});
});
