import { HARBOR_TENANT_ID, LABS_TENANT_ID, PEOPLE, SAMPLE_APPS, SPB } from '../../../simulators/world';
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

describe('a security audit, in the Microsoft 365 node', () => {
	it('gives findings alone, as the nodes that compare lists take them, and says on its output what was left out', async () => {
		const items = await run('securityAudit', 'getFindings', BOTH, TWO);
		expect(new Set(items.map(({ kind, mode }) => `${String(kind)} ${String(mode)}`))).toEqual(new Set(['finding incremental', 'emptyList incremental']));
		expect(items.find(({ personId }) => personId === PEOPLE.nina)).toMatchObject({ id: `noMfa:${PEOPLE.nina}`, change: 'present' });
		expect(items.at(-1)).toMatchObject({ kind: 'emptyList', list: 'findings', tenantId: LABS_TENANT_ID });
		expect(n8n.hints.filter((hint) => hint.includes(LABS_TENANT_ID) || hint.includes('no Secure Score'))).toHaveLength(2);
	});

	it('finds a score below what the builder asks for', async () => {
		const look = async (threshold: unknown) => (await run('securityAudit', 'getFindings', { checks: ['lowSecureScore'], threshold })).map(({ id, change }) => [id, change]);
		expect(await look(100)).toEqual([['lowSecureScore', 'present']]);
		expect(await look(1)).toEqual([['lowSecureScore', 'gone']]);
		for (const wrong of [0, 101, 'much', undefined]) await expect(run('securityAudit', 'getFindings', { threshold: () => wrong })).rejects.toThrow('no number from 1 to 100');
	});

	it('refuses to look at nothing, or at what it does not know', async () => {
		await expect(run('securityAudit', 'getFindings', { checks: [] })).rejects.toThrow('Look At is empty');
		await expect(run('securityAudit', 'getFindings', { checks: ['weather'] })).rejects.toThrow('none of noMfa, lowSecureScore');
	});

	it('fails where the builder wants everything, and goes on where not', async () => {
		const credential = n8n.credential({ clientId: SAMPLE_APPS.usersOnly });
		await expect(run('securityAudit', 'getFindings', { ifNotAvailable: 'fail' }, { credential })).rejects.toThrow(/SecurityEvents\.Read\.All|AuditLog\.Read\.All/);
		expect(await run('securityAudit', 'getFindings', {}, { credential })).toEqual([expect.objectContaining({ kind: 'emptyList', list: 'findings' })]);
	});

	it('becomes one table of all tenants, with what could not be looked at', async () => {
		const items = await run('securityAudit', 'getFindings', { ...BOTH, addSummary: true }, TWO);
		expect(items.filter(({ kind }) => kind === 'securityAuditSummary').map(({ tenantId }) => tenantId)).toEqual([HARBOR_TENANT_ID, LABS_TENANT_ID]);
		const [report] = await run('report', 'securityFindings', {}, { items });
		const found = items.filter(({ change }) => change === 'present');
		expect(report).toMatchObject({ kind: 'securityFindingsReport', tenants: 2, findings: found.length, notRead: [{ tenantId: LABS_TENANT_ID }, { tenantId: LABS_TENANT_ID }] });
		expect(report.markdown).toContain('| Harbor Dental Group | Nina');
	});
});

describe('expiring app credentials, in the Microsoft 365 node', () => {
	const thresholds = '100000, 7';

	it('come with the threshold that was passed, a key to tell them once, and who must renew them', async () => {
		const items = await run('appCredential', 'getExpiring', { thresholds, endedWithinDays: 100_000, apps: 'own' });
		expect(items.map(({ kind, threshold, alertKey, ownerEmails }) => [kind, threshold, String(alertKey).split(':').at(-1), ownerEmails])).toEqual([
			['expiringAppCredential', null, 'ended', 'ada.brandt@harbordental.example'],
			['expiringAppCredential', 100_000, '100000', 'ada.brandt@harbordental.example'],
		]);
		const [report] = await run('report', 'appCredentials', {}, { items });
		expect(report).toMatchObject({ kind: 'expiringAppCredentialsReport', due: 2, ended: 1, tenants: 1 });
	});

	it('are none where nothing is due, and skipped without the permission', async () => {
		expect(await run('appCredential', 'getExpiring', { tenant: LABS_TENANT_ID })).toEqual([expect.objectContaining({ kind: 'emptyList', list: 'appCredentials', tenantId: LABS_TENANT_ID })]);
		expect(await run('appCredential', 'getExpiring', {}, { credential: n8n.credential({ clientId: SAMPLE_APPS.usersOnly }) })).toEqual([expect.objectContaining({ kind: 'skipped', reason: 'notPermitted' })]);
	});

	it.each<[unknown, string]>([
		['', 'Days Before the End is empty'],
		['60, soon', '"soon"'],
		['-1', '"-1"'],
	])('are refused with thresholds that are none: %p', async (wrong, message) => {
		await expect(run('appCredential', 'getExpiring', { thresholds: wrong })).rejects.toThrow(message);
	});
});
