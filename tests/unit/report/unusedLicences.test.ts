import fc from 'fast-check';
import { centsOf } from '../../../sync/model/money';
import type { UnusedLicence, UnusedLicencesSummary } from '../../../sync/model/unusedLicence';
import { unusedLicencesReport } from '../../../sync/report/unusedLicences';

const summary = (tenantId: string, more: Partial<UnusedLicencesSummary> = {}): UnusedLicencesSummary => ({
	kind: 'unusedLicencesSummary', tenantId, tenantName: `Tenant ${tenantId}`, days: 90, asOf: '2026-11-20', assigned: 10, unused: 2, disabled: 1, inactive: 1, used: 7, unknown: 1, unknownBecause: { notInReports: 1 },
	licensedPeople: 9, activePeople: 6, unknownPeople: 1, licensedMinusActive: 2, skus: [], leftOut: [], ...more,
});
const licence = (tenantId: string, more: Partial<UnusedLicence> = {}): UnusedLicence => ({
	kind: 'unusedLicence', tenantId, why: 'disabled', personId: 'p', userPrincipalName: 'paul@contoso.com', displayName: 'Paul', mail: null, userType: 'Member', accountEnabled: false, createdDateTime: null, skuId: 'sku', skuPartNumber: 'SPB',
	licence: 'Business Premium', free: false, assignedBy: 'user', groupIds: [], assignmentState: 'Active', assignmentError: null, assignmentChanged: null, ...more,
});
const report = (items: unknown[], rows = 50) => unusedLicencesReport(items, rows);

describe('the report of unused licences', () => {
	it('adds tenants up, where the most is wasted first', () => {
		const made = report([
			licence('a', { pricePerMonth: 20.6, currency: 'EUR' }), licence('a', { why: 'inactive', lastActivity: null, displayName: null }), summary('a', { currency: 'EUR', wastedPerMonth: 20.6, withoutPrice: 1 }),
			licence('b', { pricePerMonth: 1000, currency: 'EUR', lastActivity: '2026-01-02T00:00:00Z' }), summary('b', { currency: 'EUR', wastedPerMonth: 1000.1, withoutPrice: 0, unused: 1 }),
		]);
		expect(made).toMatchObject({ kind: 'unusedLicencesReport', assigned: 20, unused: 3, disabled: 2, inactive: 2, unknown: 2, licensedMinusActive: 4, currency: 'EUR', wastedPerMonth: 1020.7, withoutPrice: 1 });
		expect(made.tenants.map(({ tenantId }) => tenantId)).toEqual(['b', 'a']);
		expect(made.totals).toEqual([{ currency: 'EUR', wastedPerMonth: 1020.7, wastedPerYear: 12248.4, tenants: 2 }]);
		expect(made.headline).toBe('3 unused licences in 2 tenants: 1,020.70 EUR a month (12,248.40 EUR a year). 1 of them without a price. Of 2 further licences nothing can be said.');
		expect(made.markdown).toContain('| Tenant b | 10 | 1 | 1 | 1 | 1 | 1,000.10 EUR |\n| Tenant a | 10 | 2 | 1 | 1 | 1 | 20.60 EUR |\n| Total | 20 | 3 | 2 | 2 | 2 | 1,020.70 EUR |');
		expect(made.markdown).toContain('| Tenant b | Paul (paul@contoso.com) | Business Premium | disabled | 2026-01-02 | 1,000.00 EUR |');
		expect(made.markdown).toContain('| Tenant a | paul@contoso.com | Business Premium | inactive | none seen |  |');
		expect(made.html).toContain('<td>1,020.70 EUR</td>');
	});

	it('never adds different currencies', () => {
		const made = report([summary('a', { currency: 'EUR', wastedPerMonth: 1, withoutPrice: 0 }), summary('b', { currency: 'USD', wastedPerMonth: 2, withoutPrice: 0 })]);
		expect(made.totals.map(({ currency, wastedPerMonth }) => [currency, wastedPerMonth])).toEqual([['EUR', 1], ['USD', 2]]);
		expect([made.wastedPerMonth, made.currency]).toEqual([undefined, undefined]);
		expect(made.markdown).toContain('1.00 EUR + 2.00 USD');
	});

	it('says nothing of money without prices, and counts a tenant without prices as being without them', () => {
		const made = report([summary('a')]);
		expect([made.totals, 'wastedPerMonth' in made, 'withoutPrice' in made]).toEqual([[], false, false]);
		expect(made.markdown).not.toContain('Wasted');
		expect(report([summary('a'), summary('b', { currency: 'EUR', wastedPerMonth: 0, withoutPrice: 0 })]).withoutPrice).toBe(2);
	});

	it('names what could not be read, so that nobody takes it for nothing wasted', () => {
		const made = report([
			summary('a', { leftOut: [{ message: 'No reports.', remedy: 'Consent.' }] }),
			{ kind: 'emptyList', list: 'licences', tenantId: 'b', note: '' },
			{ kind: 'skipped', reason: 'notPermitted', tenantId: 'c', message: 'Not allowed in c.', remedy: 'Allow it.' },
			{ error: 'Tenant d is not there.', remedy: 'Look at it.', code: 'x' },
			{ error: { message: 'As an object' } },
		]);
		expect(made.notRead).toEqual([
			{ tenantId: 'c', message: 'Not allowed in c.', remedy: 'Allow it.' },
			{ message: 'Tenant d is not there.', remedy: 'Look at it.' },
			{ message: 'As an object' },
			{ tenantId: 'a', message: 'No reports.', remedy: 'Consent.' },
		]);
		expect(made.markdown).toContain('| Tenant d is not there. | Look at it. |');
	});

	it.each<[string, unknown[]]>([
		['came twice', [summary('a'), summary('a')]],
		['without its summary', [licence('a'), summary('b')]],
		['No summary of any tenant', [{ kind: 'emptyList', list: 'licences', note: '' }]],
		['an empty list of people', [{ kind: 'emptyList', list: 'people', note: '' }]],
		['Item 2 is a "person"', [summary('a'), { kind: 'person' }]],
		['something else', [{}]],
	])('refuses what it cannot tell of: %s', (message, items) => {
		expect(() => report(items)).toThrow(message);
	});

	it('shows as many rows as were asked for, the dearest first, and says how many more there are', () => {
		const made = report([summary('a', { currency: 'EUR', wastedPerMonth: 6, withoutPrice: 0 }), ...[1, 3, 2].map((pricePerMonth) => licence('a', { pricePerMonth, currency: 'EUR', displayName: `P${pricePerMonth}` }))], 2);
		expect(made.markdown.match(/P\d/g)).toEqual(['P3', 'P2']);
		expect(made.markdown).toContain('… and 1 more');
	});

	it('lets no name become markup', () => {
		const made = report([summary('a', { tenantName: '<b>|x' })]);
		expect(made.html).toContain('&#60;b&#62;|x');
		expect(made.markdown).toContain('\\<b\\>\\|x');
	});

	it('has the exact sum of its tenants as its total, whatever their order (law)', () => {
		const tenants = fc.array(fc.record({ cents: fc.integer({ min: 0, max: 10_000_000 }), currency: fc.constantFrom('EUR', 'USD', 'CHF') }), { minLength: 1, maxLength: 30 });
		fc.assert(
			fc.property(tenants, (list) => {
				const summaries = list.map(({ cents, currency }, index) => summary(`t${index}`, { currency, wastedPerMonth: cents / 100, withoutPrice: 0 }));
				const { totals } = report(summaries);
				for (const { currency, wastedPerMonth } of totals) expect(centsOf(wastedPerMonth)).toBe(list.filter((each) => each.currency === currency).reduce((sum, { cents }) => sum + cents, 0));
				expect(new Set(totals.map(({ currency }) => currency))).toEqual(new Set(list.map(({ currency }) => currency)));
				expect(report([...summaries].reverse()).totals).toEqual(totals);
			}),
			{ numRuns: 100 },
		);
	});
});
