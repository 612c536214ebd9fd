import { wallClock, type SimulatorClock } from '../entra/clock';
import { ChangeLog, type DirectoryChange } from './directoryChanges';
import { DirectoryObjects, type Placed } from './directoryObjects';
import { PartnerDirectory } from './partnerDirectory';
import { randomGuid, seededRandom } from './random';
import { TenantServices } from './tenantServices';
import type {
	ApplicationSeed,
	ConditionalAccess,
	DeviceSeed,
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

export interface DirectoryUser extends UserSeed, Placed {
	deletedDateTime?: string | null;
}

export interface DirectoryMember extends MemberSeed {
	sequence: number;
}

export interface DirectoryGroup extends Omit<GroupSeed, 'members'>, Placed {
	deletedDateTime?: string | null;
	readonly members: readonly DirectoryMember[];
}

export interface DirectoryDevice extends DeviceSeed, Placed {
	deletedDateTime?: string | null;
}

export interface DirectoryApplication extends ApplicationSeed, Placed {
	deletedDateTime?: string | null;
}

/** What one tenant holds, and the log of what changed. How to change it is said by the classes below it. */
export abstract class TenantState {
	readonly tenantId: string;
	readonly displayName: string;
	readonly domains: readonly DomainSeed[];
	/** May be changed at any time: a tenant loses its P1 licence. */
	readonly features: TenantFeatures;
	/** May be changed at any time; holds for users of other tenants, too. */
	conditionalAccess: ConditionalAccess;
	/** Only in a partner's tenant. */
	readonly partner?: PartnerDirectory;
	readonly organization: Readonly<Record<string, unknown>>;
	/** May be changed at any time: licences bought, a subscription that ends. */
	readonly skus: SkuSeed[];
	readonly roles: readonly RoleSeed[];
	readonly servicePrincipals: ServicePrincipalSeed[];
	/** App registrations whose home this tenant is. May be changed at any time. */
	readonly applications: readonly DirectoryApplication[];
	/** Reports, Intune, Secure Score. */
	readonly services: TenantServices;
	/** Dates the changes; the simulators set their own. */
	clock: SimulatorClock = wallClock;
	readonly log = new ChangeLog();
	/** By kind; `users`, `groups` and so on are the living ones. */
	readonly objects = {
		user: new DirectoryObjects<DirectoryUser>('user'),
		group: new DirectoryObjects<DirectoryGroup>('group'),
		device: new DirectoryObjects<DirectoryDevice>('device'),
	};

	protected readonly random: () => number;
	private byName: Map<string, DirectoryUser> | undefined;
	private counted?: { version: number; bySku: Map<string, number> };

	constructor(seed: TenantSeed) {
		this.tenantId = seed.tenantId.toLowerCase();
		this.displayName = seed.displayName;
		this.domains = seed.domains.map((domain) => ({ ...domain }));
		this.features = { ...seed.features };
		this.conditionalAccess = seed.conditionalAccess ?? 'allow';
		if (seed.partner) this.partner = new PartnerDirectory(this.tenantId, seed.partner);
		this.organization = seed.organization ?? {};
		this.skus = (seed.skus ?? []).map((sku) => ({ ...sku }));
		this.roles = seed.roles ?? [];
		this.servicePrincipals = (seed.servicePrincipals ?? []).map((principal) => ({ ...principal }));
		this.applications = (seed.applications ?? []).map((application, index) => ({ ...application, sequence: index + 1 }));
		this.services = new TenantServices(seed.services);
		for (const user of seed.users) this.objects.user.add({ ...user });
		for (const user of seed.deletedUsers ?? []) this.objects.user.addRemoved({ ...user });
		for (const group of seed.groups ?? []) this.objects.group.add(groupOf(group));
		for (const device of seed.devices ?? []) this.objects.device.add({ ...device });
		this.random = seededRandom(Number.parseInt(this.tenantId.slice(0, 8), 16));
	}

	/** Users that are not deleted, by sequence. */
	get users(): readonly DirectoryUser[] {
		return this.objects.user.live;
	}

	/** Soft-deleted users, by sequence. */
	get deletedUsers(): readonly DirectoryUser[] {
		return this.objects.user.removed;
	}

	get groups(): readonly DirectoryGroup[] {
		return this.objects.group.live;
	}

	get devices(): readonly DirectoryDevice[] {
		return this.objects.device.live;
	}

	/** Grows with every change. */
	get version(): number {
		return this.log.version;
	}

	/** Every change since the start, oldest first. */
	get changes(): readonly DirectoryChange[] {
		return this.log.changes;
	}

	/** Calls the listener after every change, before the method that made it returns. @returns ends it */
	onChange(listener: (change: DirectoryChange) => void): () => void {
		return this.log.onChange(listener);
	}

	/** A user by object id or user principal name, whatever its case. */
	findUser(idOrName: string): DirectoryUser | undefined {
		const user = this.objects.user.find(idOrName);
		if (user) return user;
		this.byName ??= new Map(this.users.map((each) => [each.userPrincipalName.toLowerCase(), each]));
		return this.byName.get(idOrName.toLowerCase());
	}

	findGroup(id: string): DirectoryGroup | undefined {
		return this.objects.group.find(id);
	}

	/** By object id; `deviceId` is another GUID. */
	findDevice(id: string): DirectoryDevice | undefined {
		return this.objects.device.find(id);
	}

	/** How many users hold this subscription. */
	consumedUnits(skuId: string): number {
		if (this.counted?.version !== this.version) {
			const bySku = new Map<string, number>();
			for (const user of this.users) {
				for (const licence of user.assignedLicenses ?? []) bySku.set(licence.skuId, (bySku.get(licence.skuId) ?? 0) + 1);
			}
			this.counted = { version: this.version, bySku };
		}
		return this.counted.bySku.get(skuId) ?? 0;
	}

	/** Consents to exactly these application permissions for an app, installing it where it is not. Delegated consent stays. */
	consent(appId: string, roles: readonly string[]): void {
		const delegatedGrants = this.servicePrincipals.find((principal) => principal.appId === appId)?.delegatedGrants;
		this.removeApp(appId);
		this.servicePrincipals.push({ appId, objectId: randomGuid(this.random), roles, delegatedGrants });
	}

	/** Removes an app from this tenant; tokens that it holds become worthless. */
	removeApp(appId: string): void {
		const index = this.servicePrincipals.findIndex((principal) => principal.appId === appId);
		if (index >= 0) this.servicePrincipals.splice(index, 1);
	}

	protected note(change: Omit<DirectoryChange, 'version' | 'at'>): void {
		if (change.type === 'user') this.byName = undefined;
		this.log.note(this.clock, change);
	}

	/** Now, as Graph writes times: whole seconds, UTC. */
	protected now(): string {
		return `${new Date(this.clock.now()).toISOString().slice(0, 19)}Z`;
	}
}

/** A group whose members are placed when somebody asks for them first. */
export function groupOf(seed: GroupSeed): Omit<DirectoryGroup, 'sequence'> {
	const { members, ...properties } = seed;
	let placed: DirectoryMember[] | undefined;
	return {
		...properties,
		get members() {
			placed ??= (typeof members === 'function' ? members() : members).map((member, index) => ({ ...member, sequence: index + 1 }));
			return placed;
		},
	};
}
