import fc from 'fast-check';
import type { InvoiceLine } from '../../../sync/model/invoiceLine';
import type { LicenceComparison } from '../../../sync/model/licenceComparison';
import type { LicenceFamilyCount } from '../../../sync/model/licenceFamilyCount';
import { centsOf } from '../../../sync/model/money';
import { licenceComparisonSummary } from '../../../sync/report/licenceComparison';
import { compareLicences, countsContacts } from '../../../sync/target/syncro/invoices/compareLicences';
import type { ContactCounters } from '../../../sync/target/syncro/invoices/contactCounters';
import { monthlyCents } from '../../../sync/target/syncro/invoices/frequency';
import type { SyncroContact } from '../../../sync/target/syncro/contacts/contacts';
import { BASIC, count, PREMIUM, STANDARD } from './support/invoices';

const CUSTOMER = { account: 'acme', customerId: '1', customerName: 'Northwind Traders' };
let ids = 0;
const line = (name: string, quantity: string | null, more: Partial<InvoiceLine> = {}): InvoiceLine => ({
	kind: 'invoiceLine', target: 'syncro:invoice-lines', account: 'acme', customerId: '1', id: `701/${ids++}`, scheduleId: '701', scheduleName: 'Managed services', frequency: 'Monthly', paused: false,
	name, description: null, quantity, priceCents: 1_000, productId: null, oneTimeCharge: false, recurringTypeId: null, counter: false, counts: null, ...more,
});
const counter = (name: string, more: Partial<InvoiceLine> = {}) => line(name, '0', { counter: true, counts: 'contacts', recurringTypeId: 6, ...more });
const contact = (properties?: Record<string, unknown>): SyncroContact => ({ kind: 'contact', target: 'syncro', account: 'acme', customerId: '1', id: String(ids++), ...(properties ? { properties } : {}) });
const holders = (count_: number, properties: Record<string, unknown>) => Array.from({ length: count_ }, () => contact(properties));

const DEFAULT: ContactCounters = { label: 'azure_license', others: [] };
const compare = (counts: LicenceFamilyCount[], lines: InvoiceLine[], contacts: SyncroContact[] = [], counters = DEFAULT) => compareLicences({ tenantId: 'tenant', customer: CUSTOMER, counts, lines, counters, contacts });
const brief = (all: LicenceComparison[]) => all.map(({ verdict, counted, billed, difference, differencePerMonth }) => [verdict, counted, billed, difference, differencePerMonth]);

describe('A licence family beside the line that bills it', () => {
	it.each<[number, string, unknown[]]>([
		[9, '9', ['same', 9, 9, 0, 0]],
		[12, '9', ['invoiceLess', 12, 9, 3, 30]],
		[3, '9', ['invoiceMore', 3, 9, -6, -60]],
		[3, '2.9', ['invoiceLess', 3, 2.9, 0.1, 1]],
		[0, '0', ['same', 0, 0, 0, 0]],
	])('%i counted, %s billed', (held, quantity, expected) => {
		expect(brief(compare([count(PREMIUM, held)], [line(PREMIUM, quantity)]))).toEqual([expected]);
	});

	it('tells everything about it', () => {
		expect(compare([count(PREMIUM, 12)], [line(' microsoft 365  BUSINESS premium', '9', { id: '701/1', frequency: 'Quarterly', priceCents: 6_000 })])).toEqual([
			{
				kind: 'licenceComparison', tenantId: 'tenant', ...CUSTOMER, verdict: 'invoiceLess', family: PREMIUM, counted: 12, billed: 9, difference: 3, differencePerMonth: 60,
				line: ' microsoft 365  BUSINESS premium', invoice: 'Managed services', frequency: 'Quarterly',
				lines: [{ id: '701/1', name: ' microsoft 365  BUSINESS premium', scheduleId: '701', scheduleName: 'Managed services', frequency: 'Quarterly', paused: false, oneTimeCharge: false, counter: false, counts: null, billed: 9, price: 60, pricePerMonth: 20 }],
			},
		]);
	});

	it('without a line is not billed, unless nobody holds it', () => {
		expect(brief(compare([count(PREMIUM, 4), count(BASIC, 0), count(null, 2)], [line('Support', '1')]))).toEqual([['noLine', 4, 0, 4, undefined], ['same', 0, 0, 0, 0], ['noLine', 2, 0, 2, undefined]]);
	});

	it('is not billed by a paused invoice, or by what is charged once', () => {
		const [paused] = compare([count(PREMIUM, 4)], [line(PREMIUM, '4', { paused: true })]);
		expect(paused).toMatchObject({ verdict: 'noLine', billed: 0, note: 'Its recurring invoice is paused.', lines: [{ billed: 0, paused: true }] });
		const [once] = compare([count(PREMIUM, 4)], [line(PREMIUM, '4', { oneTimeCharge: true })]);
		expect(once).toMatchObject({ verdict: 'noLine', note: 'Its line is charged once only.' });
		expect(brief(compare([count(PREMIUM, 4)], [line(PREMIUM, '4', { paused: true }), line(PREMIUM, '3')]))).toEqual([['invoiceLess', 4, 3, 1, 10]]);
	});

	it('may be billed by several lines together; where these cost differently, the difference has no price', () => {
		const lines = [line(PREMIUM, '10', { scheduleName: 'Commitment', frequency: 'Annually', priceCents: 12_000 }), line(PREMIUM, '3')];
		expect(brief(compare([count(PREMIUM, 13)], lines))).toEqual([['same', 13, 13, 0, 0]]);
		expect(compare([count(PREMIUM, 15)], lines)[0]).toMatchObject({ verdict: 'invoiceLess', difference: 2, invoice: 'Commitment, Managed services', note: expect.stringContaining('differ in price') });
		expect(compare([count(PREMIUM, 15)], lines)[0]).not.toHaveProperty('differencePerMonth');
		expect(brief(compare([count(PREMIUM, 15)], [line(PREMIUM, '10'), line('BP', '3', { family: PREMIUM })]))).toEqual([['invoiceLess', 15, 13, 2, 20]]);
	});

	it('has no price where its line has none, or an unknown frequency', () => {
		for (const more of [{ priceCents: undefined }, { priceCents: 0 }, { frequency: 'Fortnightly' }]) {
			expect(compare([count(PREMIUM, 5)], [line(PREMIUM, '4', more)])[0]).toMatchObject({ verdict: 'invoiceLess', difference: 1, note: 'Its line has no price.' });
		}
	});

	it('stays unknown where it was not counted', () => {
		const { holders: _, ...unread } = count(PREMIUM, 9);
		const [one] = compare([unread as LicenceFamilyCount], [line(PREMIUM, '9')]);
		expect(one).toMatchObject({ verdict: 'unknown', billed: 9, note: 'How many people hold it was not read.' });
		expect([one.counted, one.difference, one.differencePerMonth]).toEqual([undefined, undefined, undefined]);
	});
});

describe('A counter', () => {
	it('bills the contacts whose field has the name of the family, letter for letter', () => {
		const contacts = [...holders(7, { azure_license: PREMIUM }), ...holders(2, { azure_license: PREMIUM.toLowerCase() }), ...holders(3, { azure_license: '' }), contact()];
		const [one] = compare([count(PREMIUM, 9)], [counter(PREMIUM)], contacts);
		expect(one).toMatchObject({ verdict: 'invoiceLess', counted: 9, billed: 7, difference: 2, differencePerMonth: 20, lines: [{ counter: true, counts: 'contacts', countedBy: `azure_license = ${PREMIUM}`, billed: 7 }] });
	});

	it('may look at a field of its own, by family or by the numbers in its line', () => {
		const contacts = [...holders(4, { 'M365 Premium': 'Yes', azure_license: '' }), ...holders(1, { 'M365 Premium': 'No', azure_license: PREMIUM })];
		const by = (others: ContactCounters['others'], of: Partial<InvoiceLine> = {}) => compare([count(PREMIUM, 4)], [counter(PREMIUM, of)], contacts, { label: 'azure_license', others })[0];
		const yes = { label: 'M365 Premium', answer: 'Yes' };
		expect(by([])).toMatchObject({ billed: 1 });
		expect(by([{ family: PREMIUM.toUpperCase(), ...yes }])).toMatchObject({ verdict: 'same', billed: 4, lines: [{ countedBy: 'M365 Premium = Yes' }] });
		expect(by([{ family: PREMIUM, ...yes, answer: '' }])).toMatchObject({ billed: 5, lines: [{ countedBy: 'any answer in M365 Premium' }] });
		expect(by([{ fieldTypeId: '902', answerId: '9021', ...yes }], { contactFieldTypeId: '902', contactFieldAnswerId: '9021' })).toMatchObject({ billed: 4 });
		expect(by([{ fieldTypeId: '902', answerId: '9021', ...yes }], { contactFieldTypeId: '902', contactFieldAnswerId: '9022' })).toMatchObject({ billed: 1 });
		expect(by([{ fieldTypeId: '902', answerId: '', ...yes, answer: '' }], { contactFieldTypeId: '902', contactFieldAnswerId: null })).toMatchObject({ billed: 5 });
	});

	it('bills nobody knows how many where no contact has the field, or it counts something else', () => {
		const unknown = (one: LicenceComparison) => [one.verdict, one.billed, one.difference, one.differencePerMonth];
		const [mistyped] = compare([count(PREMIUM, 9)], [counter(PREMIUM)], holders(5, { 'Azure License': PREMIUM }));
		expect([unknown(mistyped), mistyped.note]).toEqual([['unknown', undefined, undefined, undefined], expect.stringContaining('Check its label under Contact Field.')]);
		const [assets] = compare([count(PREMIUM, 9)], [counter(PREMIUM, { counts: 'assets' })], holders(9, { azure_license: PREMIUM }));
		expect(unknown(assets)).toEqual(['unknown', undefined, undefined, undefined]);
		const [none] = compare([count(PREMIUM, 9)], [counter(PREMIUM)], holders(9, { azure_license: PREMIUM }), { label: '', others: [] });
		expect(unknown(none)).toEqual(['unknown', undefined, undefined, undefined]);
		expect(unknown(compare([count(PREMIUM, 9)], [counter(PREMIUM), line(PREMIUM, '9')], [])[0])).toEqual(['unknown', undefined, undefined, undefined]);
	});

	it('bills nobody where contacts have the field and none the answer', () => {
		expect(compare([count(PREMIUM, 9)], [counter(PREMIUM)], holders(5, { azure_license: STANDARD }))[0]).toMatchObject({ verdict: 'invoiceLess', billed: 0, difference: 9 });
	});

	it('is the only reason to read the contacts', () => {
		expect([countsContacts([line(PREMIUM, '1'), counter(PREMIUM, { counts: 'assets' }), counter(PREMIUM, { paused: true })]), countsContacts([counter(PREMIUM)])]).toEqual([false, true]);
	});
});

describe('A line that bills none of the families', () => {
	it.each(['Microsoft 365 E3', 'M365 E5', 'Office 365 E1', 'O365 F3', 'Exchange Online Plan 1', 'Business Premium seats'])('is shown when it looks like a licence: %s', (name) => {
		expect(compare([count(PREMIUM, 0)], [line(name, '4')]).slice(1)).toMatchObject([{ verdict: 'unknownFamily', family: null, billed: 4, line: name, lines: [{ name }] }]);
	});

	it('is shown when it counts contacts, too, and left out when it is something else, or bills nothing', () => {
		expect(compare([], [counter('Seats')])).toMatchObject([{ verdict: 'unknownFamily', line: 'Seats' }]);
		expect(compare([], [counter('Seats')])[0]).not.toHaveProperty('billed');
		expect(compare([], [line('Support', '1'), line('Devices', '1', { counter: true, counts: 'assets' }), line('M365 E3', '1', { paused: true }), line('M365 setup', '1', { oneTimeCharge: true })])).toEqual([]);
		expect(compare([count('Microsoft 365 E3', 4)], [line('M365 E3', '4', { family: 'Microsoft 365 E3' })])).toMatchObject([{ verdict: 'same' }]);
	});
});

describe('What a frequency is worth a month', () => {
	it.each<[string, number]>([['Daily', 36_500], ['Weekly', 5_200], ['Biweekly', 2_600], ['Monthly', 1_200], ['Quarterly', 400], ['Semi-Annually', 200], ['Annually', 100], ['Biennially', 50], ['Triennially', 33]])('%s', (frequency, cents) => {
		expect(monthlyCents(1_200, '1', frequency)).toBe(cents);
	});

	it('is not known of others', () => {
		expect([monthlyCents(1_200, '1', null), monthlyCents(1_200, '1', 'Fortnightly'), monthlyCents(1_200, '1', 'constructor')]).toEqual([undefined, undefined, undefined]);
	});
});

describe('The summary', () => {
	const all = [
		...compare([count(PREMIUM, 12), count(STANDARD, 8), count(BASIC, 4)], [line(PREMIUM, '9'), line(STANDARD, '9', { priceCents: 1_250 })]),
		...compareLicences({ tenantId: 'other', customer: { ...CUSTOMER, customerId: '2', customerName: 'Labs | East' }, counts: [count(PREMIUM, 2)], lines: [line(PREMIUM, '2'), line('M365 E3', '4')], counters: DEFAULT, contacts: [] }),
	];

	it('adds up what is lost and what is billed too much, and says what has no price', () => {
		const made = licenceComparisonSummary(all, [{ tenantId: 'x', message: 'Tenant x did not answer.', remedy: 'Look.' }], 50);
		expect(made).toMatchObject({
			kind: 'licenceComparisonSummary', customers: 2, verdicts: { same: 1, invoiceLess: 1, invoiceMore: 1, noLine: 1, unknown: 0, unknownFamily: 1 },
			lostPerMonth: 30, overbilledPerMonth: 12.5, differencePerMonth: 17.5, withoutPrice: 1,
			headline: '3 licence families are billed otherwise than counted at 2 customers: 30.00 a month not billed, 12.50 a month billed too much. 1 of them without a price. 1 thing could not be looked at.',
		});
		expect(made.markdown).toContain(`| Northwind Traders | ${PREMIUM} | Managed services | ${PREMIUM} | fixed quantity | 12 | 9 | +3 | +30.00 | billed too few |`);
		expect(made.markdown).toContain('| Labs \\| East |  | Managed services | M365 E3 | fixed quantity |  | 4 |  |  | licence not counted |');
		expect(made.markdown).toContain('| Total |  |  |  |  |  |  |  | +17.50 |  |');
		expect(made.markdown).toContain('| Tenant x did not answer. | Look. |');
		expect(made.html).toContain('<td>+17.50</td>');
		expect(made.markdown.indexOf('billed too few')).toBeLessThan(made.markdown.indexOf('| same |'));
	});

	it('of one customer needs no column for it, and of nothing says so', () => {
		expect(licenceComparisonSummary(all.slice(0, 3), [], 50).markdown).toContain('Northwind Traders\n\n| Licence | Invoice |');
		expect(licenceComparisonSummary([], [], 50)).toMatchObject({ customers: 0, differencePerMonth: 0, headline: '0 licence families are billed otherwise than counted at 0 customers: 0.00 a month not billed, 0.00 a month billed too much.' });
	});

	it('names what is in no family', () => {
		expect(licenceComparisonSummary(compare([count(null, 2)], []), [], 50).markdown).toContain('| of no family |  |  |  | 2 | 0 | +2 |  | not billed |');
	});

	it('shows no more rows than asked for, and counts them all', () => {
		const made = licenceComparisonSummary(all, [], 1);
		expect(made).toMatchObject({ differencePerMonth: 17.5 });
		expect(made.markdown).toContain('… and 4 more');
	});

	const anyLine = fc.record({
		family: fc.constantFrom(PREMIUM, STANDARD, BASIC, 'M365 E3', 'Support'), quantity: fc.constantFrom('0', '3', '9', '2.5', '0.05'), priceCents: fc.option(fc.integer({ min: 0, max: 99_999 }), { nil: undefined }),
		frequency: fc.constantFrom('Daily', 'Monthly', 'Quarterly', 'Annually', 'Triennially', 'Sometimes'), kind: fc.constantFrom('fixed', 'fixed', 'contacts', 'assets', 'paused', 'once'),
	});

	it('is the sum of its rows, in any order; unknown is in none of them', () => {
		fc.assert(
			fc.property(fc.array(anyLine, { maxLength: 12 }), fc.array(fc.integer({ min: 0, max: 30 }), { minLength: 3, maxLength: 3 }), fc.integer({ min: 0, max: 10 }), (lines, counted, held) => {
				const made = lines.map(({ family, quantity, priceCents, frequency, kind }) =>
					line(family, quantity, { priceCents, frequency, paused: kind === 'paused', oneTimeCharge: kind === 'once', ...(kind === 'contacts' || kind === 'assets' ? { counter: true, counts: kind } : {}) }),
				);
				const rows = compare([PREMIUM, STANDARD, BASIC].map((family, index) => count(family, counted[index])), made, holders(held, { azure_license: PREMIUM }));
				const summary = licenceComparisonSummary(rows, [], 50);
				const cents = rows.reduce((sum, { differencePerMonth }) => sum + centsOf(differencePerMonth ?? 0), 0);
				expect(centsOf(summary.differencePerMonth)).toBe(cents);
				expect(centsOf(summary.lostPerMonth) - centsOf(summary.overbilledPerMonth)).toBe(cents);
				const shuffled = licenceComparisonSummary([...rows].reverse(), [], 50);
				expect([shuffled.lostPerMonth, shuffled.overbilledPerMonth, shuffled.verdicts]).toEqual([summary.lostPerMonth, summary.overbilledPerMonth, summary.verdicts]);
				for (const { verdict, counted: of, billed, difference, differencePerMonth, lines: own } of rows) {
					if (verdict === 'unknown') expect([difference, differencePerMonth]).toEqual([undefined, undefined]);
					if (difference !== undefined) expect(difference).toBeCloseTo(of! - billed!, 9);
					if (billed !== undefined) expect(own.reduce((sum, one) => sum + one.billed!, 0)).toBeCloseTo(billed, 9);
					expect(Math.sign(difference ?? 0)).toBe({ same: 0, invoiceLess: 1, noLine: 1, invoiceMore: -1, unknown: 0, unknownFamily: 0 }[verdict]);
				}
			}),
		);
	});
});
