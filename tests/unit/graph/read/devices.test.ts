import { device, devices } from '../../../../sync/source/graph/read/devices';
import { managedDevice, managedDevices } from '../../../../sync/source/graph/read/managedDevices';
import { optional } from '../../../../sync/source/graph/transport/optional';
import { clientOf, failureOf, graphError, Service, TENANT, token, type Seen } from '../service';

const ID = '4c299165-6e8f-4b45-a5ba-c5d250a707ff';
const ZERO = '00000000-0000-0000-0000-000000000000';
const listing = (...value: object[]) => new Service(() => ({ body: { value } }));
const queryOf = ({ url }: Seen) => new URL(url).searchParams;
const owner = (index: number) => ({ '@odata.type': '#microsoft.graph.user', id: `OWNER-${index}`, displayName: `Owner ${index}`, userPrincipalName: `o${index}@contoso.com`, mail: null });

describe('a device in Entra', () => {
	it('comes with its owners, and what Entra does not know stays blank', async () => {
		const service = listing({ id: ID.toUpperCase(), displayName: 'LAPTOP-1', deviceId: ID.toUpperCase(), isCompliant: null, registeredOwners: [owner(1), { '@odata.type': '#microsoft.graph.user', id: 'HIDDEN', displayName: null }] });
		expect(await devices(clientOf(service).client, { properties: ['displayName', 'deviceId', 'isCompliant', 'registeredOwners'] })).toEqual([
			{
				kind: 'device',
				tenantId: TENANT,
				id: ID,
				displayName: 'LAPTOP-1',
				deviceId: ID,
				isCompliant: null,
				registeredOwners: [{ id: 'owner-1', displayName: 'Owner 1', userPrincipalName: 'o1@contoso.com' }, { id: 'hidden' }],
			},
		]);
		expect(queryOf(service.graphRequests[0]).get('$select')).toBe('id,displayName,deviceId,isCompliant');
		expect(queryOf(service.graphRequests[0]).get('$expand')).toBe('registeredOwners($select=id,displayName,userPrincipalName,mail)');
	});

	it('asks for owners only when they were chosen', async () => {
		const service = listing({ id: ID, displayName: 'LAPTOP-1' });
		expect((await devices(clientOf(service).client, { properties: ['displayName'] }))[0]).not.toHaveProperty('registeredOwners');
		expect(queryOf(service.graphRequests[0]).has('$expand')).toBe(false);
	});

	it.each([
		[19, 0],
		[20, 1],
	])('with %i owners shown is asked %i times for all of them', async (shown, asked) => {
		const all = Array.from({ length: 25 }, (_, index) => owner(index));
		const service = new Service(({ url }) => ({ body: { value: url.includes('/registeredOwners') ? all : [{ id: ID, registeredOwners: all.slice(0, shown) }] } }));
		const [{ registeredOwners }] = await devices(clientOf(service).client, { properties: ['registeredOwners'] });
		expect(service.graphRequests.filter(({ url }) => url.includes(`/devices/${ID}/registeredOwners`))).toHaveLength(asked);
		expect(registeredOwners).toHaveLength(asked === 0 ? shown : 25);
	});

	it('without a device ID of its own has none', async () => {
		expect((await devices(clientOf(listing({ id: ID, deviceId: ZERO })).client, { properties: ['deviceId'] }))[0].deviceId).toBeNull();
	});

	it('is filtered by the service', async () => {
		const service = listing();
		await devices(clientOf(service).client, {
			filter: { enabled: true, managed: false, compliant: true, operatingSystem: "Win'dows", trustType: 'AzureAd', seenSince: '2026-10-01T00:00:00Z' },
		});
		expect(queryOf(service.graphRequests[0]).get('$filter')).toBe(
			"accountEnabled eq true and isManaged eq false and isCompliant eq true and operatingSystem eq 'Win''dows' and trustType eq 'AzureAd' and approximateLastSignInDateTime ge 2026-10-01T00:00:00Z",
		);
	});

	it('is asked for by its object ID only', async () => {
		const service = listing();
		expect((await failureOf(device(clientOf(service).client, 'LAPTOP-1'))).message).toBe('"LAPTOP-1" is not the object ID of a device.');
		expect(service.seen).toEqual([]);
	});
});

const MANAGED = {
	id: ID.toUpperCase(),
	deviceName: 'LAPTOP-1',
	azureADDeviceId: ZERO,
	userId: '',
	serialNumber: ' ',
	lastSyncDateTime: '0001-01-01T00:00:00Z',
	enrolledDateTime: '9999-12-31T23:59:59Z',
	managedDeviceOwnerType: 'company',
	complianceState: 'unknown',
	operatingSystem: 'Windows',
	totalStorageSpaceInBytes: 0,
	isEncrypted: false,
};

describe('a device of Intune', () => {
	it('has blanks where Intune has the first or last day, zeros and empty texts', async () => {
		const properties = ['deviceName', 'azureADDeviceId', 'userId', 'serialNumber', 'lastSyncDateTime', 'enrolledDateTime', 'complianceState', 'totalStorageSpaceInBytes', 'isEncrypted', 'wiFiMacAddress'];
		expect(await managedDevices(clientOf(listing(MANAGED)).client, { properties })).toEqual([
			{
				kind: 'managedDevice',
				tenantId: TENANT,
				id: ID,
				deviceName: 'LAPTOP-1',
				azureADDeviceId: null,
				userId: null,
				serialNumber: null,
				lastSyncDateTime: null,
				enrolledDateTime: null,
				complianceState: 'unknown',
				totalStorageSpaceInBytes: null,
				isEncrypted: false,
			},
		]);
	});

	it('is filtered here, by properties that are read for it and left out again', async () => {
		const service = listing(
			{ ...MANAGED, id: 'a', lastSyncDateTime: '2026-11-20T10:00:00Z' },
			{ ...MANAGED, id: 'b', lastSyncDateTime: '2026-01-01T10:00:00Z' },
			{ ...MANAGED, id: 'never' },
			{ ...MANAGED, id: 'nothing', lastSyncDateTime: '9999-12-31T23:59:59Z' },
			{ ...MANAGED, id: 'mine', lastSyncDateTime: '2026-11-20T10:00:00Z', managedDeviceOwnerType: 'personal' },
		);
		const found = await managedDevices(clientOf(service).client, { properties: ['deviceName'], filter: { operatingSystem: 'windows ', ownership: 'company', seenSince: '2026-11-01T00:00:00Z' } });
		expect(found).toEqual([{ kind: 'managedDevice', tenantId: TENANT, id: 'a', deviceName: 'LAPTOP-1' }]);
		expect(queryOf(service.graphRequests[0]).get('$select')).toBe('id,operatingSystem,managedDeviceOwnerType,lastSyncDateTime,deviceName');
		expect(queryOf(service.graphRequests[0]).has('$filter')).toBe(false);
	});

	it('of unknown compliance is neither compliant nor the opposite', async () => {
		for (const compliance of ['compliant', 'noncompliant'] as const) expect(await managedDevices(clientOf(listing(MANAGED)).client, { filter: { compliance } })).toEqual([]);
	});

	it('shows its wired address by itself only, named in the request', async () => {
		expect((await failureOf(managedDevices(clientOf(listing()).client, { properties: ['ethernetMacAddress'] }))).message).toBe(
			'The property "ethernetMacAddress" cannot be read here: Intune gives it for one device at a time only.',
		);
		const service = new Service(() => ({ body: { ...MANAGED, ethernetMacAddress: 'A0B1C2D3E4F5', physicalMemoryInBytes: 0, notes: '' } }));
		expect(await managedDevice(clientOf(service).client, ID)).toMatchObject({ ethernetMacAddress: 'A0B1C2D3E4F5', physicalMemoryInBytes: null, notes: null });
		expect(queryOf(service.graphRequests[0]).get('$select')).toContain('ethernetMacAddress,physicalMemoryInBytes,iccid,udid,notes');
	});

	const forbidden = graphError('UnknownError', '{"ErrorCode":"Forbidden","Message":""}');
	it.each<[number, object, string[], string]>([
		[400, graphError('BadRequest', 'Request not applicable to target tenant.'), [], 'notLicensed'],
		[403, forbidden, ['DeviceManagementManagedDevices.Read.All'], 'notLicensed'],
		[401, forbidden, ['DeviceManagementManagedDevices.Read.All'], 'notLicensed'],
		// Then it is the permission.
		[403, forbidden, ['User.Read.All'], 'notPermitted'],
	])('of a tenant without Intune is left out with the reason (%i %j, %j)', async (status, body, roles, reason) => {
		const service = new Service(() => ({ status, body }));
		service.signInAnswer = () => ({ body: { token_type: 'Bearer', expires_in: 3599, access_token: token({ roles }) } });
		expect(await optional(async () => await managedDevices(clientOf(service).client))).toMatchObject({
			read: false,
			skipped: { kind: 'skipped', reason, tenantId: TENANT, remedy: expect.stringContaining(reason === 'notLicensed' ? 'Microsoft Intune' : 'DeviceManagementManagedDevices.Read.All') as unknown },
		});
	});
});
