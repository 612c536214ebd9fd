import { addDepartures, closeGate, removeDepartures, smallestLimit, takeTurns, type Departures } from './departures';

/** What a process asks of the store in which all processes take their turns. */
export interface PaceWish {
	/** Tells processes apart. */
	caller: string;
	/** Counts the exchanges of the caller: one that arrives twice gives nothing back twice. */
	exchange: number;
	/** Requests per minute as this process knows it. */
	limit: number;
	wanted: number;
	/** Turns that were given and not used, by their moments. */
	unused: readonly number[];
	/** Requests that left without a turn, by how many milliseconds ago. */
	untold: readonly number[];
	/** The service refuses everybody for so long, milliseconds. */
	closeFor: number;
	/** As in `Terms`; the same in all processes. */
	gap: number;
	ahead: number;
}

/** All moments are by the clock of the store, milliseconds. */
export interface PaceAnswer {
	now: number;
	/** Turns, oldest first. */
	moments: readonly number[];
	/** Where they are fewer than were wanted: the moment of the next one. */
	nextAt?: number;
	closedUntil: number;
	/** Processes that asked within the last minute, this one included. */
	callers: number;
}

/** The store in which all processes that send to a service take their turns. One exchange is one transaction. */
export type SharedPace = (service: string, wish: PaceWish) => Promise<PaceAnswer>;

/** What the store does in one exchange: changes the departures, and answers. */
export function exchangeTurns(departures: Departures, wish: PaceWish, now: number): PaceAnswer {
	const terms = { now, gap: wish.gap, ahead: wish.ahead };
	if (departures.callers[wish.caller]?.exchange !== wish.exchange) {
		removeDepartures(departures, wish.unused);
		addDepartures(departures, wish.untold.map((ago) => now - ago));
		if (wish.closeFor > 0) closeGate(departures, now, wish.closeFor);
	}
	const limit = smallestLimit(departures, wish.caller, wish.limit, terms);
	departures.callers[wish.caller].exchange = wish.exchange;
	const turns = takeTurns(departures, limit, wish.wanted, terms);
	return { ...turns, now, closedUntil: departures.closedUntil, callers: Object.keys(departures.callers).length };
}
