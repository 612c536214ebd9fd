import { openLedger, type LedgerOptions, type StoredLedger } from '../../../../sync/ledger';
import { MIGRATIONS } from '../../../../sync/ledger/schema';
import { OtherProcess } from './otherProcess';
import { begin, CONTOSO, FABRIKAM, HandClock, NO_COUNTS, states, type Stores } from './samples';

/** Several n8n processes on one ledger, and processes that die. */
export function describeProcesses(stores: Stores): void {
	describe(`processes that share a ledger in ${stores.name}`, () => {
		let options: LedgerOptions;
		let one: OtherProcess;
		let two: OtherProcess;
		let ledger: StoredLedger | undefined;

		beforeEach(async () => {
			options = await stores.create();
			one = new OtherProcess();
			two = new OtherProcess();
		});
		afterEach(async () => {
			await Promise.all([one.kill(), two.kill(), ledger?.close()]);
			ledger = undefined;
		});
		const openBoth = async () => await Promise.all([one.ask({ do: 'open', options }), two.ask({ do: 'open', options })]);

		it('make the tables once when both start on an empty store', async () => {
			expect(await openBoth()).toEqual(['ok', 'ok']);
			ledger = await openLedger(options);
			expect(await ledger.inspect()).toMatchObject({ schemaVersion: MIGRATIONS.length });
		}, 60_000);

		it('race for a lock, and exactly one gets it', async () => {
			await openBoth();
			for (let round = 0; round < 25; round++) {
				const pairing = { ...CONTOSO, customerId: `${round}`, account: `account ${round}` };
				const answers = await Promise.all([one.ask({ do: 'startRun', pairing, executionId: '1' }), two.ask({ do: 'startRun', pairing, executionId: '2' })]);
				expect(answers.sort()).toEqual(['ledger.runInProgress', 'ok']);
			}
		}, 60_000);

		it('race for the allowance of a plan, and exactly one uses it', async () => {
			await openBoth();
			ledger = await openLedger(options);
			for (let round = 0; round < 10; round++) {
				const planId = `plan-${round}`;
				await ledger.savePlan({ planId, pairing: CONTOSO, mode: 'apply', verdict: 'allowed', counts: NO_COUNTS, reasons: [] });
				const answers = await Promise.all([one.ask({ do: 'consumePlan', planId }), two.ask({ do: 'consumePlan', planId })]);
				expect(answers.sort()).toEqual(['ledger.planUsed', 'ok']);
			}
		}, 60_000);

		it('write at the same time and lose nothing', async () => {
			await openBoth();
			const answers = await Promise.all([one.ask({ do: 'work', pairing: CONTOSO, changes: 150 }), two.ask({ do: 'work', pairing: FABRIKAM, changes: 150 })]);
			expect(answers).toEqual(['ok', 'ok']);
			ledger = await openLedger(options);
			expect(await ledger.links(CONTOSO)).toHaveLength(150);
			expect(await ledger.links(FABRIKAM)).toHaveLength(150);
			expect(await ledger.inspect()).toMatchObject({ changes: 300, links: 300 });
		}, 60_000);

		it('leaves the intent open of a process that was killed before it remembered, for the run that takes over', async () => {
			await one.ask({ do: 'open', options });
			await one.ask({ do: 'intendOnly', pairing: CONTOSO, sourceId: 'anna' });
			await one.kill();
			ledger = await openLedger({ ...options, clock: new HandClock(Date.now() + 3600_000) });
			expect(await ledger.openIntents(CONTOSO)).toMatchObject([{ sourceId: 'anna', state: 'intended' }]);
			const { abandoned } = await ledger.startRun({ pairing: CONTOSO, executionId: '2', leaseSeconds: 60 });
			expect(states(await ledger.changesOfRun(abandoned!.runId))).toEqual(['create anna intended']);
		}, 60_000);

		it('keeps all that a process had been told is remembered, however it was killed', async () => {
			await one.ask({ do: 'open', options });
			const work = one.ask({ do: 'work', pairing: CONTOSO, changes: 100_000 }).catch(() => undefined);
			while (one.remembered.length < 40) await new Promise((resolve) => setTimeout(resolve, 5));
			await one.kill();
			ledger = await openLedger(options);
			const links = new Set((await ledger.links(CONTOSO)).map(({ sourceId }) => sourceId));
			expect(one.remembered.filter((person) => !links.has(person))).toEqual([]);
			expect((await ledger.openIntents(CONTOSO)).length).toBeLessThanOrEqual(1);
			// Only its lock is still there, until it expires.
			await expect(begin(ledger, CONTOSO, '2')).rejects.toMatchObject({ code: 'ledger.runInProgress' });
			void work;
		}, 60_000);
	});
}
