import { simulatedAccount } from '../unit/simulators/syncro/support/caller';
import { SEED } from '../unit/simulators/syncro/support/seed';
import { ajv, nullable, operationOf, operations, type BodySchema, type Operation } from './support/syncroSpecification';

const { call, simulator } = simulatedAccount(SEED);

/** Tickets are not seeded: the one that `prepare` makes has the number that a new account gives first. */
const TICKET = 1001;

/** Ids that the seed has, by how the specification's path begins. */
const IDS: Record<string, number> = { customers: 1, contacts: 11, customer_assets: 101, schedules: 201, rmm_alerts: 401, portal_users: 501, tickets: TICKET };

/** What this simulator is for; invoices, time sheets, leads and all the rest are not simulated. */
const RESOURCES = [...Object.keys(IDS), 'settings', 'search', 'me'];

/** Of those, what the package has no use for. */
const NOT_SIMULATED = [
	'GET /customers/latest', 'POST /customers', 'DELETE /customers/{id}', 'GET /customer_assets/chat_information_by_ids', 'GET /customer_assets/{id}/patches',
	...['GET', 'POST'].map((method) => `${method} /customers/{customer_id}/phones`), ...['PUT', 'DELETE'].map((method) => `${method} /customers/{customer_id}/phones/{id}`),
	...['GET', 'POST'].map((method) => `${method} /customers/{customer_id}/payment_profiles`),
	...['GET', 'PUT', 'DELETE'].map((method) => `${method} /customers/{customer_id}/payment_profiles/{id}`),
	'GET /settings/tabs', 'GET /settings/printing', 'GET /tickets/settings', 'DELETE /tickets/{id}',
	...['print', 'timer_entry', 'add_line_item', 'attach_file_url', 'remove_line_item', 'delete_attachment', 'delete_timer_entry', 'charge_timer_entry'].map((what) => `POST /tickets/{id}/${what}`),
	...['update_line_item', 'update_timer_entry'].map((what) => `PUT /tickets/{id}/${what}`),
	...['GET', 'POST'].map((method) => `${method} /tickets/{ticket_id}/worksheet_results`),
	...['GET', 'PUT', 'DELETE'].map((method) => `${method} /tickets/{ticket_id}/worksheet_results/{id}`),
];
const PARAMETERS_NOT_SIMULATED = ['mine', 'ticket_search_id', 'comment_format'];

/** Fields that Syncro is known to take, or to ignore, although no body in the specification has them; the contract says where each was seen. */
const BEYOND_THE_SPECIFICATION: Record<string, string[]> = {
	'POST /contacts': ['title', 'properties', 'opt_out'],
	'PUT /contacts/{id}': ['properties', 'opt_out'],
	'POST /customer_assets': ['contact_id'],
	'PUT /customer_assets/{id}': ['contact_id'],
	'POST /rmm_alerts': ['formatted_output'],
	'POST /schedules/{id}/remove_line_item': ['line_item_id'],
};
const FIELDS_NOT_SIMULATED = ['saved_asset_search_id'];

const nameOf = ({ method, template }: Operation) => `${method} ${template}`;
const ours = operations.filter(({ template }) => RESOURCES.includes(template.split('/')[1]));
const simulated = ours.filter((operation) => !NOT_SIMULATED.includes(nameOf(operation)));
const writing = simulated.filter(({ body }) => body?.properties);

function pathOf({ template }: Operation): string {
	return template.replace('{schedule_line_item_id}', '301').replace(/\{\w+\}/g, String(IDS[template.split('/')[1]]));
}

/** A value that the specification allows, of something that is there. */
function sample(name: string, { type, format, enum: allowed, items }: BodySchema['properties'][string]): unknown {
	if (allowed) return allowed[0];
	if (type === 'array') return items?.type === 'object' ? [{ subject: 's', body: 'b', do_not_email: true }] : items?.type === 'integer' ? [101] : ['a'];
	if (format === 'date') return '2026-12-01';
	if (name === 'id') return IDS.portal_users;
	if (name.endsWith('_id')) return { customer_id: 1, contact_id: 11, asset_id: 101 }[name] ?? 5;
	return { string: 'a@b.example', integer: 3, number: 1.5, boolean: true, object: {} }[type!];
}

async function complaintAbout(operation: Operation, body: object): Promise<string> {
	const { status, json } = await call(operation.method, pathOf(operation), body);
	return status === 400 ? String(json.error) : '';
}

beforeEach(async () => {
	simulator().quirks.requestsPerMinute = Infinity;
	await call('POST', '/tickets', { customer_id: 1, subject: 'Prepared' });
	expect(simulator().state.tickets.has(TICKET)).toBe(true);
});

describe('The simulated Syncro and the specification', () => {
	it('name the same requests, but for those that are left out by name', async () => {
		const unknown: string[] = [];
		for (const operation of ours) {
			const { status, json } = await call(operation.method, pathOf(operation));
			if (status === 400 && String(json.error).includes(`: ${operation.method} /api/v1/`)) unknown.push(nameOf(operation));
		}
		expect(unknown.sort()).toEqual([...NOT_SIMULATED].sort());
	});

	it.each(simulated.map((operation) => [nameOf(operation), operation] as const))('name the same parameters of %s', async (_, operation) => {
		for (const { name, schema } of operation.parameters.filter((parameter) => parameter.in === 'query')) {
			const value = { mute_for: '1-day', status: 'all', page: '1', sort: 'id ASC', sort_by: 'created_at' }[name] ?? (schema?.type === 'string' ? '2026-01-01' : '1');
			const { status, json } = await call(operation.method, `${pathOf(operation)}?${name}${schema?.type === 'array' ? '[]' : ''}=${value}`);
			const refused = status === 400 ? String(json.error) : '';
			if (PARAMETERS_NOT_SIMULATED.includes(name)) expect(refused).toContain(`parameter ${name}`);
			else expect([name, refused]).toEqual([name, expect.not.stringContaining('parameter')]);
		}
		expect((await call(operation.method, `${pathOf(operation)}?shoe=42`)).json.error).toContain('parameter shoe');
	});

	it.each(writing.map((operation) => [nameOf(operation), operation] as const))('name the same fields of %s, with the same types', async (name, operation) => {
		const { properties } = operation.body!;
		for (const [field, schema] of Object.entries(properties)) {
			const refused = await complaintAbout(operation, { [field]: sample(field, schema) });
			if (FIELDS_NOT_SIMULATED.includes(field)) expect(refused).not.toBe('');
			else expect([field, refused]).toEqual([field, expect.not.stringMatching(/ field | must be /)]);
			const wrong = schema.type === 'string' ? 7 : 'seven';
			expect([field, await complaintAbout(operation, { [field]: wrong })]).toEqual([field, expect.stringContaining(`${field} must be`)]);
			expect([field, await complaintAbout(operation, { [field]: null })]).toEqual([field, expect.stringContaining(`${field} must be`)]);
		}
		expect(await complaintAbout(operation, { shoe: '42' })).toContain('field shoe');
		const beyond = { title: 't', properties: {}, opt_out: true, contact_id: 11, formatted_output: 'o', disabled: true, line_item_id: 1, lines: [] };
		for (const [field, value] of Object.entries(beyond).filter(([field]) => !(field in properties))) {
			const known = BEYOND_THE_SPECIFICATION[name]?.includes(field) ?? false;
			expect([field, (await complaintAbout(operation, { [field]: value })).includes(' field ')]).toEqual([field, !known]);
		}
	});

	it('answer with the same statuses', async () => {
		const strange: string[] = [];
		for (const operation of simulated) {
			simulator().state.reset();
			await call('POST', '/tickets', { customer_id: 1, subject: 'Prepared' });
			const all = Object.entries(operation.body?.properties ?? {}).filter(([field]) => !FIELDS_NOT_SIMULATED.includes(field));
			const filled = operation.body?.properties ? Object.fromEntries(all.map(([field, schema]) => [field, sample(field, schema)])) : operation.body && 301;
			const bodies = operation.body?.properties ? [filled, {}] : [filled];
			for (const body of bodies) {
				const { status } = await call(operation.method, pathOf(operation), body);
				const known = operationOf(operation.method, `/api/v1${pathOf(operation)}`)!.operation.responses;
				if (!(String(status) in known)) strange.push(`${nameOf(operation)} ${JSON.stringify(body)} answered ${status}`);
			}
		}
		// For what these lack, the specification has no refusal.
		expect(strange.sort()).toEqual(['POST /portal_users/create_invitation {} answered 404', 'POST /rmm_alerts {} answered 422']);
	});

	it('agree on what a contact is', async () => {
		const validate = ajv.compile(nullable(schemaOf('/contacts/11')));
		const contacts = [...((await call('GET', '/contacts')).json.contacts as object[]), (await call('PUT', '/contacts/11', { name: 'A', title: 't' })).json];
		expect(contacts.map((contact) => (validate(contact) ? null : ajv.errorsText(validate.errors)))).toEqual(contacts.map(() => null));
	});

	it('agree on what an asset is', async () => {
		const validate = ajv.compile(assetSchema());
		const assets = [...((await call('GET', '/customer_assets')).json.assets as object[]), (await call('PUT', '/customer_assets/102', { name: 'A' })).json.asset];
		expect(assets.map((asset) => (validate(asset) ? null : ajv.errorsText(validate.errors)))).toEqual(assets.map(() => null));
		expect(validate({ ...assets[0], customer_id: '1' })).toBe(false);
	});
});

function schemaOf(path: string): object {
	return operationOf('GET', path)!.operation.responses['200'].content!['*/*'].schema!;
}

/**
 * The asset in the specification lies one level too deep, its store of triggers stands where `properties` should, and
 * its `customer` is null alone. What can be read is the asset's own plain fields; all of them must be there. Its serial
 * is a string there, and null in the specification's example of a ticket with an asset.
 */
function assetSchema(): object {
	const { properties } = schemaOf('/customer_assets/1') as { properties: { properties: Record<string, { type?: unknown }> } };
	const plain = Object.entries(properties.properties).filter(([name, schema]) => typeof schema === 'object' && !['properties', 'customer', 'rmm_links'].includes(name));
	return { type: 'object', properties: { ...Object.fromEntries(plain), asset_serial: { type: ['string', 'null'] } }, required: plain.map(([name]) => name) };
}
