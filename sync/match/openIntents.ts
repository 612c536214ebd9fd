import { ambiguous } from './ambiguity';
import { emailKey } from './keys';
import { indexById } from './indexById';
import type { MatchState } from './matchState';

export type { OpenIntent } from './matchState';

/**
 * Pairs people with the records that an interrupted run created for them without living to remember it. The
 * record is known by the address that was sent, which by now need not be the person's address any more.
 */
export function adoptOpenIntents(state: MatchState): void {
	const { people, records, openIntents, pairing } = state.input;
	if (openIntents.length === 0) return;
	const personIndex = indexById(people);
	const recordsByEmail = new Map<string, number[]>();
	for (let r = 0; r < records.length; r++) {
		if (state.recordDone[r]) continue;
		const key = emailKey(records[r].email);
		if (key === '') continue;
		const found = recordsByEmail.get(key);
		if (found) found.push(r);
		else recordsByEmail.set(key, [r]);
	}
	for (const intent of openIntents) {
		const p = personIndex.get(intent.personId);
		if (p === undefined || state.personDone[p]) continue;
		const candidates = (recordsByEmail.get(emailKey(intent.email)) ?? []).filter((r) => !state.recordDone[r]);
		if (candidates.length === 0) continue;
		state.personDone[p] = 1;
		for (const r of candidates) state.recordDone[r] = 1;
		state.matches.push(
			candidates.length === 1
				? { kind: 'match', outcome: 'matched', personId: people[p].id, person: people[p], record: records[candidates[0]], rule: 'openIntent', pairing }
				: ambiguous(pairing, people[p], 'linkConflict', candidates.map((r) => records[r]), [], ''),
		);
	}
}
