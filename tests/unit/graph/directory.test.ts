import { createServerCertificate } from '../../../simulators/base/certificates';
import { FaultBook } from '../../../simulators/base/faults';
import { startServer, type SimulatorServer } from '../../../simulators/base/server';
import { DEVICES, deviceIdOf, DOMAIN, GROUPS, HARBOR_TENANT_ID, LABS_TENANT_ID, MANAGED_DEVICES, PEOPLE, SAMPLE_APPS } from '../../../simulators/world';
import { NodeInABox } from './nodeInABox';
import { startTenantInABox, type TenantInABox } from './tenantInABox';

let box: TenantInABox;
let sink: SimulatorServer;
const node = new NodeInABox(() => box);
async function start(): Promise<void> {
	box = await startTenantInABox();
	node.hints.length = 0;
	sink = await startServer({
		tls: createServerCertificate(box.authority),
		faults: new FaultBook(),
		handle: ({ headers }) => ({ status: headers.authorization === 'Bearer of the sink' ? 204 : 401 }),
	});
}
async function stop(): Promise<void> {
	await box.microsoft.stop();
	await sink.close();
}
/** One tenant for tests that leave it as it was. */
function shareTenant(): void {
	beforeAll(start);
	afterAll(stop);
}
function startAnew(): void {
	beforeEach(start);
	afterEach(stop);
}

const tenant = () => box.microsoft.world.tenant(HARBOR_TENANT_ID);
const run = async (resource: string, operation: string, parameters: object = {}, more: object = {}) => await node.run({ parameters: { resource, operation, ...parameters }, ...more });

describe('groups', () => {
	shareTenant();

	it('are listed with their kinds, and counted', async () => {
		const found = await run('group', 'getMany', { properties: ['displayName', 'memberCount', 'transitiveMemberCount'] });
		expect(found.find(({ id }) => id === GROUPS.allStaff)).toEqual({ kind: 'group', tenantId: HARBOR_TENANT_ID, id: GROUPS.allStaff, groupKind: 'microsoft365', dynamic: false, displayName: 'All Staff', memberCount: 9, transitiveMemberCount: 12 });
		expect(found.find(({ id }) => id === GROUPS.everyoneEnabled)).toMatchObject({ groupKind: 'security', dynamic: true });
	});

	it.each([
		[{ kinds: ['microsoft365'] }, [GROUPS.allStaff]],
		[{ kinds: ['security'], membership: 'assigned' }, [GROUPS.hygienists, GROUPS.itAdmins]],
		[{ membership: 'dynamic' }, [GROUPS.everyoneEnabled]],
		[{ nameBegins: 'all' }, [GROUPS.allStaff]],
	])('pass the filters %j', async (filters, ids) => {
		const found = (await run('group', 'getMany', { filters })).map(({ id }) => id);
		for (const id of ids) expect(found).toContain(id);
		for (const id of Object.values(GROUPS).filter((id) => !(ids as string[]).includes(id))) expect(found).not.toContain(id);
	});

	it('say that none passes', async () => {
		expect(await run('group', 'getMany', { filters: { synced: true } })).toEqual([{ kind: 'emptyList', list: 'groups', tenantId: HARBOR_TENANT_ID, note: expect.any(String) as unknown }]);
	});

	it('tell who belongs to them, directly or through others', async () => {
		const direct = await run('group', 'getMembers', { group: GROUPS.allStaff });
		expect(direct.find(({ memberType }) => memberType === 'group')).toMatchObject({ kind: 'groupMember', groupId: GROUPS.allStaff, id: GROUPS.hygienists, displayName: 'Hygienists' });
		expect(direct.map(({ id }) => id)).not.toContain(PEOPLE.mary);
		const nested = await run('group', 'getMembers', { group: GROUPS.allStaff, nestedGroups: true, memberTypes: 'users' });
		expect(nested.map(({ id }) => id)).toEqual(expect.arrayContaining([PEOPLE.ada, PEOPLE.mary]));
		expect(new Set(nested.map(({ memberType }) => memberType))).toEqual(new Set(['user']));
		expect(await run('group', 'get', { group: GROUPS.hygienists })).toMatchObject([{ displayName: 'Hygienists' }]);
	});
});

describe('devices', () => {
	shareTenant();

	it('come with their owners', async () => {
		const found = await run('device', 'getMany');
		const byId = new Map(found.map((device) => [device.id, device]));
		expect(byId.size).toBe(Object.keys(DEVICES).length);
		expect(byId.get(DEVICES.frontDesk)).toMatchObject({ kind: 'device', deviceId: deviceIdOf(DEVICES.frontDesk), displayName: 'FRONT-DESK-01', registeredOwners: [{ id: PEOPLE.ada, displayName: 'Ada Brandt' }] });
		expect(byId.get(DEVICES.operatory)!.registeredOwners).toHaveLength(2);
		expect(byId.get(DEVICES.labScanner)).toMatchObject({ registeredOwners: [], isCompliant: null });
		expect(await run('device', 'get', { device: DEVICES.phone })).toMatchObject([{ displayName: 'Nina’s iPhone', registeredOwners: [{ id: PEOPLE.nina }] }]);
	});

	it.each([
		[{ enabled: false }, [DEVICES.desktopOld]],
		[{ compliant: false }, [DEVICES.operatory]],
		[{ operatingSystem: 'ios' }, [DEVICES.phone]],
		[{ trustType: 'ServerAd' }, [DEVICES.labScanner]],
	])('pass the filters %j', async (filters, ids) => {
		expect((await run('device', 'getMany', { filters })).map(({ id }) => id)).toEqual(ids);
	});

	it('that nobody has seen lately can be left out', async () => {
		const daysSince = (moment: string) => Math.ceil((Date.now() - Date.parse(moment)) / 86_400_000);
		const found = (await run('device', 'getMany', { filters: { seenWithinDays: daysSince('2026-01-01T00:00:00Z') } })).map(({ id }) => id);
		expect(found).toContain(DEVICES.frontDesk);
		expect(found).not.toContain(DEVICES.desktopOld);
	});

	it('of Intune are joined to Entra’s by the device ID', async () => {
		const [entra, managed] = [await run('device', 'getMany'), await run('managedDevice', 'getMany', { filters: {} })];
		const byDeviceId = new Map(entra.map((device) => [device.deviceId, device.id]));
		const of = (id: string) => managed.find((device) => device.id === id)!;
		expect(byDeviceId.get(of(MANAGED_DEVICES.frontDesk).azureADDeviceId)).toBe(DEVICES.frontDesk);
		expect(of(MANAGED_DEVICES.shared)).toMatchObject({ azureADDeviceId: null, userId: null });
		expect(of(MANAGED_DEVICES.justEnrolled)).toMatchObject({ lastSyncDateTime: null });
		expect(of(MANAGED_DEVICES.homeBuilt)).toMatchObject({ wiFiMacAddress: null, serialNumber: 'To Be Filled By O.E.M.' });
		expect(of(MANAGED_DEVICES.frontDesk)).not.toHaveProperty('ethernetMacAddress');
		expect(await run('managedDevice', 'get', { managedDevice: MANAGED_DEVICES.frontDesk })).toMatchObject([{ ethernetMacAddress: 'A1B2C3D4E5F7', physicalMemoryInBytes: 17_179_869_184, notes: 'Behind the counter' }]);
		expect((await run('managedDevice', 'getMany', { filters: { ownership: 'personal' } })).map(({ id }) => id)).toEqual([MANAGED_DEVICES.ownPhone]);
	});

	it('of Intune are left out where there is none, with a notice, and the other tenants go on', async () => {
		tenant().features.hasIntune = false;
		const skipped = { kind: 'skipped', reason: 'notLicensed', tenantId: HARBOR_TENANT_ID, message: expect.any(String) as unknown, remedy: expect.stringContaining('Microsoft Intune') as unknown };
		const found = await run('managedDevice', 'getMany', { filters: {}, tenant: (index: number) => [HARBOR_TENANT_ID, LABS_TENANT_ID][index] }, { items: [{}, {}] });
		expect(found[0]).toEqual(skipped);
		expect(found.length).toBeGreaterThan(1);
		await expect(run('managedDevice', 'getMany', { ifNotAvailable: 'fail' })).rejects.toThrow('no subscription that includes it');
		tenant().features.hasIntune = true;
	});

	it('that twenty-five people own have twenty-five owners', async () => {
		const owners = tenant().users.slice(0, 18).map(({ id }) => ({ type: 'user' as const, id }));
		while (owners.length < 25) owners.push({ type: 'user', id: tenant().addUser({ displayName: `Owner ${owners.length}`, userPrincipalName: `owner${owners.length}@${DOMAIN}` }).id });
		tenant().setOwners(DEVICES.frontDesk, owners);
		const found = await run('device', 'getMany', { properties: ['registeredOwners'] });
		expect(found.find(({ id }) => id === DEVICES.frontDesk)!.registeredOwners).toHaveLength(25);
	});
});

describe('a tenant', () => {
	shareTenant();

	it.each([
		['organization', 'get', 'defaultDomain', ['kind', 'tenantId']],
		['organization', 'getDomains', 'isDefault', ['kind', 'tenantId', 'name']],
		['appCredential', 'getMany', 'daysLeft', ['kind', 'tenantId', 'appId', 'applicationId', 'credentialType', 'keyId']],
	])('tells by %s %s what was chosen, and what it is about', async (resource, operation, property, always) => {
		for (const record of await run(resource, operation, { properties: [property] })) expect(Object.keys(record).sort()).toEqual([...always, property].sort());
	});

	it('tells its domains, and whether reports conceal names', async () => {
		expect(await run('organization', 'getDomains')).toEqual(expect.arrayContaining([expect.objectContaining({ kind: 'domain', name: DOMAIN, isDefault: true, authenticationType: 'Managed', passwordValidityDays: null })]));
		for (const concealed of [true, false]) {
			tenant().services.displayConcealedNames = concealed;
			for (const shape of ['flat', 'wrapped'] as const) {
				box.microsoft.settings.reportSettingsShape = shape;
				expect(await run('organization', 'getReportSettings')).toMatchObject([{ concealedNames: concealed }]);
			}
		}
	});

	it('tells the credentials of its apps, and of this one', async () => {
		const all = await run('appCredential', 'getMany');
		expect(new Set(all.map(({ appName }) => appName))).toEqual(new Set(['Entra Sync', 'Booking site']));
		const own = await run('appCredential', 'getMany', { apps: 'own' });
		expect(own.map(({ appId, own: isOwn, name, lastsLongest }) => [appId, isOwn, name, lastsLongest])).toEqual([[SAMPLE_APPS.consented, true, 'n8n', true], [SAMPLE_APPS.consented, true, 'n8n (old)', false]]);
		expect(await run('appCredential', 'getMany', { apps: 'own', filters: { withinDays: 0 } })).toMatchObject(own.filter(({ daysLeft }) => Number(daysLeft) <= 0).map(({ name }) => ({ name })));
	});
});

describe('people, with what is asked for besides', () => {
	startAnew();
	const LOOKED_UP = ['displayName', 'managerId', 'licenceNames', 'mailboxKind', 'isAdministrator', 'adminRoles'];

	it('have managers, licences by name, kinds of mailboxes and roles', async () => {
		tenant().services.displayConcealedNames = false;
		const found = await run('user', 'getMany', { account: 'both', userType: 'both', properties: LOOKED_UP });
		const of = (id: string) => found.find((person) => person.id === id)!;
		expect(of(PEOPLE.zoe)).toMatchObject({ managerId: PEOPLE.ada, mailboxKind: 'user', isAdministrator: false, adminRoles: [] });
		expect(of(PEOPLE.ada)).toMatchObject({ managerId: null, isAdministrator: true, adminRoles: ['Global Administrator'], licenceNames: expect.arrayContaining(['Microsoft 365 Business Premium']) as unknown });
		// By the group that holds the role.
		expect(of(PEOPLE.omar)).toMatchObject({ isAdministrator: true, adminRoles: ['User Administrator'] });
		expect(of(PEOPLE.reception)).toMatchObject({ mailboxKind: 'shared' });
		expect(of(PEOPLE.guest)).toMatchObject({ mailboxKind: null });
		expect(node.hints).toEqual([]);
	});

	it('have the same kinds of mailboxes where the report conceals names', async () => {
		const kinds = async () => (await run('user', 'getMany', { account: 'both', userType: 'both', properties: ['mailboxKind'] })).map(({ id, mailboxKind }) => [id, mailboxKind]);
		tenant().services.displayConcealedNames = false;
		const reported = await kinds();
		tenant().services.displayConcealedNames = true;
		expect(await kinds()).toEqual(reported);
	});

	it('lack what the app may not read, and the node says so once', async () => {
		tenant().consent(SAMPLE_APPS.consented, ['User.Read.All', 'GroupMember.Read.All']);
		const found = await run('user', 'getMany', { properties: LOOKED_UP });
		expect(found.length).toBeGreaterThan(5);
		for (const person of found) for (const name of ['isAdministrator', 'adminRoles']) expect(person).not.toHaveProperty(name);
		expect(node.hints).toHaveLength(2);
		expect(node.hints.join('\n')).toMatch(/RoleManagement\.Read\.Directory[\s\S]*MailboxSettings\.Read|MailboxSettings\.Read[\s\S]*RoleManagement\.Read\.Directory/);
	});
});

describe('the security of users', () => {
	startAnew();
	const secretSink = (change: object = {}) => ({ secretSinkApi: { address: `${sink.origin}/passwords`, headerName: 'Authorization', headerSecret: 'Bearer of the sink', ca: box.authority.cert, ...change } });
	const act = async (operation: string, user: string, parameters: object = {}, more: object = {}) => await run('user', operation, { user, preview: false, ...parameters }, { credentials: secretSink(), ...more });

	it('previews by default', async () => {
		expect(await run('user', 'disable', { user: PEOPLE.zoe })).toMatchObject([{ kind: 'userAction', preview: true, outcome: 'wouldBeDone' }]);
		expect(await run('user', 'resetPassword', { user: PEOPLE.zoe })).toMatchObject([{ preview: true, outcome: 'wouldBeDone' }]);
		expect(tenant().findUser(PEOPLE.zoe)!.accountEnabled).toBe(true);
		expect(tenant().passwordOf(PEOPLE.zoe)).toBeUndefined();
		expect(sink.seen).toEqual([]);
	});

	it('gives a user the password that the sink holds', async () => {
		const [done] = await act('resetPassword', PEOPLE.zoe);
		expect(done).toMatchObject({ outcome: 'done', secretReference: expect.any(String) as unknown, secretSink: expect.stringContaining('localhost') as unknown });
		const [delivered] = sink.seen.map(({ body }) => JSON.parse(body) as Record<string, string>);
		expect(delivered).toMatchObject({ action: 'deliver', reference: done.secretReference, tenantId: HARBOR_TENANT_ID, userId: PEOPLE.zoe, userPrincipalName: `zoe.mueller@${DOMAIN}`, mustChange: true });
		expect(tenant().passwordOf(PEOPLE.zoe)).toBe(delivered.password);
		expect(tenant().findUser(PEOPLE.zoe)!.passwordProfile).toEqual({ forceChangePasswordNextSignIn: true });
		expect(JSON.stringify(done)).not.toContain(delivered.password);
	});

	it('sets no password that the sink did not take', async () => {
		await expect(act('resetPassword', PEOPLE.zoe, {}, { credentials: secretSink({ headerSecret: 'wrong' }) })).rejects.toThrow('could not be handed over');
		expect(tenant().passwordOf(PEOPLE.zoe)).toBeUndefined();
	});

	it('takes a password back that Entra refuses', async () => {
		box.microsoft.settings.writes.people = 'refused';
		await expect(act('resetPassword', PEOPLE.zoe)).rejects.toMatchObject({ description: expect.stringContaining('the directory role User Administrator') as unknown });
		expect(sink.seen.map(({ body }) => (JSON.parse(body) as { action: string }).action)).toEqual(['deliver', 'withdraw']);
	});

	it('disables, enables and revokes', async () => {
		expect(await act('disable', PEOPLE.zoe)).toMatchObject([{ outcome: 'done' }]);
		expect(tenant().findUser(PEOPLE.zoe)!.accountEnabled).toBe(false);
		expect(await act('disable', PEOPLE.zoe)).toMatchObject([{ outcome: 'unchanged' }]);
		expect(await act('enable', PEOPLE.zoe)).toMatchObject([{ outcome: 'done' }]);
		expect(tenant().findUser(PEOPLE.zoe)!.accountEnabled).toBe(true);
		const before = tenant().findUser(PEOPLE.zoe)!.signInSessionsValidFromDateTime;
		expect(await act('revokeSessions', PEOPLE.zoe)).toMatchObject([{ outcome: 'done' }]);
		expect(tenant().findUser(PEOPLE.zoe)!.signInSessionsValidFromDateTime).not.toBe(before);
	});

	it.each(['resetPassword', 'revokeSessions', 'disable'])('does not %s an administrator, by role or by group', async (operation) => {
		for (const user of [PEOPLE.ada, PEOPLE.omar]) await expect(act(operation, user)).rejects.toThrow('this is an administrator');
		const reader = node.credential({ clientId: SAMPLE_APPS.usersOnly });
		await expect(act(operation, PEOPLE.zoe, {}, { credential: reader })).rejects.toThrow('it cannot be told whether this is an administrator');
		expect(sink.seen).toEqual([]);
		expect(tenant().findUser(PEOPLE.ada)!.accountEnabled).toBe(true);
	});

	it('names the higher role that an administrator’s password needs', async () => {
		await expect(act('resetPassword', PEOPLE.ada, { allowAdministrators: true })).rejects.toMatchObject({ description: expect.stringContaining('Privileged Authentication Administrator') as unknown });
	});

	it('reads the roles of a tenant once for all its items', async () => {
		const users = [PEOPLE.zoe, PEOPLE.mary, PEOPLE.nina];
		await node.run({ items: [{}, {}, {}], parameters: { resource: 'user', operation: 'revokeSessions', preview: false, user: (index: number) => users[index] } });
		expect(box.microsoft.graph.seen.filter(({ url }) => url.pathname === '/v1.0/directoryRoles')).toHaveLength(1);
	});

	it.each([
		['an agent’s call of the tool', { asTool: true }],
		['n8n’s own run of a tool node', { type: 'n8n-nodes-entra-sync.microsoft365Tool' }],
	])('resets no password for %s', async (_, more) => {
		await expect(act('resetPassword', PEOPLE.zoe, {}, more)).rejects.toThrow('Passwords are not reset for an AI agent.');
		expect(box.microsoft.graph.seen).toEqual([]);
	});
});

describe('testing the secret sink', () => {
	shareTenant();
	const test = async (change: object = {}) =>
		await node.node.methods.credentialTest.testSecretSink.call({} as never, { id: '1', name: 'x', type: 'secretSinkApi', data: { address: sink.origin, headerName: 'Authorization', headerSecret: 'Bearer of the sink', ca: box.authority.cert, ...change } as never });

	it('sends nothing secret but the header, and names what is wrong', async () => {
		expect(await test()).toMatchObject({ status: 'OK' });
		expect(sink.seen.map(({ body }) => body)).toEqual(['{"action":"test"}']);
		expect(await test({ headerSecret: 'wrong' })).toMatchObject({ status: 'Error', message: expect.stringContaining('does not let this n8n in') as unknown });
		expect(await test({ ca: '' })).toMatchObject({ status: 'Error', message: expect.stringContaining('not trusted here') as unknown });
		expect(await test({ address: 'http://localhost' })).toMatchObject({ status: 'Error', message: expect.stringContaining('not an https address') as unknown });
	});
});
