import { join } from 'node:path';
import { errorOf, outputOf, passesOf, type Execution } from '../../scripts/n8n/client';
import { EXPIRED_SECRET, SAMPLE_APPS, SYNCRO_TOKEN_LIST_ONLY, VALID_SECRET_ID } from '../../simulators/world';
import { lay, READ_PEOPLE, readContacts, type Nodes, type Wire } from './support/canvas';
import { useWorkshop } from './support/useWorkshop';

const workshop = useWorkshop('nodes');

const run = async (nodes: Nodes, wires: Wire[]): Promise<Execution> => {
	const id = await lay(workshop(), nodes, wires);
	return await workshop().n8n.client.runManually(id);
};

describe('The package in a real n8n', () => {
	it('offers its nodes and credentials under their real names', async () => {
		const { client } = workshop().n8n;
		const names = async (kind: string): Promise<string[]> => {
			const response = await fetch(`${client.address}/types/${kind}.json`, { headers: { cookie: client.session } });
			return ((await response.json()) as Array<{ name: string }>).map(({ name }) => name);
		};
		const own = ['contactMatch', 'httpTarget', 'microsoft365', 'microsoft365Trigger', 'syncLedger', 'syncPlan', 'syncro'].map((name) => `n8n-nodes-entra-sync.${name}`);
		expect(await names('nodes')).toEqual(expect.arrayContaining(own));
		expect(await names('credentials')).toEqual(expect.arrayContaining(['entraAppApi', 'entraPartnerOAuth2Api', 'httpTargetApi', 'syncLedgerApi', 'syncroTokenApi']));
	});
});

describe('The Test button of a credential', () => {
	const test = async (type: string, changes: Record<string, unknown>): Promise<{ status: string; message: string }> => {
		const { id, name, data } = workshop().credentials[type];
		return await workshop().n8n.client.testCredential(id, type, name, { ...data, ...changes });
	};

	it.each(['entraAppApi', 'syncroTokenApi', 'syncLedgerApi'])('is content with the right %s', async (type) => {
		expect(await test(type, {})).toMatchObject({ status: 'OK' });
	});

	it('signs in with a certificate', async () => {
		const { appCertificate } = workshop().simulators;
		expect(await test('entraAppApi', { authentication: 'certificate', certificate: appCertificate.cert, privateKey: appCertificate.key })).toMatchObject({ status: 'OK' });
	});

	it.each([
		['a wrong secret', { clientSecret: 'not-the-secret' }, /secret/i],
		["the secret's id instead of its value", { clientSecret: VALID_SECRET_ID }, /the secret's ID, not its value/],
		['an expired secret', { clientSecret: EXPIRED_SECRET }, /expired/i],
		['an unknown tenant', { tenantId: '00000000-0000-4000-8000-00000000dead' }, /tenant/i],
		['an app without consent', { clientId: SAMPLE_APPS.withoutConsent }, /consent|permission/i],
	])('names the fault: %s', async (_fault, changes: { clientSecret?: string; tenantId?: string; clientId?: string }, message) => {
		const answer = await test('entraAppApi', changes);
		expect(answer).toEqual({ status: 'Error', message: expect.stringMatching(message) });
		expect(answer.message).not.toContain(changes.clientSecret ?? 'sample-secret');
	});

	it('names the fault: a wrong Syncro token', async () => {
		const answer = await test('syncroTokenApi', { apiToken: 'nobodys-token' });
		expect(answer).toEqual({ status: 'Error', message: expect.stringMatching(/token/i) });
		expect(answer.message).not.toContain('nobodys-token');
	});

	it('names the permissions that a Syncro token lacks', async () => {
		expect((await test('syncroTokenApi', { apiToken: SYNCRO_TOKEN_LIST_ONLY })).message).toContain('Customers - Edit');
	});

	it('says when the ledger file cannot be written', async () => {
		const path = join(workshop().ledgerFile, 'below-a-file', 'ledger.sqlite');
		expect(await test('syncLedgerApi', { path })).toEqual({ status: 'Error', message: expect.stringContaining('below-a-file') });
	});
});

describe('The two inputs of Contact Match', () => {
	const rules = { useLinks: false, rules: { rule: [{ by: 'email' }] } };
	const match: Nodes[string] = ['contactMatch', rules];
	const both: Wire[] = [
		['Begin', 'People'],
		['Begin', 'Contacts'],
		['People', 'Match'],
		['Contacts', 'Match', 1],
	];

	it('take two lists and run once', async () => {
		const execution = await run({ People: READ_PEOPLE, Contacts: readContacts(101), Match: match }, both);
		expect(errorOf(execution)).toBe('');
		expect(passesOf(execution, 'Match')).toBe(1);
		const outcomes = outputOf(execution, 'Match').map(({ outcome }) => outcome);
		expect(outcomes).toEqual(expect.arrayContaining(['matched', 'new', 'ambiguous', 'unmanaged']));
	});

	it('take an empty list for what it is: nobody is known there yet', async () => {
		const execution = await run({ People: READ_PEOPLE, Contacts: readContacts(103), Match: match }, both);
		expect(errorOf(execution)).toBe('');
		expect(outputOf(execution, 'Contacts')).toEqual([expect.objectContaining({ kind: 'emptyList', list: 'contacts' })]);
		expect(new Set(outputOf(execution, 'Match').map(({ outcome }) => outcome))).toEqual(new Set(['new']));
		expect(outputOf(execution, 'Match')).toHaveLength(outputOf(execution, 'People').length);
	});

	it.each([
		['contacts', 'Contacts', 1],
		['people', 'People', 0],
	])('refuse a list of %s that never arrived', async (_list, skipped, input) => {
		const never: Nodes[string] = ['n8n-nodes-base.filter', { conditions: { options: { version: 2 }, combinator: 'and', conditions: [{ id: 'never', leftValue: 1, rightValue: 2, operator: { type: 'number', operation: 'equals' } }] } }, { typeVersion: 2.2 }];
		const execution = await run({ People: READ_PEOPLE, Contacts: readContacts(101), Never: never, Match: match }, [
			['Begin', skipped === 'People' ? 'Contacts' : 'People'],
			['Begin', 'Never'],
			['Never', skipped],
			['People', 'Match'],
			['Contacts', 'Match', 1],
		]);
		expect(passesOf(execution, skipped)).toBe(0);
		expect(execution.status).toBe('error');
		expect(errorOf(execution)).toMatch(/did not arrive/);
		expect(errorOf(execution)).toMatch(input === 0 ? /people/i : /contacts/i);
	});

	it.each([
		['first', 0],
		['second', 1],
	])('refuse two wires into the %s input', async (list, input) => {
		const execution = await run({ People: READ_PEOPLE, Contacts: readContacts(101), Second: input === 0 ? READ_PEOPLE : readContacts(102), Match: match }, [...both, ['Begin', 'Second'], ['Second', 'Match', input]]);
		expect(execution.status).toBe('error');
		expect(errorOf(execution)).toContain(`Several wires lead into the ${list} input.`);
		expect(outputOf(execution, 'Match')).toEqual([]);
	});
});
