import { planIdOf } from '../../../sync/model/planId';
import type { Change } from '../../../sync/model/change';
import { applyChanges } from '../../../sync/target/apply/applyChanges';
import { contactStore } from '../../../sync/target/syncro/contacts/store';
import { openAccount, type Account } from './support/account';
import { LEASE_SECONDS, openTestLedger, pairingOfTenant, prepare, to } from './support/runs';

let account: Account;
let opened: Awaited<ReturnType<typeof openTestLedger>>;
let tenants = 0;
let pairing: ReturnType<typeof pairingOfTenant>;

beforeAll(async () => {
	account = await openAccount();
	opened = await openTestLedger(account.clock);
});
beforeEach(() => {
	account.simulator.state.reset();
	account.simulator.faults.clear();
	account.simulator.seen.length = 0;
	Object.assign(account.simulator.quirks, { propertiesOnPut: 'replace', propertiesOnPost: 'store', unknownProperties: 'keep', notFoundBody: 'message' });
	account.clock.moment += 120_000;
	pairing = pairingOfTenant(`tenant-${tenants++}`);
});
afterAll(async () => {
	await account.simulator.stop();
	await opened.close();
});

type Draft = Partial<Change> & Pick<Change, 'action'>;

async function apply(drafts: Draft[], verdict: 'ok' | 'held' | 'allowed' = 'ok') {
	const { run, changes } = await prepare(opened.ledger, pairing, drafts, verdict);
	const outcomes = await applyChanges({ store: contactStore(account.client()), ledger: opened.ledger, run, changes });
	return { run, outcomes, recorded: await opened.ledger.changesOfRun(run.runId) };
}

const stored = (id: number) => account.simulator.state.contacts.get(id);
const sent = () => account.simulator.seen.filter(({ method }) => method !== 'GET').map(({ method, body }) => ({ method, body: body === '' ? undefined : (JSON.parse(body) as unknown) }));
const update = (fields: Change['fields'], more: Partial<Change> = {}): Draft => ({ action: 'update', recordId: '11', rule: 'email', fields, ...more });

describe('A create', () => {
	const ada = [to('name', 'Zoë'), to('email', 'zoe@northwind.example'), to('phone', '+1 (555) 1'), to('title', 'Clerk'), to('properties.M365', 'yes')];

	it('stores all fields in one request, and links the contact', async () => {
		const { outcomes, recorded } = await apply([{ action: 'create', sourceId: 'zoe', fields: ada }]);
		const [{ recordId }] = outcomes;
		expect(stored(Number(recordId))).toMatchObject({ name: 'Zoë', email: 'zoe@northwind.example', phone: '15551', customer_id: 1, properties: { title: 'Clerk', M365: 'yes' } });
		expect(sent()).toHaveLength(1);
		expect(outcomes[0]).toMatchObject({ outcome: 'applied', message: 'Created.' });
		expect(await opened.ledger.links(pairing)).toMatchObject([
			{ sourceId: 'zoe', recordId, rule: 'created', lastWritten: { name: 'Zoë', email: 'zoe@northwind.example', phone: '+1 (555) 1', title: 'Clerk', 'properties.M365': 'yes' } },
		]);
		expect(recorded).toMatchObject([{ state: 'applied', recordId }]);
	});

	it('that arrives twice makes one contact: the second fails alone, and the others go on', async () => {
		const zoe: Draft = { action: 'create', sourceId: 'zoe', label: 'Zoë', fields: ada };
		const { outcomes } = await apply([zoe, zoe, update([to('city', 'London', null)])]);
		expect(outcomes.map(({ outcome }) => outcome)).toEqual(['applied', 'failed', 'applied']);
		expect(outcomes[1].message).toMatch(/^"Zoë" is not created again: the ledger links this person to the record \d+ of this customer\. /);
		expect(sent().map(({ method }) => method)).toEqual(['POST', 'PUT']);
	});

	it('sets with an update what Syncro leaves out of a new contact', async () => {
		account.simulator.quirks.propertiesOnPost = 'ignore';
		const { outcomes } = await apply([{ action: 'create', sourceId: 'zoe', fields: ada }]);
		expect(stored(Number(outcomes[0].recordId))!.properties).toEqual({ title: 'Clerk', M365: 'yes' });
		expect(outcomes[0]).toMatchObject({ outcome: 'applied', message: 'Created.' });
		expect(sent().map(({ method }) => method)).toEqual(['POST', 'PUT']);
	});

	it('is remembered although that update is refused, and says what is missing', async () => {
		account.simulator.quirks.propertiesOnPost = 'ignore';
		account.simulator.faults.add({ method: 'PUT', fault: { kind: 'answer', status: 422, body: { errors: 'Title is silly' } } });
		const { outcomes } = await apply([{ action: 'create', sourceId: 'zoe', fields: ada }]);
		expect(outcomes[0]).toMatchObject({ outcome: 'applied', notStored: ['title', 'properties.M365'] });
		expect(outcomes[0].message).toMatch(/^Created\. Not everything could be added; the next run does\. .*Title is silly/);
		expect(await opened.ledger.links(pairing)).toHaveLength(1);
	});

	it('names the custom fields that Syncro does not keep', async () => {
		account.simulator.quirks.unknownProperties = 'drop';
		const { outcomes } = await apply([{ action: 'create', sourceId: 'zoe', fields: ada }]);
		expect(outcomes[0]).toMatchObject({
			outcome: 'applied',
			notStored: ['properties.M365'],
			message: 'Created. Syncro did not store as sent: M365. Create it in Syncro under Admin → Contact Custom Fields, with exactly this name: "M365" (of a dropdown, with the answer "yes"). It is tried again in a week, and with any other value.',
		});
		const [link] = await opened.ledger.links(pairing);
		expect(link.lastWritten).not.toHaveProperty(['properties.M365']);
	});

	it('whose reply was lost is not adopted from somebody else: a linked, older or different contact makes it doubtful', async () => {
		account.simulator.faults.add({ method: 'POST', fault: { kind: 'reset', after: false } });
		const posts = () => account.simulator.seen.filter(({ method }) => method === 'POST').length;
		// Since the plan, somebody typed in another contact with this address.
		account.simulator.state.addContact(1, { name: 'Zoe (typed by hand)', email: 'ZOE@northwind.example' });
		const { outcomes, recorded } = await apply([{ action: 'create', sourceId: 'zoe', fields: ada }]);
		expect(outcomes[0].outcome).toBe('failed');
		expect(outcomes[0].message).toMatch(/which contact it made can't be told: contact \d+ has the same email\. Look at these contacts in Syncro/);
		expect(recorded).toMatchObject([{ state: 'intended' }]);
		expect(posts()).toBe(1);
	});

	it.each(['linked to somebody else', 'older than the intent'])('whose reply was lost does not adopt a contact that looks the same but is %s', async (how) => {
		const twin = account.simulator.state.addContact(1, { name: 'Zoë', email: 'zoe@northwind.example', phone: '15551' });
		const drafts: Draft[] = [{ action: 'create', sourceId: 'zoe', fields: ada }];
		if (how.startsWith('linked')) drafts.unshift({ action: 'link', sourceId: 'other', recordId: String(twin.id), rule: 'email' });
		else twin.created_at = '2026-01-01T00:00:00Z';
		account.simulator.faults.add({ method: 'POST', fault: { kind: 'reset', after: false } });
		const { outcomes } = await apply(drafts);
		expect(outcomes.at(-1)).toMatchObject({ outcome: 'failed', message: expect.stringContaining("which contact it made can't be told") });
		expect((await opened.ledger.links(pairing)).map(({ sourceId }) => sourceId)).not.toContain('zoe');
	});
});

describe('An update', () => {
	it('sends what changed and the name, and nothing else', async () => {
		const { outcomes } = await apply([update([to('phone', '555 9', '15550100100')])]);
		expect(outcomes[0]).toMatchObject({ outcome: 'applied', recordId: '11', message: 'Updated.' });
		expect(sent()).toEqual([{ method: 'PUT', body: { name: 'Ada Lovelace', phone: '555 9' } }]);
		expect(stored(11)).toMatchObject({ phone: '5559', email: 'ada@northwind.example', properties: { title: 'Analyst', Badge: 'A-7' } });
	});

	it('keeps the properties that are not ours, although Syncro replaces them all', async () => {
		await apply([update([to('title', 'Countess', 'Analyst'), to('properties.M365', 'E5', null)])]);
		expect(stored(11)!.properties).toEqual({ title: 'Countess', Badge: 'A-7', M365: 'E5' });
	});

	it('empties a field with an empty text', async () => {
		await apply([update([to('phone', null, '15550100100'), to('title', null, 'Analyst')])]);
		expect(sent()).toEqual([{ method: 'PUT', body: { name: 'Ada Lovelace', phone: '', properties: { title: '', Badge: 'A-7' } } }]);
	});

	it('leaves alone what somebody changed since the plan, and says so', async () => {
		account.simulator.state.editContact(11, {}, { title: 'Promoted by hand' });
		const { outcomes, recorded } = await apply([update([to('title', 'Countess', 'Analyst'), to('city', 'London', null)])]);
		expect(outcomes[0]).toMatchObject({ outcome: 'conflict', message: 'Left alone: Job Title of this contact changed in Syncro after the plan was made. The next plan decides anew.' });
		expect(recorded).toMatchObject([{ state: 'dropped' }]);
		expect(sent()).toEqual([]);
	});

	it('sends nothing where Syncro holds the new values already, in its own notation', async () => {
		const { outcomes } = await apply([update([to('phone', '+1-555-0100-100', '999'), to('email', 'ADA@northwind.example', 'old@northwind.example')])]);
		expect(outcomes[0]).toMatchObject({ outcome: 'applied', message: 'Updated: Syncro holds the new values.' });
		expect(sent()).toEqual([]);
	});

	it('does not touch a contact that was moved to another customer', async () => {
		account.simulator.state.moveContact(11, 2);
		const { outcomes } = await apply([update([to('city', 'London', null)])]);
		expect(outcomes[0]).toMatchObject({ outcome: 'conflict', message: 'Left alone: in Syncro this contact now belongs to customer 2. The next plan decides anew.' });
		expect(sent()).toEqual([]);
	});

	it('of a contact that was deleted fails alone', async () => {
		account.simulator.state.deleteContact(11);
		const { outcomes } = await apply([update([to('city', 'London', null)]), { action: 'create', fields: [to('name', 'Bob'), to('email', 'bob@northwind.example')] }]);
		expect(outcomes.map(({ outcome }) => outcome)).toEqual(['failed', 'applied']);
		expect(outcomes[0].message).toContain('could not read the contact "Person 0" (11), because it is not there (404)');
	});

	it('that marks a leaver writes the mark and keeps the rest', async () => {
		const { outcomes } = await apply([{ action: 'deactivate', recordId: '11', fields: [to('properties.M365 Status', 'Left', null)] }]);
		expect(outcomes[0]).toMatchObject({ action: 'deactivate', outcome: 'applied' });
		expect(stored(11)).toMatchObject({ name: 'Ada Lovelace', properties: { title: 'Analyst', Badge: 'A-7', 'M365 Status': 'Left' } });
	});
});

describe('Links', () => {
	it('are remembered in steps of 500, the lock renewed between them; one that the ledger refuses fails alone', async () => {
		const drafts: Draft[] = Array.from({ length: 1_203 }, (_, index) => ({ action: 'link', sourceId: `p${index}`, recordId: `r${index === 700 ? 1 : index}`, rule: 'email' }));
		const { run, changes } = await prepare(opened.ledger, pairing, [...drafts.slice(0, 1_200), update([to('city', 'London', null)]), ...drafts.slice(1_200)]);
		const steps: string[] = [];
		const ledger: typeof opened.ledger = {
			...opened.ledger,
			rememberLinks: async (...values) => {
				steps.push(`${values[2].length} links`);
				account.clock.moment += LEASE_SECONDS * 900;
				return await opened.ledger.rememberLinks(...values);
			},
			renewLease: async (...values) => {
				steps.push('renewed');
				await opened.ledger.renewLease(...values);
			},
		};
		const outcomes = await applyChanges({ store: contactStore(account.client()), ledger, run, changes });
		expect(steps).toEqual(['renewed', '500 links', 'renewed', '500 links', 'renewed', '200 links', 'renewed', '3 links']);
		expect(outcomes.map(({ sourceId }) => sourceId)).toEqual(changes.map(({ sourceId }) => sourceId));
		expect(outcomes.filter(({ outcome }) => outcome !== 'applied')).toMatchObject([{ sourceId: 'p700', outcome: 'failed', recordId: 'r1', message: expect.stringContaining('person p1') }]);
		expect(outcomes[0]).toMatchObject({ action: 'link', outcome: 'applied', recordId: 'r0', message: 'The pair is remembered.' });
		expect(await opened.ledger.links(pairing)).toHaveLength(1_203);
	});
});

describe('A delete', () => {
	it('removes the contact and its link', async () => {
		await apply([{ action: 'link', sourceId: 'ada', recordId: '11', rule: 'email' }]);
		expect(await opened.ledger.links(pairing)).toHaveLength(1);
		const { run } = { run: await opened.ledger.runOfExecution('execution', pairing) };
		await opened.ledger.finishRun(run!.runId, { status: 'succeeded' });
		const { outcomes } = await apply([{ action: 'delete', sourceId: 'ada', recordId: '11' }]);
		expect(outcomes[0]).toMatchObject({ outcome: 'applied', message: 'Deleted.' });
		expect(stored(11)).toBeUndefined();
		expect(await opened.ledger.links(pairing)).toEqual([]);
	});

	it('of a contact that is gone already is done', async () => {
		account.simulator.state.deleteContact(11);
		const { outcomes } = await apply([{ action: 'delete', recordId: '11' }]);
		expect(outcomes[0]).toMatchObject({ outcome: 'applied', message: 'The contact was already gone.' });
	});

	it('that undoes a create spares a contact that was changed since', async () => {
		const draft: Draft = { action: 'delete', recordId: '11', verifyBefore: true, fields: [to('name', null, 'Ada Lovelace'), to('city', null, 'Turin')] };
		const { outcomes } = await apply([draft]);
		expect(outcomes[0]).toMatchObject({ outcome: 'conflict' });
		expect(stored(11)).toBeDefined();
	});

	const held = [to('name', null, 'Ada Lovelace'), to('email', null, 'ada@northwind.example'), to('phone', null, '5550100'), to('title', null, 'Analyst'), to('properties.Badge', null, 'A-7')];

	it.each<[string, object, string]>([
		['a note', { notes: 'Alarm code 4711' }, 'Notes'],
		['a phone number', { mobile: '5551234567' }, 'Mobile'],
		['a custom field', { properties: { title: 'Analyst', Badge: 'A-7', Contract: 'Gold' } }, 'Contract'],
	])('that expects certain values spares a contact to which somebody added %s', async (_, added, label) => {
		Object.assign(account.simulator.state.contacts.get(11)!, { phone: '15550100' }, added);
		const draft: Draft = { action: 'delete', recordId: '11', verifyBefore: true, fields: held.map((field) => (field.field === 'phone' ? { ...field, before: '15550100' } : field)) };
		const { outcomes } = await apply([draft]);
		expect(outcomes[0]).toMatchObject({ outcome: 'conflict', message: `Left alone: ${label} of this contact changed in Syncro after the plan was made. The next plan decides anew.` });
		expect(stored(11)).toBeDefined();
	});

	it('that expects exactly what the contact holds deletes it', async () => {
		Object.assign(account.simulator.state.contacts.get(11)!, { phone: '5550100' });
		const { outcomes } = await apply([{ action: 'delete', recordId: '11', verifyBefore: true, fields: held }]);
		expect(outcomes[0]).toMatchObject({ outcome: 'applied', message: 'Deleted.' });
	});

	it.each<[string, string, string | undefined, string]>([
		['HTML', '<html>maintenance</html>', 'text/html', 'text/html instead of JSON'],
		['text', 'no such route', 'text/plain', 'text/plain instead of JSON'],
	])('answered with 404 and %s by somebody other than Syncro concludes nothing', async (_, body, type, words) => {
		await apply([{ action: 'link', sourceId: 'ada', recordId: '11', rule: 'email' }]);
		const { runId } = (await opened.ledger.runOfExecution('execution', pairing))!;
		await opened.ledger.finishRun(runId, { status: 'succeeded' });
		account.simulator.faults.add({ times: Infinity, fault: { kind: 'answer', status: 404, headers: { 'content-type': type! }, body } });
		const { outcomes } = await apply([{ action: 'delete', sourceId: 'ada', recordId: '11' }]);
		expect(outcomes[0]).toMatchObject({ outcome: 'failed', message: expect.stringContaining(words) });
		expect(await opened.ledger.links(pairing)).toHaveLength(1);
	});

	it.each(['message', 'error', 'empty'] as const)('answered by Syncro with 404 (%s) is done', async (notFoundBody) => {
		Object.assign(account.simulator.quirks, { notFoundBody });
		account.simulator.state.deleteContact(11);
		const { outcomes } = await apply([{ action: 'delete', recordId: '11' }]);
		expect(outcomes[0]).toMatchObject({ outcome: 'applied', message: 'The contact was already gone.' });
	});

	it('never touches a contact of another customer', async () => {
		const { outcomes } = await apply([{ action: 'delete', recordId: '21' }]);
		expect(outcomes[0]).toMatchObject({ outcome: 'conflict' });
		expect(stored(21)).toBeDefined();
	});

	it.each(['before', 'after'])('whose reply is lost %s it was carried out ends with the contact gone', async (moment) => {
		account.simulator.faults.add({ method: 'DELETE', fault: { kind: 'reset', after: moment === 'after' } });
		const { outcomes } = await apply([{ action: 'delete', recordId: '11' }]);
		expect(outcomes[0]).toMatchObject({ outcome: 'applied', message: 'Deleted.' });
		expect(stored(11)).toBeUndefined();
	});
});

describe('A link', () => {
	it('writes nothing to Syncro and is remembered', async () => {
		const { outcomes } = await apply([{ action: 'link', sourceId: 'ada', recordId: '11', rule: 'email' }]);
		expect(outcomes[0]).toMatchObject({ outcome: 'applied', recordId: '11' });
		expect(account.simulator.seen).toEqual([]);
		expect(await opened.ledger.links(pairing)).toMatchObject([{ sourceId: 'ada', recordId: '11', rule: 'email' }]);
	});

	it('to a contact that belongs to somebody else fails alone', async () => {
		const { outcomes } = await apply([
			{ action: 'link', sourceId: 'ada', recordId: '11', rule: 'email' },
			{ action: 'link', sourceId: 'bob', recordId: '11', rule: 'email' },
			{ action: 'link', sourceId: 'cid', recordId: '12', rule: 'email' },
		]);
		expect(outcomes.map(({ outcome }) => outcome)).toEqual(['applied', 'failed', 'applied']);
	});
});

describe('Nothing is written', () => {
	const draft = update([to('city', 'London', null)]);
	const refused = async (work: Promise<unknown>, code: string) => {
		await expect(work).rejects.toMatchObject({ code });
		expect(sent()).toEqual([]);
	};

	it('for a plan that is held', async () => await refused(apply([draft], 'held'), 'apply.planHeld'));

	it('for a plan that the ledger does not know', async () => {
		const { run, changes } = await prepare(opened.ledger, pairing, [draft]);
		const planId = planIdOf('plan', pairing, changes, 7);
		await refused(applyChanges({ store: contactStore(account.client()), ledger: opened.ledger, run: { ...run, planId }, changes: changes.map((change) => ({ ...change, planId })) }), 'apply.unknownPlan');
	});

	it('in a run that made no plan: pinned and repeated items', async () => {
		const { run, changes } = await prepare(opened.ledger, pairing, [draft]);
		await refused(applyChanges({ store: contactStore(account.client()), ledger: opened.ledger, run: { ...run, planId: undefined }, changes }), 'apply.otherPlan');
	});

	it('when items were altered, doubled or left out on their way', async () => {
		const { run, changes } = await prepare(opened.ledger, pairing, [draft, { action: 'create', fields: [to('name', 'New')] }]);
		const work = (arrived: Change[]) => applyChanges({ store: contactStore(account.client()), ledger: opened.ledger, run, changes: arrived });
		await refused(work([...changes, changes[1]]), 'apply.alteredPlan');
		await refused(work(changes.slice(1)), 'apply.alteredPlan');
		await refused(work([{ ...changes[0], action: 'delete' }, changes[1]]), 'apply.alteredPlan');
		await refused(work([{ ...changes[0], recordId: '12' }, changes[1]]), 'apply.alteredPlan');
	});

	it('for a plan that is not the one of this run', async () => {
		const { run, changes } = await prepare(opened.ledger, pairing, [draft]);
		await refused(applyChanges({ store: contactStore(account.client()), ledger: opened.ledger, run: { ...run, planId: 'another' }, changes }), 'apply.otherPlan');
	});

	it('for an allowed plan that was used before', async () => {
		const { run, changes } = await prepare(opened.ledger, pairing, [draft], 'allowed');
		await applyChanges({ store: contactStore(account.client()), ledger: opened.ledger, run, changes });
		expect(stored(11)!.city).toBe('London');
		account.simulator.seen.length = 0;
		await refused(applyChanges({ store: contactStore(account.client()), ledger: opened.ledger, run, changes }), 'ledger.planUsed');
	});

	it('for changes of two plans, of a preview, or of another customer', async () => {
		const { run, changes } = await prepare(opened.ledger, pairing, [draft, draft]);
		const work = (second: Partial<Change>) => applyChanges({ store: contactStore(account.client()), ledger: opened.ledger, run, changes: [changes[0], { ...changes[1], ...second }] });
		await refused(work({ planId: 'another' }), 'apply.mixedPlans');
		await refused(work({ mode: 'preview' }), 'apply.mixedModes');
		await refused(work({ pairing: { ...pairing, customerId: '2' } }), 'apply.otherPairing');
	});

	it('with the credential of another account', async () => {
		const { run, changes } = await prepare(opened.ledger, pairing, [draft]);
		await refused(applyChanges({ store: contactStore(account.client({ subdomain: 'other' })), ledger: opened.ledger, run, changes }), 'apply.otherAccount');
	});

	it('once the lock is lost, however far the work is', async () => {
		const { run, changes } = await prepare(opened.ledger, pairing, [draft, update([to('state', 'X', null)])]);
		const taken = async () => {
			account.clock.moment += LEASE_SECONDS * 1000 + 1;
			await opened.ledger.startRun({ pairing, executionId: 'another', leaseSeconds: LEASE_SECONDS });
		};
		const work = (async () => {
			let outcomes = 0;
			const pending: Array<Promise<void>> = [];
			await applyChanges({
				store: contactStore(account.client()),
				ledger: { ...opened.ledger, intend: async (intent) => {
					await Promise.all(pending);
					return await opened.ledger.intend(intent);
				} },
				run,
				changes,
				onOutcome: () => {
					outcomes++;
					pending.push(taken());
				},
			}).finally(() => expect(outcomes).toBe(1));
		})();
		await expect(work).rejects.toMatchObject({ code: 'ledger.leaseLost' });
		expect(stored(11)).toMatchObject({ city: 'London', state: null });
	});

	it('after the execution was stopped', async () => {
		const { run, changes } = await prepare(opened.ledger, pairing, [draft, update([to('state', 'X', null)])]);
		const controller = new AbortController();
		const work = applyChanges({ store: contactStore(account.client()), ledger: opened.ledger, run, changes, signal: controller.signal, onOutcome: () => controller.abort(new Error('stopped')) });
		await expect(work).rejects.toThrow('stopped');
		expect(stored(11)).toMatchObject({ city: 'London', state: null });
	});
});

it('The lock is renewed while Syncro makes us wait, so that a long wait loses nothing', async () => {
	const { run, changes } = await prepare(opened.ledger, pairing, [update([to('city', 'London', null)])]);
	account.simulator.faults.add({ fault: { kind: 'answer', status: 429, headers: { 'retry-after': '900' } } });
	const client = account.client({ patienceMilliseconds: 3_600_000 });
	const [outcome] = await applyChanges({ store: contactStore(client), ledger: opened.ledger, run, changes });
	expect(outcome.outcome).toBe('applied');
	expect((await opened.ledger.getRun(run.runId))!.leaseUntil).toBeGreaterThan(account.clock.now());
});
