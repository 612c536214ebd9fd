import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { IDataObject } from 'n8n-workflow';
import { sharedLedger } from '../../../nodes/connect/ledger';
import type { StoredLedger } from '../../../sync/ledger';
import type { CursorKey } from '../../../sync/ledger/ledger';
import type { ChangeOutcome } from '../../../sync/model/change';
import { describePairing, type Pairing } from '../../../sync/model/pairing';
import { FakeN8n } from './support/fakeExecution';
import { CONTOSO, FABRIKAM, NO_COUNTS } from './support/samples';

const folder = mkdtempSync(join(tmpdir(), 'ledger-node-cursors-'));
const EXECUTION = 'n8n/w1/1';
const USERS: CursorKey = { tenantId: CONTOSO.tenantId, resource: 'users', properties: 'f', syncName: 'Contacts' };
/** The same tenant, kept in step with another customer account as well. */
const ELSEWHERE: Pairing = { ...CONTOSO, account: 'other-msp' };
let count = 0;
let n8n: FakeN8n;
let ledger: StoredLedger;

beforeEach(async () => {
	const path = join(folder, `${++count}.sqlite`);
	n8n = new FakeN8n({ type: 'sqlite', path, retentionDays: 90 });
	ledger = await sharedLedger({ type: 'sqlite', path });
	await ledger.proposeCursor({ ...USERS, executionId: EXECUTION, link: 'L1', softDeleted: [], noLongerSoftDeleted: [] });
});
afterEach(async () => await ledger.close());
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const start = async (pairing: Pairing = CONTOSO) => await n8n.execute({ resource: 'run', operation: 'start', parameters: { ...pairing } });
const finish = async (items: Array<{ json: IDataObject }>, parameters: Record<string, unknown> = {}) => (await n8n.execute({ resource: 'run', operation: 'finish', parameters, items }))[0];
const done = (pairing: Pairing = CONTOSO) => ({ json: { kind: 'emptyList', list: 'outcomes', note: '', ...pairing } });
const outcome = (kind: ChangeOutcome['outcome'], sourceId: string, pairing: Pairing = CONTOSO): { json: IDataObject } => ({
	json: { kind: 'outcome', planId: 'plan-1', pairing: { ...pairing }, action: 'update', outcome: kind, sourceId, label: sourceId, message: '' },
});
async function notePlan(update: number, plan: { mode?: 'preview' | 'apply'; verdict?: 'ok' | 'held' } = {}, pairing: Pairing = CONTOSO): Promise<void> {
	const run = await ledger.runOfExecution(EXECUTION, pairing);
	const planId = `plan of ${describePairing(pairing)}`;
	const counts = { ...NO_COUNTS, update };
	await ledger.savePlan({ planId, pairing, mode: plan.mode ?? 'apply', verdict: plan.verdict ?? 'ok', counts, reasons: [] });
	await ledger.notePlan(run!.runId, planId, undefined, counts);
}
const cursor = async () => await ledger.knownCursor(USERS);

describe('Run → Finish, in an execution that has read changes', () => {
	it('moves the cursor and leaves open whoever failed or met a conflict, and whoever was held', async () => {
		await start();
		await notePlan(4);
		await ledger.standOpen(EXECUTION, CONTOSO.tenantId, ['held']);
		const summary = await finish([outcome('applied', 'anna'), outcome('adopted', 'ben'), outcome('failed', 'carl'), outcome('conflict', 'dora')]);
		expect(summary).toMatchObject({ status: 'partial', cursorsMoved: 1 });
		expect(await cursor()).toMatchObject({ link: 'L1', open: ['carl', 'dora', 'held'] });
	});

	it('leaves the cursors of groups and devices alone: the run carried out nothing of them', async () => {
		const groups: CursorKey = { ...USERS, resource: 'groups' };
		await ledger.proposeCursor({ ...groups, executionId: EXECUTION, link: 'G1', softDeleted: [], noLongerSoftDeleted: [] });
		await start();
		await notePlan(0);
		expect(await finish([done()])).toMatchObject({ cursorsMoved: 1 });
		expect(await cursor()).toMatchObject({ link: 'L1' });
		expect(await ledger.knownCursor(groups)).toBeUndefined();
	});

	it('moves it when the whole plan is held, since everybody in it stands open', async () => {
		await start();
		await notePlan(2, { verdict: 'held' });
		await ledger.standOpen(EXECUTION, CONTOSO.tenantId, ['anna', 'ben']);
		expect(await finish([done()])).toMatchObject({ status: 'held', cursorsMoved: 1 });
		expect(await cursor()).toMatchObject({ open: ['anna', 'ben'] });
	});

	it('leaves it where it is when outcomes are missing: nobody knows whose', async () => {
		await start();
		await notePlan(3);
		expect(await finish([outcome('applied', 'anna')])).toMatchObject({ status: 'partial', cursorsKept: '2 changes were planned, and no outcome of them arrived.' });
		expect(await cursor()).toBeUndefined();
		expect(n8n.hints.join()).toContain('The same changes come again');
	});

	it.each([
		['a preview', async () => { await notePlan(1, { mode: 'preview' }); return await finish([outcome('previewed', 'anna')]); }, 'previewed'],
		['a failure', async () => await finish([{ json: { error: 'Boom' } }]), 'failed'],
		['a failure that the workflow tells', async () => await finish([done()], { result: 'failed', message: 'Boom' }), 'failed'],
	])('leaves it where it is after %s', async (_, end, status) => {
		await start();
		const summary = await end();
		expect(summary).toMatchObject({ status });
		expect(summary).not.toHaveProperty('cursorsMoved');
		expect(await cursor()).toBeUndefined();
	});

	it('moves it with the last of several runs of the tenant, with whoever stands open in any of them', async () => {
		await start();
		await start(ELSEWHERE);
		await notePlan(1);
		await notePlan(1, {}, ELSEWHERE);
		expect(await finish([outcome('failed', 'anna')])).not.toHaveProperty('cursorsMoved');
		expect(await cursor()).toBeUndefined();
		expect(await finish([outcome('failed', 'ben', ELSEWHERE)])).toMatchObject({ cursorsMoved: 1 });
		expect(await cursor()).toMatchObject({ open: ['anna', 'ben'] });
	});

	it('leaves it where it is when outcomes of another run of the tenant are missing', async () => {
		await start();
		await start(ELSEWHERE);
		await notePlan(2);
		await notePlan(0, {}, ELSEWHERE);
		await finish([outcome('applied', 'anna')]);
		expect(await finish([done(ELSEWHERE)])).toMatchObject({ status: 'succeeded', cursorsKept: '1 changes were planned, and no outcome of them arrived.' });
		expect(await cursor()).toBeUndefined();
	});

	it('leaves it where it is when another run of the tenant failed', async () => {
		await start();
		await start(ELSEWHERE);
		await notePlan(0, {}, ELSEWHERE);
		await finish([{ json: { error: 'Boom', ...CONTOSO } }]);
		expect(await finish([done(ELSEWHERE)])).toMatchObject({ status: 'succeeded', cursorsKept: 'Another run of this tenant in this execution did not end well.' });
		expect(await cursor()).toBeUndefined();
	});

	it('does not move the cursor of another tenant', async () => {
		await start(FABRIKAM);
		await notePlan(0, {}, FABRIKAM);
		expect(await finish([done(FABRIKAM)])).not.toHaveProperty('cursorsMoved');
		expect(await cursor()).toBeUndefined();
	});

	it('says so when another execution moved it meanwhile', async () => {
		await ledger.proposeCursor({ ...USERS, executionId: 'n8n/w1/2', link: 'L2', softDeleted: [], noLongerSoftDeleted: [] });
		await ledger.moveCursors('n8n/w1/2');
		await start();
		await notePlan(0);
		expect(await finish([done()])).not.toHaveProperty('cursorsMoved');
		expect(await cursor()).toMatchObject({ link: 'L2' });
		expect(n8n.hints.join()).toContain('Another execution has read changes since');
	});
});
