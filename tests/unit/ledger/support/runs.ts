import { openLedger, type LedgerOptions, type StoredLedger } from '../../../../sync/ledger';
import { begin, CONTOSO, FABRIKAM, HandClock, NO_COUNTS, NOON, refusalOf, type Stores } from './samples';

/** Runs and their lock, whatever database is behind the ledger. */
export function describeRuns(stores: Stores): void {
	describe(`runs in ${stores.name}`, () => {
		const clock = new HandClock();
		let options: LedgerOptions;
		let ledger: StoredLedger;

		beforeEach(async () => {
			clock.moment = NOON;
			options = { ...(await stores.create()), clock };
			ledger = await openLedger(options);
		});
		afterEach(async () => await ledger.close());

		it('starts a run that holds the lock until its lease ends', async () => {
			const { run, abandoned } = await ledger.startRun({ pairing: CONTOSO, executionId: '17', workflowId: 'w', workflowName: 'Contacts', leaseSeconds: 900 });
			expect(abandoned).toBeUndefined();
			expect(run).toEqual({
				runId: expect.any(String),
				pairing: CONTOSO,
				status: 'running',
				executionId: '17',
				workflowId: 'w',
				workflowName: 'Contacts',
				startedAt: NOON,
				leaseUntil: NOON + 900_000,
			});
			expect(await ledger.getRun(run.runId)).toEqual(run);
		});

		it('refuses a second run of the pairing and tells who holds it, since when and until when', async () => {
			await ledger.setPairing({ ...CONTOSO, tenantName: 'Contoso', tenantDomains: ['contoso.com'], customerName: 'Contoso Ltd' }, { replace: false });
			await ledger.startRun({ pairing: CONTOSO, executionId: '17', workflowName: 'Contacts', leaseSeconds: 900 });
			const refused = await refusalOf(begin(ledger, CONTOSO, '18'));
			expect(refused).toMatchObject({ class: 'ledger', code: 'ledger.runInProgress' });
			for (const word of ['tenant "Contoso"', 'customer "Contoso Ltd"', '"Contacts"', 'execution 17', 'since 2026-11-22 12:00:00 UTC', 'until 2026-11-22 12:15:00 UTC']) {
				expect(refused.message).toContain(word);
			}
			expect(refused.remedy).toContain('2026-11-22 12:15:00 UTC');
		});

		it('takes the same pairing written in other capitals for the same', async () => {
			await begin(ledger, CONTOSO);
			expect((await refusalOf(begin(ledger, { ...CONTOSO, tenantId: CONTOSO.tenantId.toUpperCase(), account: ' MSP' }, '2'))).code).toBe('ledger.runInProgress');
		});

		it('says so when the same execution starts its run twice', async () => {
			await begin(ledger, CONTOSO, '17');
			expect((await refusalOf(begin(ledger, CONTOSO, '17'))).message).toContain('has already started');
		});

		it('runs two customers at the same time', async () => {
			await begin(ledger, CONTOSO);
			await expect(begin(ledger, FABRIKAM)).resolves.toMatchObject({ status: 'running' });
		});

		it('closes a run whose lease has expired and starts the new one', async () => {
			const dead = await begin(ledger, CONTOSO, '1', 60);
			clock.pass(59);
			expect((await refusalOf(begin(ledger, CONTOSO, '2'))).code).toBe('ledger.runInProgress');
			clock.pass(1);
			const { run, abandoned } = await ledger.startRun({ pairing: CONTOSO, executionId: '2', leaseSeconds: 60 });
			expect(abandoned).toMatchObject({ runId: dead.runId, status: 'abandoned', finishedAt: clock.now() });
			expect(run.status).toBe('running');
		});

		it('lets a run renew its lease, also late, but not after another has taken over', async () => {
			const run = await begin(ledger, CONTOSO, '1', 60);
			clock.pass(50);
			await ledger.renewLease(run.runId, 60);
			clock.pass(50);
			expect((await refusalOf(begin(ledger, CONTOSO, '2'))).code).toBe('ledger.runInProgress');
			clock.pass(100);
			await ledger.renewLease(run.runId, 60);
			clock.pass(61);
			await begin(ledger, CONTOSO, '2');
			const lost = await refusalOf(ledger.renewLease(run.runId, 60));
			expect(lost).toMatchObject({ code: 'ledger.leaseLost' });
			expect(lost.remedy).toContain('took over');
		});

		it('never shortens a lease', async () => {
			const run = await begin(ledger, CONTOSO, '1', 900);
			await ledger.renewLease(run.runId, 10);
			expect((await ledger.getRun(run.runId))?.leaseUntil).toBe(NOON + 900_000);
		});

		it('finds the run of an execution by its pairing, while it runs', async () => {
			const contoso = await begin(ledger, CONTOSO, '5');
			const fabrikam = await begin(ledger, FABRIKAM, '5');
			expect((await ledger.runOfExecution('5', CONTOSO))?.runId).toBe(contoso.runId);
			expect((await ledger.runOfExecution('5'))?.runId).toBe(fabrikam.runId);
			expect(await ledger.runOfExecution('6', CONTOSO)).toBeUndefined();
			await ledger.finishRun(contoso.runId, { status: 'succeeded' });
			expect(await ledger.runOfExecution('5', CONTOSO)).toBeUndefined();
			expect((await ledger.runsOfExecution('5')).map(({ runId, status }) => [runId, status])).toEqual([
				[fabrikam.runId, 'running'],
				[contoso.runId, 'succeeded'],
			]);
		});

		it('finds no run by a reused execution id after its lease; the process that began it may come late, but not for ever', async () => {
			const run = await begin(ledger, CONTOSO, '5', 60);
			const other = await openLedger(options);
			try {
				expect((await other.runOfExecution('5', CONTOSO))?.runId).toBe(run.runId);
				clock.pass(61);
				expect(await other.runOfExecution('5', CONTOSO)).toBeUndefined();
				expect((await ledger.runOfExecution('5', CONTOSO))?.runId).toBe(run.runId);
				clock.pass(3600);
				expect(await ledger.runOfExecution('5', CONTOSO)).toBeUndefined();
				expect(await ledger.runsOfExecution('5')).toMatchObject([{ status: 'running' }]);
			} finally {
				await other.close();
			}
		});

		it('frees the lock at the end, and keeps the first result', async () => {
			const run = await begin(ledger, CONTOSO);
			clock.pass(5);
			const finished = await ledger.finishRun(run.runId, { status: 'partial', message: '1 failed', counts: { failed: 1 } });
			expect(finished).toMatchObject({ status: 'partial', message: '1 failed', counts: { failed: 1 }, finishedAt: NOON + 5000 });
			expect(await ledger.finishRun(run.runId, { status: 'failed', message: 'again' })).toEqual(finished);
			await expect(begin(ledger, CONTOSO, '2')).resolves.toMatchObject({ status: 'running' });
			expect((await refusalOf(ledger.finishRun('nothing', { status: 'failed' }))).code).toBe('ledger.unknownRun');
		});

		it('keeps what the plan found, and its counts when the end brings none', async () => {
			const run = await begin(ledger, CONTOSO);
			await ledger.notePlan(run.runId, 'plan-1', 120, { ...NO_COUNTS, create: 3 });
			const finished = await ledger.finishRun(run.runId, { status: 'succeeded' });
			expect(finished).toMatchObject({ planId: 'plan-1', sourceCount: 120, counts: { create: 3 } });
			expect((await refusalOf(ledger.notePlan(run.runId, 'plan-2', 1, NO_COUNTS))).code).toBe('ledger.leaseLost');
		});

		it('compares with the newest run that ended well and knows its source', async () => {
			expect(await ledger.lastGoodRun(CONTOSO)).toBeUndefined();
			const finish = async (status: 'succeeded' | 'partial' | 'failed' | 'held' | 'previewed', sourceCount?: number) => {
				const run = await begin(ledger, CONTOSO);
				if (sourceCount !== undefined) await ledger.notePlan(run.runId, 'p', sourceCount, NO_COUNTS);
				await ledger.finishRun(run.runId, { status });
				clock.pass(1);
			};
			await finish('succeeded', 100);
			await finish('partial', 90);
			await finish('failed', 1);
			await finish('held', 2);
			await finish('previewed', 3);
			await finish('succeeded');
			expect((await ledger.lastGoodRun(CONTOSO))?.sourceCount).toBe(90);
			expect(await ledger.lastGoodRun(FABRIKAM)).toBeUndefined();
		});

		it('compares with the newest good run of the same workflow, because another one may read other people, and keeps one of each', async () => {
			const finish = async (workflowId: string, sourceCount: number) => {
				const { run } = await ledger.startRun({ pairing: CONTOSO, executionId: workflowId, workflowId, leaseSeconds: 900 });
				await ledger.notePlan(run.runId, 'p', sourceCount, NO_COUNTS);
				await ledger.finishRun(run.runId, { status: 'succeeded' });
				clock.pass(1);
			};
			await finish('contacts', 40);
			await finish('licences', 55);
			await ledger.prune(clock.now() + 1);
			const counts = [await ledger.lastGoodRun(CONTOSO, 'contacts'), await ledger.lastGoodRun(CONTOSO, 'licences'), await ledger.lastGoodRun(CONTOSO, 'a new one'), await ledger.lastGoodRun(CONTOSO)];
			expect(counts.map((run) => run?.sourceCount)).toEqual([40, 55, 55, 55]);
		});

		it('lists runs newest first, by any part of the pairing and by status', async () => {
			const first = await begin(ledger, CONTOSO, '1');
			await ledger.finishRun(first.runId, { status: 'failed' });
			const second = await begin(ledger, CONTOSO, '2');
			const other = await begin(ledger, FABRIKAM, '3');
			const ids = async (filter: Parameters<typeof ledger.listRuns>[0]) => (await ledger.listRuns(filter)).map((run) => run.runId);
			expect(await ids({ limit: 10 })).toEqual([other.runId, second.runId, first.runId]);
			expect(await ids({ limit: 2 })).toEqual([other.runId, second.runId]);
			expect(await ids({ pairing: { tenantId: CONTOSO.tenantId.toUpperCase() }, limit: 10 })).toEqual([second.runId, first.runId]);
			expect(await ids({ pairing: { customerId: '8' }, limit: 10 })).toEqual([other.runId]);
			expect(await ids({ pairing: { target: 'syncro', account: 'MSP' }, status: 'failed', limit: 10 })).toEqual([first.runId]);
			expect(await ids({ pairing: { account: 'ms' }, limit: 10 })).toEqual([]);
			for (const account of ['%', 'm_p', 'm%']) expect(await ids({ pairing: { account }, limit: 10 })).toEqual([]);
		});
	});
}
