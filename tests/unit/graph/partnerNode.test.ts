import type { IExecuteFunctions, ILoadOptionsFunctions, INodeProperties } from 'n8n-workflow';
import { Microsoft365 } from '../../../nodes/Microsoft365/Microsoft365.node';
import { consentDelegated, CUSTOMERS, DELEGATED_CONSENT, PARTNER_APP_ID, PARTNER_GROUPS, PARTNER_SERVICE_USER, PARTNER_TENANT_ID, RESOURCE_APPS, ROLE_TEMPLATES } from '../../../simulators/world';
import type { CustomerCheck } from '../../../sync/model/customerCheck';
import { PartnerInABox } from './partnerInABox';

const node = new Microsoft365();
let box: PartnerInABox;
let credentials = 0;
beforeAll(async () => {
	box = await PartnerInABox.start();
});
afterAll(async () => await box.microsoft.stop());
beforeEach(async () => {
	// Tokens are remembered by credential: each test has its own.
	credentials++;
	box.reset();
	await box.connect();
});

function context(parameters: Record<string, unknown>, options: { items?: object[]; continueOnFail?: boolean; hints?: string[] } = {}): IExecuteFunctions {
	const defaults = (name: string) =>
		node.description.properties.find((property: INodeProperties) => {
			const show = property.displayOptions?.show ?? {};
			return property.name === name && ['resource', 'operation'].every((key) => !show[key] || (show[key] as unknown[]).includes(parameters[key]));
		})?.default;
	const get = (name: string, itemIndex: number, fallback?: unknown, { extractValue = false } = {}) => {
		let value = parameters[name] ?? defaults(name) ?? fallback;
		if (typeof value === 'function') value = (value as (index: number) => unknown)(itemIndex);
		return extractValue && typeof value === 'object' && value !== null && 'mode' in value ? (value as { value?: unknown }).value : value;
	};
	return {
		getInputData: () => (options.items ?? [{}]).map((json) => ({ json })),
		getNodeParameter: get,
		getCurrentNodeParameter: (name: string) => get(name, 0),
		getCredentials: async () => await Promise.resolve(box.credential()),
		getNode: () => ({ id: '1', name: 'Microsoft 365', type: 'microsoft365', typeVersion: 1, position: [0, 0], parameters: {}, credentials: { entraPartnerOAuth2Api: { id: `credential-${credentials}`, name: 'Partner' } } }),
		helpers: { refreshOAuth2Token: async () => await box.renew() },
		addExecutionHints: (...told: Array<{ message: string }>) => options.hints?.push(...told.map(({ message }) => message)),
		continueOnFail: () => options.continueOnFail ?? false,
		getExecutionCancelSignal: () => undefined,
	} as unknown as IExecuteFunctions;
}
const run = async (parameters: Record<string, unknown>, options: Parameters<typeof context>[1] = {}) =>
	(await node.execute.call(context({ authentication: 'partner', ...parameters }, options)))[0].map(({ json }) => json as Record<string, unknown>);

const GET_PEOPLE = { resource: 'user', operation: 'getMany', properties: ['displayName'] };

describe('reading customers with a partner’s sign-in', () => {
	it.each(['reusable', 'rotating'] as const)('reads one customer after the other while refresh tokens are %s', async (mode) => {
		box.microsoft.sessions.refreshTokens = mode;
		const kept = box.oauthTokenData!.refresh_token;
		const tenants = [CUSTOMERS.fine, CUSTOMERS.expiring, CUSTOMERS.rolesMissing, PARTNER_TENANT_ID];
		const people = await run({ ...GET_PEOPLE, tenant: (index: number) => ({ mode: 'id', value: tenants[index] }) }, { items: [{}, {}, {}, {}] });
		expect([...new Set(people.map(({ tenantId }) => tenantId))]).toEqual(tenants);
		expect(people.filter(({ tenantId }) => tenantId === CUSTOMERS.fine).map(({ displayName }) => displayName).sort()).toEqual(['Jonas Vik', 'Mara Ellis', 'Priya Raman']);
		expect(box.oauthTokenData!.refresh_token).toBe(kept);
	});

	it('signs in once for each customer, and remembers the token', async () => {
		await run({ ...GET_PEOPLE, tenant: CUSTOMERS.fine }, { items: [{}, {}, {}] });
		await run({ ...GET_PEOPLE, tenant: CUSTOMERS.fine });
		expect(box.microsoft.login.seen.filter(({ url, body }) => url.pathname.includes(CUSTOMERS.fine) && body.includes('grant_type=refresh_token'))).toHaveLength(1);
	});

	it.each([
		['no consent', CUSTOMERS.noConsent, /^Tenant .* has not consented to the partner’s app/],
		['no security group', CUSTOMERS.noGroup, /^Tenant .* does not let the partner’s service account n8n\.service@breakwater\.example in/],
		['Conditional Access', CUSTOMERS.blocked, /^A Conditional Access policy of tenant .* blocks the partner’s service account/],
	])('says what stands in the way: %s', async (_, tenant, message) => {
		await expect(run({ ...GET_PEOPLE, tenant })).rejects.toThrow(message);
	});

	it('says to sign in again when the sign-in was revoked, after n8n was asked to renew it', async () => {
		box.microsoft.sessions.revokeAll();
		await expect(run({ ...GET_PEOPLE, tenant: CUSTOMERS.fine })).rejects.toMatchObject({ message: expect.stringContaining('was revoked') as unknown, description: expect.stringContaining('connect the service account again') as unknown });
		expect(box.renewals).toBe(1);
	});

	it('goes on with the sign-in that n8n has renewed in the meantime', async () => {
		box.microsoft.sessions.refreshTokens = 'rotating';
		const parameters = { ...GET_PEOPLE, tenant: CUSTOMERS.fine };
		const old = box.oauthTokenData!;
		await box.renew();
		const renewed = box.oauthTokenData;
		let reads = 0;
		const stale = context({ authentication: 'partner', ...parameters });
		// Read from n8n just before another execution renewed it.
		stale.getCredentials = (async () => await Promise.resolve({ ...box.credential(), oauthTokenData: ++reads <= 2 ? old : renewed })) as never;
		stale.helpers.refreshOAuth2Token = (async () => await Promise.resolve()) as never;
		expect((await node.execute.call(stale))[0]).toHaveLength(3);
	});

	it('says to sign in when nobody has', async () => {
		box.oauthTokenData = undefined;
		await expect(run({ ...GET_PEOPLE, tenant: CUSTOMERS.fine })).rejects.toMatchObject({ message: 'Nobody has signed in with the Entra Partner (GDAP) credential.' });
	});

	it('tells by trying what each feature lacks', async () => {
		const rows = await run({ resource: 'connection', operation: 'check', tenant: CUSTOMERS.fine });
		expect(rows.find(({ feature }) => feature === 'Read people')).toMatchObject({ granted: true, tenantId: CUSTOMERS.fine });
		box.microsoft.world.tenant(PARTNER_TENANT_ID).partner!.unassign(CUSTOMERS.rolesMissing, PARTNER_GROUPS.gdapReaders);
		box.microsoft.world.tenant(PARTNER_TENANT_ID).partner!.assign(CUSTOMERS.rolesMissing, PARTNER_GROUPS.gdapReaders, [ROLE_TEMPLATES.insightsBusinessLeader]);
		const lacking = await run({ resource: 'connection', operation: 'check', tenant: CUSTOMERS.rolesMissing });
		expect(lacking.find(({ feature }) => feature === 'Read people')).toMatchObject({ granted: false, whatToDo: expect.stringContaining('GDAP relationship') as unknown });
		box.microsoft.world.tenant(PARTNER_TENANT_ID).partner!.assign(CUSTOMERS.rolesMissing, PARTNER_GROUPS.gdapReaders, [ROLE_TEMPLATES.globalReader, ROLE_TEMPLATES.insightsBusinessLeader]);
	});
});

describe('a customer that has consented to a part only', () => {
	const tenant = () => box.microsoft.world.tenant(CUSTOMERS.expiring);
	beforeEach(() => consentDelegated(tenant(), PARTNER_APP_ID, RESOURCE_APPS.graph, ['User.Read.All']));
	afterEach(() => consentDelegated(tenant(), PARTNER_APP_ID, RESOURCE_APPS.graph, DELEGATED_CONSENT));

	it('is told which permissions lack, also of what cannot be tried', async () => {
		const rows = await run({ resource: 'connection', operation: 'check', tenant: CUSTOMERS.expiring });
		const of = (name: string) => rows.find(({ feature }) => feature === name);
		expect(of('Read people')).toMatchObject({ granted: true });
		expect(of('Reset passwords')).toMatchObject({ granted: false, whatToDo: expect.stringContaining('Add the delegated permission User-PasswordProfile.ReadWrite.All') as unknown });
	});

	it('is checked with what is missing for the sync, and what for the rest', async () => {
		const [check] = (await run({ resource: 'customer', operation: 'check', customers: 'one', tenant: CUSTOMERS.expiring })) as unknown as CustomerCheck[];
		expect(check.delegatedPermissions).toEqual(['User.Read.All']);
		const finding = check.findings.find(({ checked }) => checked === 'delegatedConsent');
		expect(finding).toMatchObject({ state: 'info', message: expect.stringContaining('DeviceManagementManagedDevices.Read.All') as unknown });
		consentDelegated(tenant(), PARTNER_APP_ID, RESOURCE_APPS.graph, ['Organization.Read.All']);
		const [without] = (await run({ resource: 'customer', operation: 'check', customers: 'one', tenant: CUSTOMERS.expiring })) as unknown as CustomerCheck[];
		expect(without.findings.find(({ checked }) => checked === 'delegatedConsent')).toMatchObject({ state: 'gap', message: expect.stringContaining('User.Read.All (Read people)') as unknown });
	});
});

describe('the customers of a partner', () => {
	it('are listed once each, with relationship, end and contract', async () => {
		const customers = await run({ resource: 'customer', operation: 'getMany' });
		expect(customers.map(({ displayName }) => displayName)).toEqual(['Anchor Freight', 'Coral Clinic', 'Driftwood Design', 'Gull Bay Bakery', 'Kelp & Sons', 'Mooring Credit Union', 'Sandbar Surf School', 'Tidewater Legal']);
		const byId = new Map(customers.map((customer) => [customer.tenantId, customer]));
		expect(byId.get(CUSTOMERS.fine)).toMatchObject({ kind: 'customer', partnerTenantId: PARTNER_TENANT_ID, defaultDomain: expect.stringContaining('gullbay') as unknown, hasContract: true, hasAccess: true, status: 'active', autoExtend: true });
		expect(byId.get(CUSTOMERS.expiring)).toMatchObject({ hasAccess: true, autoExtend: false, daysLeft: 19 });
		expect(byId.get(CUSTOMERS.appConsentOnly)).toMatchObject({ hasContract: false, defaultDomain: null });
		expect(byId.get(CUSTOMERS.contractOnly)).toMatchObject({ hasContract: true, hasAccess: false, status: null, endDateTime: null, daysLeft: null, relationships: [] });
	});

	it('can be filtered by access and by their end', async () => {
		expect((await run({ resource: 'customer', operation: 'getMany', filters: { access: 'none' } })).map(({ tenantId }) => tenantId)).toEqual([CUSTOMERS.contractOnly]);
		expect((await run({ resource: 'customer', operation: 'getMany', filters: { endsWithinDays: 30 } })).map(({ tenantId }) => tenantId)).toEqual([CUSTOMERS.expiring]);
		expect(await run({ resource: 'customer', operation: 'getMany', filters: { endsWithinDays: 5 } })).toEqual([expect.objectContaining({ kind: 'emptyList', list: 'customers', tenantId: PARTNER_TENANT_ID })]);
	});

	it('leave out, and say so, what the partner may not read', async () => {
		box.microsoft.graphFaults.add({ path: '/v1.0/contracts', fault: { kind: 'answer', status: 403, body: { error: { code: 'Authorization_RequestDenied', message: 'Insufficient privileges' } } } });
		const hints: string[] = [];
		const customers = await run({ resource: 'customer', operation: 'getMany' }, { hints });
		expect(customers).toHaveLength(7);
		for (const customer of customers) expect(customer).not.toHaveProperty('hasContract');
		expect(hints).toEqual([expect.stringContaining('contracts with customers')]);
	});

	it('are not filtered by what is not known', async () => {
		for (const path of ['/v1.0/tenantRelationships/delegatedAdminCustomers', '/v1.0/tenantRelationships/delegatedAdminRelationships']) {
			box.microsoft.graphFaults.add({ path, fault: { kind: 'answer', status: 403, body: { error: { code: 'Authorization_RequestDenied', message: 'Insufficient privileges' } } } });
		}
		const [skipped] = await run({ resource: 'customer', operation: 'getMany', filters: { access: 'none' } });
		expect(skipped).toMatchObject({ kind: 'skipped', message: 'The customers cannot be filtered, because their relationships could not be read.' });
	});

	it('are skipped with a notice where nothing of it may be read', async () => {
		for (const path of ['/v1.0/contracts', '/v1.0/tenantRelationships/delegatedAdminCustomers', '/v1.0/tenantRelationships/delegatedAdminRelationships']) {
			box.microsoft.graphFaults.add({ path, fault: { kind: 'answer', status: 403, body: { error: { code: 'Authorization_RequestDenied', message: 'Insufficient privileges' } } } });
		}
		expect(await run({ resource: 'customer', operation: 'getMany' })).toEqual([expect.objectContaining({ kind: 'skipped', reason: 'notPermitted' })]);
	});

	it('can be chosen from a list, by name or domain', async () => {
		const search = async (filter?: string) => (await node.methods.listSearch.searchTenants.call(context({ authentication: 'partner' }) as unknown as ILoadOptionsFunctions, filter)).results;
		expect((await search()).map(({ value }) => value)).toEqual(expect.arrayContaining([PARTNER_TENANT_ID, ...Object.values(CUSTOMERS)]));
		expect(await search('gull')).toEqual([expect.objectContaining({ name: 'Gull Bay Bakery', value: CUSTOMERS.fine })]);
	});
});

describe('Partner Check', () => {
	const stateOf = (check: CustomerCheck) => Object.fromEntries(check.findings.map(({ checked, state }) => [checked, state]));

	it('tells for each customer what is missing, and what to do', async () => {
		const checks = (await run({ resource: 'customer', operation: 'check' })) as unknown as CustomerCheck[];
		expect(checks).toHaveLength(8);
		const of = (tenantId: string) => checks.find((check) => check.tenantId === tenantId)!;
		expect(of(CUSTOMERS.fine)).toMatchObject({ verdict: 'ready', whatToDo: [], rolesMissing: [], rolesHeld: ['Global Reader', 'Reports Reader', 'Intune Administrator', 'Insights Business Leader'], applicationPermissions: expect.arrayContaining(['User.Read.All']) as unknown });
		expect(of(CUSTOMERS.expiring)).toMatchObject({ verdict: 'gaps', daysLeft: 19, whatToDo: [expect.stringContaining('Auto extend')] });
		expect(of(CUSTOMERS.noGroup)).toMatchObject({ verdict: 'noAccess', whatToDo: [expect.stringContaining('Make the service account a member')], rolesHeld: [] });
		expect(of(CUSTOMERS.rolesMissing)).toMatchObject({ verdict: 'gaps', rolesMissing: ['Reports Reader', 'Intune Administrator'], whatToDo: [expect.stringContaining('The relationship lacks Reports Reader, Intune Administrator, and roles cannot be added to it')] });
		expect(of(CUSTOMERS.noConsent)).toMatchObject({ verdict: 'noAccess', whatToDo: [expect.stringContaining(`/${CUSTOMERS.noConsent}/adminconsent?client_id=`)] });
		expect(of(CUSTOMERS.noConsent)).not.toHaveProperty('delegatedPermissions');
		expect(of(CUSTOMERS.blocked)).toMatchObject({ verdict: 'noAccess', whatToDo: [expect.stringContaining('Service provider users')] });
		expect(of(CUSTOMERS.appConsentOnly)).toMatchObject({ verdict: 'noAccess', applicationPermissions: expect.arrayContaining(['User.Read.All']) as unknown });
		expect(stateOf(of(CUSTOMERS.appConsentOnly))).toMatchObject({ delegatedConsent: 'gap', applicationConsent: 'info', partnerCenter: 'ok' });
		expect(of(CUSTOMERS.contractOnly)).toMatchObject({ verdict: 'noAccess', relationship: null, whatToDo: [expect.stringContaining('Offer one in Partner Center')] });
		for (const check of checks) expect(check.consentLink).toContain(`/${check.tenantId}/adminconsent?client_id=`);
		expect(JSON.stringify(checks)).not.toContain(box.oauthTokenData!.refresh_token);
	});

	it('reads what is common to all customers once', async () => {
		await run({ resource: 'customer', operation: 'check' });
		const counts = new Map<string, number>();
		for (const { url } of box.microsoft.graph.seen) counts.set(url.pathname, (counts.get(url.pathname) ?? 0) + 1);
		expect(Object.fromEntries(counts)).toEqual({
			'/v1.0/tenantRelationships/delegatedAdminCustomers': 1,
			'/v1.0/tenantRelationships/delegatedAdminRelationships': 1,
			'/v1.0/contracts': 1,
			'/v1.0/me/transitiveMemberOf': 1,
			'/v1.0/$batch': 1,
			'/v1.0/organization': 3,
		});
	});

	it('checks one customer, by domain or ID, and one that is none yet', async () => {
		const one = { resource: 'customer', operation: 'check', customers: 'one' };
		expect(await run({ ...one, tenant: 'gullbay.example' })).toEqual([expect.objectContaining({ tenantId: CUSTOMERS.fine, verdict: 'ready' })]);
		const stranger = '5e3f1d9a-7c84-4b0e-9d26-1f7a3c5b8e01';
		expect(await run({ ...one, tenant: stranger })).toEqual([expect.objectContaining({ tenantId: stranger, verdict: 'noAccess', relationship: null })]);
		await expect(run({ ...one, tenant: '' })).rejects.toThrow('No customer is chosen.');
	});

	it('says which of the partner’s roles were approved and not given to the account’s group', async () => {
		const partner = box.microsoft.world.tenant(PARTNER_TENANT_ID).partner!;
		const all = [ROLE_TEMPLATES.globalReader, ROLE_TEMPLATES.reportsReader, ROLE_TEMPLATES.intuneAdministrator, ROLE_TEMPLATES.insightsBusinessLeader];
		partner.unassign(CUSTOMERS.fine, PARTNER_GROUPS.gdapReaders);
		partner.assign(CUSTOMERS.fine, PARTNER_GROUPS.gdapReaders, [ROLE_TEMPLATES.globalReader]);
		const [check] = (await run({ resource: 'customer', operation: 'check', customers: 'one', tenant: CUSTOMERS.fine })) as unknown as CustomerCheck[];
		expect(check).toMatchObject({ verdict: 'gaps', rolesHeld: ['Global Reader'] });
		expect(check.whatToDo[0]).toContain('The relationship has Reports Reader, Intune Administrator, Insights Business Leader: in Partner Center, give them');
		partner.unassign(CUSTOMERS.fine, PARTNER_GROUPS.gdapReaders);
		partner.assign(CUSTOMERS.fine, PARTNER_GROUPS.gdapReaders, all);
	});

	it('ends as a whole when the partner’s own sign-in is at fault, and needs one', async () => {
		box.microsoft.sessions.revokeAll();
		await expect(run({ resource: 'customer', operation: 'check' })).rejects.toThrow(`service account ${PARTNER_SERVICE_USER} was revoked`);
		await expect(run({ authentication: 'app', resource: 'customer', operation: 'check' })).rejects.toThrow('Only a partner’s sign-in can be checked.');
	});
});
