import type { Reading } from '../../../sync/source/graph/transport/reading';
import { clientOf, CLIENT_ID, failureOf, graphError, networkError, Service, TENANT, TestClock, token, type Scripted } from './service';

const READING: Reading = { what: 'users', permission: 'User.Read.All', alsoBy: ['Directory.Read.All'], resourceUnits: 1 };
const GOOD: Scripted = { body: { value: [{ id: '1' }] } };
const read = (service: Service, options = {}, request = {}) => {
	const { client, clock } = clientOf(service, options);
	return { clock, answer: client.read<{ value: unknown[] }>({ reading: READING, address: '/users', expects: 'list', ...request }) };
};
/** Fails with these, then answers well. */
const after = (...faults: Scripted[]) => new Service((_, attempt) => faults[attempt - 1] ?? GOOD);
const always = (fault: Scripted) => new Service(() => fault);

describe('a read', () => {
	it('sends the token, an id of its own, and the address exactly as it was given', async () => {
		const service = new Service(() => GOOD);
		const { client } = clientOf(service);
		const link = 'https://graph.microsoft.com/v1.0/users?$skiptoken=a%2Bb%3D%3D&$select=id&$top=2&x=(1=2)';
		await client.read({ reading: READING, address: link, expects: 'list' });
		await client.read({ reading: READING, address: '/users?$select=id', expects: 'list' });
		const [first, second] = service.graphRequests;
		expect(first.url).toBe(link);
		expect(second.url).toBe('https://graph.microsoft.com/v1.0/users?$select=id');
		expect(first.headers.authorization).toBe(`Bearer ${token()}`);
		expect(first.headers['client-request-id']).toMatch(/^[0-9a-f-]{36}$/);
		expect(first.headers['client-request-id']).not.toBe(second.headers['client-request-id']);
		expect(service.signIns).toBe(1);
	});

	it.each<[string, Scripted[], number[]]>([
		['a 429 with whole seconds', [{ status: 429, headers: { 'retry-after': '7' } }], [7000]],
		['a 429 with a fraction of a second', [{ status: 429, headers: { 'retry-after': '2.128' } }], [2128]],
		['a 429 with a date', [{ status: 429, headers: { 'retry-after': 'Sun, 22 Nov 2026 08:00:05 GMT' } }], [5000]],
		['a 429 without Retry-After', [{ status: 429 }], [500]],
		['a 429 that asks for more than any client library waits', [{ status: 429, headers: { 'retry-after': '4000' } }], [4_000_000]],
		['ten 429 in a row', Array.from({ length: 10 }, () => ({ status: 429, headers: { 'retry-after': '1' } })), Array.from({ length: 10 }, () => 1000)],
		['a 429 that asks for nothing', [{ status: 429, headers: { 'retry-after': '0' } }], [100]],
		['a 503 with Retry-After', [{ status: 503, headers: { 'retry-after': '3' } }], [3000]],
		['a 503 without', [{ status: 503 }, { status: 503 }], [500, 1000]],
		['a 504', [{ status: 504 }], [500]],
		['a 500', [{ status: 500, body: graphError('InternalServerError') }], [500]],
		['an HTML 502', [{ status: 502, body: '<html>Bad Gateway</html>' }], [500]],
		['a reset connection', [networkError('ECONNRESET')], [500]],
		['an answer cut short', [{ body: '{"value":[{"id":"1"},{"i' }], [500]],
		['a page without its list', [{ body: { '@odata.context': 'x' } }], [500]],
		['an empty answer', [{ body: '' }], [500]],
		['an error in the middle of a page', [{ body: { value: [], ...graphError('ServiceNotAvailable') } }], [500]],
	])('survives %s', async (_, faults, waits) => {
		const service = after(...faults);
		const { clock, answer } = read(service);
		expect((await answer).value).toEqual([{ id: '1' }]);
		expect(clock.sleeps).toEqual(waits);
		expect(service.graphRequests).toHaveLength(faults.length + 1);
	});

	it('spreads waits at random, and never comes back before the service allows it', async () => {
		const service = after({ status: 429, headers: { 'retry-after': '10' } }, { status: 503 });
		const { clock, answer } = read(service, { random: () => 0.5 });
		await answer;
		expect(clock.sleeps).toEqual([10_500, 750]);
	});

	it.each<[string, Scripted, string, string, number]>([
		['500 for ever', { status: 500 }, `Could not read users of tenant ${TENANT}: Microsoft Graph failed with status 500, every time it was asked.`, 'unavailable', 7],
		['an HTML 502 for ever', { status: 502, body: '<html>' }, `Could not read users of tenant ${TENANT}: Microsoft Graph failed with status 502, every time it was asked.`, 'unavailable', 7],
		['a cut answer for ever', { body: '{"value":[', headers: { 'request-id': 'r-9' } }, `Could not read users of tenant ${TENANT}: the answer is not complete JSON (request id r-9).`, 'unavailable', 7],
		['no list for ever', { body: {}, headers: { 'request-id': 'r-9' } }, `Could not read users of tenant ${TENANT}: the answer holds no list (request id r-9).`, 'unavailable', 7],
		['a reset for ever', networkError('ECONNRESET'), `Could not read users of tenant ${TENANT}: graph.microsoft.com did not answer, the connection was cut.`, 'unavailable', 7],
		['an untrusted certificate', networkError('SELF_SIGNED_CERT_IN_CHAIN'), `Could not read users of tenant ${TENANT}: graph.microsoft.com did not answer, its TLS certificate comes from an authority that is not trusted here.`, 'configuration', 1],
		['a redirection', { status: 302, headers: { location: 'https://portal.hotel.example' } }, `Could not read users of tenant ${TENANT}: the answer was a redirection (status 302), which Microsoft Graph does not send here.`, 'configuration', 1],
		['501', { status: 501, body: graphError('NotImplemented', 'This operation target is not yet supported.') }, `Could not read users of tenant ${TENANT}: one of the chosen properties cannot be read in a list.`, 'input', 1],
		['no licence', { status: 403, body: graphError('Authentication_RequestFromNonPremiumTenantOrB2CTenant', "Neither tenant is B2C or tenant doesn't have premium license") }, `Could not read users of tenant ${TENANT}: the tenant has no subscription that includes it.`, 'notLicensed', 1],
		['no Intune', { status: 400, body: graphError('BadRequest', 'Request not applicable to target tenant.') }, `Could not read users of tenant ${TENANT}: the tenant has no subscription that includes it.`, 'notLicensed', 1],
		['an app that Graph does not know', { status: 401, body: graphError('Authorization_IdentityNotFound') }, `Could not read users of tenant ${TENANT}: nobody has consented to the app ${CLIENT_ID} there.`, 'configuration', 1],
		['404', { status: 404, body: graphError('Request_ResourceNotFound') }, `Could not read users of tenant ${TENANT}: Microsoft Graph does not find it.`, 'notFound', 1],
		['a refused request', { status: 400, body: graphError('Request_UnsupportedQuery', 'Unsupported Query.') }, `Could not read users of tenant ${TENANT}: Microsoft Graph does not take this request: "Unsupported Query".`, 'input', 1],
		['a refused permission although it is there', { status: 403, body: graphError('Authorization_RequestDenied') }, `Could not read users of tenant ${TENANT}: Microsoft Graph refuses although the app ${CLIENT_ID} has a permission for it.`, 'notPermitted', 1],
	])('ends with the reason on %s', async (_, fault, message, errorClass, requests) => {
		const service = always(fault);
		const error = await failureOf(read(service).answer);
		expect(error.message).toBe(message);
		expect(error).toMatchObject({ name: 'SyncError', class: errorClass, tenantId: TENANT });
		expect(error.remedy).not.toBe('');
		expect(service.graphRequests).toHaveLength(requests);
	});

	it('names the missing permission and the consent link on a 403', async () => {
		const service = always({ status: 403, body: graphError('Authorization_RequestDenied', 'Insufficient privileges to complete the operation.'), headers: { 'request-id': 'r-7' } });
		service.signInAnswer = () => ({ body: { expires_in: 3599, access_token: token({ roles: [] }) } });
		const error = await failureOf(read(service).answer);
		expect(error.message).toBe(`Could not read users of tenant ${TENANT}: the app ${CLIENT_ID} lacks the permission User.Read.All.`);
		expect(error.remedy).toBe(
			`Add the application permission User.Read.All (Microsoft Graph) to the app registration, then have an administrator of the tenant consent: https://login.microsoftonline.com/${TENANT}/adminconsent?client_id=${CLIENT_ID}`,
		);
		expect(error).toMatchObject({ code: 'Authorization_RequestDenied', requestId: 'r-7', httpStatus: 403 });
	});

	it('renews a token that is refused, once', async () => {
		const refused: Scripted = { status: 401, body: graphError('InvalidAuthenticationToken', 'Lifetime validation failed, the token is expired.') };
		const healed = after(refused);
		await read(healed).answer;
		expect(healed.signIns).toBe(2);
		const broken = always(refused);
		const error = await failureOf(read(broken).answer);
		expect(error.message).toContain('did not accept the token, not even a new one');
		expect([broken.signIns, broken.graphRequests.length]).toEqual([2, 2]);
	});

	it('takes a consent that was given after the token', async () => {
		const service = new Service((request) => (request.headers.authorization.includes(token({ roles: [] })) ? { status: 403, body: graphError('Authorization_RequestDenied') } : GOOD));
		service.signInAnswer = (attempt) => ({ body: { expires_in: 3599, access_token: attempt === 1 ? token({ roles: [] }) : token() } });
		const { client, clock } = clientOf(service);
		const request = { reading: READING, address: '/users', expects: 'list' as const };
		expect((await failureOf(client.read(request))).message).toContain('lacks the permission');
		clock.pass(120_000);
		await expect(client.read(request)).resolves.toEqual({ value: [{ id: '1' }] });
		expect(service.signIns).toBe(2);
	});

	it('refuses a wait that would end after the run’s time, at once and with what the service said', async () => {
		const service = always({ status: 429, headers: { 'retry-after': '400', 'request-id': 'r-4' } });
		const { clock, answer } = read(service, { budgetSeconds: 300 });
		const error = await failureOf(answer);
		expect(error.message).toBe(
			`Could not read users of tenant ${TENANT}: Microsoft Graph limits the requests for this tenant; the next try would be in 400 s, and 300 s are left of this run's 300 s.`,
		);
		expect(error).toMatchObject({ class: 'unavailable', code: 'graph.429.budget', httpStatus: 429, requestId: 'r-4', retryAfterSeconds: 400 });
		expect(clock.sleeps).toEqual([]);
	});

	it('ends when the service throttles for ever', async () => {
		const { clock, answer } = read(always({ status: 429, headers: { 'retry-after': '60' } }), { budgetSeconds: 600 });
		expect((await failureOf(answer)).code).toBe('graph.429.budget');
		expect(clock.sleeps).toHaveLength(10);
	});

	it('makes the other requests to the tenant wait while one is throttled', async () => {
		const service = after({ status: 429, headers: { 'retry-after': '30' } });
		const clock = new TestClock();
		let open = () => {};
		const opened = new Promise<void>((resolve) => (open = resolve));
		const sleeping: number[] = [];
		clock.sleep = async (milliseconds) => {
			sleeping.push(milliseconds);
			await opened;
		};
		const { client } = clientOf(service, { clock });
		const request = async (address: string) => await client.read({ reading: READING, address, expects: 'list' });
		const until = async (condition: () => boolean) => {
			while (!condition()) await new Promise(setImmediate);
		};
		const first = request('/first');
		await until(() => sleeping.length === 1);
		const others = [request('/second'), request('/third')];
		await until(() => sleeping.length === 3);
		expect(service.graphRequests).toHaveLength(1);
		expect(sleeping).toEqual([30_000, 30_000, 30_000]);
		clock.pass(30_000);
		open();
		await Promise.all([first, ...others]);
		expect(service.graphRequests).toHaveLength(4);
	});

	it('stops when the execution is cancelled, also while it waits', async () => {
		const cancelled = new AbortController();
		const service = new Service(() => {
			cancelled.abort(new Error('cancelled'));
			return { status: 503 };
		});
		expect((await failureOf(read(service, { signal: cancelled.signal }).answer)).message).toBe('cancelled');
		expect(service.graphRequests).toHaveLength(1);
	});

	it('gives up an answer that does not come to its end', async () => {
		const service = new Service();
		const hanging: typeof service.transport = async (url, init) => {
			if (url.includes('/oauth2/')) return await service.transport(url, init);
			const body = new ReadableStream({
				start(controller) {
					controller.enqueue(new TextEncoder().encode('{"value":['));
					init?.signal?.addEventListener('abort', () => controller.error(init.signal?.reason));
				},
			});
			return new Response(body, { status: 200 });
		};
		const { client } = clientOf(service, { transport: hanging, requestSeconds: 0.02, retries: { attempts: 2, firstSeconds: 1, longestSeconds: 1 } });
		const error = await failureOf(client.read({ reading: READING, address: '/users', expects: 'list' }));
		expect(error.message).toBe(`Could not read users of tenant ${TENANT}: graph.microsoft.com did not answer, no complete answer came in time.`);
	});

	it.each(['https://evil.example/v1.0/users?$skiptoken=1', 'http://graph.microsoft.com/v1.0/users', 'https://graph.microsoft.com.evil.example/v1.0/users', 'https://graph.microsoft.com:8443/x', 'nonsense'])(
		'never sends the token to %s',
		async (address) => {
			const service = new Service(() => GOOD);
			const error = await failureOf(read(service, {}, { address }).answer);
			expect(error.message).toMatch(/^A link in an answer of Microsoft Graph leads elsewhere, to /);
			expect(service.seen).toEqual([]);
		},
	);

	it('does not repeat what the service says word by word when a token or the secret is in it', async () => {
		const service = always({ status: 400, body: graphError('BadRequest', `Bad: ${token()} and a-secret-that-must-never-be-shown`) });
		const error = await failureOf(read(service).answer);
		expect(error.message).toBe(`Could not read users of tenant ${TENANT}: Microsoft Graph does not take this request: "Bad: … and …".`);
	});
});
