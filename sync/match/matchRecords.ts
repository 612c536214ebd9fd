import type { Match } from '../model/match';
import { ambiguous } from './ambiguity';
import { indexById } from './indexById';
import { adoptOpenIntents } from './openIntents';
import type { MatchInput, MatchState } from './matchState';
import { knownLinks } from './namedSources';
import { applyRule } from './applyRule';
import { breaksTiesByJobTitle, compileRules } from './rules';

export type { MatchInput } from './matchState';

/**
 * Finds out who belongs together: links first, then creates that were interrupted, then the rules in order.
 * A rule pairs a source and a record only where each is the other's only candidate; whatever else a rule
 * touches is `ambiguous`, and weaker rules do not get to decide it.
 *
 * With an incremental list, records of sources that are not in it are `unjudged`.
 *
 * Every source and every record of the input is in the result; the order of the input does not matter for
 * who is paired with whom. Takes time in proportion to the lists, whatever the number of candidates.
 */
export function matchRecords(input: MatchInput): Match[] {
	const state: MatchState = {
		input,
		sourceDone: new Uint8Array(input.sources.length),
		recordDone: new Uint8Array(input.records.length),
		left: new Map(),
		matches: [],
	};
	followLinks(state);
	adoptOpenIntents(state);
	const byTitle = breaksTiesByJobTitle(input.rules);
	for (const rule of compileRules(input.rules)) applyRule(state, rule, byTitle);
	noteReplaced(state);
	addTheRest(state);
	for (const match of state.matches) {
		match.of = state.matches.length;
		if (input.incremental) match.mode = 'incremental';
	}
	return state.matches;
}

/** Ids of linked sources that are not in the source list although their record is there: to be looked up by id. */
export function missingSources(input: Pick<MatchInput, 'sources' | 'records' | 'links' | 'sourceIdField'>): string[] {
	const links = knownLinks(input);
	if (links.length === 0) return [];
	const sources = indexById(input.sources);
	const records = indexById(input.records);
	const missing = links.filter(({ sourceId, recordId }) => !sources.has(sourceId) && records.has(recordId)).map(({ sourceId }) => sourceId);
	return [...new Set(missing)];
}

function followLinks(state: MatchState): void {
	const { sources, records, pairing, whereabouts, unlicensed, incremental, openOnly, outlivesSource } = state.input;
	const links = knownLinks(state.input);
	if (links.length === 0) return;
	const sourceIndex = indexById(sources);
	const recordIndex = indexById(records);
	/** Sources that an incremental list says nothing of, as far as they have their record: another that names the same one stays as it is. */
	const silent = new Set<string>();
	for (const { sourceId, recordId, named, notKept } of links) {
		const rule = named ? 'named' : 'link';
		const known = notKept ? { notKept } : {};
		const s = sourceIndex.get(sourceId);
		const r = recordIndex.get(recordId);
		if (s !== undefined && r !== undefined) {
			// Likewise, until the source is gone.
			if (state.sourceDone[s]) continue;
			state.sourceDone[s] = 1;
			state.recordDone[r] = 1;
			state.matches.push({ kind: 'match', outcome: 'matched', sourceId, source: sources[s], record: records[r], rule, ...known, pairing });
		} else if (s !== undefined) {
			state.sourceDone[s] = 1;
			if (openOnly) state.matches.push({ kind: 'match', outcome: 'closed', sourceId, source: sources[s], recordId, rule, pairing });
			else state.matches.push(ambiguous(state.input, sources[s], 'recordMissing', [], [], recordId));
		} else if (r !== undefined) {
			const told = whereabouts.get(sourceId);
			if (incremental && told === undefined) {
				if (silent.has(sourceId)) continue;
				silent.add(sourceId);
				state.recordDone[r] = 1;
				state.matches.push({ kind: 'match', outcome: 'unjudged', sourceId, record: records[r], rule, pairing });
				continue;
			}
			const where = told ?? 'unchecked';
			const match: Match = {
				kind: 'match',
				outcome: where === 'gone' ? 'orphan' : 'outOfScope',
				whereabouts: where,
				...(unlicensed?.has(sourceId) ? { unlicensed: true } : {}),
				sourceId,
				record: records[r],
				rule,
				...known,
				pairing,
			};
			if (outlivesSource && where === 'gone') {
				state.left.set(r, match);
				continue;
			}
			state.recordDone[r] = 1;
			state.matches.push(match);
		} else if (openOnly && whereabouts.get(sourceId) === 'gone') {
			state.matches.push({ kind: 'match', outcome: 'closed', whereabouts: 'gone', sourceId, recordId, rule, pairing });
		}
	}
}

function addTheRest(state: MatchState): void {
	const { sources, records, pairing, incremental } = state.input;
	for (let s = 0; s < sources.length; s++) {
		if (state.sourceDone[s]) continue;
		state.matches.push({ kind: 'match', outcome: 'new', sourceId: sources[s].id, source: sources[s], pairing });
	}
	for (let r = 0; r < records.length; r++) {
		if (state.recordDone[r]) continue;
		state.matches.push(state.left.get(r) ?? { kind: 'match', outcome: incremental ? 'unjudged' : 'unmanaged', record: records[r], pairing });
	}
}

/** Names the source that a record had, where a rule found it another. */
function noteReplaced({ input: { records }, left, recordDone, matches }: MatchState): void {
	if (left.size === 0) return;
	const leftById = new Map([...left].filter(([r]) => recordDone[r]).map(([r, { sourceId }]) => [records[r].id, sourceId]));
	for (const match of matches) {
		const replaces = match.outcome === 'matched' ? leftById.get(match.record!.id) : undefined;
		if (replaces !== undefined) match.replaces = replaces;
	}
}
