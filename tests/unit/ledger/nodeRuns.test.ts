import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { IDataObject } from 'n8n-workflow';
import { sharedLedger } from '../../../nodes/connect/ledger';
import { openSqliteLedger, type StoredLedger } from '../../../sync/ledger';
import type { ChangeOutcome } from '../../../sync/model/change';
import { FakeN8n, type Execution } from './support/fakeExecution';
import { apply, changeOf, CONTOSO, FABRIKAM, NO_COUNTS } from './support/samples';

const folder = mkdtempSync(join(tmpdir(), 'ledger-node-runs-'));
const DAY = 86_400_000;
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

const start = (more: Partial<Execution> = {}): Execution => ({ resource: 'run', operation: 'start', parameters: { ...CONTOSO, ...more.parameters }, ...omit(more) });
const finish = (more: Partial<Execution> = {}): Execution => ({ resource: 'run', operation: 'finish', ...more });
const omit = ({ parameters: _, ...rest }: Partial<Execution>) => rest;

const outcome = (kind: ChangeOutcome['outcome'], sourceId = 'anna'): { json: IDataObject } => ({
	json: { kind: 'outcome', planId: 'plan-1', pairing: { ...CONTOSO }, action: 'update', outcome: kind, sourceId, label: sourceId, message: '' },
});

async function noteplan(executionId: string, plan: { mode?: 'preview' | 'apply'; verdict?: 'ok' | 'held'; update?: number; unchanged?: number } = {}): Promise<void> {
	const run = await ledger.runOfExecution(`n8n/w1/${executionId}`, CONTOSO);
	const { mode = 'apply', verdict = 'ok', ...some } = plan;
	const counts = { ...NO_COUNTS, sources: 10, ...some };
	await ledger.savePlan({ planId: 'plan-1', pairing: CONTOSO, mode, verdict, counts, reasons: verdict === 'held' ? ['40 creates, limit 10.'] : [] });
	await ledger.notePlan(run!.runId, 'plan-1', 10, counts);
}

describe('Run → Start', () => {
	it('starts a run of this execution and gives it as an item', async () => {
		await ledger.setPairing({ ...CONTOSO, tenantName: 'Contoso', tenantDomains: [], customerName: 'Contoso Ltd' }, { replace: false });
		const [item] = await n8n.execute(start({ executionId: '17' }));
		expect(item).toMatchObject({ kind: 'run', status: 'running', ...CONTOSO, tenantName: 'Contoso', customerName: 'Contoso Ltd', executionId: '17', workflowId: 'w1', workflowName: 'Contacts' });
		expect(Date.parse(item.lockedUntil as string) - Date.parse(item.startedAt as string)).toBe(15 * 60_000);
		expect(item).not.toHaveProperty('abandoned');
		expect((await ledger.runOfExecution('n8n/w1/17', CONTOSO))?.runId).toBe(item.runId);
	});

	it('refuses a second run with what to do', async () => {
		await n8n.execute(start({ executionId: '17' }));
		const refused = await n8n.refusal(start({ executionId: '18' }));
		expect(refused.code).toBe('ledger.runInProgress');
		expect(refused.message).toContain('execution 17');
		expect(refused.description).toContain('Wait until that execution ends');
	});

	it('closes the run of a dead execution and says so', async () => {
		const dead = (await ledger.startRun({ pairing: CONTOSO, executionId: '17', leaseSeconds: -1 })).run;
		const [item] = await n8n.execute(start({ executionId: '18' }));
		expect(item.abandoned).toMatchObject({ runId: dead.runId, status: 'abandoned' });
		expect(n8n.hints.join()).toContain('execution 17');
	});

	it('refuses items that n8n made up after a crash', async () => {
		const refused = await n8n.refusal(start({ items: [{ json: { isArtificialRecoveredEventItem: true } }] }));
		expect(refused.code).toBe('n8n.recoveredItem');
		expect(await ledger.listRuns({ limit: 1 })).toEqual([]);
	});

	it.each([
		['an empty tenant', { tenantId: ' ' }, 'Tenant ID is empty'],
		['a domain as tenant', { tenantId: 'contoso.com' }, 'no directory ID'],
		['an expression that gave nothing', { customerId: undefined }, 'Customer ID is empty'],
		['no time for the lock', { lockExpiryMinutes: 0 }, '0 minutes'],
		['a lock for longer than a day', { lockExpiryMinutes: 1441 }, '1441 minutes'],
		['a lock for ever', { lockExpiryMinutes: Infinity }, 'Infinity minutes'],
	])('refuses %s', async (_, parameters, words) => {
		expect((await n8n.refusal(start({ parameters }))).message).toContain(words);
		expect(await ledger.listRuns({ limit: 1 })).toEqual([]);
	});

	it('belongs to its n8n: the same execution id of another one does not find, block as its own, or end the run', async () => {
		await n8n.execute(start({ executionId: '17' }));
		const refused = await n8n.refusal(finish({ executionId: '17', instanceId: 'staging', parameters: { result: 'failed' } }));
		expect(refused.code).toBe('ledger.noRun');
		expect((await n8n.refusal(start({ executionId: '17', instanceId: 'staging' }))).message).toMatch(/^A run of .* is in progress: .*execution 17, since/);
		expect((await n8n.refusal(start({ executionId: '17' }))).message).toContain('This execution (17) has already started');
		expect(await ledger.listRuns({ limit: 9 })).toMatchObject([{ status: 'running', executionId: 'n8n/w1/17' }]);
	});

	it('needs an execution id', async () => {
		expect((await n8n.refusal(start({ executionId: '' }))).code).toBe('ledger.noExecutionId');
	});

	it('takes ids that are numbers, and the tenant id in capitals', async () => {
		const [item] = await n8n.execute(start({ parameters: { tenantId: CONTOSO.tenantId.toUpperCase(), customerId: 7 } }));
		expect(item).toMatchObject(CONTOSO);
	});

	it('starts one run per item, and goes on after one that is refused when told to', async () => {
		const items = [CONTOSO, CONTOSO, FABRIKAM].map((pairing) => ({ json: { ...pairing } }));
		const parameters = { tenantId: (json: IDataObject) => json.tenantId, customerId: (json: IDataObject) => json.customerId };
		const output = await n8n.execute(start({ items, parameters, continueOnFail: true }));
		expect(output).toMatchObject([{ customerId: '7' }, { code: 'ledger.runInProgress' }, { customerId: '8' }]);
	});
});

describe('Run → Finish', () => {
	beforeEach(async () => void (await n8n.execute(start())));
	const marker = { json: { kind: 'emptyList', list: 'outcomes', note: '', ...CONTOSO } };

	it('succeeds when every change was applied, and gives one item with the counts', async () => {
		await noteplan('1', { update: 2, unchanged: 5 });
		const output = await n8n.execute(finish({ items: [outcome('applied'), outcome('adopted', 'ben')] }));
		expect(output).toHaveLength(1);
		expect(output[0]).toMatchObject({ kind: 'runSummary', status: 'succeeded', mode: 'apply', planId: 'plan-1', sourceCount: 10, ...CONTOSO, counts: { update: 2, unchanged: 5, applied: 1, adopted: 1, failed: 0 } });
		expect(output[0].message).toBe('Succeeded: 1 applied, 1 found from an interrupted run, 5 unchanged.');
		expect(await ledger.lastGoodRun(CONTOSO)).toMatchObject({ sourceCount: 10 });
	});

	it('succeeds with nothing to do', async () => {
		await noteplan('1', { unchanged: 5 });
		expect(await n8n.execute(finish({ items: [marker] }))).toMatchObject([{ status: 'succeeded', message: 'Succeeded: nothing to change, 5 unchanged.' }]);
	});

	it.each([
		['failed', [outcome('applied'), outcome('failed', 'ben')], '1 applied, 1 failed'],
		['met a conflict', [outcome('applied'), outcome('conflict', 'ben')], '1 applied, 1 left alone'],
		['has no outcome', [outcome('applied')], '1 applied, 1 planned but not attempted'],
	])('is partial when a change %s', async (_, items, words) => {
		await noteplan('1', { update: 2 });
		const [summary] = await n8n.execute(finish({ items }));
		expect(summary).toMatchObject({ status: 'partial' });
		expect(summary.message).toContain(words);
	});

	it('is held when the plan is, in its own words', async () => {
		await noteplan('1', { verdict: 'held', update: 40 });
		const [summary] = await n8n.execute(finish({ items: [marker] }));
		expect(summary).toMatchObject({ status: 'held', counts: { missing: 0 } });
		expect(summary.message).toContain('40 creates, limit 10.');
		expect(summary.message).toContain('plan-1');
	});

	it('is previewed in preview', async () => {
		await noteplan('1', { mode: 'preview', update: 2 });
		const [summary] = await n8n.execute(finish({ items: [outcome('previewed'), outcome('previewed', 'ben')] }));
		expect(summary).toMatchObject({ status: 'previewed', message: 'Preview, nothing was written: 2 to update.' });
		expect(await ledger.lastGoodRun(CONTOSO)).toBeUndefined();
	});

	it.each([
		['its data', { json: { error: 'Syncro refused the token', ...CONTOSO } }],
		['its error', { json: {}, error: new Error('Syncro refused the token') as never }],
		['an error in its data', { json: { error: { message: 'Syncro refused the token' } } }],
	])('is failed when an item carries an error in %s', async (_, item) => {
		await noteplan('1', { update: 1 });
		expect(await n8n.execute(finish({ items: [item] }))).toMatchObject([{ status: 'failed', message: 'Failed: Syncro refused the token' }]);
	});

	it('is failed when told so, also before any plan, with the message or that of the item', async () => {
		const told = await n8n.execute(finish({ parameters: { result: 'failed', message: 'The tenant is unknown' } }));
		expect(told).toMatchObject([{ status: 'failed', message: 'Failed: The tenant is unknown' }]);
		await n8n.execute(start({ executionId: '2' }));
		const taken = await n8n.execute(finish({ executionId: '2', parameters: { result: 'failed' }, items: [{ json: { error: 'AADSTS90002' } }] }));
		expect(taken).toMatchObject([{ status: 'failed', message: 'Failed: AADSTS90002' }]);
	});

	it('refuses to end a run before its plan, unless told that it succeeded', async () => {
		const refused = await n8n.refusal(finish());
		expect(refused.code).toBe('ledger.nothingPlanned');
		expect(refused.description).toContain('behind the node that applies');
		const people = { json: { kind: 'emptyList', list: 'people', note: '' } };
		expect((await n8n.refusal(finish({ items: [people] }))).code).toBe('ledger.nothingPlanned');
		expect(await n8n.execute(finish({ parameters: { result: 'succeeded', message: 'All read' } }))).toMatchObject([{ status: 'succeeded', message: 'All read' }]);
	});

	it('keeps the first result and says so', async () => {
		await noteplan('1', { unchanged: 1 });
		await n8n.execute(finish({ items: [marker] }));
		const again = await n8n.execute(finish({ parameters: { result: 'failed', message: 'late' } }));
		expect(again).toMatchObject([{ status: 'succeeded', alreadyFinished: true }]);
		expect(n8n.hints.join()).toContain('already ended as succeeded');
	});

	it('needs a run of this execution', async () => {
		const refused = await n8n.refusal(finish({ executionId: '99' }));
		expect(refused.code).toBe('ledger.noRun');
		expect(refused.description).toContain('Run → Start');
	});

	it('tells the runs of one execution apart by what arrives', async () => {
		await n8n.execute(start({ parameters: { ...FABRIKAM } }));
		expect((await n8n.refusal(finish({ parameters: { result: 'failed' } }))).code).toBe('ledger.whichRun');
		await noteplan('1');
		expect(await n8n.execute(finish({ items: [marker] }))).toMatchObject([{ customerId: '7', status: 'succeeded' }]);
		const mixed = [marker, { json: { ...marker.json, ...FABRIKAM } }];
		expect((await n8n.refusal(finish({ items: mixed }))).message).toContain('arrived together');
	});

	it('deletes what is older than the retention', async () => {
		await noteplan('1');
		await n8n.execute(finish({ items: [marker] }));
		const old = await openWithClock(Date.now() - 91 * DAY);
		await old.finishRun((await old.startRun({ pairing: FABRIKAM, executionId: '0', leaseSeconds: 60 })).run.runId, { status: 'failed' });
		await old.close();
		await n8n.execute(start({ executionId: '2' }));
		expect(await n8n.execute(finish({ executionId: '2', parameters: { result: 'failed' } }))).toMatchObject([{ pruned: 1 }]);
		expect(await ledger.listRuns({ limit: 9 })).toHaveLength(2);
	});
});

describe('Run → Get Many', () => {
	const list = (filters: object) => n8n.execute({ resource: 'run', operation: 'getMany', parameters: { filters } });

	it('lists by filters, and says when there is nothing', async () => {
		await n8n.execute(start());
		await n8n.execute(start({ parameters: { ...FABRIKAM } }));
		expect(await list({})).toMatchObject([{ customerId: '8' }, { customerId: '7' }]);
		expect(await list({ customerId: '7', target: 'syncro' })).toMatchObject([{ kind: 'run', customerId: '7' }]);
		expect(await list({ status: 'failed', customerId: '7' })).toEqual([{ kind: 'emptyList', list: 'runs', note: expect.any(String), customerId: '7' }]);
	});
});

describe('Run → Undo', () => {
	const undo = (runId: string, more: Partial<Execution> = {}): Execution => ({
		resource: 'run', operation: 'undo', executionId: '2', ...more, parameters: { runId: { mode: 'id', value: runId }, ...more.parameters },
	});
	let undone: string;

	beforeEach(async () => {
		const { run } = await ledger.startRun({ pairing: CONTOSO, executionId: 'n8n/w1/1', leaseSeconds: 60 });
		undone = run.runId;
		await apply(ledger, changeOf(run, 'anna', { action: 'update', recordId: '100', fields: [{ field: 'zip', label: 'Zip', before: '1', after: '2' }] }), { written: { zip: '2' } });
	});

	it('gives the changes that put things back, as a plan that Apply accepts', async () => {
		await ledger.finishRun(undone, { status: 'succeeded' });
		await n8n.execute(start({ executionId: '2' }));
		const preview = await n8n.execute(undo(undone));
		expect(preview).toMatchObject([{ kind: 'change', mode: 'preview', action: 'update', fields: [{ before: '2', after: '1' }], verifyBefore: true, pairing: CONTOSO }]);
		const [change] = await n8n.execute(undo(undone, { parameters: { preview: false } }));
		expect(change.mode).toBe('apply');
		expect(change.planId).toBe(preview[0].planId);
		expect(await ledger.getPlan(change.planId as string)).toMatchObject({ verdict: 'ok', mode: 'apply', counts: { update: 1 } });
		expect(await ledger.runOfExecution('n8n/w1/2', CONTOSO)).toMatchObject({ planId: change.planId });
		expect(await ledger.runOfExecution('n8n/w1/2', CONTOSO)).not.toHaveProperty('sourceCount');
	});

	it('says how many records it deletes', async () => {
		const run = (await ledger.getRun(undone))!;
		for (const person of ['ben', 'carl']) await apply(ledger, changeOf(run, person), { recordId: person });
		await ledger.finishRun(undone, { status: 'succeeded' });
		await n8n.execute(start({ executionId: '2' }));
		await n8n.execute(undo(undone));
		expect(n8n.hints.join()).toContain('Undoing this run deletes 2 records that the run created, for good; one that anybody has changed or added to since is left alone. Preview: nothing is deleted yet.');
	});

	it('gives the marker of an empty list when there is nothing to undo, and tells what it can\'t undo', async () => {
		await ledger.finishRun(undone, { status: 'succeeded' });
		await ledger.erasePerson('anna');
		await n8n.execute(start({ executionId: '2' }));
		expect(await n8n.execute(undo(undone))).toMatchObject([{ kind: 'emptyList', list: 'changes', mode: 'preview', planId: expect.stringMatching(/^undo-/), ...CONTOSO }]);
		expect(n8n.hints.join()).toContain('1 of the changes');
	});

	it('needs a run of the same tenant and customer in this execution', async () => {
		await ledger.finishRun(undone, { status: 'succeeded' });
		expect((await n8n.refusal(undo(undone))).code).toBe('ledger.noRun');
		await n8n.execute(start({ executionId: '2', parameters: { ...FABRIKAM } }));
		const refused = await n8n.refusal(undo(undone));
		expect(refused.description).toContain(CONTOSO.tenantId);
	});

	it('refuses a run that is not over, its own, and one that it does not know', async () => {
		expect((await n8n.refusal(undo(undone, { executionId: '1' }))).code).toBe('ledger.stillRunning');
		expect((await n8n.refusal(undo('nothing'))).code).toBe('ledger.unknownRun');
		expect((await n8n.refusal(undo(' '))).message).toContain('Run is empty');
	});
});

/** The same ledger, a while ago. */
async function openWithClock(moment: number): Promise<StoredLedger> {
	return await openSqliteLedger(path, { clock: { now: () => moment, sleep: async () => undefined } });
}
