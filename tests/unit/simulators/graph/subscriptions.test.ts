import { createAuthority } from '../../../../simulators/base/certificates';
import { manualClock } from '../../../../simulators/graph';
import { postToLoopback } from '../../../../simulators/graph/notifications/loopbackPost';
import { defaultSettings } from '../../../../simulators/graph/notifications/settings';
import { GROUPS, HARBOR_TENANT_ID, PEOPLE, SAMPLE_APPS } from '../../../../simulators/world';
import { startReceiver, type Receiver } from './receiver';
import { startHarness, type Answer, type Harness, type Json } from './setup';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

describe('change notifications of the Graph simulator', () => {
	const clock = manualClock();
	let harness: Harness;
	let receiver: Receiver;

	beforeAll(async () => {
		harness = await startHarness({ clock });
		receiver = await startReceiver(harness.authority);
	});
	afterAll(async () => {
		await receiver.close();
		await harness.stop();
	});
	afterEach(async () => {
		const { notifications } = harness.microsoft;
		Object.assign(notifications.settings, defaultSettings());
		await notifications.flush();
		notifications.attempts.length = 0;
		notifications.undelivered.length = 0;
		for (const each of notifications.subscriptions.all()) notifications.subscriptions.remove(each);
		receiver.requests.length = 0;
		receiver.handshakes.length = 0;
		receiver.notifications().length = 0;
		receiver.onHandshake = (token) => ({ body: token, contentType: 'text/plain; charset=utf-8' });
		receiver.onNotifications = () => ({ status: 202 });
		// Tokens, and the window in which endpoints are judged, end.
		clock.advance(61 * MINUTE);
		token = undefined;
	});

	let token: string | undefined;
	const ask = async (method: string, path: string, body?: unknown, other?: string): Promise<Answer> => {
		token ??= await harness.token();
		return await harness.send(`${harness.microsoft.graph.origin}/v1.0${path}`, {
			method,
			headers: { authorization: `Bearer ${other ?? token}`, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
			body: body === undefined ? undefined : typeof body === 'string' ? body : JSON.stringify(body),
		});
	};
	const inDays = (days: number) => new Date(clock.now() + days * DAY).toISOString();
	const request = (changes: object = {}) => ({
		changeType: 'updated,deleted',
		notificationUrl: receiver.address,
		resource: 'users',
		expirationDateTime: inDays(2),
		clientState: 'only-we-know',
		...changes,
	});
	const subscribe = async (changes: object = {}): Promise<Json> => {
		const { status, body } = await ask('POST', '/subscriptions', request(changes));
		if (status !== 201) throw new Error(`${status} ${JSON.stringify(body)}`);
		return body;
	};
	const harbor = () => harness.microsoft.world.tenant(HARBOR_TENANT_ID);
	const arrived = async (): Promise<Json[]> => {
		await harness.microsoft.notifications.idle();
		return receiver.notifications();
	};

	describe('creating a subscription', () => {
		it('shakes hands with both addresses and tells what was made', async () => {
			const lifecycleNotificationUrl = receiver.address.replace('/hook', '/lifecycle');
			const created = await subscribe({ lifecycleNotificationUrl });
			expect(created).toMatchObject({
				resource: 'users',
				applicationId: SAMPLE_APPS.consented,
				changeType: 'updated,deleted',
				clientState: 'only-we-know',
				lifecycleNotificationUrl,
				expirationDateTime: inDays(2).replace('.000Z', 'Z'),
				latestSupportedTlsVersion: 'v1_2',
			});
			expect(receiver.handshakes).toEqual([
				{ path: '/hook', contentType: 'text/plain; charset=utf-8', body: '' },
				{ path: '/lifecycle', contentType: 'text/plain; charset=utf-8', body: '' },
			]);
		});

		it('keeps the query of an address through the handshake', async () => {
			await subscribe({ notificationUrl: `${receiver.address}?workflow=7` });
			expect(receiver.handshakes).toHaveLength(1);
		});

		it.each<[string, (token: string) => Json, string]>([
			['another status', (answer) => ({ status: 202, body: answer }), 'respond with 200 OK'],
			['an error', () => ({ status: 403 }), 'respond with 200 OK'],
			['another type', (answer) => ({ body: answer, contentType: 'application/json' }), 'exactly match validationToken'],
			['a token that is still encoded', (answer) => ({ body: encodeURIComponent(answer) }), 'exactly match validationToken'],
			['a token in quotes', (answer) => ({ body: JSON.stringify(answer) }), 'exactly match validationToken'],
			['nothing in time', () => ({ silent: true }), 'timed out'],
		])('is refused when the endpoint answers %s', async (_what, onHandshake, words) => {
			harness.microsoft.notifications.settings.handshakeMilliseconds = 200;
			receiver.onHandshake = onHandshake;
			const { status, body } = await ask('POST', '/subscriptions', request());
			expect([status, body.error.code]).toEqual([400, 'ValidationError']);
			expect(body.error.message).toContain(words);
			expect((await ask('GET', '/subscriptions')).body.value).toEqual([]);
		});

		it("is refused when nobody listens, or the certificate is a stranger's", async () => {
			const gone = await startReceiver(harness.authority);
			await gone.close();
			expect((await ask('POST', '/subscriptions', request({ notificationUrl: gone.address }))).body.error.code).toBe('ValidationError');
			const stranger = await startReceiver(createAuthority());
			expect((await ask('POST', '/subscriptions', request({ notificationUrl: stranger.address }))).body.error.code).toBe('ValidationError');
			expect(stranger.handshakes).toEqual([]);
			await stranger.close();
		});

		it('is refused when only the lifecycle address does not agree', async () => {
			receiver.onHandshake = (answer) => (receiver.handshakes.at(-1)?.path === '/hook' ? { body: answer } : { status: 500 });
			const { status } = await ask('POST', '/subscriptions', request({ lifecycleNotificationUrl: receiver.address.replace('/hook', '/lifecycle') }));
			expect(status).toBe(400);
		});

		it.each<[string, () => object]>([
			['an unknown change', () => ({ changeType: 'updated,renamed' })],
			['no change', () => ({ changeType: undefined })],
			['an address that is none', () => ({ notificationUrl: '/hook' })],
			['an http address', () => ({ notificationUrl: receiver.address.replace('https', 'http') })],
			['a lifecycle address of another host', () => ({ lifecycleNotificationUrl: receiver.address.replace('localhost', '127.0.0.1') })],
			['a client state of 129 characters', () => ({ clientState: 'x'.repeat(129) })],
			['an end that has passed', () => ({ expirationDateTime: inDays(-1) })],
			['an end without an offset', () => ({ expirationDateTime: inDays(1).replace('Z', '') })],
			['a life over 41,760 minutes', () => ({ expirationDateTime: inDays(29.01) })],
			['resource data', () => ({ includeResourceData: true })],
			['a property that it does not have', () => ({ notificationURL: receiver.address })],
			['an unknown version of TLS', () => ({ latestSupportedTlsVersion: '1.2' })],
		])('refuses %s before it asks the endpoint', async (_what, changes) => {
			const { status, body } = await ask('POST', '/subscriptions', request(changes()));
			expect([status, typeof body.error.message]).toEqual([400, 'string']);
			expect(receiver.handshakes).toEqual([]);
		});

		it('refuses a body that is no JSON object', async () => {
			for (const body of ['{"changeType":', '[]', 'null']) expect((await ask('POST', '/subscriptions', body)).status).toBe(400);
		});

		it('takes the longest life there is, and makes a very short one 45 minutes', async () => {
			const longest = new Date(clock.now() + 41_760 * MINUTE).toISOString().replace('.000Z', 'Z');
			expect((await subscribe({ expirationDateTime: longest })).expirationDateTime).toBe(longest);
			const short = await subscribe({ expirationDateTime: new Date(clock.now() + MINUTE).toISOString() });
			expect(Date.parse(short.expirationDateTime)).toBe(clock.now() + 45 * MINUTE);
		});

		it('takes http on this machine when it is told to', async () => {
			harness.microsoft.notifications.settings.allowHttp = true;
			const plain = await startReceiver();
			await subscribe({ notificationUrl: plain.address });
			expect(plain.handshakes).toHaveLength(1);
			await plain.close();
			expect((await ask('POST', '/subscriptions', request({ notificationUrl: 'http://n8n.example/hook' }))).status).toBe(400);
		});

		it('never sends to another machine', async () => {
			const { status, body } = await ask('POST', '/subscriptions', request({ notificationUrl: 'https://n8n.example/hook' }));
			expect([status, body.error.code]).toEqual([501, 'NotSimulated']);
			const options = { contentType: 'text/plain', body: '', timeoutMilliseconds: 100, ca: harness.authority.cert, signal: new AbortController().signal };
			for (const address of ['https://n8n.example/', 'http://10.0.0.1/', 'https://127.0.0.1.example/', 'https://localhost.example/']) {
				await expect(postToLoopback(address, options)).rejects.toThrow('to this machine only');
			}
		});

		it.each([
			['users', ['User.ReadBasic.All'], 403],
			['users', ['User.Read.All'], 201],
			['groups', ['User.Read.All', 'GroupMember.Read.All'], 403],
			['groups', ['Group.Read.All'], 201],
			['/groups/', ['Group.Read.All'], 501],
			[`groups/${GROUPS.allStaff}`, ['Group.Read.All'], 201],
			['devices', ['User.Read.All', 'Group.Read.All'], 403],
			['devices', ['Device.Read.All'], 201],
			[`/users/${PEOPLE.ada}`, ['User.Read.All'], 201],
			['users/nobody@harbordental.example', ['User.Read.All'], 404],
			['users/messages/of/all', ['User.Read.All'], 501],
			['me/messages', ['User.Read.All'], 501],
		])('of %s with %j is answered with %d', async (resource, roles, expected) => {
			harbor().consent(SAMPLE_APPS.usersOnly, roles);
			const { status } = await ask('POST', '/subscriptions', request({ resource }), await harness.token(SAMPLE_APPS.usersOnly));
			expect(status).toBe(expected);
		});

		it.each([
			['perAppAndTenant', 'app in this tenant'],
			['perTenant', 'tenant'],
			['perApp', 'app'],
		] as const)('stops with 403 at the quota %s', async (quota, words) => {
			harness.microsoft.notifications.settings.quotas[quota] = 2;
			const first = await subscribe();
			await subscribe();
			const { status, body } = await ask('POST', '/subscriptions', request());
			expect([status, body.error.message]).toEqual([403, `The ${words} has reached its limit of 2 subscriptions.`]);
			await ask('DELETE', `/subscriptions/${first.id}`);
			await subscribe();
		});

		it("counts another tenant's subscriptions towards the app only", async () => {
			harness.microsoft.notifications.settings.quotas.perAppAndTenant = 1;
			await subscribe();
			const labs = await harness.token(SAMPLE_APPS.consented, 'harborlabs.example');
			expect((await ask('POST', '/subscriptions', request(), labs)).status).toBe(201);
		});
	});

	describe('a subscription', () => {
		it('is seen, renewed and deleted by the app that made it, in its tenant', async () => {
			const { id } = await subscribe();
			const labs = await harness.token(SAMPLE_APPS.consented, 'harborlabs.example');
			harbor().consent(SAMPLE_APPS.usersOnly, ['User.Read.All']);
			const otherApp = await harness.token(SAMPLE_APPS.usersOnly);
			for (const stranger of [labs, otherApp]) {
				expect((await ask('GET', '/subscriptions', undefined, stranger)).body.value).toEqual([]);
				for (const [method, body] of [['GET', undefined], ['PATCH', { expirationDateTime: inDays(3) }], ['DELETE', undefined]] as const) {
					expect((await ask(method, `/subscriptions/${id}`, body, stranger)).status).toBe(404);
				}
			}
			expect((await ask('GET', '/subscriptions')).body.value).toMatchObject([{ id, clientState: null }]);
			expect((await ask('GET', `/subscriptions/${id}`)).body).toMatchObject({ id, clientState: null });
			const renewed = await ask('PATCH', `/subscriptions/${id}`, { expirationDateTime: inDays(20) });
			expect([renewed.status, renewed.body.expirationDateTime]).toEqual([200, inDays(20).replace('.000Z', 'Z')]);
			expect((await ask('DELETE', `/subscriptions/${id}`)).status).toBe(204);
			expect((await ask('DELETE', `/subscriptions/${id}`)).body.error.code).toBe('ResourceNotFound');
		});

		it.each<[string, () => object]>([
			['a lifecycle address', () => ({ expirationDateTime: inDays(3), lifecycleNotificationUrl: receiver.address })],
			['another client state', () => ({ expirationDateTime: inDays(3), clientState: 'new' })],
			['nothing', () => ({})],
			['an end too far away', () => ({ expirationDateTime: inDays(30) })],
			['an end that has passed', () => ({ expirationDateTime: inDays(-1) })],
		])('cannot be given %s afterwards', async (_what, changes) => {
			const { id, expirationDateTime } = await subscribe();
			expect((await ask('PATCH', `/subscriptions/${id}`, changes())).status).toBe(400);
			expect((await ask('GET', `/subscriptions/${id}`)).body.expirationDateTime).toBe(expirationDateTime);
		});

		it('ends by the clock, and says nothing more', async () => {
			const { id } = await subscribe();
			harness.microsoft.notifications.settings.held = true;
			harbor().disableUser(PEOPLE.ada);
			clock.advance(2 * DAY);
			harbor().enableUser(PEOPLE.ada);
			await harness.microsoft.notifications.flush();
			expect(receiver.requests).toEqual([]);
			token = undefined;
			expect((await ask('GET', `/subscriptions/${id}`)).status).toBe(404);
			expect((await ask('PATCH', `/subscriptions/${id}`, { expirationDateTime: inDays(2) })).status).toBe(404);
		});
	});

	describe('a change', () => {
		it('is told with ids only', async () => {
			const created = await subscribe();
			harbor().updateUser(PEOPLE.ada, { jobTitle: 'Director' });
			expect(await arrived()).toEqual([
				{
					subscriptionId: created.id,
					subscriptionExpirationDateTime: created.expirationDateTime.replace('Z', '+00:00'),
					clientState: 'only-we-know',
					tenantId: HARBOR_TENANT_ID,
					changeType: 'updated',
					resource: `Users/${PEOPLE.ada}`,
					resourceData: {
						'@odata.type': '#Microsoft.Graph.User',
						'@odata.id': `Users/${PEOPLE.ada}`,
						id: PEOPLE.ada,
						organizationId: HARBOR_TENANT_ID,
						sequenceNumber: expect.any(Number),
					},
				},
			]);
			expect(receiver.requests[0].contentType).toBe('application/json');
		});

		it('is an update when somebody comes, is soft-deleted or restored, and a deletion when they are gone for good', async () => {
			await subscribe();
			const { id } = harbor().addUser({ userPrincipalName: 'new.one@harbordental.example' });
			harbor().softDeleteUser(id);
			harbor().restoreUser(id);
			harbor().hardDeleteUser(id);
			expect((await arrived()).map((each) => each.changeType)).toEqual(['updated', 'updated', 'updated', 'deleted']);
			expect(receiver.requests).toHaveLength(1);
		});

		it('reaches only those who asked for this object and this kind of change', async () => {
			await subscribe({ changeType: 'deleted', clientState: 'deletions' });
			await subscribe({ changeType: 'created', clientState: 'creations' });
			await subscribe({ resource: `users/${PEOPLE.zoe}`, clientState: 'zoe' });
			await subscribe({ resource: 'groups', clientState: 'groups' });
			const labs = await harness.token(SAMPLE_APPS.consented, 'harborlabs.example');
			await ask('POST', '/subscriptions', request({ clientState: 'labs' }), labs);
			harbor().disableUser(PEOPLE.ada);
			harbor().disableUser(PEOPLE.zoe);
			harbor().addMember(GROUPS.allStaff, { type: 'user', id: '5d1f0000-0000-4000-8000-000000000001' });
			const heard = (await arrived()).map((each) => [each.clientState, each.resource]);
			expect(heard).toEqual([['zoe', `Users/${PEOPLE.zoe}`], ['groups', `Groups/${GROUPS.allStaff}`]]);
			harbor().enableUser(PEOPLE.ada);
			harbor().enableUser(PEOPLE.zoe);
		});

		it('of a device is told, to those who watch this one too', async () => {
			harbor().consent(SAMPLE_APPS.usersOnly, ['Device.Read.All']);
			const reader = await harness.token(SAMPLE_APPS.usersOnly);
			const device = harbor().addDevice({ displayName: 'FRONT-DESK-9' });
			for (const resource of ['devices', `devices/${device.id}`]) await ask('POST', '/subscriptions', request({ resource }), reader);
			expect((await ask('POST', '/subscriptions', request({ resource: `devices/${PEOPLE.ada}` }), reader)).status).toBe(404);
			harbor().updateDevice(device.id, { accountEnabled: false });
			expect((await arrived()).map((each) => each.resource)).toEqual([`Devices/${device.id}`, `Devices/${device.id}`]);
		});

		it('waits until it is let go, in requests of so many', async () => {
			const { notifications } = harness.microsoft;
			Object.assign(notifications.settings, { held: true, batchSize: 2 });
			await subscribe();
			for (let round = 0; round < 5; round++) harbor().updateUser(PEOPLE.ada, { officeLocation: `Room ${round}` });
			await notifications.idle();
			expect(receiver.requests).toEqual([]);
			await notifications.flush();
			expect(receiver.requests.map(({ body }) => JSON.parse(body).value.length).sort()).toEqual([1, 2, 2]);
		});

		it('is told again until the endpoint takes it', async () => {
			let refusals = 3;
			receiver.onNotifications = () => ({ status: refusals-- > 0 ? 503 : 200 });
			await subscribe();
			harbor().updateUser(PEOPLE.ada, { city: 'Kiel' });
			expect(await arrived()).toHaveLength(1);
			expect(receiver.requests).toHaveLength(4);
			expect(harness.microsoft.notifications.attempts.map(({ outcome }) => 'status' in outcome && outcome.status)).toEqual([503, 503, 503, 200]);
		});

		it('is told again to an endpoint that does not answer in time', async () => {
			harness.microsoft.notifications.settings.answerMilliseconds = 100;
			let silences = 1;
			receiver.onNotifications = () => ({ silent: silences-- > 0 });
			await subscribe();
			harbor().updateUser(PEOPLE.ada, { city: 'Bonn' });
			expect(await arrived()).toHaveLength(1);
			expect(harness.microsoft.notifications.attempts[0].outcome).toMatchObject({ failure: 'timedOut' });
		});

		it('is given up after four hours of retries', async () => {
			harness.microsoft.notifications.settings.timeLapse = 1_000_000;
			receiver.onNotifications = () => ({ status: 500 });
			await subscribe();
			harbor().updateUser(PEOPLE.ada, { city: 'Rome' });
			await harness.microsoft.notifications.idle();
			// Waits of 10 s, 20 s, 40 s … stay within four hours ten times: 10,230 s.
			expect(receiver.requests).toHaveLength(11);
			expect(harness.microsoft.notifications.undelivered).toMatchObject([{ resource: `Users/${PEOPLE.ada}` }]);
		});

		it('is not told to a subscription that was deleted between two attempts', async () => {
			const { id } = await subscribe();
			receiver.onNotifications = () => {
				const { subscriptions } = harness.microsoft.notifications;
				for (const each of subscriptions.all()) if (each.id === id) subscriptions.remove(each);
				return { status: 500 };
			};
			harbor().updateUser(PEOPLE.ada, { city: 'Oslo' });
			await harness.microsoft.notifications.idle();
			expect(receiver.requests).toHaveLength(1);
		});

		it('comes twice, or never, when it is told to', async () => {
			const { notifications } = harness.microsoft;
			await subscribe();
			notifications.settings.duplicates = true;
			harbor().updateUser(PEOPLE.ada, { city: 'Ghent' });
			expect(await arrived()).toHaveLength(2);
			Object.assign(notifications.settings, { duplicates: false, lost: true });
			harbor().updateUser(PEOPLE.ada, { city: 'Turin' });
			expect(await arrived()).toHaveLength(2);
			expect(notifications.undelivered).toHaveLength(1);
		});

		it('is delayed for an endpoint with 10 % slow answers, and lost for one with more than 15 %, for ten minutes', async () => {
			const { notifications } = harness.microsoft;
			notifications.settings.held = true;
			await subscribe();
			const tell = async (count: number, how: 'promptly' | 'slowly'): Promise<void> => {
				notifications.settings.slowMilliseconds = how === 'slowly' ? -1 : Infinity;
				for (let round = 0; round < count; round++) harbor().updateUser(PEOPLE.ada, { postalCode: `${round}` });
				await notifications.flush();
			};
			await tell(90, 'promptly');
			await tell(10, 'slowly');
			notifications.settings.timeLapse = 50;
			const start = performance.now();
			await tell(1, 'promptly');
			expect(performance.now() - start).toBeGreaterThan(199);
			notifications.settings.timeLapse = 10_000;
			await tell(7, 'slowly');
			expect(notifications.undelivered).toEqual([]);
			await tell(1, 'promptly');
			expect(notifications.undelivered).toHaveLength(1);
			clock.advance(11 * MINUTE);
			await tell(1, 'promptly');
			expect(notifications.undelivered).toHaveLength(1);
		});
	});

	describe('the life of a subscription', () => {
		const lifecycle = () => ({ lifecycleNotificationUrl: receiver.address.replace('/hook', '/lifecycle') });

		it('is told to the lifecycle address', async () => {
			const { id, expirationDateTime } = await subscribe(lifecycle());
			await harness.microsoft.notifications.sendLifecycle(id, 'missed');
			expect(receiver.requests.map(({ path }) => path)).toEqual(['/lifecycle']);
			expect(receiver.notifications()).toEqual([
				{
					subscriptionId: id,
					subscriptionExpirationDateTime: expirationDateTime.replace('Z', '+00:00'),
					clientState: 'only-we-know',
					tenantId: HARBOR_TENANT_ID,
					lifecycleEvent: 'missed',
				},
			]);
		});

		it('is told to nobody without such an address', async () => {
			const { id } = await subscribe();
			await harness.microsoft.notifications.sendLifecycle(id, 'missed');
			expect(receiver.requests).toEqual([]);
		});

		it('ends with subscriptionRemoved', async () => {
			const { id } = await subscribe(lifecycle());
			await harness.microsoft.notifications.sendLifecycle(id, 'subscriptionRemoved');
			harbor().updateUser(PEOPLE.ada, { city: 'Lyon' });
			expect((await arrived()).map((each) => each.lifecycleEvent)).toStrictEqual(['subscriptionRemoved']);
			expect((await ask('GET', `/subscriptions/${id}`)).status).toBe(404);
		});

		it('pauses with reauthorizationRequired until it is renewed', async () => {
			const { id } = await subscribe(lifecycle());
			await harness.microsoft.notifications.sendLifecycle(id, 'reauthorizationRequired');
			harbor().updateUser(PEOPLE.ada, { city: 'Nice' });
			expect((await arrived()).map((each) => each.lifecycleEvent)).toStrictEqual(['reauthorizationRequired']);
			await ask('PATCH', `/subscriptions/${id}`, { expirationDateTime: inDays(2) });
			harbor().updateUser(PEOPLE.ada, { city: 'Metz' });
			expect((await arrived()).at(-1)).toMatchObject({ changeType: 'updated' });
		});
	});

	it('lets a stranger knock who does not know the client state', async () => {
		const { id } = await subscribe();
		receiver.onNotifications = ([first]) => ({ status: first.clientState === 'only-we-know' ? 202 : 401 });
		expect(await harness.microsoft.notifications.forge(id)).toMatchObject({ status: 401 });
		expect(JSON.parse(receiver.requests[0].body).value).toMatchObject([{ subscriptionId: id, clientState: 'guessed', changeType: 'updated' }]);
		await harness.microsoft.notifications.forge(id, { clientState: null });
		expect(JSON.parse(receiver.requests[1].body).value).toMatchObject([{ clientState: null }]);
	});

	it('falls silent when the simulator stops', async () => {
		const own = await startHarness({ authority: harness.authority });
		own.microsoft.notifications.settings.timeLapse = 1;
		receiver.onNotifications = () => ({ status: 500 });
		const { status } = await own.send(`${own.microsoft.graph.origin}/v1.0/subscriptions`, {
			method: 'POST',
			headers: { authorization: `Bearer ${await own.token()}`, 'content-type': 'application/json' },
			body: JSON.stringify(request({ expirationDateTime: new Date(Date.now() + DAY).toISOString() })),
		});
		expect(status).toBe(201);
		const tenant = own.microsoft.world.tenant(HARBOR_TENANT_ID);
		const sent = own.microsoft.notifications.attempts;
		tenant.disableUser(PEOPLE.ada);
		while (sent.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
		await own.stop();
		tenant.enableUser(PEOPLE.ada);
		await own.microsoft.notifications.flush();
		expect(sent).toHaveLength(1);
	});
});
