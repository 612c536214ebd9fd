import fc from 'fast-check';
import { SPB } from '../../../../simulators/world';
import type { HeldLicence, LicensedPerson } from '../../../../sync/model/licence';
import { amountOf, centsOf, moneyText } from '../../../../sync/model/money';
import { knownLicences } from '../../../../sync/source/graph/read/licenceNames';
import { licencePrices, type GivenPrice } from '../../../../sync/source/graph/read/licencePrices';
import { unusedLicences } from '../../../../sync/source/graph/read/unusedLicences';
import { failureOf, TENANT } from '../service';

const BASIC = '3b555118-da6a-4418-894f-7df1e2096870';
const prices = async (given: GivenPrice[], currency: unknown = 'EUR') => (await licencePrices(given, currency))!;
const priceOf = async (given: GivenPrice[], skuId: string, skuPartNumber: string | null = null) => (await prices(given)).centsOf({ skuId, skuPartNumber });

describe('the price of a licence', () => {
	it.each([
		[SPB, null],
		[SPB.toUpperCase(), null],
		['SPB', null],
		['spb ', 'SPB'],
	])('is found by "%s"', async (licence, skuPartNumber) => {
		expect(await priceOf([{ licence, pricePerMonth: 20.6 }], SPB, skuPartNumber)).toBe(2060);
		expect(await priceOf([{ licence, pricePerMonth: 20.6 }], BASIC, 'O365_BUSINESS_ESSENTIALS')).toBeUndefined();
	});

	it('is that of every SKU under a part number, and of one that only the tenant knows', async () => {
		const twin = (await knownLicences()).filter(({ skuPartNumber }) => skuPartNumber === 'MCOPSTN5');
		expect(twin.length).toBe(2);
		for (const { skuId } of twin) expect(await priceOf([{ licence: 'mcopstn5', pricePerMonth: 8 }], skuId)).toBe(800);
		expect(await priceOf([{ licence: 'BRAND_NEW', pricePerMonth: 3 }], 'a69133fb-0000-4000-8000-000000000001', 'Brand_New')).toBe(300);
	});

	it('may be 0, a text with a number, and the result of a calculation', async () => {
		for (const [pricePerMonth, cents] of [[0, 0], ['12.5', 1250], [220.8 / 12, 1840], [0.1 + 0.2, 30]] as const) expect(await priceOf([{ licence: SPB, pricePerMonth }], SPB)).toBe(cents);
	});

	it.each([-1, -0.01, NaN, Infinity, '', 'twelve', '12,50', null, undefined, true, {}, 1e300])('is never %p', async (pricePerMonth) => {
		expect(await failureOf(prices([{ licence: SPB, pricePerMonth }]))).toMatchObject({ class: 'input', code: 'graph.price', message: expect.stringContaining(SPB) as unknown });
	});

	it.each(['', '  ', null, undefined, 7])('names a licence, not %p', async (licence) => {
		expect(await failureOf(prices([{ licence, pricePerMonth: 1 }]))).toMatchObject({ class: 'input', code: 'graph.priceLicence' });
	});

	it('is given once, by whatever name', async () => {
		for (const licence of [SPB, 'SPB', SPB.toUpperCase()]) {
			expect(await failureOf(prices([{ licence: 'spb', pricePerMonth: 1 }, { licence, pricePerMonth: 1 }]))).toMatchObject({ class: 'input', code: 'graph.priceTwice' });
		}
		// Only the tenant can tell that these are one.
		const hidden = await prices([{ licence: 'BRAND_NEW', pricePerMonth: 1 }, { licence: 'a69133fb-0000-4000-8000-000000000001', pricePerMonth: 2 }]);
		expect(() => hidden.centsOf({ skuId: 'a69133fb-0000-4000-8000-000000000001', skuPartNumber: 'BRAND_NEW' })).toThrow('two prices');
	});

	it.each(['', 'EURO', '€', null, 12])('has a currency of three letters, not %p', async (currency) => {
		expect(await failureOf(prices([{ licence: SPB, pricePerMonth: 1 }], currency))).toMatchObject({ class: 'input', code: 'graph.currency' });
	});

	it('needs no currency where there is none, and takes one in small letters', async () => {
		expect(await licencePrices([], '')).toBeUndefined();
		expect((await prices([{ licence: SPB, pricePerMonth: 1 }], ' eur ')).currency).toBe('EUR');
	});
});

describe('amounts', () => {
	it('come back as they were given, to the hundredth (law)', () => {
		fc.assert(fc.property(fc.integer({ min: 0, max: 1_000_000_000 }), (cents) => expect(centsOf(amountOf(cents))).toBe(cents)));
	});

	it('are written with two decimals', () => {
		expect([moneyText(0, 'EUR'), moneyText(18.4, 'USD'), moneyText(1234.5, 'CHF')]).toEqual(['0.00 EUR', '18.40 USD', '1,234.50 CHF']);
	});
});

describe('what unused licences of a tenant cost', () => {
	const held = (skuId: string, more: Partial<HeldLicence> = {}): HeldLicence => ({ skuId, skuPartNumber: null, licence: skuId, free: false, assignedBy: 'user', groupIds: [], assignmentState: 'Active', assignmentError: null, assignmentChanged: null, ...more });
	const person = (personId: string, licences: HeldLicence[], accountEnabled: boolean | null = false): LicensedPerson => ({ kind: 'licensedPerson', tenantId: TENANT, personId, userPrincipalName: `${personId}@contoso.com`, displayName: personId, mail: null, userType: 'Member', accountEnabled, createdDateTime: null, licences });
	const judge = async (people: LicensedPerson[], given: GivenPrice[]) => unusedLicences(people, {}, { tenantId: TENANT, days: 90, now: 0, prices: await licencePrices(given, 'EUR') });

	it('stands on each of them and in the summary, absent without a price', async () => {
		const { unused, summary } = await judge([person('paul', [held(SPB), held(BASIC), held('f30db892-07e9-47e9-837c-80727f46fd3d', { free: true })]), person('zoe', [held(SPB)])], [{ licence: 'SPB', pricePerMonth: 20.6 }]);
		expect(unused.map(({ skuId, pricePerMonth, currency }) => [skuId, pricePerMonth, currency])).toEqual([[SPB, 20.6, 'EUR'], [BASIC, undefined, undefined], ['f30db892-07e9-47e9-837c-80727f46fd3d', undefined, undefined], [SPB, 20.6, 'EUR']]);
		expect('pricePerMonth' in unused[1] || 'currency' in unused[1]).toBe(false);
		expect(summary).toMatchObject({ currency: 'EUR', wastedPerMonth: 41.2, withoutPrice: 1 });
		expect(summary.skus.find(({ skuId }) => skuId === SPB)).toEqual({ skuId: SPB, skuPartNumber: null, licence: SPB, unused: 2, pricePerMonth: 20.6, wastedPerMonth: 41.2 });
	});

	it('is a price of 0 where that was given, and no money at all without prices', async () => {
		expect((await judge([person('paul', [held(SPB)])], [{ licence: SPB, pricePerMonth: 0 }])).summary).toMatchObject({ wastedPerMonth: 0, withoutPrice: 0 });
		const { summary } = await judge([person('paul', [held(SPB)])], []);
		expect(['currency', 'wastedPerMonth', 'withoutPrice'].filter((name) => name in summary)).toEqual([]);
	});

	it('is the exact sum of what stands on each, in whatever order they come (law)', async () => {
		const skus = [SPB, BASIC, 'a69133fb-0000-4000-8000-000000000001'];
		const everybody = fc.array(fc.record({ licences: fc.array(fc.constantFrom(...skus), { maxLength: 3 }), enabled: fc.boolean() }), { maxLength: 30 });
		await fc.assert(
			fc.asyncProperty(everybody, fc.array(fc.integer({ min: 0, max: 99_999 }), { minLength: 2, maxLength: 2 }), async (somebody, cents) => {
				const people = somebody.map(({ licences, enabled }, index) => person(`p${index}`, licences.map((skuId) => held(skuId)), enabled));
				const given = cents.map((each, index) => ({ licence: skus[index], pricePerMonth: each / 100 }));
				const { unused, summary } = await judge(people, given);
				const backwards = await judge([...people].reverse(), given);
				expect(centsOf(summary.wastedPerMonth!)).toBe(unused.reduce((sum, { pricePerMonth = 0 }) => sum + centsOf(pricePerMonth), 0));
				expect(centsOf(summary.wastedPerMonth!)).toBe(summary.skus.reduce((sum, { wastedPerMonth = 0 }) => sum + centsOf(wastedPerMonth), 0));
				expect(String(summary.wastedPerMonth)).toMatch(/^\d+(\.\d{1,2})?$/);
				expect(summary.withoutPrice).toBe(unused.filter(({ pricePerMonth }) => pricePerMonth === undefined).length);
				expect(backwards.summary).toEqual(summary);
			}),
			{ numRuns: 100 },
		);
	});

	it('counts people: who is licensed is active, not active or not known (law)', async () => {
		const { summary } = unusedLicences(
			[person('off', [held(SPB)]), person('on', [held(SPB), held(BASIC)], true), person('idle', [held(SPB), held(BASIC, { assignmentChanged: '2026-11-01T00:00:00Z' })], true), person('unseen', [held(SPB)], true), person('none', [], true)],
			{ activity: { asOf: '2026-11-20', period: 180, mailboxKind: new Map(), lastActivity: new Map([['on@contoso.com', '2026-11-19'], ['idle@contoso.com', null]]) } },
			{ tenantId: TENANT, days: 90, now: 0 },
		);
		expect(summary).toMatchObject({ licensedPeople: 4, activePeople: 1, unknownPeople: 1, licensedMinusActive: 2 });
		expect(summary.licensedPeople).toBe(summary.activePeople + summary.unknownPeople + summary.licensedMinusActive);
	});
});
