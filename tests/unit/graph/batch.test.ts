import type { GraphRequest } from '../../../sync/source/graph/transport/exchange';
import type { Reading } from '../../../sync/source/graph/transport/reading';
import { clientOf, failureOf, graphError, Service, type Scripted, type Seen } from './service';

const PURPOSE: Reading = { what: 'mailbox settings', permission: 'MailboxSettings.Read', alsoBy: [], resourceUnits: 0, quotas: ['mailboxSettings'] };
const METHODS: Reading = { what: 'authentication methods', permission: 'UserAuthenticationMethod.Read.All', alsoBy: [], resourceUnits: 0, quotas: ['identityReports'] };

const requests = (count: number, reading = PURPOSE): GraphRequest[] =>
	Array.from({ length: count }, (_, n) => ({ reading, address: `/users/${n}/mailboxSettings/userPurpose`, expects: 'object' as const }));

interface Inner {
	id: string;
	url: string;
	method: string;
}
type Response = { id: string; status: number; headers?: Record<string, string>; body?: unknown };

/** A service that answers each request of a batch by `answer`, last one first, as Graph promises no order. */
const batching = (answer: (inner: Inner, round: number) => Omit<Response, 'id'> | undefined): { service: Service; rounds: Inner[][] } => {
	const rounds: Inner[][] = [];
	const service = new Service((request: Seen): Scripted => {
		const inner = (JSON.parse(request.body) as { requests: Inner[] }).requests;
		rounds.push(inner);
		const responses = inner.flatMap((each) => {
			const response = answer(each, rounds.length);
			return response ? [{ id: each.id, ...response }] : [];
		});
		return { body: { responses: responses.reverse() } };
	});
	return { service, rounds };
};

const ok = ({ url }: Inner) => ({ status: 200, headers: { 'Content-Type': 'application/json' }, body: { value: url.split('/')[2] } });

describe('many small reads in batches', () => {
	it('go twenty at a time and answer in the order of the requests', async () => {
		const { service, rounds } = batching(ok);
		const answers = await clientOf(service).client.batch(requests(45));
		// Three on their way at once, in any order.
		expect(rounds.map((round) => round.length).sort()).toEqual([20, 20, 5]);
		expect(answers.map(({ body }) => (body as { value: string }).value)).toEqual(Array.from({ length: 45 }, (_, n) => String(n)));
		expect(service.graphRequests.map(({ url, method }) => `${method} ${url}`)).toEqual(Array(3).fill('POST https://graph.microsoft.com/v1.0/$batch'));
	});

	it('wait for a throttled one as long as it says, and ask only for that one again', async () => {
		const { service, rounds } = batching((inner, round) =>
			inner.url.startsWith('/users/3/') && round === 1 ? { status: 429, headers: { 'Retry-After': '2.5' }, body: graphError('TooManyRequests') } : ok(inner),
		);
		const { client, clock } = clientOf(service);
		const answers = await client.batch(requests(5));
		expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200]);
		expect(rounds[1].map(({ url }) => url)).toEqual(['/users/3/mailboxSettings/userPurpose']);
		expect(clock.sleeps[0]).toBeGreaterThanOrEqual(2_500);
	});

	it('try one again that stumbled, and give the answer of one that is refused', async () => {
		const { service } = batching((inner, round) =>
			inner.url.startsWith('/users/0/') && round < 3 ? { status: 503, body: graphError('ServiceNotAvailable') } : inner.url.startsWith('/users/1/') ? { status: 404, body: graphError('MailboxNotEnabledForRESTAPI') } : ok(inner),
		);
		const answers = await clientOf(service).client.batch(requests(3));
		expect(answers.map(({ status }) => status)).toEqual([200, 404, 200]);
	});

	it('give the last answer of one that keeps stumbling', async () => {
		const { service, rounds } = batching(() => ({ status: 500, body: graphError('InternalServerError') }));
		const answers = await clientOf(service).client.batch(requests(1));
		expect(answers[0].status).toBe(500);
		expect(rounds).toHaveLength(7);
	});

	it('fail when an answer is missing', async () => {
		const { service } = batching((inner) => (inner.id === '1' ? undefined : ok(inner)));
		const error = await failureOf(clientOf(service).client.batch(requests(3)));
		expect(error).toMatchObject({ code: 'graph.brokenBatch', class: 'unavailable' });
		expect(error.message).toContain('mailbox settings');
	});

	it.each([undefined, null, 'bm90IEpTT04='])('fail when an answer holds nothing of what was asked for (%p)', async (body) => {
		const { service } = batching((inner) => (inner.id === '1' ? { ...ok(inner), body } : ok(inner)));
		expect(await failureOf(clientOf(service).client.batch(requests(3)))).toMatchObject({ code: 'graph.brokenBatch' });
	});

	it('fail when a list is asked for and none comes', async () => {
		const { service } = batching((inner) => ({ ...ok(inner), body: inner.id === '1' ? { value: 'none' } : { value: [] } }));
		expect(await failureOf(clientOf(service).client.batch(requests(3).map((request) => ({ ...request, expects: 'list' as const }))))).toMatchObject({ code: 'graph.brokenBatch' });
	});

	it('fail as a whole when the batch is refused', async () => {
		const service = new Service(() => ({ status: 403, body: graphError('Authorization_RequestDenied') }));
		const error = await failureOf(clientOf(service).client.batch(requests(3)));
		expect(error.class).toBe('notPermitted');
	});

	it('stay within the limit of what they ask for, each counted for itself', async () => {
		const { service, rounds } = batching(ok);
		const { client, clock } = clientOf(service);
		const began = clock.now();
		await client.batch(requests(40, METHODS));
		expect(rounds.flat()).toHaveLength(40);
		expect(Math.max(...rounds.map((round) => round.length))).toBe(5);
		// Five in ten seconds: the fortieth may go after the seventh whole window.
		expect(clock.now() - began).toBeGreaterThanOrEqual(70_000);
	});

	it('ask nothing when there is nothing to ask', async () => {
		const { service } = batching(ok);
		expect(await clientOf(service).client.batch([])).toEqual([]);
		expect(service.graphRequests).toEqual([]);
	});
});
