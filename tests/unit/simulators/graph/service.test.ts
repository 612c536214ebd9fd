import { DEVICES, GROUPS, HARBOR_TENANT_ID, PEOPLE, SAMPLE_APPS } from '../../../../simulators/world';
import { manualClock } from '../../../../simulators/graph';
import { startHarness, type Harness, type Json } from './setup';

describe('the Graph simulator as a service', () => {
	const clock = manualClock();
	let harness: Harness;
	beforeAll(async () => {
		harness = await startHarness({ clock });
	});
	afterAll(async () => await harness.stop());
	beforeEach(() => {
		clock.advance(60_000);
		harness.microsoft.settings.resourceUnitsPer10Seconds = undefined;
		harness.microsoft.settings.retryAfter = 'whole';
		harness.microsoft.settings.throttling = 'gradual';
	});

	describe('permissions', () => {
		it.each([
			['/users', ['User.Read.All']],
			['/users', ['User.ReadBasic.All']],
			['/users/$count', ['Directory.Read.All']],
			[`/users/${PEOPLE.zoe}/manager`, ['User.Read.All']],
			['/organization', ['Organization.Read.All']],
			['/organization', ['User.Read.All']],
			['/groups', ['GroupMember.Read.All']],
			[`/groups/${GROUPS.allStaff}`, ['Group.Read.All']],
			[`/groups/${GROUPS.allStaff}/members`, ['GroupMember.Read.All']],
			[`/groups/${GROUPS.allStaff}/transitiveMembers`, ['Directory.Read.All']],
			['/subscribedSkus', ['LicenseAssignment.Read.All']],
			['/directory/subscriptions', ['Organization.Read.All']],
			[`/users/${PEOPLE.zoe}/licenseDetails`, ['LicenseAssignment.Read.All']],
			['/users/delta', ['User.Read.All']],
			['/groups/delta', ['GroupMember.Read.All']],
			['/devices/delta', ['Device.Read.All']],
			['/devices', ['Device.Read.All']],
			[`/devices/${DEVICES.frontDesk}/registeredOwners`, ['Device.Read.All']],
			[`/devices/${DEVICES.frontDesk}/registeredUsers`, ['Directory.Read.All']],
			['/applications', ['Application.Read.All']],
			['/domains', ['Domain.Read.All']],
			['/directory/deletedItems/microsoft.graph.user', ['User.Read.All']],
			['/directoryRoles', ['RoleManagement.Read.Directory']],
			['/directoryRoles/c5a1d0de-1f6b-4c53-9a41-0d7e5b6f0001/members', ['RoleManagement.Read.Directory']],
		])('%s is open to %j and to nobody without it', async (path, roles) => {
			const harbor = harness.microsoft.world.tenant(HARBOR_TENANT_ID);
			harbor.consent(SAMPLE_APPS.usersOnly, roles);
			expect((await harness.get(path, { eventual: true, token: await harness.token(SAMPLE_APPS.usersOnly) })).status).toBe(200);
			harbor.consent(SAMPLE_APPS.usersOnly, ['Mail.Read']);
			const refused = await harness.get(path, { eventual: true, token: await harness.token(SAMPLE_APPS.usersOnly) });
			expect([refused.status, refused.body.error.code]).toEqual([403, 'Authorization_RequestDenied']);
			expect(refused.body.error.message).toBe('Insufficient privileges to complete the operation.');
		});

		it('judges by the token, so consent given later needs a new one', async () => {
			const harbor = harness.microsoft.world.tenant(HARBOR_TENANT_ID);
			const before = await harness.token(SAMPLE_APPS.withoutConsent);
			harbor.consent(SAMPLE_APPS.withoutConsent, ['User.Read.All']);
			expect((await harness.get('/users', { token: before })).status).toBe(403);
			expect((await harness.get('/users', { token: await harness.token(SAMPLE_APPS.withoutConsent) })).status).toBe(200);
		});

		it('shows an app with User.ReadBasic.All the basic properties only', async () => {
			harness.microsoft.world.tenant(HARBOR_TENANT_ID).consent(SAMPLE_APPS.usersOnly, ['User.ReadBasic.All']);
			const token = await harness.token(SAMPLE_APPS.usersOnly);
			const { body } = await harness.get(`/users/${PEOPLE.ada}?$select=mail,jobTitle,assignedLicenses`, { token });
			expect(body).toMatchObject({ mail: 'ada.brandt@harbordental.example', jobTitle: null, assignedLicenses: [] });
		});

		it('shows members of a type that the app may not read by type and id', async () => {
			harness.microsoft.world.tenant(HARBOR_TENANT_ID).consent(SAMPLE_APPS.usersOnly, ['GroupMember.Read.All']);
			const token = await harness.token(SAMPLE_APPS.usersOnly);
			const { body } = await harness.get(`/groups/${GROUPS.allStaff}/members?$select=id,displayName`, { token });
			expect(body.value[0]).toEqual({ '@odata.type': '#microsoft.graph.user', id: PEOPLE.ada, displayName: null });
			expect(body.value.at(-1).displayName).toBe('Hygienists');
		});
	});

	describe('every answer', () => {
		it('carries the ids that support asks for, and echoes the one that the client sent', async () => {
			const mine = '4a5b6c7d-0000-4000-8000-000000000042';
			const good = await harness.get('/users?$top=1', { headers: { 'client-request-id': mine } });
			expect(good.headers.get('client-request-id')).toBe(mine);
			expect(good.headers.get('request-id')).toMatch(/^[0-9a-f-]{36}$/);
			expect(JSON.parse(good.headers.get('x-ms-ags-diagnostic') ?? '')).toHaveProperty('ServerInfo.DataCenter');
			expect(good.headers.get('odata-version')).toBe('4.0');
			expect(good.headers.get('content-type')).toContain('odata.metadata=minimal');
			const bad = await harness.get('/users?$top=1000', { headers: { 'client-request-id': mine } });
			expect(bad.body.error.innerError).toEqual({
				date: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/),
				'request-id': bad.headers.get('request-id'),
				'client-request-id': mine,
			});
			expect((await harness.get('/users?$top=1')).headers.get('client-request-id')).toMatch(/^[0-9a-f-]{36}$/);
		});

		it('is a 400 outside v1.0 and a 405 for writing', async () => {
			const { origin } = harness.microsoft.graph;
			expect((await harness.get(`${origin}/beta/users`)).body.error.message).toBe('Invalid version: beta');
			const answer = await harness.send(`${origin}/v1.0/users`, { method: 'POST', headers: { authorization: `Bearer ${await harness.token()}` }, body: '{}' });
			expect(answer.status).toBe(405);
		});

		it('refuses group ids that are no GUID', async () => {
			expect((await harness.get('/groups/everyone')).body.error.message).toBe("Invalid object identifier 'everyone'.");
			expect((await harness.get(`/groups/${PEOPLE.ada}`)).status).toBe(404);
		});

		it('refuses a page size for roles', async () => {
			const { status, body } = await harness.get('/directoryRoles?$top=5');
			expect([status, body.error.message]).toEqual([400, 'This resource does not support custom page sizes. Please retry without a page size.']);
		});

		it('finds roles by their template and tells what their members are', async () => {
			const [role] = await harness.list("/directoryRoles?$filter=roleTemplateId eq 'fe930be7-5e62-47db-91af-98c3a49a38b1'");
			const [member] = await harness.list(`/directoryRoles/${role.id}/members?$select=id`);
			expect(member).toEqual({ '@odata.type': '#microsoft.graph.group', id: GROUPS.itAdmins });
		});
	});

	describe('resource units', () => {
		it.each([
			['/users', 2],
			['/users?$select=id', 1],
			['/users?$top=5', 1],
			['/users?$expand=manager', 3],
			['/users?$select=id&$expand=manager($select=id)', 2],
			[`/groups/${GROUPS.allStaff}/members`, 3],
			[`/groups/${GROUPS.allStaff}/members?$select=id&$top=5`, 1],
			[`/groups/${GROUPS.allStaff}/transitiveMembers`, 5],
			['/subscribedSkus', 3],
			['/directory/subscriptions', 1],
			[`/users/${PEOPLE.zoe}/licenseDetails`, 2],
			['/users/delta', 1],
			['/groups/delta?$select=members', 1],
			['/devices/delta?$deltatoken=latest', 1],
			['/devices', 1],
			['/devices?$expand=registeredOwners', 2],
			['/applications', 2],
			['/applications?$select=id', 1],
			['/organization', 1],
			['/domains?$select=id', 1],
		])('%s costs %d', async (path, units) => {
			expect((await harness.get(path)).headers.get('x-ms-resource-unit')).toBe(String(units));
		});

		it('warns from 80 per cent, refuses above the limit, counts refusals, and recovers with time', async () => {
			const { settings } = harness.microsoft;
			settings.resourceUnitsPer10Seconds = 10;
			settings.throttling = 'hard';
			const read = async () => await harness.get('/users?$select=id');
			const shares: Array<string | null> = [];
			for (let call = 0; call < 10; call++) shares.push((await read()).headers.get('x-ms-throttle-limit-percentage'));
			expect(shares).toEqual([...Array(7).fill(null), '0.8', '0.9', '1']);
			clock.advance(5_500);
			const refused = await read();
			expect(refused.status).toBe(429);
			expect(refused.headers.get('retry-after')).toBe('5');
			expect(refused.headers.get('x-ms-throttle-information')).toBe('ResourceUnitLimitExceeded');
			expect(refused.headers.get('x-ms-throttle-scope')).toBe(`Tenant_Application/ReadWrite/${SAMPLE_APPS.consented}/${HARBOR_TENANT_ID}`);
			expect(refused.headers.get('x-ms-throttle-limit-percentage')).toBe('1.1');
			expect(refused.body.error).toEqual({
				code: 'TooManyRequests',
				message: 'Please retry again later.',
				innerError: { code: '429', status: '429', message: 'Please retry after', date: expect.any(String), 'request-id': refused.headers.get('request-id') },
			});
			for (let call = 0; call < 9; call++) expect((await read()).status).toBe(429);
			// The ten good calls have left the window by now; the ten refused ones have not.
			clock.advance(4_600);
			expect((await read()).status).toBe(429);
			clock.advance(5_500);
			expect((await read()).status).toBe(200);
		});

		it.each([
			['fractional', /^\d\.\d{3}$/],
			['missing', undefined],
		] as const)('tells the waiting time %s', async (retryAfter, expected) => {
			const { settings } = harness.microsoft;
			Object.assign(settings, { resourceUnitsPer10Seconds: 2, throttling: 'hard', retryAfter });
			for (let call = 0; call < 2; call++) expect((await harness.get('/domains')).status).toBe(200);
			clock.advance(7_872);
			const header = (await harness.get('/domains')).headers.get('retry-after');
			if (expected) expect(header).toBe('2.128');
			else expect(header).toBeNull();
		});

		it('refuses a growing share above the limit', async () => {
			harness.microsoft.settings.resourceUnitsPer10Seconds = 20;
			const statuses: number[] = [];
			for (let call = 0; call < 40; call++) statuses.push((await harness.get('/domains')).status);
			expect(statuses.slice(0, 20)).toEqual(Array(20).fill(200));
			const refusals = (from: number, to: number) => statuses.slice(from, to).filter((status) => status === 429).length;
			expect(refusals(20, 30)).toBeGreaterThan(0);
			expect(refusals(30, 40)).toBeGreaterThan(refusals(20, 30));
			expect(refusals(20, 40)).toBeLessThan(20);
		});

		it('gives each app and tenant a budget of its own', async () => {
			Object.assign(harness.microsoft.settings, { resourceUnitsPer10Seconds: 1, throttling: 'hard' });
			const labs = await harness.token(SAMPLE_APPS.consented, 'harborlabs.example');
			expect((await harness.get('/domains')).status).toBe(200);
			expect((await harness.get('/domains')).status).toBe(429);
			expect((await harness.get('/domains', { token: labs })).status).toBe(200);
		});
	});

	describe('$batch', () => {
		const batch = async (requests: unknown) =>
			await harness.send(`${harness.microsoft.graph.origin}/v1.0/$batch`, {
				method: 'POST',
				headers: { authorization: `Bearer ${await harness.token()}`, 'content-type': 'application/json' },
				body: JSON.stringify({ requests }),
			});
		const get = (id: string, url: string, more: object = {}) => ({ id, method: 'GET', url, ...more });

		it('answers each request for itself, in another order', async () => {
			const { status, body } = await batch([
				get('1', `/users/${PEOPLE.ada}?$select=id`),
				get('2', '/users/nobody@harbordental.example'),
				get('3', '/users/$count', { headers: { ConsistencyLevel: 'eventual' } }),
				get('4', '/users?$top=5&$select=id'),
			]);
			expect(status).toBe(200);
			expect(body.responses.map((response: Json) => response.id)).not.toEqual(['1', '2', '3', '4']);
			const by = new Map<string, Json>(body.responses.map((response: Json) => [response.id, response]));
			expect(by.get('1')).toMatchObject({ status: 200, body: { id: PEOPLE.ada }, headers: { 'x-ms-resource-unit': '1', 'Content-Type': expect.stringContaining('odata.metadata') } });
			expect(by.get('2')).toMatchObject({ status: 404, body: { error: { code: 'Request_ResourceNotFound' } } });
			expect(Buffer.from(by.get('3').body, 'base64').toString()).toBe('18');
			expect(by.get('4').body['@odata.nextLink']).toMatch(/^https:/);
		});

		it('throttles its requests one by one', async () => {
			Object.assign(harness.microsoft.settings, { resourceUnitsPer10Seconds: 2, throttling: 'hard' });
			const { status, body } = await batch(['1', '2', '3'].map((id) => get(id, '/domains')));
			expect(status).toBe(200);
			const refused = body.responses.filter((response: Json) => response.status === 429);
			expect(refused).toEqual([expect.objectContaining({ id: '3', headers: expect.objectContaining({ 'Retry-After': '10' }) })]);
		});

		it('fails what depends on a failure', async () => {
			const { body } = await batch([get('1', '/users/nobody@harbordental.example'), get('2', '/domains', { dependsOn: ['1'] })]);
			expect(body.responses.find((response: Json) => response.id === '2').status).toBe(424);
		});

		it.each([
			['twenty-one requests', Array.from({ length: 21 }, (_, index) => get(String(index), '/domains'))],
			['two requests of one id, whatever its case', [get('a', '/domains'), get('A', '/domains')]],
			['an address with its version', [get('1', '/v1.0/domains')]],
			['a body without its type', [{ id: '1', method: 'POST', url: '/domains', body: {} }]],
			['nothing', []],
		])('refuses %s', async (_what, requests) => {
			expect((await batch(requests)).status).toBe(400);
		});
	});
});
