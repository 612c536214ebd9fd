import type { Fault } from '../../../simulators/base/faults';
import { HTML_ANSWER, NOT_AUTHORIZED } from '../../../simulators/syncro/answers';
import type { RefusalShape } from '../../../simulators/syncro/quirks';
import { transportFor } from '../../../sync/http/transport';
import type { SyncroSettings } from '../../../sync/target/syncro/client';
import { allContacts, getContact } from '../../../sync/target/syncro/contacts/contacts';
import { openAccount, READ_TOKEN, SEED, type Account } from './support/account';
import { openTestLedger, pairingOfTenant, person, sync } from './support/runs';

let account: Account;
let host: string;
let opened: Awaited<ReturnType<typeof openTestLedger>>;
let tenants = 0;

beforeAll(async () => {
	account = await openAccount();
	host = new URL(account.simulator.origin).host;
	opened = await openTestLedger(account.clock);
});
beforeEach(() => {
	account.simulator.state.reset();
	account.simulator.faults.clear();
	Object.assign(account.simulator.quirks, { refusalShape: 'errorsString', retryAfter: 'none', requestsPerMinute: 180, notFoundBody: 'message', badTokenBody: 'error', permissionStatus: 401 });
	account.clock.moment = Math.ceil(account.clock.moment / 1000) * 1000 + 7_200_000;
	account.clock.slept = 0;
});
afterAll(async () => {
	await account.simulator.stop();
	await opened.close();
});

const READ = 'Syncro account acme: could not read the contacts of customer 1';
const json = (status: number, body?: unknown, headers?: Record<string, string>): Fault => ({ kind: 'answer', status, headers, body });

const TOKEN_REMEDY = 'The token is mistyped, expired, deleted, or belongs to another account than acme. Create one in Syncro under Admin → API Tokens and enter it in the Syncro credential.';
const VIEW_REMEDY = 'In Syncro, open Admin → API Tokens and give this token the permission "Customers - View Detail", or create a token that has it and enter it in the Syncro credential.';
const LATER_REMEDY = "Run it again later. If it stays like this, look at Syncro's status page.";
const NETWORK_REMEDY = 'Run it again later. If it stays like this, check the network, proxy and firewall between n8n and Syncro.';
const RATE_REMEDY =
	'Syncro allows 180 requests a minute for everything that shares your outbound address. Run it again later, or lower Requests per Minute in the Syncro credential if other tools use the API from the same address.';

interface Case {
	fault: string;
	lay: Fault;
	message: string;
	remedy: string;
	code: string;
	/** Seconds that are waited in all before it is given up. */
	waited: number;
}

const READ_CASES: Case[] = [
	{ fault: '401 with a reason', lay: json(401, { error: 'Invalid API token.' }), message: `${READ}, because Syncro does not accept the API token. Syncro says: Invalid API token.`, remedy: TOKEN_REMEDY, code: 'syncro.token', waited: 0 },
	{ fault: '401 without a body', lay: json(401), message: `${READ}, because Syncro does not accept the API token.`, remedy: TOKEN_REMEDY, code: 'syncro.token', waited: 0 },
	{ fault: '401 for a missing permission', lay: json(401, { error: NOT_AUTHORIZED }), message: `${READ}, because the API token lacks the permission "Customers - View Detail". Syncro says: ${NOT_AUTHORIZED}`, remedy: VIEW_REMEDY, code: 'syncro.permission', waited: 0 },
	{ fault: '403', lay: json(403), message: `${READ}, because the API token lacks the permission "Customers - View Detail".`, remedy: VIEW_REMEDY, code: 'syncro.permission', waited: 0 },
	{ fault: '404', lay: json(404, { message: 'Not found' }), message: `${READ}, because it is not there (404). Syncro says: Not found.`, remedy: 'It was deleted or merged in Syncro, or it belongs to another account. Read the records again; the next plan decides anew.', code: 'syncro.notFound', waited: 0 },
	{ fault: '429 without Retry-After, for ever', lay: json(429), message: `${READ}, because Syncro counted too many requests (429).`, remedy: RATE_REMEDY, code: 'syncro.429', waited: 75 },
	{ fault: '429 that asks for more time than there is', lay: json(429, undefined, { 'retry-after': '3600' }), message: `${READ}, because Syncro counted too many requests (429).`, remedy: RATE_REMEDY, code: 'syncro.429', waited: 0 },
	{ fault: '503, for ever', lay: json(503, '<html>Down</html>'), message: `${READ}, because Syncro has trouble of its own (503).`, remedy: LATER_REMEDY, code: 'syncro.503', waited: 75 },
	{ fault: '500 with a reason, for ever', lay: json(500, { error: 'Boom' }), message: `${READ}, because Syncro has trouble of its own (500). Syncro says: Boom.`, remedy: LATER_REMEDY, code: 'syncro.500', waited: 75 },
	{ fault: 'HTML with status 200', lay: { kind: 'answer', ...HTML_ANSWER }, message: `${READ}, because HOST answered with text/html instead of JSON.`, remedy: 'A sign-in page, a firewall or a proxy answered in place of the API. Check Subdomain and Address Override in the Syncro credential, and whether a firewall or proxy lets n8n reach the API; then run it again.', code: 'syncro.notJson', waited: 0 },
	{ fault: 'text with status 200', lay: json(200, 'Disabled'), message: `${READ}, because HOST answered with something without a type instead of JSON.`, remedy: 'A sign-in page, a firewall or a proxy answered in place of the API. Check Subdomain and Address Override in the Syncro credential, and whether a firewall or proxy lets n8n reach the API; then run it again.', code: 'syncro.notJson', waited: 0 },
	{ fault: 'a redirect to a sign-in page', lay: json(302, undefined, { location: 'https://login.example/' }), message: `${READ}, because HOST sends the request elsewhere (302) instead of answering it.`, remedy: 'Check Subdomain (and Address Override) in the Syncro credential: the API of an account answers at https://<subdomain>.syncromsp.com/api/v1.', code: 'syncro.redirect', waited: 0 },
	{ fault: 'a connection that is cut, for ever', lay: { kind: 'reset', after: false }, message: `${READ}, because the connection to HOST failed (UND_ERR_SOCKET).`, remedy: NETWORK_REMEDY, code: 'syncro.network', waited: 75 },
	{ fault: 'an answer that is cut in the middle, for ever', lay: { kind: 'truncate', share: 0.5 }, message: `${READ}, because the connection to HOST failed (UND_ERR_SOCKET).`, remedy: NETWORK_REMEDY, code: 'syncro.network', waited: 75 },
	{ fault: 'no answer, for ever', lay: { kind: 'hang' }, message: `${READ}, because HOST did not answer within 0.2 seconds.`, remedy: 'Run it again later. If it stays like this, check the network between n8n and Syncro.', code: 'syncro.timeout', waited: 75 },
	{ fault: 'a page without its list', lay: json(200, { meta: {} }), message: `${READ}, because page 1 of the answer has no list "contacts".`, remedy: 'Nothing was concluded from this answer. Run it again; if it stays like this, report it with this message.', code: 'syncro.malformed', waited: 0 },
	{ fault: 'an empty page where there should be more', lay: json(200, { contacts: [], meta: { total_pages: 3, page: 1 } }), message: `${READ}, because page 1 of the answer is empty, although there are 3 pages.`, remedy: 'Nothing was concluded from this answer. Run it again; if it stays like this, report it with this message.', code: 'syncro.malformed', waited: 0 },
	{ fault: "another customer's contact in the list", lay: json(200, { contacts: [{ id: 21, customer_id: 2 }], meta: { total_pages: 1 } }), message: `${READ}, because the list holds the contact 21, which belongs to customer 2.`, remedy: 'Nothing was concluded from this answer. Run it again; if it stays like this, report it with this message.', code: 'syncro.malformed', waited: 0 },
	{ fault: 'a contact without an id', lay: json(200, { contacts: [{ customer_id: 1 }], meta: { total_pages: 1 } }), message: `${READ}, because the answer holds a contact without an id.`, remedy: 'Nothing was concluded from this answer. Run it again; if it stays like this, report it with this message.', code: 'syncro.malformed', waited: 0 },
	{ fault: 'fewer contacts than the list says', lay: json(200, { contacts: [], meta: { total_pages: 1, total_entries: 7 } }), message: `${READ}, because contacts were added or removed while the list was read.`, remedy: 'Run it again; a list with gaps is never used.', code: 'syncro.listChanged', waited: 0 },
];

describe('Reading contacts under a fault', () => {
	it.each(READ_CASES)('$fault: says what happened and what to do', async ({ lay, message, remedy, code, waited }) => {
		account.simulator.faults.add({ fault: lay, times: Infinity });
		const reading = allContacts(account.client({ timeoutMilliseconds: lay.kind === 'hang' ? 200 : 2_000 }), '1');
		await expect(reading).rejects.toMatchObject({ message: message.replace('HOST', host), remedy, code });
		expect(account.clock.slept / 1000).toBe(waited);
	});

	it.each<[string, Fault, number]>([
		['429 without Retry-After', json(429), 5],
		['429 with whole seconds', json(429, undefined, { 'retry-after': '17' }), 17],
		['429 with a fraction', json(429, undefined, { 'retry-after': '0.5' }), 0.5],
		['503', json(503), 5],
		['503 with Retry-After', json(503, undefined, { 'retry-after': '30' }), 30],
		['a connection that is cut', { kind: 'reset', after: false }, 5],
		['a truncated answer', { kind: 'truncate', share: 0.3 }, 5],
	])('%s, once: waits and reads on, and nothing is missing', async (_, fault, seconds) => {
		account.simulator.faults.add({ fault });
		expect((await allContacts(account.client(), '1')).map(({ id }) => id)).toEqual(['11', '12']);
		expect(account.clock.slept / 1000).toBe(seconds);
	});

	it('a Retry-After that is a date is waited for', async () => {
		const date = new Date(account.clock.now() + 42_000).toUTCString();
		account.simulator.faults.add({ fault: json(429, undefined, { 'retry-after': date }) });
		await allContacts(account.client(), '1');
		expect(account.clock.slept / 1000).toBe(42);
	});

	it('a 429 holds up every client of the account, not only the one that met it', async () => {
		account.simulator.faults.add({ fault: json(429, undefined, { 'retry-after': '90' }) });
		await expect(allContacts(account.client({ patienceMilliseconds: 60_000 }), '1')).rejects.toMatchObject({ code: 'syncro.429', retryAfterSeconds: 90 });
		await allContacts(account.client(), '2');
		expect(account.clock.slept / 1000).toBe(90);
	});

	it.each([['86400'], ['9'.repeat(400)]])('a Retry-After of %s seconds stops the account for five minutes, and nobody waits beyond their patience', async (seconds) => {
		account.simulator.faults.add({ fault: json(429, undefined, { 'retry-after': seconds }) });
		await expect(allContacts(account.client(), '1')).rejects.toMatchObject({ code: 'syncro.429' });
		await expect(allContacts(account.client(), '2')).rejects.toMatchObject({
			code: 'syncro.429',
			retryAfterSeconds: 300,
			message: 'Syncro account acme: could not read the contacts of customer 2, because Syncro counted too many requests (429).',
		});
		expect(account.clock.slept).toBe(0);
		account.clock.moment += 300_000;
		await allContacts(account.client(), '2');
		expect(account.clock.slept).toBe(0);
	});
});

describe('Faults of the settings', () => {
	const settings: Array<[string, Partial<SyncroSettings>, string]> = [
		['a subdomain with a space', { subdomain: 'my acme' }, '"my acme" is not a Syncro subdomain.'],
		['no subdomain', { subdomain: ' ' }, '" " is not a Syncro subdomain.'],
		['no token', { token: ' ' }, 'The Syncro credential has no usable API token.'],
		['a token with a line break in it', { token: 'abc\ndef' }, 'The Syncro credential has no usable API token.'],
		['an address without TLS', { addressOverride: 'http://localhost:1/api/v1' }, 'The Address Override of the Syncro credential is not a plain https address.'],
		['an address with a password', { addressOverride: 'https://a:b@localhost/api/v1' }, 'The Address Override of the Syncro credential is not a plain https address.'],
	];
	it.each(settings)('%s is told at once', (_, wrong, message) => {
		expect(() => account.client(wrong)).toThrow(message);
	});

	it('understands the whole address of an account as its subdomain', () => {
		expect(account.client({ subdomain: ' https://ACME.syncromsp.com/customers ' }).account).toBe('acme');
	});

	it('a certificate that nobody vouches for is named', async () => {
		const reading = allContacts(account.client({ transport: transportFor() }), '1');
		await expect(reading).rejects.toMatchObject({ code: 'syncro.tls', message: expect.stringContaining(`the certificate of ${host} is not trusted`) });
	});

	it('a name that can not be resolved is named', async () => {
		const transport = async () => {
			throw new TypeError('fetch failed', { cause: Object.assign(new Error('getaddrinfo ENOTFOUND'), { code: 'ENOTFOUND' }) });
		};
		await expect(allContacts(account.client({ transport, addressOverride: '' }), '1')).rejects.toMatchObject({
			code: 'syncro.dns',
			message: `${READ}, because there is no host acme.syncromsp.com (the name can't be resolved).`,
		});
	});

	it('the token is in no address and in no error', async () => {
		account.simulator.seen.length = 0;
		account.simulator.faults.add({ fault: json(422, { errors: 'no', params: { token: 'token-with-everything', password: 'pass' } }) });
		const error = await allContacts(account.client(), '1').catch((caught: Error) => caught);
		expect(JSON.stringify([error, (error as Error).message, (error as Error).stack])).not.toMatch(/token-with-everything|"pass"/);
		expect(account.simulator.seen.every(({ url }) => !url.href.includes('token'))).toBe(true);
		expect(account.simulator.seen[0].headers.authorization).toBe('Bearer token-with-everything');
	});
});

const PEOPLE = [person('ada', { displayName: 'Ada King', email: 'ada@northwind.example' }), person('bob'), person('cid')];
const start = () => ({ ledger: opened.ledger, pairing: pairingOfTenant(`tenant-${tenants++}`), people: PEOPLE });
const names = () => account.simulator.state.contactsOf(1).map(({ name }) => name).sort();
const ALL = ['Ada King', 'Person bob', 'Person cid', 'Vendor'];

describe('Applying under a fault', () => {
	it.each<RefusalShape>(['errorsString', 'errorsArray', 'errorsObject', 'messageString', 'messageArray', 'errorString', 'errorArray'])(
		'422 in the shape %s: the record fails with the reason, the others go on, and the next run tries it again',
		async (refusalShape) => {
			account.simulator.quirks.refusalShape = refusalShape;
			const job = start();
			const people = [PEOPLE[0], person('bob', { email: 'bob(at)northwind' }), PEOPLE[2]];
			const { outcomes } = await sync({ ...job, people, client: account.client() });
			expect(outcomes.map(({ outcome, label }) => `${label}: ${outcome}`)).toEqual(['Ada King: applied', 'Person bob: failed', 'Person cid: applied']);
			expect(outcomes[1].message).toBe(
				'Syncro account acme: could not create the contact "Person bob": Email is not an email (422). Correct the e-mail address of this person in Microsoft 365, or map another property to Email. The other records are not affected.',
			);
			expect(names()).toEqual(['Ada King', 'Person cid', 'Vendor']);
			await sync({ ...job, client: account.client() });
			expect(names()).toEqual(ALL);
		},
	);

	it.each<[string, Parameters<Account['simulator']['faults']['add']>[0], string]>([
		['401 on the first write', { method: 'POST', fault: json(401, { error: 'Invalid API token.' }) }, 'Syncro does not accept the API token'],
		['a token without the permission to write', { method: 'POST', fault: json(401, { error: NOT_AUTHORIZED }) }, 'lacks the permission "Customers - Edit"'],
		['a dead service', { path: /contacts\/\d+$/, times: Infinity, fault: json(503) }, 'Syncro has trouble of its own (503)'],
	])('%s: stops, reports the rest as failed with the reason, and the next run completes it', async (_, rule, reason) => {
		const job = start();
		account.simulator.faults.add(rule);
		const { outcomes } = await sync({ ...job, client: account.client() });
		expect(outcomes).toHaveLength(3);
		const failed = outcomes.filter(({ outcome }) => outcome === 'failed');
		expect(failed.length).toBeGreaterThanOrEqual(2);
		for (const { message } of failed) expect(message).toContain(reason);
		expect(failed.at(-1)!.message).toMatch(/^Not attempted after what happened before: /);
		account.simulator.faults.clear();
		const next = await sync({ ...job, client: account.client() });
		expect(next.outcomes.map(({ outcome }) => outcome)).not.toContain('failed');
		expect(names()).toEqual(ALL);
	});

	it.each<[string, Fault]>([
		['429 without Retry-After', json(429)],
		['429 with Retry-After', json(429, undefined, { 'retry-after': '7' })],
	])('%s on a write is waited out and sent again, since it was not carried out', async (_, fault) => {
		account.simulator.faults.add({ method: 'POST', fault, times: 2 });
		const { outcomes } = await sync({ ...start(), client: account.client() });
		expect(outcomes.map(({ outcome }) => outcome)).toEqual(['applied', 'applied', 'applied']);
		expect(names()).toEqual(ALL);
	});

	it.each<[string, Fault, 'applied' | 'adopted' | 'failed']>([
		['cut before it arrived', { kind: 'reset', after: false }, 'applied'],
		['carried out and cut', { kind: 'reset', after: true }, 'adopted'],
		['carried out, answer truncated', { kind: 'truncate', share: 0.5 }, 'adopted'],
		['carried out and never answered', { kind: 'hang' }, 'adopted'],
		['answered with 503', json(503), 'applied'],
		['answered with HTML', { kind: 'answer', ...HTML_ANSWER }, 'applied'],
		['answered with JSON that is no contact', json(200, { success: true }), 'applied'],
		['answered with 504, perhaps still under way', json(504), 'failed'],
	])('a create that is %s makes no second contact', async (_, fault, outcome) => {
		const job = start();
		account.simulator.faults.add({ method: 'POST', fault });
		const { outcomes } = await sync({ ...job, client: account.client({ timeoutMilliseconds: 1_500 }) });
		expect(outcomes.map((one) => one.outcome)).toEqual(['applied', outcome, 'applied']);
		if (outcome === 'failed') {
			expect(outcomes[1].message).toMatch(/^It is not known whether the contact "Person bob" was created; the next run looks before it creates it\. /);
			expect(await opened.ledger.openIntents(job.pairing)).toHaveLength(1);
		}
		await sync({ ...job, client: account.client() });
		expect(names()).toEqual(ALL);
		expect(await opened.ledger.openIntents(job.pairing)).toEqual([]);
		const last = await sync({ ...job, client: account.client() });
		expect(last.outcomes).toEqual([]);
	});

	it.each<[string, Fault]>([
		['cut before it arrived', { kind: 'reset', after: false }],
		['carried out and cut', { kind: 'reset', after: true }],
		['carried out and never answered', { kind: 'hang' }],
		['answered with 503', json(503)],
		['answered with 504', json(504)],
	])('an update that is %s is looked up and completed', async (_, fault) => {
		account.simulator.faults.add({ method: 'PUT', fault });
		const { outcomes } = await sync({ ...start(), client: account.client({ timeoutMilliseconds: 1_500 }) });
		expect(outcomes[0]).toMatchObject({ action: 'update', outcome: 'applied' });
		expect(account.simulator.state.contacts.get(11)!.name).toBe('Ada King');
	});

	it('three writes in a row whose replies are lost for good are taken for a dead service', async () => {
		const people = ['bob', 'cid', 'dee', 'eve', 'fay'].map((id) => person(id));
		account.simulator.faults.add({ method: 'POST', fault: json(503), times: Infinity });
		const job = { ...start(), people };
		const { outcomes } = await sync({ ...job, client: account.client() });
		expect(outcomes.map(({ message }) => message.startsWith('Not attempted'))).toEqual([false, false, false, true, true]);
		expect(account.simulator.seen.filter(({ method }) => method === 'POST').length).toBeGreaterThanOrEqual(6);
		account.simulator.faults.clear();
		await sync({ ...job, client: account.client() });
		expect(names()).toEqual(['Ada Lovelace', 'Person bob', 'Person cid', 'Person dee', 'Person eve', 'Person fay', 'Vendor']);
	});

	it('180 requests a minute are never exceeded, although Syncro would refuse the next one', async () => {
		// An account of its own: so many requests take long on a busy machine, and nobody else shall meet what is left.
		const busy = await openAccount();
		try {
			const client = busy.client({ timeoutMilliseconds: 30_000 });
			for (let request = 0; request < 200; request++) await getContact(client, '11');
			expect(busy.simulator.seen).toHaveLength(200);
			expect(busy.simulator.seen.filter(({ status }) => status !== 200)).toEqual([]);
			expect(busy.clock.slept).toBeGreaterThan(0);
		} finally {
			await busy.simulator.stop();
		}
	}, 60_000);

	it('a token that may only read writes nothing', async () => {
		const before = account.simulator.state.contactsOf(1);
		const { outcomes } = await sync({ ...start(), client: account.client({ token: READ_TOKEN }) });
		expect(outcomes.every(({ outcome }) => outcome === 'failed')).toBe(true);
		expect(account.simulator.state.contactsOf(1)).toEqual(before);
		expect(SEED.contacts).toHaveLength(3);
	});
});
