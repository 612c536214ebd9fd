/** What delta queries do on demand, all of it seen from the real service or allowed by its documentation (contract B3). */
export interface DeltaSettings {
	/** Objects on one page. */
	pageSize: number;
	/** Links (members, owners) on one page; a larger group is split over several, with other objects in between. */
	linksPerPage: number;
	/** A round tells of an object once, as it is now. False: once for every change, gone or alive as it was then. */
	folded: boolean;
	/** Objects that can be restored come in the first round, too, as removed. */
	removedInFirstRound: boolean;
	/** A round tells the changes of the round before once more; behind a first round, every change since the start. */
	replays: boolean;
	/** A round tells everything twice. */
	duplicates: boolean;
	/** Objects come in no order. What is told of one object keeps its order: its last occurrence holds. */
	outOfOrder: boolean;
	/** `Prefer: return=minimal` is heard. */
	returnMinimal: boolean;
	/** Changes reach delta queries so much later. */
	replicationDelayMilliseconds: number;
	/** How a token that lived too long, or was killed, is refused. */
	lostTokens: 'gone' | 'tooOld' | 'syncStateNotFound';
}

export function defaultDeltaSettings(): DeltaSettings {
	return {
		pageSize: 200,
		linksPerPage: 1000,
		folded: true,
		removedInFirstRound: true,
		replays: false,
		duplicates: false,
		outOfOrder: false,
		returnMinimal: true,
		replicationDelayMilliseconds: 0,
		lostTokens: 'gone',
	};
}
