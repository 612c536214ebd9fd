import { HARBOR_TENANT_ID, LABS_TENANT_ID, PEOPLE, SPB } from '../../../simulators/world';
import { searchLicences } from '../../../nodes/Microsoft365/methods/lists';
import { NodeInABox } from './nodeInABox';
import { startTenantInABox, type TenantInABox } from './tenantInABox';

let box: TenantInABox;
beforeAll(async () => {
	box = await startTenantInABox();
});
afterAll(async () => await box.microsoft.stop());
afterEach(() => box.reset());

const n8n = new NodeInABox(() => box);
const run = async (resource: string, operation: string, parameters: object = {}, more: object = {}) => await n8n.run({ parameters: { resource, operation, ...parameters }, ...more });
const BOTH = { tenant: (index: number) => [HARBOR_TENANT_ID, LABS_TENANT_ID][index] };
const TWO = { items: [{}, {}] };

describe('waste, in the Microsoft 365 node', () => {
	const price = (licence: unknown, pricePerMonth: unknown) => ({ prices: { price: [{ licence, pricePerMonth }] }, currency: 'EUR' });

	it('has a price where the builder gives one, chosen from the list or typed', async () => {
		for (const licence of [{ __rl: true, mode: 'list', value: SPB }, 'SPB']) {
			const items = await run('licence', 'getUnused', price(licence, 20.6));
			expect(items.find(({ personId, skuId }) => personId === PEOPLE.leaver && skuId === SPB)).toMatchObject({ pricePerMonth: 20.6, currency: 'EUR' });
			expect(items.at(-1)).toMatchObject({ kind: 'unusedLicencesSummary', tenantName: 'Harbor Dental Group', currency: 'EUR', withoutPrice: expect.any(Number) as unknown });
		}
	});

	it('is refused with a price that is none, before anything is read', async () => {
		for (const [prices, message] of [[price('SPB', -1), 'no amount from 0 upwards'], [price('', 1), 'names no licence'], [{ ...price('SPB', 1), currency: 'Euro' }, 'no currency']] as const) {
			await expect(run('licence', 'getUnused', prices)).rejects.toThrow(message);
		}
		expect(box.microsoft.graph.seen).toEqual([]);
	});

	it('is summed up over tenants without a sign-in', async () => {
		const items = await run('licence', 'getUnused', { ...BOTH, ...price('SPB', 20.6) }, TWO);
		box.reset();
		const [report, ...others] = await run('report', 'unusedLicences', {}, { items });
		expect([others, box.microsoft.graph.seen]).toEqual([[], []]);
		const wasted = items.filter(({ kind }) => kind === 'unusedLicence').reduce((sum, { pricePerMonth }) => sum + Math.round(((pricePerMonth as number | undefined) ?? 0) * 100), 0);
		expect(report).toMatchObject({ kind: 'unusedLicencesReport', currency: 'EUR', wastedPerMonth: wasted / 100, tenants: [{ tenantId: HARBOR_TENANT_ID }, { tenantId: LABS_TENANT_ID }] });
		await expect(run('report', 'unusedLicences', { rows: 0 }, { items })).rejects.toThrow('Rows per Table');
	});

	it('offers every licence that Microsoft publishes, by name or short name', async () => {
		const found = async (text?: string) => (await searchLicences.call({} as never, text)).results;
		expect((await found()).length).toBeGreaterThan(600);
		expect(await found('cbdc14ab')).toEqual([{ name: 'Microsoft 365 Business Premium (SPB)', value: SPB }]);
		expect((await found('o365_business_premium')).map(({ name }) => name)).toEqual(['Microsoft 365 Business Standard (O365_BUSINESS_PREMIUM)']);
	});
});
