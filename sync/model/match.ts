import type { Pairing } from './pairing';
import type { Whereabouts } from './person';
import type { SourceRecord } from './sourceRecord';
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
	/** The licence family that was counted is the one that an invoice line bills (`billedFamily`). */
	| { by: 'family' }
	/** Serial numbers, without those that manufacturers leave blank. */
	| { by: 'serial' }
	/** The name of a device, together with its owner. */
	| { by: 'nameAndOwner' }
	/** The only source record and the only record belong together: for what a customer has one of. */
	| { by: 'only' }
	/** Matches nobody by itself: decides between the candidates of the other rules. */
	| { by: 'jobTitle' };

/** Why somebody must decide. */
export type AmbiguityCode = 'severalRecords' | 'severalSources' | 'recordMissing' | 'linkConflict';

/**
 * - `matched`: source and record belong together (`rule` tells how they were found)
 * - `new`: a source record without a record in the target
 * - `orphan`: a record whose linked source is really gone from Microsoft 365, checked by id
 * - `outOfScope`: a record whose linked source is not in the source list but not gone (`whereabouts` tells why)
 * - `ambiguous`: somebody must decide (`reason` tells why)
 * - `closed`: the record that is linked was closed in the target by somebody (`TargetDefinition.openOnly`); its source is
 *   still there, or gone as well (`whereabouts`)
 * - `unmanaged`: a record that never belonged to anything here; no policy touches it
 * - `unjudged`: a record that nothing in an incremental list belongs to (its source did not change, or it has none):
 *   nothing is decided about it, but its e-mail address is taken
 */
export type MatchOutcome = 'matched' | 'new' | 'orphan' | 'outOfScope' | 'ambiguous' | 'closed' | 'unmanaged' | 'unjudged';

/** Values that a target did not keep, by field name, and when they were sent (milliseconds). */
export type NotKept = Record<string, { value: string | null; at: number }>;

export interface Match {
	kind: 'match';
	outcome: MatchOutcome;
	pairing: Pairing;
	/** Of the source list; missing where it was a whole one. */
	mode?: ListMode;
	/** Of the source record; present for every outcome but `unmanaged`, and for `unjudged` where the record is linked. */
	sourceId?: string;
	source?: SourceRecord;
	record?: TargetRecord;
	/** Of what is `closed`: the record is in no list. */
	recordId?: string;
	/** `link`, `named` (by the record itself), `openIntent`, or the name of the rule; `email+jobTitle` when the tie-breaker decided. */
	rule?: string;
	whereabouts?: Whereabouts;
	/** Of somebody who is not in the source list: no licence that is paid is held any more. Absent: one is, or it is not known. */
	unlicensed?: true;
	/** Of a matched record: the source that it is linked to until now, and that is gone. */
	replaces?: string;
	/** Of a linked record: not to be sent again all the time. */
	notKept?: NotKept;
	reason?: { code: AmbiguityCode; text: string };
	/** The records between which somebody must decide. */
	candidates?: TargetRecord[];
	/** How many matches the whole list has: a plan made from fewer would not see what stands against it. */
	of?: number;
	/** The source records that claim the same record. */
	claimants?: Array<{ id: string; name: string }>;
}
