import type { Call } from './call';
import type { Clock } from './clock';

/** A caller that waits looks up this often: it may have something to renew. */
const LONGEST_NAP = 10_000;

/** How many requests may be under way to a service at one time, whoever sends them. */
export class AtOnce {
	private underWay = 0;
	private freed = new AbortController();

	constructor(private readonly clock: Clock) {}

	/** Waits for a free place, does the work, and gives the place back. */
	async run<T>(limit: number, call: Call, work: () => Promise<T>): Promise<T> {
		while (this.underWay >= Math.max(1, limit)) {
			call.signal?.throwIfAborted();
			await this.nap(call.signal);
			await call.keepAlive?.();
		}
		this.underWay++;
		try {
			return await work();
		} finally {
			this.underWay--;
			this.freed.abort();
			this.freed = new AbortController();
		}
	}

	/** Until a place is freed, or a while. */
	private async nap(signal: AbortSignal | undefined): Promise<void> {
		const { signal: freed } = this.freed;
		try {
			await this.clock.sleep(LONGEST_NAP, signal ? AbortSignal.any([signal, freed]) : freed);
		} catch (error) {
			if (!freed.aborted) throw error;
		}
	}
}

const places = new Map<string, { places: AtOnce; clock: Clock }>();

/** The places of everything in this process that talks to `service` under this clock. */
export function placesFor(service: string, clock: Clock): AtOnce {
	const known = places.get(service);
	if (known?.clock === clock) return known.places;
	const made = new AtOnce(clock);
	places.set(service, { places: made, clock });
	return made;
}
