import { randomGuid, seededRandom } from './random';
import type {
	DomainSeed,
	GroupSeed,
	MemberSeed,
	RoleSeed,
	ServicePrincipalSeed,
	SkuSeed,
	TenantFeatures,
	TenantSeed,
	UserSeed,
} from './types';

/** A user with their place in lists. Lists are in the order in which objects came into the directory. */
export interface DirectoryUser extends UserSeed {
	sequence: number;
}

export interface DirectoryMember extends MemberSeed {
	sequence: number;
}

export interface DirectoryGroup extends Omit<GroupSeed, 'members'> {
	sequence: number;
	readonly members: readonly DirectoryMember[];
}

/** Every change since the start, oldest first; what a delta query will read one day. */
export interface DirectoryChange {
	version: number;
	type: 'user' | 'group';
	id: string;
	kind: 'created' | 'updated' | 'softDeleted' | 'restored' | 'deleted';
}

/** What an administrator may change about a user. A property given as `undefined` becomes unset. */
export type UserPatch = Partial<Omit<UserSeed, 'id'>>;

/**
 * One tenant, alive: what an administrator does to it between two syncs is done here. Users are named by object
 * id or user principal name. An unknown name throws.
 */
export class TenantDirectory {
	readonly tenantId: string;
	readonly displayName: string;
	readonly domains: readonly DomainSeed[];
	/** May be changed at any time: a tenant loses its P1 licence. */
	readonly features: TenantFeatures;
	readonly organization: Readonly<Record<string, unknown>>;
	readonly skus: readonly SkuSeed[];
	readonly roles: readonly RoleSeed[];
	readonly groups: DirectoryGroup[];
	readonly servicePrincipals: ServicePrincipalSeed[];
	readonly changes: DirectoryChange[] = [];
	/** Grows with every change. */
	version = 0;

	private readonly live: DirectoryUser[];
	private readonly removed: DirectoryUser[];
	private readonly byId = new Map<string, DirectoryUser>();
	private byName: Map<string, DirectoryUser> | undefined;
	private readonly groupsById = new Map<string, DirectoryGroup>();
	private nextSequence = 1;
	private counted?: { version: number; bySku: Map<string, number> };
	private readonly random: () => number;
	private readonly listeners = new Set<(change: DirectoryChange) => void>();

	constructor(seed: TenantSeed) {
		this.tenantId = seed.tenantId.toLowerCase();
		this.displayName = seed.displayName;
		this.domains = seed.domains;
		this.features = { ...seed.features };
		this.organization = seed.organization ?? {};
		this.skus = seed.skus ?? [];
		this.roles = seed.roles ?? [];
		this.servicePrincipals = (seed.servicePrincipals ?? []).map((principal) => ({ ...principal }));
		this.live = seed.users.map((user) => this.enrol(user));
		this.removed = (seed.deletedUsers ?? []).map((user) => ({ ...user, sequence: this.nextSequence++ }));
		this.groups = (seed.groups ?? []).map((group) => directoryGroup(group, this.nextSequence++));
		for (const group of this.groups) this.groupsById.set(group.id, group);
		this.random = seededRandom(Number.parseInt(this.tenantId.slice(0, 8), 16));
	}

	/** Users that are not deleted, by sequence. */
	get users(): readonly DirectoryUser[] {
		return this.live;
	}

	/** Soft-deleted users, by sequence. */
	get deletedUsers(): readonly DirectoryUser[] {
		return this.removed;
	}

	/** A user by object id or user principal name, whatever its case. */
	findUser(idOrName: string): DirectoryUser | undefined {
		const key = idOrName.toLowerCase();
		const user = this.byId.get(key);
		if (user) return user;
		this.byName ??= new Map(this.live.map((each) => [each.userPrincipalName.toLowerCase(), each]));
		return this.byName.get(key);
	}

	findGroup(id: string): DirectoryGroup | undefined {
		return this.groupsById.get(id.toLowerCase());
	}

	/** How many users hold this subscription. */
	consumedUnits(skuId: string): number {
		if (this.counted?.version !== this.version) {
			const bySku = new Map<string, number>();
			for (const user of this.live) {
				for (const licence of user.assignedLicenses ?? []) bySku.set(licence.skuId, (bySku.get(licence.skuId) ?? 0) + 1);
			}
			this.counted = { version: this.version, bySku };
		}
		return this.counted.bySku.get(skuId) ?? 0;
	}

	/** Adds a user; what is not given gets a sensible value. */
	addUser(user: Partial<UserSeed> & Pick<UserSeed, 'userPrincipalName'>): DirectoryUser {
		const complete = {
			id: randomGuid(this.random),
			displayName: user.userPrincipalName.split('@')[0],
			accountEnabled: true,
			userType: 'Member' as const,
			...user,
		};
		if (this.findUser(complete.userPrincipalName)) {
			throw new Error(`There is already a user ${complete.userPrincipalName} in ${this.displayName}`);
		}
		const added = this.enrol(complete);
		this.live.push(added);
		this.note('user', added.id, 'created');
		return added;
	}

	updateUser(idOrName: string, patch: UserPatch): DirectoryUser {
		const user = this.userOf(idOrName);
		Object.assign(user, patch);
		this.note('user', user.id, 'updated');
		return user;
	}

	/** New name and address; the old address stays as an alias, as Exchange does it. */
	renameUser(idOrName: string, to: Pick<UserPatch, 'displayName' | 'givenName' | 'surname' | 'mail' | 'userPrincipalName'>): DirectoryUser {
		const user = this.userOf(idOrName);
		const before = user.mail;
		const mail = to.mail ?? before;
		const others = (user.proxyAddresses ?? []).filter((address) => !address.startsWith('SMTP:'));
		const aliases = before && mail !== before ? [...others, `smtp:${before}`] : others;
		return this.updateUser(user.id, { ...to, ...(mail ? { proxyAddresses: [`SMTP:${mail}`, ...aliases] } : {}) });
	}

	disableUser(idOrName: string): void {
		this.updateUser(idOrName, { accountEnabled: false });
	}

	enableUser(idOrName: string): void {
		this.updateUser(idOrName, { accountEnabled: true });
	}

	assignLicence(idOrName: string, skuId: string): void {
		const held = this.userOf(idOrName).assignedLicenses ?? [];
		if (held.some((licence) => licence.skuId === skuId)) return;
		this.updateUser(idOrName, { assignedLicenses: [...held, { skuId, disabledPlans: [] }] });
	}

	removeLicence(idOrName: string, skuId: string): void {
		const held = this.userOf(idOrName).assignedLicenses ?? [];
		this.updateUser(idOrName, { assignedLicenses: held.filter((licence) => licence.skuId !== skuId) });
	}

	/** Deletes a user so that they can be restored; groups keep their place for them. */
	softDeleteUser(idOrName: string, at = new Date()): void {
		const user = this.userOf(idOrName);
		this.live.splice(this.live.indexOf(user), 1);
		this.byId.delete(user.id);
		this.removed.push(Object.assign(user, { deletedDateTime: `${at.toISOString().slice(0, 19)}Z` }));
		this.note('user', user.id, 'softDeleted');
	}

	restoreUser(id: string): void {
		const index = this.removed.findIndex((user) => user.id === id.toLowerCase());
		if (index < 0) throw new Error(`No soft-deleted user ${id} in ${this.displayName}`);
		const [user] = this.removed.splice(index, 1);
		delete user.deletedDateTime;
		user.sequence = this.nextSequence++;
		this.live.push(user);
		this.byId.set(user.id, user);
		this.note('user', user.id, 'restored');
	}

	/** Deletes a user, live or soft-deleted, for good. */
	hardDeleteUser(idOrName: string): void {
		if (this.findUser(idOrName)) {
			const user = this.userOf(idOrName);
			this.live.splice(this.live.indexOf(user), 1);
			this.byId.delete(user.id);
			this.note('user', user.id, 'deleted');
			return;
		}
		const index = this.removed.findIndex((user) => user.id === idOrName.toLowerCase());
		if (index < 0) throw new Error(`No user ${idOrName} in ${this.displayName}, live or deleted`);
		const [user] = this.removed.splice(index, 1);
		this.note('user', user.id, 'deleted');
	}

	addMember(groupId: string, member: MemberSeed): void {
		const group = this.groupOf(groupId);
		if (group.members.some((each) => each.id === member.id)) return;
		(group.members as DirectoryMember[]).push({ ...member, sequence: (group.members.at(-1)?.sequence ?? 0) + 1 });
		this.note('group', group.id, 'updated');
	}

	removeMember(groupId: string, memberId: string): void {
		const group = this.groupOf(groupId);
		const index = group.members.findIndex((each) => each.id === memberId);
		if (index < 0) throw new Error(`${memberId} is not a member of ${group.displayName}`);
		(group.members as DirectoryMember[]).splice(index, 1);
		this.note('group', group.id, 'updated');
	}

	/** Calls the listener after every change, before the method that made it returns. @returns ends it */
	onChange(listener: (change: DirectoryChange) => void): () => void {
		this.listeners.add(listener);
		return () => this.listeners.delete(listener);
	}

	/** Consents to exactly these application permissions for an app, installing it where it is not. */
	consent(appId: string, roles: readonly string[]): void {
		this.removeApp(appId);
		this.servicePrincipals.push({ appId, objectId: randomGuid(this.random), roles });
	}

	/** Removes an app from this tenant; tokens that it holds become worthless. */
	removeApp(appId: string): void {
		const index = this.servicePrincipals.findIndex((principal) => principal.appId === appId);
		if (index >= 0) this.servicePrincipals.splice(index, 1);
	}

	private enrol(user: UserSeed): DirectoryUser {
		const enrolled: DirectoryUser = { ...user, sequence: this.nextSequence++ };
		this.byId.set(enrolled.id, enrolled);
		return enrolled;
	}

	private userOf(idOrName: string): DirectoryUser {
		const user = this.findUser(idOrName);
		if (!user) throw new Error(`No user ${idOrName} in ${this.displayName}`);
		return user;
	}

	private groupOf(id: string): DirectoryGroup {
		const group = this.findGroup(id);
		if (!group) throw new Error(`No group ${id} in ${this.displayName}`);
		return group;
	}

	private note(type: DirectoryChange['type'], id: string, kind: DirectoryChange['kind']): void {
		this.version++;
		this.byName = undefined;
		const change: DirectoryChange = { version: this.version, type, id, kind };
		this.changes.push(change);
		for (const listener of this.listeners) listener(change);
	}
}

function directoryGroup(seed: GroupSeed, sequence: number): DirectoryGroup {
	const { members, ...properties } = seed;
	let placed: DirectoryMember[] | undefined;
	return {
		...properties,
		sequence,
		get members() {
			placed ??= (typeof members === 'function' ? members() : members).map((member, index) => ({ ...member, sequence: index + 1 }));
			return placed;
		},
	};
}
