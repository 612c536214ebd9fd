import type { Clock } from './clock';
import { addDepartures, closeGate, JITTER, LONGEST_CLOSING, MINUTE, nextTurn, noDepartures, smallestLimit, type Departures } from './departures';
import type { SharedPace } from './paceExchange';
import { SHARED_GAP, SharedTurns } from './sharedTurns';

/** A caller that waits looks up this often: the gate may have been closed, or its caller has something to renew. */
const LONGEST_NAP = 10_000;

/** How this process keeps the limit: within itself, together with others, or with a part of it while they are out of reach. */
export type PaceState =
	| { kind: 'alone' }
	/** One of so many processes that do not know of each other. */
	| { kind: 'part'; processes: number }
	| { kind: 'shared' }
	/** As `part`, because the store that they share does not answer. */
	| { kind: 'unreachable'; processes: number; reason: unknown };

/** How a process knows of the others that send through the same address. */
export interface PaceOptions {
	/** Where all processes take their turns; may become known later. */
	sharedPace?: () => SharedPace | undefined;
	/** How many processes may be sending while they do not know of each other: each keeps to its part of the limit. Default 1. */
	processes?: number;
}

/**
 * Keeps the number of requests in any 60 seconds within a limit, for services that count per minute and per
 * outbound address. Below the limit a request leaves at once, so that small jobs are not slowed down. All that
 * share the outbound address share one instance, whatever their accounts; `pacerFor` hands it out. Where a store is
 * given that other processes use as well, all of them together keep the limit.
 */
export class RequestsPerMinute {
	/** What left from this process. */
	private readonly own: Departures = noDepartures();
	private waiting = 0;
	private turns?: SharedTurns;
	private processes = 1;

	constructor(
		private readonly clock: Clock,
		private readonly service = '',
	) {}

	/**
	 * Waits until a request may leave, and counts it.
	 *
	 * @param limit requests per minute as this caller knows it; the smallest of those that asked within a minute counts
	 * @param whileWaiting called between naps, at least every ten seconds
	 * @param deadline moment beyond which the caller does not wait for a closed gate (for its turn below the limit it does)
	 * @returns 0; or, when the gate opens only after the deadline, in how many milliseconds it does: then the request may not leave
	 */
	async pass(limit: number, signal?: AbortSignal, whileWaiting?: () => Promise<void>, deadline = Infinity): Promise<number> {
		this.waiting++;
		try {
			for (;;) {
				signal?.throwIfAborted();
				const now = this.clock.now();
				const closedUntil = Math.max(this.own.closedUntil, this.turns?.closedUntil ?? 0);
				const closedFor = closedUntil - now;
				if (closedFor > 0 && closedUntil > deadline) return closedFor;
				const wait = closedFor > 0 ? closedFor : this.leave(limit, now);
				if (wait <= 0) return 0;
				await this.nap(Math.min(wait, LONGEST_NAP), signal);
				await whileWaiting?.();
			}
		} finally {
			this.waiting--;
		}
	}

	/** The service said that there were too many: nobody sends anything for so long, at most five minutes. */
	close(milliseconds: number): void {
		closeGate(this.own, this.clock.now(), milliseconds);
		this.turns?.close(Math.min(milliseconds, LONGEST_CLOSING));
	}

	/** Takes turns together with other processes from now on. A store that works is not exchanged for another. */
	share({ sharedPace, processes = 1 }: PaceOptions): void {
		this.processes = Math.max(1, Math.floor(processes));
		const store = sharedPace?.();
		if (store === undefined || store === this.turns?.store || this.turns?.usable() === true) return;
		const recent = this.clock.now() - SHARED_GAP;
		this.turns = new SharedTurns(this.clock, this.service, store, this.own.moments.filter((moment) => moment > recent));
	}

	state(): PaceState {
		const { turns, processes } = this;
		if (turns === undefined) return processes > 1 ? { kind: 'part', processes } : { kind: 'alone' };
		return turns.usable() ? { kind: 'shared' } : { kind: 'unreachable', processes: this.senders(), reason: turns.failure };
	}

	/** @returns 0 when a request has left and is counted, else in how many milliseconds to look again */
	private leave(limit: number, now: number): number {
		const { turns } = this;
		const terms = { now, gap: MINUTE + JITTER, ahead: 0 };
		const smallest = smallestLimit(this.own, String(limit), limit, terms);
		// How long until this process may leave as one of several that do not know of each other.
		const alone = nextTurn(this.own, Math.max(1, Math.floor(smallest / this.senders())), terms) - now;
		let wait = alone;
		if (turns !== undefined) {
			if (turns.onProbation() && alone > 0) return alone;
			wait = turns.take(smallest, this.waiting);
			if (wait > 0 && !turns.usable()) {
				const hold = turns.aloneFrom() - now;
				if (hold > 0) return Math.min(hold, wait);
				wait = alone;
				if (wait <= 0) turns.leftAlone();
			}
		}
		if (wait <= 0) addDepartures(this.own, [now]);
		return wait;
	}

	/** How many processes may be sending, this one included. */
	private senders(): number {
		return Math.max(this.processes, this.turns?.processes ?? 1);
	}

	/** Sleeps, but not past the answer of the store. */
	private async nap(milliseconds: number, signal: AbortSignal | undefined): Promise<void> {
		const { answer } = this.turns ?? {};
		if (answer === undefined) return await this.clock.sleep(milliseconds, signal);
		const awake = new AbortController();
		try {
			await Promise.race([answer, this.clock.sleep(milliseconds, AbortSignal.any(signal ? [signal, awake.signal] : [awake.signal]))]);
		} finally {
			awake.abort();
		}
	}
}

const pacers = new Map<string, { pacer: RequestsPerMinute; clock: Clock }>();

/** The pacer of everything in this process that talks to `service` under this clock. */
export function pacerFor(service: string, clock: Clock): RequestsPerMinute {
	const known = pacers.get(service);
	if (known?.clock === clock) return known.pacer;
	const pacer = new RequestsPerMinute(clock, service);
	pacers.set(service, { pacer, clock });
	return pacer;
}
