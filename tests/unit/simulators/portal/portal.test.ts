import { PORTAL_CUSTOMER, PORTAL_KEY, PORTAL_KEY_READ_ONLY, smallPortal } from '../../../../simulators/world';
import { createAuthority } from '../../../../simulators/base/certificates';
import { startPortal, type PortalSimulator } from '../../../../simulators/portal';
import { transportFor } from '../../../../sync/http/transport';

const authority = createAuthority();
const clock = { moment: Date.UTC(2026, 10, 22), now: () => clock.moment };
const send = transportFor({ caCertificates: authority.cert });
let portal: PortalSimulator;

beforeAll(async () => (portal = await startPortal({ authority, seed: smallPortal(), clock })));
afterAll(async () => await portal.stop());
beforeEach(() => {
	portal.state.reset();
	clock.moment += 3_600_000;
});

async function call(method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<{ status: number; json: Record<string, unknown>; headers: Headers }> {
	const response = await send(portal.origin + path, {
		method,
		headers: { authorization: `Bearer ${PORTAL_KEY}`, ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
		body: body === undefined ? undefined : JSON.stringify(body),
	});
	const text = await response.text();
	return { status: response.status, json: text === '' ? {} : (JSON.parse(text) as Record<string, unknown>), headers: response.headers };
}

const BOB = { customerId: PORTAL_CUSTOMER, name: 'Bob', email: 'bob@harbordental.example', profile: { employeeNumber: 7 } };

describe('The simulated portal', () => {
	it('creates with a welcome mail, changes what is sent, deactivates and deletes', async () => {
		const { status, json } = await call('POST', '/users', BOB);
		expect([status, json]).toEqual([201, { id: 'usr_4', ...BOB, externalId: null, phone: null, title: null, active: true, profile: { department: null, employeeNumber: 7 }, createdAt: expect.any(String), updatedAt: expect.any(String) }]);
		expect(portal.state.outbox).toEqual([BOB.email]);
		expect((await call('PATCH', '/users/usr_4', { title: 'Clerk' })).json).toMatchObject({ name: 'Bob', title: 'Clerk' });
		expect((await call('POST', '/users/usr_4/deactivate')).json).toMatchObject({ active: false });
		expect((await call('DELETE', '/users/usr_4')).status).toBe(204);
		expect((await call('GET', '/users/usr_4')).status).toBe(404);
	});

	it('replaces at its own address what is there, and nulls what is not sent', async () => {
		expect((await call('PUT', '/users/external/e1', { ...BOB, title: 'Clerk' })).status).toBe(201);
		const { status, json } = await call('PUT', '/users/external/e1', BOB);
		expect([status, json.title, json.externalId]).toEqual([200, null, 'e1']);
		expect(portal.state.outbox).toHaveLength(1);
	});

	it('knows a key for 24 hours, for the same request only', async () => {
		const key = { 'idempotency-key': 'k-1' };
		const first = await call('POST', '/users', BOB, key);
		const again = await call('POST', '/users', BOB, key);
		expect([again.status, again.json, again.headers.get('idempotent-replayed')]).toEqual([201, first.json, 'true']);
		expect((await call('POST', '/users', { ...BOB, name: 'Rob' }, key)).status).toBe(422);
		expect((await call('POST', '/users', BOB, { 'idempotency-key': 'not a key' })).status).toBe(400);
		clock.moment += 24 * 3_600_000;
		expect((await call('POST', '/users', BOB, key)).status).toBe(409);
		expect(portal.state.users.rows).toHaveLength(4);
	});

	it.each<[string, number, string, string, unknown]>([
		['an unknown field', 422, 'POST', '/users', { ...BOB, salary: 1 }],
		['a field of another type', 422, 'POST', '/users', { ...BOB, active: 'yes' }],
		['an id', 422, 'PATCH', '/users/usr_1', { id: 'usr_9' }],
		['a missing name', 422, 'POST', '/users', { customerId: PORTAL_CUSTOMER }],
		['an e-mail address that is taken', 409, 'POST', '/users', { ...BOB, email: 'ADA.brandt@harbordental.example' }],
		['an unknown query parameter', 400, 'GET', '/users?limit=1', undefined],
		['an unknown address', 404, 'GET', '/people', undefined],
		['an unknown method', 405, 'PUT', '/users/usr_1', {}],
	])('refuses %s with %d', async (_what, status, method, path, body) => {
		const answer = await call(method, path, body);
		expect([answer.status, answer.headers.get('content-type')]).toEqual([status, 'application/problem+json']);
		expect(answer.json).toEqual(expect.objectContaining({ status, title: expect.any(String), detail: expect.any(String) }));
	});

	it('lets nobody in without a key, and writes only with one that may', async () => {
		expect((await call('GET', '/users', undefined, { authorization: 'Bearer x' })).status).toBe(401);
		const reads = { authorization: `Bearer ${PORTAL_KEY_READ_ONLY}` };
		expect([(await call('GET', '/users', undefined, reads)).status, (await call('POST', '/users', BOB, reads)).status]).toEqual([200, 403]);
	});

	it('counts the requests of a minute', async () => {
		for (let request = 0; request < 120; request++) expect((await call('GET', '/devices')).status).toBe(200);
		const { status, headers } = await call('GET', '/devices');
		expect([status, headers.get('retry-after')]).toEqual([429, '60']);
		clock.moment += 60_000;
		expect((await call('GET', '/devices')).status).toBe(200);
	});
});
