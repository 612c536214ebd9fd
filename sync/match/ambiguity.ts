import type { AmbiguityCode, Match } from '../model/match';
import { sourceName, type SourceRecord } from '../model/sourceRecord';
import type { TargetRecord } from '../model/targetRecord';
import type { MatchInput } from './matchState';

/** How many rivals are named; a switchboard number can be shared by thousands. */
const NAMED = 20;

/** A match that somebody must decide, with the candidates and the reason in words. */
export function ambiguous(
	input: Pick<MatchInput, 'pairing' | 'nouns'>,
	source: SourceRecord,
	code: AmbiguityCode,
	candidates: readonly TargetRecord[],
	claimants: readonly SourceRecord[],
	detail: string,
): Match {
	return {
		kind: 'match',
		outcome: 'ambiguous',
		reason: { code, text: explain(input.nouns, code, source, candidates, claimants, detail) },
		sourceId: source.id,
		source,
		candidates: [...candidates],
		claimants: claimants.slice(0, NAMED).map((claimant) => ({ id: claimant.id, name: described(claimant) })),
		pairing: input.pairing,
	};
}

function explain(
	nouns: MatchInput['nouns'],
	code: AmbiguityCode,
	source: SourceRecord,
	candidates: readonly TargetRecord[],
	claimants: readonly SourceRecord[],
	detail: string,
): string {
	const who = sourceName(source);
	const records = () => list(candidates, ({ id, name }) => `${text(name)} (${id})`);
	switch (code) {
		case 'severalRecords':
			return `${who} fits ${candidates.length} ${nouns.records} by ${detail}: ${records()}.`;
		case 'severalSources':
			return `${claimants.length} ${nouns.sources} fit the same ${nouns.record} ${records()} by ${detail}: ${list(claimants, described)}.`;
		case 'recordMissing':
			return `${who} is linked to ${nouns.record} ${detail}, which is no longer among this customer's ${nouns.records}: it was deleted or moved by hand.`;
		case 'linkConflict':
			return `An interrupted run may have created the ${nouns.record} of ${who}, and ${candidates.length} ${nouns.records} fit: ${records()}.`;
	}
}

function described(source: SourceRecord): string {
	const name = sourceName(source);
	const detail = typeof source.email === 'string' && source.email !== '' && source.email !== name ? source.email : source.id;
	return name === source.id ? name : `${name} (${detail})`;
}

function list<T>(things: readonly T[], name: (thing: T) => string): string {
	const names = things.slice(0, NAMED).map(name).join(', ');
	return things.length > NAMED ? `${names} and ${things.length - NAMED} more` : names;
}

function text(value: unknown): string {
	return typeof value === 'string' && value !== '' ? value : 'without a name';
}
