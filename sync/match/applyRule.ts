import type { SourceRecord } from '../model/sourceRecord';
import { ambiguous } from './ambiguity';
import { textKey } from './keys';
import type { MatchState } from './matchState';
import type { CompiledRule } from './rules';

/** Indexes with the same key: one, or several. One alone needs no list, which is nearly always. */
type Bucket = number | number[];

/**
 * Of records that share one key no more than these are looked at. A key that fits so many tells nobody apart
 * (a switchboard number), and comparing each with each would take quadratic time.
 */
const CROWD = 50;

const NOBODY = -1;
const SEVERAL = -2;

/**
 * One rule over all that is undecided. Where source and record are each other's only candidate they are
 * matched at once; the rest, rare in real tenants, is sorted into groups of rivals.
 */
export function applyRule(state: MatchState, rule: CompiledRule, byTitle: boolean): void {
	const { sources, records, pairing } = state.input;
	const byKey = bucketRecords(state, rule);
	if (byKey.size === 0) return;

	/** The only candidate of each source, and the only claimant of each record. */
	const candidateOf = new Int32Array(sources.length).fill(NOBODY);
	const claimantOf = new Int32Array(records.length).fill(NOBODY);
	/** All candidates of sources that have several. */
	const several = new Map<number, number[]>();
	const claimers: number[] = [];

	for (let s = 0; s < sources.length; s++) {
		if (state.sourceDone[s]) continue;
		const keys = rule.sourceKeys(sources[s]);
		const found = typeof keys === 'string' ? (keys === '' ? undefined : byKey.get(keys)) : collect(byKey, keys);
		if (found === undefined) continue;
		claimers.push(s);
		if (typeof found === 'number') {
			candidateOf[s] = found;
			claimantOf[found] = claimantOf[found] === NOBODY ? s : SEVERAL;
		} else {
			candidateOf[s] = SEVERAL;
			several.set(s, found);
			for (const r of found) claimantOf[r] = claimantOf[r] === NOBODY ? s : SEVERAL;
		}
	}

	const rivals: number[] = [];
	for (const s of claimers) {
		const r = candidateOf[s];
		if (r >= 0 && claimantOf[r] === s) {
			state.sourceDone[s] = 1;
			state.recordDone[r] = 1;
			state.matches.push({ kind: 'match', outcome: 'matched', sourceId: sources[s].id, source: sources[s], record: records[r], rule: rule.name, pairing });
		} else {
			rivals.push(s);
		}
	}
	if (rivals.length > 0) {
		const candidates = new Map(rivals.map((s) => [s, several.get(s) ?? [candidateOf[s]]]));
		for (const group of groupsOfRivals(candidates)) decide(state, rule, group, candidates, byTitle);
	}
}

function bucketRecords(state: MatchState, rule: CompiledRule): Map<string, Bucket> {
	const { records } = state.input;
	const byKey = new Map<string, Bucket>();
	const add = (key: string, r: number) => {
		const bucket = byKey.get(key);
		if (bucket === undefined) byKey.set(key, r);
		else if (typeof bucket === 'number') byKey.set(key, [bucket, r]);
		else if (bucket.length < CROWD) bucket.push(r);
	};
	for (let r = 0; r < records.length; r++) {
		if (state.recordDone[r]) continue;
		const keys = rule.recordKeys(records[r]);
		if (typeof keys !== 'string') for (const key of keys) add(key, r);
		else if (keys !== '') add(keys, r);
	}
	return byKey;
}

/** The distinct records under several keys. */
function collect(byKey: Map<string, Bucket>, keys: string[]): Bucket | undefined {
	let only: number | undefined;
	let all: Set<number> | undefined;
	for (const key of keys) {
		const bucket = byKey.get(key);
		if (bucket === undefined) continue;
		for (const r of typeof bucket === 'number' ? [bucket] : bucket) {
			if (only === undefined) only = r;
			else if (r !== only) (all ??= new Set([only])).add(r);
		}
	}
	return all ? [...all] : only;
}

interface Group {
	sources: number[];
	records: number[];
}

/** Sources that share candidates, directly or through others, belong to one group. */
function groupsOfRivals(candidates: Map<number, number[]>): Group[] {
	const claimants = new Map<number, number[]>();
	for (const [s, found] of candidates) {
		for (const r of found) {
			const list = claimants.get(r);
			if (list) list.push(s);
			else claimants.set(r, [s]);
		}
	}
	const groups: Group[] = [];
	const seenSources = new Set<number>();
	const seenRecords = new Set<number>();
	for (const start of candidates.keys()) {
		if (seenSources.has(start)) continue;
		seenSources.add(start);
		const group: Group = { sources: [start], records: [] };
		for (let next = 0; next < group.sources.length; next++) {
			for (const r of candidates.get(group.sources[next])!) {
				if (seenRecords.has(r)) continue;
				seenRecords.add(r);
				group.records.push(r);
				for (const s of claimants.get(r)!) {
					if (seenSources.has(s)) continue;
					seenSources.add(s);
					group.sources.push(s);
				}
			}
		}
		groups.push(group);
	}
	return groups;
}

function decide(state: MatchState, rule: CompiledRule, group: Group, candidates: Map<number, number[]>, byTitle: boolean): void {
	const { sources, records } = state.input;
	if (byTitle) matchByTitle(state, rule, group, candidates);

	const openSources = group.sources.filter((s) => !state.sourceDone[s]);
	const openRecords = new Set(group.records.filter((r) => !state.recordDone[r]));
	const claimants = new Map<number, SourceRecord[]>();
	for (const r of openRecords) claimants.set(r, []);
	for (const s of openSources) {
		for (const r of candidates.get(s)!) claimants.get(r)?.push(sources[s]);
	}
	for (const s of openSources) {
		const mine = candidates.get(s)!.filter((r) => openRecords.has(r));
		// The tie-breaker gave all of this source's candidates to others: weaker rules may still find one.
		if (mine.length === 0) continue;
		state.sourceDone[s] = 1;
		for (const r of mine) state.recordDone[r] = 1;
		const rivals = mine.length > 1 ? [] : claimants.get(mine[0])!;
		state.matches.push(
			ambiguous(state.input, sources[s], mine.length > 1 ? 'severalRecords' : 'severalSources', mine.map((r) => records[r]), rivals, rule.name),
		);
	}
}

/** Pairs those of a group whose job titles agree with nobody else's in the group. */
function matchByTitle(state: MatchState, rule: CompiledRule, group: Group, candidates: Map<number, number[]>): void {
	const { sources, records, pairing } = state.input;
	const sameTitle = new Map<number, number[]>();
	const claims = new Map<number, number>();
	for (const s of group.sources) {
		const title = textKey(sources[s].jobTitle);
		if (title === '') continue;
		const found = candidates.get(s)!.filter((r) => textKey(records[r].title) === title);
		sameTitle.set(s, found);
		for (const r of found) claims.set(r, (claims.get(r) ?? 0) + 1);
	}
	for (const [s, found] of sameTitle) {
		if (found.length !== 1 || claims.get(found[0]) !== 1) continue;
		const [r] = found;
		state.sourceDone[s] = 1;
		state.recordDone[r] = 1;
		state.matches.push({
			kind: 'match',
			outcome: 'matched',
			sourceId: sources[s].id,
			source: sources[s],
			record: records[r],
			rule: `${rule.name}+jobTitle`,
			pairing,
		});
	}
}
