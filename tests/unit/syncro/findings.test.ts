import { planProperties } from '../../../nodes/SyncPlan/description';
import type { Finding } from '../../../sync/model/finding';
import { reportMarkdown } from '../../../sync/plan/report';
import { readMark, withMark } from '../../../sync/target/syncro/findings/mark';
import { openAlerts } from '../../../sync/target/syncro/alerts/alerts';
import { openTickets } from '../../../sync/target/syncro/tickets/tickets';
import { planUndo } from '../../../sync/plan/undo';
import { applyChanges } from '../../../sync/target/apply/applyChanges';
import { defaultSettings } from '../../../sync/plan/settings';
import { syncroAlerts } from '../../../sync/target/syncro/alerts/definition';
import { syncroTickets } from '../../../sync/target/syncro/tickets/definition';
import { openAccount, SEED, type Account } from './support/account';
import { audit, planFindings, STORES, syncFindings, type FindingJob, type Known } from './support/findingRuns';
import { LEASE_SECONDS, openTestLedger } from './support/runs';

const ALERTS = [
	{ id: 90, customer_id: 1, description: 'Disk full', formatted_output: 'C: is full' },
	{ id: 91, customer_id: 2, description: 'Of another customer', formatted_output: '[entra-sync noMfa:ada]' },
	{ id: 92, customer_id: 1, description: 'Done', resolved: true },
];

let account: Account;
let opened: Awaited<ReturnType<typeof openTestLedger>>;
let tenants = 0;
let tenantId: string;

beforeAll(async () => {
	account = await openAccount({ ...SEED, alerts: ALERTS });
	opened = await openTestLedger(account.clock);
});
beforeEach(() => {
	account.simulator.state.reset();
	account.simulator.faults.clear();
	account.simulator.seen.length = 0;
	tenantId = `findings-${tenants++}`;
});
// Whatever a test does.
afterEach(() => expect(account.simulator.state.outbox).toEqual([]));
afterAll(async () => {
	await account.simulator.stop();
	await opened.close();
});

const job = (kind: 'alerts' | 'tickets', findings: Finding[], more: Partial<FindingJob> = {}): FindingJob => ({
	client: account.client(), ledger: opened.ledger, pairing: { tenantId, target: `syncro:${kind}`, account: 'acme', customerId: '1' }, findings, ...more,
});
const people = (known: Record<string, Known>, score?: number) => audit(tenantId, known, score);
const sent = (method: string) => account.simulator.seen.filter((request) => request.method === method).map(({ url, body }) => ({ path: url.pathname.replace('/api/v1', ''), body: body === '' ? undefined : (JSON.parse(body) as unknown) }));

describe('An alert for a finding', () => {
	it('is raised with type, details and the mark by which it is known again, and resolved when the finding is fixed', async () => {
		const { outcomes } = await syncFindings(job('alerts', people({ ada: 'missing, administrator' })));
		expect(outcomes).toMatchObject([{ action: 'create', outcome: 'applied', label: 'No MFA: Person ada, administrator (Northwind)', message: 'Created.' }]);
		expect(sent('POST')).toEqual([
			{
				path: '/rmm_alerts',
				body: {
					customer_id: 1,
					description: 'Microsoft 365: No MFA',
					formatted_output:
						'No MFA: Person ada, administrator (Northwind)\nPerson ada, who holds an administrator role, has registered no method of multifactor authentication (Northwind).\n' +
						'Have a method registered at aka.ms/mfasetup. If nobody needs the account, disable it.\n\n[entra-sync noMfa:ada]',
				},
			},
		]);
		const fixed = await syncFindings(job('alerts', people({ ada: 'registered' })));
		expect(fixed.outcomes).toMatchObject([{ action: 'delete', outcome: 'applied', label: 'No MFA: Person ada, administrator (Northwind)', message: 'Resolved.' }]);
		expect(sent('DELETE').map(({ path }) => path)).toEqual([`/rmm_alerts/${fixed.outcomes[0].recordId}`]);
		expect(account.simulator.state.alerts.get(Number(fixed.outcomes[0].recordId))).toMatchObject({ resolved: true });
		expect(await opened.ledger.links(job('alerts', []).pairing)).toEqual([]);
	});

	it('stays as it was raised when the finding changes, because Syncro cannot change it', async () => {
		await syncFindings(job('alerts', people({ ada: 'missing' }, 40)));
		const { plan } = await syncFindings(job('alerts', people({ ada: 'missing, administrator' }, 41.5)));
		expect(plan).toMatchObject({ changes: [], held: [], skipped: [], counts: { unchanged: 2 } });
	});

	it('that somebody resolved by hand is not raised again, and the plan says so until the finding was fixed once', async () => {
		const { outcomes: [{ recordId }] } = await syncFindings(job('alerts', people({ ada: 'missing' })));
		account.simulator.state.alerts.get(Number(recordId))!.resolved = true;
		const { plan } = await syncFindings(job('alerts', people({ ada: 'missing' })));
		expect(plan.changes).toEqual([]);
		expect(plan.skipped).toEqual([
			{
				sourceId: 'noMfa:ada', recordId, label: 'No MFA: Person ada (Northwind)', code: 'closedByHand',
				reason: `No MFA: Person ada (Northwind): the alert ${recordId} was closed in Syncro, which is respected. A new one is opened when this finding comes again after it was fixed, or when the pair is forgotten with Sync Ledger → Link → Forget.`,
			},
		]);
		const fixed = await syncFindings(job('alerts', people({ ada: 'registered' })));
		expect(fixed.outcomes).toMatchObject([{ action: 'link', outcome: 'applied', message: 'The pair is forgotten.' }]);
		expect((await syncFindings(job('alerts', people({ ada: 'missing' })))).outcomes).toMatchObject([{ action: 'create' }]);
	});

	it('is taken up and not raised a second time where the ledger was lost', async () => {
		const { outcomes: [{ recordId }] } = await syncFindings(job('alerts', people({ ada: 'missing', bob: 'missing' })));
		await opened.ledger.forgetLink({ pairing: job('alerts', []).pairing });
		const { outcomes } = await syncFindings(job('alerts', people({ ada: 'missing', bob: 'unknown' })));
		expect(outcomes).toMatchObject([{ action: 'link', sourceId: 'noMfa:ada', recordId }, { action: 'link', sourceId: 'noMfa:bob' }]);
		await opened.ledger.forgetLink({ pairing: job('alerts', []).pairing });
		const fixed = await syncFindings(job('alerts', people({ ada: 'registered', bob: 'unknown' })));
		expect(fixed.outcomes.map(({ action, sourceId }) => `${action} ${sourceId}`).sort()).toEqual(['delete noMfa:ada', 'link noMfa:bob']);
	});

	it('comes back when its resolving is undone', async () => {
		await syncFindings(job('alerts', people({ ada: 'missing' })));
		const { runId } = await syncFindings(job('alerts', people({ ada: 'registered' })));
		const { pairing, ledger, client } = job('alerts', []);
		const undo = planUndo((await ledger.getRun(runId))!, await ledger.changesOfRun(runId), await ledger.links(pairing), 'apply', syncroAlerts);
		const { run } = await ledger.startRun({ pairing, executionId: 'undo', leaseSeconds: LEASE_SECONDS });
		await ledger.savePlan({ planId: undo.planId, pairing, mode: 'apply', verdict: 'ok', counts: undo.counts, reasons: [] });
		await applyChanges({ store: STORES.alerts(client), ledger, run: { ...run, planId: undo.planId }, changes: undo.changes });
		await ledger.finishRun(run.runId, { status: 'succeeded' });
		expect(await openAlerts(client, '1')).toMatchObject([{ id: '90' }, { findingId: 'noMfa:ada', name: 'No MFA: Person ada (Northwind)', type: 'Microsoft 365: No MFA' }].reverse());
	});

	it('is resolved even by an account that takes DELETE at its word, or that answers POST under another name', async () => {
		Object.assign(account.simulator.quirks, { deletedAlerts: 'gone', alertOnPost: 'rmm_alert' });
		account.simulator.faults.add({ method: 'DELETE', fault: { kind: 'reset', after: true } });
		await syncFindings(job('alerts', people({ ada: 'missing' })));
		expect((await syncFindings(job('alerts', people({ ada: 'registered' })))).outcomes).toMatchObject([{ outcome: 'applied', message: 'Resolved.' }]);
		Object.assign(account.simulator.quirks, { deletedAlerts: 'resolved', alertOnPost: 'alert' });
	});
});

describe('Reading alerts', () => {
	it('gives the open ones of the customer, from all pages of the account', async () => {
		for (let n = 0; n < 7; n++) account.simulator.state.alerts.set(200 + n, { ...account.simulator.state.alerts.get(n % 2 ? 90 : 91)!, id: 200 + n });
		account.simulator.quirks.alertsPerPage = 2;
		const alerts = await openAlerts(account.client(), '1');
		account.simulator.quirks.alertsPerPage = 50;
		expect(alerts.map(({ id, findingId, type, details }) => [id, findingId, type, details])).toEqual(['205', '203', '201', '90'].map((id) => [id, null, 'Disk full', 'C: is full']));
	});

	it('fails where the answer does not say whose they are, and gives no short list', async () => {
		account.simulator.faults.add({ fault: { kind: 'answer', status: 200, body: { rmm_alerts: [{ id: 1 }], meta: { total_pages: 1, page: 1 } } } });
		await expect(openAlerts(account.client(), '1')).rejects.toMatchObject({ code: 'syncro.malformed' });
	});
});

describe('A ticket for a finding', () => {
	it('is opened with a private note only, for nobody, and closed with another one', async () => {
		await syncFindings(job('tickets', people({ ada: 'missing, administrator' }, 40)));
		const [first, second] = sent('POST').map(({ body }) => body as { comments_attributes: object[] });
		expect(first).toEqual({
			customer_id: 1, subject: 'No MFA: Person ada, administrator (Northwind)', problem_type: 'Other', priority: '1 High',
			comments_attributes: [{ subject: 'Initial Issue', body: expect.stringMatching(/^No MFA: Person ada, administrator[\s\S]+\n\n\[entra-sync noMfa:ada high\]$/) as unknown, hidden: true, do_not_email: true }],
		});
		expect(second).toMatchObject({ subject: 'Secure Score below 60 % (Northwind)', priority: '2 Normal', comments_attributes: [{ body: expect.stringContaining('[entra-sync lowSecureScore medium]') as unknown }] });

		const fixed = await syncFindings(job('tickets', people({ ada: 'registered' })));
		expect(fixed.outcomes).toMatchObject([{ action: 'delete', outcome: 'applied', message: 'Closed.' }]);
		expect(sent('PUT')).toEqual([
			{
				path: `/tickets/${fixed.outcomes[0].recordId}`,
				body: { status: 'Resolved', comments_attributes: [{ subject: 'Resolved', body: 'No MFA: Person ada, administrator (Northwind) is fixed.', hidden: true, do_not_email: true }] },
			},
		]);
	});

	it('gets another priority, and a private note, when the severity changes, and nothing else of it is touched', async () => {
		const opening = await syncFindings(job('tickets', people({ ada: 'missing' }, 40)));
		const { recordId } = opening.outcomes.find(({ sourceId }) => sourceId === 'noMfa:ada')!;
		const ticket = account.simulator.state.tickets.get(Number(recordId))!;
		Object.assign(ticket, { subject: 'Ada promised to do it', priority: '3 Low', status: 'In Progress', problem_type: 'Security' });
		expect((await syncFindings(job('tickets', people({ ada: 'missing' }, 41.5)))).outcomes).toEqual([]);
		const { outcomes } = await syncFindings(job('tickets', people({ ada: 'missing, administrator' }, 41.5)));
		expect(outcomes).toMatchObject([{ action: 'update', outcome: 'applied', recordId, message: 'Updated.' }]);
		expect(ticket).toMatchObject({ subject: 'Ada promised to do it', priority: '1 High', status: 'In Progress', problem_type: 'Security' });
		expect(ticket.comments.map(({ hidden, body }) => [hidden, readMark(body).severity])).toEqual([[true, 'medium'], [true, 'high']]);
		ticket.priority = '3 Low';
		expect((await syncFindings(job('tickets', people({ ada: 'missing, administrator' }, 41.5)))).outcomes).toEqual([]);
	});

	it('from whose notes the mark was removed is left alone, closed when it is fixed, and gets no note each night', async () => {
		const { outcomes: [{ recordId }] } = await syncFindings(job('tickets', people({ ada: 'missing' })));
		account.simulator.state.tickets.get(Number(recordId))!.comments.length = 0;
		const { plan } = await syncFindings(job('tickets', people({ ada: 'missing, administrator' })));
		expect(plan).toMatchObject({ changes: [], skipped: [{ code: 'markMissing' }] });
		expect((await syncFindings(job('tickets', people({ ada: 'registered' })))).outcomes).toMatchObject([{ action: 'delete', outcome: 'applied', recordId }]);
	});

	it('stays the ticket of its finding, whatever mark a client writes into it', async () => {
		const { outcomes: [{ recordId }] } = await syncFindings(job('tickets', people({ ada: 'missing' })));
		const { comments } = account.simulator.state.tickets.get(Number(recordId))!;
		comments.push({ ...comments[0], id: comments[0].id + 1, hidden: false, body: 'Fine with me [entra-sync noMfa:eve high]' });
		expect(await openTickets(account.client(), '1')).toMatchObject([{ id: recordId, findingId: 'noMfa:ada', severity: 'medium' }]);
		const { outcomes } = await syncFindings(job('tickets', people({ ada: 'missing', eve: 'missing' })));
		expect(outcomes).toMatchObject([{ action: 'create', sourceId: 'noMfa:eve', outcome: 'applied' }]);
	});

	it('takes a problem type of the builder’s own, and none where the row is taken out', async () => {
		const { mapping } = defaultSettings(syncroTickets);
		const of = (source: string) => mapping.map((row) => (row.field === 'problemType' ? { ...row, source } : row));
		await syncFindings(job('tickets', people({ ada: 'missing' }), { mapping: of('text:Security') }));
		await syncFindings(job('tickets', people({ bob: 'missing' }), { mapping: mapping.filter(({ field }) => field !== 'problemType') }));
		expect(account.simulator.state.tickets.ordered().map(({ problem_type }) => problem_type)).toEqual(['Security', null]);
	});

	it('that somebody closes between the plan and its carrying out is not opened again by a note', async () => {
		const { outcomes: [{ recordId }] } = await syncFindings(job('tickets', people({ ada: 'missing' })));
		const fixed = job('tickets', people({ ada: 'registered' }));
		const { run } = await opened.ledger.startRun({ pairing: fixed.pairing, executionId: 'e', leaseSeconds: LEASE_SECONDS });
		const plan = await planFindings(fixed);
		await opened.ledger.notePlan(run.runId, plan.planId, 1, plan.counts);
		account.simulator.state.tickets.get(Number(recordId))!.status = 'Resolved';
		account.simulator.seen.length = 0;
		const outcomes = await applyChanges({ store: STORES.tickets(fixed.client), ledger: opened.ledger, run: { ...run, planId: plan.planId }, changes: plan.changes });
		expect(outcomes).toMatchObject([{ outcome: 'applied', message: 'The ticket was already closed.' }]);
		expect(sent('PUT')).toEqual([]);
	});
});

describe('Reading tickets', () => {
	it('gives all open ones of the customer without their comments', async () => {
		await syncFindings(job('tickets', people({ ada: 'missing' })));
		const { state } = account.simulator;
		const [ours] = state.tickets.ordered();
		state.tickets.set(1, { ...ours, id: 1, number: 7, subject: 'Printer', comments: [] });
		state.tickets.set(2, { ...ours, id: 2, status: 'Invoiced' });
		state.tickets.set(3, { ...ours, id: 3, customer_id: 2 });
		const tickets = await openTickets(account.client(), '1');
		expect(tickets.map(({ subject, findingId, severity }) => [subject, findingId, severity])).toEqual([['No MFA: Person ada (Northwind)', 'noMfa:ada', 'medium'], ['Printer', null, null]]);
		expect(JSON.stringify(tickets)).not.toContain('comment');
	});
});

describe.each([['alerts', syncroAlerts], ['tickets', syncroTickets]] as const)('The plan for %s', (kind, definition) => {
	it('raises nothing until the builder says so, and shows what it would raise', async () => {
		const plan = await planFindings(job(kind, people({ ada: 'missing' }), { policies: definition.policies }));
		expect(plan).toMatchObject({ changes: [], held: [{ code: 'new', action: 'create', sourceId: 'noMfa:ada', fields: expect.arrayContaining([expect.objectContaining({ field: 'details' })]) as unknown }] });
		expect(plan.held[0].whatToDo).toContain('set New Findings to create');
	});

	it('is the same in preview, with the same id, and writes nothing', async () => {
		await syncFindings(job(kind, people({ ada: 'missing', bob: 'missing' })));
		const findings = people({ ada: 'registered', bob: 'missing, administrator', cid: 'missing' });
		const before = account.simulator.writes();
		const preview = await planFindings(job(kind, findings, { mode: 'preview' }));
		expect(account.simulator.writes()).toBe(before);
		const { plan, outcomes } = await syncFindings(job(kind, findings));
		expect(plan.planId).toBe(preview.planId);
		expect(plan.changes.map((change) => ({ ...change, mode: 'preview' }))).toEqual(preview.changes);
		expect(outcomes.map(({ action, sourceId }) => [action, sourceId])).toEqual(preview.changes.map(({ action, sourceId }) => [action, sourceId]));
		expect(account.simulator.writes() - before).toBe(preview.changes.length);
	});

	it('is held where more than 25 would be raised at once, and never because many are closed', async () => {
		const many = (count: number, known: Known) => people(Object.fromEntries(Array.from({ length: count }, (_, n) => [`p${n}`, known])));
		const held = await planFindings(job(kind, many(26, 'missing')));
		expect(held).toMatchObject({ verdict: 'held', changes: [], counts: { create: 26 } });
		expect(held.held[0]).toMatchObject({ scope: 'plan', code: 'creates', reason: `26 ${kind} would be created, and each calls somebody to work; at most 25 may be created in one plan before somebody looked at them.` });
		expect((await syncFindings(job(kind, many(25, 'missing')))).outcomes).toHaveLength(25);
		const closing = await planFindings(job(kind, many(25, 'registered')));
		expect(closing).toMatchObject({ verdict: 'ok', counts: { delete: 25 } });
	});
});

it('panel and report call the end of an alert and of a ticket what Syncro calls it', async () => {
	const panelOf = (target: string) =>
		planProperties.filter(({ name, displayOptions }) => name === 'orphaned' && displayOptions?.show?.target?.includes(target)).map(({ displayName, default: chosen, options }) => [displayName, chosen, options!.map((option) => option.name)]);
	expect(panelOf('syncro:alerts')).toEqual([['Fixed Findings', 'delete', ['Hold for a Decision', 'Leave as They Are', 'Resolve the Alert']]]);
	expect(panelOf('syncro:tickets')).toEqual([['Fixed Findings', 'delete', ['Close the Ticket', 'Hold for a Decision', 'Leave as They Are']]]);
	await syncFindings(job('alerts', people({ ada: 'missing' })));
	const { nouns, title } = syncroAlerts;
	const report = reportMarkdown(await planFindings(job('alerts', people({ ada: 'registered' }))), { nouns, targetTitle: title });
	expect(report).toContain('Ready: 1 to resolve.');
	expect(report).toMatch(/\| No MFA: Person ada \(Northwind\) \| resolve \|/);
});

describe('The mark', () => {
	it('is found at the end of a text, whatever a name in it looks like', () => {
		const text = 'No MFA: [entra-sync noMfa:eve high]\nSecond line';
		expect(readMark(withMark(text, 'noMfa:ada', 'medium'))).toEqual({ findingId: 'noMfa:ada', severity: 'medium', text });
		expect(readMark(withMark('', 'lowSecureScore'))).toEqual({ findingId: 'lowSecureScore', severity: null, text: '' });
		expect(readMark('Disk full [x]')).toEqual({ findingId: null, severity: null, text: 'Disk full [x]' });
	});

	it('is looked for in linear time, whatever a client mails into a ticket', () => {
		const mailed = '[entra-sync x]'.repeat(50_000);
		const began = performance.now();
		expect(readMark(`${mailed}[entra-sync `)).toMatchObject({ findingId: null });
		expect(performance.now() - began).toBeLessThan(500);
	});
});
