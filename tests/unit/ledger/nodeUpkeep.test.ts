import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ILoadOptionsFunctions } from 'n8n-workflow';
import { sharedLedger } from '../../../nodes/connect/ledger';
import { SyncLedger } from '../../../nodes/SyncLedger/SyncLedger.node';
import type { StoredLedger } from '../../../sync/ledger';
import { pairingKey } from '../../../sync/model/pairing';
import { FakeN8n } from './support/fakeExecution';
import { apply, changeOf, CONTOSO } from './support/samples';

const folder = mkdtempSync(join(tmpdir(), 'ledger-node-upkeep-'));
let count = 0;
let path: string;
let n8n: FakeN8n;
let ledger: StoredLedger;

beforeEach(async () => {
	path = join(folder, `${++count}.sqlite`);
	n8n = new FakeN8n({ type: 'sqlite', path, retentionDays: 90 });
	ledger = await sharedLedger({ type: 'sqlite', path });
});
afterEach(async () => await ledger.close());
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('pairings, links and people', () => {
	const key = { mode: 'list', value: pairingKey(CONTOSO) };

	it('sets a pairing with names and domains, lists and removes it', async () => {
		const names = { tenantName: 'Contoso', customerName: '', tenantDomains: 'Contoso.com, contoso.de;contoso.com' };
		const [set] = await n8n.execute({ resource: 'pairing', operation: 'set', parameters: { ...CONTOSO, names } });
		expect(set).toMatchObject({ kind: 'pairing', ...CONTOSO, tenantName: 'Contoso', tenantDomains: ['contoso.com', 'contoso.de'] });
		expect(set).not.toHaveProperty('customerName');
		expect(await n8n.execute({ resource: 'pairing', operation: 'getMany', parameters: { filters: { account: 'msp' } } })).toEqual([set]);
		expect(await n8n.execute({ resource: 'pairing', operation: 'remove', parameters: { pairing: key } })).toMatchObject([{ deleted: true }]);
		expect(await n8n.execute({ resource: 'pairing', operation: 'getMany' })).toMatchObject([{ kind: 'emptyList', list: 'pairings' }]);
		expect((await n8n.refusal({ resource: 'pairing', operation: 'remove', parameters: { pairing: { mode: 'key', value: 'a/b' } } })).message).toContain('names no pairing');
	});

	it('refuses a contradicting pairing unless told to replace', async () => {
		await n8n.execute({ resource: 'pairing', operation: 'set', parameters: { ...CONTOSO } });
		const other = { ...CONTOSO, customerId: '9' };
		expect((await n8n.refusal({ resource: 'pairing', operation: 'set', parameters: other })).code).toBe('ledger.pairingConflict');
		await n8n.execute({ resource: 'pairing', operation: 'set', parameters: { ...other, replace: true } });
		expect(await ledger.listPairings({})).toMatchObject([other]);
	});

	it('lists links, with values only when asked, and forgets them', async () => {
		const { run } = await ledger.startRun({ pairing: CONTOSO, executionId: '1', leaseSeconds: 60 });
		for (const [person, recordId] of [['anna', '1'], ['ben', '2'], ['carl', '3']]) await apply(ledger, changeOf(run, person), { recordId, written: { name: person } });
		const list = async (parameters = {}) => await n8n.execute({ resource: 'link', operation: 'getMany', parameters });
		expect(await list({ filters: { sourceId: 'anna' } })).toEqual([{ kind: 'link', ...CONTOSO, sourceId: 'anna', recordId: '1', rule: 'created', linkedAt: expect.any(String) }]);
		expect(await list({ filters: { sourceId: 'anna' }, includeValues: true })).toMatchObject([{ lastWritten: { name: 'anna' } }]);
		const forget = async (parameters: object) => await n8n.execute({ resource: 'link', operation: 'forget', parameters: { pairing: key, ...parameters } });
		expect(await forget({ forget: 'person', sourceId: 'anna' })).toMatchObject([{ forgotten: 1 }]);
		expect(await forget({ forget: 'record', recordId: '2' })).toMatchObject([{ forgotten: 1 }]);
		expect(await forget({ forget: 'all' })).toMatchObject([{ forgotten: 1 }]);
		expect(await list()).toMatchObject([{ kind: 'emptyList', list: 'links' }]);
	});

	it('forgets the links of one kind of records alone, by ids in the spelling of Entra or of this package', async () => {
		const guid = '87d349ed-44d7-43e1-9a83-5f2406dee5bd';
		const customers = { ...CONTOSO, target: 'syncro:customers' };
		await ledger.setPairing({ ...CONTOSO, tenantDomains: [] }, { replace: false });
		for (const pairing of [CONTOSO, customers]) {
			const { run } = await ledger.startRun({ pairing, executionId: pairing.target, leaseSeconds: 60 });
			for (const [index, id] of [guid, `noMfa:${guid}`].entries()) await apply(ledger, { ...changeOf(run, id), pairing }, { recordId: String(index) });
			await ledger.finishRun(run.runId, { status: 'succeeded' });
		}
		const forget = async (parameters: object) => await n8n.execute({ resource: 'link', operation: 'forget', parameters: { pairing: key, ...parameters } });
		expect(await n8n.execute({ resource: 'link', operation: 'getMany', parameters: { filters: { sourceId: `noMfa:${guid.toUpperCase()}` } } })).toHaveLength(2);
		expect(await forget({ records: 'syncro:customers', forget: 'person', sourceId: `noMfa:${guid.toUpperCase()}` })).toMatchObject([{ forgotten: 1, target: 'syncro:customers' }]);
		expect(await forget({ records: 'syncro:customers', forget: 'all' })).toMatchObject([{ forgotten: 1 }]);
		expect((await ledger.listLinks({ limit: 9 })).map(({ pairing }) => pairing.target)).toEqual(['syncro', 'syncro']);
	});

	it('forgets nothing when an expression gives nothing', async () => {
		const { run } = await ledger.startRun({ pairing: CONTOSO, executionId: '1', leaseSeconds: 60 });
		await apply(ledger, changeOf(run, 'anna'), { recordId: '1' });
		for (const parameters of [{ forget: undefined }, { forget: 'all', records: undefined }, { forget: 'all', records: 'other' }]) {
			await n8n.refusal({ resource: 'link', operation: 'forget', parameters: { pairing: key, ...parameters } });
		}
		expect(await ledger.listLinks({ limit: 9 })).toHaveLength(1);
	});

	it('erases a person', async () => {
		const { run } = await ledger.startRun({ pairing: CONTOSO, executionId: '1', leaseSeconds: 60 });
		await apply(ledger, changeOf(run, 'anna'), { recordId: '1' });
		expect(await n8n.execute({ resource: 'person', operation: 'erase', parameters: { personId: 'Anna' } })).toEqual([{ personId: 'anna', erased: true, links: 1, changes: 1 }]);
	});

	it('offers runs and pairings for choice, by name', async () => {
		await ledger.setPairing({ ...CONTOSO, tenantName: 'Contoso', tenantDomains: [], customerName: 'Contoso Ltd' }, { replace: false });
		const { run } = await ledger.startRun({ pairing: CONTOSO, executionId: '1', leaseSeconds: 60 });
		await ledger.finishRun(run.runId, { status: 'partial' });
		const { searchRuns, searchPairings } = new SyncLedger().methods.listSearch;
		const context = n8n.context({ resource: 'run', operation: 'undo' }) as unknown as ILoadOptionsFunctions;
		expect(await searchRuns.call(context, 'contoso')).toMatchObject({ results: [{ name: expect.stringContaining('Contoso Ltd · Syncro contacts · partial'), value: run.runId }] });
		expect(await searchRuns.call(context, 'fabrikam')).toEqual({ results: [] });
		expect(await searchPairings.call(context)).toMatchObject({ results: [{ name: 'Contoso ↔ Contoso Ltd (syncro msp)', value: pairingKey(CONTOSO) }] });
	});
});
