import { DEVICES, deviceIdOf, GROUPS, HARBOR_TENANT_ID, PEOPLE, SAMPLE_APPS } from '../../../../simulators/world';
import { startHarness, type Harness, type Json } from './setup';

describe('devices of the Graph simulator', () => {
	let harness: Harness;
	beforeAll(async () => {
		harness = await startHarness();
	});
	afterAll(async () => await harness.stop());

	const names = (list: Json[]) => list.map(({ displayName }) => displayName);

	it('holds the awkward ones: nobody’s, two people’s, a deleted owner’s, one name twice', async () => {
		const devices = await harness.list('/devices?$select=id,displayName&$expand=registeredOwners($select=id)');
		const owners = (id: string) => devices.find((device) => device.id === id).registeredOwners.map((owner: Json) => owner.id);
		expect(owners(DEVICES.frontDesk)).toEqual([PEOPLE.ada]);
		expect(owners(DEVICES.operatory)).toEqual([PEOPLE.zoe, PEOPLE.sean]);
		expect(owners(DEVICES.labScanner)).toEqual([]);
		expect(owners(DEVICES.orphan)).toEqual([]);
		expect(names(devices).filter((name) => name === 'DESKTOP-7F3K2')).toHaveLength(2);
	});

	it('tells its object id from its device id, and finds it by the former', async () => {
		const { body } = await harness.get(`/devices/${DEVICES.phone}?$select=id,deviceId,trustType,isManaged`);
		expect(body).toMatchObject({ id: DEVICES.phone, deviceId: deviceIdOf(DEVICES.phone), trustType: 'Workplace', isManaged: null });
		expect((await harness.get(`/devices/${deviceIdOf(DEVICES.phone)}`)).status).toBe(404);
		expect((await harness.get('/devices/phone')).status).toBe(400);
		expect(names(await harness.list(`/devices?$filter=deviceId eq '${deviceIdOf(DEVICES.phone)}'`))).toEqual(['Nina’s iPhone']);
	});

	it('filters, sorts, counts and pages as other lists do', async () => {
		expect(names(await harness.list("/devices?$filter=operatingSystem eq 'iOS'"))).toEqual(['Nina’s iPhone']);
		expect(names(await harness.list('/devices?$filter=isManaged eq true and isCompliant eq false'))).toEqual(['OPERATORY-2']);
		expect(names(await harness.list('/devices?$filter=approximateLastSignInDateTime le 2026-01-01T00:00:00Z'))).toEqual(['DESKTOP-7F3K2']);
		expect((await harness.get("/devices?$filter=model eq '21HD'")).body.error.message).toBe('The request uses a filter property that is not indexed');
		expect(names(await harness.list('/devices?$orderby=displayName')).at(-1)).toBe('RITA-LAPTOP');
		expect((await harness.get('/devices/$count', { eventual: true })).body).toBe('7');
		expect((await harness.get('/devices?$top=3')).body['@odata.nextLink']).toContain('$skiptoken=');
		expect((await harness.get('/devices?$top=1000')).status).toBe(400);
	});

	it('lists owners and users with their type', async () => {
		expect(await harness.list(`/devices/${DEVICES.frontDesk}/registeredUsers?$select=id,userPrincipalName`)).toEqual([
			{ '@odata.type': '#microsoft.graph.user', id: PEOPLE.ada, userPrincipalName: 'ada.brandt@harbordental.example' },
			{ '@odata.type': '#microsoft.graph.user', id: PEOPLE.dana, userPrincipalName: 'dana.cole@harbordental.example' },
		]);
		expect(await harness.list(`/devices/${DEVICES.orphan}/registeredOwners`)).toEqual([]);
	});

	it('expands one relationship, twenty objects of it at most, without a link to the others', async () => {
		const own = await startHarness();
		const harbor = own.microsoft.world.tenant(HARBOR_TENANT_ID);
		const crowd = Array.from({ length: 25 }, (_, index) => harbor.addUser({ userPrincipalName: `crowd${index}@harbordental.example` }));
		harbor.setOwners(DEVICES.frontDesk, crowd.map(({ id }) => ({ type: 'user', id })));
		const device = (await own.list('/devices?$select=id&$top=1&$expand=registeredOwners($select=id)'))[0];
		expect(device.registeredOwners).toHaveLength(20);
		expect(Object.keys(device).sort()).toEqual(['id', 'registeredOwners']);
		expect(await own.list(`/devices/${DEVICES.frontDesk}/registeredOwners?$select=id`)).toHaveLength(25);
		expect((await own.get('/devices?$expand=registeredOwners,registeredUsers')).status).toBe(400);
		expect((await own.get('/devices?$expand=registeredOwners($select=shoeSize)')).status).toBe(400);
		await own.stop();
	});

	it('shows owners as ids only to an app that may not read users, and nothing without Device.Read.All', async () => {
		const own = await startHarness();
		const harbor = own.microsoft.world.tenant(HARBOR_TENANT_ID);
		harbor.consent(SAMPLE_APPS.usersOnly, ['Device.Read.All']);
		const token = await own.token(SAMPLE_APPS.usersOnly);
		const { body } = await own.get(`/devices/${DEVICES.frontDesk}/registeredOwners?$select=id,displayName`, { token });
		expect(body.value).toEqual([{ '@odata.type': '#microsoft.graph.user', id: PEOPLE.ada, displayName: null }]);
		harbor.consent(SAMPLE_APPS.usersOnly, ['User.Read.All', 'GroupMember.Read.All']);
		harbor.addMember(GROUPS.hygienists, { type: 'device', id: DEVICES.phone });
		const weaker = await own.token(SAMPLE_APPS.usersOnly);
		expect((await own.get('/devices', { token: weaker })).status).toBe(403);
		const members = (await own.get(`/groups/${GROUPS.hygienists}/members?$select=id,displayName`, { token: weaker })).body.value;
		expect(members.at(-1)).toEqual({ '@odata.type': '#microsoft.graph.device', id: DEVICES.phone, displayName: null });
		expect((await own.list(`/groups/${GROUPS.hygienists}/members?$select=id,displayName`)).at(-1).displayName).toBe('Nina’s iPhone');
		await own.stop();
	});

	it('comes and goes as the administrator wants', async () => {
		const own = await startHarness();
		const harbor = own.microsoft.world.tenant(HARBOR_TENANT_ID);
		const { id } = harbor.addDevice({ displayName: 'NEW-01' });
		expect((await own.get(`/devices/${id}`)).body).toMatchObject({ displayName: 'NEW-01', accountEnabled: true, trustType: 'AzureAd' });
		harbor.updateDevice(id, { accountEnabled: false });
		expect((await own.get(`/devices/${id}?$select=accountEnabled`)).body.accountEnabled).toBe(false);
		harbor.removeDevice(id);
		expect((await own.get(`/devices/${id}`)).status).toBe(404);
		await own.stop();
	});
});
