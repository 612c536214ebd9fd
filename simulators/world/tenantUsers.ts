import { randomGuid } from './random';
import { TenantState, type DirectoryUser } from './tenantState';
import type { MemberSeed, UserSeed } from './types';

/** What an administrator may change about a user. A property given as `undefined` becomes unset. */
export type UserPatch = Partial<Omit<UserSeed, 'id'>>;

/** Kept by other services: no change of the directory. */
const OUTSIDE_DIRECTORY: ReadonlyArray<keyof UserSeed> = ['signInActivity', 'mailboxKind', 'mailbox', 'activity', 'activations', 'authenticationMethods', 'registration'];

/** What an administrator does to users. They are named by object id or user principal name; an unknown name throws. */
export abstract class TenantUsers extends TenantState {
	private readonly passwords = new Map<string, string>();

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
		const added = this.objects.user.add(complete);
		this.note({ type: 'user', id: added.id, kind: 'created' });
		return added;
	}

	updateUser(idOrName: string, patch: UserPatch): DirectoryUser {
		const user = this.userOf(idOrName);
		const before = user.managerId;
		Object.assign(user, patch);
		const properties = Object.keys(patch).filter((name) => name !== 'managerId' && !OUTSIDE_DIRECTORY.includes(name as keyof UserSeed));
		const links = [
			...(before !== undefined && before !== user.managerId ? [{ relation: 'manager' as const, to: manager(before), cut: true }] : []),
			...(user.managerId !== undefined && before !== user.managerId ? [{ relation: 'manager' as const, to: manager(user.managerId), cut: false }] : []),
		];
		if (links.length > 0) properties.push('manager');
		if (properties.length > 0) this.note({ type: 'user', id: user.id, kind: 'updated', properties, links });
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

	/** Sets a password, which ends the user's sessions. */
	setPassword(idOrName: string, password: string, profile: NonNullable<UserSeed['passwordProfile']> = {}): void {
		const user = this.userOf(idOrName);
		this.passwords.set(user.id, password);
		const now = this.now();
		this.updateUser(user.id, { passwordProfile: { ...user.passwordProfile, ...profile }, lastPasswordChangeDateTime: now, signInSessionsValidFromDateTime: now });
	}

	/** The password that was set last, in clear text, for tests; undefined when none was set since the start. */
	passwordOf(idOrName: string): string | undefined {
		return this.passwords.get(this.userOf(idOrName).id);
	}

	/** Refresh tokens from before now are worth nothing. */
	revokeSessions(idOrName: string): void {
		this.updateUser(idOrName, { signInSessionsValidFromDateTime: this.now() });
	}

	/** Deletes a user so that they can be restored; groups keep their place for them. */
	softDeleteUser(idOrName: string, at?: Date): void {
		const user = this.userOf(idOrName);
		this.objects.user.softDelete(user, at ? `${at.toISOString().slice(0, 19)}Z` : this.now());
		this.note({ type: 'user', id: user.id, kind: 'softDeleted' });
	}

	restoreUser(id: string): void {
		const user = this.objects.user.restore(id);
		this.note({ type: 'user', id: user.id, kind: 'restored' });
	}

	/** Deletes a user, live or soft-deleted, for good. */
	hardDeleteUser(idOrName: string): void {
		const { id } = this.objects.user.hardDelete(this.findUser(idOrName)?.id ?? idOrName);
		this.note({ type: 'user', id, kind: 'deleted' });
	}

	private userOf(idOrName: string): DirectoryUser {
		const user = this.findUser(idOrName);
		if (!user) throw new Error(`No user ${idOrName} in ${this.displayName}`);
		return user;
	}
}

function manager(id: string): MemberSeed {
	return { type: 'user', id };
}
