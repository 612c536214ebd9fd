import Ajv, { type ValidateFunction } from 'ajv';
import addFormats from 'ajv-formats';
import type { SeenRequest } from '../../simulators/base/server';
import { customerPages, getCustomer } from '../../sync/target/syncro/customers';
import { allContacts, getContact } from '../../sync/target/syncro/contacts';
import { checkToken } from '../../sync/target/syncro/permissions';
import { defaultSettings } from '../../sync/plan/settings';
import { syncro } from '../../sync/target/syncro/definition';
import { openAccount, type Account } from '../unit/syncro/support/account';
import { openTestLedger, pairingOfTenant, person, sync } from '../unit/syncro/support/runs';
import openApi from './data/syncro-openapi.json';

interface Parameter {
	name: string;
	in: string;
	required?: boolean;
	schema?: { type?: string };
}
interface OperationSpec {
	parameters?: Parameter[];
	requestBody?: { content: Record<string, { schema: object }> };
	responses: Record<string, { content?: Record<string, { schema?: object }> }>;
}

/**
 * What the specification leaves out, although it is needed: job title and custom fields of a contact live in
 * `properties`, and public clients write them so on POST and PUT.
 */
const BEYOND_THE_SPECIFICATION = ['properties'];

const paths = openApi.paths as unknown as Record<string, Record<string, OperationSpec>>;
const ajv = addFormats(new Ajv({ strict: false, allErrors: true, coerceTypes: false }));

function operationOf({ method, url }: SeenRequest): { spec: OperationSpec; values: Record<string, string> } | undefined {
	const path = url.pathname.replace(/^\/api\/v1/, '');
	// A path without parameters goes before one that has any: /customers/autocomplete is no id.
	const templates = Object.keys(paths).sort((a, b) => Number(a.includes('{')) - Number(b.includes('{')));
	for (const template of templates) {
		const names = [...template.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
		const match = new RegExp(`^${template.replace(/\{\w+\}/g, '([^/]+)')}$`).exec(path);
		const spec = match && paths[template][method.toLowerCase()];
		if (spec) return { spec, values: Object.fromEntries(names.map((name, index) => [name, match[index + 1]])) };
	}
	return undefined;
}

function complaints(request: SeenRequest): string[] {
	const found = operationOf(request);
	const what = `${request.method} ${request.url.pathname}${request.url.search}`;
	if (!found) return [`${what}: the specification has no such operation`];
	const { spec, values } = found;
	const complaint: string[] = [];
	for (const [name, value] of [...Object.entries(values), ...request.url.searchParams]) {
		const parameter = spec.parameters?.find((one) => one.name === name);
		if (!parameter) complaint.push(`${what}: no parameter ${name}`);
		else if (parameter.schema?.type === 'integer' && !/^-?\d+$/.test(value)) complaint.push(`${what}: ${name} is no integer`);
	}
	if (!/^Bearer \S+$/.test(request.headers.authorization ?? '')) complaint.push(`${what}: no token in the header`);
	const schema = spec.requestBody?.content['application/json']?.schema as { properties: object } | undefined;
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
		const mapping = [...syncro.defaultMapping, { field: 'notes', source: 'department', whenBlank: 'clear' as const }, { field: 'properties.M365', source: 'companyName', whenBlank: 'clear' as const }];
		const settings = { ...defaultSettings(syncro), mapping };
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

	it('holds the contacts that the simulator answers with', async () => {
		const schema = paths['/contacts/{id}'].get.responses['200'].content!['*/*'].schema!;
		const validate = ajv.compile(nullable(schema));
		const client = account.client();
		const contacts = await allContacts(client, '1');
		expect(contacts.length).toBeGreaterThan(0);
		for (const { id } of contacts) {
			const answer = await client.request({ method: 'GET', path: `/contacts/${id}`, doing: 'test' });
			expect(validate(answer) ? null : ajv.errorsText(validate.errors)).toBeNull();
		}
	});
});

/** OpenAPI 3.0 writes "or null" as `nullable`. */
function nullable(schema: object): object {
	return JSON.parse(JSON.stringify(schema), (_, value: unknown) => {
		if (typeof value !== 'object' || value === null) return value;
		const { nullable: isNullable, type, ...rest } = value as { nullable?: boolean; type?: string };
		return isNullable === true && typeof type === 'string' ? { ...rest, type: [type, 'null'] } : value;
	}) as object;
}
