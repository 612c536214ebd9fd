import { planUndo } from '../../../sync/plan/undo';
import { reportMarkdown } from '../../../sync/plan/report';
import { applyChanges } from '../../../sync/target/apply/applyChanges';
import { syncroPortalUsers } from '../../../sync/target/syncro/portalUsers/definition';
import { allPortalUsers } from '../../../sync/target/syncro/portalUsers/portalUsers';
import { portalUserStore } from '../../../sync/target/syncro/portalUsers/store';
import { openAccount, type Account } from './support/account';
import { CONTACT_OF, invitedBy, linkContacts, portalPairing, portalPerson, portalSync, PORTAL_SEED } from './support/portal';
import { planRecords, syncRecords } from './support/recordRuns';
import { LEASE_SECONDS, openTestLedger } from './support/runs';

let account: Account;
let opened: Awaited<ReturnType<typeof openTestLedger>>;

beforeAll(async () => {
	account = await openAccount(PORTAL_SEED);
});
beforeEach(async () => {
	opened = await openTestLedger(account.clock);
	account.simulator.state.reset();
	account.simulator.faults.clear();
	account.simulator.seen.length = 0;
	Object.assign(account.simulator.quirks, { invitationId: 'portalUser', portalPassword: 'required' });
	account.clock.moment += 120_000;
});
afterEach(async () => await opened.close());
afterAll(async () => await account.simulator.stop());

const link = async (...names: string[]) => await linkContacts(opened.ledger, 't', names);
const job = (names: string[], more: Parameters<typeof portalSync>[4] = {}) => portalSync(account.client(), opened.ledger, 't', names, more);
const outbox = () => account.simulator.state.invitations.map(({ email }) => email);
const users = () => account.simulator.state.portalUsers.ordered().map(({ email, contact_id }) => [email, contact_id]);
const addUser = (id: number, name: string, more: object = {}) =>
	account.simulator.state.portalUsers.set(id, { id, email: `${name}@northwind.example`, account_id: 1, customer_id: 1, contact_id: CONTACT_OF[name], portal_group_id: 1, created_at: '2020-01-01T00:00:00Z', updated_at: '2020-01-01T00:00:00Z', ...more });
const ADA = 'ada@northwind.example';

describe('Portal users', () => {
	it('are created only where the builder wants it', async () => {
		await link('ada');
		const { plan } = await syncRecords(job(['ada'], { policies: syncroPortalUsers.policies, invitations: { who: 'nobody' } }));
		expect([plan.changes, plan.skipped.map(({ code }) => code), users()]).toEqual([[], ['new'], []]);
	});

	it('are tied to the linked contact, and nobody gets one without; nobody is invited unless the builder wants it', async () => {
		await link('ada');
		const { plan, outcomes } = await syncRecords(job(['ada', 'bob'], { invitations: { who: 'nobody' } }));
		expect(outcomes).toMatchObject([{ outcome: 'applied', label: 'Person ada', message: 'Created.' }]);
		expect(plan.changes[0].fields).toEqual([{ field: 'contact_id', label: 'Contact', after: '101' }, { field: 'email', label: 'Email', after: ADA }]);
		expect(plan.skipped).toMatchObject([{ label: 'Person bob', code: 'noContact', waits: true, reason: 'Person bob has no linked contact in Syncro yet, and a portal user needs one: sync the contacts of this customer first.' }]);
		expect([users(), outbox()]).toEqual([[[ADA, 101]], []]);
	});

	it('are read anew when one goes while they are read: whoever slips through would be created and invited', async () => {
		['ada', 'bob', 'cid', 'dee'].forEach((name, index) => addUser(7 + index, name));
		account.simulator.quirks.portalUsersPerPage = 2;
		const onPage = (page: number, ids: number[], entries: number) => account.simulator.faults.add({ fault: { kind: 'answer', status: 200, body: { portal_users: ids.map((id) => account.simulator.state.portalUsers.get(id)), meta: { total_pages: 2, total_entries: entries, per_page: 2, page } } } });
		onPage(1, [7, 8], 4);
		// The first one was deleted, so that the third moved to the page that was read already.
		onPage(2, [10], 3);
		expect((await allPortalUsers(account.client(), '1')).map(({ id }) => id)).toEqual(['7', '8', '9', '10']);
	});

	it('get a password that stands in the request and nowhere else', async () => {
		await link('ada', 'bob');
		addUser(7, 'bob', { customer_id: 2, contact_id: null });
		const { outcomes } = await syncRecords(job(['ada', 'bob']));
		const passwords = account.simulator.seen.filter(({ method, url }) => method === 'POST' && url.pathname.endsWith('/portal_users')).map(({ body }) => JSON.parse(body) as Record<string, string>);
		expect(passwords).toHaveLength(2);
		for (const { password, password_confirmation } of passwords) {
			expect(password).toHaveLength(20);
			expect(password_confirmation).toBe(password);
			const [run] = await opened.ledger.listRuns({ limit: 1 });
			expect(JSON.stringify([outcomes, await opened.ledger.changesOfRun(run.runId), await opened.ledger.links(portalPairing('t'))])).not.toContain(password);
		}
		expect(passwords[0].password).not.toBe(passwords[1].password);
		expect(outcomes[1]).toMatchObject({ outcome: 'failed', message: expect.stringMatching(/Email has already been taken .*perhaps at another customer/) });
	});

	it('follow the address and the contact of their person, and stay where a contact is another customer\'s', async () => {
		await link('ada');
		await syncRecords(job(['ada'], { invitations: { who: 'nobody' } }));
		const renamed = job([], { sources: [portalPerson('ada', { email: 'ada.king@northwind.example' })] });
		expect((await syncRecords(renamed)).outcomes).toMatchObject([{ action: 'update', outcome: 'applied' }]);
		expect(users()).toEqual([['ada.king@northwind.example', 101]]);
		account.simulator.state.portalUsers.ordered()[0].contact_id = 102;
		account.simulator.state.contacts.get(101)!.customer_id = 2;
		expect((await syncRecords(renamed)).outcomes).toMatchObject([{ outcome: 'failed', message: expect.stringContaining('the contact 101 now belongs to customer 2') }]);
		account.simulator.state.contacts.get(101)!.customer_id = 1;
		expect((await syncRecords(renamed)).outcomes).toMatchObject([{ outcome: 'applied' }]);
		expect((await syncRecords(renamed)).plan.changes).toEqual([]);
	});

	it('of a contact that is gone are not created', async () => {
		await link('ada');
		account.simulator.state.contacts.delete(101);
		expect((await syncRecords(job(['ada']))).outcomes).toMatchObject([{ outcome: 'failed', message: expect.stringContaining('could not read the contact 101 to create the portal user "Person ada"') }]);
		expect([users(), outbox()]).toEqual([[], []]);
	});

	it.each([['hold', 'held', 1], ['leave', 'skipped', 1], ['delete', 'changes', 0]] as const)('of leavers and of disabled people: %s', async (policy, where, left) => {
		await link('ada', 'bob');
		await syncRecords(job(['ada', 'bob'], { invitations: { who: 'nobody' } }));
		const sources = [portalPerson('bob', { accountEnabled: false })];
		const { plan } = await syncRecords(job([], { sources, whereabouts: [['ada', 'gone']], policies: { orphaned: policy, disabled: policy } }));
		expect(plan[where].map(({ label }) => label).sort()).toEqual(['Person bob', ADA].sort());
		expect(users()).toHaveLength(left * 2);
		expect((await planRecords(job([], { sources: [], policies: { orphaned: policy, disabled: policy } }))).changes).toEqual([]);
	});

	it('of guests come where the builder wants them', async () => {
		await link('ada');
		const sources = [portalPerson('ada', { userType: 'Guest' })];
		expect((await planRecords(job([], { sources }))).skipped).toMatchObject([{ code: 'guest' }]);
		expect((await planRecords(job([], { sources, policies: { guests: 'sync' } }))).counts.create).toBe(1);
	});
});

describe('Invitations to the portal', () => {
	it('go out once to each address, and the preview shows to whom', async () => {
		await link('ada', 'bob');
		const preview = await planRecords(job(['ada', 'bob'], { mode: 'preview' }));
		const writes = account.simulator.writes();
		expect(reportMarkdown(preview, { targetTitle: 'Syncro', nouns: syncroPortalUsers.nouns })).toMatch(/Would be invited by mail[\s\S]*Person ada.*ada@northwind\.example[\s\S]*Person bob.*bob@northwind\.example/);
		const { plan, outcomes } = await syncRecords(job(['ada', 'bob']));
		expect(plan.planId).toBe(preview.planId);
		expect(outcomes).toMatchObject([{ outcome: 'applied', message: 'Created. Invited by mail.' }, { outcome: 'applied' }]);
		expect(outbox().sort()).toEqual(invitedBy(preview));
		expect(account.simulator.writes()).toBe(writes + 4);
		expect((await opened.ledger.links(portalPairing('t')))[0].lastWritten).toEqual({ email: ADA, contact_id: '101', invitation: ADA });
		expect((await syncRecords(job(['ada', 'bob']))).plan.changes).toEqual([]);
		expect(account.simulator.writes()).toBe(writes + 4);
	});

	it('are refused as a whole, before anything is written, where they are not turned on in both places', async () => {
		await link('ada');
		await expect(syncRecords(job(['ada'], { store: portalUserStore(account.client(), {}) }))).rejects.toMatchObject({ code: 'apply.invitationsOff', message: expect.stringContaining('"Person ada"') });
		expect([users(), outbox()]).toEqual([[], []]);
	});

	it('do not go to whoever had a portal user before, unless everybody is to be invited', async () => {
		await link('ada');
		addUser(7, 'ada');
		const first = await syncRecords(job(['ada']));
		expect(first.outcomes).toMatchObject([{ action: 'link', outcome: 'applied' }]);
		expect(outbox()).toEqual([]);
		const { outcomes } = await syncRecords(job(['ada'], { invitations: { who: 'everybody' } }));
		expect(outcomes).toMatchObject([{ action: 'update', outcome: 'applied', message: 'Invited by mail.' }]);
		await syncRecords(job(['ada'], { invitations: { who: 'everybody' } }));
		expect(outbox()).toEqual([ADA]);
	});

	it('beyond the most in one run wait, and are not created before', async () => {
		const names = ['ada', 'bob', 'cid', 'dee', 'eve'];
		await link(...names);
		const run = async () => await syncRecords(job(names, { invitations: { perRun: 2 } }));
		const { plan } = await run();
		expect(plan.counts.create).toBe(2);
		expect(plan.skipped).toHaveLength(3);
		expect(plan.skipped[0]).toEqual({ label: 'Person cid', sourceId: 'cid', recordId: undefined, code: 'invitationCap', waits: true, reason: 'Person cid would get a portal user and an invitation, but at most 2 are invited in one run; a later run does it.' });
		expect(users()).toHaveLength(2);
		await run();
		await run();
		expect(outbox()).toEqual(names.map((name) => `${name}@northwind.example`));
		expect((await run()).plan.changes).toEqual([]);
	});

	it('that wait hold back nothing else of a portal user that is there', async () => {
		await link('ada', 'bob');
		addUser(7, 'ada', { contact_id: 102 });
		addUser(8, 'bob', { contact_id: 101 });
		const { plan } = await syncRecords(job(['ada', 'bob'], { invitations: { who: 'everybody', perRun: 1 } }));
		expect(plan.changes.map(({ fields }) => fields.map(({ field }) => field))).toEqual([['contact_id', 'invitation'], ['contact_id']]);
		expect(plan.changes[1].reason).toContain('The invitation waits: at most 1 are invited in one run.');
		expect(outbox()).toEqual([ADA]);
	});

	it('that Syncro refuses are tried again, after those that were never tried', async () => {
		await link('ada', 'bob', 'cid');
		account.simulator.faults.add({ path: 'create_invitation', fault: { kind: 'answer', status: 422, body: { success: false, message: "Invalid email, correct the contact's email and try to resend." } } });
		const run = async () => await syncRecords(job(['ada', 'bob', 'cid'], { invitations: { perRun: 1 } }));
		expect((await run()).outcomes).toMatchObject([{ outcome: 'failed', recordId: expect.any(String), message: expect.stringMatching(/^Created\. No invitation was sent: .*Invalid email/) }]);
		await run();
		await run();
		expect(outbox()).toEqual(['bob@northwind.example', 'cid@northwind.example']);
		expect((await run()).outcomes).toMatchObject([{ action: 'update', outcome: 'applied', message: 'Invited by mail.' }]);
		expect(outbox()).toEqual(['bob@northwind.example', 'cid@northwind.example', ADA]);
	});

	it.each([['sent', true, [ADA]], ['not sent', false, []]] as const)('whose reply is lost (%s) are never sent again, and a person is told', async (_, after, sent) => {
		await link('ada');
		account.simulator.faults.add({ path: 'create_invitation', fault: { kind: 'reset', after } });
		expect((await syncRecords(job(['ada']))).outcomes).toMatchObject([{ outcome: 'failed', message: expect.stringContaining('It is not known whether the invitation of "Person ada" was sent') }]);
		for (const who of ['new', 'everybody'] as const) {
			const { plan } = await syncRecords(job(['ada'], { invitations: { who } }));
			expect(plan.changes).toEqual([]);
			expect(plan.skipped).toMatchObject([{ code: 'invitationUnknown', reason: expect.stringMatching(/^Person ada was to be invited on 2026-11-\d\d, and it is not known whether the mail was sent/) }]);
		}
		expect(outbox()).toEqual(sent);
	});

	it('are not sent to somebody who left and is hired again, and the plan says so', async () => {
		await link('ada');
		await syncRecords(job(['ada']));
		await syncRecords(job(['bob'], { whereabouts: [['ada', 'gone']], policies: { orphaned: 'delete' } }));
		expect(users()).toEqual([]);
		await link('ada#2');
		const { plan } = await syncRecords(job(['ada#2'], { invitations: { who: 'everybody' } }));
		expect(plan.changes).toMatchObject([{ action: 'create', reason: expect.stringMatching(/The address was invited on 2026-11-\d\d, and is not invited again/) }]);
		expect([users(), outbox()]).toEqual([[[ADA, 101]], [ADA]]);
	});

	it('go to the same person once, whatever their address becomes', async () => {
		await link('ada');
		await syncRecords(job(['ada']));
		account.simulator.state.contacts.get(101)!.email = 'ada.king@northwind.example';
		await syncRecords(job([], { sources: [portalPerson('ada', { email: 'ada.king@northwind.example' })], invitations: { who: 'everybody' } }));
		expect([users(), outbox()]).toEqual([[['ada.king@northwind.example', 101]], [ADA]]);
	});

	it('are not sent to disabled accounts', async () => {
		await link('ada');
		const { plan } = await syncRecords(job([], { sources: [portalPerson('ada', { accountEnabled: false })], policies: { disabled: 'sync' } }));
		expect([plan.counts.create, outbox()]).toEqual([1, []]);
	});

	it('are asked for with the id of the portal user or of the contact, and the wrong one says what to change', async () => {
		account.simulator.quirks.invitationId = 'contact';
		await link('ada');
		expect((await syncRecords(job(['ada']))).outcomes).toMatchObject([{ outcome: 'failed', message: expect.stringContaining('choose the other setting under Invitation Is For') }]);
		expect((await syncRecords(job(['ada'], { inviteBy: 'contact' }))).outcomes).toMatchObject([{ outcome: 'applied' }]);
		expect(account.simulator.state.invitations).toMatchObject([{ email: ADA, contactId: 101 }]);
	});

	it('are not sent where they might go to another address than the plan says', async () => {
		await link('ada');
		account.simulator.state.contacts.get(101)!.email = 'private@ada.example';
		expect((await syncRecords(job(['ada']))).outcomes).toMatchObject([{ outcome: 'failed', message: expect.stringContaining('its contact 101 has another e-mail address') }]);
		account.simulator.state.contacts.get(101)!.email = ADA;
		const next = job(['ada']);
		const { run } = await opened.ledger.startRun({ pairing: next.pairing, executionId: 'execution', leaseSeconds: LEASE_SECONDS });
		const { planId, changes, counts } = await planRecords(next);
		await opened.ledger.notePlan(run.runId, planId, 1, counts);
		account.simulator.state.portalUsers.ordered()[0].email = 'other@northwind.example';
		expect(await applyChanges({ store: next.store, ledger: opened.ledger, run: { ...run, planId }, changes })).toMatchObject([{ outcome: 'failed', message: expect.stringContaining('has another e-mail address by now') }]);
		expect(outbox()).toEqual([]);
	});

	it('stay sent when the run is undone: the portal user goes, and the invitation is reported', async () => {
		await link('ada', 'bob');
		addUser(7, 'bob');
		await syncRecords(job(['ada', 'bob'], { invitations: { who: 'everybody' } }));
		const [run] = await opened.ledger.listRuns({ pairing: portalPairing('t'), limit: 1 });
		const undo = planUndo(run, await opened.ledger.changesOfRun(run.runId), await opened.ledger.links(run.pairing), 'apply', syncroPortalUsers);
		expect(undo.changes.map(({ action, label, unlink }) => [action, label, unlink]).sort()).toEqual([['delete', 'Person ada', true], ['link', 'Person bob', true]]);
		expect(undo.skipped.map(({ label, reason }) => [label, reason]).sort()).toEqual(['ada', 'bob'].map((name) => [`Person ${name}`, "An invitation was mailed, which can't be taken back, and is never sent again."]));
		const { run: second } = await opened.ledger.startRun({ pairing: run.pairing, executionId: 'undo', leaseSeconds: LEASE_SECONDS });
		await opened.ledger.savePlan({ planId: undo.planId, pairing: run.pairing, mode: 'apply', verdict: 'ok', counts: undo.counts, reasons: [] });
		await opened.ledger.notePlan(second.runId, undo.planId, undefined, undo.counts);
		await applyChanges({ store: portalUserStore(account.client(), {}), ledger: opened.ledger, run: { ...second, planId: undo.planId }, changes: undo.changes });
		await opened.ledger.finishRun(second.runId, { status: 'succeeded' });
		expect(users()).toEqual([['bob@northwind.example', 102]]);
		await syncRecords(job(['ada', 'bob'], { invitations: { who: 'everybody' } }));
		expect(outbox().sort()).toEqual([ADA, 'bob@northwind.example']);
	});
});
