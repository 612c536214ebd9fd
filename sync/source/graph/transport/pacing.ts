import type { Clock } from '../../../http/clock';

/**
 * What the smallest tenants may use in ten seconds per app and tenant (contract: D1; larger ones get 5,000 and
 * 8,000). A serial chain of pages uses a few units a second.
 */
const UNITS_PER_WINDOW = 3_500;
const WINDOW_MILLISECONDS = 10_000;

/**
 * Paces the requests of one app to one tenant: a bucket of resource units, and a gate that closes for all
 * when the service says 429.
 */
export class Pace {
	private units = UNITS_PER_WINDOW;
	private filledAt: number;
	private closedUntil = 0;
	/** From the service's own "near the limit" header: 1 = full speed. */
	private speed = 1;
	private slowUntil = 0;

	constructor(private readonly clock: Clock) {
		this.filledAt = clock.now();
	}

	/** Milliseconds until a request of this cost may go; 0 takes its units and lets it go now. */
	admit(cost: number): number {
		const now = this.clock.now();
		if (now < this.closedUntil) return this.closedUntil - now;
		if (now >= this.slowUntil) this.speed = 1;
		const perMillisecond = (UNITS_PER_WINDOW / WINDOW_MILLISECONDS) * this.speed;
		this.units = Math.min(UNITS_PER_WINDOW * this.speed, this.units + (now - this.filledAt) * perMillisecond);
		this.filledAt = now;
		if (this.units < cost) return Math.max(1, Math.ceil((cost - this.units) / perMillisecond));
		this.units -= cost;
		return 0;
	}

	/** Closes the gate for everybody, until then at least. */
	close(milliseconds: number): void {
		this.closedUntil = Math.max(this.closedUntil, this.clock.now() + milliseconds);
	}

	/**
	 * Learns from an answer.
	 *
	 * @param answer.cost what the service charged (`x-ms-resource-unit`)
	 * @param answer.share of the limit in use (`x-ms-throttle-limit-percentage`, sent from 0.8 on)
	 */
	learn(answer: { expected: number; cost?: number; share?: number }): void {
		if (answer.cost !== undefined) this.units -= answer.cost - answer.expected;
		if (answer.share !== undefined && answer.share >= 0.8) {
			// At 1.0 throttling begins; from there on only what flows back may be used.
			this.speed = answer.share < 1 ? 0.5 : 0.2;
			this.slowUntil = this.clock.now() + WINDOW_MILLISECONDS;
		}
	}
}

const paces = new WeakMap<Clock, Map<string, Pace>>();

/** The one pace of an app in a tenant, for all clients in this process. */
export function paceOf(clock: Clock, graphOrigin: string, clientId: string, tenant: string): Pace {
	const key = `${graphOrigin} ${clientId.toLowerCase()} ${tenant.toLowerCase()}`;
	let ofClock = paces.get(clock);
	if (!ofClock) paces.set(clock, (ofClock = new Map()));
	let pace = ofClock.get(key);
	if (!pace) ofClock.set(key, (pace = new Pace(clock)));
	return pace;
}
