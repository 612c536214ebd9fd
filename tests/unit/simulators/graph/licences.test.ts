import { APPLICATIONS, EXTENSIONS, FLOW_FREE, HARBOR_TENANT_ID, LABS_TENANT_ID, O365_BUSINESS_PREMIUM, PEOPLE, SAMPLE_APPS, SPB, SUBSCRIPTIONS } from '../../../../simulators/world';
import { startHarness, type Harness, type Json } from './setup';

describe('licences, app registrations and extensions of the Graph simulator', () => {
	let harness: Harness;
	beforeAll(async () => {
		harness = await startHarness();
	});
	afterAll(async () => await harness.stop());

	it('adds several purchases of a licence up, by their state', async () => {
		const skus = await harness.list('/subscribedSkus');
		const by = (skuId: string) => skus.find((sku) => sku.skuId === skuId);
		expect(by(SPB)).toMatchObject({
			capabilityStatus: 'Enabled',
			subscriptionIds: [SUBSCRIPTIONS.businessPremium, SUBSCRIPTIONS.businessPremiumUnpaid],
			prepaidUnits: { enabled: 15, warning: 2, suspended: 0, lockedOut: 0 },
		});
		expect(by(FLOW_FREE)).toMatchObject({ capabilityStatus: 'Enabled', prepaidUnits: { enabled: 10_000 } });
		expect(by(FLOW_FREE).subscriptionIds).toHaveLength(1);
	});

	it('lists the purchases with the days on which they are renewed or end, joined by their ids', async () => {
		const subscriptions = await harness.list('/directory/subscriptions');
		const skus = await harness.list('/subscribedSkus?$select=subscriptionIds');
		expect(subscriptions.map(({ id }) => id)).toEqual(skus.flatMap(({ subscriptionIds }) => subscriptionIds));
		const by = (id: string) => subscriptions.find((subscription) => subscription.id === id);
		expect(by(SUBSCRIPTIONS.businessPremiumUnpaid)).toMatchObject({ skuPartNumber: 'SPB', status: 'Warning', totalLicenses: 2, isTrial: false, nextLifecycleDateTime: '2026-12-01T00:00:00Z' });
		expect(by(SUBSCRIPTIONS.businessStandardTrial)).toMatchObject({ skuId: O365_BUSINESS_PREMIUM, isTrial: true, status: 'Enabled' });
		const one = await harness.list(`/directory/subscriptions?$select=id,status&$filter=id eq '${SUBSCRIPTIONS.businessPremium}'`);
		expect(one).toEqual([{ id: SUBSCRIPTIONS.businessPremium, status: 'Enabled' }]);
	});

	it('follows a subscription that is lost', async () => {
		const own = await startHarness();
		const harbor = own.microsoft.world.tenant(HARBOR_TENANT_ID);
		harbor.updateSku(O365_BUSINESS_PREMIUM, { subscriptions: [{ id: SUBSCRIPTIONS.businessStandardTrial, totalLicenses: 5, status: 'Suspended', isTrial: true }] });
		harbor.updateSku(FLOW_FREE, { enabled: 20 });
		const skus = await own.list('/subscribedSkus?$select=skuId,capabilityStatus,prepaidUnits');
		expect(skus.find((sku) => sku.skuId === O365_BUSINESS_PREMIUM)).toMatchObject({ capabilityStatus: 'Suspended', prepaidUnits: { enabled: 0, suspended: 5 } });
		expect(skus.find((sku) => sku.skuId === FLOW_FREE).prepaidUnits.enabled).toBe(20);
		await own.stop();
	});

	it('tells what one user holds, with the plans that are switched off', async () => {
		const own = await startHarness();
		const plan = '41781fb2-bc02-4b7c-bd55-b576c07bb09d';
		own.microsoft.world.tenant(HARBOR_TENANT_ID).updateUser(PEOPLE.zoe, { assignedLicenses: [{ skuId: SPB, disabledPlans: [plan] }] });
		const [details] = await own.list(`/users/${PEOPLE.zoe}/licenseDetails`);
		expect(details).toMatchObject({ skuId: SPB, skuPartNumber: 'SPB' });
		const statuses = new Map(details.servicePlans.map((each: Json) => [each.servicePlanId, each.provisioningStatus]));
		expect(statuses.get(plan)).toBe('Disabled');
		expect(statuses.get('9aaf7827-d63c-4b61-89c3-182f06f82e5c')).toBe('Success');
		expect(await own.list(`/users/${PEOPLE.tom}/licenseDetails?$select=skuId`)).toEqual([]);
		expect((await own.list(`/users/ada.brandt@harbordental.example/licenseDetails?$select=skuId`)).map(({ skuId }) => skuId)).toEqual([SPB, FLOW_FREE]);
		await own.stop();
	});

	it('lists app registrations with when their secrets and certificates end, never the secrets', async () => {
		const apps = await harness.list('/applications?$select=id,appId,displayName,passwordCredentials,keyCredentials&$top=999');
		const by = (id: string) => apps.find((app) => app.id === id);
		expect(by(APPLICATIONS.entraSync).passwordCredentials.map((each: Json) => [each.endDateTime, each.secretText])).toEqual([['2099-12-31T00:00:00Z', null], ['2025-12-31T00:00:00Z', null]]);
		expect(by(APPLICATIONS.bookingSite).keyCredentials[0]).toMatchObject({ endDateTime: '2026-12-05T00:00:00Z', key: null, type: 'AsymmetricX509Cert' });
		expect(by(APPLICATIONS.kioskApp)).toMatchObject({ passwordCredentials: [], keyCredentials: [] });
		expect((await harness.list(`/applications?$select=id&$filter=appId eq '${SAMPLE_APPS.consented}'`)).map(({ id }) => id)).toEqual([APPLICATIONS.entraSync]);
		expect((await harness.get('/applications', { token: await harness.token(SAMPLE_APPS.consented, LABS_TENANT_ID) })).body.value).toEqual([]);
		expect((await harness.get('/applications', { token: await harness.token(SAMPLE_APPS.usersOnly) })).status).toBe(403);
	});

	it('shows all fifteen extension attributes, and directory extensions where they were set', async () => {
		const select = `$select=id,onPremisesExtensionAttributes,${EXTENSIONS.chairNumber},employeeLeaveDateTime`;
		const people = await harness.list(`/users?${select}`);
		const by = (id: string) => people.find((person) => person.id === id);
		expect(by(PEOPLE.ada).onPremisesExtensionAttributes).toMatchObject({ extensionAttribute1: 'Payroll A', extensionAttribute2: null, extensionAttribute15: 'Key holder' });
		expect(Object.keys(by(PEOPLE.sean).onPremisesExtensionAttributes)).toHaveLength(15);
		expect(by(PEOPLE.zoe)[EXTENSIONS.chairNumber]).toBe('2');
		expect(by(PEOPLE.sean)).not.toHaveProperty(EXTENSIONS.chairNumber);
		expect([by(PEOPLE.leaver).employeeLeaveDateTime, by(PEOPLE.ada).employeeLeaveDateTime]).toEqual(['2026-03-31T17:00:00Z', null]);
		expect((await harness.get('/users?$select=extension_shoeSize')).status).toBe(400);
		const filter = "$filter=onPremisesExtensionAttributes/extensionAttribute1 eq 'Payroll A'&$count=true&$select=id";
		expect((await harness.get(`/users?${filter}`)).body.error.message).toBe('Unsupported Query.');
		expect(await harness.list(`/users?${filter}`, { eventual: true })).toEqual([{ id: PEOPLE.ada }]);
	});

	it.each([
		["groupTypes/any(c:c eq 'Unified')", ['All Staff']],
		["groupTypes/any(c:c eq 'DynamicMembership')", ['Everyone enabled']],
		['mailEnabled eq false and securityEnabled eq true', ['Hygienists', 'Everyone enabled', 'IT Admins']],
		['mailEnabled eq true and securityEnabled eq false', ['All Staff']],
		["mailEnabled eq true and not groupTypes/any(c:c eq 'Unified')", []],
		['isAssignableToRole eq true', ['IT Admins']],
	])('tells kinds of groups apart by %s', async (filter, names) => {
		const groups = await harness.list(`/groups?$select=displayName&$count=true&$filter=${filter}`, { eventual: true });
		expect(groups.map(({ displayName }) => displayName)).toEqual(names);
	});
});
