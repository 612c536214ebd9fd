import type { Match, MatchRule } from '../model/match';
import type { Pairing } from '../model/pairing';
import type { Person, Whereabouts } from '../model/person';
import type { TargetRecord } from '../model/targetRecord';

/** A create that was written down before it was sent and never settled. */
export interface OpenIntent {
	personId: string;
	/** The e-mail address that was to be created. */
	email?: string | null;
}

/** A remembered pair, as far as matching needs it. */
export interface KnownLink {
	personId: string;
	recordId: string;
}

export interface MatchInput {
	pairing: Pairing;
	/** The whole source list, or with `incremental` only those who changed. */
	people: readonly Person[];
	/** Whoever is not in the source list is as before, unless `whereabouts` says otherwise. */
	incremental?: boolean;
	/** The whole target list of the customer. */
	records: readonly TargetRecord[];
	links: readonly KnownLink[];
	/** Creates of which nobody knows whether they arrived. */
	openIntents: readonly OpenIntent[];
	/** In the builder's order. */
	rules: readonly MatchRule[];
	/** Where linked people are who are not in the source list; those not named count as `unchecked`. */
	whereabouts: ReadonlyMap<string, Whereabouts>;
}

/** What is still undecided while the rules run, and what was decided. Indexes point into the two lists. */
export interface MatchState {
	input: MatchInput;
	personDone: Uint8Array;
	recordDone: Uint8Array;
	matches: Match[];
}
