import { SyncError } from '../../model/syncError';
import type { Call } from '../../http/call';
import type { SyncroClient } from './client';

export const LIST_CUSTOMERS = 'Customers - List/Search';
export const VIEW_CUSTOMER = 'Customers - View Detail';
export const EDIT_CUSTOMER = 'Customers - Edit';
export const LIST_SCHEDULES = 'Recurring Invoices - List';
export const EDIT_SCHEDULES = 'Recurring Invoices - Edit';
/** Those of assets stand in the full specification (github.com/advenimus/syncromsp-mcp, docs/swagger.json). */
export const LIST_ASSETS = 'Assets - List/Search';
export const VIEW_ASSET = 'Assets - View Details';
export const CREATE_ASSET = 'Assets - Create';
export const EDIT_ASSET = 'Assets - Edit';
export const LIST_ALERTS = 'RMM Alerts - List';
export const CREATE_ALERT = 'RMM Alerts - Create';
export const DELETE_ALERT = 'RMM Alerts - Delete';
export const LIST_TICKETS = 'Tickets - List/Search';
export const VIEW_TICKET = 'Tickets - View Details';
export const CREATE_TICKET = 'Tickets - Create';
export const EDIT_TICKET = 'Tickets - Edit';
export const GLOBAL_ADMIN = 'Global Admin';

export interface FeatureAccess {
	/** What this package does with it. */
	feature: string;
	/** As Syncro's token page writes it. */
	permission: string;
	/** Undefined where neither `/me` nor a harmless request tells. */
	granted?: boolean;
}

export interface TokenAccess {
	account: string;
	/** Whom the token belongs to. */
	user: string;
	features: FeatureAccess[];
}

const FEATURES: readonly FeatureAccess[] = [
	{ feature: 'Customer: Get Many and Search', permission: LIST_CUSTOMERS },
	{ feature: 'Customer: Get and Get Fields; Contact: Get and Get Many', permission: VIEW_CUSTOMER },
	{ feature: 'Contact and Customer: Apply Plan', permission: EDIT_CUSTOMER },
	{ feature: 'Asset: Get Many', permission: LIST_ASSETS },
	{ feature: 'Asset: Get and Apply Plan', permission: VIEW_ASSET },
	{ feature: 'Asset: Apply Plan', permission: EDIT_ASSET },
	{ feature: 'Asset: Apply Plan, where assets are created', permission: CREATE_ASSET },
	{ feature: 'Recurring Invoice: Get Lines and Compare Licences', permission: LIST_SCHEDULES },
	{ feature: 'Recurring Invoice: Apply Plan', permission: EDIT_SCHEDULES },
	{ feature: 'Alert: Get Many and Apply Plan', permission: LIST_ALERTS },
	{ feature: 'Alert: Apply Plan', permission: CREATE_ALERT },
	{ feature: 'Alert: Apply Plan', permission: DELETE_ALERT },
	{ feature: 'Ticket: Get Many', permission: LIST_TICKETS },
	{ feature: 'Ticket: Apply Plan', permission: VIEW_TICKET },
	{ feature: 'Ticket: Apply Plan', permission: CREATE_TICKET },
	{ feature: 'Ticket: Apply Plan', permission: EDIT_TICKET },
	{ feature: 'Portal User: Get Many and Apply Plan', permission: GLOBAL_ADMIN },
];

/** Reads that show a permission by being answered. Writing can't be tried without writing. */
const PROBES: Record<string, string> = {
	[LIST_CUSTOMERS]: '/customers', [VIEW_CUSTOMER]: '/contacts', [LIST_ASSETS]: '/customer_assets', [LIST_SCHEDULES]: '/schedules', [LIST_ALERTS]: '/rmm_alerts', [LIST_TICKETS]: '/tickets', [GLOBAL_ADMIN]: '/portal_users',
};

/**
 * Signs in through `/me` and tells which token permissions the features of this package have and lack.
 *
 * @throws SyncError naming the real fault: token, subdomain, network, certificate, an answer that is not Syncro's
 */
export async function checkToken(client: SyncroClient, call: Call = {}): Promise<TokenAccess> {
	const me = await client.request({ ...call, method: 'GET', path: '/me', doing: 'sign in' });
	const subdomain = typeof me.subdomain === 'string' ? me.subdomain.toLowerCase() : undefined;
	if (subdomain === undefined && me.user_id === undefined) {
		throw new SyncError(`What answers at the address of the account ${client.account} is not Syncro: it does not say who the token belongs to.`, {
			class: 'configuration',
			code: 'syncro.notSyncro',
			remedy: 'Check Subdomain and Address Override in the Syncro credential.',
		});
	}
	if (subdomain !== undefined && subdomain !== client.account) {
		throw new SyncError(`The API token belongs to the Syncro account ${subdomain}, not to ${client.account}.`, {
			class: 'configuration',
			code: 'syncro.otherAccount',
			remedy: `Enter ${subdomain} as Subdomain in the Syncro credential, or a token of the account ${client.account}.`,
		});
	}
	const features: FeatureAccess[] = [];
	for (const { feature, permission } of FEATURES) {
		const granted = statedIn(me.permissions, permission) ?? (await probe(client, permission, call));
		features.push({ feature, permission, ...(granted === undefined ? {} : { granted }) });
	}
	return { account: client.account, user: typeof me.user_email === 'string' ? me.user_email : 'an unnamed user', features };
}

/**
 * What the `permissions` of `/me` say of one permission. Only the names of its groups are documented, so any
 * notation is read in which the permission can be recognised; undefined where it can't.
 */
function statedIn(permissions: unknown, permission: string): boolean | undefined {
	const [group, action] = permission.split(' - ');
	if (Array.isArray(permissions)) {
		return permissions.length > 0 && permissions.every((name) => typeof name === 'string')
			? permissions.some((name) => word(name) === word(permission))
			: undefined;
	}
	if (typeof permissions !== 'object' || permissions === null) return undefined;
	const ofGroup = Object.entries(permissions).find(([name]) => word(name) === word(group).replace(/s$/, ''))?.[1] as unknown;
	if (Array.isArray(ofGroup) && ofGroup.every((name) => typeof name === 'string')) {
		return ofGroup.some((name) => word(name) === word(action));
	}
	if (typeof ofGroup !== 'object' || ofGroup === null) return undefined;
	const stated = Object.entries(ofGroup).find(([name]) => word(name) === word(action))?.[1] as unknown;
	return typeof stated === 'boolean' ? stated : undefined;
}

function word(name: string): string {
	return name.toLowerCase().replace(/[^a-z]/g, '');
}

async function probe(client: SyncroClient, permission: string, call: Call): Promise<boolean | undefined> {
	const path = PROBES[permission];
	if (path === undefined) return undefined;
	try {
		await client.request({ ...call, method: 'GET', path, query: { page: 1 }, doing: `try the permission "${permission}"`, permission });
		return true;
	} catch (error) {
		// The probe asks exactly this; any other fault is one of the connection and is told as such.
		if (error instanceof SyncError && error.code === 'syncro.permission') return false;
		throw error;
	}
}
