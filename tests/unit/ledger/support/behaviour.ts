import { openLedger, type LedgerOptions, type StoredLedger } from '../../../../sync/ledger';
import { apply, begin, changeOf, CONTOSO, FABRIKAM, HandClock, NO_COUNTS, NOON, refusalOf, states, type Stores } from './samples';

/** What every ledger must do, whatever database is behind it. */
export function describeBehaviour(stores: Stores): void {
	describe(`a ledger in ${stores.name}`, () => {
		let clock: HandClock;
		let options: LedgerOptions;
		let ledger: StoredLedger;

		beforeEach(async () => {
			clock = new HandClock();
			options = { ...(await stores.create()), clock };
			ledger = await openLedger(options);
		});
		afterEach(async () => await ledger.close());

		describe('runs', () => {
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
				expect(await ids({ pairing: { account: '%' }, limit: 10 })).toEqual([]);
			});
		});

		describe('pairings', () => {
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

		describe('changes and links', () => {
			it('keeps an intent open until it is remembered, and then the link with what was written', async () => {
				const run = await begin(ledger, CONTOSO);
				const changeId = await ledger.intend(changeOf(run, 'anna'));
				expect(await ledger.openIntents(CONTOSO)).toEqual([{ ...changeOf(run, 'anna'), changeId, state: 'intended', intendedAt: NOON }]);
				expect(await ledger.links(CONTOSO)).toEqual([]);
				clock.pass(1);
				await ledger.remember(changeId, { recordId: '100', rule: 'created', written: { name: 'Anna', mobile: null } });
				expect(await ledger.openIntents(CONTOSO)).toEqual([]);
				expect(await ledger.links(CONTOSO)).toEqual([
					{ pairing: CONTOSO, personId: 'anna', recordId: '100', rule: 'created', linkedAt: NOON + 1000, lastWritten: { name: 'Anna', mobile: null } },
				]);
				expect(await ledger.changesOfRun(run.runId)).toMatchObject([
					{ state: 'applied', recordId: '100', settledAt: NOON + 1000, written: { name: 'Anna', mobile: null } },
				]);
			});

			it('lays what was written over what was written before, and keeps how the pair was found', async () => {
				const run = await begin(ledger, CONTOSO);
				await apply(ledger, changeOf(run, 'anna'), { recordId: '100', rule: 'email', written: { name: 'Anna', city: 'Bonn' } });
				clock.pass(9);
				await apply(ledger, changeOf(run, 'anna', { action: 'update', recordId: '100' }), { rule: 'link', written: { city: null, zip: '1' } });
				expect(await ledger.links(CONTOSO)).toMatchObject([{ rule: 'email', linkedAt: NOON, lastWritten: { name: 'Anna', city: null, zip: '1' } }]);
			});

			it('starts afresh when a person moves to another record', async () => {
				const run = await begin(ledger, CONTOSO);
				await apply(ledger, changeOf(run, 'anna'), { recordId: '100', written: { name: 'Anna' } });
				await apply(ledger, changeOf(run, 'anna', { action: 'link', recordId: '101' }), { rule: 'manual', written: { zip: '1' } });
				expect(await ledger.links(CONTOSO)).toMatchObject([{ recordId: '101', rule: 'manual', lastWritten: { zip: '1' } }]);
			});

			it('links one record to one person only, and leaves the intent open', async () => {
				const run = await begin(ledger, CONTOSO);
				await apply(ledger, changeOf(run, 'anna'), { recordId: '100' });
				const changeId = await ledger.intend(changeOf(run, 'ben'));
				const refused = await refusalOf(ledger.remember(changeId, { recordId: '100', rule: 'email', written: {} }));
				expect(refused).toMatchObject({ class: 'ledger', code: 'ledger.recordLinked' });
				expect(refused.message).toMatch(/"Person ben".*record 100.*person anna/);
				expect(await ledger.openIntents(CONTOSO)).toHaveLength(1);
				expect(await ledger.links(CONTOSO)).toMatchObject([{ personId: 'anna' }]);
			});

			it('keeps the same person and the same record id apart in two customers', async () => {
				await apply(ledger, changeOf(await begin(ledger, CONTOSO), 'anna'), { recordId: '100' });
				await apply(ledger, changeOf(await begin(ledger, FABRIKAM), 'ben'), { recordId: '100' });
				expect(await ledger.links(CONTOSO)).toMatchObject([{ personId: 'anna' }]);
				expect(await ledger.links(FABRIKAM)).toMatchObject([{ personId: 'ben' }]);
				expect(await ledger.listLinks({ limit: 10 })).toHaveLength(2);
				expect(await ledger.listLinks({ limit: 1 })).toHaveLength(1);
				expect(await ledger.listLinks({ pairing: { customerId: '8' }, limit: 10 })).toMatchObject([{ personId: 'ben' }]);
				expect(await ledger.listLinks({ personId: 'anna', limit: 10 })).toMatchObject([{ pairing: CONTOSO }]);
			});

			it('drops the link with an undone create, but not one that has moved on', async () => {
				const run = await begin(ledger, CONTOSO);
				await apply(ledger, changeOf(run, 'anna'), { recordId: '100' });
				await apply(ledger, changeOf(run, 'ben'), { recordId: '101' });
				await apply(ledger, changeOf(run, 'ben', { action: 'link', recordId: '102' }));
				await apply(ledger, changeOf(run, 'anna', { action: 'delete', recordId: '100' }), { unlink: true });
				await apply(ledger, changeOf(run, 'ben', { action: 'delete', recordId: '101' }), { unlink: true });
				expect(await ledger.links(CONTOSO)).toMatchObject([{ personId: 'ben', recordId: '102' }]);
			});

			it('drops older open creates of a person whose change arrives', async () => {
				const dead = await begin(ledger, CONTOSO, '1', 60);
				const older = await ledger.intend(changeOf(dead, 'anna'));
				await ledger.intend(changeOf(dead, 'ben'));
				clock.pass(61);
				const run = await begin(ledger, CONTOSO, '2');
				expect((await ledger.openIntents(CONTOSO))[0].changeId).toBe(older);
				await apply(ledger, changeOf(run, 'anna'), { recordId: '100' });
				expect(states(await ledger.changesOfRun(dead.runId))).toEqual(['create anna dropped', 'create ben intended']);
				expect(await ledger.openIntents(CONTOSO)).toMatchObject([{ personId: 'ben' }]);
			});

			it('settles what did not arrive, and leaves open what nobody knows', async () => {
				const run = await begin(ledger, CONTOSO);
				const failed = await ledger.intend(changeOf(run, 'anna'));
				const unknown = await ledger.intend(changeOf(run, 'ben'));
				const arrived = await apply(ledger, changeOf(run, 'carl'), { recordId: '100' });
				await ledger.settle(failed, 'failed', 'E-mail is taken');
				await ledger.settle(unknown, 'intended', 'The reply was lost');
				await ledger.settle(arrived, 'failed', 'The reply to remember was lost');
				expect(await ledger.changesOfRun(run.runId)).toMatchObject([
					{ state: 'failed', message: 'E-mail is taken', settledAt: NOON },
					{ state: 'intended', message: 'The reply was lost' },
					{ state: 'applied' },
				]);
				expect(await ledger.openIntents(CONTOSO)).toMatchObject([{ personId: 'ben' }]);
			});

			it('lists only creates as open, oldest first', async () => {
				const run = await begin(ledger, CONTOSO);
				await ledger.intend(changeOf(run, 'anna', { action: 'update', recordId: '1' }));
				await ledger.intend(changeOf(run, 'zoe'));
				await ledger.intend(changeOf(run, 'ben'));
				expect((await ledger.openIntents(CONTOSO)).map((intent) => intent.personId)).toEqual(['zoe', 'ben']);
			});

			it('lets only the holder of the lock announce a write', async () => {
				const dead = await begin(ledger, CONTOSO, '1', 60);
				clock.pass(60);
				await begin(ledger, CONTOSO, '2');
				expect((await refusalOf(ledger.intend(changeOf(dead, 'anna')))).code).toBe('ledger.leaseLost');
				expect((await refusalOf(ledger.intend({ ...changeOf(dead, 'anna'), runId: 'none' }))).code).toBe('ledger.unknownRun');
				const fabrikam = await begin(ledger, FABRIKAM);
				expect((await refusalOf(ledger.intend({ ...changeOf(fabrikam, 'anna'), pairing: CONTOSO }))).code).toBe('ledger.otherPairing');
				expect(await ledger.openIntents(CONTOSO)).toEqual([]);
			});

			it('refuses to remember or settle a change that it does not know, or a create without an id', async () => {
				expect((await refusalOf(ledger.remember('x', { rule: 'r', written: {} }))).code).toBe('ledger.unknownChange');
				expect((await refusalOf(ledger.settle('x', 'failed', 'm'))).code).toBe('ledger.unknownChange');
				const changeId = await ledger.intend(changeOf(await begin(ledger, CONTOSO), 'anna'));
				expect((await refusalOf(ledger.remember(changeId, { rule: 'created', written: {} }))).code).toBe('ledger.noRecordId');
			});

			it('forgets links of a person, a record or a pairing, and nothing wider', async () => {
				const run = await begin(ledger, CONTOSO);
				for (const [person, recordId] of [['anna', '1'], ['ben', '2'], ['carl', '3']]) await apply(ledger, changeOf(run, person), { recordId });
				await apply(ledger, changeOf(await begin(ledger, FABRIKAM), 'anna'), { recordId: '1' });
				expect((await refusalOf(ledger.forgetLink({}))).code).toBe('ledger.tooWide');
				expect((await refusalOf(ledger.forgetLink({ pairing: { target: 'syncro' } }))).code).toBe('ledger.tooWide');
				expect(await ledger.forgetLink({ pairing: CONTOSO, personId: 'anna' })).toBe(1);
				expect(await ledger.forgetLink({ pairing: CONTOSO, recordId: '2' })).toBe(1);
				expect(await ledger.forgetLink({ pairing: CONTOSO })).toBe(1);
				expect(await ledger.listLinks({ limit: 10 })).toMatchObject([{ pairing: FABRIKAM }]);
			});

			it('keeps awkward words as they are', async () => {
				const run = await begin(ledger, CONTOSO);
				const label = `Zoë O'Brien-“Łukasz” 😀 ? $1 %_! \\ -- ; DROP TABLE`;
				await apply(ledger, changeOf(run, 'anna', { label, fields: [{ field: 'name', label: 'Name', before: null, after: label }] }), { recordId: '1', written: { 'properties.Job Title': label } });
				expect(await ledger.changesOfRun(run.runId)).toMatchObject([{ label, fields: [{ before: null, after: label }] }]);
				expect((await ledger.links(CONTOSO))[0].lastWritten).toEqual({ 'properties.Job Title': label });
			});
		});

		describe('plans', () => {
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

		describe('upkeep', () => {
			it('erases every trace of a person and keeps the counts', async () => {
				const run = await begin(ledger, CONTOSO);
				const other = await begin(ledger, FABRIKAM);
				await apply(ledger, changeOf(run, 'anna', { label: 'Anna Wolf', fields: [{ field: 'name', label: 'Name', after: 'Anna Wolf' }] }), { recordId: '1', written: { name: 'Anna Wolf' }, message: 'Anna Wolf was created' });
				await ledger.intend(changeOf(other, 'anna', { label: 'Anna Wolf' }));
				const held = await ledger.intend(changeOf(run, 'ben'));
				await ledger.settle(held, 'failed', 'The e-mail belongs to Anna Wolf (anna)');
				await ledger.finishRun(run.runId, { status: 'partial', message: 'Anna Wolf could not be updated', counts: { applied: 1 } });
				expect(await ledger.erasePerson('anna')).toEqual({ links: 1, changes: 2 });
				expect(await ledger.openIntents(FABRIKAM)).toEqual([]);
				const left = JSON.stringify([await ledger.listRuns({ limit: 9 }), await ledger.changesOfRun(run.runId), await ledger.changesOfRun(other.runId), await ledger.listLinks({ limit: 9 })]);
				expect(left).not.toMatch(/anna/i);
				expect(await ledger.changesOfRun(run.runId)).toMatchObject([{ action: 'create', state: 'applied', fields: [] }, { personId: 'ben' }]);
				expect(await ledger.getRun(run.runId)).toMatchObject({ counts: { applied: 1 } });
				expect(await ledger.erasePerson('anna')).toEqual({ links: 0, changes: 0 });
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
				expect(await ledger.inspect()).toEqual({ location: expect.any(String), schemaVersion: 1, runs: 1, links: 1, changes: 1, plans: 0, pairings: 0 });
			});

			it('holds what it held when it is opened again', async () => {
				await apply(ledger, changeOf(await begin(ledger, CONTOSO), 'anna'), { recordId: '1' });
				await ledger.close();
				ledger = await openLedger(options);
				expect(await ledger.links(CONTOSO)).toMatchObject([{ personId: 'anna' }]);
			});

			it('serves two who opened it until the last has closed it', async () => {
				const second = await openLedger(options);
				await second.close();
				await second.close();
				expect(await ledger.listRuns({ limit: 1 })).toEqual([]);
			});
		});
	});
}
