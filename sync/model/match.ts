import type { Pairing } from './pairing';
import type { Person, Whereabouts } from './person';
import type { ListMode } from './sourceChange';
import type { TargetRecord } from './targetRecord';

/** How a source record finds its target record; applied in the builder's order, after links. */
export type MatchRule =
	| { by: 'email' }
	| { by: 'alias' }
	| { by: 'userName' }
	| { by: 'fullName' }
	| { by: 'phone' }
	| { by: 'field'; sourceField: string; targetField: string }
	/** Matches nobody by itself: decides between the candidates of the other rules. */
	| { by: 'jobTitle' };

/** Why a person must decide. */
export type AmbiguityCode = 'severalRecords' | 'severalPeople' | 'recordMissing' | 'linkConflict';

/**
 * - `matched`: person and record belong together (`rule` tells how they were found)
 * - `new`: a person without a record
 * - `orphan`: a record whose linked person is really gone from Entra, checked by id
 * - `outOfScope`: a record whose linked person is not in the source list but not gone (`whereabouts` tells why)
 * - `ambiguous`: a person must decide (`reason` tells why)
 * - `unmanaged`: a record that never belonged to anybody here; no policy touches it
 * - `unjudged`: a record that nobody in an incremental list belongs to (its person did not change, or it has none):
 *   nothing is decided about it, but its e-mail address is taken
 */
export type MatchOutcome = 'matched' | 'new' | 'orphan' | 'outOfScope' | 'ambiguous' | 'unmanaged' | 'unjudged';

export interface Match {
	kind: 'match';
	outcome: MatchOutcome;
	pairing: Pairing;
	/** Of the source list; missing where it was a whole one. */
	mode?: ListMode;
	/** Entra object id; present for every outcome but `unmanaged`, and for `unjudged` where the record is linked. */
	personId?: string;
	person?: Person;
	record?: TargetRecord;
	/** `link`, `openIntent`, or the name of the rule; `email+jobTitle` when the tie-breaker decided. */
	rule?: string;
	whereabouts?: Whereabouts;
	reason?: { code: AmbiguityCode; text: string };
	/** The records between which a person must decide. */
	candidates?: TargetRecord[];
	/** How many matches the whole list has: a plan made from fewer would not see what stands against it. */
	of?: number;
	/** The people who claim the same record. */
	claimants?: Array<{ id: string; displayName?: string | null; email?: string | null }>;
}
