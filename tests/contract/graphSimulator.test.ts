import {
	APPLICATIONS,
	CUSTOMERS,
	DEVICES,
	GROUPS,
	generatedWorld,
	HARBOR_TENANT_ID,
	MANAGED_DEVICES,
	PARTNER_APP_ID,
	PARTNER_TENANT_ID,
	partnerWorld,
	PEOPLE,
	SAMPLE_APPS,
} from '../../simulators/world';
import { guidOf } from '../../simulators/world/random';
import { APPLICATION } from '../../simulators/graph/entities/application';
import { DEVICE } from '../../simulators/graph/entities/device';
import { USER } from '../../simulators/graph/entities/user';
import { GROUP } from '../../simulators/graph/entities/group';
import { RESOURCES } from '../../simulators/graph/resources';
import { escape, expectContract, expectValid, type Method } from './support/graphContract';
import { startReceiver } from '../unit/simulators/graph/receiver';
import { startHarness, type Answer, type Harness } from '../unit/simulators/graph/setup';

describe('every answer of the Graph simulator keeps the contract', () => {
	let harness: Harness;
	beforeAll(async () => {
		harness = await startHarness({ world: partnerWorld() });
	});
	afterAll(async () => await harness.stop());
	// More is asked here than the reports on identities let.
	beforeEach(() => harness.microsoft.resetThrottle());

	const onStore = (entity: typeof USER) => Object.keys(entity.properties).filter((name) => !entity.offStore?.includes(name));
	const role = 'c5a1d0de-1f6b-4c53-9a41-0d7e5b6f0001';

	const requests: Array<[path: string, query: string, status: number]> = [
		['organization', '', 200],
		['organization', '?$select=id,verifiedDomains', 200],
		['organization', '?$top=1', 400],
		['users', '', 200],
		['users', `?$select=${onStore(USER).join(',')}&$top=999`, 200],
		['users', '?$select=id&$expand=manager', 200],
		['users', '?$top=3&$count=true', 200],
		['users', '?$top=1000', 400],
		['users', '?$select=skills', 501],
		['users', "?$filter=displayName eq 'open", 400],
		['users', '?$skiptoken=old', 400],
		['users/$count', '', 200],
		['users/{id}', '', 200],
		['users/{id}', '?$select=id,aboutMe,interests,manager', 400],
		['users/{id}', '?$select=id,aboutMe,interests&$expand=manager($select=id)', 200],
		['users/{id}/manager', '?$select=id,displayName', 200],
		['groups', '', 200],
		['groups', `?$select=${Object.keys(GROUP.properties).join(',')}`, 200],
		['groups', "?$filter=groupTypes/any(c:c eq 'Unified')", 200],
		['groups/$count', '', 200],
		['groups/{id}', '', 200],
		['groups/{id}/members', '', 200],
		['groups/{id}/members', '?$select=id,displayName,userPrincipalName', 200],
		['groups/{id}/members/microsoft.graph.user', '?$top=2', 200],
		['groups/{id}/transitiveMembers', '', 200],
		['groups/{id}/transitiveMembers/microsoft.graph.user', '?$count=true&$select=id', 200],
		['users/delta', '', 200],
		['users/delta', `?$select=${onStore(USER).filter((name) => name !== 'signInActivity').join(',')},manager`, 200],
		['users/delta', '?$deltatoken=latest', 200],
		['users/delta', '?$deltatoken=made-up', 400],
		['groups/delta', '', 200],
		['groups/delta', '?$select=displayName,members,owners', 200],
		['devices', '?$top=2', 200],
		['devices', `?$select=${Object.keys(DEVICE.properties).join(',')}&$expand=registeredOwners`, 200],
		['devices', '?$expand=registeredUsers($select=id,userPrincipalName)', 200],
		['devices/$count', '', 200],
		['devices/{id}', '', 200],
		['devices/{id}/registeredOwners', '?$select=id,userPrincipalName', 200],
		['devices/{id}/registeredUsers', '', 200],
		['devices/delta', '', 200],
		['users/{id}/licenseDetails', '', 200],
		['directory/subscriptions', '', 200],
		['applications', '', 200],
		['applications', `?$select=${Object.keys(APPLICATION.properties).join(',')}&$top=999`, 200],
		['applications/{id}/owners', '', 200],
		['applications/{id}/owners', '?$select=id,displayName,userPrincipalName,mail&$top=999', 200],
		['subscribedSkus', '', 200],
		['domains', '', 200],
		['directory/deletedItems/microsoft.graph.user', '', 200],
		['directoryRoles', '', 200],
		['directoryRoles', '?$top=2', 400],
		['directoryRoles/{id}/members', '', 200],
		['tenantRelationships/delegatedAdminCustomers', '', 200],
		['tenantRelationships/delegatedAdminCustomers', '?$top=2&$orderby=displayName', 200],
		['tenantRelationships/delegatedAdminRelationships', '', 200],
		['tenantRelationships/delegatedAdminRelationships', "?$filter=status eq 'active'&$select=id,status,customer", 200],
		['tenantRelationships/delegatedAdminRelationships', '?$top=0', 400],
		['tenantRelationships/delegatedAdminRelationships/{id}/accessAssignments', '', 200],
		['contracts', '', 200],
		['contracts', `?$filter=customerId eq ${CUSTOMERS.fine}`, 200],
		["reports/getMailboxUsageDetail(period='{period}')", '', 302],
		["reports/getOffice365ActiveUserDetail(period='{period}')", '', 302],
		["reports/getM365AppUserDetail(period='{period}')", '', 302],
		['reports/getOffice365ActivationsUserDetail', '', 302],
		['reports/getOffice365ActivationsUserDetail', '?$top=1', 400],
		['admin/reportSettings', '', 200],
		['admin/reportSettings', '?$select=nothing', 400],
		['reports/authenticationMethods/userRegistrationDetails', '', 200],
		['reports/authenticationMethods/userRegistrationDetails', '?$top=1000', 400],
		['users/{id}/authentication/methods', '', 200],
		['security/secureScores', '', 200],
		['security/secureScores', "?$top=2&$skip=3&$count=true&$filter=vendorInformation/provider eq 'SecureScore'", 200],
		['security/secureScores', '?$select=id', 400],
		['security/secureScoreControlProfiles', '', 200],
		['deviceManagement/managedDevices', '', 200],
		['deviceManagement/managedDevices', "?$select=id,deviceName&$filter=complianceState eq 'compliant'&$orderby=deviceName&$top=1", 200],
		['deviceManagement/managedDevices', '?$expand=users', 400],
		['deviceManagement/managedDevices/{id}', '', 200],
		['users/{id}/mailboxSettings', '', 200],
		['users/{id}/mailboxSettings', '?$select=timeZone,userPurpose', 200],
		['users/{id}/mailboxSettings/userPurpose', '', 200],
	];

	const relationship = `${guidOf(`relationship ${CUSTOMERS.fine}`)}-${PARTNER_TENANT_ID}`;
	const IDS: Record<string, string> = { users: PEOPLE.ada, applications: APPLICATIONS.entraSync, groups: GROUPS.allStaff, devices: DEVICES.frontDesk, deviceManagement: MANAGED_DEVICES.frontDesk };
	const isPartners = (path: string) => path.startsWith('tenantRelationships') || path === 'contracts';
	const addressOf = (path: string) => {
		const id = Object.entries(IDS).find(([start]) => path.startsWith(start))?.[1] ?? (isPartners(path) ? relationship : role);
		return `/${path.replace('{id}', path === 'users/{id}/manager' ? PEOPLE.zoe : id).replace('{period}', 'D7')}`;
	};

	/** What a partner reads is in its own tenant. */
	const tokenFor = async (path: string) => (isPartners(path) ? await harness.token(PARTNER_APP_ID, PARTNER_TENANT_ID) : undefined);

	it.each(requests)('GET %s%s (%d)', async (path, query, status) => {
		const answer = await harness.get(addressOf(path) + query, { eventual: true, token: await tokenFor(path) });
		expect(answer.status).toBe(status);
		expectContract(path, answer);
	});

	/** What a test of its own below asks for. */
	const askedBelow = ['PATCH users/{id}', 'POST users/{id}/revokeSignInSessions', 'GET subscriptions', 'POST subscriptions', 'GET subscriptions/{id}', 'PATCH subscriptions/{id}', 'DELETE subscriptions/{id}', 'PATCH admin/reportSettings'];

	/** What the contract's OpenAPI lacks: tests/unit/simulators/graph/partner.test.ts holds it to Microsoft's pages. */
	const beyondContract = [
		'tenantRelationships/delegatedAdminRelationships/{id}',
		'me',
		'me/memberOf',
		'me/transitiveMemberOf',
		'servicePrincipals',
		'servicePrincipals/{id}',
		"servicePrincipals(appId='{appId}')",
		'servicePrincipals/{id}/appRoleAssignments',
		"servicePrincipals(appId='{appId}')/appRoleAssignments",
		'oauth2PermissionGrants',
	];

	it('asks for every path that the simulator serves', () => {
		const asked = [...requests.map(([path]) => `GET ${path}`), ...beyondContract.map((path) => `GET ${path}`), ...askedBelow];
		expect(new Set(asked)).toEqual(new Set(RESOURCES.map(({ method, path }) => `${method ?? 'GET'} ${path}`)));
	});

	const readOfContract = RESOURCES.filter(({ method = 'GET', path }) => method === 'GET' && !beyondContract.includes(path));

	it.each(readOfContract.map(({ path }) => [path]))('GET %s refused: no consent, no token, wrong address', async (path) => {
		const token = await harness.token(SAMPLE_APPS.withoutConsent);
		const forbidden = await harness.get(addressOf(path), { eventual: true, token });
		expect(forbidden.status).toBe(403);
		expectContract(path, forbidden);
		const unauthorised = await harness.get(addressOf(path), { token: 'none' });
		expect(unauthorised.status).toBe(401);
		expectContract(path, unauthorised);
		if (path.includes('{id}')) {
			// The cast on transitive members is an advanced query.
			const query = path.includes('transitiveMembers/') ? '?$count=true' : '';
			const missing = await harness.get(`/${path.replace('{id}', PEOPLE.rita)}${query}`, { eventual: true, token: await tokenFor(path) });
			expect(missing.status).toBe(404);
			expectContract(path, missing);
		}
	});

	it('429 where another service than the directory refuses', async () => {
		const refused = async (path: string, times: number): Promise<Answer> => {
			for (let call = 0; call < times; call++) await harness.get(addressOf(path));
			return await harness.get(addressOf(path));
		};
		for (const [path, times] of [
			['reports/getOffice365ActivationsUserDetail', 14],
			['reports/authenticationMethods/userRegistrationDetails', 5],
			['users/{id}/authentication/methods', 0],
		] as const) {
			const answer = await refused(path, times);
			expect(answer.status).toBe(429);
			expectContract(path, answer);
		}
	});

	it.each(['whole', 'fractional', 'missing'] as const)('429 with Retry-After %s', async (retryAfter) => {
		Object.assign(harness.microsoft.settings, { resourceUnitsPer10Seconds: 1, throttling: 'hard', retryAfter });
		const answers = [await harness.get('/domains'), await harness.get('/domains')];
		expect(answers[1].status).toBe(429);
		expectContract('domains', answers[1]);
		Object.assign(harness.microsoft.settings, { resourceUnitsPer10Seconds: undefined });
		harness.microsoft.resetThrottle();
	});

	it('$batch', async () => {
		const requestBody = { requests: ['/users?$top=2', '/domains', '/nothing'].map((url, index) => ({ id: String(index), method: 'GET', url })) };
		expectValid('/components/schemas/BatchRequest', requestBody, 'the batch sent');
		const { body } = await harness.send(`${harness.microsoft.graph.origin}/v1.0/$batch`, {
			method: 'POST',
			headers: { authorization: `Bearer ${await harness.token()}`, 'content-type': 'application/json' },
			body: JSON.stringify(requestBody),
		});
		expectValid('/components/schemas/BatchResponse', body, '$batch');
	});

	it('the report settings that an administrator changes', async () => {
		harness.microsoft.world.tenant(HARBOR_TENANT_ID).consent(SAMPLE_APPS.usersOnly, ['ReportSettings.ReadWrite.All']);
		const change = async (body: string, token: string): Promise<Answer> =>
			await harness.send(`${harness.microsoft.graph.origin}/v1.0/admin/reportSettings`, { method: 'PATCH', headers: { authorization: `Bearer ${token}` }, body });
		const right = await harness.token(SAMPLE_APPS.usersOnly);
		for (const [status, body, token] of [
			[204, '{"displayConcealedNames":false}', right],
			[400, '{"displayConcealedNames":"no"}', right],
			[401, '{"displayConcealedNames":false}', 'none'],
			[403, '{"displayConcealedNames":false}', await harness.token()],
		] as const) {
			const answer = await change(body, token);
			expect(answer.status).toBe(status);
			expectContract('admin/reportSettings', answer, 'patch');
		}
	});

	it('every way to prove who somebody is', async () => {
		const types = ['phone', 'microsoftAuthenticator', 'fido2', 'windowsHelloForBusiness', 'softwareOath', 'temporaryAccessPass', 'email', 'platformCredential'] as const;
		harness.microsoft.world.tenant(HARBOR_TENANT_ID).updateUser(PEOPLE.tom, { authenticationMethods: types.map((type) => ({ type, id: PEOPLE.tom })) });
		const methods = await harness.get(`/users/${PEOPLE.tom}/authentication/methods`);
		expect(methods.body.value).toHaveLength(types.length + 1);
		expectContract('users/{id}/authentication/methods', methods);
		const details = await harness.get(`/reports/authenticationMethods/userRegistrationDetails?$filter=id eq '${PEOPLE.tom}'`);
		expect(details.body.value).toHaveLength(1);
		expectContract('reports/authenticationMethods/userRegistrationDetails', details);
	});

	it('changes of users, groups and devices, told and lost', async () => {
		const own = await startHarness();
		const harbor = own.microsoft.world.tenant(HARBOR_TENANT_ID);
		const start = async (path: string, select: string) => (await own.get(`/${path}/delta?$deltatoken=latest&$select=${select}`)).body['@odata.deltaLink'] as string;
		const links = { users: await start('users', 'displayName,manager'), groups: await start('groups', 'displayName,members,owners'), devices: await start('devices', 'displayName') };
		harbor.updateUser(PEOPLE.zoe, { displayName: 'Zoë', managerId: PEOPLE.sean });
		harbor.softDeleteUser(PEOPLE.tom);
		harbor.addMember(GROUPS.allStaff, { type: 'device', id: DEVICES.phone });
		harbor.removeMember(GROUPS.allStaff, PEOPLE.ada);
		harbor.addOwner(GROUPS.allStaff, { type: 'user', id: PEOPLE.ada });
		harbor.hardDeleteGroup(GROUPS.itAdmins);
		harbor.removeDevice(DEVICES.desktopOld);
		for (const [path, link] of Object.entries(links)) {
			const answer = await own.get(link);
			expect(answer.body.value.length).toBeGreaterThan(0);
			expectContract(`${path}/delta`, answer);
		}
		for (const [lostTokens, status] of [['gone', 410], ['tooOld', 400], ['syncStateNotFound', 400]] as const) {
			own.microsoft.settings.delta.lostTokens = lostTokens;
			own.microsoft.deltaTokens.expireAll();
			const lost = await own.get(links.users);
			expect(lost.status).toBe(status);
			expectContract('users/delta', lost);
		}
		await own.stop();
	});

	it('writes to users', async () => {
		const ask = async (method: 'post' | 'patch', path: string, body?: object, token?: string): Promise<Answer> =>
			await harness.send(`${harness.microsoft.graph.origin}/v1.0/${path}`, {
				method: method.toUpperCase(),
				headers: { authorization: `Bearer ${token ?? (await harness.token())}`, 'content-type': 'application/json' },
				body: body && JSON.stringify(body),
			});
		const withoutConsent = await harness.token(SAMPLE_APPS.withoutConsent);
		const update = { passwordProfile: { password: 'Correct-horse-9', forceChangePasswordNextSignIn: true } };
		expectValid('/components/schemas/microsoft.graph.user', update, 'the update');
		for (const [status, method, path, body, token] of [
			[204, 'patch', PEOPLE.zoe, update],
			[400, 'patch', PEOPLE.zoe, { shoeSize: 9 }],
			[401, 'patch', PEOPLE.zoe, update, 'none'],
			[403, 'patch', PEOPLE.zoe, update, withoutConsent],
			[404, 'patch', PEOPLE.rita, update],
			[200, 'post', PEOPLE.zoe],
			[401, 'post', PEOPLE.zoe, undefined, 'none'],
			[403, 'post', PEOPLE.zoe, undefined, withoutConsent],
			[404, 'post', PEOPLE.rita],
		] as const) {
			const pattern = method === 'patch' ? 'users/{id}' : 'users/{id}/revokeSignInSessions';
			const answer = await ask(method, pattern.replace('{id}', path), body, token);
			expect([method, path, answer.status]).toEqual([method, path, status]);
			expectContract(pattern, answer, method);
		}
	});

	it('subscriptions, and what is sent to their endpoints', async () => {
		const receiver = await startReceiver(harness.authority);
		const token = await harness.token();
		const ask = async (method: Method, path: string, body?: object, sent = token): Promise<Answer> =>
			await harness.send(`${harness.microsoft.graph.origin}/v1.0/${path}`, {
				method: method.toUpperCase(),
				headers: { authorization: `Bearer ${sent}`, 'content-type': 'application/json' },
				body: body && JSON.stringify(body),
			});
		const request = {
			changeType: 'updated,deleted',
			notificationUrl: receiver.address,
			lifecycleNotificationUrl: receiver.address,
			resource: 'users',
			expirationDateTime: new Date(Date.now() + 86_400_000).toISOString(),
			clientState: 'only-we-know',
		};
		expectValid('/components/schemas/microsoft.graph.subscription', request, 'the subscription asked for');
		const created = await ask('post', 'subscriptions', request);
		expect(created.status).toBe(201);
		expectContract('subscriptions', created, 'post');
		const { id } = created.body as { id: string };
		expectContract('subscriptions', await ask('get', 'subscriptions'));
		expectContract('subscriptions/{id}', await ask('get', `subscriptions/${id}`));
		const renewed = await ask('patch', `subscriptions/${id}`, { expirationDateTime: request.expirationDateTime });
		expect(renewed.status).toBe(200);
		expectContract('subscriptions/{id}', renewed, 'patch');

		harness.microsoft.world.tenant(HARBOR_TENANT_ID).updateUser(PEOPLE.zoe, { officeLocation: 'Pier 7' });
		await harness.microsoft.notifications.idle();
		await harness.microsoft.notifications.sendLifecycle(id, 'missed');
		expect(receiver.notifications()).toHaveLength(2);
		// The contract names no member of resourceData but its annotations; directory objects add their ids.
		const value = receiver.notifications().map(({ resourceData: _ids, ...notification }) => notification);
		expectValid('/components/schemas/microsoft.graph.changeNotificationCollection', { value }, 'the notifications');

		const bad = { ...request, changeType: 'renamed' };
		for (const [status, method, path, body, sent] of [
			[400, 'post', 'subscriptions', bad, token],
			[400, 'patch', 'subscriptions/{id}', {}, token],
			[401, 'post', 'subscriptions', request, 'none'],
			[403, 'post', 'subscriptions', request, await harness.token(SAMPLE_APPS.withoutConsent)],
			[404, 'post', 'subscriptions', { ...request, resource: 'users/nobody' }, token],
			[204, 'delete', 'subscriptions/{id}', undefined, token],
			[404, 'delete', 'subscriptions/{id}', undefined, token],
			[404, 'patch', 'subscriptions/{id}', { expirationDateTime: request.expirationDateTime }, token],
		] as const) {
			const answer = await ask(method, path.replace('{id}', id), body, sent);
			expect([method, path, answer.status]).toEqual([method, path, status]);
			expectContract(path, answer, method);
		}
		await receiver.close();
	});

	it('the token endpoint and discovery', async () => {
		const tokenPath = escape('/{tenant}/oauth2/v2.0/token');
		const { origin } = harness.microsoft.login;
		const post = async (tenant: string, secret: string) =>
			await harness.send(`${origin}/${tenant}/oauth2/v2.0/token`, {
				method: 'POST',
				headers: { 'content-type': 'application/x-www-form-urlencoded' },
				body: `grant_type=client_credentials&client_id=${SAMPLE_APPS.consented}&client_secret=${secret}&scope=https://graph.microsoft.com/.default`,
			});
		const good = await post(HARBOR_TENANT_ID, 'sample-secret-valid-until-2099');
		expectValid(`/paths/${tokenPath}/post/responses/200/content/application~1json/schema`, good.body, 'token');
		for (const bad of [await post(HARBOR_TENANT_ID, 'x'), await post('nobody.example', 'x')]) {
			expect([400, 401]).toContain(bad.status);
			expectValid('/components/schemas/TokenError', bad.body, 'token error');
		}
		const discovery = await harness.send(`${origin}/${HARBOR_TENANT_ID}/v2.0/.well-known/openid-configuration`);
		const four = ['authorization_endpoint', 'token_endpoint', 'issuer', 'jwks_uri', 'end_session_endpoint'];
		expectValid('/components/schemas/OpenIdConfiguration', Object.fromEntries(four.map((name) => [name, discovery.body[name]])), 'discovery');
	});

	it('people of a generated tenant', async () => {
		const own = await startHarness({ world: generatedWorld({ seed: 42, users: 400 }) });
		const token = await own.token(undefined, own.microsoft.world.tenants[0].tenantId);
		const answer = await own.get(`/users?$top=999&$select=${onStore(USER).join(',')}&$expand=manager`, { token });
		expect(answer.body.value).toHaveLength(400);
		expectContract('users', answer);
		await own.stop();
	});
});
