import { SAMPLE_APPS, HARBOR_TENANT_ID, PEOPLE } from '../../../../simulators/world';
import { clientStateFor } from '../../../../sync/source/graph/watch/clientState';
import { dropSubscriptions, keepSubscription, renewSubscription, type WantedSubscription } from '../../../../sync/source/graph/watch/subscriptions';
import { ownDate, passTime } from '../../ownDate';
import { startReceiver, type Receiver } from '../../simulators/graph/receiver';
import { startTenantInABox, type TenantInABox } from '../tenantInABox';

const DAY = 86_400_000;

describe('the subscription to change notifications', () => {
	let box: TenantInABox;
	let receiver: Receiver;
	beforeAll(async () => {
		ownDate();
		box = await startTenantInABox();
		receiver = await startReceiver(box.authority);
	});
	afterAll(async () => {
		jest.useRealTimers();
		await receiver.close();
		await box.microsoft.stop();
	});
	afterEach(() => {
		// The window of the limit on lists of subscriptions passes.
		passTime(60_000);
		const { subscriptions, settings } = box.microsoft.notifications;
		for (const each of subscriptions.all()) subscriptions.remove(each);
		settings.quotas.perAppAndTenant = 100;
		receiver.onHandshake = (token) => ({ body: token });
		box.reset();
	});

	const all = () => box.microsoft.notifications.subscriptions.all();
	const wanted = (change: Partial<WantedSubscription> = {}): WantedSubscription => ({
		resource: 'users',
		address: receiver.address,
		clientState: clientStateFor(box.app(), 'workflow/node'),
		...change,
	});

	it('is made once, for a week, with its life-cycle address, and then kept', async () => {
		const client = box.client();
		expect(await keepSubscription(client, wanted())).toBe('created');
		expect(await keepSubscription(client, wanted())).toBe('kept');
		expect(all()).toHaveLength(1);
		const [{ notificationUrl, lifecycleNotificationUrl, changeType, expires, clientState }] = all();
		expect(notificationUrl).toMatch(new RegExp(`^${receiver.address}\\?mark=[0-9a-f]{12}$`));
		expect(lifecycleNotificationUrl).toBe(notificationUrl);
		expect([changeType, clientState]).toEqual(['updated,deleted', wanted().clientState]);
		expect(Math.abs(expires - Date.now() - 7 * DAY)).toBeLessThan(60_000);
	});

	it('tells what happens to somebody, with the client state', async () => {
		await keepSubscription(box.client(), wanted());
		box.microsoft.world.tenant(HARBOR_TENANT_ID).updateUser(PEOPLE.ada, { city: 'Cork' });
		await box.microsoft.notifications.idle();
		expect(receiver.notifications()).toMatchObject([{ clientState: wanted().clientState, resource: `Users/${PEOPLE.ada}` }]);
	});

	it('is renewed when less than half of its week is left', async () => {
		const client = box.client();
		await keepSubscription(client, wanted());
		const [{ id, expires }] = all();
		expect(await keepSubscription(client, wanted(), Date.now() + 3.4 * DAY)).toBe('kept');
		expect(await keepSubscription(client, wanted(), Date.now() + 3.6 * DAY)).toBe('renewed');
		expect(all()).toMatchObject([{ id }]);
		expect(all()[0].expires - expires).toBeGreaterThan(3.5 * DAY);
	});

	it('is made anew when it vanishes between looking and renewing', async () => {
		const client = box.client();
		await keepSubscription(client, wanted());
		box.microsoft.graphFaults.add({ fault: { kind: 'answer', status: 404, body: { error: { code: 'ResourceNotFound', message: 'The object was not found.' } } }, method: 'PATCH' });
		expect(await keepSubscription(client, wanted(), Date.now() + 5 * DAY)).toBe('created');
		expect(await renewSubscription(client, 'users', '5d1f0000-0000-4000-8000-000000000001')).toBe(false);
	});

	it('replaces what the endpoint had for another resource or with another secret, and leaves other endpoints alone', async () => {
		const client = box.client();
		const other = { ...wanted(), address: receiver.address.replace('/hook', '/other') };
		await keepSubscription(client, other);
		await keepSubscription(client, wanted({ resource: 'groups' }));
		await keepSubscription(client, wanted({ clientState: 'an older secret' }));
		expect(await keepSubscription(client, wanted())).toBe('created');
		expect(all().map(({ resource, clientState, notificationUrl }) => [resource, clientState, notificationUrl.split('?')[0]])).toEqual([
			['users', other.clientState, other.address],
			['users', wanted().clientState, wanted().address],
		]);
	});

	it('is removed with everything that leads to its endpoint', async () => {
		const client = box.client();
		await keepSubscription(client, wanted());
		await keepSubscription(client, wanted({ address: receiver.address.replace('/hook', '/other') }));
		await dropSubscriptions(client, 'users', receiver.address);
		expect(all()).toHaveLength(1);
		await dropSubscriptions(client, 'users', receiver.address);
	});

	it('is made once although the answer is lost', async () => {
		box.microsoft.graphFaults.add({ fault: { kind: 'reset', after: true }, method: 'POST', path: '/v1.0/subscriptions' });
		const client = box.client();
		await expect(keepSubscription(client, wanted())).rejects.toThrow();
		expect(await keepSubscription(client, wanted())).toBe('kept');
		expect(all()).toHaveLength(1);
	});

	it.each([
		['answers nothing like the token', () => ({ status: 200, body: 'hello' }), 'Response must exactly match validationToken'],
		['asks for a sign-in', () => ({ status: 401 }), 'must respond with 200 OK'],
	])('says what to do when the endpoint %s', async (_what, onHandshake, words) => {
		receiver.onHandshake = onHandshake;
		await expect(keepSubscription(box.client(), wanted())).rejects.toMatchObject({
			class: 'configuration',
			message: expect.stringMatching(`^Could not subscribe to change notifications of users of tenant ${HARBOR_TENANT_ID}: .*${words}`) as unknown,
			remedy: expect.stringContaining(receiver.address) as unknown,
		});
	});

	it('says that the quota is used up, which is no missing permission', async () => {
		box.microsoft.notifications.settings.quotas.perAppAndTenant = 1;
		await keepSubscription(box.client(), wanted({ address: receiver.address.replace('/hook', '/other') }));
		await expect(keepSubscription(box.client(), wanted())).rejects.toMatchObject({ code: 'graph.subscriptionQuota', class: 'refused' });
	});

	it('says which permission is missing', async () => {
		const client = box.client({ clientId: SAMPLE_APPS.usersOnly });
		await expect(keepSubscription(client, wanted({ resource: 'groups' }))).rejects.toMatchObject({ class: 'notPermitted', message: expect.stringContaining('Group.Read.All') as unknown });
		expect(await keepSubscription(client, wanted())).toBe('created');
	});
});
