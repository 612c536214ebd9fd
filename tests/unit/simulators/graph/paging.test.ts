import fc from 'fast-check';
import { GROUPS, PEOPLE, generatedWorld } from '../../../../simulators/world';
import { manualClock } from '../../../../simulators/graph';
import { startHarness, type Harness, type Json } from './setup';

describe('paging of the Graph simulator', () => {
	const clock = manualClock();
	let harness: Harness;
	let everybody: string[];
	const size = 137;

	beforeAll(async () => {
		harness = await startHarness({ world: generatedWorld({ seed: 7, users: size }), clock });
		const tenant = harness.microsoft.world.tenants[0];
		harness.microsoft.tokens.lifetimeSeconds = 1_000_000;
		const token = await harness.token(undefined, tenant.tenantId);
		harness.get = ((get) => async (path, options) => await get(path, { token, ...options }))(harness.get);
		everybody = tenant.users.map((user) => user.id);
	});
	afterAll(async () => await harness.stop());

	const walk = async (path: string, eventual = false) => {
		const pages: Json[] = [];
		let next: string | undefined = path;
		while (next) {
			const { status, body } = await harness.get(next, { eventual });
			if (status !== 200) throw new Error(JSON.stringify(body));
			pages.push(body);
			if (pages.length > 2 * size) throw new Error('the list never ends');
			next = body['@odata.nextLink'];
		}
		return { pages, ids: pages.flatMap((page) => page.value.map((user: Json) => user.id)) };
	};

	it('gives everybody once, in order, for any page size, with empty pages or without', async () => {
		await fc.assert(
			fc.asyncProperty(fc.integer({ min: 5, max: 999 }), fc.boolean(), async (top, emptyPages) => {
				clock.advance(60_000);
				harness.microsoft.settings.emptyPages = emptyPages;
				const { pages, ids } = await walk(`/users?$select=id&$top=${top}`);
				expect(ids).toEqual(everybody);
				const full = Math.ceil(size / top);
				expect(pages).toHaveLength(emptyPages ? full * 2 : full);
				expect(pages.some((page) => page.value.length === 0)).toBe(emptyPages);
			}),
			{ numRuns: 15 },
		);
		harness.microsoft.settings.emptyPages = false;
	});

	it('gives the same people filtered and sorted, page by page, as on one page', async () => {
		await fc.assert(
			fc.asyncProperty(fc.integer({ min: 7, max: 60 }), fc.constantFrom('displayName', 'userPrincipalName desc'), async (top, order) => {
				clock.advance(60_000);
				const query = `/users?$select=id&$count=true&$filter=accountEnabled eq true&$orderby=${order}`;
				const whole = await walk(`${query}&$top=999`, true);
				const paged = await walk(`${query}&$top=${top}`, true);
				expect(paged.ids).toEqual(whole.ids);
				expect(paged.pages[0]['@odata.count']).toBe(whole.ids.length);
				expect(paged.pages[1]).not.toHaveProperty(['@odata.count']);
			}),
			{ numRuns: 6 },
		);
	});

	it('serves a hundred at a time by default', async () => {
		clock.advance(60_000);
		expect((await walk('/users?$select=id')).pages.map((page) => page.value.length)).toEqual([100, 37]);
	});

	it('links absolutely, with the query as it was sent and a token that says nothing', async () => {
		const { body } = await harness.get('/users?$top=10&$select=id,mail');
		const link = body['@odata.nextLink'] as string;
		expect(link.startsWith(`${harness.microsoft.graph.origin}/v1.0/users?$top=10&$select=id,mail&$skiptoken=`)).toBe(true);
	});

	it('wants the header again on every page of an advanced query', async () => {
		const path = "/users?$select=id&$top=10&$count=true&$filter=accountEnabled ne false";
		const { body } = await harness.get(path, { eventual: true });
		expect((await harness.get(body['@odata.nextLink'])).body.error.message).toBe('Unsupported Query.');
		expect((await harness.get(body['@odata.nextLink'], { eventual: true })).status).toBe(200);
	});

	it('refuses tokens that are old, made up, or for another query', async () => {
		const first = await harness.get('/users?$top=10&$select=id');
		const link = first.body['@odata.nextLink'] as string;
		expect((await harness.get(link)).status).toBe(200);
		expect((await harness.get(link.replace('$top=10', '$top=20'))).body.error.code).toBe('Directory_InvalidPageToken');
		expect((await harness.get('/users?$skiptoken=abc')).body.error.code).toBe('Directory_InvalidPageToken');
		clock.advance(harness.microsoft.pageTokens.lifetimeMilliseconds);
		const expired = await harness.get(link);
		expect([expired.status, expired.body.error.code]).toEqual([400, 'Directory_ExpiredPageToken']);
		const again = (await harness.get('/users?$top=10&$select=id')).body['@odata.nextLink'];
		harness.microsoft.pageTokens.expireAll();
		expect((await harness.get(again)).body.error.code).toBe('Directory_ExpiredPageToken');
	});

	it('goes on where it was when people come and go between two pages', async () => {
		const own = await startHarness();
		const harbor = own.microsoft.world.tenant('harbordental.example');
		const first = await own.get('/users?$top=5&$select=id');
		harbor.softDeleteUser(PEOPLE.ada);
		harbor.addUser({ userPrincipalName: 'new@harbordental.example' });
		const second = await own.get(first.body['@odata.nextLink']);
		expect(second.body.value[0].id).toBe(PEOPLE.mary);
		await own.stop();
	});

	it('cuts pages with sign-in activity to 500', async () => {
		const own = await startHarness({ world: generatedWorld({ seed: 3, users: 620 }) });
		const token = await own.token(undefined, own.microsoft.world.tenants[0].tenantId);
		const { body } = await own.get('/users?$select=id,signInActivity&$top=999', { token });
		expect(body.value).toHaveLength(500);
		expect(body['@odata.nextLink']).toContain('$skiptoken=');
		await own.stop();
	});

	it('pages members, and finds nested ones once', async () => {
		const own = await startHarness();
		const members = await own.list(`/groups/${GROUPS.allStaff}/members?$select=id,displayName`);
		expect(members.at(-1)).toEqual({ '@odata.type': '#microsoft.graph.group', id: GROUPS.hygienists, displayName: 'Hygienists' });
		expect(members).toHaveLength(9);
		const users = await own.list(`/groups/${GROUPS.allStaff}/members/microsoft.graph.user?$select=id&$top=3`);
		expect(users).toEqual([{ id: PEOPLE.ada }, { id: PEOPLE.zoe }, { id: PEOPLE.sean }]);
		const all = await own.list(`/groups/${GROUPS.allStaff}/transitiveMembers?$select=id`);
		expect(all).toHaveLength(12);
		expect(new Set(all.map((member) => member.id)).size).toBe(12);
		const cast = `/groups/${GROUPS.allStaff}/transitiveMembers/microsoft.graph.user?$select=id&$count=true`;
		expect((await own.get(cast)).status).toBe(400);
		expect((await own.get(cast, { eventual: true })).body['@odata.count']).toBe(11);
		await own.stop();
	});
});
