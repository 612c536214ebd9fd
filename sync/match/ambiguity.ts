import type { AmbiguityCode, Match } from '../model/match';
import type { Pairing } from '../model/pairing';
import type { Person } from '../model/person';
import type { TargetRecord } from '../model/targetRecord';

/** How many rivals are named; a switchboard number can be shared by thousands. */
const NAMED = 20;

/** A match that a person must decide, with the candidates and the reason in words. */
export function ambiguous(
	pairing: Pairing,
	person: Person,
	code: AmbiguityCode,
	candidates: readonly TargetRecord[],
	claimants: readonly Person[],
	detail: string,
): Match {
	return {
		kind: 'match',
		outcome: 'ambiguous',
		reason: { code, text: explain(code, person, candidates, claimants, detail) },
		personId: person.id,
		person,
		candidates: [...candidates],
		claimants: claimants.slice(0, NAMED).map(({ id, displayName, email }) => ({ id, displayName, email })),
		pairing,
	};
}

function explain(
	code: AmbiguityCode,
	person: Person,
	candidates: readonly TargetRecord[],
	claimants: readonly Person[],
	detail: string,
): string {
	const who = person.displayName || person.email || person.id;
	const records = () => list(candidates, ({ id, name }) => `${text(name)} (${id})`);
	switch (code) {
		case 'severalRecords':
			return `${who} fits ${candidates.length} contacts by ${detail}: ${records()}.`;
		case 'severalPeople': {
			const names = list(claimants, ({ displayName, email, id }) => `${displayName ?? ''} (${email ?? id})`.trim());
			return `${claimants.length} people fit the same contact ${records()} by ${detail}: ${names}.`;
		}
		case 'recordMissing':
			return `${who} is linked to contact ${detail}, which is no longer among this customer's contacts: it was deleted or moved by hand.`;
		case 'linkConflict':
			return `An interrupted run may have created the contact of ${who}, and ${candidates.length} contacts fit: ${records()}.`;
	}
}

function list<T>(things: readonly T[], name: (thing: T) => string): string {
	const names = things.slice(0, NAMED).map(name).join(', ');
	return things.length > NAMED ? `${names} and ${things.length - NAMED} more` : names;
}

function text(value: unknown): string {
	return typeof value === 'string' && value !== '' ? value : 'without a name';
}
