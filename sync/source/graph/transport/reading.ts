/** One property that can be read, declared once: for `$select`, for the list on screen, for the docs. */
export interface ReadableProperty {
	/** As the neutral record calls it; Entra's own name where Entra has one. */
	name: string;
	/** Title case, for the list on screen. */
	label: string;
	description: string;
	/** Entra's properties that it is made from, when these are not just `name`. */
	from?: readonly string[];
	/** Read unless the builder chooses otherwise. */
	byDefault?: boolean;
}

/** One thing that is read from Microsoft Graph: where it is, what it needs, what it costs. */
export interface Reading {
	/** For messages: "read …", for example "read users". */
	what: string;
	/** The application permission that is enough and asks for the least. */
	permission: string;
	/** Others that include it (contract: B1, permissions.json). */
	alsoBy: readonly string[];
	/** Records per page, at most. */
	pageSize?: number;
	/** Resource units of one request, with the `$select` that we send (contract: D2). */
	resourceUnits: number;
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
