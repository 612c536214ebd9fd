import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ICredentialTestFunctions, IDataObject, IExecuteFunctions, INodeType } from 'n8n-workflow';
import { sharedLedger } from '../../../nodes/connect/ledger';
import { ContactMatch } from '../../../nodes/ContactMatch/ContactMatch.node';
import { HttpTarget } from '../../../nodes/HttpTarget/HttpTarget.node';
import { SyncPlan } from '../../../nodes/SyncPlan/SyncPlan.node';
import type { StoredLedger } from '../../../sync/ledger';
import { KEY, openPortal, READ_KEY, type Portal } from './support/portal';

const TENANT = '8f0f3b5e-0b2c-4d0e-9a6b-6a2f2f6f3c11';
const folder = mkdtempSync(join(tmpdir(), 'entra-sync-http-node-'));
const ledgerCredential = { type: 'sqlite', path: join(folder, 'ledger.sqlite') };
const node = new HttpTarget();
let portal: Portal;
let ledger: StoredLedger;
let credential: IDataObject;
let customers = 0;

beforeAll(async () => {
	portal = await openPortal({ requestsPerMinute: 1e6 }, undefined);
	credential = { baseAddress: portal.simulator.origin, headerName: 'Authorization', headerSecret: `Bearer ${KEY}`, testPath: '/users', accountName: 'portal', requestsPerMinute: 10_000, ca: portal.ca };
	ledger = await sharedLedger({ type: 'sqlite', path: ledgerCredential.path });
});
afterAll(async () => {
	await portal.simulator.stop();
	await ledger.close();
	rmSync(folder, { recursive: true, force: true });
});
beforeEach(() => {
	portal.simulator.state.reset();
	portal.simulator.faults.clear();
	portal.simulator.seen.length = 0;
});

/** Runs a node as n8n would: parameters with the defaults that its panel shows for them. */
async function run(type: INodeType, parameters: Record<string, unknown>, ...inputs: object[][]): Promise<object[][]> {
	const shown = type.description.properties.filter(({ displayOptions }) =>
		Object.entries(displayOptions?.show ?? {}).every(([name, values]) => (values as unknown[]).includes(parameters[name] ?? type.description.properties.find((each) => each.name === name)?.default)),
	);
	const values: Record<string, unknown> = { ...Object.fromEntries(shown.map(({ name, default: value }) => [name, value])), ...parameters };
	const context = {
		getNode: () => ({ name: type.description.displayName, type: type.description.name, typeVersion: 1, id: '1', position: [0, 0], parameters: {} }),
		getInputData: (index = 0) => (inputs[index] ?? [{}]).map((json) => ({ json })),
		getNodeParameter: (name: string, _item: number, fallback: unknown) => (name in values ? values[name] : fallback),
		getCredentials: async (name: string) => (name === 'httpTargetApi' ? credential : ledgerCredential),
		getExecutionId: () => 'execution',
		getInstanceId: () => 'n8n',
		getWorkflow: () => ({ id: 'w1' }),
		getExecutionCancelSignal: () => undefined,
		continueOnFail: () => false,
		addExecutionHints: () => undefined,
	};
	const outputs = await type.execute!.call(context as unknown as IExecuteFunctions);
	return (outputs as Array<Array<{ json: object }>>).map((items) => items.map(({ json }) => json));
}

const people = [
	{ kind: 'person', tenantId: TENANT, id: 'ada', displayName: 'Ada King', email: 'ada@northwind.example', userType: 'Member', accountEnabled: true },
	{ kind: 'person', tenantId: TENANT, id: 'bob', displayName: 'Bob "the" Builder', email: 'bob@northwind.example', userType: 'Member', accountEnabled: true },
];
const TABLES = {
	fields: { field: [{ field: 'active', path: '', type: 'boolean' }] },
	fixed: { value: [{ path: 'customerId', value: '{customerId}', type: 'text', with: ['create'] }] },
};
const apply = { resource: 'record', operation: 'applyPlan', ...TABLES };

/** Match and plan as the workflow does, from a list of records that came from anywhere. */
async function planOf(records: object[], mode: 'preview' | 'apply', match: object = {}, sources: object[] = people): Promise<object[]> {
	const matches = await run(new ContactMatch(), { checkMissing: false, ...match }, sources, records);
	const [changes] = await run(new SyncPlan(), { mode, target: 'http' }, matches[0]);
	return changes;
}

async function inRun<T>(customerId: string, work: () => Promise<T>): Promise<T> {
	const pairing = { tenantId: TENANT, target: 'http', account: 'portal', customerId };
	const { run: begun } = await ledger.startRun({ pairing, executionId: 'n8n/w1/execution', leaseSeconds: 300 });
	try {
		return await work();
	} finally {
		await ledger.finishRun(begun.runId, { status: 'succeeded' });
	}
}

describe('A plan, through the nodes', () => {
	it('comes from Get Many, is shown as requests in a preview, and sent as such when it is applied', async () => {
		const list = { resource: 'record', operation: 'getMany', customerId: 'acme', path: '/users?customerId={customerId}', listPath: 'data', fields: TABLES.fields, paging: 'link', nextPath: 'next' };
		const [records] = await run(node, list, [{}, {}]);
		expect(records).toEqual([
			expect.objectContaining({ kind: 'record', target: 'http', account: 'portal', customerId: 'acme', id: 'usr_1', name: 'Ada Lovelace', email: 'ada@northwind.example', active: 'true', of: 2 }),
			expect.objectContaining({ kind: 'record', target: 'http', account: 'portal', customerId: 'acme', id: 'usr_2', name: 'Vendor', active: 'true', of: 2 }),
		]);
		const [whole] = await run(node, { ...list, fields: {} });
		const [shown] = await run(node, apply, await planOf(whole, 'preview'));
		expect(shown).toMatchObject([
			{ action: 'update', outcome: 'previewed', request: { method: 'PATCH', path: '/api/v1/users/usr_1', body: { externalId: 'ada', name: 'Ada King' } } },
			{ action: 'create', outcome: 'previewed', request: { method: 'POST', path: '/api/v1/users', body: { externalId: 'bob', name: 'Bob "the" Builder', email: 'bob@northwind.example', active: true, customerId: 'acme' } } },
		]);
		expect(portal.sent()).toEqual([]);
		expect(JSON.stringify(shown)).not.toContain(KEY);
		const [outcomes] = await inRun('acme', async () => await run(node, apply, await planOf(whole, 'apply')));
		expect(outcomes).toMatchObject([{ outcome: 'applied' }, { outcome: 'applied', recordId: 'usr_4' }]);
		expect(portal.sent()).toEqual(shown.map(({ request }: { request?: object }) => request));
		const [changes] = [await planOf((await run(node, { ...list, fields: {} }))[0], 'preview')];
		expect(changes).toMatchObject([{ kind: 'emptyList', list: 'changes' }]);
	});

	it('works for an endpoint that cannot be read, from what the ledger remembers', async () => {
		portal.simulator.quirks.reading = 'refused';
		const customerId = `blind-${customers++}`;
		const remembered = async () => (await run(node, { resource: 'record', operation: 'getRemembered', tenantId: TENANT.toUpperCase(), customerId }, [{}, {}]))[0];
		expect(await remembered()).toEqual([{ kind: 'emptyList', list: 'records', note: expect.any(String), tenantId: TENANT, target: 'http', account: 'portal', customerId }]);
		const [outcomes] = await inRun(customerId, async () => await run(node, apply, await planOf(await remembered(), 'apply')));
		expect(outcomes).toMatchObject([{ outcome: 'applied' }, { outcome: 'applied' }]);
		expect(await remembered()).toEqual([
			expect.objectContaining({ kind: 'record', name: 'Ada King', email: 'ada@northwind.example', externalId: 'ada', active: 'true', of: 2 }),
			expect.objectContaining({ name: 'Bob "the" Builder' }),
		]);
		expect(await planOf(await remembered(), 'preview')).toMatchObject([{ kind: 'emptyList', list: 'changes' }]);
		portal.simulator.quirks.reading = 'allowed';
	});

	it('takes a list that the builder read with another node, named under Lists From Elsewhere', async () => {
		const elsewhere = [{ uid: 1001, mail: 'ada@northwind.example', fullName: 'Ada Lovelace', active: true }];
		const foreign = { target: 'http', account: 'portal', customerId: `else-${customers++}`, tenantId: TENANT, recordId: 'uid', recordEmail: 'mail', recordName: 'fullName' };
		expect(await planOf(elsewhere, 'preview', { foreign })).toMatchObject([
			{ action: 'update', recordId: '1001', fields: [{ field: 'externalId', before: null, after: 'ada' }, { field: 'name', before: 'Ada Lovelace', after: 'Ada King' }] },
			{ action: 'create', sourceId: 'bob' },
		]);
	});

	it('of devices is another pairing, with links of its own', async () => {
		const device = { kind: 'managedDevice', tenantId: TENANT, id: 'pc1', deviceName: 'FRONT-DESK', serialNumber: 'PF4ABC12', userPrincipalName: 'ada@northwind.example' };
		const customerId = `devices-${customers++}`;
		const empty = (await run(node, { resource: 'record', operation: 'getRemembered', records: 'http:devices', tenantId: TENANT, customerId }))[0];
		const [matches] = await run(new ContactMatch(), {}, [device], empty);
		const [changes] = await run(new SyncPlan(), { mode: 'preview', target: 'http:devices' }, matches);
		expect(changes).toMatchObject([{ action: 'create', label: 'FRONT-DESK', pairing: { target: 'http:devices' } }]);
		const requests = { request: [{ for: 'create', method: 'POST', path: '/devices', send: 'changed' }] };
		const [shown] = await run(node, { ...apply, requests, fields: {} }, changes);
		expect(shown).toMatchObject([{ request: { method: 'POST', path: '/api/v1/devices', body: { externalId: 'pc1', name: 'FRONT-DESK', serialNumber: 'PF4ABC12', customerId } } }]);
	});
});

describe('Apply Plan refuses before anything is sent', () => {
	const request = (more: object) => ({ requests: { request: [{ for: 'create', method: 'POST', path: '/users', send: 'changed', ...more }] } });
	it.each<[string, object, RegExp]>([
		['a placeholder that nothing is called', request({ path: '/users/{emial}' }), /nothing is called \{emial\}/],
		['two requests for one kind of change', { requests: { request: [{ for: 'create', method: 'POST', path: '/a' }, { for: 'create', method: 'PUT', path: '/b' }] } }, /two requests for create/],
		['a request without a path, which an expression left empty', request({ path: undefined }), /has no Path/],
		['a method that is none', request({ method: 'GET' }), /Method is "GET"/],
		['a field that cannot be one', { fields: { field: [{ field: 'id', path: 'x' }] } }, /"id", which cannot be a field/],
	])('%s', async (_what, parameters, says) => {
		const changes = await planOf((await run(node, { resource: 'record', operation: 'getRemembered', tenantId: TENANT, customerId: 'nobody' }))[0], 'preview');
		await expect(run(node, { ...apply, ...parameters }, changes)).rejects.toThrow(says);
		expect(portal.simulator.seen).toEqual([]);
	});

	it('a plan for another system, or for another account', async () => {
		const marker = { kind: 'emptyList', list: 'changes', planId: 'plan-1', mode: 'preview', tenantId: TENANT, target: 'syncro', account: 'portal', customerId: '1' };
		await expect(run(node, apply, [marker])).rejects.toThrow('The plan is for the target "syncro"');
		await expect(run(node, apply, [{ ...marker, target: 'http', account: 'elsewhere' }])).rejects.toThrow('the credential is for the account portal');
	});
});

describe('The test of the credential', () => {
	const test = async (data: IDataObject) => await node.methods.credentialTest.httpTargetTest.call({} as ICredentialTestFunctions, { id: '1', name: 'x', type: 'httpTargetApi', data: data as never });

	it('asks for the path, and tells the account', async () => {
		expect(await test(credential)).toEqual({ status: 'OK', message: expect.stringMatching(/lets this n8n in.*account in the Sync Ledger is portal/) });
		expect(await test({ ...credential, headerSecret: `Bearer ${READ_KEY}` })).toMatchObject({ status: 'OK' });
	});

	it.each<[string, IDataObject, RegExp]>([
		['a wrong secret', { headerSecret: 'Bearer nobody' }, /does not accept the secret \(401\)/],
		['a wrong path', { testPath: '/people' }, /not there \(404\)/],
		['a path that leads elsewhere', { testPath: '/../../admin' }, /is no path below/],
		['an address that is not https', { baseAddress: 'http://portal.example.com' }, /not a plain https address/],
		['an address without its certificate authority', { ca: '' }, /authority that is not trusted/],
	])('names %s', async (_what, more, says) => {
		expect(await test({ ...credential, ...more })).toEqual({ status: 'Error', message: expect.stringMatching(says) });
	});

	it('without a path says what it did not ask', async () => {
		expect(await test({ ...credential, testPath: '' })).toMatchObject({ status: 'OK', message: expect.stringContaining('was not asked') });
		expect(portal.simulator.seen).toEqual([]);
	});
});
