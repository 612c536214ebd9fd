import Ajv from 'ajv';
import openapi from './data/graph-openapi-subset.json';
import { APPLICATIONS, DEVICES, GROUPS, LABS_TENANT_ID, MANAGED_DEVICES, PEOPLE, SPB } from '../../simulators/world';
import type { SeenRequest } from '../../simulators/base/server';
import { entraAppOf } from '../../nodes/connect/entra';
import type { DirectoryRecord } from '../../sync/model/sourceChange';
import { DEVICE_CHANGE_PROPERTIES, devicesSource } from '../../sync/source/graph/delta/devices';
import { GROUP_CHANGE_PROPERTIES, groupsSource } from '../../sync/source/graph/delta/groups';
import { readChanges } from '../../sync/source/graph/delta/readChanges';
import type { DeltaSource } from '../../sync/source/graph/delta/source';
import { usersSource } from '../../sync/source/graph/delta/users';
import { FEATURES } from '../../sync/source/graph/features';
import { checkCustomers } from '../../sync/source/graph/partner/check';
import { customersOf } from '../../sync/source/graph/partner/customers';
import { authentication } from '../../sync/source/graph/read/authentication';
import { AUTHENTICATION_METHODS } from '../../sync/source/graph/read/authenticationMethods';
import { companySubscriptions } from '../../sync/source/graph/read/companySubscriptions';
import { appCredentials } from '../../sync/source/graph/read/appCredentials';
import { applicationOwners } from '../../sync/source/graph/read/applicationOwners';
import { deletedUsers } from '../../sync/source/graph/read/deletedUsers';
import { completeOwners } from '../../sync/source/graph/read/deviceOwners';
import { DEVICE_PROPERTIES } from '../../sync/source/graph/read/deviceProperties';
import { devices } from '../../sync/source/graph/read/devices';
import { domains } from '../../sync/source/graph/read/domains';
import { MEMBER_PROPERTIES, members } from '../../sync/source/graph/read/groupMembers';
import { GROUP_PROPERTIES } from '../../sync/source/graph/read/groupProperties';
import { group, groupPage, groups } from '../../sync/source/graph/read/groups';
import { MANAGED_DEVICE_PROPERTIES, SINGLE_MANAGED_DEVICE_PROPERTIES } from '../../sync/source/graph/read/managedDeviceProperties';
import { managedDeviceWhereabouts } from '../../sync/source/graph/read/managedDeviceWhereabouts';
import { managedDevice, managedDevices } from '../../sync/source/graph/read/managedDevices';
import { reportSettings } from '../../sync/source/graph/read/reportSettings';
import { setAccountEnabled } from '../../sync/source/graph/act/account';
import { resetPassword } from '../../sync/source/graph/act/password';
import { revokeSessions } from '../../sync/source/graph/act/sessions';
import type { ReadableProperty } from '../../sync/source/graph/transport/reading';
import { MemorySink } from '../unit/graph/act/memorySink';
import { licensedPeoplePages } from '../../sync/source/graph/read/licenceHolders';
import { BUSINESS_FAMILIES } from '../../sync/source/graph/read/licenceFamilies';
import { licenceFamilyCounts } from '../../sync/source/graph/read/licenceFamilyCounts';
import { licenceNames } from '../../sync/source/graph/read/licenceNames';
import { organization } from '../../sync/source/graph/read/organization';
import { recentSignIns } from '../../sync/source/graph/read/recentSignIns';
import { secureScoreGaps } from '../../sync/source/graph/read/secureScoreGaps';
import { secureScores } from '../../sync/source/graph/read/secureScores';
import { SIGN_IN_ACTIVITY } from '../../sync/source/graph/read/signInActivity';
import { subscribedSkus } from '../../sync/source/graph/read/subscribedSkus';
import { APP_ACTIVATIONS, APP_USAGE, MAILBOX_USAGE, usagePages, USER_ACTIVITY } from '../../sync/source/graph/read/usageReports';
import { DEFAULT_USER_PROPERTIES, USER_LOOKUPS, USER_PROPERTIES } from '../../sync/source/graph/read/userProperties';
import { user, users } from '../../sync/source/graph/read/users';
import { whereaboutsOf } from '../../sync/source/graph/read/whereabouts';
import { graphClient } from '../../sync/source/graph/transport/client';
import { collect } from '../../sync/source/graph/transport/paging';
import { dropSubscriptions, keepSubscription } from '../../sync/source/graph/watch/subscriptions';
import { startReceiver } from '../unit/simulators/graph/receiver';
import { PartnerInABox } from '../unit/graph/partnerInABox';
import { TestClock } from '../unit/graph/service';
import { startTenantInABox, type TenantInABox } from '../unit/graph/tenantInABox';

interface Parameter {
	name: string;
	in: 'query' | 'header' | 'path';
	schema: object;
}
interface Operation {
	parameters?: Parameter[];
	requestBody?: { content: Record<string, { schema: object }> };
}
/** Without `nullable` beside a reference, which OpenAPI 3.0 allows and the validator does not; no request holds a null. */
const document = JSON.parse(JSON.stringify(openapi), (_, value: { nullable?: true; type?: string }) => {
	if (value?.nullable && !value.type) delete value.nullable;
	return value;
}) as { paths: Record<string, Record<string, Operation>>; components: { schemas: Record<string, { properties?: object }> } };
const ajv = new Ajv({ strict: false, coerceTypes: true, logger: false });

/** The operation for a request; paths with fewer placeholders win. */
function operationOf(method: string, path: string): Operation {
	const candidates = Object.keys(document.paths)
		.filter((template) => new RegExp(`^${template.split(/\{[^}]+\}/).map((text) => text.replace(/[.*+?^$()|[\]\\]/g, '\\$&')).join('[^/]+')}$`).test(path))
		.sort((a, b) => a.split('{').length - b.split('{').length);
	const operation = candidates.map((template) => document.paths[template][method.toLowerCase()]).find(Boolean);
	if (!operation) throw new Error(`${method} ${path} is not in the contract.`);
	return operation;
}

/** What the contract says against this request; empty when it is as documented. */
function objections(request: SeenRequest): string[] {
	// The type in the path is documented, and not in the subset; its options are those of the path without it.
	const path = request.url.pathname
		.replace(/(\/groups\/[^/]+\/(members|transitiveMembers))\/microsoft\.graph\.user$/, '$1')
		// Documented with the options of other owners, and not in the subset: https://learn.microsoft.com/graph/api/application-list-owners
		.replace(/\/applications\/([^/]+)\/owners$/, '/devices/$1/registeredOwners');
	const operation = operationOf(request.method, path);
	const found: string[] = [];
	for (const [name, value] of request.url.searchParams) {
		if (name === 'client-request-id' && path.endsWith('/token')) continue;
		const parameter = operation.parameters?.find((each) => each.in === 'query' && each.name === name);
		if (!parameter) found.push(`${name} is not an option of ${path}`);
		else if (!ajv.validate({ type: 'object', properties: { value: parameter.schema } }, { value })) found.push(`${name}=${value}: ${ajv.errorsText()}`);
	}
	const consistency = operation.parameters?.find(({ name }) => name === 'ConsistencyLevel');
	if (request.headers.consistencylevel !== undefined && !ajv.validate(consistency?.schema ?? false, request.headers.consistencylevel)) {
		found.push(`ConsistencyLevel: ${request.headers.consistencylevel}`);
	}
	if (request.method === 'GET' && request.body !== '') found.push('a GET with a body');
	if (operation.requestBody) {
		const [type, { schema }] = Object.entries(operation.requestBody.content)[0];
		if (!request.headers['content-type']?.startsWith(type)) found.push(`content-type ${request.headers['content-type']}`);
		const body = (type === 'application/json' ? JSON.parse(request.body) : Object.fromEntries(new URLSearchParams(request.body))) as object;
		if (!ajv.validate({ ...schema, components: document.components }, body)) found.push(`body: ${ajv.errorsText()}`);
	}
	return found;
}

describe('every request that is sent to Microsoft', () => {
	let box: TenantInABox;
	beforeAll(async () => {
		box = await startTenantInABox();
	});
	afterAll(async () => await box.microsoft.stop());

	it('is one that the contract knows, in path, options, headers and body', async () => {
		const everything = USER_PROPERTIES.map(({ name }) => name);
		const certificate = { proof: { kind: 'certificate' as const, certificate: box.certificate.cert, privateKey: box.certificate.key } };
		await organization(box.client(certificate));
		await users(box.client(), { properties: everything });
		await users(box.client(), { limit: 5 });
		await users(box.client(), { filter: { account: 'enabled', userType: 'guests', department: "O'Neil & Co + 1", anyOfSkuIds: [SPB], domains: ['harbordental.example'], licensedOnly: true } });
		await users(box.client(), { filter: { expression: "endsWith(mail,'.example')" } });
		await users(box.client(), { filter: { groupId: GROUPS.allStaff } });
		await users(box.client(), { filter: { groupId: GROUPS.allStaff, nestedGroups: true } });
		await users(box.client(), { filter: { groupId: GROUPS.allStaff, nestedGroups: true, expression: "startswith(displayName,'A')" } });
		await user(box.client(), 'vendor_partner.example#EXT#@harbordental.onmicrosoft.com', everything);
		await subscribedSkus(box.client());
		await groupPage(box.client());
		await groupPage(box.client(), "O'Neil");
		await whereaboutsOf(box.client(), [...Object.values(PEOPLE), '00000000-0000-4000-8000-000000000000']);
		for (const { reading, probe } of FEATURES) if (probe) expect((await box.client().request({ reading, ...probe })).status).toBeLessThan(400);

		const requests = [...box.microsoft.graph.seen, ...box.microsoft.login.seen];
		expect(requests.length).toBeGreaterThan(20);
		for (const request of requests) expect({ address: request.url.href, objections: objections(request) }).toEqual({ address: request.url.href, objections: [] });
		expect([...new Set(requests.map(({ method, url }) => `${method} ${url.origin === box.microsoft.login.origin ? 'login' : 'graph'}`))].sort()).toEqual(['GET graph', 'GET login', 'POST login']);
	});

	it('is one that the contract knows where changes are read', async () => {
		box.microsoft.graph.seen.length = 0;
		const client = box.client();
		const followed = [
			[usersSource({ account: 'enabled', licensedOnly: true }), [...DEFAULT_USER_PROPERTIES, 'managerId']],
			[groupsSource(), [...GROUP_CHANGE_PROPERTIES.map(({ name }) => name), 'members', 'owners']],
			[devicesSource(), DEVICE_CHANGE_PROPERTIES.map(({ name }) => name)],
		] as ReadonlyArray<[DeltaSource<DirectoryRecord>, readonly string[]]>;
		for (const [source, properties] of followed) {
			const { link, softDeleted } = await readChanges(client, source, properties, undefined);
			await readChanges(client, source, properties, { link, softDeleted, open: source.resource === 'users' ? [...Object.values(PEOPLE), '00000000-0000-4000-8000-000000000000'] : [] });
		}
		const requests = box.microsoft.graph.seen;
		expect([...new Set(requests.map(({ url }) => url.pathname))].sort()).toEqual(['/v1.0/devices', '/v1.0/devices/delta', '/v1.0/directory/deletedItems/microsoft.graph.user', '/v1.0/groups/delta', '/v1.0/users', '/v1.0/users/delta']);
		for (const request of requests) expect({ address: request.url.href, objections: objections(request) }).toEqual({ address: request.url.href, objections: [] });
	});

	it('is one that the contract knows where it is about subscriptions to change notifications', async () => {
		const receiver = await startReceiver(box.authority);
		const wanted = { resource: 'users' as const, address: receiver.address, clientState: 'only-we-know' };
		box.microsoft.graph.seen.length = 0;
		await keepSubscription(box.client(), wanted);
		await keepSubscription(box.client(), wanted, Date.now() + 5 * 86_400_000);
		await dropSubscriptions(box.client(), 'users', receiver.address);
		await receiver.close();
		const requests = box.microsoft.graph.seen;
		expect(requests.map(({ method }) => method)).toEqual(['GET', 'POST', 'GET', 'PATCH', 'GET', 'DELETE']);
		for (const request of requests) expect({ address: request.url.href, objections: objections(request) }).toEqual({ address: request.url.href, objections: [] });
	});

	it('is one that the contract knows where a partner reads its customers', async () => {
		const partner = await PartnerInABox.start();
		await partner.connect();
		const client = graphClient({ app: entraAppOf(partner.credential()), account: partner.account });
		const { customers } = await customersOf(client, Date.now());
		await checkCustomers({ app: entraAppOf(partner.credential()), account: partner.account }, customers, Date.now());
		await partner.microsoft.stop();
		const requests = partner.microsoft.graph.seen.filter(({ method }) => method === 'GET');
		// Documented, and not in the subset: https://learn.microsoft.com/graph/api/user-list-transitivememberof
		const known = requests.filter(({ url }) => url.pathname !== '/v1.0/me/transitiveMemberOf');
		expect([...new Set(known.map(({ url }) => url.pathname))].sort()).toEqual(['/v1.0/contracts', '/v1.0/organization', '/v1.0/tenantRelationships/delegatedAdminCustomers', '/v1.0/tenantRelationships/delegatedAdminRelationships']);
		for (const request of known) expect({ address: request.url.href, objections: objections(request) }).toEqual({ address: request.url.href, objections: [] });
		const batched = partner.microsoft.graph.seen.filter(({ url }) => url.pathname === '/v1.0/$batch').flatMap(({ body }) => (JSON.parse(body) as { requests: Array<{ method: string; url: string }> }).requests);
		expect(batched.length).toBeGreaterThan(1);
		for (const { method, url } of batched) expect(() => operationOf(method, `/v1.0${url}`)).not.toThrow();
	});

	it('is one that the contract knows where groups, devices, apps and roles are read, and users changed', async () => {
		box.microsoft.graph.seen.length = 0;
		const client = box.client({}, { budgetSeconds: 120, requestSeconds: 10 });
		const everything = (properties: readonly ReadableProperty[]) => properties.map(({ name }) => name);
		for (const filter of [{ kinds: ['security' as const], nameBegins: "O'N", membership: 'dynamic' as const, synced: true }, {}]) await groups(client, { properties: everything(GROUP_PROPERTIES), filter });
		await group(client, GROUPS.allStaff, everything(GROUP_PROPERTIES));
		for (const nested of [false, true]) for (const usersOnly of [false, true]) await members(client, { groupId: GROUPS.allStaff, nested, usersOnly, properties: everything(MEMBER_PROPERTIES) });
		await devices(client, { properties: everything(DEVICE_PROPERTIES), filter: { enabled: true, managed: true, compliant: true, operatingSystem: 'Windows', trustType: 'AzureAd', seenSince: '2026-01-01T00:00:00Z' } });
		await completeOwners(client, [{ kind: 'device', tenantId: '', id: DEVICES.frontDesk, registeredOwners: Array.from({ length: 20 }, () => ({ id: '' })) }]);
		await managedDevices(client, { properties: everything(MANAGED_DEVICE_PROPERTIES) });
		await managedDevice(client, MANAGED_DEVICES.frontDesk, everything([...MANAGED_DEVICE_PROPERTIES, ...SINGLE_MANAGED_DEVICE_PROPERTIES]));
		await managedDeviceWhereabouts(client, Object.values(MANAGED_DEVICES));
		await domains(client);
		await reportSettings(client);
		await appCredentials(client, { now: Date.now(), ownOnly: true });
		await applicationOwners(client, Object.values(APPLICATIONS));
		await deletedUsers(client);
		await users(client, { properties: everything(USER_LOOKUPS) });
		const act = { preview: false, allowAdministrators: false };
		await resetPassword(client, PEOPLE.zoe, { ...act, sink: new MemorySink(), mustChange: true, keepHours: 1, now: Date.now() });
		await revokeSessions(client, PEOPLE.zoe, act);
		await setAccountEnabled(client, PEOPLE.zoe, false, act);
		await setAccountEnabled(client, PEOPLE.zoe, true, act);

		const requests = box.microsoft.graph.seen.filter(({ url }) => url.pathname !== '/v1.0/$batch');
		const batched = box.microsoft.graph.seen.filter(({ url }) => url.pathname === '/v1.0/$batch').flatMap(({ body }) => (JSON.parse(body) as { requests: Array<{ method: string; url: string; headers?: object }> }).requests);
		expect(batched.length).toBeGreaterThan(10);
		for (const { method, url, headers = {} } of batched) {
			const lowered = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value as string]));
			// A single property of mailboxSettings has its own address; the subset names the whole.
			requests.push({ method, url: new URL(`/v1.0${url.replace(/\/userPurpose$/, '')}`, box.microsoft.graph.origin), headers: lowered, body: '', status: 200 });
		}
		expect([...new Set(requests.map(({ method }) => method))].sort()).toEqual(['GET', 'PATCH', 'POST']);
		for (const request of requests) expect({ address: request.url.href, objections: objections(request) }).toEqual({ address: request.url.href, objections: [] });
	});

	it('is one that the contract knows where the services beside the directory are read', async () => {
		// With a clock of its own: the limits of these services are small, and what was used of them would have to be waited out.
		const clock = new TestClock();
		const alone = await startTenantInABox({ clock });
		try {
			const patient = { clock, budgetSeconds: 86_400, requestSeconds: 30 };
			const client = alone.client({}, patient);
			await collect(licensedPeoplePages(client, { names: await licenceNames(), skus: await subscribedSkus(client), anyOfSkuIds: [SPB] }));
			await companySubscriptions(client);
			for (const report of [MAILBOX_USAGE, USER_ACTIVITY, APP_USAGE, APP_ACTIVATIONS]) await collect(usagePages(client, report, { period: 90 }));
			await authentication(client, 'refuse');
			await recentSignIns(client, '2026-08-01T00:00:00Z');
			await user(client, PEOPLE.sean, ['mfaStatus', 'lastActivity']);
			await licenceFamilyCounts(client, { families: BUSINESS_FAMILIES, highestOnly: true });
			await secureScores(client, 30);
			await secureScoreGaps(client);
			const requests = alone.microsoft.graph.seen.filter(({ status }) => status !== 429);
			expect(new Set(requests.map(({ url }) => url.pathname)).size).toBe(14);
			for (const request of requests) expect({ address: request.url.href, objections: objections(request) }).toEqual({ address: request.url.href, objections: [] });
			expect((await alone.client({ tenantId: LABS_TENANT_ID }, patient).batch([{ reading: AUTHENTICATION_METHODS, address: `/users/${PEOPLE.ada}/authentication/methods`, expects: 'list' }])).length).toBe(1);
			const [batched] = alone.microsoft.graph.seen.filter(({ url }) => url.pathname === '/v1.0/$batch');
			for (const { method, url } of (JSON.parse(batched.body) as { requests: Array<{ method: string; url: string }> }).requests) expect(() => operationOf(method, `/v1.0${url}`)).not.toThrow();
		} finally {
			await alone.microsoft.stop();
		}
	});

	it.each([
		['user', USER_PROPERTIES],
		['group', GROUP_PROPERTIES],
		['device', DEVICE_PROPERTIES],
		['managedDevice', [...MANAGED_DEVICE_PROPERTIES, ...SINGLE_MANAGED_DEVICE_PROPERTIES]],
	])('asks for properties that a %s has', (type, properties) => {
		const known = new Set(Object.keys(document.components.schemas[`microsoft.graph.${type}`].properties ?? {}));
		const asked = properties.flatMap(({ name, from }) => from ?? [name]);
		expect(asked.filter((name) => !known.has(name))).toEqual([]);
	});

	it('names permissions that the contract names for its path', () => {
		for (const { reading, probe } of FEATURES) {
			// A property that needs more than its path does; the subset names permissions by path.
			if (!probe || reading === SIGN_IN_ACTIVITY) continue;
			const operation = operationOf('GET', `/v1.0${probe.address.split('?')[0]}`) as Operation & Record<string, string | string[] | undefined>;
			const documented = [operation['x-least-privileged-app-permission'], operation['x-recommended-app-permission']].flat().join(' ');
			expect(documented).toContain(reading.permission);
		}
	});

	it('would be told apart from one that the contract does not know', () => {
		const request = (address: string): SeenRequest => ({ method: 'GET', url: new URL(address, box.microsoft.graph.origin), headers: {}, body: '', status: 200 });
		expect(objections(request('/v1.0/users?$top=999'))).toEqual([]);
		expect(objections(request('/v1.0/users?$top=1000'))).toEqual([expect.stringContaining('must be <= 999')]);
		expect(objections(request('/v1.0/users?$skip=5'))).toEqual(['$skip is not an option of /v1.0/users']);
		expect(() => objections(request('/v1.0/people'))).toThrow('is not in the contract');
	});
});
