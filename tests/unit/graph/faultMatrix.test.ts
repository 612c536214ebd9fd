import { inspect } from 'node:util';
import { generatedWorld, VALID_SECRET } from '../../../simulators/world';
import type { GraphClient, GraphClientOptions } from '../../../sync/source/graph/transport/client';
import { groupPage } from '../../../sync/source/graph/read/groups';
import { organization } from '../../../sync/source/graph/read/organization';
import { subscribedSkus } from '../../../sync/source/graph/read/subscribedSkus';
import { user, users } from '../../../sync/source/graph/read/users';
import { whereaboutsOf } from '../../../sync/source/graph/read/whereabouts';
import { checkFeatures } from '../../../sync/source/graph/features';
import { answer, FAULTS } from './faults';
import { failureOf, graphError, TestClock } from './service';
import { startTenantInABox, type TenantInABox } from './tenantInABox';

/** Two pages of users: 999 and 2. */
const world = generatedWorld({ seed: 7, users: 1001 });
const [tenant] = world.tenants;
const group = tenant.groups.find(({ members }) => members.length > 20)!;
const people = tenant.users.slice(0, 20).map(({ id }) => id);
const nobody = '00000000-0000-4000-8000-000000000000';

/** One for the client and the services: waits take no time, and both agree on how long they were. */
const clock = new TestClock();
let box: TenantInABox;
beforeAll(async () => {
	box = await startTenantInABox({ world, clock });
});
afterAll(async () => await box.microsoft.stop());
afterEach(() => box.reset());

const client = (options: Partial<GraphClientOptions> = {}) => box.client({ tenantId: tenant.tenantId }, { clock, ...options });

type Read = (client: GraphClient) => Promise<unknown>;
/** Every read, and the part of an address that only its own requests have. */
const READS: Record<string, { read: Read; path: string }> = {
	organisation: { read: organization, path: '/organization' },
	people: { read: async (client) => await users(client, { limit: 20 }), path: '/users?' },
	'people of a group': { read: async (client) => await users(client, { limit: 20, filter: { groupId: group.id } }), path: '/members/' },
	'people of nested groups': { read: async (client) => await users(client, { limit: 20, filter: { groupId: group.id, nestedGroups: true } }), path: '/transitiveMembers/' },
	'one person': { read: async (client) => await user(client, people[0]), path: `/users/${people[0]}` },
	subscriptions: { read: subscribedSkus, path: '/subscribedSkus' },
	groups: { read: groupPage, path: '/groups?' },
	'whereabouts in the tenant': { read: async (client) => await whereaboutsOf(client, [...people, nobody]), path: '/users?' },
	'whereabouts among the deleted': { read: async (client) => await whereaboutsOf(client, [...people, nobody]), path: 'deletedItems' },
};

describe.each(Object.entries(READS))('reading %s', (name, { read, path }) => {
	let whole: unknown;
	beforeAll(async () => {
		whole = await read(client());
	});

	it.each(Object.entries(FAULTS))('under %s is complete or says why it is not', async (_, [fault, times, expected]) => {
		box.microsoft.graphFaults.add({ fault, times, path });
		if (expected === 'complete') {
			expect(await read(client())).toEqual(whole);
			return;
		}
		const error = await failureOf(read(client()));
		expect(error.name).toBe('SyncError');
		expect(error.message).toMatch(expected);
		expect(error.message).toContain(name === 'one person' && error.class === 'notFound' ? people[0] : tenant.tenantId);
		expect(error.remedy!.length).toBeGreaterThan(15);
	});
});

describe('a fault on the second page', () => {
	const second = { path: '$skiptoken' };
	let whole: unknown[];
	beforeAll(async () => {
		whole = await users(client());
	});

	it('would leave people out', () => expect(whole).toHaveLength(1001));

	it.each(Object.entries(FAULTS))('(%s) never makes the list short', async (_, [fault, times, expected]) => {
		box.microsoft.graphFaults.add({ fault, times, ...second });
		if (expected === 'complete') expect(await users(client())).toEqual(whole);
		else expect((await failureOf(users(client()))).name).toBe('SyncError');
	});

	it('heals when the page token expired, by starting over', async () => {
		box.microsoft.graphFaults.add({ fault: { kind: 'delay', milliseconds: 0 }, path: '/users?$select' });
		const reading = users(client());
		// As soon as the first page is out, its link goes stale.
		while (box.microsoft.graph.seen.length === 0) await new Promise(setImmediate);
		box.microsoft.pageTokens.expireAll();
		expect(await reading).toHaveLength(1001);
	});

	it('ends clearly when the page token expires every time', async () => {
		box.microsoft.pageTokens.lifetimeMilliseconds = 0;
		const error = await failureOf(users(client()));
		box.microsoft.pageTokens.lifetimeMilliseconds = 3_600_000;
		expect(error.message).toBe(`Could not read users of tenant ${tenant.tenantId}: Microsoft Graph lost its place in the list 4 times (expired page token).`);
		expect(error.remedy).toContain('run again later');
	});

	it.each<[string, unknown, RegExp]>([
		['leads to another host', { value: [], '@odata.nextLink': 'https://evil.example/v1.0/users?$skiptoken=1' }, /leads elsewhere, to https:\/\/evil\.example; it was not followed/],
		['is not a text', { value: [], '@odata.nextLink': 7 }, /lead in a circle/],
		['comes without its list', { '@odata.nextLink': 'x' }, /holds no list/],
		['holds somebody without an id', { value: [{ displayName: 'Nobody' }] }, /gave a user without an id/],
	])('whose link or list %s is an error', async (_, body, message) => {
		box.microsoft.graphFaults.add({ fault: answer(200, body), times: Infinity, ...second });
		expect((await failureOf(users(client()))).message).toMatch(message);
	});
});

describe('throttling by resource units', () => {
	it.each(['whole', 'fractional', 'missing'] as const)('is waited out, with Retry-After %s', async (retryAfter) => {
		Object.assign(box.microsoft.settings, { retryAfter, throttling: 'hard', resourceUnitsPer10Seconds: 1 });
		try {
			const started = clock.now();
			expect(await users(client({ retries: undefined, budgetSeconds: undefined }))).toHaveLength(1001);
			// One page goes at once, the other when the window of ten seconds has moved on.
			expect(clock.now() - started).toBeGreaterThanOrEqual(10_000);
			expect(box.microsoft.graph.seen.filter(({ status }) => status === 429).length).toBeGreaterThan(0);
		} finally {
			Object.assign(box.microsoft.settings, { retryAfter: 'whole', throttling: 'gradual', resourceUnitsPer10Seconds: undefined });
		}
	});
});

describe('secrets', () => {
	it('are in no message, remedy or property of any error, whatever the services echo', async () => {
		for (const { read, path } of Object.values(READS)) {
			for (const status of [400, 401, 403, 404, 409, 503]) {
				const echoing = client();
				await organization(echoing);
				const token = box.microsoft.graph.seen.at(-1)!.headers.authorization.replace('Bearer ', '');
				const echo = graphError('BadRequest', `you sent Bearer ${token} and ${VALID_SECRET}`);
				box.microsoft.graphFaults.add({ fault: answer(status, echo), times: Infinity, path });
				const error = await failureOf(read(echoing));
				const shown = [error.message, error.remedy, error.stack, JSON.stringify(error), inspect(error, { depth: 9 })].join('\n');
				expect(shown).not.toContain(VALID_SECRET);
				expect(shown).not.toContain(token.slice(0, 40));
				box.reset();
			}
		}
		for (const status of [400, 401, 403, 429, 500]) {
			const marker = 'marker-secret-7f3';
			box.microsoft.loginFaults.add({ fault: answer(status, { error: marker, error_description: marker, error_codes: [1] }), times: Infinity, path: '/oauth2/' });
			const error = await failureOf(checkFeatures(box.client({ proof: { kind: 'secret', secret: marker } }, { clock })));
			expect(inspect(error, { depth: 9, showHidden: true })).not.toContain(marker);
			box.reset();
		}
	}, 30_000);
});
