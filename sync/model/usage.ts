/**
 * What every row of a usage report has. A column that the report lacks is absent; an empty cell is `null`; columns that
 * this package does not know keep their own names.
 */
export interface UsageRow {
	/** GUID, lower case. */
	tenantId: string;
	/** Entra object id, lower case; null: the tenant has no user of that name (any more). Absent: not looked up, or concealed. */
	personId?: string | null;
	/** Absent where the tenant conceals names. */
	userPrincipalName?: string;
	displayName?: string | null;
	/** The tenant conceals names in its reports, so nobody can tell whose row this is. */
	concealed?: true;
	/** The day up to which the report counts, usually two or three days ago. */
	reportRefreshDate?: string | null;
	[property: string]: unknown;
}

/** A mailbox: size, limits and last use. Sizes in bytes. */
export interface MailboxUsage extends UsageRow {
	kind: 'mailboxUsage';
	lastActivityDate?: string | null;
	itemCount?: number | null;
	storageUsedBytes?: number | null;
	hasArchive?: boolean | null;
	/** `user`, `shared`, `room` or `equipment`, else as the report calls it; only newer reports have it. */
	mailboxKind?: string | null;
}

/** When somebody last used each service, and which licences the services saw. */
export interface UserActivity extends UsageRow {
	kind: 'userActivity';
	/** The newest of all services; null: none within the report's days. */
	lastActivityDate?: string | null;
	exchangeLastActivityDate?: string | null;
	teamsLastActivityDate?: string | null;
	/** Names of products, as the report has them. */
	assignedProducts?: string[] | null;
}

/** Which of the Microsoft 365 apps somebody used, and where. */
export interface AppUsage extends UsageRow {
	kind: 'appUsage';
	lastActivationDate?: string | null;
	lastActivityDate?: string | null;
	windows?: boolean | null;
	mac?: boolean | null;
	mobile?: boolean | null;
	web?: boolean | null;
}

/** On how many devices somebody activated a product; one row per person and product. */
export interface AppActivation extends UsageRow {
	kind: 'appActivation';
	productType?: string | null;
	lastActivatedDate?: string | null;
	windows?: number | null;
	mac?: number | null;
}

export type AnyUsage = MailboxUsage | UserActivity | AppUsage | AppActivation;
