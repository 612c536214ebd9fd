import type { FieldChange } from '../model/change';
import { recordValue } from '../model/targetRecord';
import { ambiguous } from './ambiguity';
import { textKey } from './keys';
import { indexById } from './indexById';
import type { MatchState, OpenIntent } from './matchState';

/**
 * Open creates of the ledger as matching takes them; those by which nothing could be known again are left out.
 *
 * @param adoptBy `TargetDefinition.adoptBy`
 */
export function openIntentsOf(creates: ReadonlyArray<{ sourceId: string; fields: readonly FieldChange[] }>, adoptBy: readonly string[]): OpenIntent[] {
	return creates.flatMap(({ sourceId, fields }) => {
		const sent = adoptBy.map((name) => fields.find(({ field }) => field === name)).find((field) => field?.after);
		return sent ? [{ sourceId, field: sent.field, value: sent.after! }] : [];
	});
}

/**
 * Pairs source records with the records that an interrupted run created for them without living to remember it. The
 * record is known by what was sent, which by now need not be what the source says any more.
 */
export function adoptOpenIntents(state: MatchState): void {
	const { sources, records, openIntents, pairing } = state.input;
	if (openIntents.length === 0) return;
	const sourceIndex = indexById(sources);
	const recordsBy = new Map([...new Set(openIntents.map(({ field }) => field))].map((field) => [field, openRecordsBy(state, field)]));
	for (const { sourceId, field, value } of openIntents) {
		const s = sourceIndex.get(sourceId);
		if (s === undefined || state.sourceDone[s]) continue;
		const candidates = (recordsBy.get(field)!.get(textKey(value)) ?? []).filter((r) => !state.recordDone[r]);
		if (candidates.length === 0) continue;
		state.sourceDone[s] = 1;
		for (const r of candidates) state.recordDone[r] = 1;
		state.matches.push(
			candidates.length === 1
				? { kind: 'match', outcome: 'matched', sourceId, source: sources[s], record: records[candidates[0]], rule: 'openIntent', pairing }
				: ambiguous(state.input, sources[s], 'linkConflict', candidates.map((r) => records[r]), [], ''),
		);
	}
}

/** Records that nothing belongs to yet, by the value of one field. */
function openRecordsBy({ input: { records }, recordDone }: MatchState, field: string): Map<string, number[]> {
	const byKey = new Map<string, number[]>();
	for (let r = 0; r < records.length; r++) {
		if (recordDone[r]) continue;
		const key = textKey(recordValue(records[r], field));
		if (key === '') continue;
		const found = byKey.get(key);
		if (found) found.push(r);
		else byKey.set(key, [r]);
	}
	return byKey;
}
