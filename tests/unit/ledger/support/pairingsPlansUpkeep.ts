import { openLedger, type LedgerOptions, type StoredLedger } from '../../../../sync/ledger';
import { MIGRATIONS } from '../../../../sync/ledger/schema';
import { apply, begin, changeOf, CONTOSO, FABRIKAM, HandClock, NO_COUNTS, NOON, refusalOf, type Stores } from './samples';

/** Pairings, whatever database is behind the ledger. */
export function describePairings(stores: Stores): void {
	describe(`pairings in ${stores.name}`, () => {
		const clock = new HandClock();
		let ledger: StoredLedger;

		beforeEach(async () => {
			clock.moment = NOON;
			ledger = await openLedger({ ...(await stores.create()), clock });
		});
		afterEach(async () => await ledger.close());

		const contoso = { ...CONTOSO, tenantName: 'Contoso', tenantDomains: ['contoso.com'], customerName: 'Contoso Ltd' };

		it('keeps names and domains, and lists them by any part', async () => {
			expect(await ledger.setPairing(contoso, { replace: false })).toEqual({ ...contoso, pairedAt: NOON });
			await ledger.setPairing({ ...FABRIKAM, tenantDomains: [] }, { replace: false });
			expect(await ledger.listPairings({})).toHaveLength(2);
			expect(await ledger.listPairings({ customerId: '7' })).toEqual([{ ...contoso, pairedAt: NOON }]);
		});

		it.each([
			['the tenant with another customer', { ...CONTOSO, customerId: '99' }],
			['the customer with another tenant', { ...CONTOSO, tenantId: FABRIKAM.tenantId }],
		])('refuses to pair %s, by name, for a pairing and for a run', async (_, wrong) => {
			await ledger.setPairing(contoso, { replace: false });
			for (const attempt of [ledger.setPairing({ ...wrong, tenantDomains: [] }, { replace: false }), begin(ledger, wrong)]) {
				const refused = await refusalOf(attempt);
				expect(refused).toMatchObject({ class: 'ledger', code: 'ledger.pairingConflict' });
				expect(refused.message).toContain('tenant "Contoso"');
				expect(refused.message).toContain('customer "Contoso Ltd" (7)');
			}
			expect(await ledger.listPairings({})).toHaveLength(1);
		});

		it('lets the same tenant belong to a customer of another account', async () => {
			await ledger.setPairing(contoso, { replace: false });
			await expect(ledger.setPairing({ ...CONTOSO, account: 'other', customerId: '99', tenantDomains: [] }, { replace: false })).resolves.toBeDefined();
		});

		it('lets a tentative pairing stand in nobody\'s way', async () => {
			const tried = { ...CONTOSO, customerId: '99', tenantDomains: [] };
			expect(await ledger.setPairing({ ...tried, tentative: true }, { replace: false })).toMatchObject({ customerId: '99', tentative: true });
			await expect(begin(ledger, CONTOSO)).resolves.toBeDefined();
			const firm = await ledger.setPairing(contoso, { replace: false });
			expect(firm).not.toHaveProperty('tentative');
			expect(await ledger.listPairings({ tenantId: CONTOSO.tenantId })).toEqual([firm]);
			await expect(ledger.setPairing({ ...tried, tentative: true }, { replace: false })).rejects.toMatchObject({ code: 'ledger.pairingConflict' });
			expect(await ledger.setPairing({ ...contoso, tentative: true }, { replace: false })).not.toHaveProperty('tentative');
		});

		it('replaces what contradicts when told to', async () => {
			await ledger.setPairing(contoso, { replace: false });
			await ledger.setPairing({ ...FABRIKAM, tenantDomains: [] }, { replace: false });
			const crossed = { ...CONTOSO, customerId: FABRIKAM.customerId };
			await ledger.setPairing({ ...crossed, tenantDomains: [] }, { replace: true });
			expect(await ledger.listPairings({})).toMatchObject([crossed]);
		});

		it('removes a pairing and keeps its links', async () => {
			await ledger.setPairing(contoso, { replace: false });
			await apply(ledger, changeOf(await begin(ledger, CONTOSO), 'anna'), { recordId: '100' });
			expect(await ledger.removePairing(CONTOSO)).toBe(true);
			expect(await ledger.removePairing(CONTOSO)).toBe(false);
			expect(await ledger.links(CONTOSO)).toHaveLength(1);
		});
	});
}

/** Plans, whatever database is behind the ledger. */
export function describePlans(stores: Stores): void {
	describe(`plans in ${stores.name}`, () => {
		const clock = new HandClock();
		let ledger: StoredLedger;

		beforeEach(async () => {
			clock.moment = NOON;
			ledger = await openLedger({ ...(await stores.create()), clock });
		});
		afterEach(async () => await ledger.close());

		const plan = { planId: 'plan-1', pairing: CONTOSO, mode: 'apply' as const, verdict: 'held' as const, counts: NO_COUNTS, reasons: ['40 creates, limit 10'] };

		it('remembers when a plan was first seen, however often it is computed again', async () => {
			expect(await ledger.savePlan(plan)).toEqual({ ...plan, firstSeenAt: NOON });
			clock.pass(3600);
			expect(await ledger.savePlan({ ...plan, verdict: 'allowed' })).toEqual({ ...plan, verdict: 'allowed', firstSeenAt: NOON });
			expect(await ledger.getPlan('plan-1')).toMatchObject({ verdict: 'allowed' });
			expect(await ledger.getPlan('plan-2')).toBeUndefined();
		});

		it('lets a plan that stays held over a weekend be allowed on Monday, but never one that was used', async () => {
			await ledger.savePlan(plan);
			clock.pass(11 * 3600);
			expect(await ledger.savePlan(plan)).toMatchObject({ firstSeenAt: NOON });
			clock.pass(61 * 3600);
			expect(await ledger.savePlan({ ...plan, verdict: 'allowed' })).toMatchObject({ firstSeenAt: NOON });
			expect(await ledger.savePlan(plan)).toMatchObject({ firstSeenAt: NOON + 72 * 3600_000 });
			await ledger.consumePlan('plan-1');
			clock.pass(72 * 3600);
			expect(await ledger.savePlan(plan)).toMatchObject({ firstSeenAt: NOON + 72 * 3600_000, consumedAt: expect.any(Number) });
		});

		it('lets a held plan be used once', async () => {
			await ledger.savePlan(plan);
			await ledger.consumePlan('plan-1');
			const refused = await refusalOf(ledger.consumePlan('plan-1'));
			expect(refused).toMatchObject({ class: 'ledger', code: 'ledger.planUsed' });
			expect(refused.message).toContain('2026-11-22 12:00:00 UTC');
			expect(await ledger.savePlan(plan)).toMatchObject({ consumedAt: NOON });
			expect((await refusalOf(ledger.consumePlan('plan-2'))).code).toBe('ledger.unknownPlan');
		});
	});
}

/** Upkeep, whatever database is behind the ledger. */
export function describeUpkeep(stores: Stores): void {
	describe(`upkeep in ${stores.name}`, () => {
		const clock = new HandClock();
		let options: LedgerOptions;
		let ledger: StoredLedger;

		beforeEach(async () => {
			clock.moment = NOON;
			options = { ...(await stores.create()), clock };
			ledger = await openLedger(options);
		});
		afterEach(async () => await ledger.close());

		it('erases every trace of a person and keeps the counts', async () => {
			const run = await begin(ledger, CONTOSO);
			const other = await begin(ledger, FABRIKAM);
			await apply(ledger, changeOf(run, 'anna', { label: 'Anna Wolf', fields: [{ field: 'name', label: 'Name', after: 'Anna Wolf' }] }), { recordId: '1', written: { name: 'Anna Wolf' }, message: 'Anna Wolf was created' });
			await ledger.intend(changeOf(other, 'anna', { label: 'Anna Wolf' }));
			const held = await ledger.intend(changeOf(run, 'ben'));
			await ledger.settle(held, 'failed', 'The e-mail belongs to Anna Wolf (anna)');
			await ledger.finishRun(run.runId, { status: 'partial', message: 'Anna Wolf could not be updated', counts: { applied: 1 } });
			await ledger.reportTenant(CONTOSO.tenantId, { succeeded: false, message: 'Failed: Anna Wolf could not be updated' });
			expect(await ledger.erasePerson('anna')).toEqual({ links: 1, changes: 2 });
			expect(await ledger.openIntents(FABRIKAM)).toEqual([]);
			const left = JSON.stringify([await ledger.listRuns({ limit: 9 }), await ledger.changesOfRun(run.runId), await ledger.changesOfRun(other.runId), await ledger.listLinks({ limit: 9 }), await ledger.tenantStates()]);
			expect(left).not.toMatch(/anna/i);
			expect(await ledger.changesOfRun(run.runId)).toMatchObject([{ action: 'create', state: 'applied', fields: [] }, { sourceId: 'ben' }]);
			expect(await ledger.getRun(run.runId)).toMatchObject({ counts: { applied: 1 } });
			expect(await ledger.erasePerson('anna')).toEqual({ links: 0, changes: 0 });
		});

		it('erases what was found about a person, and nobody whose id only looks alike', async () => {
			const run = await begin(ledger, CONTOSO);
			await apply(ledger, changeOf(run, 'noMfa:anna', { label: 'Anna Wolf has no MFA' }), { recordId: '1' });
			await apply(ledger, changeOf(run, 'noMfa:joanna'), { recordId: '2' });
			expect(await ledger.erasePerson('anna')).toEqual({ links: 1, changes: 1 });
			expect(await ledger.links(CONTOSO)).toMatchObject([{ sourceId: 'noMfa:joanna' }]);
		});

		it('erases names as a whole only, and no short one out of messages', async () => {
			const run = await begin(ledger, CONTOSO);
			for (const [person, label] of [['e-1', 'e'], ['ann-1', 'Ann (x)']]) await ledger.settle(await ledger.intend(changeOf(run, person, { label })), 'failed', 'refused');
			const bystander = await ledger.intend(changeOf(run, 'ben'));
			const message = 'Ann (x)abel refused the request of "Ann (x)"; see JoAnn (x), e and ann-12.';
			await ledger.settle(bystander, 'failed', message);
			await ledger.erasePerson('e-1');
			expect((await ledger.changesOfRun(run.runId)).at(-1)!.message).toBe(message);
			await ledger.erasePerson('ann-1');
			expect((await ledger.changesOfRun(run.runId)).at(-1)!.message).toBe('Ann (x)abel refused the request of "(erased)"; see JoAnn (x), e and ann-12.');
		});

		it('prunes ended runs with their changes and plans; open creates, the last good run and newer things stay', async () => {
			const save = async (planId: string) => await ledger.savePlan({ planId, pairing: CONTOSO, mode: 'apply', verdict: 'ok', counts: NO_COUNTS, reasons: [] });
			const finish = async (runId: string, planId: string, status: 'succeeded' | 'failed') => {
				await save(planId);
				await ledger.notePlan(runId, planId, 10, NO_COUNTS);
				await ledger.finishRun(runId, { status });
			};
			const old = await begin(ledger, CONTOSO, '1');
			await apply(ledger, changeOf(old, 'anna'), { recordId: '1' });
			const open = await ledger.intend(changeOf(old, 'ben'));
			await finish(old.runId, 'plan-old', 'failed');
			const good = await begin(ledger, CONTOSO, '2');
			await apply(ledger, changeOf(good, 'carl'), { recordId: '2' });
			await finish(good.runId, 'plan-good', 'succeeded');
			clock.pass(86_400);
			const recent = await begin(ledger, CONTOSO, '3');
			await apply(ledger, changeOf(recent, 'dora'), { recordId: '3' });
			await finish(recent.runId, 'plan-recent', 'failed');

			expect(await ledger.prune(clock.now() - 3600_000)).toBe(1);
			expect((await ledger.listRuns({ limit: 9 })).map((run) => run.runId)).toEqual([recent.runId, good.runId]);
			expect((await ledger.changesOfRun(old.runId)).map((change) => change.changeId)).toEqual([open]);
			expect(await ledger.changesOfRun(good.runId)).toEqual([]);
			expect(await ledger.changesOfRun(recent.runId)).toHaveLength(1);
			expect(await ledger.getPlan('plan-old')).toBeUndefined();
			expect(await ledger.getPlan('plan-recent')).toBeDefined();
			expect(await ledger.links(CONTOSO)).toHaveLength(3);

			await ledger.settle(open, 'dropped', 'not there');
			await ledger.prune(clock.now() - 3600_000);
			expect(await ledger.changesOfRun(old.runId)).toEqual([]);
		});

		it('proves that it can be written, and counts what it holds', async () => {
			await apply(ledger, changeOf(await begin(ledger, CONTOSO), 'anna'), { recordId: '1' });
			expect(await ledger.inspect()).toEqual({ location: expect.any(String), schemaVersion: MIGRATIONS.length, runs: 1, links: 1, changes: 1, plans: 0, pairings: 0, cursors: 0 });
		});

		it('holds what it held when it is opened again', async () => {
			await apply(ledger, changeOf(await begin(ledger, CONTOSO), 'anna'), { recordId: '1' });
			await ledger.close();
			ledger = await openLedger(options);
			expect(await ledger.links(CONTOSO)).toMatchObject([{ sourceId: 'anna' }]);
		});

		it('serves two who opened it until the last has closed it', async () => {
			const second = await openLedger(options);
			await second.close();
			await second.close();
			expect(await ledger.listRuns({ limit: 1 })).toEqual([]);
		});
	});
}
