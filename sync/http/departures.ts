/** The stretch of time in which a service counts requests, milliseconds. */
export const MINUTE = 60_000;
/** Requests that left a minute apart may arrive closer together, by this much. */
export const JITTER = 1_000;
/** However long a service says it wants to be left alone: one odd answer must not silence everybody for days. */
export const LONGEST_CLOSING = 300_000;

interface Caller {
	limit: number;
	askedAt: number;
	/** The last exchange of a caller that is another process. */
	exchange?: number;
}

/** What left lately through one address to one service. All moments are of one clock, in milliseconds. */
export interface Departures {
	/** When requests left, or will leave because their turn is reserved; oldest first. */
	moments: number[];
	/** Who asked within the last minute. They may know different limits; the smallest counts. */
	callers: Record<string, Caller>;
	/** Nobody leaves before. */
	closedUntil: number;
}

export function noDepartures(): Departures {
	return { moments: [], callers: {}, closedUntil: 0 };
}

/** When turns are given. */
export interface Terms {
	now: number;
	/** How long before a departure the one must have left that is a whole limit older. */
	gap: number;
	/** How far ahead a turn may be reserved. */
	ahead: number;
}

export interface Turns {
	/** A moment for each request that may leave, oldest first. */
	moments: number[];
	/** Where they are fewer than were wanted: the moment of the next one, which is too far ahead. */
	nextAt?: number;
}

/** Notes that a caller asks. @returns the smallest limit of all that asked lately, at least 1 */
export function smallestLimit(departures: Departures, caller: string, limit: number, { now, gap }: Terms): number {
	departures.callers[caller] = { ...departures.callers[caller], limit: Math.max(1, Math.floor(limit)), askedAt: now };
	for (const [each, { askedAt }] of Object.entries(departures.callers)) {
		if (askedAt <= now - gap) delete departures.callers[each];
	}
	return Math.min(...Object.values(departures.callers).map((each) => each.limit));
}

/** When the next request may leave, so that no stretch as long as the gap holds more than the limit. */
export function nextTurn(departures: Departures, limit: number, terms: Terms): number {
	forgetOld(departures, terms);
	const { moments, closedUntil } = departures;
	// At least the gap later than the one that is a whole limit before it; below the limit that is at once.
	const blocking = moments[moments.length - limit];
	return Math.max(terms.now, closedUntil, moments.at(-1) ?? 0, blocking === undefined ? 0 : blocking + terms.gap);
}

/** Gives so many turns, or fewer when they are too far ahead, and counts them. */
export function takeTurns(departures: Departures, limit: number, wanted: number, terms: Terms): Turns {
	const taken: number[] = [];
	while (taken.length < wanted) {
		const moment = nextTurn(departures, limit, terms);
		if (moment > terms.now + terms.ahead) return { moments: taken, nextAt: moment };
		departures.moments.push(moment);
		taken.push(moment);
	}
	return { moments: taken };
}

/** Counts departures that took no turn here. */
export function addDepartures(departures: Departures, moments: readonly number[]): void {
	if (moments.length === 0) return;
	departures.moments.push(...moments);
	departures.moments.sort((a, b) => a - b);
}

/** Gives turns back that nobody used. */
export function removeDepartures(departures: Departures, unused: readonly number[]): void {
	for (const moment of unused) {
		const index = departures.moments.lastIndexOf(moment);
		if (index >= 0) departures.moments.splice(index, 1);
	}
}

/** Nobody leaves for so long, at most five minutes. */
export function closeGate(departures: Departures, now: number, milliseconds: number): void {
	departures.closedUntil = Math.max(departures.closedUntil, now + Math.min(milliseconds, LONGEST_CLOSING));
}

/** What is later than any turn can be was noted before the clock was set back: it would silence everybody until then. */
function forgetOld(departures: Departures, { now, gap, ahead }: Terms): void {
	const latest = now + gap + ahead;
	departures.moments = departures.moments.filter((moment) => moment > now - gap && moment <= latest);
	departures.closedUntil = Math.min(departures.closedUntil, now + LONGEST_CLOSING);
}
