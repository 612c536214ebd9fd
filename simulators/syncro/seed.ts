/** What a simulated Syncro account holds when it starts. Every record lives in one account (subdomain). */
export interface SyncroSeed {
	/** The account's name, as in `https://<subdomain>.syncromsp.com`. */
	subdomain: string;
	tokens: SyncroToken[];
	customers: SyncroCustomerSeed[];
	contacts: SyncroContactSeed[];
}

/** Token permissions of Syncro that this simulator enforces, as Syncro's token page writes them. */
export type SyncroPermission =
	| 'Customers - List/Search'
	| 'Customers - View Detail'
	| 'Customers - Create'
	| 'Customers - Edit'
	| 'Customers - Delete';

export const ALL_SYNCRO_PERMISSIONS: readonly SyncroPermission[] = [
	'Customers - List/Search',
	'Customers - View Detail',
	'Customers - Create',
	'Customers - Edit',
	'Customers - Delete',
];

export interface SyncroToken {
	token: string;
	permissions: SyncroPermission[];
	/** Address that `/me` shows. Default `api@<subdomain>.example`. */
	email?: string;
	/** A token of an administrator: `/me` says `admin: true`. Permissions are still those above. */
	admin?: boolean;
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
