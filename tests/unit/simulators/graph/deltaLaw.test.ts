import fc from 'fast-check';
import { HARBOR_TENANT_ID, smallTenant, TenantDirectory } from '../../../../simulators/world';
import { manualClock } from '../../../../simulators/graph';
import type { MemberSeed } from '../../../../simulators/world/types';
import { fold, readRound, type Known } from './follow';
import { startHarness, type Harness } from './setup';

/** Something that an administrator does; the numbers choose to whom. */
interface Deed {
	kind: keyof typeof DEEDS;
	one: number;
	other: number;
}

const at = <T>(list: readonly T[], number: number): T | undefined => (list.length === 0 ? undefined : list[number % list.length]);

/** A deed for which nobody is left does nothing. */
const DEEDS = {
	rename: (tenant: TenantDirectory, one: number, other: number) => {
		const user = at(tenant.users, one);
		if (user) tenant.updateUser(user.id, { displayName: `Name ${other}`, department: other % 3 === 0 ? undefined : `Department ${other}` });
	},
	giveManager: (tenant: TenantDirectory, one: number, other: number) => {
		const user = at(tenant.users, one);
		if (user) tenant.updateUser(user.id, { managerId: other % 4 === 0 ? undefined : at(tenant.users, other)?.id });
	},
	add: (tenant: TenantDirectory, one: number, other: number) => {
		const name = `new${one}.${other}@harbordental.example`;
		if (!tenant.findUser(name)) tenant.addUser({ userPrincipalName: name });
	},
	softDelete: (tenant: TenantDirectory, one: number) => {
		const user = at(tenant.users, one);
		if (user) tenant.softDeleteUser(user.id);
	},
	restore: (tenant: TenantDirectory, one: number) => {
		const user = at(tenant.deletedUsers, one);
		if (user) tenant.restoreUser(user.id);
	},
	hardDelete: (tenant: TenantDirectory, one: number, other: number) => {
		const user = at(other % 2 === 0 ? tenant.users : tenant.deletedUsers, one);
		if (user) tenant.hardDeleteUser(user.id);
	},
	renameGroup: (tenant: TenantDirectory, one: number, other: number) => {
		const group = at(tenant.groups, one);
		if (group) tenant.updateGroup(group.id, { displayName: `Group ${other}` });
	},
	addGroup: (tenant: TenantDirectory, one: number, other: number) => {
		const members: MemberSeed[] = tenant.users.slice(0, one % 8).map(({ id }) => ({ type: 'user', id }));
		tenant.addGroup({ displayName: `Group ${one}`, groupTypes: other % 2 === 0 ? ['Unified'] : [], members });
	},
	join: (tenant: TenantDirectory, one: number, other: number) => {
		const [group, user] = [at(tenant.groups, one), at(tenant.users, other)];
		if (group && user) tenant.addMember(group.id, { type: 'user', id: user.id });
	},
	leave: (tenant: TenantDirectory, one: number, other: number) => {
		const group = at(tenant.groups, one);
		const member = group && at(group.members, other);
		if (member) tenant.removeMember(group.id, member.id);
	},
	own: (tenant: TenantDirectory, one: number, other: number) => {
		const [group, user] = [at(tenant.groups, one), at(tenant.users, other)];
		if (group && user) tenant.addOwner(group.id, { type: 'user', id: user.id });
	},
	disown: (tenant: TenantDirectory, one: number, other: number) => {
		const group = at(tenant.groups, one);
		const owner = at(group?.owners ?? [], other);
		if (group && owner) tenant.removeOwner(group.id, owner.id);
	},
	deleteGroup: (tenant: TenantDirectory, one: number) => {
		const group = at(tenant.groups, one);
		if (group) tenant.deleteGroup(group.id);
	},
	restoreGroup: (tenant: TenantDirectory, one: number) => {
		const group = at(tenant.objects.group.removed, one);
		if (group) tenant.restoreGroup(group.id);
	},
	changeDevice: (tenant: TenantDirectory, one: number, other: number) => {
		const device = at(tenant.devices, one);
		if (device) tenant.updateDevice(device.id, { isCompliant: other % 3 === 0 ? null : other % 3 === 1 });
	},
	addDevice: (tenant: TenantDirectory, one: number) => void tenant.addDevice({ displayName: `DEVICE-${one}` }),
	removeDevice: (tenant: TenantDirectory, one: number) => {
		const device = at(tenant.devices, one);
		if (device) tenant.removeDevice(device.id);
	},
};

/** What is read, and the deeds that it should be told of. Few objects meet many deeds: that is where it gets hard. */
const FOLLOWED = {
	'/users/delta?$select=displayName,department,manager': {
		select: ['displayName', 'department'],
		links: ['manager'],
		deeds: deedsOf('rename', 'giveManager', 'add', 'softDelete', 'restore', 'hardDelete'),
	},
	'/groups/delta?$select=displayName,members,owners': {
		select: ['displayName'],
		links: ['members', 'owners'],
		deeds: deedsOf('renameGroup', 'addGroup', 'join', 'leave', 'own', 'disown', 'deleteGroup', 'restoreGroup', 'softDelete', 'restore', 'hardDelete'),
	},
	'/devices/delta?$select=displayName,isCompliant': { select: ['displayName', 'isCompliant'], links: [], deeds: deedsOf('changeDevice', 'addDevice', 'removeDevice') },
};

type Followed = keyof typeof FOLLOWED;

function deedsOf(...kinds: Array<Deed['kind']>): fc.Arbitrary<Deed[][]> {
	const deed = fc.record({ kind: fc.constantFrom(...kinds), one: fc.nat(5), other: fc.nat(8) });
	return fc.array(fc.array(deed, { maxLength: 16, size: 'max' }), { minLength: 1, maxLength: 4, size: 'max' });
}

/** The directory as a client should know it: living objects, what is set, links between the living. */
function truth(tenant: TenantDirectory, path: Followed): Map<string, unknown> {
	const type = path.startsWith('/users') ? 'user' : path.startsWith('/groups') ? 'group' : 'device';
	const { select } = FOLLOWED[path];
	return new Map(
		tenant.objects[type].live.map((object) => {
			const values = object as unknown as Record<string, unknown>;
			const ids = (list: unknown) => ((list ?? []) as Array<{ id: string }>).map(({ id }) => id);
			const links: Record<string, string[]> = { manager: values.managerId === undefined ? [] : [String(values.managerId)], members: ids(values.members), owners: ids(values.owners) };
			return [object.id, shown(select.map((name) => values[name]), FOLLOWED[path].links.map((name) => links[name]), tenant)];
		}),
	);
}

function known(tenant: TenantDirectory, path: Followed, objects: Map<string, Known>): Map<string, unknown> {
	const { select, links } = FOLLOWED[path];
	return new Map([...objects].map(([id, object]) => [id, shown(select.map((name) => object.properties[name]), links.map((name) => [...(object.links[name] ?? [])]), tenant)]));
}

/** Unset and null are one; somebody who is deleted may have kept their links, which nobody sees. */
function shown(values: unknown[], links: string[][], tenant: TenantDirectory): unknown {
	const lives = (id: string) => (['user', 'group', 'device'] as const).some((type) => tenant.objects[type].find(id));
	return { values: values.map((value) => value ?? null), links: links.map((ids) => ids.filter(lives).sort()) };
}

describe('the law of delta queries', () => {
	const clock = manualClock();
	let harness: Harness;
	let tenant: TenantDirectory;
	beforeAll(async () => {
		harness = await startHarness({ clock });
		harness.microsoft.tokens.lifetimeSeconds = 1_000_000_000;
	});
	afterAll(async () => await harness.stop());

	/** Every run starts from the same tenant, so that a failure can be made smaller. */
	const startAnew = () => {
		const { world } = harness.microsoft;
		tenant = new TenantDirectory(smallTenant());
		tenant.clock = clock;
		world.tenants.splice(world.tenants.indexOf(world.tenant(HARBOR_TENANT_ID)), 1, tenant);
	};

	it('a first round and every later one, folded, are the directory, whatever happens and whatever liberties the service takes', async () => {
		const settings = fc.record({
			pageSize: fc.integer({ min: 3, max: 30 }),
			linksPerPage: fc.integer({ min: 2, max: 12 }),
			folded: fc.boolean(),
			removedInFirstRound: fc.boolean(),
			replays: fc.boolean(),
			duplicates: fc.boolean(),
			outOfOrder: fc.boolean(),
			replicationDelayMilliseconds: fc.constantFrom(0, 1000),
		});
		await fc.assert(
			fc.asyncProperty(
				settings,
				fc.boolean(),
				fc.constantFrom(...(Object.keys(FOLLOWED) as Followed[])).chain((path) => fc.tuple(fc.constant(path), FOLLOWED[path].deeds)),
				async (liberties, minimal, [path, rounds]) => {
					clock.advance(60_000);
					startAnew();
					Object.assign(harness.microsoft.settings.delta, liberties);
					const objects = new Map<string, Known>();
					const headers: Record<string, string> = minimal ? { prefer: 'return=minimal' } : {};
					let link: string = path;
					for (const deeds of rounds) {
						// Half of them happen while the round is read.
						const waiting = [...deeds];
						const act = () => {
							const next = waiting.shift();
							if (next) DEEDS[next.kind](tenant, next.one, next.other);
							clock.advance(300);
						};
						while (waiting.length > deeds.length / 2) act();
						const round = await readRound(harness, link, { headers, betweenPages: act });
						while (waiting.length > 0) act();
						fold(objects, round.entries);
						link = round.deltaLink;
					}
					clock.advance(liberties.replicationDelayMilliseconds);
					fold(objects, (await readRound(harness, link, { headers })).entries);
					expect(known(tenant, path, objects)).toEqual(truth(tenant, path));
				},
			),
			{ numRuns: 100 },
		);
	});
});
