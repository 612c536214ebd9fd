import { randomGuid } from './random';
import type { DirectoryDevice } from './tenantState';
import { TenantGroups } from './tenantGroups';
import type { DeviceSeed, DomainSeed, MemberSeed, SkuSeed } from './types';

export type { DirectoryChange, LinkChange } from './directoryChanges';
export type { DirectoryApplication, DirectoryDevice, DirectoryGroup, DirectoryMember, DirectoryUser } from './tenantState';
export type { GroupPatch } from './tenantGroups';
export type { UserPatch } from './tenantUsers';

/** What an administrator may change about a device; owners and users have methods of their own. */
export type DevicePatch = Partial<Omit<DeviceSeed, 'id' | 'registeredOwners' | 'registeredUsers'>>;

/**
 * One tenant, alive: what an administrator does to it between two syncs is done here. An unknown user, group or device
 * throws.
 */
export class TenantDirectory extends TenantGroups {
	/** Adds a device that is joined to the tenant unless more is given. */
	addDevice(device: Partial<DeviceSeed> & Pick<DeviceSeed, 'displayName'>): DirectoryDevice {
		const added = this.objects.device.add({
			id: randomGuid(this.random),
			deviceId: randomGuid(this.random),
			accountEnabled: true,
			operatingSystem: 'Windows',
			trustType: 'AzureAd',
			profileType: 'RegisteredDevice',
			registrationDateTime: this.now(),
			...device,
		});
		this.note({ type: 'device', id: added.id, kind: 'created' });
		return added;
	}

	updateDevice(id: string, patch: DevicePatch): DirectoryDevice {
		const device = Object.assign(this.objects.device.get(id), patch);
		this.note({ type: 'device', id: device.id, kind: 'updated', properties: Object.keys(patch) });
		return device;
	}

	/** For good: Entra keeps no deleted devices. */
	removeDevice(id: string): void {
		const device = this.objects.device.hardDelete(id);
		this.note({ type: 'device', id: device.id, kind: 'deleted' });
	}

	/** Registered owners from now on, instead of those before. */
	setOwners(deviceId: string, owners: readonly MemberSeed[]): void {
		this.relate(deviceId, 'registeredOwners', owners);
	}

	/** Registered users from now on, instead of those before. */
	setRegisteredUsers(deviceId: string, users: readonly MemberSeed[]): void {
		this.relate(deviceId, 'registeredUsers', users);
	}

	/** Where the passwords of this domain's users live: in Entra, or with somebody else. */
	setAuthenticationType(domain: string, authenticationType: NonNullable<DomainSeed['authenticationType']>): void {
		const found = this.domains.find((each) => each.id === domain);
		if (!found) throw new Error(`No domain ${domain} in ${this.displayName}`);
		found.authenticationType = authenticationType;
	}

	/** Licences bought or lost, a subscription that is renewed or ends. */
	updateSku(skuId: string, patch: Partial<Omit<SkuSeed, 'skuId'>>): void {
		const sku = this.skus.find((each) => each.skuId === skuId);
		if (!sku) throw new Error(`No licence ${skuId} in ${this.displayName}`);
		Object.assign(sku, patch);
	}

	private relate(deviceId: string, relation: 'registeredOwners' | 'registeredUsers', to: readonly MemberSeed[]): void {
		const device = this.objects.device.get(deviceId);
		const before = device[relation] ?? [];
		device[relation] = [...to];
		const links = [
			...before.filter((each) => !to.some(({ id }) => id === each.id)).map((each) => ({ relation, to: each, cut: true })),
			...to.filter((each) => !before.some(({ id }) => id === each.id)).map((each) => ({ relation, to: each, cut: false })),
		];
		if (links.length > 0) this.note({ type: 'device', id: device.id, kind: 'updated', properties: [relation], links });
	}
}
