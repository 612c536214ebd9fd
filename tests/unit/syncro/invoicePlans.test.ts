import fc from 'fast-check';
import type { LicenceFamilyCount } from '../../../sync/model/licenceFamilyCount';
import type { Plan } from '../../../sync/model/plan';
import { buildPlan } from '../../../sync/plan/buildPlan';
import { reportMarkdown } from '../../../sync/plan/report';
import { defaultSettings, type PlanSettings } from '../../../sync/plan/settings';
import { matchRecords } from '../../../sync/match/matchRecords';
import { applyChanges } from '../../../sync/target/apply/applyChanges';
import { previewChanges } from '../../../sync/target/apply/previewChanges';
import { syncroInvoiceLines } from '../../../sync/target/syncro/invoices/definition';
import { withFamilies } from '../../../sync/target/syncro/invoices/lineFamilies';
import { allLines } from '../../../sync/target/syncro/invoices/lines';
import { invoiceLineStore } from '../../../sync/target/syncro/invoices/store';
import type { SyncroScheduleLine } from '../../../simulators/syncro/scheduleLine';
import { openAccount, type Account } from './support/account';
import { BASIC, count, countsPremium, linePairing, PREMIUM, seedWith, STANDARD } from './support/invoices';
import { Process } from './support/process';
import { planRecords, syncRecords, type RecordSync } from './support/recordRuns';
import { LEASE_SECONDS, openTestLedger } from './support/runs';

let account: Account;
let opened: Awaited<ReturnType<typeof openTestLedger>>;
let tenants = 0;

beforeAll(async () => {
	account = await openAccount(
		seedWith([
			{ lines: [{ id: 7001, name: 'Support', quantity: 1 }, { id: 7002, name: PREMIUM, retail_cents: 2_200, ...countsPremium }, { id: 7003, name: STANDARD, quantity: 9, retail_cents: 1_250 }] },
			{ frequency: 'Annually', lines: [{ id: 7004, name: 'm365 Basic', quantity: 2, retail_cents: 12_000 }] },
		]),
		{ requestsPerMinute: Infinity },
	);
	opened = await openTestLedger(account.clock);
});
beforeEach(() => {
	account.simulator.state.reset();
	account.simulator.faults.clear();
	account.simulator.seen.length = 0;
});
afterAll(async () => {
	await account.simulator.stop();
	await opened.close();
});

const BASIC_LINE = [{ family: BASIC, by: 'name' as const, value: 'M365 Basic' }];
const asSource = (counts: LicenceFamilyCount[]) => counts as unknown as RecordSync['sources'];
const newPairing = () => linePairing(`tenant-${tenants++}`);
function job(counts: LicenceFamilyCount[], more: Partial<RecordSync> = {}): RecordSync {
	const client = account.client();
	return {
		store: invoiceLineStore(client), ledger: opened.ledger, pairing: newPairing(), sources: asSource(counts), rules: [{ by: 'family' }],
		records: async () => withFamilies(await allLines(client, '1'), BASIC_LINE), ...more,
	};
}
const lineOf = (id: number): SyncroScheduleLine => account.simulator.state.schedules.ordered().flatMap(({ lines }) => lines).find((line) => line.id === id)!;
const scheduleOf = (id: number) => account.simulator.state.schedules.get(id)!;
const writes = () => account.simulator.seen.filter(({ method }) => method !== 'GET').map(({ method, url, body }) => `${method} ${url.pathname} ${body}`);

describe('A plan for invoice lines', () => {
	it('writes the quantities that differ, and of a line nothing but that', async () => {
		const before = structuredClone([lineOf(7003), lineOf(7004)]);
		const { plan, outcomes } = await syncRecords(job([count(BASIC, 4), count(STANDARD, 12), count(PREMIUM, 30)]));
		expect(writes().sort()).toEqual(['PUT /api/v1/schedules/701/line_items/7003 {"quantity":12}', 'PUT /api/v1/schedules/702/line_items/7004 {"quantity":4}']);
		expect([lineOf(7003), lineOf(7004)]).toEqual([{ ...before[0], quantity: 12 }, { ...before[1], quantity: 4 }]);
		// The counter is found, and only the pair is remembered.
		expect(outcomes.map(({ action, outcome, label }) => [label, action, outcome]).sort()).toEqual([[BASIC, 'update', 'applied'], [PREMIUM, 'link', 'applied'], [STANDARD, 'update', 'applied']]);
		expect(plan.counts).toMatchObject({ sources: 3, records: 4, create: 0, update: 2, link: 1, delete: 0, unmanaged: 1 });
	});

	it('says what that is worth a month, by the frequency of the invoice', async () => {
		const plan = await planRecords(job([count(BASIC, 4), count(STANDARD, 8)]));
		expect(plan.changes.map(({ label, consequence }) => [label, consequence]).sort()).toEqual([[BASIC, '+20.00 a month'], [STANDARD, '-12.50 a month']]);
		const markdown = reportMarkdown(plan, { targetTitle: 'Syncro', nouns: syncroInvoiceLines.nouns });
		expect(markdown).toContain(`| ${BASIC} | update | Quantity "2" → "4" (+20.00 a month) |`);
		expect(markdown).toContain('| Licence Counts | Invoice Lines |');
	});

	it('leaves a counter alone, and says why', async () => {
		const own = job([count(PREMIUM, 30)]);
		await syncRecords(own);
		const plan = await planRecords(own);
		expect(plan.changes).toEqual([]);
		expect(plan.skipped).toMatchObject([
			{ code: 'counter', reason: `${PREMIUM} is billed by the line "${PREMIUM}" of the recurring invoice "Invoice 1", whose quantity Syncro counts by itself; Quantity stays "0", Microsoft 365 says "30".` },
		]);
		expect(writes()).toEqual([]);
	});

	it('leaves alone what is paused, billed once or billed by several lines, also where it was linked before', async () => {
		for (const [arrange, code] of [
			[() => (scheduleOf(701).paused = true), 'paused'],
			[() => (lineOf(7003).one_time_charge = true), 'oneTimeCharge'],
			[() => scheduleOf(702).lines.push({ ...lineOf(7003), id: 7050, schedule_id: 702 }), 'severalLines'],
		] as Array<[() => unknown, string]>) {
			account.simulator.state.reset();
			const own = job([count(STANDARD, 9)]);
			await syncRecords(own);
			arrange();
			const plan = await planRecords({ ...own, sources: asSource([count(STANDARD, 11)]) });
			expect([plan.changes, plan.skipped.map((one) => one.code)]).toEqual([[], [code]]);
		}
	});

	it('asks a person where several lines bill a family; a paused invoice does not stand in the way', async () => {
		scheduleOf(702).lines.push({ ...lineOf(7003), id: 7050, schedule_id: 702, name: STANDARD.toUpperCase() });
		const plan = await planRecords(job([count(STANDARD, 12)]));
		expect(plan.changes).toEqual([]);
		expect(plan.held).toMatchObject([{ code: 'severalRecords', label: STANDARD, candidates: [{ id: '701/7003' }, { id: '702/7050' }] }]);
		scheduleOf(702).paused = true;
		expect((await planRecords(job([count(STANDARD, 12)]))).changes).toMatchObject([{ recordId: '701/7003', fields: [{ before: '9', after: '12' }] }]);
	});

	it('makes no line: a family without one is skipped or held, and one that nobody holds is not missing', async () => {
		const counts = [count('Visio Plan 2', 3), count('Project Plan 3', 0)];
		const skipped = await planRecords(job(counts));
		expect(skipped.skipped.map(({ code }) => code)).toEqual(['new', 'notHeld']);
		const held = await planRecords(job(counts, { policies: { new: 'hold' } }));
		expect(held.held).toMatchObject([{ code: 'new', label: 'Visio Plan 2' }]);
		expect([...skipped.changes, ...held.changes]).toEqual([]);
		expect(syncroInvoiceLines.choices).toEqual({ new: ['skip', 'hold'], orphaned: ['leave'] });
	});

	it('takes nothing for 0 that was not read: neither a family that is not in the list, nor a count without its number', async () => {
		const own = job([count(BASIC, 2), count(STANDARD, 9)]);
		await syncRecords(own);
		const { holders: _, ...unread } = count(STANDARD, 9);
		for (const sources of [[count(BASIC, 2)], [count(BASIC, 2), unread], [count(BASIC, 2), { ...unread, holders: null }]]) {
			const plan = await planRecords({ ...own, sources: asSource(sources as LicenceFamilyCount[]) });
			expect(plan.changes).toEqual([]);
			expect([lineOf(7003).quantity, writes()]).toEqual([9, []]);
		}
	});

	it('can leave disabled people out', async () => {
		const plan = await planRecords(job([count(STANDARD, 12, { disabledHolders: 2 })], { mapping: [{ field: 'quantity', source: 'enabledHolders', whenBlank: 'keep' }] }));
		expect(plan.changes).toMatchObject([{ fields: [{ before: '9', after: '10' }] }]);
	});
});

describe('The brake on quantities', () => {
	const judged = async (quantity: number, holders: number, more: Partial<PlanSettings['safeguards']> = {}, others = [count(BASIC, 2)]): Promise<Plan> => {
		account.simulator.state.reset();
		lineOf(7003).quantity = quantity;
		const pairing = newPairing();
		const settings = defaultSettings(syncroInvoiceLines);
		const records = withFamilies(await allLines(account.client(), '1'), BASIC_LINE);
		const matches = matchRecords({ pairing, nouns: syncroInvoiceLines.nouns, sources: asSource([count(STANDARD, holders), ...others]), records, links: [], openIntents: [], rules: [{ by: 'family' }], whereabouts: new Map() });
		return await buildPlan({ pairing, matches, definition: syncroInvoiceLines, settings: { ...settings, safeguards: { ...settings.safeguards, ...more } }, mode: 'apply' });
	};

	it.each([[9, 14, 'ok'], [9, 15, 'held'], [100, 130, 'ok'], [100, 131, 'held'], [100, 69, 'held'], [100, 70, 'ok'], [9, 3, 'held'], [5, 0, 'ok'], [6, 0, 'held'], [0, 5, 'ok'], [0, 6, 'held']])('from %i to %i: %s', async (quantity, holders, verdict) => {
		expect((await judged(quantity, holders)).verdict).toBe(verdict);
	});

	it('names the lines, and what to press', async () => {
		const plan = await judged(9, 40);
		expect(plan.changes).toEqual([]);
		expect(plan.held[0]).toMatchObject({
			code: 'billedChanges',
			reason: `1 of 1 quantities would move by more than 30 % and more than 5 (${STANDARD}: 9 → 40).`,
			whatToDo: expect.stringContaining('raise "Quantity Changes" under Safeguards'),
		});
		expect(plan.held[1]).toMatchObject({ code: 'planHeld', label: STANDARD, consequence: '+387.50 a month' });
	});

	it('holds a plan after which nothing would be billed any more, however little that was', async () => {
		const plan = await judged(1, 0, {}, [count(BASIC, 0)]);
		expect(plan.verdict).toBe('held');
		expect(plan.held[0].reason).toBe('Nothing would be billed any more: the quantities of all 2 invoice lines that are kept up to date would fall to 0.');
		expect((await judged(1, 0)).verdict).toBe('ok');
	});

	it('can be set otherwise', async () => {
		expect((await judged(9, 40, { minBilledChange: 31 })).verdict).toBe('ok');
		expect((await judged(9, 10, { minBilledChange: 0, maxBilledChangePercent: 10 })).verdict).toBe('held');
	});
});

/** Applies a plan that was made before the world changed. */
async function applyAfter(counts: LicenceFamilyCount[], meddle: () => void) {
	const own = job(counts);
	const { run } = await own.ledger.startRun({ pairing: own.pairing, executionId: 'execution', leaseSeconds: LEASE_SECONDS });
	const plan = await planRecords(own);
	await own.ledger.notePlan(run.runId, plan.planId, counts.length, plan.counts);
	meddle();
	return await applyChanges({ store: own.store, ledger: own.ledger, run: { ...run, planId: plan.planId }, changes: plan.changes });
}

describe('Carrying it out', () => {
	it.each<[string, () => unknown, string]>([
		['was paused', () => (scheduleOf(701).paused = true), `Left alone: ${STANDARD} is billed by the line "${STANDARD}" of the recurring invoice "Invoice 1", which is paused; Quantity is not written. The next plan decides anew.`],
		['is charged once only', () => (lineOf(7003).one_time_charge = true), 'which is charged once only; Quantity is not written.'],
		['has another quantity', () => (lineOf(7003).quantity = 10), 'Left alone: Quantity of this invoice line changed in Syncro after the plan was made.'],
		['belongs to another customer', () => (scheduleOf(701).customer_id = 2), 'Left alone: in Syncro this invoice line now belongs to customer 2.'],
	])('leaves a line alone that meanwhile %s', async (_, meddle, message) => {
		const outcomes = await applyAfter([count(STANDARD, 12)], () => void meddle());
		expect(outcomes).toMatchObject([{ outcome: 'conflict', message: expect.stringContaining(message) }]);
		expect(writes()).toEqual([]);
	});

	it('leaves a line alone that became a counter, also where it shows the very quantity that the plan saw', async () => {
		const outcomes = await applyAfter([count(STANDARD, 12)], () => {
			Object.assign(lineOf(7003), countsPremium);
			for (let n = 0; n < 9; n++) account.simulator.state.addContact(1, { name: `N ${n}` }, { azure_license: PREMIUM });
		});
		expect(outcomes).toMatchObject([{ outcome: 'conflict', message: `Left alone: ${STANDARD} is billed by the line "${STANDARD}" of the recurring invoice "Invoice 1", whose quantity Syncro counts by itself; Quantity is not written. The next plan decides anew.` }]);
		expect([writes(), account.simulator.state.quantitiesForCounters]).toEqual([[], []]);
	});

	it('does not send it again, after a lost reply, to a line that became a counter', async () => {
		account.simulator.faults.add({ method: 'PUT', fault: { kind: 'reset', after: false } });
		const real = account.client();
		const store = invoiceLineStore(real);
		const own = job([count(STANDARD, 12)], { store: { ...store, get: async (...request) => {
			if (writes().length > 0) {
				Object.assign(lineOf(7003), countsPremium);
				account.simulator.quirks.counterQuantity = 'zero';
			}
			return await store.get(...request);
		} } });
		const { outcomes } = await syncRecords(own);
		account.simulator.quirks.counterQuantity = 'counted';
		expect(outcomes).toMatchObject([{ outcome: 'conflict' }]);
		expect([writes().length, account.simulator.state.quantitiesForCounters]).toEqual([1, []]);
	});

	it('reports a quantity that Syncro does not keep, and what that may mean', async () => {
		account.simulator.faults.add({ method: 'PUT', fault: { kind: 'answer', status: 200, body: { schedule_line_item: { id: 7003, name: STANDARD, quantity: '0.0', recurring_type_id: null } } } });
		const { outcomes } = await syncRecords(job([count(STANDARD, 12)]));
		expect(outcomes).toMatchObject([{ outcome: 'applied', notStored: ['quantity'], message: 'Updated. Syncro did not store as sent: Quantity. Look at the line in Syncro: one that counts by itself takes no quantity.' }]);
	});

	it.each([['lost before it arrived', false], ['lost after it arrived', true]])('writes once where a reply is %s', async (_, after) => {
		account.simulator.faults.add({ method: 'PUT', fault: { kind: 'reset', after } });
		const { outcomes } = await syncRecords(job([count(STANDARD, 12)]));
		expect(outcomes).toMatchObject([{ outcome: 'applied' }]);
		expect([lineOf(7003).quantity, writes().length]).toEqual([12, after ? 1 : 2]);
	});

	it('takes an answer about another line for a lost reply', async () => {
		account.simulator.faults.add({ method: 'PUT', fault: { kind: 'answer', status: 200, body: { schedule_line_item: { id: 1, quantity: '12.0' } } } });
		const { outcomes } = await syncRecords(job([count(STANDARD, 12)]));
		expect(outcomes).toMatchObject([{ outcome: 'applied' }]);
		expect(lineOf(7003).quantity).toBe(12);
	});

	it('fails one line that is gone, and goes on with the others', async () => {
		const outcomes = await applyAfter([count(BASIC, 3), count(STANDARD, 12)], () => (scheduleOf(701).lines = scheduleOf(701).lines.filter(({ id }) => id !== 7003)));
		expect(outcomes.map(({ outcome }) => outcome).sort()).toEqual(['applied', 'failed']);
		expect(outcomes.find(({ outcome }) => outcome === 'failed')!.message).toContain('has no such line any more');
	});

	it('creates and removes nothing, whatever it is asked', async () => {
		const store = invoiceLineStore(account.client());
		const request = { change: {} as never, call: {}, doing: 'create the invoice line "X"' };
		await expect(store.create([], request)).rejects.toMatchObject({ code: 'syncro.lineKept', class: 'refused' });
		await expect(store.remove({} as never, request)).rejects.toMatchObject({ code: 'syncro.lineKept' });
		await expect(store.update({ id: '701/7003' } as never, [{ field: 'quantity', label: 'Quantity', after: null }], request)).rejects.toThrow('a quantity must be a number');
		expect(account.simulator.seen).toEqual([]);
	});
});

describe('In any account', () => {
	const quantity = fc.integer({ min: 0, max: 40 });
	const kind = fc.constantFrom('fixed', 'contacts', 'assets', 'paused', 'once', 'doubled');
	const world = fc.record({ standard: quantity, basic: fc.constantFrom(0, 1.5, 2, 17), kind, counts: fc.tuple(quantity, quantity), shown: fc.constantFrom<'counted' | 'zero'>('counted', 'zero') });

	function arrange({ standard, basic, kind: of, shown }: { standard: number; basic: number; kind: string; shown: 'counted' | 'zero' }): void {
		account.simulator.state.reset();
		account.simulator.quirks.counterQuantity = shown;
		lineOf(7003).quantity = standard;
		lineOf(7004).quantity = basic;
		if (of === 'contacts') Object.assign(lineOf(7003), countsPremium, { quantity: 0 });
		if (of === 'assets') Object.assign(lineOf(7003), { recurring_type_id: 4, asset_type_id: 801, quantity: 0 });
		if (of === 'paused') scheduleOf(701).paused = true;
		if (of === 'once') lineOf(7003).one_time_charge = true;
		if (of === 'doubled') scheduleOf(702).lines.push({ ...lineOf(7003), id: 7050, schedule_id: 702 });
	}

	it('a preview is what applying does, request for request; the next run writes nothing; no counter is ever written', async () => {
		await fc.assert(
			fc.asyncProperty(world, async (given) => {
				arrange(given);
				const own = job([count(BASIC, given.counts[0]), count(STANDARD, given.counts[1]), count(PREMIUM, 7)]);
				account.simulator.seen.length = 0;
				const preview = await planRecords({ ...own, mode: 'preview' });
				expect(writes()).toEqual([]);
				const { plan, outcomes } = await syncRecords(own);
				expect([plan.planId, plan.changes.map((change) => ({ ...change, mode: 'preview' }))]).toEqual([preview.planId, preview.changes]);
				expect(outcomes.map(({ sourceId, recordId, action }) => [sourceId, recordId, action])).toEqual((await previewChanges(preview.changes)).map(({ sourceId, recordId, action }) => [sourceId, recordId, action]));
				expect(outcomes.every(({ outcome }) => outcome === 'applied')).toBe(true);
				expect(writes().sort()).toEqual(
					preview.changes
						.filter(({ action }) => action === 'update')
						.map(({ recordId, fields }) => `PUT /api/v1/schedules/${recordId!.replace('/', '/line_items/')} {"quantity":${fields[0].after}}`)
						.sort(),
				);
				expect(account.simulator.state.quantitiesForCounters).toEqual([]);
				const before = account.simulator.writes();
				const again = await syncRecords(own);
				expect([again.plan.changes, account.simulator.writes()]).toEqual([[], before]);
			}),
			{ numRuns: 40 },
		);
		account.simulator.quirks.counterQuantity = 'counted';
	}, 60_000);

	it('a run that is killed at any request or ledger step is completed by the next one', async () => {
		const counts = [count(BASIC, 4), count(STANDARD, 12), count(PREMIUM, 7)];
		const run = async (life: Process, own: RecordSync) => {
			const client = account.client();
			const mortal = account.client({ transport: life.transport(account.transport) });
			await syncRecords({ ...own, store: invoiceLineStore(mortal), ledger: life.ledger(opened.ledger), records: async () => withFamilies(await allLines(client, '1'), BASIC_LINE) });
		};
		const endState = async ({ pairing }: RecordSync) => [
			account.simulator.state.schedules.ordered().flatMap(({ lines }) => lines.map(({ id, quantity: stored }) => [id, stored])),
			(await opened.ledger.links(pairing)).map(({ sourceId, recordId }) => `${sourceId} → ${recordId}`).sort(),
			(await opened.ledger.openIntents(pairing)).length,
		];
		account.simulator.state.reset();
		const unbroken = job(counts);
		const whole = new Process();
		await run(whole, unbroken);
		const expected = await endState(unbroken);
		expect(expected).toMatchObject([[[7001, 1], [7002, 0], [7003, 12], [7004, 4]], { length: 3 }, 0]);
		expect(whole.passed).toBeGreaterThan(20);
		for (let killAt = 0; killAt < whole.passed; killAt++) {
			account.simulator.state.reset();
			const own = job(counts);
			const life = new Process(killAt);
			await run(life, own).catch((error: Error) => {
				if (!life.dead) throw error;
			});
			account.clock.moment += LEASE_SECONDS * 1000 + 1;
			await run(new Process(), own);
			expect([killAt, await endState(own)]).toEqual([killAt, expected]);
		}
	}, 60_000);
});
