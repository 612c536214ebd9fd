import fc from 'fast-check';
import type { FaultRule } from '../../../simulators/base/faults';
import { AtOnce } from '../../../sync/http/atOnce';
import { SyncError } from '../../../sync/model/syncError';
import { LostReply } from '../../../sync/target/apply/lostReply';
import { addressOf, endpointOf } from '../../../sync/target/http/address';
import { HttpEndpointClient, type HttpEndpointSettings } from '../../../sync/target/http/client';
import { endpointSays } from '../../../sync/target/http/errors';
import { PatientClock } from '../syncro/support/account';
import { KEY, openPortal, READ_KEY, type Portal } from './support/portal';

let portal: Portal;
beforeAll(async () => (portal = await openPortal()));
afterAll(async () => await portal.simulator.stop());
beforeEach(() => {
	portal.simulator.state.reset();
	portal.simulator.faults.clear();
	portal.simulator.seen.length = 0;
	portal.simulator.quirks.requestsPerMinute = 120;
	portal.clock.moment += 400_000;
});

const read = async (settings: Partial<HttpEndpointSettings> = {}, path = '/users/usr_1') => await portal.client(settings).request({ method: 'GET', path, doing: 'read the record "Ada"' });
const write = async (settings: Partial<HttpEndpointSettings> = {}, body: object = { title: 'x' }, method = 'PATCH', path = '/users/usr_1') => await portal.client(settings).request({ method, path, body, doing: 'update the record "Ada" (usr_1)' });

async function refusalOf(work: Promise<unknown>): Promise<SyncError> {
	try {
		await work;
	} catch (error) {
		if (error instanceof SyncError) return error;
		throw error;
	}
	throw new Error('It was not refused.');
}

describe('The address of an endpoint', () => {
	it.each(['', 'http://portal.example.com', 'https://user:pw@portal.example.com', 'https://portal.example.com/?key=1', 'portal.example.com', 'file:///etc/passwd', 'https://portal.example.com/#x'])('is plain https, not "%s"', (address) => {
		expect(() => endpointOf(address)).toThrow(SyncError);
	});

	it('is its account in the ledger unless it has a name of its own', () => {
		expect(endpointOf('https://Portal.example.com:8443/api/v1/')).toEqual({ base: 'https://portal.example.com:8443/api/v1', host: 'portal.example.com:8443', account: 'portal.example.com:8443/api/v1' });
		expect(endpointOf('https://portal.example.com', ' our-portal ').account).toBe('our-portal');
	});

	it.each(['users', '//evil.example/users', '/../admin', '/users/../../admin', '/users/%2e%2e/x', '/users/.', '/users//roles', '/users\\..\\x', '/users#x', '@evil.example/x', '.evil.example/x', ':81/x', '/us\ters', ''])('is left by no path: "%s" is refused', (path) => {
		expect(() => addressOf(endpointOf('https://portal.example.com/api'), path)).toThrow('is no path below portal.example.com');
	});

	it('is the beginning of every address that is made, whatever the path', () => {
		const endpoint = endpointOf('https://portal.example.com/api');
		fc.assert(
			fc.property(fc.oneof(fc.string(), fc.string().map((path) => `/${path}`), fc.webPath()), (path) => {
				let address: URL | undefined;
				try {
					address = addressOf(endpoint, path);
				} catch (error) {
					if (!(error instanceof SyncError)) throw error;
				}
				if (address) expect(`${address.origin}${address.pathname}/`.startsWith('https://portal.example.com/api/')).toBe(true);
			}),
			{ numRuns: 2_000 },
		);
	});
});

describe('The secret', () => {
	it('goes in its header, to the endpoint', async () => {
		await read();
		expect(portal.simulator.seen.map(({ headers }) => headers.authorization)).toEqual([`Bearer ${KEY}`]);
	});

	it('may have been taken where the answer is that the result is elsewhere (303), so that it is not sent once more as if it had been refused', async () => {
		portal.simulator.faults.add({ fault: { kind: 'answer', status: 303, headers: { location: '/users/usr_9' } } });
		expect(await refusalOf(write({}, { name: 'x' }, 'POST', '/users'))).toBeInstanceOf(LostReply);
	});

	it.each([301, 302, 307, 308])('is not sent on by a redirection (%d), which is refused', async (status) => {
		const { simulator: other } = await openPortal();
		try {
			portal.simulator.faults.add({ fault: { kind: 'answer', status, headers: { location: `${other.origin}/users/usr_1` } }, times: 2 });
			expect(await refusalOf(read())).toMatchObject({ class: 'configuration', code: 'http.redirect', message: expect.stringContaining('the secret is not sent on') });
			expect(await refusalOf(write())).toMatchObject({ code: 'http.redirect' });
			expect(other.seen).toEqual([]);
		} finally {
			await other.stop();
		}
	});

	it('is in no error, also where the endpoint repeats it', async () => {
		portal.simulator.faults.add({ fault: { kind: 'answer', status: 400, body: { error: { message: `Bad header Authorization: Bearer ${KEY} (${KEY})` } } } });
		const error = await refusalOf(read());
		expect(`${error.message} ${error.remedy}`).not.toContain(KEY);
		expect(error.message).toContain('Bad header Authorization: … …');
	});

	it.each([['Auth orization', 'x'], ['', 'x'], ['X-Key', ''], ['X-Key', 'two\nlines'], ['X-Key', 'ключ']])('needs a usable header: %j with %j is refused', (headerName, headerValue) => {
		expect(() => portal.client({ headerName, headerValue })).toThrow('The HTTP Target credential has no usable header.');
	});
});

describe('A failure', () => {
	const answers: Array<[status: number, code: string, cls: string, says: RegExp, headers: Record<string, string>]> = [
		[401, 'http.401', 'configuration', /does not accept the secret \(401\)\. It says: No\./, {}],
		[403, 'http.403', 'configuration', /does not allow this \(403\)\. It says: No\./, {}],
		[404, 'http.notFound', 'notFound', /because it is not there \(404\)/, {}],
		[409, 'http.409', 'refused', /: No \(409\)\./, {}],
		[422, 'http.422', 'refused', /: No \(422\)\./, {}],
		[500, 'http.500', 'unavailable', /trouble of its own \(500\)\. It says: No\./, {}],
		[503, 'http.503', 'unavailable', /trouble of its own \(503\)/, { 'retry-after': '7' }],
	];
	it.each(answers)('of status %d is told with the record and what the endpoint says', async (status, code, cls, says, headers) => {
		portal.simulator.faults.add({ fault: { kind: 'answer', status, headers: { 'content-type': 'application/problem+json', ...headers }, body: { title: 'Title', detail: 'No.' } }, times: Infinity });
		const error = await refusalOf(write({ patienceMilliseconds: 0 }));
		expect(error).toMatchObject({ code, class: cls, httpStatus: status });
		expect(error.message).toMatch(says);
		expect(error.message).toContain('update the record "Ada" (usr_1)');
		expect(error.remedy.length).toBeGreaterThan(20);
	});

	it('of validation names the fields, and repeats nothing else of the answer', async () => {
		const error = await refusalOf(write({}, { salary: 1, active: 'x' }));
		expect(error.message).toContain('The user cannot be stored; salary: is no field of a user; active: must be true or false (422)');
		expect(endpointSays({ input: { password: 'geheim' }, message: ['One.', 'Two'], trace: 'at x' }, KEY)).toBe('One; Two');
		expect(endpointSays({ message: 'x'.repeat(1000) }, KEY)).toHaveLength(301);
		expect(endpointSays('<html>', KEY)).toBe('<html>');
		expect(endpointSays({ nested: { message: 'not at a known place' } }, KEY)).toBe('');
	});

	it('a page instead of JSON is none of the endpoint\'s answers, also with status 200', async () => {
		const page = { kind: 'answer', status: 200, headers: { 'content-type': 'text/html' }, body: '<!DOCTYPE html>' } as const;
		portal.simulator.faults.add({ fault: page, times: 2 });
		expect(await refusalOf(read())).toMatchObject({ code: 'http.notJson' });
		expect(await refusalOf(write())).toBeInstanceOf(LostReply);
	});

	it('before anything was sent is no lost reply; afterwards it is one', async () => {
		const closed = await openPortal();
		await closed.simulator.stop();
		expect(await refusalOf(write({ baseAddress: closed.simulator.origin, patienceMilliseconds: 0 }))).not.toBeInstanceOf(LostReply);
		const rules: Array<[FaultRule['fault'], boolean]> = [[{ kind: 'reset', after: true }, false], [{ kind: 'truncate', share: 0.5 }, false], [{ kind: 'answer', status: 502 }, false], [{ kind: 'answer', status: 504 }, true]];
		for (const [fault, mayStillArrive] of rules) {
			portal.simulator.faults.add({ fault });
			const error = await refusalOf(write());
			expect(error).toBeInstanceOf(LostReply);
			expect(error).toMatchObject({ mayStillArrive });
		}
		portal.simulator.faults.add({ fault: { kind: 'hang' } });
		expect(await refusalOf(write({ timeoutMilliseconds: 200 }))).toMatchObject({ code: 'http.timeout', mayStillArrive: true });
	});

	it('of an untrusted certificate says so', async () => {
		expect(await refusalOf(new HttpEndpointClient({ baseAddress: portal.simulator.origin, headerName: 'X', headerValue: 'y', clock: portal.clock }).request({ method: 'GET', path: '/users', doing: 'read the users' }))).toMatchObject({ class: 'configuration', message: expect.stringContaining('authority that is not trusted') });
	});

	it('of a key that may only read is told as such', async () => {
		expect(await refusalOf(write({ headerValue: `Bearer ${READ_KEY}` }))).toMatchObject({ code: 'http.403', message: expect.stringContaining('This key may only read') });
	});
});

describe('The limit', () => {
	it('is kept: a hundred and fifty requests get no 429, and wait no longer than they must', async () => {
		portal.simulator.quirks.requestsPerMinute = 30;
		const client = portal.client({ requestsPerMinute: 30 });
		const slept = portal.clock.slept;
		for (let sent = 0; sent < 75; sent++) await client.request({ method: 'GET', path: '/users/usr_1', doing: 'read' });
		expect(portal.simulator.seen.map(({ status }) => status)).toEqual(Array.from({ length: 75 }, () => 200));
		expect(portal.clock.slept - slept).toBeLessThan(2 * 62_000);
	});

	it.each([429, 503])('the endpoint itself can say when to come again (%d), for a write as well', async (status) => {
		portal.simulator.faults.add({ fault: { kind: 'answer', status, headers: { 'retry-after': '17' } } });
		const slept = portal.clock.slept;
		await write();
		expect(portal.clock.slept - slept).toBeGreaterThanOrEqual(17_000);
		expect(portal.simulator.seen.map((request) => request.status)).toEqual([status, 200]);
	});

	it('a read is tried again with growing pauses, and given up after a while', async () => {
		portal.simulator.faults.add({ fault: { kind: 'answer', status: 500 }, times: Infinity });
		const slept = portal.clock.slept;
		expect(await refusalOf(read())).toMatchObject({ code: 'http.500' });
		expect(portal.clock.slept - slept).toBeLessThanOrEqual(120_000);
		expect(portal.simulator.seen.length).toBeGreaterThan(3);
	});

	it('no more requests are under way at once than allowed, and whoever waits keeps its caller alive', async () => {
		const clock = new PatientClock();
		const places = new AtOnce({ now: () => clock.now(), sleep: async (milliseconds, signal) => await new Promise((resolve, reject) => {
			const timer = setTimeout(resolve, Math.min(milliseconds, 5));
			signal?.addEventListener('abort', () => {
				clearTimeout(timer);
				reject(signal.reason as Error);
			});
		}) });
		let underWay = 0;
		let most = 0;
		let kept = 0;
		const keepAlive = async () => void kept++;
		await Promise.all(Array.from({ length: 12 }, async () => await places.run(3, { keepAlive }, async () => {
			most = Math.max(most, ++underWay);
			await new Promise((resolve) => setTimeout(resolve, 12));
			underWay--;
		})));
		expect([most, underWay]).toEqual([3, 0]);
		expect(kept).toBeGreaterThan(0);
		const stop = new AbortController();
		const holding = places.run(1, {}, async () => await new Promise((resolve) => setTimeout(resolve, 30)));
		const waiting = places.run(1, { signal: stop.signal }, async () => 'done');
		stop.abort(new Error('stopped by the user'));
		await expect(waiting).rejects.toThrow('stopped by the user');
		await holding;
	});
});
