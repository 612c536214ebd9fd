import type { QuotaName } from './quotas';

/** A record as Graph answers: the properties that were selected, absent ones missing. */
export type RawRecord = Record<string, unknown> & { id?: unknown };

/** One property that can be read, declared once: for `$select`, for the list on screen, for the docs. */
export interface ReadableProperty {
	/** As the neutral record calls it; Entra's own name where Entra has one. */
	name: string;
	/** Title case, for the list on screen. */
	label: string;
	description: string;
	/** Entra's properties that it is made from, when these are not just `name`; empty when it comes by other requests. */
	from?: readonly string[];
	/** How it is made, where it is not a copy of what came; undefined: it did not come. */
	value?: (raw: RawRecord) => unknown;
	/** Read unless the builder chooses otherwise. */
	byDefault?: boolean;
}

/** One thing that is read from Microsoft Graph, or done there: what it needs and what it costs. */
export interface Reading {
	/** For messages: "Could not read …", for example "users". */
	what: string;
	/** What is done to it, where it is not read: "reset" the password of a user. */
	verb?: string;
	/** The application permission that is enough and asks for the least. */
	permission: string;
	/** Others that include it (contract: B1, permissions.json). */
	alsoBy: readonly string[];
	/** The scope that a partner's sign-in needs, where it is not called like the application permission. */
	delegated?: string;
	/** The least directory role with which a partner's service account may do it, by its name. */
	role?: string;
	/** What the tenant has to subscribe to, for example "Microsoft Entra ID P1". */
	licence?: string;
	/** Records per page, at most. */
	pageSize?: number;
	/** Resource units of one request, with the `$select` that we send (contract: D2); 0 where another service answers. */
	resourceUnits: number;
	/** Limits that it stands under. Default: the directory's. */
	quotas?: readonly QuotaName[];
}

const DIRECTORY: readonly QuotaName[] = ['directory'];

export function quotasOf(reading: Pick<Reading, 'quotas'>): readonly QuotaName[] {
	return reading.quotas ?? DIRECTORY;
}

/** Which of these permissions, of an app or delegated, allows it: its own, or one that includes it. */
export function permissionAmong({ permission, delegated, alsoBy }: Pick<Reading, 'permission' | 'delegated' | 'alsoBy'>, granted: readonly string[]): string | undefined {
	return [permission, ...(delegated === undefined ? [] : [delegated]), ...alsoBy].find((each) => granted.includes(each));
}

/** The query of an address. Names stay as they are (`$select`), values are encoded. */
export function query(parameters: Record<string, string | number | boolean | undefined>): string {
	const parts: string[] = [];
	for (const [name, value] of Object.entries(parameters)) {
		// Commas and the like may stand in a query, and the address stays readable in a log.
		if (value !== undefined) parts.push(`${name}=${encodeURIComponent(String(value)).replaceAll('%2C', ',').replaceAll('%3A', ':').replaceAll('%40', '@')}`);
	}
	return parts.length > 0 ? `?${parts.join('&')}` : '';
}

/** A text as a literal of a `$filter`. */
export function literal(text: string): string {
	return `'${text.replaceAll("'", "''")}'`;
}
