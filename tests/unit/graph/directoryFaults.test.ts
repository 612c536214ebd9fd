import { generatedWorld, GROUPS, HARBOR_TENANT_ID, MANAGED_DEVICES } from '../../../simulators/world';
import { administratorsOf } from '../../../sync/source/graph/read/administrators';
import { appCredentials } from '../../../sync/source/graph/read/appCredentials';
import { devices } from '../../../sync/source/graph/read/devices';
import { domains } from '../../../sync/source/graph/read/domains';
import { members } from '../../../sync/source/graph/read/groupMembers';
import { groups } from '../../../sync/source/graph/read/groups';
import { managedDevice, managedDevices } from '../../../sync/source/graph/read/managedDevices';
import { reportSettings } from '../../../sync/source/graph/read/reportSettings';
import { users } from '../../../sync/source/graph/read/users';
import type { GraphClient } from '../../../sync/source/graph/transport/client';
import { FAULTS } from './faults';
import { failureOf, TestClock } from './service';
import { startTenantInABox, type TenantInABox } from './tenantInABox';

const clock = new TestClock();
let box: TenantInABox;
beforeAll(async () => {
	box = await startTenantInABox({ clock });
});
afterAll(async () => await box.microsoft.stop());
beforeEach(() => box.reset());
const client = () => box.client({}, { clock });

type Read = (client: GraphClient) => Promise<unknown>;
/** Every read of the directory and of Intune, and the part of an address that only its own requests have. */
const READS: Record<string, { read: Read; path: string }> = {
	groups: { read: async (reader) => await groups(reader), path: '/groups?' },
	'groups with the number of their members': { read: async (reader) => await groups(reader, { properties: ['memberCount'] }), path: '/$batch' },
	'members of a group': { read: async (reader) => await members(reader, { groupId: GROUPS.allStaff }), path: '/members' },
	'members of nested groups': { read: async (reader) => await members(reader, { groupId: GROUPS.allStaff, nested: true }), path: '/transitiveMembers' },
	devices: { read: async (reader) => await devices(reader), path: '/devices?' },
	'managed devices': { read: async (reader) => await managedDevices(reader), path: '/managedDevices?' },
	'one managed device': { read: async (reader) => await managedDevice(reader, MANAGED_DEVICES.frontDesk), path: `/managedDevices/${MANAGED_DEVICES.frontDesk}` },
	domains: { read: domains, path: '/domains' },
	'settings of reports': { read: reportSettings, path: '/reportSettings' },
	'app credentials': { read: async (reader) => await appCredentials(reader, { now: Date.parse('2026-11-22T08:00:00Z') }), path: '/applications' },
	'directory roles': { read: async (reader) => [...(await administratorsOf(reader))], path: '/directoryRoles' },
	'who holds directory roles': { read: async (reader) => [...(await administratorsOf(reader))], path: '/$batch' },
	'people with their managers': { read: async (reader) => await users(reader, { properties: ['manager'] }), path: '/users?' },
};

describe.each(Object.entries(READS))('reading %s', (_name, { read, path }) => {
	it.each(Object.entries(FAULTS))('under %s is complete or says why it is not', async (_, [fault, times, expected]) => {
		const whole = await read(client());
		box.microsoft.graphFaults.add({ fault, times, path });
		if (expected === 'complete') return expect(await read(client())).toEqual(whole);
		const error = await failureOf(read(client()));
		expect(error).toMatchObject({ name: 'SyncError', message: expect.stringMatching(expected) as unknown });
		expect(error.message).toContain(HARBOR_TENANT_ID);
	});
});

describe('a tenant with more than a page of everything', () => {
	const big = generatedWorld({ seed: 11, users: 30 });
	const [tenant] = big.tenants;

	it('is read to its end, page by page', async () => {
		const group = tenant.addGroup({ displayName: 'Large' });
		for (let index = 0; index < 1_050; index++) {
			tenant.addGroup({ displayName: `Group ${index}` });
			tenant.addDevice({ displayName: `PC-${index}` });
			tenant.addMember(group.id, { type: 'user', id: tenant.addUser({ displayName: `User ${index}`, userPrincipalName: `user${index}@${tenant.domains[0].id}` }).id });
		}
		const large = await startTenantInABox({ world: big, clock });
		const reader = large.client({ tenantId: tenant.tenantId }, { clock, requestSeconds: 10 });
		expect((await groups(reader)).length).toBe(tenant.groups.length);
		expect((await devices(reader)).length).toBe(tenant.devices.length);
		expect((await members(reader, { groupId: group.id })).length).toBe(1_050);
		expect((await groups(reader, { limit: 3 })).length).toBe(3);
		large.reset();
		large.microsoft.graphFaults.add({ fault: { kind: 'answer', status: 500 }, times: Infinity, path: '$skiptoken' });
		for (const read of [groups, devices]) expect(await failureOf(read(reader))).toMatchObject({ class: 'unavailable' });
		await large.microsoft.stop();
	}, 20_000);
});
