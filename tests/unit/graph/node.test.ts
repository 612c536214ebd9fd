import type { ILoadOptionsFunctions } from 'n8n-workflow';
import { EntraAppApi } from '../../../credentials/EntraAppApi.credentials';
import { SyncLedgerApi } from '../../../credentials/SyncLedgerApi.credentials';
import { EntraPartnerOAuth2Api } from '../../../credentials/EntraPartnerOAuth2Api.credentials';
import { SecretSinkApi } from '../../../credentials/SecretSinkApi.credentials';
import { connectGraph } from '../../../nodes/connect/entra';
import { EXPIRED_SECRET, GROUPS, HARBOR_TENANT_ID, LABS_TENANT_ID, PEOPLE, PIERVIEW_TENANT_ID, SAMPLE_APPS, SPB, VALID_SECRET, VALID_SECRET_ID } from '../../../simulators/world';
import { FEATURES } from '../../../sync/source/graph/features';
import { NodeInABox, type Run } from './nodeInABox';
import { startTenantInABox, type TenantInABox } from './tenantInABox';

let box: TenantInABox;
const inABox = new NodeInABox(() => box);
const { node } = inABox;
beforeAll(async () => {
	box = await startTenantInABox();
});
afterAll(async () => await box.microsoft.stop());
afterEach(() => box.reset());

const credential = (change?: object) => inABox.credential(change);
const context = (run: Run) => inABox.context(run);
const run = async (options: Run) => await inABox.run(options);
const GET_MANY = { resource: 'user', operation: 'getMany' };

describe('the Microsoft 365 node', () => {
	it('gets everybody who is enabled and a member, by default', async () => {
		const people = await run({ parameters: GET_MANY });
		const ids = people.map(({ id }) => id);
		expect(ids).toEqual(expect.arrayContaining([PEOPLE.ada, PEOPLE.grace, PEOPLE.kiosk, PEOPLE.scanner]));
		for (const id of [PEOPLE.guest, PEOPLE.reception, PEOPLE.leaver, PEOPLE.rita]) expect(ids).not.toContain(id);
		expect(people.find(({ id }) => id === PEOPLE.ada)).toMatchObject({
			kind: 'person',
			tenantId: HARBOR_TENANT_ID,
			email: 'ada.brandt@harbordental.example',
			aliases: ['ada.brandt@harbordental.example', 'ada@harbordental.onmicrosoft.com'],
			jobTitle: 'Office Manager',
			licenceSkuIds: expect.arrayContaining([SPB]) as unknown,
		});
	});

	it('reads the tenant of each item, by domain or GUID, and pairs the results with it', async () => {
		const tenants = [HARBOR_TENANT_ID, 'harborlabs.example', LABS_TENANT_ID];
		const [output] = await node.execute.call(
			context({ items: [{}, {}, {}], parameters: { ...GET_MANY, tenant: (index: number) => tenants[index], returnAll: false, limit: 1 } }),
		);
		expect(output.map(({ json, pairedItem }) => [json.tenantId, pairedItem])).toEqual([
			[HARBOR_TENANT_ID, { item: 0 }],
			[LABS_TENANT_ID, { item: 1 }],
			[LABS_TENANT_ID, { item: 2 }],
		]);
	});

	it('says that a list is empty instead of saying nothing', async () => {
		expect(await run({ parameters: { ...GET_MANY, filters: { department: 'Nobody works here' } } })).toEqual([
			{ kind: 'emptyList', list: 'people', tenantId: HARBOR_TENANT_ID, note: expect.stringContaining('read to the end') as unknown },
		]);
	});

	it('takes filters, a group, chosen and extra properties', async () => {
		const people = await run({
			parameters: {
				...GET_MANY,
				account: 'both',
				scope: 'group',
				group: GROUPS.allStaff,
				nestedGroups: true,
				properties: ['displayName'],
				options: { extraProperties: 'employeeId, onPremisesExtensionAttributes' },
				filters: { skuIds: [SPB], domains: ' @harbordental.example ,other.example', licensedOnly: true },
			},
		});
		expect(people.length).toBeGreaterThan(0);
		for (const person of people) expect(Object.keys(person).filter((key) => !['kind', 'tenantId', 'id', 'displayName', 'employeeId', 'onPremisesExtensionAttributes'].includes(key))).toEqual([]);
	});

	it('does not read the whole tenant when the group was left empty', async () => {
		await expect(run({ parameters: { ...GET_MANY, scope: 'group', group: '' } })).rejects.toThrow('"" is not a group ID.');
	});

	it('gets one person, the organisation, and one row per feature', async () => {
		expect(await run({ parameters: { resource: 'user', operation: 'get', user: 'ada.brandt@harbordental.example' } })).toMatchObject([{ id: PEOPLE.ada }]);
		expect(await run({ parameters: { resource: 'organization', operation: 'get' } })).toMatchObject([{ tenantId: HARBOR_TENANT_ID, displayName: 'Harbor Dental Group' }]);
		const rows = await run({ parameters: { resource: 'connection', operation: 'check' }, credential: credential({ clientId: SAMPLE_APPS.usersOnly }) });
		expect(rows.map(({ feature }) => feature)).toEqual(FEATURES.map(({ name }) => name));
		expect(rows.filter(({ granted }) => granted).map(({ feature }) => feature)).toEqual(['Read people', 'Tell deleted people from filtered ones', 'Read the organisation']);
		expect(rows.find(({ feature }) => feature === 'Read people by group')).toMatchObject({ granted: false, permission: 'GroupMember.Read.All' });
	});

	it('stops at the first item that fails, or gives its error and goes on', async () => {
		const parameters = { ...GET_MANY, tenant: (index: number) => ['nobody.example', HARBOR_TENANT_ID][index] };
		await expect(run({ items: [{}, {}], parameters })).rejects.toMatchObject({
			message: 'Microsoft Entra knows no tenant "nobody.example".',
			description: expect.stringContaining('Check the tenant ID') as unknown,
			context: { itemIndex: 0 },
		});
		const output = await run({ items: [{}, {}], parameters, continueOnFail: true });
		expect(output[0]).toEqual({ error: 'Microsoft Entra knows no tenant "nobody.example".', remedy: expect.any(String) as unknown, code: 'AADSTS90002' });
		expect(output.length).toBeGreaterThan(5);
	});

	it('refuses what n8n made up after a crash', async () => {
		await expect(run({ items: [{ isArtificialRecoveredEventItem: true }], parameters: GET_MANY })).rejects.toThrow('n8n made it up while it recovered a crashed execution');
		expect(box.microsoft.graph.seen).toEqual([]);
	});

	it('ends when the execution is cancelled', async () => {
		await expect(run({ parameters: GET_MANY, signal: AbortSignal.abort(new Error('cancelled')) })).rejects.toThrow('cancelled');
	});

	it('hands the next nodes a client and the tenant’s GUID', async () => {
		const { client, tenantId } = await connectGraph(context({ parameters: {} }), 0, 'harborlabs.example');
		expect([client.tenant, tenantId]).toEqual(['harborlabs.example', LABS_TENANT_ID]);
	});

	it('lists subscriptions and groups of the tenant that the panel names', async () => {
		const panel = (tenant: string) => context({ parameters: { tenant } }) as unknown as ILoadOptionsFunctions;
		const skus = await node.methods.loadOptions.getSubscribedSkus.call(panel(''));
		expect(skus).toContainEqual({ name: 'Microsoft 365 Business Premium', value: SPB, description: expect.stringMatching(/^SPB, \d+ of \d+ assigned$/) as unknown });
		expect((await node.methods.listSearch.searchGroups.call(panel(''), 'all')).results).toEqual([expect.objectContaining({ value: GROUPS.allStaff })]);
		await expect(node.methods.listSearch.searchGroups.call(panel(PIERVIEW_TENANT_ID))).rejects.toThrow('is not in tenant');
	});

	it('offers only properties that can be read, with the defaults of a sync', () => {
		const property = node.description.properties.find(({ name, displayOptions }) => name === 'properties' && displayOptions?.show?.operation?.includes('getMany'))!;
		const offered = property.options!.map((option) => (option as { value: string }).value);
		expect(property.default).toEqual(expect.arrayContaining(['displayName', 'email', 'aliases', 'userType', 'accountEnabled', 'licenceSkuIds', 'businessPhones', 'streetAddress']));
		for (const name of property.default as string[]) expect(offered).toContain(name);
	});
});

describe('testing the credential', () => {
	const test = async (change: object) => await node.methods.credentialTest.testEntraApp.call({} as never, { id: '1', name: 'x', type: 'entraAppApi', data: credential(change) as never });

	it('names the tenant and what the app may do there', async () => {
		expect(await test({})).toEqual({
			status: 'OK',
			message: `Signed in to Harbor Dental Group (harbordental.example, ${HARBOR_TENANT_ID}). ${FEATURES.length} of ${FEATURES.length} features are permitted.`,
		});
		const few = await test({ clientId: SAMPLE_APPS.usersOnly });
		expect(few.status).toBe('OK');
		expect(few.message).toContain(`3 of ${FEATURES.length} features are permitted. Missing: GroupMember.Read.All (Read people by group), LicenseAssignment.Read.All (List subscriptions)`);
	});

	it('accepts the certificate', async () => {
		const { cert, key } = box.certificate;
		expect(await test({ authentication: 'certificate', certificate: cert.replaceAll('\n', ' '), privateKey: key })).toMatchObject({ status: 'OK' });
	});

	it.each<[string, object, RegExp]>([
		['a wrong secret', { clientSecret: 'wrong' }, /^The client secret of app .* is wrong\. Create a new client secret/],
		['the ID of the secret', { clientSecret: VALID_SECRET_ID }, /it looks like the secret's ID, not its value\. In Certificates & secrets, copy the column "Value"/],
		['no secret', { clientSecret: '' }, /^No client secret is given\./],
		['an expired secret', { clientSecret: EXPIRED_SECRET }, /has expired\. Create a new client secret/],
		['an unknown tenant', { tenantId: '00000000-0000-4000-8000-000000000000' }, /^Microsoft Entra knows no tenant/],
		['a malformed tenant', { tenantId: 'Harbor Dental' }, /^"Harbor Dental" is not a tenant\. Give the tenant ID/],
		['a malformed client ID', { clientId: 'my app' }, /^"my app" is not a client ID\./],
		['a tenant without the app', { tenantId: PIERVIEW_TENANT_ID }, /^The app .* is not in tenant .*adminconsent\?client_id=/],
		['no consent', { clientId: SAMPLE_APPS.withoutConsent }, /lacks the permission User\.Read\.All \(Read people\)\. Add the application permission User\.Read\.All .*adminconsent/],
		['an app that Graph does not know yet', { clientId: SAMPLE_APPS.unknownToGraph }, /lacks the permission User\.Read\.All|nobody has consented/],
		['a disabled app', { clientId: SAMPLE_APPS.disabled }, /is disabled in tenant/],
		['an address without TLS', { loginAddress: 'http://localhost:8080' }, /is not an https address/],
		['no trust in the test server', { caCertificate: '' }, /its TLS certificate comes from an authority that is not trusted here\. .*paste the CA certificate/],
	])('names the fault of %s', async (_, change, message) => {
		const result = await test(change);
		expect(result.status).toBe('Error');
		expect(result.message).toMatch(message);
		expect(result.message).not.toContain(VALID_SECRET);
	});

	it('is told by this node, and masks everything secret', () => {
		expect(node.description.credentials).toMatchObject([
			{ name: new EntraAppApi().name, required: true, testedBy: 'testEntraApp' },
			{ name: new EntraPartnerOAuth2Api().name, required: true },
			{ name: new SyncLedgerApi().name, required: true, testedBy: 'testSyncLedger' },
			{ name: new SecretSinkApi().name, required: true, testedBy: 'testSecretSink' },
		]);
		expect(new SecretSinkApi().properties.filter(({ typeOptions }) => typeOptions?.password).map(({ displayName }) => displayName)).toEqual(['Header Value']);
		const masked = new EntraAppApi().properties.filter(({ typeOptions }) => typeOptions?.password).map(({ name }) => name);
		expect(masked).toEqual(['clientSecret', 'privateKey', 'passphrase']);
	});
});
