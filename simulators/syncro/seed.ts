/** What a simulated Syncro account holds when it starts. Every record lives in one account (subdomain). */
export interface SyncroSeed {
	/** The account's name, as in `https://<subdomain>.syncromsp.com`. */
	subdomain: string;
	tokens: SyncroToken[];
	/** Custom fields of customers. Default: none. */
	customerFields?: SyncroFieldSeed[];
	customers: SyncroCustomerSeed[];
	/** Custom fields of contacts, which no request lists. `title` needs none. Default: none. */
	contactFields?: SyncroFieldSeed[];
	contacts: SyncroContactSeed[];
	/** Default: none, and then no asset can be created. */
	assetTypes?: SyncroAssetTypeSeed[];
	assets?: SyncroAssetSeed[];
	schedules?: SyncroScheduleSeed[];
	alerts?: SyncroAlertSeed[];
	portalUsers?: SyncroPortalUserSeed[];
}

/**
 * Token permissions that this simulator enforces, as Syncro's token page writes them. Those of assets, alerts, tickets
 * and recurring invoices stand in the descriptions of the full specification (github.com/advenimus/syncromsp-mcp,
 * docs/swagger.json) and in that of Syncro's sister product RepairShopr.
 */
export const ALL_SYNCRO_PERMISSIONS = [
	'Customers - List/Search',
	'Customers - View Detail',
	'Customers - Create',
	'Customers - Edit',
	'Customers - Delete',
	'Assets - List/Search',
	'Assets - View Details',
	'Assets - Create',
	'Assets - Edit',
	'RMM Alerts - List',
	'RMM Alerts - Create',
	'RMM Alerts - Clear/Manage',
	'RMM Alerts - Delete',
	'Tickets - List/Search',
	'Tickets - View Details',
	'Tickets - Create',
	'Tickets - Edit',
	'Recurring Invoices - List',
	'Recurring Invoices - New',
	'Recurring Invoices - Edit',
	'Recurring Invoices - Delete',
	'Global Admin',
] as const;

export type SyncroPermission = (typeof ALL_SYNCRO_PERMISSIONS)[number];

export interface SyncroToken {
	token: string;
	permissions: SyncroPermission[];
	/** Address that `/me` shows. Default `api@<subdomain>.example`. */
	email?: string;
	/** A token of an administrator: `/me` says `admin: true`. Permissions are still those above. */
	admin?: boolean;
}

/** When records of a seed were created that do not say it. */
export const EPOCH = '2024-01-15T09:00:00.000Z';

/** A custom field: a dropdown when it has answers, a text field otherwise. Ids of fields and of answers are unique in the account. */
export interface SyncroFieldSeed {
	id: number;
	/** The label, and the key in `properties`. */
	name: string;
	answers?: Array<{ id: number; content: string }>;
}

/** What is left out is blank in the simulated record. */
export interface SyncroCustomerSeed {
	id: number;
	business_name: string;
	firstname?: string;
	lastname?: string;
	email?: string;
	phone?: string;
	mobile?: string;
	address?: string;
	address_2?: string;
	city?: string;
	state?: string;
	zip?: string;
	notes?: string;
	/** Disabled customers are listed only with `include_disabled=true`. Default false. */
	disabled?: boolean;
	properties?: Record<string, string>;
}

/** What is left out is `null` in the simulated record. Phone formatting is stripped when the seed is loaded. */
export interface SyncroContactSeed {
	id: number;
	customer_id: number;
	name: string;
	email?: string;
	phone?: string;
	mobile?: string;
	address1?: string;
	address2?: string;
	city?: string;
	state?: string;
	zip?: string;
	notes?: string;
	/** Custom fields by label; the job title is `properties.title`. */
	properties?: Record<string, string>;
	opt_out?: boolean;
	/** ISO 8601. Default 2024-01-15T09:00:00Z. */
	created_at?: string;
}

export interface SyncroAssetTypeSeed {
	id: number;
	name: string;
	/** Its custom fields. Default: none. */
	fields?: SyncroFieldSeed[];
}

export interface SyncroAssetSeed {
	id: number;
	customer_id: number;
	name: string;
	/** Name of the asset type. */
	asset_type: string;
	/** Default: none. */
	asset_serial?: string;
	/** Default: nobody's. */
	contact_id?: number;
	properties?: Record<string, unknown>;
}

/** A recurring invoice. */
export interface SyncroScheduleSeed {
	id: number;
	customer_id: number;
	name: string;
	/** Default: Monthly. */
	frequency?: string;
	/** ISO 8601. Default 2024-02-01T00:00:00Z. */
	next_run?: string;
	paused?: boolean;
	lines?: SyncroScheduleLineSeed[];
}

/** What is left out is blank or zero. Line ids are unique in the account. */
export interface SyncroScheduleLineSeed {
	id: number;
	name: string;
	description?: string;
	/** Of a line that counts by itself it is never used. Default 0. */
	quantity?: number;
	cost_cents?: number;
	retail_cents?: number;
	/** What the line counts, as `quirks.counters` numbers it; without one its quantity is fixed. */
	recurring_type_id?: number;
	contact_field_type_id?: number;
	contact_field_answer_id?: number;
	asset_type_id?: number;
}

export interface SyncroAlertSeed {
	id: number;
	customer_id: number;
	/** What Syncro's screen shows as Type. */
	description: string;
	/** What Syncro's screen shows as Details. */
	formatted_output?: string;
	asset_id?: number;
	/** Default false. */
	resolved?: boolean;
	properties?: Record<string, unknown>;
	/** ISO 8601. Default 2024-01-15T09:00:00Z. */
	created_at?: string;
}

/** Somebody who may sign in to the client portal. */
export interface SyncroPortalUserSeed {
	id: number;
	customer_id: number;
	email: string;
	/** Without one, Syncro shows an anonymous login. */
	contact_id?: number;
}
