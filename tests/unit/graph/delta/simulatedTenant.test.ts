import fc from 'fast-check';
import { manualClock } from '../../../../simulators/graph';
import { DEVICES, GROUPS, HARBOR_TENANT_ID, PEOPLE, smallWorld, type TenantDirectory } from '../../../../simulators/world';
import type { Changed, DirectoryRecord, RelatedObject } from '../../../../sync/model/sourceChange';
import { changesSince } from '../../../../sync/source/graph/delta/changes';
import { devicesSource } from '../../../../sync/source/graph/delta/devices';
import { groupsSource } from '../../../../sync/source/graph/delta/groups';
import { readChanges, type ReadFrom } from '../../../../sync/source/graph/delta/readChanges';
import type { DeltaSource } from '../../../../sync/source/graph/delta/source';
import { usersSource } from '../../../../sync/source/graph/delta/users';
import { collectWholeList } from '../../../../sync/source/graph/delta/wholeList';
import { members } from '../../../../sync/source/graph/read/groupMembers';
import { DEFAULT_USER_PROPERTIES } from '../../../../sync/source/graph/read/userProperties';
import { users } from '../../../../sync/source/graph/read/users';
import type { GraphClient } from '../../../../sync/source/graph/transport/client';
import { startTenantInABox, type TenantInABox } from '../tenantInABox';

const PROPERTIES = [...DEFAULT_USER_PROPERTIES, 'managerId'];
let box: TenantInABox;
let client: GraphClient;
let harbor: TenantDirectory;

/** A tenant as it is at first. */
async function beginAfresh(): Promise<void> {
	await box?.microsoft.stop();
	box = await startTenantInABox({ world: smallWorld(), clock: manualClock() });
	box.microsoft.tokens.lifetimeSeconds = 10_000_000;
	client = box.client({}, { requestSeconds: 10 });
	harbor = box.microsoft.world.tenant(HARBOR_TENANT_ID);
}
beforeEach(beginAfresh);
afterEach(async () => await box.microsoft.stop());

/** Follows a source as a sync does: everything first, then what changed; the ledger's part is played by `from`. */
class Follower<T extends DirectoryRecord> {
	readonly known = new Map<string, Changed<T>>();
	private from: ReadFrom | undefined;
	private softDeleted = new Set<string>();

	constructor(
		private readonly source: DeltaSource<T>,
		private readonly properties: readonly string[],
	) {}

	async read(): Promise<Awaited<ReturnType<typeof readChanges<T>>>> {
		const result = await readChanges(client, this.source, this.properties, this.from);
		for (const id of result.noLongerSoftDeleted) this.softDeleted.delete(id);
		for (const id of result.softDeleted) this.softDeleted.add(id);
		this.from = { link: result.link, softDeleted: [...this.softDeleted], open: [] };
		if (result.mode === 'reconcile') this.known.clear();
		for (const change of result.changes) {
			if (change.whereabouts === undefined) this.known.set(change.id, { ...this.known.get(change.id), ...change });
			else this.known.delete(change.id);
		}
		return result;
	}
}

const plain = (records: Iterable<object>) =>
	[...records].map((record) => Object.fromEntries(Object.entries(record).filter(([name]) => !['change', 'mode', 'why'].includes(name)))).sort((a, b) => (String(a.id) < String(b.id) ? -1 : 1));
const kinds = (changes: ReadonlyArray<Changed<DirectoryRecord>>) => changes.map(({ id, change, whereabouts }) => [id, change, whereabouts]);

describe('people of a tenant who are followed change by change', () => {
	it('are told as changed, soft-deleted, restored or gone', async () => {
		const follower = new Follower(usersSource(), PROPERTIES);
		expect((await follower.read()).mode).toBe('reconcile');
		expect(plain(follower.known.values())).toEqual(plain(await users(client, { properties: PROPERTIES })));

		harbor.renameUser(PEOPLE.ada, { displayName: 'Ada Nyberg' });
		harbor.softDeleteUser(PEOPLE.zoe);
		harbor.hardDeleteUser(PEOPLE.sean);
		const first = await follower.read();
		expect(kinds(first.changes)).toEqual([[PEOPLE.ada, 'changed', undefined], [PEOPLE.zoe, 'softDeleted', 'softDeleted'], [PEOPLE.sean, 'gone', 'gone']]);
		expect(first.mode).toBe('incremental');

		harbor.restoreUser(PEOPLE.zoe);
		expect(kinds((await follower.read()).changes)).toEqual([[PEOPLE.zoe, 'restored', undefined]]);
		harbor.updateUser(PEOPLE.zoe, { jobTitle: 'Dean' });
		expect(kinds((await follower.read()).changes)).toEqual([[PEOPLE.zoe, 'changed', undefined]]);
		expect((await follower.read()).changes).toEqual([]);
		expect(plain(follower.known.values())).toEqual(plain(await users(client, { properties: PROPERTIES })));
	});

	it('are as the whole list says, whatever happens and however the service tells it', async () => {
		const someone = fc.constantFrom(...Object.values(PEOPLE));
		const deed = fc.oneof(
			fc.record({ do: fc.constantFrom('rename', 'phone', 'clear', 'manager', 'noManager', 'disable', 'softDelete', 'restore'), who: someone, other: someone }),
			fc.record({ do: fc.constantFrom('hardDelete'), who: someone, other: someone }),
		);
		const quirks = fc.record({ folded: fc.boolean(), replays: fc.boolean(), duplicates: fc.boolean(), outOfOrder: fc.boolean(), pageSize: fc.constantFrom(1, 3, 200), lostTokens: fc.constantFrom('gone' as const, 'tooOld' as const, 'syncStateNotFound' as const) });
		const perform = (what: { do: string; who: string; other: string }): void => {
			const { who, other } = what;
			if (what.do === 'restore') return void (harbor.deletedUsers.some(({ id }) => id === who) && harbor.restoreUser(who));
			if (!harbor.findUser(who)) return;
			if (what.do === 'rename') harbor.renameUser(who, { displayName: `Name ${other.slice(-4)}`, mail: `${other.slice(-4)}.${who.slice(-4)}@harbordental.example` });
			if (what.do === 'phone') harbor.updateUser(who, { businessPhones: [`+1 503 555 ${other.slice(-4)}`] });
			if (what.do === 'clear') harbor.updateUser(who, { jobTitle: undefined, businessPhones: [] });
			if (what.do === 'manager' && harbor.findUser(other)) harbor.updateUser(who, { managerId: other });
			if (what.do === 'noManager') harbor.updateUser(who, { managerId: undefined });
			if (what.do === 'disable') harbor.disableUser(who);
			if (what.do === 'softDelete') harbor.softDeleteUser(who);
			if (what.do === 'hardDelete') harbor.hardDeleteUser(who);
		};
		await fc.assert(
			fc.asyncProperty(quirks, fc.array(fc.tuple(fc.array(deed, { maxLength: 6 }), fc.nat(5)), { minLength: 1, maxLength: 4 }), async (settings, rounds) => {
				await beginAfresh();
				Object.assign(box.microsoft.settings.delta, settings);
				const filter = { account: 'enabled', userType: 'members' } as const;
				const followers = [new Follower(usersSource(), PROPERTIES), new Follower(usersSource(filter), PROPERTIES)];
				for (const follower of followers) await follower.read();
				for (const [deeds, luck] of rounds) {
					for (const each of deeds) perform(each);
					if (luck === 0) box.microsoft.deltaTokens.expireAll();
					for (const follower of followers) expect((await follower.read()).startedOver).toBe(luck === 0);
				}
				// That a manager was deleted is told of the manager, not of those who had it.
				const withLivingManagers = (people: Iterable<{ managerId?: unknown }>) =>
					[...people].map((person) => ({ ...person, managerId: followers[0].known.has(String(person.managerId)) ? person.managerId : null }));
				expect(plain(withLivingManagers(followers[0].known.values()))).toEqual(plain(await users(client, { properties: PROPERTIES })));
				expect(plain(withLivingManagers(followers[1].known.values()))).toEqual(plain(await users(client, { properties: PROPERTIES, filter })));
			}),
			{ numRuns: 25 },
		);
	}, 60_000);

	it('cost one request while nothing changes', async () => {
		const { link } = await collectWholeList(client, usersSource(), PROPERTIES);
		box.reset();
		const since = await changesSince(client, usersSource(), PROPERTIES, link);
		expect(since).toMatchObject({ startOver: false, changes: [] });
		expect(box.microsoft.graph.seen).toHaveLength(1);
	});
});

describe('groups that are followed change by change', () => {
	it('give the whole membership first, and then who came and went, however large groups are cut', async () => {
		box.microsoft.settings.delta.linksPerPage = 2;
		box.microsoft.settings.delta.pageSize = 2;
		const follower = new Follower(groupsSource(), ['displayName', 'members']);
		await follower.read();
		for (const id of Object.values(GROUPS)) {
			const told = (follower.known.get(id) as unknown as { members: RelatedObject[] }).members;
			const read = await members(client, { groupId: id });
			expect(told.map((member) => `${member.type} ${member.id}`).sort()).toEqual(read.map((member) => `${member.memberType} ${member.id}`).sort());
		}
		const [leaver] = harbor.groups.find(({ id }) => id === GROUPS.allStaff)!.members;
		harbor.removeMember(GROUPS.allStaff, leaver.id);
		harbor.addMember(GROUPS.allStaff, { type: 'user', id: PEOPLE.guest });
		const { changes } = await follower.read();
		expect(changes).toMatchObject([{ id: GROUPS.allStaff, change: 'changed', membersAdded: [{ id: PEOPLE.guest, type: 'user' }], membersRemoved: [leaver.id] }]);
		expect(changes[0]).not.toHaveProperty('members');
	});
});

describe('devices that are followed change by change', () => {
	it('are told with what changed of them', async () => {
		const follower = new Follower(devicesSource(), ['displayName', 'deviceId', 'isCompliant']);
		expect((await follower.read()).changes.length).toBe(harbor.devices.length);
		const [one, other] = Object.values(DEVICES);
		harbor.updateDevice(one, { isCompliant: true });
		harbor.removeDevice(other);
		expect((await follower.read()).changes).toMatchObject([{ kind: 'device', id: one, change: 'changed', isCompliant: true }, { id: other, whereabouts: expect.any(String) }]);
	});
});
