import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { IDataObject } from 'n8n-workflow';
import { sharedLedger } from '../../../nodes/connect/ledger';
import type { StoredLedger } from '../../../sync/ledger';
import { FakeN8n } from './support/fakeExecution';
import { apply, begin, changeOf, CONTOSO, FABRIKAM } from './support/samples';

const folder = mkdtempSync(join(tmpdir(), 'ledger-node-tenants-'));
let count = 0;
let n8n: FakeN8n;
let ledger: StoredLedger;

beforeEach(async () => {
	const path = join(folder, `${++count}.sqlite`);
	n8n = new FakeN8n({ type: 'sqlite', path, retentionDays: 90 });
	ledger = await sharedLedger({ type: 'sqlite', path });
});
afterEach(async () => await ledger.close());
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** As the default expressions of the node read it from the item. */
const ofItem = { tenantId: (json: IDataObject) => json.tenantId, tenantName: (json: IDataObject) => json.displayName ?? '' };
const tenant = async (operation: string, items: IDataObject[], parameters: object = {}) =>
	await n8n.execute({ resource: 'tenant', operation, parameters: { ...ofItem, ...parameters }, items: items.map((json) => ({ json })) });

const contoso = { kind: 'customer', tenantId: CONTOSO.tenantId, displayName: 'Contoso' };
const fabrikam = { kind: 'customer', tenantId: FABRIKAM.tenantId, displayName: 'Fabrikam' };

describe('tenants that keep failing', () => {
	it('are held back, with a hint; the others pass unchanged', async () => {
		for (let failures = 0; failures < 3; failures++) await tenant('report', [{ ...contoso, error: 'AADSTS65001' }, fabrikam]);
		expect(await tenant('getDue', [contoso, fabrikam, { kind: 'emptyList', list: 'customers', note: '' }])).toEqual([fabrikam, { kind: 'emptyList', list: 'customers', note: '' }]);
		expect(n8n.hints).toEqual([expect.stringMatching(/^Held back, because they keep failing: Contoso until \d{4}-/)]);
		await tenant('report', [contoso]);
		expect(await tenant('getDue', [contoso, fabrikam])).toEqual([contoso, fabrikam]);
	});

	it('are found from an error output, from a result that is told, and listed', async () => {
		expect(await tenant('report', [{ ...contoso, error: 'blocked' }])).toEqual([expect.objectContaining({ kind: 'tenantState', tenantId: CONTOSO.tenantId, tenantName: 'Contoso', failing: true, failures: 1, message: 'blocked', failingSince: expect.stringMatching(/Z$/) })]);
		expect(await tenant('report', [fabrikam], { result: 'failed', message: '' })).toMatchObject([{ message: 'No reason was given.' }]);
		expect(await tenant('getMany', [{}], { which: 'failing' })).toMatchObject([{ tenantName: 'Contoso' }, { tenantName: 'Fabrikam' }]);
		expect(await tenant('getMany', [{}], { which: 'fine' })).toMatchObject([{ kind: 'emptyList', list: 'tenants' }]);
		await tenant('report', [contoso], { result: 'succeeded' });
		expect(await tenant('getMany', [{}], { which: 'fine' })).toMatchObject([{ tenantName: 'Contoso', failing: false, failures: 0 }]);
	});

	it('make one digest, that tells each of them as new once', async () => {
		await tenant('report', [{ ...contoso, error: 'AADSTS65001' }, { ...fabrikam, error: 'AADSTS53003' }]);
		const [first] = await tenant('getDigest', [{}]);
		expect(first).toMatchObject({ kind: 'tenantDigest', somethingNew: true, newlyFailing: [{ tenantName: 'Contoso' }, { tenantName: 'Fabrikam' }], stillFailing: [], released: [] });
		expect(first.text).toMatch(/^Failing \(2\):\n- Contoso: once since .* UTC\. AADSTS65001\n- Fabrikam: /);
		await tenant('report', [{ ...contoso, error: 'AADSTS65001' }, fabrikam]);
		expect((await tenant('getDigest', [{}], { markTold: false }))[0]).toMatchObject({ somethingNew: true, newlyFailing: [], stillFailing: [{ failures: 2 }], released: [{ tenantName: 'Fabrikam', failingSince: expect.any(String) as unknown }] });
		expect((await tenant('getDigest', [{}]))[0].text).toContain('Working again (1):\n- Fabrikam: since ');
		expect((await tenant('getDigest', [{}]))[0]).toMatchObject({ somethingNew: false });
	});

	it('are named by a GUID, and by nothing else', async () => {
		const { message, description } = await n8n.refusal({ resource: 'tenant', operation: 'report', parameters: { ...ofItem, tenantId: 'contoso.com' } });
		expect(message).toBe('The Tenant ID "contoso.com" is no directory ID.');
		expect(description).toContain('GUID');
		expect((await n8n.refusal({ resource: 'tenant', operation: 'getDue', parameters: ofItem, items: [{ json: {} }] })).message).toBe('Tenant ID is empty.');
	});
});

describe('the runs of a tenant', () => {
	const finish = async (executionId: string, parameters: Record<string, unknown>) => (await n8n.execute({ resource: 'run', operation: 'finish', executionId, parameters }))[0];

	it('count as its results by themselves, once each', async () => {
		await ledger.setPairing({ ...CONTOSO, tenantName: 'Contoso', tenantDomains: [] }, { replace: false });
		for (const executionId of ['1', '2', '3']) {
			await n8n.execute({ resource: 'run', operation: 'start', executionId, parameters: { ...CONTOSO } });
			const summary = await finish(executionId, { result: 'failed', message: 'Microsoft Graph did not answer' });
			expect(summary).toMatchObject({ status: 'failed', tenantFailures: Number(executionId) });
			await finish(executionId, { result: 'failed' });
		}
		expect(await tenant('getDue', [contoso])).toEqual([]);
		expect(await ledger.tenantStates()).toMatchObject([{ name: 'Contoso', failures: 3, message: 'Failed: Microsoft Graph did not answer' }]);
		await n8n.execute({ resource: 'run', operation: 'start', executionId: '4', parameters: { ...CONTOSO } });
		expect(await finish('4', { result: 'succeeded' })).not.toHaveProperty('tenantFailures');
		expect(await tenant('getDue', [contoso])).toEqual([contoso]);
	});
});

describe('disconnecting a tenant', () => {
	it('is shown first, then done, and says that the consent remains and how to remove it', async () => {
		await ledger.setPairing({ ...CONTOSO, tenantName: 'Contoso', tenantDomains: [] }, { replace: false });
		const run = await begin(ledger, CONTOSO);
		await apply(ledger, changeOf(run, 'anna'), { recordId: '1' });
		const busy = await n8n.refusal({ resource: 'tenant', operation: 'disconnect', parameters: { ...ofItem, preview: false }, items: [{ json: contoso }] });
		expect(busy.message).toContain('while a run of it is in progress');
		await ledger.finishRun(run.runId, { status: 'succeeded' });
		const [shown] = await tenant('disconnect', [contoso]);
		expect(shown).toMatchObject({ kind: 'tenantDisconnected', tenantName: 'Contoso', preview: true, links: 1, pairings: 1 });
		expect(await ledger.links(CONTOSO)).toHaveLength(1);
		const [done] = await tenant('disconnect', [contoso], { preview: false });
		expect(done).toMatchObject({ preview: false, links: 1, pairings: 1, consentRemains: expect.stringContaining('Enterprise applications') as unknown, enterpriseApplicationsLink: expect.stringContaining(CONTOSO.tenantId) as unknown });
		expect(await ledger.links(CONTOSO)).toEqual([]);
		expect(await ledger.listPairings({})).toEqual([]);
	});
});
