import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { IDataObject, IExecuteFunctions, ILoadOptionsFunctions, ICredentialTestFunctions } from 'n8n-workflow';
import { SyncLedgerApi } from '../../../credentials/SyncLedgerApi.credentials';
import { SyncroTokenApi } from '../../../credentials/SyncroTokenApi.credentials';
import { sharedLedger } from '../../../nodes/connect/ledger';
import { getAssetTypes } from '../../../nodes/Syncro/methods/getAssetTypes';
import { Syncro } from '../../../nodes/Syncro/Syncro.node';
import { createAuthority } from '../../../simulators/base/certificates';
import { assetOf } from '../../../simulators/syncro/assets';
import { HTML_ANSWER } from '../../../simulators/syncro/answers';
import { startSyncro, type SyncroSimulator } from '../../../simulators/syncro';
import { alertOf } from '../../../simulators/syncro/alerts';
import type { Ledger } from '../../../sync/ledger/ledger';
import { READ_TOKEN, SEED, TOKEN } from './support/account';
import { pairingOfTenant, prepare, to } from './support/runs';

const authority = createAuthority();
const node = new Syncro();
const folder = mkdtempSync(join(tmpdir(), 'entra-sync-syncro-node-'));
const ledgerCredential = { type: 'sqlite', path: join(folder, 'ledger.sqlite') };
let simulator: SyncroSimulator;
let ledger: Ledger;
let credential: IDataObject;
let tenants = 0;

beforeAll(async () => {
	simulator = await startSyncro({ authority, seed: SEED, quirks: { requestsPerMinute: 10_000 } });
	credential = { subdomain: 'acme', apiToken: TOKEN, addressOverride: simulator.origin, ca: authority.cert, requestsPerMinute: 10_000 };
	ledger = await sharedLedger({ type: 'sqlite', path: ledgerCredential.path });
});
beforeEach(() => {
	simulator.state.reset();
	simulator.faults.clear();
	simulator.seen.length = 0;
});
afterAll(async () => {
	await simulator.stop();
	await ledger.close();
	rmSync(folder, { recursive: true, force: true });
});

interface Call {
	parameters: Record<string, unknown>;
	items?: object[];
	continueOnFail?: boolean;
	executionId?: string;
	hints?: unknown[];
}

function context({ parameters, items = [{}], continueOnFail = false, executionId = 'execution', hints = [] }: Call): IExecuteFunctions {
	const fake = {
		getNode: () => ({ name: 'Syncro', type: 'syncro', typeVersion: 1, id: '1', position: [0, 0], parameters: {} }),
		getInputData: () => items.map((json) => ({ json })),
		getNodeParameter: (name: string, itemIndex: number, fallback: unknown) => {
			const value = parameters[name];
			return value === undefined ? fallback : typeof value === 'function' ? (value as (index: number) => unknown)(itemIndex) : value;
		},
		getCredentials: async (type: string) => (type === 'syncroTokenApi' ? credential : ledgerCredential),
		getExecutionId: () => executionId,
		getInstanceId: () => 'n8n',
		getWorkflow: () => ({ id: 'w1' }),
		getExecutionCancelSignal: () => undefined,
		continueOnFail: () => continueOnFail,
		addExecutionHints: (...added: unknown[]) => hints.push(...added),
	};
	return fake as unknown as IExecuteFunctions;
}

async function execute(call: Call): Promise<Array<{ json: IDataObject; pairedItem?: unknown }>> {
	const [output] = await node.execute.call(context(call));
	return output;
}

describe('Customer', () => {
	it('Get Many gives customers up to the limit, and reads no further', async () => {
		const items = await execute({ parameters: { resource: 'customer', operation: 'getMany', returnAll: false, limit: 1 } });
		expect(items).toMatchObject([{ json: { kind: 'customer', customerId: '1', name: 'Northwind Traders', account: 'acme' }, pairedItem: { item: 0 } }]);
	});

	it('Search answers each different question once, however many items ask it', async () => {
		const query = (index: number) => ['north', 'north', 'East'][index];
		const items = await execute({ parameters: { resource: 'customer', operation: 'search', query, limit: 50 }, items: [{}, {}, {}] });
		expect(items.map(({ json, pairedItem }) => [json.customerId, pairedItem])).toEqual([['1', { item: 0 }], ['2', { item: 0 }], ['2', { item: 2 }]]);
		expect(simulator.seen).toHaveLength(2);
	});

	it('Search that finds nobody says so in an item, and one without text is refused', async () => {
		const nobody = await execute({ parameters: { resource: 'customer', operation: 'search', query: 'zzz' } });
		expect(nobody).toMatchObject([{ json: { kind: 'emptyList', list: 'customers', note: 'No customer matches the search.', account: 'acme' } }]);
		await expect(execute({ parameters: { resource: 'customer', operation: 'search', query: ' ' } })).rejects.toThrow('The search text is empty.');
	});

	it('Get gives one customer', async () => {
		const items = await execute({ parameters: { resource: 'customer', operation: 'get', customer: '2' } });
		expect(items).toMatchObject([{ json: { customerId: '2' } }]);
	});

	it('the list in the editor is sorted and can be filtered', async () => {
		const { searchCustomers } = node.methods.listSearch;
		const list = await searchCustomers.call(context({ parameters: {} }) as unknown as ILoadOptionsFunctions, 'north');
		expect(list.results).toEqual([{ name: 'Northwind Traders', value: '1' }, { name: 'Northwind Trading East', value: '2' }]);
	});
});

describe('Custom fields of a customer', () => {
	it('come as the one record there is of it, once for every customer that is asked for', async () => {
		const items = await execute({ parameters: { resource: 'customer', operation: 'getFields', customer: (index: number) => ['1', '2', '1'][index] }, items: [{}, {}, {}] });
		expect(items.map(({ json }) => json)).toMatchObject([{ kind: 'customerFields', target: 'syncro:customers', id: '1', customerId: '1', of: 1 }, { id: '2' }]);
		expect(items).toHaveLength(2);
	});
});

describe('Asset', () => {
	const pairing = { tenantId: 'assets', target: 'syncro:assets', account: 'acme', customerId: '1' };
	const create = { kind: 'change', planId: 'plan-0', mode: 'preview', pairing, action: 'create', sourceId: 'd', label: 'PC-1', fields: [], reason: '' };
	beforeEach(() => {
		simulator.state.assetTypes = [{ id: 7, name: 'Phone' }, { id: 8, name: 'Laptop' }];
	});

	it('Get Many gives all assets of a customer, or says that there are none', async () => {
		const getMany = { resource: 'asset', operation: 'getMany', customer: '1' };
		expect(await execute({ parameters: getMany })).toMatchObject([{ json: { kind: 'emptyList', list: 'assets', target: 'syncro:assets', account: 'acme', customerId: '1' } }]);
		for (const id of [5, 6]) simulator.state.assets.set(id, assetOf({ id, customer_id: 1, name: `PC-${id}`, asset_type: 'Laptop', contact_id: 11 }));
		expect(await execute({ parameters: { ...getMany, 'options.withContacts': true } })).toMatchObject([{ json: { id: '5', of: 2, contactEmail: 'ada@northwind.example' } }, { json: { id: '6', of: 2 } }]);
		expect(await execute({ parameters: { resource: 'asset', operation: 'get', assetId: 6 } })).toMatchObject([{ json: { kind: 'asset', name: 'PC-6' } }]);
	});
	it('Apply Plan tells of a type that does not exist in the preview already, and asks for none where nothing is created', async () => {
		const apply = { resource: 'asset', operation: 'applyPlan' };
		await expect(execute({ parameters: { ...apply, assetType: 'Toaster' }, items: [create] })).rejects.toThrow('Syncro has no asset type "Toaster".');
		expect(await execute({ parameters: { ...apply, assetType: 'laptop' }, items: [create] })).toMatchObject([{ json: { outcome: 'previewed' } }]);
		simulator.seen.length = 0;
		expect(await execute({ parameters: apply, items: [{ ...create, action: 'link', recordId: '5' }] })).toMatchObject([{ json: { outcome: 'previewed' } }]);
		expect(simulator.seen).toEqual([]);
	});
	it('types are offered by name', async () => {
		expect(await getAssetTypes.call(context({ parameters: {} }) as unknown as ILoadOptionsFunctions)).toEqual([{ name: 'None: No Asset Is Created', value: '' }, { name: 'Laptop', value: 'Laptop' }, { name: 'Phone', value: 'Phone' }]);
	});
});

describe('Contact', () => {
	it('Get Many reads the contacts of the customer once, however many items come in', async () => {
		const items = await execute({ parameters: { resource: 'contact', operation: 'getMany', customer: '1' }, items: [{}, {}, {}] });
		expect(items.map(({ json }) => json.id)).toEqual(['11', '12']);
		expect(simulator.seen).toHaveLength(1);
	});

	it('Get Many of a customer without contacts emits the marker of an empty list', async () => {
		const items = await execute({ parameters: { resource: 'contact', operation: 'getMany', customer: '3' } });
		expect(items.map(({ json }) => json)).toEqual([{ kind: 'emptyList', list: 'contacts', note: 'The customer has no contacts.', target: 'syncro', account: 'acme', customerId: '3' }]);
	});

	it('a failure names its item and what to do, or is an item where the builder wants to continue', async () => {
		const call: Call = { parameters: { resource: 'contact', operation: 'get', contactId: (index: number) => ['11', '404'][index] }, items: [{}, {}] };
		await expect(execute(call)).rejects.toMatchObject({ message: expect.stringContaining('could not read the contact 404'), description: expect.stringContaining('deleted or merged'), context: { itemIndex: 1 } });
		const items = await execute({ ...call, continueOnFail: true });
		expect(items).toMatchObject([{ json: { id: '11' } }, { json: { code: 'syncro.notFound' }, pairedItem: { item: 1 } }]);
	});
});

describe('Apply Plan', () => {
	const parameters = { resource: 'contact', operation: 'applyPlan' };
	const pairing = () => pairingOfTenant(`tenant-${tenants++}`);
	const bob = { action: 'create' as const, sourceId: 'bob', label: 'Bob', fields: [to('name', 'Bob'), to('email', 'bob@northwind.example')] };

	it('carries out the plan of the run of this execution and emits one outcome per change', async () => {
		const { changes } = await prepare(ledger, pairing(), [bob, { action: 'update', recordId: '999', fields: [to('city', 'X', null)] }], 'ok', 'n8n/w1/execution');
		const hints: unknown[] = [];
		const items = await execute({ parameters, items: changes, hints });
		expect(items).toMatchObject([
			{ json: { kind: 'outcome', action: 'create', outcome: 'applied', sourceId: 'bob' }, pairedItem: { item: 0 } },
			{ json: { kind: 'outcome', action: 'update', outcome: 'failed' }, pairedItem: { item: 1 } },
		]);
		expect(simulator.state.contactsOf(1).map(({ name }) => name)).toContain('Bob');
		expect(hints).toMatchObject([{ message: '1 of 2 changes failed; each says why in "message". The next run tries them again.' }]);
	});

	it('refuses without a run of this execution', async () => {
		const { changes } = await prepare(ledger, pairing(), [bob], 'ok', 'n8n/w1/execution');
		await expect(execute({ parameters, items: changes, executionId: 'another' })).rejects.toThrow(/^No run is in progress for tenant/);
		expect(simulator.seen).toEqual([]);
	});

	it('writes nothing in preview, and needs no run for it', async () => {
		const { changes } = await prepare(ledger, pairing(), [bob], 'ok', 'n8n/w1/execution');
		const items = await execute({ parameters, items: changes.map((change) => ({ ...change, mode: 'preview' })), executionId: 'another' });
		expect(items).toMatchObject([{ json: { outcome: 'previewed', message: 'Preview: nothing was written.' } }]);
		expect(simulator.seen).toEqual([]);
	});

	it('hands on the marker of an empty plan as an empty list of outcomes', async () => {
		const own = pairing();
		const items = await execute({ parameters, items: [{ kind: 'emptyList', list: 'changes', note: '', planId: 'p', mode: 'apply', ...own }] });
		expect(items).toMatchObject([{ json: { kind: 'emptyList', list: 'outcomes', planId: 'p', mode: 'apply', ...own } }]);
	});

	it.each<[string, object[] | ((change: object) => object[]), string]>([
		['nothing', [], 'No plan arrived.'],
		['an empty item', [{}], 'Item 1 is not a change of a plan: it is empty.'],
		['an item from elsewhere', [{ name: 'x', email: 'y' }], 'Item 1 is not a change of a plan: it is with name, email.'],
		['an outcome', [{ kind: 'outcome' }], 'Item 1 is not a change of a plan: it is of kind "outcome".'],
		['what n8n recovered after a crash', [{ isArtificialRecoveredEventItem: true }], 'Item 1 is not a change of a plan: it is a stand-in that n8n made after a crash.'],
		['the marker of another list', [{ kind: 'emptyList', list: 'people' }], 'Item 1 is not a change of a plan: it is the marker of an empty list of people.'],
		['a change without its fields', (change) => [change, { ...change, fields: undefined }], 'Item 2 is not a change of a plan: it is a change without a proper fields.'],
		['an update without its record', (change) => [{ ...change, action: 'update' }], 'Item 1 is not a change of a plan: it is a change without a proper recordId.'],
		['two plans', (change) => [change, { ...change, planId: 'other' }], 'Item 2 belongs to another plan than the items before it'],
		['preview and apply together', (change) => [change, { ...change, mode: 'preview' }], 'Item 2 belongs to another plan than the items before it'],
	])('refuses %s, naming the item, and writes nothing', async (_, items, message) => {
		const { changes } = await prepare(ledger, pairing(), [bob], 'ok', 'n8n/w1/execution');
		const arrived = typeof items === 'function' ? items(changes[0]) : items;
		await expect(execute({ parameters, items: arrived })).rejects.toThrow(message);
		expect(simulator.seen).toEqual([]);
	});

	it('refuses the plan of another account', async () => {
		const { changes } = await prepare(ledger, { ...pairing(), account: 'other' }, [bob], 'ok', 'n8n/w1/execution');
		await expect(execute({ parameters, items: changes })).rejects.toThrow('The plan is for the Syncro account other, but the credential is for the account acme.');
	});
});

describe('Alert and ticket', () => {
	it.each([
		['alert', 'alerts', 'The customer has no open alerts.'],
		['ticket', 'tickets', 'The customer has no open tickets.'],
	])('Get Many of a customer without an open %s emits the marker of an empty list', async (resource, list, note) => {
		const items = await execute({ parameters: { resource, operation: 'getMany', customer: '1' } });
		expect(items.map(({ json }) => json)).toEqual([{ kind: 'emptyList', list, note, target: `syncro:${list}`, account: 'acme', customerId: '1' }]);
	});

	it('Get Many gives the open alerts and says how many there are', async () => {
		simulator.state.alerts.set(5, { ...alertOf({ id: 5, customer_id: 1, description: 'Disk full' }) });
		const items = await execute({ parameters: { resource: 'alert', operation: 'getMany', customer: '1' }, items: [{}, {}] });
		expect(items).toMatchObject([{ json: { kind: 'alert', id: '5', type: 'Disk full', findingId: null, of: 1 } }]);
	});
});

describe('The Test button of the credential', () => {
	const test = async (change: IDataObject = {}) =>
		await node.methods.credentialTest.syncroTokenTest.call({} as ICredentialTestFunctions, { id: '1', name: 'Syncro', type: 'syncroTokenApi', data: { ...credential, ...change } as never });

	it('says whose token it is and what it may do', async () => {
		const result = await test();
		expect(result.status).toBe('OK');
		expect(result.message).toMatch(/^Signed in to the Syncro account acme as api@acme\.example\. The token has the permissions "Customers - List\/Search" .*"Customers - Edit" \(for Contact and Customer: Apply Plan\)/);
	});

	it('names the permission that a feature lacks', async () => {
		expect(await test({ apiToken: READ_TOKEN })).toEqual({
			status: 'Error',
			message: expect.stringMatching(/^Signed in to the Syncro account acme as api@acme\.example\. But the token lacks "Customers - Edit" \(for Contact and Customer: Apply Plan\).*\. Add (it|them) in Syncro under Admin → API Tokens, or save this credential for the other features only\.$/),
		});
	});

	it.each<[string, IDataObject, RegExp]>([
		['a wrong token', { apiToken: 'wrong' }, /could not sign in, because Syncro does not accept the API token\. .*Create one in Syncro under Admin/],
		['a wrong subdomain', { subdomain: 'other' }, /^The API token belongs to the Syncro account acme, not to other\./],
		['no subdomain', { subdomain: '' }, /^"" is not a Syncro subdomain\./],
		['an unknown authority', { ca: '' }, /the certificate of localhost:\d+ is not trusted \(.+\)\. .*enter the CA certificate in the Syncro credential/],
	])('names %s', async (_, change, message) => {
		const result = await test(change);
		expect(result).toMatchObject({ status: 'Error', message: expect.stringMatching(message) });
		expect(result.message).not.toContain(TOKEN);
	});

	it('names a server that is off', async () => {
		const other = await startSyncro({ authority, seed: SEED });
		await other.stop();
		expect((await test({ addressOverride: other.origin })).message).toMatch(/because the connection to localhost:\d+ failed \(ECONNREFUSED\)\. Run it again later\./);
	});

	it('names a sign-in page in place of the API', async () => {
		simulator.faults.add({ fault: { kind: 'answer', ...HTML_ANSWER } });
		expect((await test()).message).toMatch(/answered with text\/html instead of JSON/);
	});
});

describe('The description', () => {
	it('asks for credentials that exist', () => {
		const [syncro, store] = node.description.credentials!;
		expect(syncro).toMatchObject({ name: new SyncroTokenApi().name, testedBy: 'syncroTokenTest' });
		expect(Object.keys(node.methods.credentialTest)).toEqual(expect.arrayContaining(['syncroTokenTest', 'testSyncLedger']));
		expect(store).toMatchObject({ name: new SyncLedgerApi().name, required: true, testedBy: 'testSyncLedger' });
	});

	it('hides the token', () => {
		const token = new SyncroTokenApi().properties.find(({ name }) => name === 'apiToken');
		expect(token?.typeOptions).toEqual({ password: true });
		expect(new SyncroTokenApi()).not.toHaveProperty('authenticate');
	});
});
