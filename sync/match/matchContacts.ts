import type { Match } from '../model/match';
import { ambiguous } from './ambiguity';
import { indexById } from './indexById';
import { adoptOpenIntents } from './openIntents';
import type { MatchInput, MatchState } from './matchState';
import { applyRule } from './applyRule';
import { breaksTiesByJobTitle, compileRules } from './rules';

export type { MatchInput } from './matchState';

/**
 * Finds out who belongs together: links first, then creates that were interrupted, then the rules in order.
 * A rule pairs a person and a record only where each is the other's only candidate; whatever else a rule
 * touches is `ambiguous`, and weaker rules do not get to decide it.
 *
 * With an incremental list, records of people who are not in it are `unjudged`.
 *
 * Every person and every record of the input is in the result; the order of the input does not matter for
 * who is paired with whom. Takes time in proportion to the lists, whatever the number of candidates.
 */
export function matchContacts(input: MatchInput): Match[] {
	const state: MatchState = {
		input,
		personDone: new Uint8Array(input.people.length),
		recordDone: new Uint8Array(input.records.length),
		matches: [],
	};
	followLinks(state);
	adoptOpenIntents(state);
	const byTitle = breaksTiesByJobTitle(input.rules);
	for (const rule of compileRules(input.rules)) applyRule(state, rule, byTitle);
	addTheRest(state);
	for (const match of state.matches) {
		match.of = state.matches.length;
		if (input.incremental) match.mode = 'incremental';
	}
	return state.matches;
}

/** Ids of linked people who are not in the source list although their record is there: to be looked up by id. */
export function missingPeople(input: Pick<MatchInput, 'people' | 'records' | 'links'>): string[] {
	if (input.links.length === 0) return [];
	const people = indexById(input.people);
	const records = indexById(input.records);
	return input.links
		.filter(({ personId, recordId }) => !people.has(personId) && records.has(recordId))
		.map(({ personId }) => personId);
}

function followLinks(state: MatchState): void {
	const { people, records, links, pairing, whereabouts, incremental } = state.input;
	if (links.length === 0) return;
	const personIndex = indexById(people);
	const recordIndex = indexById(records);
	for (const { personId, recordId } of links) {
		const p = personIndex.get(personId);
		const r = recordIndex.get(recordId);
		if (p !== undefined && r !== undefined) {
			state.personDone[p] = 1;
			state.recordDone[r] = 1;
			state.matches.push({ kind: 'match', outcome: 'matched', personId, person: people[p], record: records[r], rule: 'link', pairing });
		} else if (p !== undefined) {
			state.personDone[p] = 1;
			state.matches.push(ambiguous(pairing, people[p], 'recordMissing', [], [], recordId));
		} else if (r !== undefined) {
			state.recordDone[r] = 1;
			const told = whereabouts.get(personId);
			if (incremental && told === undefined) {
				state.matches.push({ kind: 'match', outcome: 'unjudged', personId, record: records[r], rule: 'link', pairing });
				continue;
			}
			const where = told ?? 'unchecked';
			state.matches.push({
				kind: 'match',
				outcome: where === 'gone' ? 'orphan' : 'outOfScope',
				whereabouts: where,
				personId,
				record: records[r],
				rule: 'link',
				pairing,
			});
		}
	}
}

function addTheRest(state: MatchState): void {
	const { people, records, pairing, incremental } = state.input;
	for (let p = 0; p < people.length; p++) {
		if (state.personDone[p]) continue;
		state.matches.push({ kind: 'match', outcome: 'new', personId: people[p].id, person: people[p], pairing });
	}
	for (let r = 0; r < records.length; r++) {
		if (state.recordDone[r]) continue;
		state.matches.push({ kind: 'match', outcome: incremental ? 'unjudged' : 'unmanaged', record: records[r], pairing });
	}
}
