import type { Clock } from './clock';

const MINUTE = 60_000;
/** Requests that left a minute apart may arrive closer together; the window is longer by this much. */
const JITTER = 1_000;
/** A caller that waits looks up this often: the gate may have been closed, or its caller has something to renew. */
const LONGEST_NAP = 10_000;
/** However long a service says it wants to be left alone: one odd answer must not silence this process for days. */
const LONGEST_CLOSING = 300_000;

/**
 * Keeps the number of requests in any 60 seconds within a limit, for services that count per minute and per
 * outbound address. Below the limit a request leaves at once, so that small jobs are not slowed down. All that
 * share the outbound address share one instance; `pacerFor` hands it out.
 */
export class RequestsPerMinute {
	/** Moments at which requests left, oldest first. */
	private departures: number[] = [];
	private closedUntil = -Infinity;

	constructor(private readonly clock: Clock) {}

	/**
	 * Waits until a request may leave, and counts it.
	 *
	 * @param limit requests per minute as this caller knows it; callers may differ, each keeps to its own
	 * @param whileWaiting called between naps, at least every ten seconds
	 * @param deadline moment beyond which the caller does not wait for a closed gate (for its turn below the limit it does)
	 * @returns 0; or, when the gate opens only after the deadline, in how many milliseconds it does: then the request may not leave
	 */
	async pass(limit: number, signal?: AbortSignal, whileWaiting?: () => Promise<void>, deadline = Infinity): Promise<number> {
		for (;;) {
			signal?.throwIfAborted();
			const closedFor = this.closedUntil - this.clock.now();
			if (closedFor > 0 && this.closedUntil > deadline) return closedFor;
			const wait = this.waitMilliseconds(limit);
			if (wait <= 0) {
				this.departures.push(this.clock.now());
				return 0;
			}
			await this.clock.sleep(Math.min(wait, LONGEST_NAP), signal);
			await whileWaiting?.();
		}
	}

	/** The service said that there were too many: nobody sends anything for so long, at most five minutes. */
	close(milliseconds: number): void {
		this.closedUntil = Math.max(this.closedUntil, this.clock.now() + Math.min(milliseconds, LONGEST_CLOSING));
	}

	private waitMilliseconds(limit: number): number {
		const now = this.clock.now();
		const horizon = now - MINUTE - JITTER;
		const stale = this.departures.findIndex((moment) => moment > horizon);
		this.departures = stale === -1 ? [] : this.departures.slice(stale);
		const allowed = Math.max(1, Math.floor(limit));
		const blocking = this.departures[this.departures.length - allowed];
		const forLimit = blocking === undefined ? 0 : blocking - horizon;
		return Math.max(forLimit, this.closedUntil - now);
	}
}

const pacers = new Map<string, { pacer: RequestsPerMinute; clock: Clock }>();

/** The pacer of everything in this process that talks to `service` under this clock. */
export function pacerFor(service: string, clock: Clock): RequestsPerMinute {
	const known = pacers.get(service);
	if (known?.clock === clock) return known.pacer;
	const pacer = new RequestsPerMinute(clock);
	pacers.set(service, { pacer, clock });
	return pacer;
}
