import type { Person } from '../model/person';
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
 * One rule over all that is undecided. Where person and record are each other's only candidate they are
 * matched at once; the rest, rare in real tenants, is sorted into groups of rivals.
 */
export function applyRule(state: MatchState, rule: CompiledRule, byTitle: boolean): void {
	const { people, records, pairing } = state.input;
	const byKey = bucketRecords(state, rule);
	if (byKey.size === 0) return;

	/** The only candidate of each person, and the only claimant of each record. */
	const candidateOf = new Int32Array(people.length).fill(NOBODY);
	const claimantOf = new Int32Array(records.length).fill(NOBODY);
	/** All candidates of people who have several. */
	const several = new Map<number, number[]>();
	const claimers: number[] = [];

	for (let p = 0; p < people.length; p++) {
		if (state.personDone[p]) continue;
		const keys = rule.personKeys(people[p]);
		const found = typeof keys === 'string' ? (keys === '' ? undefined : byKey.get(keys)) : collect(byKey, keys);
		if (found === undefined) continue;
		claimers.push(p);
		if (typeof found === 'number') {
			candidateOf[p] = found;
			claimantOf[found] = claimantOf[found] === NOBODY ? p : SEVERAL;
		} else {
			candidateOf[p] = SEVERAL;
			several.set(p, found);
			for (const r of found) claimantOf[r] = claimantOf[r] === NOBODY ? p : SEVERAL;
		}
	}

	const rivals: number[] = [];
	for (const p of claimers) {
		const r = candidateOf[p];
		if (r >= 0 && claimantOf[r] === p) {
			state.personDone[p] = 1;
			state.recordDone[r] = 1;
			state.matches.push({ kind: 'match', outcome: 'matched', personId: people[p].id, person: people[p], record: records[r], rule: rule.name, pairing });
		} else {
			rivals.push(p);
		}
	}
	if (rivals.length > 0) {
		const candidates = new Map(rivals.map((p) => [p, several.get(p) ?? [candidateOf[p]]]));
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
	people: number[];
	records: number[];
}

/** People who share candidates, directly or through others, belong to one group. */
function groupsOfRivals(candidates: Map<number, number[]>): Group[] {
	const claimants = new Map<number, number[]>();
	for (const [p, found] of candidates) {
		for (const r of found) {
			const list = claimants.get(r);
			if (list) list.push(p);
			else claimants.set(r, [p]);
		}
	}
	const groups: Group[] = [];
	const seenPeople = new Set<number>();
	const seenRecords = new Set<number>();
	for (const start of candidates.keys()) {
		if (seenPeople.has(start)) continue;
		seenPeople.add(start);
		const group: Group = { people: [start], records: [] };
		for (let next = 0; next < group.people.length; next++) {
			for (const r of candidates.get(group.people[next])!) {
				if (seenRecords.has(r)) continue;
				seenRecords.add(r);
				group.records.push(r);
				for (const p of claimants.get(r)!) {
					if (seenPeople.has(p)) continue;
					seenPeople.add(p);
					group.people.push(p);
				}
			}
		}
		groups.push(group);
	}
	return groups;
}

function decide(state: MatchState, rule: CompiledRule, group: Group, candidates: Map<number, number[]>, byTitle: boolean): void {
	const { people, records, pairing } = state.input;
	if (byTitle) matchByTitle(state, rule, group, candidates);

	const openPeople = group.people.filter((p) => !state.personDone[p]);
	const openRecords = new Set(group.records.filter((r) => !state.recordDone[r]));
	const claimants = new Map<number, Person[]>();
	for (const r of openRecords) claimants.set(r, []);
	for (const p of openPeople) {
		for (const r of candidates.get(p)!) claimants.get(r)?.push(people[p]);
	}
	for (const p of openPeople) {
		const mine = candidates.get(p)!.filter((r) => openRecords.has(r));
		// The tie-breaker gave all of this person's candidates to others: weaker rules may still find one.
		if (mine.length === 0) continue;
		state.personDone[p] = 1;
		for (const r of mine) state.recordDone[r] = 1;
		const rivals = mine.length > 1 ? [] : claimants.get(mine[0])!;
		state.matches.push(
			ambiguous(pairing, people[p], mine.length > 1 ? 'severalRecords' : 'severalPeople', mine.map((r) => records[r]), rivals, rule.name),
		);
	}
}

/** Pairs those of a group whose job titles agree with nobody else's in the group. */
function matchByTitle(state: MatchState, rule: CompiledRule, group: Group, candidates: Map<number, number[]>): void {
	const { people, records, pairing } = state.input;
	const sameTitle = new Map<number, number[]>();
	const claims = new Map<number, number>();
	for (const p of group.people) {
		const title = textKey(people[p].jobTitle);
		if (title === '') continue;
		const found = candidates.get(p)!.filter((r) => textKey(records[r].title) === title);
		sameTitle.set(p, found);
		for (const r of found) claims.set(r, (claims.get(r) ?? 0) + 1);
	}
	for (const [p, found] of sameTitle) {
		if (found.length !== 1 || claims.get(found[0]) !== 1) continue;
		const [r] = found;
		state.personDone[p] = 1;
		state.recordDone[r] = 1;
		state.matches.push({
			kind: 'match',
			outcome: 'matched',
			personId: people[p].id,
			person: people[p],
			record: records[r],
			rule: `${rule.name}+jobTitle`,
			pairing,
		});
	}
}
