/** What a limit counts: resource units as `x-ms-resource-unit` tells them, or requests. */
export type QuotaUnit = 'resourceUnits' | 'requests';

/** So much in any so many seconds. */
export interface Limit {
	/** Whose use is added up: the app's in one tenant, or the app's in all its tenants together. */
	per: 'appAndTenant' | 'app';
	unit: QuotaUnit;
	amount: number;
	seconds: number;
	/** Counted for each thing read on its own. */
	perReading?: true;
}

/** A service's limits on one kind of request. Limits per tenant over all apps are above what one app may use, and left out. */
export interface Quota {
	limits: readonly Limit[];
	/** Requests under way at once, per app and tenant. */
	concurrent?: number;
	/** For whom the way is shut when the service says 429: for this tenant, or for the app everywhere. */
	shuts: 'appAndTenant' | 'app';
}

const directoryLimits = (unitsPerTenSeconds: number): Limit[] => [
	{ per: 'appAndTenant', unit: 'resourceUnits', amount: unitsPerTenSeconds, seconds: 10 },
	{ per: 'app', unit: 'resourceUnits', amount: 150_000, seconds: 20 },
];

/**
 * Microsoft Graph's limits (https://learn.microsoft.com/graph/throttling-limits). A request may stand under several.
 * `directory` begins with the size of the smallest tenants; `directoryUnits` tells what larger ones have.
 */
export const QUOTAS = {
	directory: { limits: directoryLimits(3_500), shuts: 'appAndTenant' },
	directoryWrites: {
		limits: [
			{ per: 'appAndTenant', unit: 'requests', amount: 3_000, seconds: 150 },
			{ per: 'app', unit: 'requests', amount: 35_000, seconds: 300 },
		],
		shuts: 'appAndTenant',
	},
	/** Registration details, authentication methods, audit logs. */
	identityReports: {
		limits: [
			{ per: 'appAndTenant', unit: 'requests', amount: 5, seconds: 10 },
			{ per: 'app', unit: 'requests', amount: 122, seconds: 10 },
		],
		shuts: 'appAndTenant',
	},
	/** One row of the table says ten a minute per tenant and ten a minute over all tenants: the narrower one holds. */
	signInActivity: { limits: [{ per: 'app', unit: 'requests', amount: 10, seconds: 60 }], shuts: 'app' },
	intuneDevices: { limits: [{ per: 'appAndTenant', unit: 'requests', amount: 2_000, seconds: 20 }], shuts: 'appAndTenant' },
	usageReport: { limits: [{ per: 'appAndTenant', unit: 'requests', amount: 14, seconds: 600, perReading: true }], shuts: 'appAndTenant' },
	secureScore: {
		limits: [
			{ per: 'appAndTenant', unit: 'requests', amount: 150, seconds: 60 },
			{ per: 'appAndTenant', unit: 'requests', amount: 10_000, seconds: 600 },
		],
		concurrent: 4,
		shuts: 'appAndTenant',
	},
	/** 10,000 in ten minutes and 4 at once are per mailbox; one process reads each mailbox's settings once. */
	mailboxSettings: { limits: [], shuts: 'appAndTenant' },
	subscriptions: { limits: [{ per: 'appAndTenant', unit: 'requests', amount: 500, seconds: 20 }], shuts: 'appAndTenant' },
	subscriptionLists: { limits: [{ per: 'appAndTenant', unit: 'requests', amount: 25, seconds: 20 }], shuts: 'appAndTenant' },
	/** No limit is documented for GDAP relationships. */
	partner: { limits: [], shuts: 'appAndTenant' },
} as const satisfies Record<string, Quota>;

export type QuotaName = keyof typeof QUOTAS;

/** Resource units in ten seconds per app and tenant, by how many users the tenant has at least. */
export function directoryUnits(users: number): number {
	return users > 500 ? 8_000 : users >= 50 ? 5_000 : 3_500;
}
