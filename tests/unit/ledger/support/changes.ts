import { openLedger, type StoredLedger } from '../../../../sync/ledger';
import { apply, begin, changeOf, CONTOSO, FABRIKAM, HandClock, NOON, refusalOf, states, type Stores } from './samples';

/** Intents, results and the links that they make, whatever database is behind the ledger. */
export function describeChanges(stores: Stores): void {
	describe(`changes and links in ${stores.name}`, () => {
		const clock = new HandClock();
		let ledger: StoredLedger;

		beforeEach(async () => {
			clock.moment = NOON;
			ledger = await openLedger({ ...(await stores.create()), clock });
		});
		afterEach(async () => await ledger.close());

		it('keeps an intent open until it is remembered, and then the link with what was written', async () => {
			const run = await begin(ledger, CONTOSO);
			const changeId = await ledger.intend(changeOf(run, 'anna'));
			expect(await ledger.openIntents(CONTOSO)).toEqual([{ ...changeOf(run, 'anna'), changeId, state: 'intended', intendedAt: NOON }]);
			expect(await ledger.links(CONTOSO)).toEqual([]);
			clock.pass(1);
			await ledger.remember(changeId, { recordId: '100', rule: 'created', written: { name: 'Anna', mobile: null } });
			expect(await ledger.openIntents(CONTOSO)).toEqual([]);
			expect(await ledger.links(CONTOSO)).toEqual([
				{ pairing: CONTOSO, sourceId: 'anna', recordId: '100', rule: 'created', linkedAt: NOON + 1000, lastWritten: { name: 'Anna', mobile: null } },
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
			expect(await ledger.links(CONTOSO)).toMatchObject([{ sourceId: 'anna' }]);
		});

		it('lets a source take over the record of one that is gone, and of no other', async () => {
			const run = await begin(ledger, CONTOSO);
			await apply(ledger, changeOf(run, 'anna'), { recordId: '100' });
			await apply(ledger, changeOf(run, 'ben'), { recordId: '200' });
			const taken = await ledger.intend(changeOf(run, 'carla', { action: 'update', recordId: '200' }));
			expect((await refusalOf(ledger.remember(taken, { rule: 'serial', written: {}, replaces: 'anna' }))).code).toBe('ledger.recordLinked');
			expect((await ledger.links(CONTOSO)).map(({ sourceId }) => sourceId).sort()).toEqual(['anna', 'ben']);
			await apply(ledger, changeOf(run, 'dora', { action: 'update', recordId: '100' }), { rule: 'serial', written: { name: 'PC' }, replaces: 'anna' });
			expect(await ledger.rememberLinks(run.runId, 'p', [{ pairing: CONTOSO, sourceId: 'emil', recordId: '200', label: 'Emil', rule: 'serial', message: '', replaces: 'ben' }])).toEqual([undefined]);
			expect((await ledger.links(CONTOSO)).map(({ sourceId, recordId, rule, lastWritten }) => [sourceId, recordId, rule, lastWritten]).sort()).toEqual([['dora', '100', 'serial', { name: 'PC' }], ['emil', '200', 'serial', {}]]);
		});

		it('tells by a number of each person whether anything was carried out in between, and by nothing else', async () => {
			const run = await begin(ledger, CONTOSO);
			expect(await ledger.lastApplied(CONTOSO, ['anna', 'ben'])).toEqual(new Map());
			await apply(ledger, changeOf(run, 'anna'), { recordId: '100' });
			const first = await ledger.lastApplied(CONTOSO, ['anna', 'ben']);
			expect([...first.keys()]).toEqual(['anna']);
			const open = await ledger.intend(changeOf(run, 'anna', { action: 'update', recordId: '100' }));
			expect(await ledger.lastApplied(CONTOSO, ['anna'])).toEqual(first);
			await ledger.settle(open, 'failed', 'refused');
			expect(await ledger.lastApplied(CONTOSO, ['anna', ...Array.from({ length: 1200 }, (_, index) => `nobody-${index}`)])).toEqual(first);
			expect(await ledger.lastApplied(FABRIKAM, ['anna'])).toEqual(new Map());
			await apply(ledger, changeOf(run, 'anna', { action: 'update', recordId: '100' }), {});
			expect((await ledger.lastApplied(CONTOSO, ['anna'])).get('anna')).toBeGreaterThan(first.get('anna')!);
		});

		it('keeps the same person and the same record id apart in two customers', async () => {
			await apply(ledger, changeOf(await begin(ledger, CONTOSO), 'anna'), { recordId: '100' });
			await apply(ledger, changeOf(await begin(ledger, FABRIKAM), 'ben'), { recordId: '100' });
			expect(await ledger.links(CONTOSO)).toMatchObject([{ sourceId: 'anna' }]);
			expect(await ledger.links(FABRIKAM)).toMatchObject([{ sourceId: 'ben' }]);
			expect(await ledger.listLinks({ limit: 10 })).toHaveLength(2);
			expect(await ledger.listLinks({ limit: 1 })).toHaveLength(1);
			expect(await ledger.listLinks({ pairing: { customerId: '8' }, limit: 10 })).toMatchObject([{ sourceId: 'ben' }]);
			expect(await ledger.listLinks({ sourceId: 'anna', limit: 10 })).toMatchObject([{ pairing: CONTOSO }]);
		});

		it('drops the link with an undone create, but not one that has moved on', async () => {
			const run = await begin(ledger, CONTOSO);
			await apply(ledger, changeOf(run, 'anna'), { recordId: '100' });
			await apply(ledger, changeOf(run, 'ben'), { recordId: '101' });
			await apply(ledger, changeOf(run, 'ben', { action: 'link', recordId: '102' }));
			await apply(ledger, changeOf(run, 'anna', { action: 'delete', recordId: '100' }), { unlink: true });
			await apply(ledger, changeOf(run, 'ben', { action: 'delete', recordId: '101' }), { unlink: true });
			expect(await ledger.links(CONTOSO)).toMatchObject([{ sourceId: 'ben', recordId: '102' }]);
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
			expect(await ledger.openIntents(CONTOSO)).toMatchObject([{ sourceId: 'ben' }]);
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
			expect(await ledger.openIntents(CONTOSO)).toMatchObject([{ sourceId: 'ben' }]);
		});

		it('lists only creates as open, oldest first', async () => {
			const run = await begin(ledger, CONTOSO);
			await ledger.intend(changeOf(run, 'anna', { action: 'update', recordId: '1' }));
			await ledger.intend(changeOf(run, 'zoe'));
			await ledger.intend(changeOf(run, 'ben'));
			expect((await ledger.openIntents(CONTOSO)).map((intent) => intent.sourceId)).toEqual(['zoe', 'ben']);
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

		it('remembers many pairs in one step; one that belongs to somebody else is refused alone', async () => {
			const run = await begin(ledger, CONTOSO);
			await apply(ledger, changeOf(run, 'zoe'), { recordId: '3' });
			await ledger.intend(changeOf(run, 'anna'));
			const links = ['anna', 'ben', 'carl', 'dora'].map((sourceId, index) => ({ pairing: CONTOSO, sourceId, recordId: `${index + 1}`, label: `Person ${sourceId}`, rule: 'email', message: 'The pair is remembered.' }));
			clock.pass(1);
			const refusals = await ledger.rememberLinks(run.runId, 'plan-1', links);
			expect(refusals.map((refused) => refused?.code)).toEqual([undefined, undefined, 'ledger.recordLinked', undefined]);
			expect((await ledger.links(CONTOSO)).map(({ sourceId, recordId }) => `${sourceId} ${recordId}`).sort()).toEqual(['anna 1', 'ben 2', 'dora 4', 'zoe 3']);
			expect(await ledger.openIntents(CONTOSO)).toEqual([]);
			const recorded = await ledger.changesOfRun(run.runId);
			expect(states(recorded.slice(1))).toEqual(['create anna dropped', 'link anna applied', 'link ben applied', 'link carl failed', 'link dora applied']);
			expect(recorded[3]).toEqual({ ...recorded[2], changeId: recorded[3].changeId, sourceId: 'ben', recordId: '2', label: 'Person ben', fields: [], message: 'The pair is remembered.', intendedAt: NOON + 1000, settledAt: NOON + 1000 });
			expect(await ledger.rememberLinks(run.runId, 'plan-1', [{ ...links[0], unlink: true, message: 'The pair is forgotten.' }])).toEqual([undefined]);
			expect((await ledger.links(CONTOSO)).map(({ sourceId }) => sourceId)).not.toContain('anna');
			const elsewhere = { ...links[0], pairing: FABRIKAM };
			expect((await refusalOf(ledger.rememberLinks(run.runId, 'plan-1', [links[1], elsewhere]))).code).toBe('ledger.otherPairing');
			await ledger.finishRun(run.runId, { status: 'succeeded' });
			expect((await refusalOf(ledger.rememberLinks(run.runId, 'plan-1', links))).code).toBe('ledger.leaseLost');
		});

		it('lets nobody be created twice: not in one run, and not while linked', async () => {
			const run = await begin(ledger, CONTOSO);
			const code = async (more: Parameters<typeof changeOf>[2] = {}, of = run) => (await refusalOf(ledger.intend(changeOf(of, 'anna', more)))).code;
			const failed = await ledger.intend(changeOf(run, 'anna'));
			expect(await code()).toBe('ledger.alreadyCreated');
			await ledger.settle(failed, 'failed', 'E-mail is taken');
			const arrived = await ledger.intend(changeOf(run, 'anna'));
			await ledger.remember(arrived, { recordId: '100', rule: 'created', written: {} });
			expect(await code()).toBe('ledger.alreadyCreated');
			await ledger.forgetLink({ pairing: CONTOSO, sourceId: 'anna' });
			expect(await code()).toBe('ledger.alreadyCreated');
			await ledger.finishRun(run.runId, { status: 'succeeded' });

			const next = await begin(ledger, CONTOSO, '2');
			await apply(ledger, changeOf(next, 'anna', { action: 'link', recordId: '100' }));
			const refused = await refusalOf(ledger.intend(changeOf(next, 'anna')));
			expect(refused).toMatchObject({ class: 'ledger', code: 'ledger.alreadyCreated', message: expect.stringContaining('"Person anna"') });
			expect(refused.message).toContain('record 100');
			await apply(ledger, changeOf(next, 'anna', { action: 'delete', recordId: '100' }), { unlink: true });
			await expect(ledger.intend(changeOf(next, 'anna'))).resolves.toBeDefined();
			await expect(ledger.intend(changeOf(await begin(ledger, FABRIKAM), 'anna'))).resolves.toBeDefined();
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
			expect(await ledger.forgetLink({ pairing: CONTOSO, sourceId: 'anna' })).toBe(1);
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
}
