import { NodeHelpers, type IDataObject, type IExecuteFunctions, type INode, type INodeExecutionData, type INodeParameters } from 'n8n-workflow';
import { Syncro } from '../../../nodes/Syncro/Syncro.node';
import { createAuthority } from '../../../simulators/base/certificates';
import { startSyncro, type SyncroSimulator } from '../../../simulators/syncro';
import { count, countsPremium, PREMIUM, seedWith, STANDARD } from './support/invoices';
import { TOKEN } from './support/account';

const authority = createAuthority();
const node = new Syncro();
let simulator: SyncroSimulator;

beforeAll(async () => {
	const seed = seedWith([
		{ lines: [{ id: 7001, name: 'Support', quantity: 1 }, { id: 7002, name: PREMIUM, retail_cents: 2_200, ...countsPremium }, { id: 7003, name: 'M365 BS', quantity: 9, retail_cents: 1_250 }] },
		{ customer_id: 2, lines: [{ id: 7011, name: STANDARD, quantity: 1, retail_cents: 1_000 }] },
	]);
	simulator = await startSyncro({ authority, seed, quirks: { requestsPerMinute: 10_000 } });
});
beforeEach(() => {
	simulator.state.reset();
	simulator.faults.clear();
	simulator.seen.length = 0;
	for (let n = 0; n < 3; n++) simulator.state.addContact(1, { name: `N ${n}` }, { azure_license: PREMIUM });
});
afterAll(async () => await simulator.stop());

interface Call {
	operation: string;
	/** A function stands for an expression. */
	parameters?: Record<string, unknown>;
	items?: object[];
	continueOnFail?: boolean;
}

/** Executes the node with what its panel fills in. */
async function execute({ operation, parameters = {}, items = [{}], continueOnFail = false }: Call): Promise<INodeExecutionData[]> {
	const self: INode = { id: '1', name: 'Syncro', type: 'syncro', typeVersion: 1, position: [0, 0], parameters: { resource: 'recurringInvoice', operation } };
	const filled = NodeHelpers.getNodeParameters(node.description.properties, self.parameters, true, false, self, node.description) as INodeParameters;
	const context = {
		getNode: () => self,
		getInputData: () => items.map((json) => ({ json })),
		getNodeParameter: (name: string, itemIndex: number, fallback: unknown) => {
			const value = parameters[name] ?? filled[name] ?? fallback;
			return typeof value === 'function' ? (value as (index: number) => unknown)(itemIndex) : value;
		},
		getCredentials: async () => ({ subdomain: 'acme', apiToken: TOKEN, addressOverride: simulator.origin, ca: authority.cert, requestsPerMinute: 10_000 }),
		getExecutionCancelSignal: () => undefined,
		continueOnFail: () => continueOnFail,
		addExecutionHints: () => undefined,
	};
	const [output] = await node.execute.call(context as unknown as IExecuteFunctions);
	return output;
}
const jsons = async (call: Call): Promise<IDataObject[]> => (await execute(call)).map(({ json }) => json);
const asked = () => simulator.seen.map(({ method, url }) => `${method} ${url.pathname.replace('/api/v1', '')}`);

describe('Get Lines', () => {
	it('gives all lines of the customer once, with the families that the builder lists', async () => {
		const lines = { lines: [{ family: STANDARD, by: 'name', name: 'm365 bs' }] };
		const items = await jsons({ operation: 'getLines', parameters: { customer: '1', lineFamilies: lines }, items: [{}, {}] });
		expect(items.map(({ id, counter, family, of }) => [id, counter, family, of])).toEqual([['701/7001', false, undefined, 3], ['701/7002', true, undefined, 3], ['701/7003', false, STANDARD, 3]]);
		expect(asked()).toEqual(['GET /schedules', 'GET /schedules']);
	});

	it('says so where there are none', async () => {
		expect(await jsons({ operation: 'getLines', parameters: { customer: '3' } })).toEqual([
			{ kind: 'emptyList', list: 'invoiceLines', note: 'The customer has no recurring invoice with lines.', target: 'syncro:invoice-lines', account: 'acme', customerId: '3' },
		]);
	});

	it.each([[{ family: '', by: 'name', name: 'x' }, 'does not name its licence family'], [{ family: 'x', by: 'productId', productId: '' }, 'does not name its line'], [{ family: 'x', by: 'colour' }, 'Known By is "colour"']])('refuses a row that says too little: %j', async (row, message) => {
		await expect(execute({ operation: 'getLines', parameters: { customer: '1', lineFamilies: { lines: [row] } } })).rejects.toThrow(message);
		expect(simulator.seen).toEqual([]);
	});
});

describe('Compare Licences', () => {
	const counts = [count(PREMIUM, 4), count(STANDARD, 12)];
	const parameters = { customer: '1', lineFamilies: { lines: [{ family: STANDARD, by: 'name', name: 'M365 BS' }] } };

	it('gives one item per family and one that sums up, and writes nothing', async () => {
		const output = await execute({ operation: 'compareLicences', parameters, items: counts });
		expect(output.map(({ json }) => [json.kind, json.verdict, json.family, json.counted, json.billed, json.differencePerMonth])).toEqual([
			['licenceComparison', 'invoiceLess', PREMIUM, 4, 3, 22],
			['licenceComparison', 'invoiceLess', STANDARD, 12, 9, 37.5],
			['licenceComparisonSummary', undefined, undefined, undefined, undefined, 59.5],
		]);
		expect(output.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }, { item: 1 }, [{ item: 0 }, { item: 1 }]]);
		expect(output[0].json).toMatchObject({ tenantId: 'tenant', account: 'acme', customerId: '1', customerName: 'Northwind Traders' });
		expect(output[2].json.markdown).toContain('Northwind Traders');
		expect([new Set(asked()), simulator.writes()]).toEqual([new Set(['GET /customers/1', 'GET /schedules', 'GET /contacts']), 0]);
	});

	it('reads contacts only where a line counts them', async () => {
		await execute({ operation: 'compareLicences', parameters: { customer: '2' }, items: [count(STANDARD, 1)] });
		expect(asked()).not.toContain('GET /contacts');
	});

	it('takes counters of other fields from the builder', async () => {
		simulator.state.addContact(1, { name: 'Own' }, { 'M365 Premium': 'Yes' });
		const counters = { counters: [{ counter: PREMIUM, label: 'M365 Premium', answer: 'Yes' }] };
		expect((await jsons({ operation: 'compareLicences', parameters: { ...parameters, counters }, items: counts }))[0]).toMatchObject({ billed: 1 });
		simulator.quirks.counterFields = 'shown';
		const byIds = { counters: [{ counter: '901/9014', label: 'M365 Premium', answer: 'Yes' }] };
		expect((await jsons({ operation: 'compareLicences', parameters: { ...parameters, counters: byIds }, items: counts }))[0]).toMatchObject({ billed: 1 });
		simulator.quirks.counterFields = 'absent';
		expect((await jsons({ operation: 'compareLicences', parameters: { ...parameters, counters: byIds }, items: counts }))[0]).toMatchObject({ billed: 3 });
		await expect(execute({ operation: 'compareLicences', parameters: { ...parameters, counters: { counters: [{ counter: PREMIUM }] } }, items: counts })).rejects.toThrow('does not name the label of its field');
	});

	it('compares each customer with the counts of its own tenant', async () => {
		const items = [...counts, count(STANDARD, 3, { tenantId: 'labs', id: 'labs:standard' })];
		const output = await jsons({ operation: 'compareLicences', parameters: { ...parameters, customer: (index: number) => (index < 2 ? '1' : '2') }, items });
		expect(output.map(({ customerId, tenantId, family, difference }) => [customerId, tenantId, family, difference])).toEqual([['1', 'tenant', PREMIUM, 1], ['1', 'tenant', STANDARD, 3], ['2', 'labs', STANDARD, 2], [undefined, undefined, undefined, undefined]]);
		expect(output[3]).toMatchObject({ customers: 2, lostPerMonth: 79.5 });
	});

	it('goes on with the other customers where the builder wants that, and names the one that failed', async () => {
		const items = [...counts, count(STANDARD, 3, { tenantId: 'labs', id: 'labs:standard' })];
		const call: Call = { operation: 'compareLicences', parameters: { ...parameters, customer: (index: number) => (index < 2 ? '404' : '2') }, items };
		await expect(execute(call)).rejects.toMatchObject({ message: expect.stringContaining('could not read the customer 404') });
		const output = await execute({ ...call, continueOnFail: true });
		expect(output.map(({ json }) => json.kind ?? json.code)).toEqual(['syncro.notFound', 'licenceComparison', 'licenceComparisonSummary']);
		expect(output[2].json).toMatchObject({ customers: 1, notRead: [{ message: expect.stringContaining('customer 404') }], headline: expect.stringContaining('1 thing could not be looked at.') });
	});

	it('says of a tenant that was not read that nothing is known, and never counts it as 0', async () => {
		const items = [{ kind: 'skipped', tenantId: 't', message: 'The app may not read licences.', remedy: 'Consent.' }, { error: 'Tenant u failed.' }];
		const output = await jsons({ operation: 'compareLicences', parameters, items });
		expect(output).toMatchObject([{ kind: 'licenceComparisonSummary', customers: 0, lostPerMonth: 0, overbilledPerMonth: 0, notRead: [{ message: 'The app may not read licences.' }, { message: 'Tenant u failed.' }] }]);
		expect(simulator.seen).toEqual([]);
	});

	it.each<[string, object[], string]>([
		['the counts of several tenants for one customer', [count(PREMIUM, 1), count(STANDARD, 1, { tenantId: 'other' })], 'The licence counts of several tenants arrived for the Syncro customer 1.'],
		['a family twice', [count(PREMIUM, 1), count(` ${PREMIUM.toUpperCase()}`, 2)], 'arrived twice for the Syncro customer 1.'],
		['something else', [{ kind: 'person' }], 'Item 1 is a "person", which this report cannot tell of.'],
	])('refuses %s', async (_, items, message) => {
		await expect(execute({ operation: 'compareLicences', parameters, items })).rejects.toThrow(message);
	});
});
