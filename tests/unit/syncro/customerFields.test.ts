import fc from 'fast-check';
import type { TenantFacts } from '../../../sync/model/tenantFacts';
import { customerWithFields } from '../../../sync/target/syncro/customerFields/customerFields';
import { syncroCustomers } from '../../../sync/target/syncro/customerFields/definition';
import { customerStore } from '../../../sync/target/syncro/customerFields/store';
import type { SyncroSeed } from '../../../simulators/syncro/seed';
import { openAccount, SEED, type Account } from './support/account';
import { planRecords, syncRecords, type RecordSync } from './support/recordRuns';
import { openTestLedger } from './support/runs';

const LABELS = ['microsoft_secure_score', 'azure_licensed_user_count', 'azure_active_user_count', 'Tenant'];
const WITH_FIELDS: SyncroSeed = {
	...SEED,
	customerFields: LABELS.map((name, index) => ({ id: 100 + index, name })),
	customers: [{ ...SEED.customers[0], properties: { azure_licensed_user_count: '7', Colour: 'green' } }, ...SEED.customers.slice(1)],
};
const facts = (more: Partial<TenantFacts> = {}): TenantFacts => ({
	kind: 'tenantFacts', tenantId: 't', id: 't', displayName: 'Northwind', secureScorePercent: 61.5, licensedUserCount: 12, activeUserCount: 9,
	disabledLicensedUserCount: 0, unknownActivityCount: 0, days: 30, asOf: '2026-11-20', leftOut: [], ...more,
});

let account: Account;
let opened: Awaited<ReturnType<typeof openTestLedger>>;
let tenants = 0;

beforeAll(async () => {
	account = await openAccount(WITH_FIELDS);
	opened = await openTestLedger(account.clock);
});
beforeEach(() => {
	account.simulator.state.reset();
	account.simulator.faults.clear();
	account.simulator.seen.length = 0;
	Object.assign(account.simulator.quirks, { propertiesOnPut: 'replace', unknownProperties: 'drop' });
	account.clock.moment += 120_000;
});
afterAll(async () => {
	await account.simulator.stop();
	await opened.close();
});

function job(more: Partial<RecordSync> = {}): RecordSync {
	const client = account.client();
	const pairing = { tenantId: `tenant-${tenants++}`, target: 'syncro:customers', account: 'acme', customerId: '1' };
	return { store: customerStore(client), ledger: opened.ledger, pairing, sources: [facts() as never], records: async () => [await customerWithFields(client, '1')], rules: [{ by: 'only' }], ...more };
}
const held = () => account.simulator.state.customers.get(1)!.properties;
const written = () => account.simulator.seen.filter(({ method }) => method !== 'GET').map(({ method, url, body }) => [method, url.pathname, JSON.parse(body) as unknown]);

describe('The custom fields of a customer', () => {
	it('are read with those that are blank, where Syncro tells which there are', async () => {
		expect(await customerWithFields(account.client(), '1')).toEqual({
			kind: 'customerFields', target: 'syncro:customers', account: 'acme', customerId: '1', id: '1', name: 'Northwind Traders', allFields: true,
			properties: { microsoft_secure_score: null, azure_licensed_user_count: '7', azure_active_user_count: null, Tenant: null, Colour: 'green' },
		});
	});
	it.each([
		['has none to tell of', () => void (account.simulator.state.customerFields = [])],
		['does not let the token read its settings', () => account.simulator.faults.add({ path: '/settings', fault: { kind: 'answer', status: 401, body: { error: 'Not authorized. Please ask account admin to update your group permissions.' } } })],
	])('are those that are filled where Syncro %s', async (_why, arrange) => {
		arrange();
		const customer = await customerWithFields(account.client(), '1');
		expect(customer.properties).toEqual({ azure_licensed_user_count: '7', Colour: 'green' });
		expect(customer).not.toHaveProperty('allFields');
	});
	it('are not taken for empty where the answer does not show them: writing would lose them', async () => {
		account.simulator.faults.add({ path: '/customers/1', fault: { kind: 'answer', status: 200, body: { customer: { id: 1, business_name: 'Northwind Traders' } } } });
		await expect(customerWithFields(account.client(), '1')).rejects.toMatchObject({ code: 'syncro.malformed' });
	});
});

describe('Facts of a tenant', () => {
	it('go into the custom fields in one write that keeps all others, and then nothing changes any more', async () => {
		const own = job();
		expect((await syncRecords(own)).plan.changes).toMatchObject([{ action: 'update', rule: 'only', fields: [{ label: 'microsoft_secure_score', before: null, after: '61.5' }, { label: 'azure_licensed_user_count', before: '7', after: '12' }, { label: 'azure_active_user_count', before: null, after: '9' }] }]);
		expect(written()).toEqual([['PUT', '/api/v1/customers/1', { properties: { azure_licensed_user_count: '12', Colour: 'green', microsoft_secure_score: '61.5', azure_active_user_count: '9' } }]]);
		expect(held()).toMatchObject({ azure_licensed_user_count: '12', azure_active_user_count: '9', microsoft_secure_score: '61.5' });
		const again = await syncRecords(own);
		expect([again.plan.changes, again.outcomes, again.plan.counts.unchanged]).toEqual([[], [], 1]);
	});
	it('that are not known leave their fields as they are', async () => {
		const { plan } = await syncRecords(job({ sources: [facts({ secureScorePercent: undefined, activeUserCount: undefined, licensedUserCount: 7 }) as never] }));
		expect(plan.changes).toMatchObject([{ action: 'link', fields: [] }]);
		expect(written()).toEqual([]);
	});
	it('go to any label, any number of them', async () => {
		const mapping = [{ field: 'properties.Tenant', source: 'displayName', whenBlank: 'keep' as const }, { field: 'properties.azure_active_user_count', source: 'days', whenBlank: 'keep' as const }];
		await syncRecords(job({ mapping }));
		expect(held()).toMatchObject({ Tenant: 'Northwind', azure_active_user_count: '30' });
	});
	it('are not written under a label that no custom field has: the plan names it, and where to create it, until it is there', async () => {
		account.simulator.state.customerFields = WITH_FIELDS.customerFields!.filter(({ name }) => name !== 'azure_active_user_count');
		const own = job();
		const { plan } = await syncRecords(own);
		expect(plan.changes[0].fields.map(({ label }) => label)).toEqual(['microsoft_secure_score', 'azure_licensed_user_count']);
		expect(plan.changes[0].reason).toContain('Northwind was not written into "azure_active_user_count", because customers in Syncro have no custom field of this name. Create it in Syncro under Admin → Customers → Customer Custom Fields');
		account.simulator.seen.length = 0;
		const second = await syncRecords(own);
		expect(second.plan.skipped).toMatchObject([{ code: 'noCustomField', reason: expect.stringContaining('azure_active_user_count stays blank, Microsoft 365 says "9"') }]);
		expect(written()).toEqual([]);
		account.simulator.state.customerFields = WITH_FIELDS.customerFields!;
		expect((await syncRecords(own)).outcomes).toMatchObject([{ outcome: 'applied', message: 'Updated.' }]);
		expect(held()).toMatchObject({ azure_active_user_count: '9' });
	});
	it('that Syncro drops although nobody could know are named with where to create the field, and are not sent again the next day', async () => {
		account.simulator.state.customerFields = [];
		const own = job({ records: async () => [await customerWithFields(account.client(), '1')] });
		const { outcomes } = await syncRecords(own);
		expect(outcomes[0].message).toMatch(/did not store as sent: .*azure_active_user_count.*Create it in Syncro under Admin → Customers → Customer Custom Fields, .*"azure_active_user_count"/);
		account.simulator.seen.length = 0;
		expect((await syncRecords(own)).plan).toMatchObject({ changes: [], skipped: [{ code: 'notKept' }] });
		expect(written()).toEqual([]);
	});
	it('are written as the preview says, which writes nothing itself', async () => {
		const own = job();
		const preview = await planRecords({ ...own, mode: 'preview' });
		expect(written()).toEqual([]);
		const { plan } = await syncRecords(own);
		expect(plan.planId).toBe(preview.planId);
		expect(plan.changes.map((change) => ({ ...change, mode: 'preview' }))).toEqual(preview.changes);
	});
	it.each([['before it arrived', false], ['after it arrived', true]])('whose write is cut off %s end up in Syncro once', async (_when, after) => {
		account.simulator.faults.add({ method: 'PUT', fault: { kind: 'reset', after } });
		expect((await syncRecords(job())).outcomes).toMatchObject([{ outcome: 'applied' }]);
		expect(held()).toMatchObject({ azure_licensed_user_count: '12' });
		expect(written()).toHaveLength(after ? 1 : 2);
	});
	it('are not laid over what somebody changed meanwhile', async () => {
		const own = job();
		const store = { ...own.store, get: async (...request: Parameters<typeof own.store.get>) => (account.simulator.state.customers.get(1)!.properties.azure_licensed_user_count = '99', await own.store.get(...request)) };
		expect((await syncRecords({ ...own, store })).outcomes).toMatchObject([{ outcome: 'conflict' }]);
		expect(written()).toEqual([]);
	});
	it('of any kind, in an account that merges or replaces, are planned once and keep everything else', async () => {
		const value = fc.option(fc.nat(500), { nil: undefined });
		await fc.assert(
			fc.asyncProperty(value, value, fc.constantFrom('replace' as const, 'merge' as const), async (active, score, onPut) => {
				account.simulator.state.reset();
				account.simulator.quirks.propertiesOnPut = onPut;
				account.simulator.state.customerFields = [...WITH_FIELDS.customerFields!, { id: 999, name: 'Colour' }];
				const own = job({ sources: [facts({ activeUserCount: active, secureScorePercent: score }) as never] });
				await syncRecords(own);
				expect(held()).toMatchObject({ Colour: 'green', azure_licensed_user_count: '12' });
				expect((await syncRecords(own)).plan.changes).toEqual([]);
			}),
			{ numRuns: 20 },
		);
	});
});

describe('Customers', () => {
	it('are neither created nor deleted, whatever arrives', async () => {
		const { store } = job();
		const request = { change: {} as never, call: {}, doing: 'delete the customer "Northwind"' };
		await expect(store.remove({} as never, request)).rejects.toMatchObject({ code: 'syncro.customersStay' });
		await expect(store.create([], request)).rejects.toMatchObject({ code: 'syncro.customersStay' });
		expect(account.simulator.seen).toEqual([]);
	});
	it('have no field but custom ones', () => {
		expect(['properties.', 'name', 'business_name', 'toString'].map((name) => syncroCustomers.field(name))).toEqual([undefined, undefined, undefined, undefined]);
	});
});
