import { DatabaseSync } from 'node:sqlite';
import { HARBOR_TENANT_ID, PEOPLE, SPB, type TenantDirectory } from '../../simulators/world';
import type { Executed } from './support/inProcess';
import { openWorkbench, type Workbench } from './support/tenantAndCustomer';

/** The template for one tenant and one customer, with changes in place of the whole list. */
const TEMPLATE = 'syncro-contacts';
const CHANGES = { 'Get People': { operation: 'getChanges' } };

let bench: Workbench;
let harbor: TenantDirectory;
beforeEach(async () => {
	bench = await openWorkbench();
	harbor = bench.simulators.microsoft.world.tenant(HARBOR_TENANT_ID);
}, 60_000);
afterEach(async () => await bench.stop());

const run = async (settings: Record<string, unknown> = {}, parameters: Record<string, Record<string, unknown>> = {}) => await bench.run(TEMPLATE, { preview: false, ...settings }, { ...CHANGES, ...parameters });
const preview = async () => await run({ preview: true });
/** The run that reads everything and brings the customer in step. */
const begin = async () => {
	const executed = await run();
	expect(finished(executed)).toMatchObject({ status: 'succeeded', cursorsMoved: 1 });
};
const people = (executed: Executed) => executed.output('Get People')! as Array<{ id: string; kind: string; mode: string; why?: string; whereabouts?: string }>;
const summary = (executed: Executed) => executed.output('Plan Changes', 2)![0] as { planId: string; verdict: string; listMode: string; counts: Record<string, number> };
const planned = (executed: Executed) => (executed.output('Plan Changes', 0) as Array<{ kind: string; action: string; sourceId: string }>).filter(({ kind }) => kind === 'change').map(({ action, sourceId }) => `${action} ${sourceId}`);
const finished = (executed: Executed) => executed.output('Finish Run')![0] as { status: string; cursorsMoved?: number; cursorsKept?: string; sourceCount?: number; runId: string };
const modes = (executed: Executed) => [...new Set(people(executed).map(({ mode }) => mode))];
const contact = (email: string) => bench.simulators.syncro.state.contactsOf(101).find((one) => one.email === email);
const rename = (id: string, displayName: string) => harbor.updateUser(id, { displayName });

describe('a customer who is kept in step change by change', () => {
	it('is compared as a whole first, and then gets exactly what changed', async () => {
		const whole = await bench.run(TEMPLATE, { preview: true });
		const first = await run();
		expect(modes(first)).toEqual(['reconcile']);
		expect(summary(first)).toMatchObject({ listMode: 'reconcile', counts: summary(whole).counts });
		expect(finished(first)).toMatchObject({ status: 'succeeded', cursorsMoved: 1, sourceCount: 15 });

		const quiet = await run();
		// Dana is held: two contacts fit her. She stands open, and nobody else is looked at.
		expect(people(quiet).map(({ id, why }) => [id, why])).toEqual([[PEOPLE.dana, 'open']]);
		expect(planned(quiet)).toEqual([]);

		rename(PEOPLE.ada, 'Ada Nyberg');
		const renamed = await run();
		expect(modes(renamed)).toEqual(['incremental']);
		expect(planned(renamed)).toEqual([`update ${PEOPLE.ada}`]);
		expect(summary(renamed)).toMatchObject({ verdict: 'ok', listMode: 'incremental', counts: { sources: 2, records: 18, update: 1, unmanaged: 0 } });
		expect(finished(renamed)).toMatchObject({ status: 'succeeded', cursorsMoved: 1 });
		expect(finished(renamed)).not.toHaveProperty('sourceCount');
		expect(contact('ada.brandt@harbordental.example')).toMatchObject({ name: 'Ada Nyberg' });
		expect(planned(await run())).toEqual([]);
	});

	it('says that nobody changed, when nobody did and nobody stands open', async () => {
		harbor.softDeleteUser(PEOPLE.dana);
		await begin();
		const quiet = await run();
		expect(people(quiet)).toMatchObject([{ kind: 'emptyList', list: 'people', mode: 'incremental' }]);
		expect(quiet.error).toBe('');
		expect(finished(quiet)).toMatchObject({ status: 'succeeded', cursorsMoved: 1 });
	});

	it.each(['getMany', 'getChanges'])('loses the licence of a leaver whose account is only disabled, which the list leaves out (%s)', async (operation) => {
		const row = [
			{ field: 'name', source: 'displayName', whenBlank: 'keep' },
			{ field: 'email', source: 'email', whenBlank: 'keep' },
			{ field: '__custom__', customField: 'azure_license', source: 'licenceFamily', whenBlank: 'keep' },
		];
		const sync = async () =>
			await run({}, { 'Get People': { operation, properties: ['displayName', 'mail', 'userPrincipalName', 'userType', 'accountEnabled', 'email', 'licenceFamily'] }, 'Plan Changes': { mapping_syncro: { row } } });
		const licence = () => contact('ada.brandt@harbordental.example')!.properties.azure_license;
		await sync();
		expect(licence()).toBe('Microsoft 365 Business Premium');
		harbor.disableUser(PEOPLE.ada);
		expect(planned(await sync())).toEqual([]);
		harbor.removeLicence(PEOPLE.ada, SPB);
		expect(planned(await sync())).toEqual([`update ${PEOPLE.ada}`]);
		expect(licence()).toBe('');
		expect(planned(await sync())).toEqual([]);
	});

	it('gets a change that failed in the next run, though nothing changed since', async () => {
		await begin();
		rename(PEOPLE.ada, 'Ada Nyberg');
		rename(PEOPLE.zoe, 'Zoë Ngata');
		bench.simulators.syncro.faults.add({ path: '/contacts/5001', method: 'PUT', fault: { kind: 'answer', status: 422, body: { error: 'no' } }, times: Infinity });
		const partly = await run();
		expect(finished(partly)).toMatchObject({ status: 'partial', cursorsMoved: 1 });
		bench.simulators.syncro.faults.clear();
		const again = await run();
		expect(people(again).find(({ id }) => id === PEOPLE.ada)).toMatchObject({ why: 'open', mode: 'incremental' });
		expect(planned(again)).toEqual([`update ${PEOPLE.ada}`]);
		expect(planned(await run())).toEqual([]);
	});

	it('gets what was held, once the target no longer stands against it', async () => {
		await begin();
		const [, superfluous] = bench.simulators.syncro.state.contactsOf(101).filter(({ email }) => email?.toLowerCase() === 'dana.cole@harbordental.example');
		bench.simulators.syncro.state.deleteContact(superfluous.id);
		const next = await run();
		expect(planned(next)).toEqual([expect.stringMatching(`(link|update) ${PEOPLE.dana}`)]);
		expect(people(await run())).toMatchObject([{ kind: 'emptyList' }]);
	});

	it('gets a plan that a brake held, when a person allows it in the next run', async () => {
		await begin();
		const renamed = [PEOPLE.ada, PEOPLE.zoe, PEOPLE.sean, PEOPLE.nina, PEOPLE.omar];
		for (const id of renamed) rename(id, `New ${id.slice(-4)}`);
		const held = await run();
		expect(summary(held)).toMatchObject({ verdict: 'held', counts: { update: 5 } });
		expect(finished(held)).toMatchObject({ status: 'held', cursorsMoved: 1 });
		const allowed = await run({ allowHeldPlan: summary(held).planId });
		expect(people(allowed).filter(({ why }) => why === 'open').map(({ id }) => id)).toEqual(expect.arrayContaining(renamed));
		expect(summary(allowed)).toMatchObject({ verdict: 'allowed', planId: summary(held).planId });
		expect(finished(allowed)).toMatchObject({ status: 'succeeded', cursorsMoved: 1 });
		expect(contact('ada.brandt@harbordental.example')).toMatchObject({ name: `New ${PEOPLE.ada.slice(-4)}` });
		expect(planned(await run())).toEqual([]);
	});

	it('is not moved on by a preview', async () => {
		expect(modes(await preview())).toEqual(['reconcile']);
		await begin();
		rename(PEOPLE.ada, 'Ada Nyberg');
		for (let times = 0; times < 2; times++) expect(planned(await preview())).toEqual([`update ${PEOPLE.ada}`]);
		expect(planned(await run())).toEqual([`update ${PEOPLE.ada}`]);
	});

	it('gets the same changes again after an execution that died before it finished', async () => {
		await begin();
		rename(PEOPLE.ada, 'Ada Nyberg');
		rename(PEOPLE.zoe, 'Zoë Ngata');
		// Everything was written, and then the process died.
		const died = await run({}, { 'Finish Run': { operation: 'getMany' } });
		expect(planned(died)).toHaveLength(2);
		expireLocks();
		const next = await run();
		expect(people(next).map(({ id }) => id)).toEqual(expect.arrayContaining([PEOPLE.ada, PEOPLE.zoe]));
		expect(planned(next)).toEqual([]);
		expect(finished(next)).toMatchObject({ status: 'succeeded', cursorsMoved: 1 });
		expect(people(await run()).map(({ id }) => id)).not.toContain(PEOPLE.ada);
	});

	it('gets the same changes again after a run that failed', async () => {
		await begin();
		rename(PEOPLE.ada, 'Ada Nyberg');
		const failed = await run({}, { 'Plan Changes': { target: 'nowhere' } });
		expect(failed.error).not.toBe('');
		expect(planned(await run())).toEqual([`update ${PEOPLE.ada}`]);
	});

	it.each(['gone', 'tooOld', 'syncStateNotFound'] as const)('is compared as a whole when Microsoft 365 forgot the place (%s), and nothing is planned', async (lostTokens) => {
		await begin();
		bench.simulators.microsoft.settings.delta.lostTokens = lostTokens;
		bench.simulators.microsoft.deltaTokens.expireAll();
		const again = await run();
		expect(again.error).toBe('');
		expect(modes(again)).toEqual(['reconcile']);
		expect(planned(again)).toEqual([]);
		expect(summary(again)).toMatchObject({ verdict: 'ok', listMode: 'reconcile' });
		expect(finished(again)).toMatchObject({ status: 'succeeded', cursorsMoved: 1, sourceCount: 15 });
		rename(PEOPLE.ada, 'Ada Nyberg');
		expect(planned(await run())).toEqual([`update ${PEOPLE.ada}`]);
	});

	it('tells who left by what the changes say, and asks again before anybody counts as gone', async () => {
		await begin();
		harbor.softDeleteUser(PEOPLE.ada);
		harbor.disableUser(PEOPLE.zoe);
		harbor.hardDeleteUser(PEOPLE.sean);
		bench.simulators.microsoft.graph.seen.length = 0;
		const left = await run({}, { 'Plan Changes': { orphaned: 'hold', disabled: 'hold' } });
		expect(people(left).map(({ id, whereabouts }) => [id, whereabouts])).toEqual(expect.arrayContaining([[PEOPLE.ada, 'softDeleted'], [PEOPLE.zoe, 'disabled'], [PEOPLE.sean, 'gone']]));
		const held = (left.output('Plan Changes', 1) as Array<{ sourceId: string; code: string }>).map(({ sourceId, code }) => `${code} ${sourceId}`);
		expect(held).toEqual(expect.arrayContaining([`disabled ${PEOPLE.zoe}`, `orphaned ${PEOPLE.sean}`]));
		expect(held.join()).not.toContain(PEOPLE.ada);
		const lookUps = bench.simulators.microsoft.graph.seen.filter(({ url }) => url.searchParams.get('$filter')?.includes(PEOPLE.sean));
		expect(lookUps).not.toEqual([]);
		// A decision stays due until it is made.
		expect(people(await run()).map(({ id, why }) => [id, why])).toEqual(expect.arrayContaining([[PEOPLE.sean, 'open'], [PEOPLE.zoe, 'open']]));
	});
});

/** As if the lease of a run had passed: its execution is dead. */
function expireLocks(): void {
	const database = new DatabaseSync(String(bench.credentials.syncLedgerApi.path));
	database.exec('UPDATE entra_sync_runs SET lease_until = 0');
	database.close();
}
