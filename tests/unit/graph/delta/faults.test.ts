import { DEVICES, GROUPS, HARBOR_TENANT_ID, PEOPLE, smallWorld } from '../../../../simulators/world';
import { changesSince, latestToken } from '../../../../sync/source/graph/delta/changes';
import { devicesSource } from '../../../../sync/source/graph/delta/devices';
import { groupsSource } from '../../../../sync/source/graph/delta/groups';
import { standingOpen } from '../../../../sync/source/graph/delta/standingOpen';
import { usersSource } from '../../../../sync/source/graph/delta/users';
import { collectWholeList } from '../../../../sync/source/graph/delta/wholeList';
import type { GraphClient } from '../../../../sync/source/graph/transport/client';
import { FAULTS } from '../faults';
import { failureOf, TestClock } from '../service';
import { startTenantInABox, type TenantInABox } from '../tenantInABox';

/** One for the client and the services: waits take no time, and both agree on how long they were. */
const clock = new TestClock();
const people = Object.values(PEOPLE);
let box: TenantInABox;
let links: Record<'users' | 'groups' | 'devices', string>;

beforeAll(async () => {
	box = await startTenantInABox({ world: smallWorld(), clock });
	// So that everything takes several pages.
	Object.assign(box.microsoft.settings.delta, { pageSize: 3, linksPerPage: 3 });
	links = {
		users: await latestToken(client(), usersSource(), ['displayName', 'managerId']),
		groups: await latestToken(client(), groupsSource(), ['displayName', 'members']),
		devices: await latestToken(client(), devicesSource(), ['displayName']),
	};
	const harbor = box.microsoft.world.tenant(HARBOR_TENANT_ID);
	for (const id of people.slice(0, 8)) if (harbor.findUser(id)) harbor.updateUser(id, { displayName: `New ${id}` });
	harbor.softDeleteUser(PEOPLE.zoe);
	for (const id of people.slice(8, 14)) if (harbor.findUser(id)) harbor.addMember(GROUPS.allStaff, { type: 'user', id });
	for (const id of Object.values(DEVICES)) harbor.updateDevice(id, { displayName: `New ${id}` });
});
afterAll(async () => await box.microsoft.stop());
afterEach(() => box.reset());

const client = () => box.client({}, { clock });

/** The link of the next round is another one each time. */
const withoutLinks = async (result: Promise<object>) => ({ ...(await result), link: '' });

/** What is read of changes, and the part of an address that its own requests have. */
const READS: Record<string, { read: (client: GraphClient) => Promise<unknown>; path: string }> = {
	'the place from which changes are told': { read: async (client) => typeof (await latestToken(client, usersSource(), ['displayName'])), path: '/users/delta?' },
	'changes of users': { read: async (client) => await withoutLinks(changesSince(client, usersSource(), ['displayName', 'managerId'], links.users)), path: '/users/delta?' },
	'changes of groups': { read: async (client) => await withoutLinks(changesSince(client, groupsSource(), ['displayName', 'members'], links.groups)), path: '/groups/delta?' },
	'changes of devices': { read: async (client) => await withoutLinks(changesSince(client, devicesSource(), ['displayName'], links.devices)), path: '/devices/delta?' },
	'a later page of changes': { read: async (client) => await withoutLinks(changesSince(client, usersSource(), ['displayName', 'managerId'], links.users)), path: '/users/delta?$skiptoken' },
	'everybody, with the place': { read: async (client) => await withoutLinks(collectWholeList(client, usersSource(), ['displayName', 'managerId'])), path: '/users?' },
	'groups with their members': { read: async (client) => await withoutLinks(collectWholeList(client, groupsSource(), ['displayName', 'members'])), path: '/groups/delta?$skiptoken' },
	'who stands open': { read: async (client) => await standingOpen(client, usersSource(), ['displayName'], people), path: '/users?' },
};

describe.each(Object.entries(READS))('reading %s', (_, { read, path }) => {
	let whole: unknown;
	beforeAll(async () => {
		whole = await read(client());
	});

	it.each(Object.entries(FAULTS))('under %s is complete or says why it is not', async (__, [fault, times, expected]) => {
		box.microsoft.graphFaults.add({ fault, times, path });
		if (expected === 'complete') {
			expect(await read(client())).toEqual(whole);
			return;
		}
		const error = await failureOf(read(client()));
		expect(error.name).toBe('SyncError');
		expect(error.message).toMatch(expected);
		expect(error.remedy!.length).toBeGreaterThan(15);
	});

	it('is complete when a page token expired on the way', async () => {
		box.microsoft.graphFaults.add({ fault: { kind: 'answer', status: 400, body: { error: { code: 'Directory_ExpiredPageToken', message: '' } } }, times: 1, path: '$skiptoken' });
		expect(await read(client())).toEqual(whole);
	});
});
