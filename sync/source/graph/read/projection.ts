import { SyncError } from '../../../model/syncError';
import type { GraphClient } from '../transport/client';
import type { RawRecord, ReadableProperty } from '../transport/reading';

/** How chosen properties are asked for, and how they come into a record. */
export interface RecordProjection {
	/** For `$select`. */
	select: string;
	has(name: string): boolean;
	/** Adds what was chosen and came. */
	copy(record: Record<string, unknown>, raw: RawRecord): void;
}

/**
 * @param properties what can be chosen by name; other names are asked for as they are
 * @param needed Graph's properties that are read in any case
 * @throws SyncError (input) for a name that cannot be one
 */
export function projectRecords(properties: readonly ReadableProperty[], chosen: readonly string[], needed: readonly string[] = []): RecordProjection {
	const select = new Set<string>(['id', ...needed]);
	const copied: Array<{ name: string; value?: (raw: RawRecord) => unknown }> = [];
	const wanted = new Set(chosen);
	wanted.delete('id');
	for (const name of wanted) {
		checkName(name);
		const property = properties.find((each) => each.name === name);
		for (const source of property?.from ?? [name]) select.add(source);
		copied.push({ name, value: property?.value });
	}
	return {
		select: [...select].join(','),
		has: (name) => wanted.has(name),
		copy(record, raw) {
			for (const { name, value } of copied) {
				const found = value ? value(raw) : raw[name];
				if (found !== undefined) record[name] = found;
			}
		},
	};
}

/**
 * @param unreadable names that cannot be read, and why
 * @throws SyncError (input) for a name that cannot be a property, or that cannot be read
 */
export function checkName(name: string, unreadable: Readonly<Record<string, string>> = {}): void {
	const why = unreadable[name];
	if (why === undefined && /^[A-Za-z][A-Za-z0-9_]*$/.test(name)) return;
	throw new SyncError(why === undefined ? `"${name}" is not the name of a property.` : `The property "${name}" cannot be read here: ${why}.`, {
		class: 'input',
		code: why === undefined ? 'graph.propertyName' : 'graph.propertyNotInLists',
		remedy:
			why === undefined
				? 'Write the names as Entra has them, separated by commas, for example employeeId, extensionAttribute names included.'
				: 'Take it out of the extra properties.',
	});
}

export function defaultsOf(properties: readonly ReadableProperty[]): string[] {
	return properties.filter(({ byDefault }) => byDefault).map(({ name }) => name);
}

/** The record's id in lower case. @throws SyncError (unavailable) when it has none */
export function idOf(raw: RawRecord, what: string, client: Pick<GraphClient, 'tenant'>): string {
	if (typeof raw?.id === 'string' && raw.id !== '') return raw.id.toLowerCase();
	throw new SyncError(`Could not read ${what} of tenant ${client.tenant}: Microsoft Graph gave one without an id.`, {
		class: 'unavailable',
		code: 'graph.recordWithoutId',
		remedy: 'Run again later. If it happens again, a proxy in between may change the answers.',
		tenantId: client.tenant,
	});
}
