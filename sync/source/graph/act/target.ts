import { SyncError } from '../../../model/syncError';
import { administratorsOf } from '../read/administrators';
import { organization } from '../read/organization';
import type { RawUser } from '../read/userProjection';
import { userTypeOf } from '../read/userProjection';
import { USERS } from '../read/users';
import type { GraphClient } from '../transport/client';
import { optional, type Optional } from '../transport/optional';
import { query } from '../transport/reading';

/** The user that something is done to, as it is right now. */
export interface ActTarget {
	/** GUIDs in lower case. */
	tenantId: string;
	id: string;
	userPrincipalName: string;
	displayName: string | null;
	accountEnabled: boolean | null;
	guest: boolean;
	/** Synchronised from Active Directory, which decides. */
	synced: boolean;
	/** The domain of the sign-in name, where another identity provider holds its passwords. */
	federatedDomain?: string;
	/** Names of directory roles held. */
	adminRoles: Optional<string[]>;
}

/** Who holds which roles in a tenant; for several users of one tenant it is asked once. */
export type Administrators = () => Promise<Map<string, string[]>>;

const SELECT = 'id,userPrincipalName,displayName,accountEnabled,userType,onPremisesSyncEnabled';

/**
 * @param idOrName object id or user principal name
 * @throws SyncError (notFound) when the tenant has no such user; and when anything but the roles cannot be read
 */
export async function actTarget(client: GraphClient, idOrName: string, administrators: Administrators = async () => await administratorsOf(client)): Promise<ActTarget> {
	const key = idOrName.trim();
	if (key === '') {
		throw new SyncError('No user is given.', { class: 'input', code: 'graph.userMissing', remedy: 'Give the object ID or the user principal name of a user.' });
	}
	const raw = await client.read<RawUser>({ reading: USERS, address: `/users/${encodeURIComponent(key)}${query({ $select: SELECT })}`, expects: 'object', record: `user ${key}` });
	if (typeof raw.id !== 'string' || typeof raw.userPrincipalName !== 'string') {
		throw new SyncError(`Could not read user ${key} of tenant ${client.tenant}: Microsoft Graph does not say who it is.`, {
			class: 'unavailable',
			code: 'graph.recordWithoutId',
			remedy: 'Nothing was changed. Check that the app has the permission User.Read.All, then run again.',
			tenantId: client.tenant,
		});
	}
	const { tenantId, federatedDomains } = await organization(client);
	const roles = await optional(administrators);
	const id = raw.id.toLowerCase();
	const domain = raw.userPrincipalName.slice(raw.userPrincipalName.lastIndexOf('@') + 1).toLowerCase();
	return {
		tenantId,
		id,
		userPrincipalName: raw.userPrincipalName,
		displayName: (raw.displayName as string | null | undefined) ?? null,
		accountEnabled: (raw.accountEnabled as boolean | null | undefined) ?? null,
		guest: userTypeOf(raw) === 'Guest',
		synced: raw.onPremisesSyncEnabled === true,
		federatedDomain: federatedDomains.find((each) => domain === each || domain.endsWith(`.${each}`)),
		adminRoles: roles.read ? { read: true, value: roles.value.get(id) ?? [] } : roles,
	};
}
