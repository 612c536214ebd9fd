import { SimulatedTime } from '../../../../simulators/base/simulatedTime';
import { noDepartures } from '../../../../sync/http/departures';
import { exchangeTurns, type SharedPace } from '../../../../sync/http/paceExchange';
import { RequestsPerMinute, type PaceOptions } from '../../../../sync/http/requestsPerMinute';

/** The most moments that any 60 seconds hold. */
export function busiestMinute(moments: readonly number[]): number {
	const sorted = [...moments].sort((a, b) => a - b);
	let first = 0;
	return sorted.reduce((most, moment, last) => {
		while (sorted[first] <= moment - 60_000) first++;
		return Math.max(most, last - first + 1);
	}, 0);
}

/** The store, in memory, with a clock of its own, and the way to it. */
export class Store {
	exchanges = 0;
	readonly departures = noDepartures();
	/** Of the exchange of that number of one process, milliseconds each way. */
	latency = (_exchange: number): { there: number; back: number } => ({ there: 2, back: 2 });
	reachable = () => true;

	constructor(
		private readonly time: SimulatedTime,
		private readonly ahead = 7_777_777,
	) {}

	readonly pace: SharedPace = async (service, wish) => await this.by(this.latency(wish.exchange))(service, wish);

	/** The store, as it is for a process with such a way to it. */
	by({ there, back }: { there: number; back: number }): SharedPace {
		return async (_service, wish) => {
			await this.time.sleep(there);
			if (!this.reachable()) throw new Error('The database is gone.');
			this.exchanges++;
			const answer = exchangeTurns(this.departures, wish, this.time.now() + this.ahead);
			await this.time.sleep(back);
			return answer;
		};
	}
}

export interface SenderOptions extends PaceOptions {
	time: SimulatedTime;
	limit: number;
	/** How far the clock of the process is ahead. */
	clockAhead?: number;
	/** Told with each departure. */
	left(moment: number): void;
}

/** One process, with requests that leave one after another in each of its lanes. */
export class Sender {
	readonly pacer: RequestsPerMinute;
	private readonly stopped = new AbortController();

	constructor(private readonly options: SenderOptions) {
		this.pacer = new RequestsPerMinute(options.time.shifted(options.clockAhead ?? 0), 'service');
		this.pacer.share(options);
	}

	/** One request that leaves after each pause. */
	async lane(pauses: readonly number[]): Promise<void> {
		const { time, limit, left } = this.options;
		for (const pause of pauses) {
			await time.sleep(pause);
			if (this.stopped.signal.aborted) return;
			try {
				await this.pacer.pass(limit, this.stopped.signal);
			} catch {
				return;
			}
			left(time.now());
		}
	}

	/** As if its process were killed: nothing leaves from it any more, and nobody is told. */
	kill(): void {
		this.stopped.abort();
	}
}
