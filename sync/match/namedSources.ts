import { recordValue, type TargetRecord } from '../model/targetRecord';
import type { KnownLink, MatchInput } from './matchState';

/**
 * The links of the ledger, and those that records tell themselves by naming their source. An open record that does so
 * goes before a link to one that is not there any more. Several that name the same source come with the oldest first.
 */
export function knownLinks({ links, records, sourceIdField }: Pick<MatchInput, 'links' | 'records' | 'sourceIdField'>): readonly KnownLink[] {
	if (sourceIdField === undefined) return links;
	const linked = new Set(links.map(({ recordId }) => recordId));
	const named = records
		.filter((record) => !linked.has(record.id))
		.flatMap((record): KnownLink[] => {
			const sourceId = recordValue(record, sourceIdField);
			return typeof sourceId === 'string' && sourceId !== '' ? [{ sourceId, recordId: record.id, named: true }] : [];
		})
		.sort((a, b) => byAge(a.recordId, b.recordId));
	const naming = new Set(named.map(({ sourceId }) => sourceId));
	const there = new Set(records.map(({ id }: TargetRecord) => id));
	return [...links.filter(({ sourceId, recordId }) => there.has(recordId) || !naming.has(sourceId)), ...named];
}

/** Ids are numbers that grow. */
function byAge(a: string, b: string): number {
	return a.length - b.length || (a < b ? -1 : 1);
}
