import type { Match, MatchRule, NotKept } from '../model/match';
import type { Pairing } from '../model/pairing';
import type { Whereabouts } from '../model/person';
import type { Nouns, SourceRecord } from '../model/sourceRecord';
import type { TargetRecord } from '../model/targetRecord';

/** A create that was written down before it was sent and never settled. */
export interface OpenIntent {
	sourceId: string;
	/** A field of the record that was to be created, by which it is known again, and its value. */
	field: string;
	value: string;
}

/** A remembered pair, as far as matching needs it. */
export interface KnownLink {
	sourceId: string;
	recordId: string;
	notKept?: NotKept;
	/** The ledger does not know of it: the record itself names its source. */
	named?: boolean;
}

export interface MatchInput {
	pairing: Pairing;
	/** For the reasons in words. */
	nouns: Nouns;
	/** The whole source list, or with `incremental` only those that changed. */
	sources: readonly SourceRecord[];
	/** What is not in the source list is as before, unless `whereabouts` says otherwise. */
	incremental?: boolean;
	/** The whole target list of the customer. */
	records: readonly TargetRecord[];
	links: readonly KnownLink[];
	/** As in `TargetDefinition`. */
	sourceIdField?: string;
	openOnly?: boolean;
	/** Creates of which nobody knows whether they arrived. */
	openIntents: readonly OpenIntent[];
	/** `TargetDefinition.outlivesSource` */
	outlivesSource?: boolean;
	/** In the builder's order. */
	rules: readonly MatchRule[];
	/** Where linked sources are that are not in the source list; those not named count as `unchecked`. */
	whereabouts: ReadonlyMap<string, Whereabouts>;
	/** Those among them of whom it is known that they hold no licence that is paid. */
	unlicensed?: ReadonlySet<string>;
}

/** What is still undecided while the rules run, and what was decided. Indexes point into the two lists. */
export interface MatchState {
	input: MatchInput;
	sourceDone: Uint8Array;
	recordDone: Uint8Array;
	/** Of records whose source is gone and that may go over to another: the match that they have unless a rule finds one. */
	left: Map<number, Match>;
	matches: Match[];
}
