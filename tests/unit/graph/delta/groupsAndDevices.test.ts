import { changesSince, latestToken } from '../../../../sync/source/graph/delta/changes';
import { collectWholeList } from '../../../../sync/source/graph/delta/wholeList';
import { DEVICE_CHANGE_PROPERTIES, devicesSource } from '../../../../sync/source/graph/delta/devices';
import { GROUP_CHANGE_PROPERTIES, groupsSource } from '../../../../sync/source/graph/delta/groups';
import { clientOf, Service, TENANT, type Scripted, type Seen } from '../service';

const ORIGIN = 'https://graph.microsoft.com/v1.0';
const link = (resource: string) => `${ORIGIN}/${resource}/delta?$deltatoken=1`;
const round = (resource: string, value: object[]): Scripted => ({ body: { value, '@odata.deltaLink': link(resource) } });
const selected = (seen: Seen) => new URL(seen.url).searchParams.get('$select')?.split(',');

describe('changes of groups', () => {
	const members = (...ids: string[]) => ids.map((id) => (id.startsWith('-') ? { id: id.slice(1), '@removed': { reason: 'deleted' } } : { '@odata.type': '#microsoft.graph.user', id }));

	it('tell the kind of group, and what was never set as blank', async () => {
		const service = new Service(() => round('groups', [{ id: 'G', displayName: 'Staff', securityEnabled: true }, { id: 'u', groupTypes: ['Unified', 'DynamicMembership'], mailEnabled: true }, { id: 'd', '@removed': { reason: 'deleted' } }]));
		const result = await changesSince(clientOf(service).client, groupsSource(), ['displayName', 'proxyAddresses', 'mail'], link('groups'));
		const common = { tenantId: TENANT, mode: 'incremental' };
		expect(result).toMatchObject({
			changes: [
				{ ...common, kind: 'group', id: 'g', groupKind: 'security', dynamic: false, displayName: 'Staff', mail: null, proxyAddresses: [], change: 'changed' },
				{ ...common, kind: 'group', id: 'u', groupKind: 'microsoft365', dynamic: true, displayName: null, change: 'changed' },
				{ ...common, kind: 'group', id: 'd', change: 'gone', whereabouts: 'gone' },
			],
		});
	});

	it('tell who came and went, from parts that lie on several pages', async () => {
		const pages = [
			{ body: { value: [{ id: 'g', 'members@delta': members('a', '-b') }, { id: 'h', displayName: 'Other' }], '@odata.nextLink': `${ORIGIN}/groups/delta?$skiptoken=2` } },
			round('groups', [{ id: 'g', 'members@delta': members('c', '-a') }]),
		];
		const service = new Service((seen) => (seen.url.includes('skiptoken') ? pages[1] : pages[0]));
		const result = await changesSince(clientOf(service).client, groupsSource(), ['members'], link('groups'));
		const [g, h] = (result as unknown as { changes: Array<Record<string, unknown>> }).changes;
		expect([g.membersAdded, g.membersRemoved]).toEqual([[{ id: 'c', type: 'user' }], ['b', 'a']]);
		expect('membersAdded' in h).toBe(false);
	});

	it('begin with whole memberships where these are asked for, by delta from its beginning', async () => {
		const service = new Service(() => round('groups', [{ id: 'g', 'members@delta': members('a', 'b') }, { id: 'empty' }]));
		const { changes, mode } = await collectWholeList(clientOf(service).client, groupsSource(), ['members', 'owners']);
		expect(mode).toBe('reconcile');
		expect(changes).toMatchObject([{ id: 'g', members: [{ id: 'a' }, { id: 'b' }], owners: [], change: 'present' }, { id: 'empty', members: [] }]);
		expect(service.graphRequests).toHaveLength(1);
		expect(selected(service.graphRequests[0])).toEqual(['id', 'groupTypes', 'mailEnabled', 'securityEnabled', 'visibility', 'members', 'owners']);
	});

	it('do not tell that a group has no members when it may hide them', async () => {
		const service = new Service(() => round('groups', [{ id: 'hiding', visibility: 'HiddenMembership' }, { id: 'told', visibility: 'HiddenMembership', 'members@delta': members('a') }, { id: 'empty', visibility: 'Private' }]));
		const { changes } = await collectWholeList(clientOf(service).client, groupsSource(), ['members', 'owners']);
		const byId = Object.fromEntries(changes.map((change) => [change.id, change as unknown as Record<string, unknown>]));
		expect([byId.hiding.members, byId.told.members, byId.empty.members]).toEqual([undefined, [{ id: 'a', type: 'user' }], []]);
		expect(byId.hiding).toMatchObject({ owners: [] });
		expect(byId.hiding).not.toHaveProperty('visibility');
	});

	it('come without what takes requests of its own', () => {
		const names = GROUP_CHANGE_PROPERTIES.map(({ name }) => name);
		expect([names.includes('displayName'), names.includes('memberCount')]).toEqual([true, false]);
	});
});

describe('changes of devices', () => {
	it('tell their properties, and no owners', async () => {
		const service = new Service(() => round('devices', [{ id: 'D', deviceId: 'DEAD-BEEF', displayName: 'FRONT-DESK' }, { id: 'e', '@removed': { reason: 'deleted' } }]));
		const result = await changesSince(clientOf(service).client, devicesSource(), ['displayName', 'deviceId', 'isCompliant', 'systemLabels'], link('devices'));
		expect(result).toMatchObject({
			changes: [
				{ kind: 'device', tenantId: TENANT, id: 'd', deviceId: 'dead-beef', displayName: 'FRONT-DESK', isCompliant: null, systemLabels: [], change: 'changed' },
				{ kind: 'device', id: 'e', change: 'gone' },
			],
		});
		expect(DEVICE_CHANGE_PROPERTIES.map(({ name }) => name)).not.toContain('registeredOwners');
	});

	it('are told from a place that is taken without reading anything', async () => {
		const service = new Service(() => round('devices', []));
		expect(await latestToken(clientOf(service).client, devicesSource(), ['displayName'])).toBe(link('devices'));
		expect(service.graphRequests.map(({ url }) => url)).toEqual([`${ORIGIN}/devices/delta?$deltatoken=latest&$select=id,displayName`]);
	});
});
