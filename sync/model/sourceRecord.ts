/**
 * Anything of Microsoft 365 that has a counterpart in a target: a person, a device, the facts of a tenant, a finding.
 * Every kind has its own file beside this one; match and plan know no more than this.
 */
export interface SourceRecord {
	kind: string;
	/** Entra tenant (directory) id, a GUID in lower case. */
	tenantId: string;
	/** Never changes, so links are kept by it: the Entra object id, or an id that this package derives. */
	id: string;
	displayName?: string | null;
	/** What was not read is absent (see blank.ts). */
	[property: string]: unknown;
}

/** What source records and target records are called in sentences, for one target. */
export interface Nouns {
	/** For example "person". */
	source: string;
	/** For example "people". */
	sources: string;
	/** For example "contact". */
	record: string;
	/** For example "contacts". */
	records: string;
	/** What taking a record away is called where it is closed and not deleted, for example "resolve" and "Resolved". */
	removal?: { verb: string; done: string };
	/** What became of a source record that is gone, where it was not removed from Microsoft 365: for example "fixed". */
	gone?: string;
}

/** The name of a source record for people: its title or display name, else what else tells it apart, for a count what was counted. */
export function sourceName(source: SourceRecord): string {
	for (const value of [source.title, source.displayName, source.deviceName, source.userPrincipalName, source.email, source.family]) {
		if (typeof value === 'string' && value.trim() !== '') return value;
	}
	return source.id;
}
