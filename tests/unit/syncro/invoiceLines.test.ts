import { allLines, getLine } from '../../../sync/target/syncro/invoices/lines';
import { withFamilies } from '../../../sync/target/syncro/invoices/lineFamilies';
import { invoiceLine } from '../../../sync/target/syncro/invoices/invoiceLine';
import { syncroInvoiceLines } from '../../../sync/target/syncro/invoices/definition';
import type { InvoiceLine } from '../../../sync/model/invoiceLine';
import { openAccount, type Account } from './support/account';
import { BASIC, countsPremium, PREMIUM, seedWith, STANDARD } from './support/invoices';

let account: Account;

beforeAll(async () => {
	account = await openAccount(
		seedWith([
			{
				lines: [
					{ id: 7001, name: 'Support', quantity: 2.5, retail_cents: 45_000, cost_cents: 100 },
					{ id: 7002, name: PREMIUM, ...countsPremium },
					{ id: 7003, name: 'Devices', recurring_type_id: 4, asset_type_id: 801 },
				],
			},
			{ name: 'Yearly', frequency: 'Annually', paused: true, lines: [{ id: 7004, name: STANDARD, quantity: 9, description: 'Commitment' }] },
			{ name: 'Another customer\'s', customer_id: 2, lines: [{ id: 7005, name: BASIC, quantity: 1 }] },
			...Array.from({ length: 60 }, (_, index) => ({ name: `Small ${index}`, lines: [{ id: 8000 + index, name: `Small ${index}`, quantity: 1 }] })),
		]),
	);
});
beforeEach(() => {
	account.simulator.state.reset();
	account.simulator.faults.clear();
	account.simulator.seen.length = 0;
	Object.assign(account.simulator.quirks, { schedulesMeta: 'absent', counterFields: 'absent', counterQuantity: 'counted' });
	account.clock.moment += 120_000;
});
afterAll(async () => await account.simulator.stop());

const INVOICE = { account: 'acme', customerId: '1', scheduleId: '701', scheduleName: 'Invoice 1', frequency: 'Monthly', paused: false };
/** A line as the specification's examples have it. */
const ROW = { id: 3, cost_cents: 1, description: 'MyText', name: 'Name', position: 1, product_id: null, quantity: '9.99', retail_cents: 1, schedule_id: 701, taxable: false, user_id: 1, price_cost: 0.01, price_retail: 0.01, product_category: null, asset_type_id: null, recurring_type_id: null, device_ids: [], one_time_charge: false };
const line = (row: Record<string, unknown>): InvoiceLine => invoiceLine(INVOICE, { ...ROW, ...row }, (what) => new Error(what));

describe('Lines of recurring invoices', () => {
	it.each(['absent', 'pagesOnly', 'full'] as const)('are read of all invoices of the customer, over all pages, with meta %s', async (schedulesMeta) => {
		account.simulator.quirks.schedulesMeta = schedulesMeta;
		const lines = await allLines(account.client(), '1');
		expect(lines).toHaveLength(64);
		expect(lines[0]).toEqual({
			kind: 'invoiceLine', target: 'syncro:invoice-lines', account: 'acme', customerId: '1', id: '701/7001', scheduleId: '701', scheduleName: 'Invoice 1', frequency: 'Monthly', paused: false,
			name: 'Support', description: null, quantity: '2.5', priceCents: 45_000, costCents: 100, productId: null, oneTimeCharge: false, recurringTypeId: null, counter: false, counts: null,
		});
		expect(lines.find(({ id }) => id === '702/7004')).toMatchObject({ scheduleName: 'Yearly', frequency: 'Annually', paused: true, quantity: '9', description: 'Commitment' });
	});

	it('are read with their invoice where the list leaves them out, or shows none although they cost something', async () => {
		const shown = (lines: unknown) => ({ id: 701, customer_id: 1, name: 'Invoice 1', frequency: 'Monthly', paused: false, subtotal: 1125, ...(lines === undefined ? {} : { lines }) });
		for (const lines of [undefined, []]) {
			account.simulator.seen.length = 0;
			account.simulator.faults.add({ path: '/api/v1/schedules', fault: { kind: 'answer', status: 200, body: { schedules: [shown(lines)], meta: { total_pages: 1 } } } });
			expect((await allLines(account.client(), '1')).map(({ id }) => id)).toEqual(['701/7001', '701/7002', '701/7003']);
			expect(account.simulator.seen.map(({ url }) => url.pathname)).toEqual(['/api/v1/schedules', '/api/v1/schedules/701']);
		}
	});

	it.each<[string, object, string]>([
		['belongs to another customer', { id: 9, customer_id: 2, lines: [] }, 'the list holds the recurring invoice 9, which belongs to customer 2'],
		['does not say whose it is', { id: 9, lines: [] }, 'the recurring invoice 9 does not say which customer it belongs to'],
		['has no id', { customer_id: 1, lines: [] }, 'a recurring invoice without an id'],
		['has a line without an id', { id: 9, customer_id: 1, lines: [{ ...ROW, id: null }] }, 'in the recurring invoice 9 a line has no id'],
		['has a quantity that is no number', { id: 9, customer_id: 1, lines: [{ ...ROW, quantity: 'many' }] }, 'in the recurring invoice 9 the quantity of the line 3 is no number'],
		['has something that is no line', { id: 9, customer_id: 1, lines: ['x'] }, 'something is no line'],
	])('nothing is concluded from an invoice that %s', async (_, schedule, message) => {
		account.simulator.faults.add({ fault: { kind: 'answer', status: 200, body: { schedules: [schedule], meta: { total_pages: 1 } } } });
		await expect(allLines(account.client(), '1')).rejects.toThrow(message);
	});

	it('a list that moved while it was read is not used', async () => {
		const page = (...ids: number[]) => ({ schedules: ids.map((id) => ({ id, customer_id: 1, lines: [] })), meta: { total_pages: 2 } });
		for (const body of [page(8, 9), page(10, 9)]) account.simulator.faults.add({ fault: { kind: 'answer', status: 200, body } });
		await expect(allLines(account.client(), '1')).rejects.toMatchObject({ code: 'syncro.listChanged', message: expect.stringContaining('recurring invoices were added or removed') });
	});

	it('one that somebody took out is not there, and its invoice says so', async () => {
		await expect(getLine(account.client(), '701/9999', {}, 'read the invoice line "Premium"')).rejects.toMatchObject({ class: 'notFound', code: 'syncro.notFound', message: expect.stringContaining('the recurring invoice 701 has no such line any more') });
		await expect(getLine(account.client(), '9999/1', {}, 'read it')).rejects.toMatchObject({ class: 'notFound' });
		await expect(getLine(account.client(), '7001', {}, 'read it')).rejects.toMatchObject({ class: 'input', code: 'syncro.id' });
		expect(await getLine(account.client(), '701/7001', {}, 'read it')).toMatchObject({ id: '701/7001', quantity: '2.5' });
	});

	it('take their price from cents, else from money', () => {
		expect(line({ retail_cents: undefined, price_retail: '19.99' }).priceCents).toBe(1999);
		expect(line({ retail_cents: 0 }).priceCents).toBe(0);
		expect(line({ retail_cents: undefined, price_retail: null })).not.toHaveProperty('priceCents');
	});
});

describe('Whether Syncro counts a line by itself', () => {
	it.each([null, 1, 3])('not with the kind %s', (recurring_type_id) => {
		expect(line({ recurring_type_id })).toMatchObject({ counter: false, counts: null });
	});

	it.each([[2, 'other'], [4, 'assets'], [5, 'other'], [6, 'contacts'], [7, 'other'], [9, 'other'], [11, 'other'], ['1', 'other'], [undefined, 'other']])('yes with the kind %s: %s', (recurring_type_id, counts) => {
		const { recurring_type_id: _, ...rest } = ROW;
		expect(invoiceLine(INVOICE, recurring_type_id === undefined ? rest : { ...rest, recurring_type_id }, () => new Error())).toMatchObject({ counter: true, counts });
	});

	it.each([['contact_field_type_id', 901, 'contacts'], ['contact_field_answer_id', 9014, 'other'], ['asset_type_id', 801, 'assets'], ['saved_asset_search_id', 5, 'other'], ['policy_folder_id', 5, 'other'], ['vendor_name', 'Microsoft', 'other'], ['device_ids', [1], 'other']])(
		'yes with %s, whatever its kind',
		(name, value, counts) => {
			for (const recurring_type_id of [null, 1, 3]) expect(line({ recurring_type_id, [name]: value })).toMatchObject({ counter: true, counts });
		},
	);

	it('is not said of one that bills only what goes beyond a number of units', () => {
		expect(line({ recurring_type_id: 6, bill_all_units: true })).toMatchObject({ counter: true, counts: 'contacts' });
		expect(line({ recurring_type_id: 6, bill_all_units: false, bill_units_threshold: 5 })).toMatchObject({ counter: true, counts: 'other' });
	});

	it('is known of the lines of an account, and what they count where it shows that', async () => {
		const read = async () => (await allLines(account.client(), '1')).slice(0, 3);
		expect((await read()).map(({ counter, counts }) => [counter, counts])).toEqual([[false, null], [true, 'contacts'], [true, 'assets']]);
		expect((await read())[1]).not.toHaveProperty('contactFieldTypeId');
		account.simulator.quirks.counterFields = 'shown';
		expect((await read())[1]).toMatchObject({ contactFieldTypeId: '901', contactFieldAnswerId: '9014' });
	});
});

describe('Which licence family a line bills', () => {
	const lines = [line({ id: 1, name: PREMIUM }), line({ id: 2, name: 'M365  bp ' }), line({ id: 3, name: 'Seats', product_id: 55 }), line({ id: 4, name: 'Support' })];

	it('is its name, or what the builder lists for its name or product', () => {
		const named = withFamilies(lines, [
			{ family: STANDARD, by: 'name', value: 'm365 BP' },
			{ family: BASIC, by: 'productId', value: '55' },
			{ family: PREMIUM, by: 'name', value: 'seats' },
		]);
		expect(named.map(({ family }) => family)).toEqual([undefined, STANDARD, BASIC, undefined]);
		expect(named.every(({ linesOfFamily }) => linesOfFamily === undefined)).toBe(true);
	});

	it('is told to be billed several times, wherever its lines are; those that bill nothing do not count', () => {
		const twice = withFamilies([...lines, line({ id: 5, name: PREMIUM.toUpperCase() }), { ...line({ id: 6, name: PREMIUM }), paused: true }, line({ id: 7, name: PREMIUM, one_time_charge: true })], [{ family: PREMIUM, by: 'productId', value: '55' }]);
		expect(twice.map(({ linesOfFamily }) => linesOfFamily)).toEqual([3, undefined, 3, undefined, 3, undefined, undefined]);
	});

	it('cannot be two', () => {
		expect(() => withFamilies(lines, [{ family: STANDARD, by: 'name', value: 'M365 BP' }, { family: BASIC, by: 'name', value: 'm365  bp' }])).toThrow('The list of lines gives the line "m365  bp" to "Microsoft 365 Business Standard" and to "Microsoft 365 Business Basic".');
	});
});

describe('What plans may write of a line', () => {
	const [quantity] = syncroInvoiceLines.fields;
	const lock = (of: Partial<InvoiceLine>) => syncroInvoiceLines.locks!(quantity, { ...line({}), ...of } as InvoiceLine)?.code;

	it('is the quantity of a line that bills it as it is written, and nothing else', () => {
		expect(lock({})).toBeUndefined();
		expect([lock({ counter: true }), lock({ paused: true }), lock({ oneTimeCharge: true }), lock({ linesOfFamily: 2 })]).toEqual(['counter', 'paused', 'oneTimeCharge', 'severalLines']);
		expect(['name', 'priceCents', 'counter', 'properties.x', 'scheduleId'].map((name) => syncroInvoiceLines.field(name))).toEqual(Array(5).fill(undefined));
	});

	it('is compared as numbers are', () => {
		expect(syncroInvoiceLines.normalise(quantity, '5.0')).toBe(syncroInvoiceLines.normalise(quantity, '5'));
		expect(syncroInvoiceLines.normalise(quantity, 'many')).toBe('');
	});
});
