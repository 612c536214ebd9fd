import fc from 'fast-check';
import type { Link, RecordedChange, Run } from '../../../sync/ledger/ledger';
import { openSqliteLedger, type StoredLedger } from '../../../sync/ledger';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Change, FieldChange } from '../../../sync/model/change';
import type { TargetDefinition } from '../../../sync/model/targetDefinition';
import { planUndo } from '../../../sync/plan/undo';
import { syncroAssets } from '../../../sync/target/syncro/assets/definition';
import { syncroContacts } from '../../../sync/target/syncro/contacts/definition';
import { begin, CONTOSO, HandClock, NOON } from './support/samples';

const run: Run = { runId: 'run-1', pairing: CONTOSO, status: 'succeeded', executionId: '1', startedAt: NOON, finishedAt: NOON, leaseUntil: NOON };

function recorded(change: Partial<RecordedChange>): RecordedChange {
	return {
		changeId: 'change', runId: run.runId, planId: 'plan', pairing: CONTOSO, action: 'update', sourceId: 'anna', recordId: '100', label: 'Anna',
		fields: [{ field: 'zip', label: 'Zip', before: '1', after: '2' }], state: 'applied', intendedAt: NOON, settledAt: NOON, ...change,
	};
}
const linked = (more: Partial<Link> = {}): Link => ({ pairing: CONTOSO, sourceId: 'anna', recordId: '100', rule: 'email', linkedAt: NOON - 1, lastWritten: {}, ...more });
const undo = (changes: RecordedChange[], links: Link[] = [linked()], definition: TargetDefinition = syncroContacts) => planUndo(run, changes, links, 'apply', definition);

describe('undoing a run', () => {
	it('writes what was there before, where the target still holds what we wrote', () => {
		const { changes, planId } = undo([recorded({})]);
		expect(changes).toEqual([
			{
				kind: 'change', planId, mode: 'apply', pairing: CONTOSO, action: 'update', sourceId: 'anna', recordId: '100', label: 'Anna',
				fields: [{ field: 'zip', label: 'Zip', before: '2', after: '1' }], reason: 'Undoes an update.', verifyBefore: true,
			},
		]);
	});

	it('empties a field that had been empty, and takes the mark off a leaver', () => {
		const fields = [{ field: 'notes', label: 'Notes', after: 'Left the company' }];
		expect(undo([recorded({ action: 'deactivate', fields })]).changes).toMatchObject([
			{ action: 'update', fields: [{ field: 'notes', before: 'Left the company', after: null }], verifyBefore: true },
		]);
	});

	it('deletes what was created, judged by what the target stored of it, and drops the link', () => {
		const fields = [{ field: 'name', label: 'Name', after: 'Anna' }, { field: 'phone', label: 'Phone', after: '1' }];
		expect(undo([recorded({ action: 'create', fields, written: { name: 'Anna' } })]).changes).toMatchObject([
			{ action: 'delete', recordId: '100', fields: [{ field: 'name', before: 'Anna', after: null }], verifyBefore: true, unlink: true },
		]);
	});

	it('leaves what it created where the target cannot delete, says so, and keeps the link: a preview shows no deletion that would then fail', () => {
		const fields = [{ field: 'name', label: 'Name', after: 'PC-1' }];
		const { changes, skipped, counts } = undo([recorded({ action: 'create', label: 'PC-1', fields }), recorded({ recordId: '101' })], [linked()], syncroAssets);
		expect(changes.map(({ action, recordId }) => [action, recordId])).toEqual([['update', '101']]);
		expect(skipped).toEqual([{ label: 'PC-1', sourceId: 'anna', recordId: '100', code: 'notUndone', reason: 'Syncro has no request that deletes this asset, so it stays, and stays linked. Delete it in Syncro by hand, then forget the link with Sync Ledger → Link → Forget.' }]);
		expect(counts).toMatchObject({ delete: 0, skipped: 1 });
	});

	it('creates what was deleted, where the ledger kept what it held', () => {
		const fields = [{ field: 'name', label: 'Name', before: 'Anna', after: null }, { field: 'zip', label: 'Zip', before: null, after: null }];
		const { changes } = undo([recorded({ action: 'delete', fields })], []);
		expect(changes).toMatchObject([{ action: 'create', sourceId: 'anna', fields: [{ field: 'name', label: 'Name', after: 'Anna' }] }]);
		expect(changes[0]).not.toHaveProperty('recordId');
		expect(undo([recorded({ action: 'delete', fields: [] })], [])).toMatchObject({ changes: [], skipped: [{ label: 'Anna' }] });
	});

	it('forgets links that the run made, and only those', () => {
		expect(undo([recorded({ action: 'link', fields: [] })], [linked({ linkedAt: NOON })]).changes).toMatchObject([{ action: 'link', unlink: true, fields: [] }]);
		expect(undo([recorded({})], [linked({ linkedAt: NOON })]).changes).toMatchObject([{ action: 'update', unlink: true }]);
		expect(undo([recorded({})]).changes[0]).not.toHaveProperty('unlink');
		expect(undo([recorded({ action: 'link', fields: [] })], []).skipped).toHaveLength(1);
		expect(undo([recorded({ action: 'link', fields: [] })], [linked({ recordId: '101', linkedAt: NOON })]).skipped).toHaveLength(1);
	});

	it('goes backwards, and leaves out what never arrived and what was erased', () => {
		const { changes, skipped, counts } = undo([
			recorded({ sourceId: 'a' }),
			recorded({ sourceId: 'b', state: 'failed' }),
			recorded({ sourceId: 'c', state: 'intended' }),
			recorded({ sourceId: '(erased)', label: '(erased)', recordId: undefined, fields: [] }),
			recorded({ sourceId: 'd' }),
		]);
		expect(changes.map(({ sourceId }) => sourceId)).toEqual(['d', 'a']);
		expect(skipped).toMatchObject([{ label: '(erased)' }]);
		expect(counts).toMatchObject({ update: 2, skipped: 1 });
	});

	it('has the same id when it is computed again, in preview too, and another one when anything differs', () => {
		const { planId } = undo([recorded({})]);
		expect(planId).toMatch(/^undo-[0-9a-f]{20}$/);
		expect(planUndo(run, [recorded({})], [linked()], 'preview', syncroContacts).planId).toBe(planId);
		expect(undo([recorded({ recordId: '101' })]).planId).not.toBe(planId);
		expect(undo([recorded({})], [linked({ linkedAt: NOON })]).planId).not.toBe(planId);
	});

	describe('leaves target and links as they were', () => {
		const folder = mkdtempSync(join(tmpdir(), 'ledger-undo-'));
		afterAll(() => rmSync(folder, { recursive: true, force: true }));
		let count = 0;

		/** Records by id; the simplest target there is. */
		type Target = Map<string, Record<string, string | null>>;

		async function carryOut(ledger: StoredLedger, target: Target, runId: string, change: Pick<Change, 'action' | 'sourceId' | 'recordId' | 'label' | 'fields' | 'unlink'>) {
			const changeId = await ledger.intend({ runId, planId: 'plan', pairing: CONTOSO, ...change });
			const written = Object.fromEntries(change.fields.map(({ field, after }) => [field, after]));
			const recordId = change.recordId ?? `new ${change.sourceId}`;
			if (change.action === 'delete') target.delete(recordId);
			else target.set(recordId, { ...target.get(recordId), ...written });
			await ledger.remember(changeId, { recordId, rule: 'email', written, unlink: change.unlink === true || change.action === 'delete' });
		}

		const value = fc.constantFrom(null, 'a', 'b');
		const person = fc.record({ had: fc.option(fc.record({ name: fc.constantFrom('a', 'b'), zip: value })), wasLinked: fc.boolean(), action: fc.constantFrom('update' as const, 'link' as const, 'delete' as const), name: fc.constantFrom('a', 'b'), zip: value });

		it('whatever the run did', async () => {
			await fc.assert(
				fc.asyncProperty(fc.array(person, { maxLength: 6 }), async (people) => {
					const clock = new HandClock();
					const ledger = await openSqliteLedger(join(folder, `${++count}.sqlite`), { clock });
					try {
						const target: Target = new Map();
						const earlier = await begin(ledger, CONTOSO);
						for (const [index, { had, wasLinked }] of people.entries()) {
							if (!had) continue;
							target.set(`${index}`, had);
							if (wasLinked) await carryOut(ledger, target, earlier.runId, { action: 'link', sourceId: `p${index}`, recordId: `${index}`, label: 'x', fields: [] });
						}
						await ledger.finishRun(earlier.runId, { status: 'succeeded' });
						const picture = async () => ({
							records: [...target.values()].map((record) => JSON.stringify([record.name ?? null, record.zip ?? null])).sort(),
							links: (await ledger.links(CONTOSO)).map(({ sourceId }) => sourceId).sort(),
						});
						const before = await picture();

						clock.pass(60);
						const wrong = await begin(ledger, CONTOSO);
						for (const [index, { had, wasLinked, action, name, zip }] of people.entries()) {
							const after: Record<string, string | null> = { name, zip };
							const fields = Object.entries(after).map(([field, value]): FieldChange => ({ field, label: field, ...(had ? { before: had[field as 'name' | 'zip'] } : {}), after: action === 'delete' && had ? null : value }));
							// A record is deleted only where it was linked, as in a real plan.
							const what = !had ? 'create' : action === 'delete' && !wasLinked ? 'update' : action;
							await carryOut(ledger, target, wrong.runId, { action: what, sourceId: `p${index}`, ...(had ? { recordId: `${index}` } : {}), label: 'x', fields: what === 'link' ? [] : fields });
						}
						const undone = await ledger.finishRun(wrong.runId, { status: 'succeeded' });

						clock.pass(60);
						const repair = await begin(ledger, CONTOSO);
						const { changes } = planUndo(undone, await ledger.changesOfRun(wrong.runId), await ledger.links(CONTOSO), 'apply', syncroContacts);
						for (const change of changes) {
							for (const { field, before: held } of change.verifyBefore ? change.fields : []) expect(target.get(change.recordId!)?.[field] ?? null).toBe(held ?? null);
							await carryOut(ledger, target, repair.runId, change);
						}
						expect(await picture()).toEqual(before);
					} finally {
						await ledger.close();
					}
				}),
				{ numRuns: 60 },
			);
		}, 60_000);
	});
});
