import { errorOf, outputOf } from '../../scripts/n8n/client';
import { prepareTemplate, runTemplate } from '../../scripts/workshop/runTemplate';
import { PEOPLE } from '../../simulators/world';
import { runsIn } from './support/ledgerFile';
import { until, useWorkshop } from './support/useWorkshop';

const workshop = useWorkshop('templates');
const syncro = () => workshop().simulators.syncro;
const contacts = () => syncro().state.contactsOf(101);
const TEMPLATE = 'syncro-contacts';

/** Before the first sync somebody has looked through the names: fewer of them change than the brakes allow at once. */
const begin = async (): Promise<void> => {
	await workshop().beginAfresh();
	syncro().state.editContact(5002, { name: 'Zoë Müller' });
};

describe('The template syncro-contacts', () => {
	it('writes nothing as it is shipped', async () => {
		await workshop().beginAfresh();
		const before = JSON.stringify(contacts());
		const writes = syncro().writes();
		const execution = await runTemplate(workshop(), TEMPLATE, {});
		expect(errorOf(execution)).toBe('');
		expect(outputOf(execution, 'Plan Changes', 2)).toEqual([expect.objectContaining({ mode: 'preview' })]);
		expect(syncro().writes()).toBe(writes);
		expect(JSON.stringify(contacts())).toBe(before);
	});

	it('creates and updates contacts, and leaves alone what nobody of the tenant owns', async () => {
		await begin();
		const strangers = () => JSON.stringify(syncro().state.contactsOf().filter(({ id, customer_id: customer }) => customer !== 101 || [5010, 5011].includes(id)));
		const before = strangers();
		const execution = await runTemplate(workshop(), TEMPLATE, { preview: false });
		expect(errorOf(execution)).toBe('');
		expect(outputOf(execution, 'Finish Run')).toEqual([expect.objectContaining({ status: 'succeeded' })]);
		expect(strangers()).toBe(before);
		const of = (email: string) => contacts().filter((contact) => contact.email === email);
		expect(of('mary.lopez@harbordental.example')).toEqual([expect.objectContaining({ id: 5004, name: 'Mary Lopez' })]);
		expect(contacts().find(({ id }) => id === 5001)).toMatchObject({ name: 'Ada Brandt', notes: 'Has the alarm code.' });
		// Two contacts with one address: a person has to decide.
		expect(outputOf(execution, 'What Is Held')).toEqual([expect.objectContaining({ who: expect.stringContaining('Dana Cole') })]);
	});

	it('plans nothing and writes nothing when nothing has changed', async () => {
		const writes = syncro().writes();
		const execution = await runTemplate(workshop(), TEMPLATE, { preview: false });
		expect(errorOf(execution)).toBe('');
		const [{ counts }] = outputOf(execution, 'Plan Changes', 2);
		expect(counts).toMatchObject({ create: 0, update: 0, link: 0, deactivate: 0, delete: 0 });
		expect(syncro().writes()).toBe(writes);
	});

	it('follows a person who is renamed and gets another address', async () => {
		const tenant = workshop().simulators.microsoft.world.tenant('harbordental.example');
		const before = contacts().length;
		tenant.updateUser(PEOPLE.ada, { displayName: 'Ada Nyberg', surname: 'Nyberg', mail: 'ada.nyberg@harbordental.example' });
		const execution = await runTemplate(workshop(), TEMPLATE, { preview: false });
		tenant.updateUser(PEOPLE.ada, { displayName: 'Ada Brandt', surname: 'Brandt', mail: 'ada.brandt@harbordental.example' });
		expect(errorOf(execution)).toBe('');
		expect(contacts().find(({ id: contact }) => contact === 5001)).toMatchObject({ name: 'Ada Nyberg', email: 'ada.nyberg@harbordental.example' });
		expect(contacts()).toHaveLength(before);
	});

	it('runs from the command line', async () => {
		const id = await prepareTemplate(workshop(), TEMPLATE, { preview: false });
		const { code, output, errors } = await workshop().n8n.command(['execute', `--id=${id}`, '--rawOutput']);
		expect({ code, errors: code === 0 ? '' : errors }).toEqual({ code: 0, errors: '' });
		const execution = JSON.parse(output.slice(output.indexOf('{'))) as { status: string; mode: string; data: { resultData: { runData: object } } };
		expect(execution).toMatchObject({ status: 'success', mode: 'cli' });
		expect(Object.keys(execution.data.resultData.runData)).toContain('Finish Run');
		expect(runsIn(workshop().ledgerFile).at(-1)).toMatchObject({ status: 'succeeded' });
	});

	it('can be switched on, so that its schedule works', async () => {
		const { client } = workshop().n8n;
		await client.activateWorkflow(workshop().templates[TEMPLATE]);
		expect(await client.getWorkflow(workshop().templates[TEMPLATE])).toMatchObject({ active: true });
	});

	it('refuses a second run of the same tenant and customer while one is at work', async () => {
		await begin();
		const { microsoft } = workshop().simulators;
		const { client } = workshop().n8n;
		const id = await prepareTemplate(workshop(), TEMPLATE, { preview: false });
		microsoft.graphFaults.add({ fault: { kind: 'delay', milliseconds: 4000 }, path: '/v1.0/users' });
		const first = await client.startManually(id);
		await until('the first run holds the lock', () => runsIn(workshop().ledgerFile).some(({ status }) => status === 'running'));
		const second = await client.runManually(id);
		expect(second.status).toBe('error');
		expect(errorOf(second)).toContain('Start Run');
		expect(errorOf(second)).toContain(first);
		expect((await client.waitForExecution(first)).status).toBe('success');
		expect(runsIn(workshop().ledgerFile)).toEqual([expect.objectContaining({ status: 'succeeded', executionId: first })]);
	});

	it.each([
		['the secret of the Entra app has expired', () => workshop().simulators.microsoft.loginFaults.add({ fault: { kind: 'answer', status: 400, body: { error: 'invalid_client', error_description: 'AADSTS7000222: The provided client secret keys for app are expired.', error_codes: [7000222] } }, times: Infinity }), /expired/],
		['Syncro refuses the token', () => syncro().faults.add({ fault: { kind: 'answer', status: 401, body: { error: 'Not authorized' } }, path: '/contacts', times: Infinity }), /token/i],
	])('logs a run that failed, frees the lock and fails the execution: %s', async (_fault, lay, message) => {
		await begin();
		// Else the sign-in of the test before would do.
		workshop().simulators.microsoft.tokens.revokeAll();
		lay();
		const writes = syncro().writes();
		const execution = await runTemplate(workshop(), TEMPLATE, { preview: false });
		workshop().simulators.microsoft.loginFaults.clear();
		syncro().faults.clear();
		expect(execution.status).toBe('error');
		expect(errorOf(execution)).toMatch(message);
		expect(runsIn(workshop().ledgerFile)).toEqual([expect.objectContaining({ status: 'failed', message: expect.stringMatching(message) })]);
		expect(syncro().writes()).toBe(writes);
	});
});

describe('The template undo-run', () => {
	it('puts back what a run overwrote and takes away what it created', async () => {
		await begin();
		const values = () => JSON.stringify(syncro().state.contactsOf().map(({ updated_at: _moment, ...contact }) => contact));
		const before = values();
		const sync = await runTemplate(workshop(), TEMPLATE, { preview: false });
		const [{ runId }] = outputOf(sync, 'Finish Run');
		expect(values()).not.toBe(before);
		const undo = await runTemplate(workshop(), 'undo-run', { runId, preview: false });
		expect(errorOf(undo)).toBe('');
		expect(values()).toBe(before);
	});
});
