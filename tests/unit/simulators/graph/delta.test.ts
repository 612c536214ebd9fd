import { createAuthority } from '../../../../simulators/base/certificates';
import { DEVICES, GROUPS, HARBOR_TENANT_ID, LABS_TENANT_ID, PEOPLE, SAMPLE_APPS, generatedWorld, type TenantDirectory } from '../../../../simulators/world';
import { manualClock } from '../../../../simulators/graph';
import { readRound } from './follow';
import { startHarness, type Harness, type Json } from './setup';

describe('delta queries of the Graph simulator', () => {
	let harness: Harness;
	let harbor: TenantDirectory;
	let clock: ReturnType<typeof manualClock>;
	const authority = createAuthority();
	beforeEach(async () => {
		clock = manualClock();
		harness = await startHarness({ authority, clock });
		harness.microsoft.tokens.lifetimeSeconds = 10_000_000;
		harbor = harness.microsoft.world.tenant(HARBOR_TENANT_ID);
	});
	afterEach(async () => await harness.stop());

	const round = async (start: string, headers?: Record<string, string>) => await readRound(harness, start, { headers });
	const fromNow = async (path: string) => (await round(`${path}${path.includes('?') ? '&' : '?'}$deltatoken=latest`)).deltaLink;
	const settings = () => harness.microsoft.settings.delta;

	describe('a first round', () => {
		it('lists everybody with what was ever set, and the deleted ones as removed', async () => {
			const { entries, pages } = await round('/users/delta?$select=displayName,mail,department');
			expect(pages).toHaveLength(1);
			expect(pages[0]['@odata.context']).toBe(`${harness.microsoft.graph.origin}/v1.0/$metadata#users(displayName,mail,department)`);
			expect(entries).toHaveLength(19);
			const by = (id: string) => entries.find((entry) => entry.id === id);
			expect(by(PEOPLE.ada)).toEqual({ id: PEOPLE.ada, displayName: 'Ada Brandt', mail: 'ada.brandt@harbordental.example', department: 'Front Office' });
			expect(by(PEOPLE.scanner)).toEqual({ id: PEOPLE.scanner, displayName: 'Scanner', mail: null });
			expect(by(PEOPLE.guest)).toEqual({ id: PEOPLE.guest, displayName: 'Vendor Partner', mail: 'vendor@partner.example' });
			expect(by(PEOPLE.rita)).toEqual({ id: PEOPLE.rita, '@removed': { reason: 'changed' } });
			settings().removedInFirstRound = false;
			expect((await round('/users/delta?$select=id')).entries).toHaveLength(18);
		});

		it('comes in pages of two hundred, whatever $top says, on links that carry the query', async () => {
			const own = await startHarness({ world: generatedWorld({ seed: 4, users: 450 }) });
			const token = await own.token(undefined, own.microsoft.world.tenants[0].tenantId);
			const { pages } = await readRound(own, '/users/delta?$select=id&$top=999', { headers: { authorization: `Bearer ${token}` } });
			expect(pages.map((page) => page.value.length)).toEqual([200, 200, 50]);
			expect(pages[0]['@odata.nextLink']).toMatch(/\/v1\.0\/users\/delta\?\$skiptoken=[^&]+$/);
			expect(pages[2]['@odata.deltaLink']).toMatch(/\/v1\.0\/users\/delta\?\$deltatoken=[^&]+$/);
			await own.stop();
		});

		it('has empty pages in between, if they are wanted', async () => {
			harness.microsoft.settings.emptyPages = true;
			settings().pageSize = 10;
			expect((await round('/users/delta?$select=id')).pages.map((page) => page.value.length)).toEqual([10, 0, 9, 0]);
		});

		it('tells the manager and the owners where they are selected, and members of groups even where nothing is', async () => {
			const people = (await round('/users/delta?$select=manager')).entries;
			expect(people.find(({ id }) => id === PEOPLE.zoe)).toEqual({ id: PEOPLE.zoe, 'manager@delta': [{ '@odata.type': '#microsoft.graph.user', id: PEOPLE.ada }] });
			expect(people.find(({ id }) => id === PEOPLE.ada)).toEqual({ id: PEOPLE.ada });
			const groups = (await round('/groups/delta')).entries;
			expect(groups.find(({ id }) => id === GROUPS.allStaff)['members@delta']).toHaveLength(9);
			expect(groups.find(({ id }) => id === GROUPS.hygienists)).not.toHaveProperty('owners@delta');
			const owned = (await round('/groups/delta?$select=displayName,owners')).entries;
			expect(owned.find(({ id }) => id === GROUPS.hygienists)).toEqual({
				id: GROUPS.hygienists,
				displayName: 'Hygienists',
				'owners@delta': [{ '@odata.type': '#microsoft.graph.user', id: PEOPLE.zoe }],
			});
		});

		it('splits a large group over pages, with other objects in between', async () => {
			settings().linksPerPage = 3;
			const { pages, entries } = await round('/groups/delta?$select=displayName,members');
			const parts = entries.filter(({ id }) => id === GROUPS.allStaff);
			expect(parts.map((part) => part['members@delta'].length)).toEqual([3, 3, 3]);
			expect(new Set(parts.flatMap((part) => part['members@delta'].map(({ id }: Json) => id))).size).toBe(9);
			expect(entries.map(({ id }) => id).indexOf(GROUPS.hygienists)).toBeLessThan(entries.map(({ id }) => id).lastIndexOf(GROUPS.allStaff));
			for (const page of pages) expect(page.value.reduce((sum: number, group: Json) => sum + (group['members@delta'] ?? []).length, 0)).toBeLessThanOrEqual(3);
		});

		it('is narrowed to objects by id, to fifty at most, and by nothing else', async () => {
			const { entries, deltaLink } = await round(`/users/delta?$select=displayName&$filter=id eq '${PEOPLE.zoe}' or id eq '${PEOPLE.ada}'`);
			expect(entries.map(({ id }) => id)).toEqual([PEOPLE.ada, PEOPLE.zoe]);
			harbor.updateUser(PEOPLE.ada, { displayName: 'Ada' });
			harbor.updateUser(PEOPLE.sean, { displayName: 'Sean' });
			expect((await round(deltaLink)).entries).toEqual([{ id: PEOPLE.ada, displayName: 'Ada' }]);
			const many = Array.from({ length: 51 }, (_, index) => `id eq '${index}'`).join(' or ');
			for (const filter of [many, "displayName eq 'Ada'", `id ne '${PEOPLE.ada}'`, `id eq '${PEOPLE.ada}' and id eq '${PEOPLE.ada}'`]) {
				expect((await harness.get(`/users/delta?$filter=${filter}`)).body.error.code).toBe('Request_UnsupportedQuery');
			}
		});
	});

	it.each(['$expand=manager', '$orderby=displayName', '$search="displayName:a"', '$count=true', '$skip=1'])('refuses %s', async (option) => {
		expect((await harness.get(`/users/delta?${option}`)).status).toBe(400);
	});

	it.each([['mailboxSettings', 501], ['signInActivity', 501], ['shoeSize', 400]])('refuses to follow %s', async (name, status) => {
		expect((await harness.get(`/users/delta?$select=${name}`)).status).toBe(status);
	});

	describe('a round of changes', () => {
		it('is empty with a new link when nothing happened', async () => {
			const link = await fromNow('/users/delta?$select=displayName');
			const { entries, deltaLink } = await round(link);
			expect(entries).toEqual([]);
			expect(deltaLink).not.toBe(link);
		});

		it('tells who changed, once, as they are now, with the same properties as before', async () => {
			const link = await fromNow('/users/delta?$select=displayName,mail,jobTitle');
			harbor.renameUser(PEOPLE.ada, { displayName: 'Ada Lang', mail: 'ada.lang@harbordental.example' });
			harbor.updateUser(PEOPLE.zoe, { jobTitle: undefined });
			harbor.disableUser(PEOPLE.sean);
			harbor.updateUser(PEOPLE.ada, { jobTitle: 'Director' });
			const { entries, deltaLink } = await round(link);
			expect(entries).toEqual([
				{ id: PEOPLE.zoe, displayName: 'Zoë Müller', mail: 'zoe.mueller@harbordental.example', jobTitle: null },
				{ id: PEOPLE.ada, displayName: 'Ada Lang', mail: 'ada.lang@harbordental.example', jobTitle: 'Director' },
			]);
			expect((await round(deltaLink)).entries).toEqual([]);
		});

		it('tells only what changed to who prefers that, if it listens', async () => {
			const link = await fromNow('/users/delta?$select=displayName,mail,jobTitle');
			harbor.updateUser(PEOPLE.ada, { jobTitle: 'Director' });
			const prefer = { prefer: 'return=minimal' };
			expect((await round(link, prefer)).entries).toEqual([{ id: PEOPLE.ada, jobTitle: 'Director' }]);
			expect((await harness.get(link, { headers: prefer })).headers.get('preference-applied')).toBe('return=minimal');
			settings().returnMinimal = false;
			expect(Object.keys((await round(link, prefer)).entries[0])).toHaveLength(4);
		});

		it('says nothing of changes outside the selection, or outside the directory', async () => {
			const link = await fromNow('/users/delta?$select=displayName');
			harbor.disableUser(PEOPLE.sean);
			harbor.updateUser(PEOPLE.zoe, { managerId: PEOPLE.sean });
			harbor.updateUser(PEOPLE.ada, { signInActivity: undefined });
			harbor.updateGroup(GROUPS.allStaff, { displayName: 'Everybody' });
			expect((await round(link)).entries).toEqual([]);
			const groups = await fromNow('/groups/delta?$select=displayName');
			harbor.addMember(GROUPS.hygienists, { type: 'user', id: PEOPLE.ada });
			expect((await round(groups)).entries).toEqual([]);
		});

		it('tells deleted for good from restorable, and somebody restored as anybody else', async () => {
			const link = await fromNow('/users/delta?$select=displayName');
			harbor.softDeleteUser(PEOPLE.tom);
			harbor.hardDeleteUser(PEOPLE.rita);
			harbor.addUser({ userPrincipalName: 'brief@harbordental.example' });
			harbor.hardDeleteUser('brief@harbordental.example');
			const first = await round(link);
			expect(first.entries.slice(0, 2)).toEqual([
				{ id: PEOPLE.tom, '@removed': { reason: 'changed' } },
				{ id: PEOPLE.rita, '@removed': { reason: 'deleted' } },
			]);
			expect(first.entries).toHaveLength(3);
			harbor.restoreUser(PEOPLE.tom);
			expect((await round(first.deltaLink)).entries).toEqual([{ id: PEOPLE.tom, displayName: 'Tom Becker' }]);
		});

		it('tells what was cleared, even of somebody who was deleted and restored since', async () => {
			const link = await fromNow('/users/delta?$select=displayName,jobTitle');
			harbor.updateUser(PEOPLE.tom, { jobTitle: undefined });
			harbor.softDeleteUser(PEOPLE.tom);
			harbor.restoreUser(PEOPLE.tom);
			expect((await round(link, { prefer: 'return=minimal' })).entries).toEqual([{ id: PEOPLE.tom, displayName: 'Tom Becker', jobTitle: null }]);
		});

		it('tells a Microsoft 365 group as restorable, a security group as gone', async () => {
			const link = await fromNow('/groups/delta?$select=displayName,members');
			harbor.deleteGroup(GROUPS.allStaff);
			harbor.deleteGroup(GROUPS.itAdmins);
			const { entries, deltaLink } = await round(link);
			expect(entries.map((entry) => entry['@removed'].reason)).toEqual(['changed', 'deleted']);
			harbor.restoreGroup(GROUPS.allStaff);
			const [restored] = (await round(deltaLink)).entries;
			expect(restored['members@delta']).toHaveLength(9);
		});

		it('tells members that came and went, and a manager who was replaced', async () => {
			const groups = await fromNow('/groups/delta?$select=members');
			const people = await fromNow('/users/delta?$select=manager');
			harbor.addMember(GROUPS.hygienists, { type: 'device', id: DEVICES.phone });
			harbor.removeMember(GROUPS.hygienists, PEOPLE.mary);
			harbor.addMember(GROUPS.hygienists, { type: 'user', id: PEOPLE.ada });
			harbor.removeMember(GROUPS.hygienists, PEOPLE.ada);
			harbor.updateUser(PEOPLE.zoe, { managerId: PEOPLE.sean });
			expect((await round(groups)).entries).toEqual([
				{
					id: GROUPS.hygienists,
					'members@delta': [
						{ '@odata.type': '#microsoft.graph.device', id: DEVICES.phone },
						{ '@odata.type': '#microsoft.graph.user', id: PEOPLE.mary, '@removed': { reason: 'deleted' } },
						{ '@odata.type': '#microsoft.graph.user', id: PEOPLE.ada, '@removed': { reason: 'deleted' } },
					],
				},
			]);
			expect((await round(people)).entries).toEqual([
				{
					id: PEOPLE.zoe,
					'manager@delta': [
						{ '@odata.type': '#microsoft.graph.user', id: PEOPLE.ada, '@removed': { reason: 'deleted' } },
						{ '@odata.type': '#microsoft.graph.user', id: PEOPLE.sean },
					],
				},
			]);
		});

		it('follows devices', async () => {
			const link = await fromNow('/devices/delta?$select=displayName,isCompliant');
			harbor.updateDevice(DEVICES.operatory, { isCompliant: true });
			harbor.setOwners(DEVICES.frontDesk, []);
			harbor.removeDevice(DEVICES.desktopOld);
			expect((await round(link)).entries).toEqual([
				{ id: DEVICES.operatory, displayName: 'OPERATORY-2', isCompliant: true },
				{ id: DEVICES.desktopOld, '@removed': { reason: 'deleted' } },
			]);
		});

		it('tells a directory extension, and that it was cleared', async () => {
			const name = 'extension_b1c2d3e4f5a64b7c8d9e000000000002_chairNumber';
			const link = await fromNow(`/users/delta?$select=${name}`);
			harbor.updateUser(PEOPLE.sean, { [name]: '3' });
			harbor.updateUser(PEOPLE.ada, { [name]: undefined });
			expect((await round(link)).entries).toEqual([{ id: PEOPLE.sean, [name]: '3' }, { id: PEOPLE.ada, [name]: null }]);
		});
	});

	describe('takes the liberties of the real service', () => {
		const changes = () => {
			harbor.updateUser(PEOPLE.ada, { displayName: 'A1' });
			harbor.softDeleteUser(PEOPLE.tom);
			harbor.updateUser(PEOPLE.zoe, { displayName: 'Z1' });
			harbor.restoreUser(PEOPLE.tom);
			harbor.updateUser(PEOPLE.ada, { displayName: 'A2' });
			harbor.softDeleteUser(PEOPLE.ivy);
		};
		const told = (entries: Json[]) => entries.map((entry) => `${entry['@removed'] ? '-' : '+'}${Object.entries(PEOPLE).find(([, id]) => id === entry.id)?.[0]}`);

		it('one entry for each change', async () => {
			const link = await fromNow('/users/delta?$select=displayName');
			settings().folded = false;
			changes();
			expect(told((await round(link)).entries)).toEqual(['+ada', '-tom', '+zoe', '+tom', '+ada', '-ivy']);
		});

		it('everything twice', async () => {
			const link = await fromNow('/users/delta?$select=displayName');
			settings().duplicates = true;
			changes();
			expect(told((await round(link)).entries)).toEqual(['+zoe', '+tom', '+ada', '-ivy', '+zoe', '+tom', '+ada', '-ivy']);
		});

		it('the round before once more', async () => {
			const link = await fromNow('/users/delta?$select=displayName');
			changes();
			const first = await round(link);
			settings().replays = true;
			harbor.updateUser(PEOPLE.lee, { displayName: 'L1' });
			expect(told((await round(first.deltaLink)).entries)).toEqual(['+zoe', '+tom', '+ada', '-ivy', '+lee']);
		});

		it('another order, in which the last word on each object is still the last', async () => {
			const link = await fromNow('/users/delta?$select=displayName');
			Object.assign(settings(), { folded: false, outOfOrder: true });
			changes();
			const order = told((await round(link)).entries);
			expect([...order].sort()).toEqual(['+ada', '+ada', '+tom', '+zoe', '-ivy', '-tom']);
			expect(order).not.toEqual(['+ada', '-tom', '+zoe', '+tom', '+ada', '-ivy']);
			expect(order.indexOf('-tom')).toBeLessThan(order.indexOf('+tom'));
		});

		it('changes that arrive late, and none that is lost by a token taken meanwhile', async () => {
			const link = await fromNow('/users/delta?$select=displayName');
			settings().replicationDelayMilliseconds = 120_000;
			changes();
			const early = await round(link);
			expect(early.entries).toEqual([]);
			const taken = await fromNow('/users/delta?$select=displayName');
			clock.advance(120_000);
			for (const late of [early.deltaLink, taken]) expect(told((await round(late)).entries)).toEqual(['+zoe', '+tom', '+ada', '-ivy']);
		});
	});

	describe('its tokens', () => {
		it.each([
			['gone', 410, 'resyncRequired', 'Resync required.'],
			['tooOld', 400, 'Request_UnsupportedQuery', 'DeltaLink older than 30 days is not supported.'],
			['syncStateNotFound', 400, 'syncStateNotFound', 'The sync state generation is not found; a full resync is needed.'],
		] as const)('are lost in the way %s: after seven days, or when they are killed', async (lostTokens, status, code, message) => {
			settings().lostTokens = lostTokens;
			const old = await fromNow('/users/delta?$select=displayName');
			clock.advance(7 * 24 * 60 * 60_000 - 1);
			expect((await harness.get(old)).status).toBe(200);
			clock.advance(1);
			const killed = await fromNow('/users/delta?$select=displayName');
			harness.microsoft.deltaTokens.expireAll();
			for (const link of [old, killed]) {
				const answer = await harness.get(link);
				expect([answer.status, answer.body.error.code, answer.body.error.message]).toEqual([status, code, message]);
				expect(answer.headers.get('location')).toBe(lostTokens === 'gone' ? `${harness.microsoft.graph.origin}/v1.0/users/delta?$deltatoken=` : null);
			}
			expect((await round('/users/delta?$deltatoken=&$select=displayName')).entries).toHaveLength(19);
		});

		it('are for one app, tenant, resource and query', async () => {
			const link = await fromNow('/users/delta?$select=displayName');
			const labs = await harness.token(SAMPLE_APPS.consented, LABS_TENANT_ID);
			const otherApp = await harness.token(SAMPLE_APPS.usersOnly);
			const wrong = [
				await harness.get(link, { token: labs }),
				await harness.get(link, { token: otherApp }),
				await harness.get(link.replace('/users/', '/groups/')),
				await harness.get(`${link}&$select=mail`),
				await harness.get(`${link}x`),
			];
			expect(wrong.map(({ status, body }) => [status, body.error.code])).toEqual(wrong.map(() => [400, 'Request_BadRequest']));
			expect((await harness.get(`${link}&$select=displayName`)).status).toBe(200);
		});

		it('of pages go stale as those of any list', async () => {
			settings().pageSize = 5;
			const next = async () => (await harness.get('/users/delta?$select=id')).body['@odata.nextLink'] as string;
			const [first, second] = [await next(), await next()];
			expect((await harness.get(first.replace('/users/', '/groups/'))).body.error.code).toBe('Directory_InvalidPageToken');
			harness.microsoft.pageTokens.expireAll();
			expect((await harness.get(first)).body.error.code).toBe('Directory_ExpiredPageToken');
			const third = await next();
			clock.advance(harness.microsoft.pageTokens.lifetimeMilliseconds);
			await next();
			for (const link of [second, third]) expect((await harness.get(link)).body.error.code).toBe('Directory_ExpiredPageToken');
		});
	});

	it('shows members only to who may read them', async () => {
		harbor.consent(SAMPLE_APPS.usersOnly, ['Group.ReadBasic.All']);
		const token = await harness.token(SAMPLE_APPS.usersOnly);
		expect((await harness.get('/groups/delta?$select=members', { token })).status).toBe(403);
		const { body } = await harness.get('/groups/delta', { token });
		expect(body.value[0].displayName).toBe('All Staff');
		expect(JSON.stringify(body)).not.toContain('members@delta');
		expect((await harness.get('/users/delta', { token })).status).toBe(403);
	});

	it('keeps the place of a deleted member, silently, and counts a link to nobody as cut', async () => {
		const link = await fromNow('/groups/delta?$select=members');
		harbor.softDeleteUser(PEOPLE.mary);
		harbor.hardDeleteUser(PEOPLE.grace);
		expect((await round(link)).entries).toEqual([]);
		const { entries } = await round('/groups/delta?$select=members');
		expect(entries.find(({ id }) => id === GROUPS.hygienists)['members@delta']).toEqual([
			{ '@odata.type': '#microsoft.graph.user', id: PEOPLE.johnSmithHygienist },
			{ '@odata.type': '#microsoft.graph.user', id: PEOPLE.mary },
			{ '@odata.type': '#microsoft.graph.user', id: PEOPLE.grace, '@removed': { reason: 'deleted' } },
		]);
	});
});
