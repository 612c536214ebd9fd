import { EXTENSIONS, HARBOR_TENANT_ID, PEOPLE } from '../../../simulators/world';
import { ownDate, passTime } from '../ownDate';
import { startTenantInABox, type TenantInABox } from '../graph/tenantInABox';
import { startReceiver, type Receiver } from '../simulators/graph/receiver';
import { connectEndpoint, node, triggerOf, type Trigger } from './support';

let box: TenantInABox;
let receiver: Receiver;
let trigger: Trigger;
let arrived: ReturnType<typeof connectEndpoint>;
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
beforeEach(() => {
	trigger = triggerOf(box, () => receiver.address, { delivery: 'notifications', usersProperties: ['displayName', 'jobTitle'] });
	arrived = connectEndpoint(receiver, trigger);
});
afterEach(async () => {
	// The window of the limit on lists of subscriptions passes.
	passTime(60_000);
	const { notifications } = box.microsoft;
	Object.assign(notifications.settings, { lost: false, duplicates: false, held: false });
	await notifications.flush();
	for (const each of notifications.subscriptions.all()) notifications.subscriptions.remove(each);
	receiver.requests.length = 0;
	box.reset();
});

const harbor = () => box.microsoft.world.tenant(HARBOR_TENANT_ID);
const subscriptions = () => box.microsoft.notifications.subscriptions.all();
let titles = 0;
const changeAda = (): string => {
	const jobTitle = `Title ${++titles}`;
	harbor().updateUser(PEOPLE.ada, { jobTitle });
	return jobTitle;
};
const idle = async () => await box.microsoft.notifications.idle();
/** The poll at publishing takes the place from which changes are told. */
const publish = async () => {
	await trigger.publish();
	expect(await trigger.poll()).toBeNull();
};

describe('the trigger by change notifications', () => {
	it('subscribes when the workflow is published, and ends that when it is unpublished', async () => {
		await publish();
		expect(subscriptions()).toMatchObject([{ resource: 'users', notificationUrl: expect.stringContaining(receiver.address) as unknown }]);
		await trigger.publish();
		expect(subscriptions()).toHaveLength(1);
		await trigger.unpublish();
		expect(subscriptions()).toEqual([]);
	});

	it('starts the workflow with the object that changed', async () => {
		await publish();
		const jobTitle = changeAda();
		await idle();
		expect(arrived.items).toEqual([{ kind: 'person', tenantId: HARBOR_TENANT_ID, id: PEOPLE.ada, displayName: 'Ada Brandt', jobTitle, change: 'changed', mode: 'incremental' }]);
		expect(arrived.statuses).toEqual([200]);
	});

	it('tells a change once, however often Microsoft does, and not again at the next poll', async () => {
		// Of a directory extension that was never set neither a read nor delta says anything.
		trigger.parameters.options = { extraProperties: EXTENSIONS.chairNumber };
		await publish();
		box.microsoft.notifications.settings.duplicates = true;
		harbor().updateUser(PEOPLE.grace, { jobTitle: `Title ${++titles}` });
		await idle();
		expect(arrived.items).toHaveLength(1);
		expect(await trigger.poll()).toBeNull();
	});

	it('tells again what n8n could not start the workflow with', async () => {
		await publish();
		trigger.n8nAnswers = [500];
		changeAda();
		await idle();
		expect(arrived.statuses).toEqual([500, 200]);
		expect(arrived.items).toHaveLength(2);
		expect(await trigger.poll()).toBeNull();
	});

	it('finds at a poll again what n8n could not start the workflow with', async () => {
		await publish();
		box.microsoft.notifications.settings.lost = true;
		const link = trigger.memory.link;
		const jobTitle = changeAda();
		expect(await trigger.poll()).toMatchObject([{ jobTitle }]);
		trigger.memory.link = link;
		expect(await trigger.poll()).toMatchObject([{ jobTitle }]);
	});

	it('finds at the next poll what no notification told', async () => {
		await publish();
		box.microsoft.notifications.settings.lost = true;
		const jobTitle = changeAda();
		await idle();
		expect(arrived.items).toEqual([]);
		expect(await trigger.poll()).toMatchObject([{ id: PEOPLE.ada, jobTitle, change: 'changed' }]);
		expect(await trigger.poll()).toBeNull();
	});

	it('finds a second change whose notification was lost after the first one was told', async () => {
		await publish();
		const first = changeAda();
		await idle();
		box.microsoft.notifications.settings.lost = true;
		const second = changeAda();
		expect(await trigger.poll()).toMatchObject([{ jobTitle: second }]);
		harbor().updateUser(PEOPLE.ada, { jobTitle: first });
		expect(await trigger.poll()).toMatchObject([{ jobTitle: first }]);
	});

	it('tells of a deletion and a restoration', async () => {
		await publish();
		const { id } = harbor().addUser({ userPrincipalName: `leaver${++titles}@harbordental.example` });
		await idle();
		harbor().softDeleteUser(id);
		await idle();
		expect(arrived.items).toMatchObject([{ id, change: 'changed' }, { id, change: 'softDeleted', whereabouts: 'softDeleted' }]);
		expect(await trigger.poll()).toBeNull();
		box.microsoft.notifications.settings.lost = true;
		harbor().restoreUser(id);
		expect(await trigger.poll()).toMatchObject([{ id, change: 'restored' }]);
		box.microsoft.notifications.settings.lost = false;
		harbor().hardDeleteUser(id);
		await idle();
		expect(arrived.items.at(-1)).toMatchObject({ id, change: 'gone', whereabouts: 'gone' });
	});

	it('does not take somebody for deleted who cannot be found yet', async () => {
		await publish();
		box.microsoft.graphFaults.add({ fault: { kind: 'answer', status: 200, body: { responses: [{ id: '0', status: 404, body: { error: { code: 'Request_ResourceNotFound' } } }] } }, path: '$batch' });
		const jobTitle = changeAda();
		await idle();
		expect([arrived.items, arrived.statuses]).toEqual([[], [202]]);
		expect(await trigger.poll()).toMatchObject([{ id: PEOPLE.ada, jobTitle }]);
	});

	it('tells only the kinds of change that are asked for', async () => {
		trigger.parameters.changes = ['gone'];
		await publish();
		changeAda();
		await idle();
		expect([arrived.items, arrived.statuses]).toEqual([[], [202]]);
		expect(await trigger.poll()).toBeNull();
	});

	it('leaves very many changes at once to the next poll', async () => {
		await publish();
		box.microsoft.notifications.settings.held = true;
		const ids = Array.from({ length: 61 }, () => harbor().addUser({ userPrincipalName: `many${++titles}@harbordental.example` }).id);
		await box.microsoft.notifications.flush();
		expect([arrived.items, arrived.statuses]).toEqual([[], [202]]);
		expect(await trigger.poll()).toHaveLength(ids.length);
	});

	it('lets Microsoft send again what cannot be read now', async () => {
		await publish();
		box.microsoft.graphFaults.add({ fault: { kind: 'answer', status: 503, headers: { 'retry-after': '30' } }, path: '$batch', times: 1 });
		const jobTitle = changeAda();
		await idle();
		expect(arrived.statuses).toEqual([503, 200]);
		expect(arrived.items).toMatchObject([{ jobTitle }]);
		expect(trigger.warnings).toHaveLength(1);
	});

	describe('its endpoint', () => {
		it('answers the handshake with the token as plain text, and nothing overlong', async () => {
			expect(await trigger.call({ validationToken: 'Validation: <b>' })).toMatchObject({ status: 200, type: 'text/plain', text: 'Validation: <b>', items: [] });
			expect(await trigger.call({ validationToken: 'x'.repeat(1001) })).toMatchObject({ status: 400, text: '' });
		});

		it('refuses whoever does not know the client state, and reads nothing for them', async () => {
			await publish();
			box.microsoft.graph.seen.length = 0;
			await box.microsoft.notifications.forge(subscriptions()[0].id);
			expect(arrived).toEqual({ items: [], statuses: [403] });
			expect(await trigger.call({}, { anything: true })).toMatchObject({ status: 202, items: [] });
			expect(box.microsoft.graph.seen).toEqual([]);
		});

		it('refuses the client state of another trigger of the same app', async () => {
			await publish();
			const other = triggerOf(box, () => receiver.address, trigger.parameters);
			changeAda();
			await idle();
			expect(await other.call({}, JSON.parse(receiver.requests.at(-1)!.body))).toMatchObject({ status: 403, items: [] });
		});
	});

	describe('its subscription', () => {
		const lifecycle = async (event: 'missed' | 'subscriptionRemoved' | 'reauthorizationRequired') => {
			await box.microsoft.notifications.sendLifecycle(subscriptions()[0].id, event);
		};

		it('is renewed at once when Microsoft asks for it', async () => {
			await publish();
			await lifecycle('reauthorizationRequired');
			expect(subscriptions()[0].needsReauthorization).toBe(false);
			changeAda();
			await idle();
			expect(arrived.items).toHaveLength(1);
		});

		it('is made anew when Microsoft has removed it', async () => {
			await publish();
			const [{ id }] = subscriptions();
			await lifecycle('subscriptionRemoved');
			expect(subscriptions()).toHaveLength(1);
			expect(subscriptions()[0].id).not.toBe(id);
			changeAda();
			await idle();
			expect(arrived.items).toHaveLength(1);
		});

		it('needs nothing when notifications were missed: the next poll finds the changes', async () => {
			await publish();
			box.microsoft.notifications.settings.lost = true;
			const jobTitle = changeAda();
			await lifecycle('missed');
			expect(arrived.statuses).toEqual([202]);
			expect(await trigger.poll()).toMatchObject([{ jobTitle }]);
		});

		it('is looked after by polls, at most every ten minutes', async () => {
			await publish();
			const [found] = subscriptions();
			box.microsoft.notifications.subscriptions.remove(found);
			await trigger.poll();
			expect(subscriptions()).toEqual([]);
			trigger.memory.subscriptionSeen = Date.now() - 601_000;
			expect(await trigger.poll()).toBeNull();
			expect(subscriptions()).toHaveLength(1);
		});

		it('does not keep changes back when it cannot be renewed, and says so when there are none', async () => {
			await publish();
			trigger.memory.subscriptionSeen = 0;
			box.microsoft.graphFaults.add({ fault: { kind: 'answer', status: 403, body: { error: { code: 'Authorization_RequestDenied', message: 'no' } } }, path: '/subscriptions', times: Infinity });
			box.microsoft.notifications.settings.lost = true;
			const jobTitle = changeAda();
			expect(await trigger.poll()).toMatchObject([{ jobTitle }]);
			await expect(trigger.poll()).rejects.toThrow('Could not look for the subscription to change notifications of users');
			box.microsoft.graphFaults.clear();
			expect(await trigger.poll()).toBeNull();
		});

		it('is another one after the secret of the app was replaced', async () => {
			await publish();
			const [{ clientState }] = subscriptions();
			const secret = 'sample-secret-that-came-later-0000';
			box.microsoft.world.app(String(trigger.credential.clientId)).secrets.push({ keyId: '7e1f0000-1111-4aaa-8bbb-000000000009', value: secret, endDateTime: '2099-12-31T00:00:00Z' });
			trigger.credential.clientSecret = secret;
			trigger.memory.subscriptionSeen = 0;
			await trigger.poll();
			expect(subscriptions()).toHaveLength(1);
			expect(subscriptions()[0].clientState).not.toBe(clientState);
			changeAda();
			await idle();
			expect(arrived.items).toHaveLength(1);
		});

		it('does not hinder switching the workflow off when it cannot be removed', async () => {
			await publish();
			box.microsoft.graphFaults.add({ fault: { kind: 'answer', status: 403, body: { error: { code: 'Authorization_RequestDenied', message: 'no' } } }, path: '/subscriptions', times: Infinity });
			await trigger.unpublish();
			expect(trigger.warnings).toEqual([expect.stringContaining('ends by itself within a week')]);
		});

		it('is refused with what to do when Microsoft does not reach the endpoint', async () => {
			receiver.onHandshake = () => ({ status: 502 });
			await expect(trigger.publish()).rejects.toMatchObject({ message: expect.stringContaining('Could not subscribe to change notifications of users') as unknown, description: expect.stringContaining('WEBHOOK_URL') as unknown });
		});
	});

	it('shows in a test what a notification brought, and a few records without one', async () => {
		trigger.mode = 'manual';
		await trigger.publish();
		const jobTitle = changeAda();
		await idle();
		expect(await trigger.poll()).toMatchObject([{ id: PEOPLE.ada, jobTitle }]);
		expect(await trigger.poll()).toHaveLength(3);
		await trigger.unpublish();
		expect(subscriptions()).toEqual([]);
	});
});

describe('the description of the trigger', () => {
	it('has an endpoint only where notifications are chosen', () => {
		const [{ httpMethod }] = node.description.webhooks!;
		const method = (parameters: object): string => new Function('$parameter', `return ${String(httpMethod).replace(/^=\{\{|\}\}$/g, '')}`)(parameters) as string;
		expect(method({ resource: 'users', delivery: 'notifications' })).toBe('POST');
		for (const parameters of [{ resource: 'users', delivery: 'polling' }, { resource: 'licences' }, { resource: 'licences', delivery: 'notifications' }]) expect(method(parameters)).toBe('');
	});
});
