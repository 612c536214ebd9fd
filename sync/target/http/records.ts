import type { Link } from '../../ledger/ledger';
import type { Pairing } from '../../model/pairing';
import type { TargetDefinition } from '../../model/targetDefinition';
import type { FieldValue, TargetRecord } from '../../model/targetRecord';
import { asText, valueAt } from './json';
import { placeOf, type FieldPlace } from './settings';

/** Where records belong. */
export type Owner = Omit<Pairing, 'tenantId'>;

/** A record of an endpoint: flat fields, text or nothing. */
export function recordOf({ target, account, customerId }: Owner, id: string, fields: Record<string, FieldValue>): TargetRecord {
	return { ...fields, kind: 'record', target, account, customerId, id };
}

/**
 * The fields that a row of the endpoint has: every key that can be a field, and those that the table finds elsewhere. A
 * field whose place the row lacks is absent.
 *
 * @param further fields to look for besides
 */
export function fieldsOfRow(row: unknown, places: readonly FieldPlace[], definition: TargetDefinition, further: readonly string[] = []): Record<string, FieldValue> {
	const own = typeof row === 'object' && row !== null ? Object.keys(row).filter((name) => definition.field(name)?.name === name) : [];
	const fields: Record<string, FieldValue> = {};
	for (const field of new Set([...places.map((place) => place.field), ...own, ...further])) {
		const value = valueAt(row, placeOf(field, places).path);
		if (value !== undefined) fields[field] = asText(value);
	}
	return fields;
}

/** What this package wrote, as records: for endpoints that cannot be read. Each says how many there are. */
export function rememberedRecords(owner: Owner, links: readonly Link[]): TargetRecord[] {
	return links.map(({ recordId, lastWritten }) => ({ ...recordOf(owner, recordId, lastWritten), of: links.length }));
}
