interface Sleeper {
	wakesAt: number;
	wake(): void;
}

/**
 * Time that jumps to whatever happens next, so that hours of waiting take milliseconds and many sleepers keep their
 * order. Only for what waits for nothing but this clock: no network, no timers of Node.
 */
export class SimulatedTime {
	private sleepers: Sleeper[] = [];

	constructor(private moment = Date.UTC(2026, 10, 22, 8)) {}

	now = (): number => this.moment;

	sleep = async (milliseconds: number, signal?: AbortSignal): Promise<void> => {
		signal?.throwIfAborted();
		await new Promise<void>((resolve, reject) => {
			const sleeper: Sleeper = { wakesAt: this.moment + Math.max(0, milliseconds), wake: resolve };
			this.sleepers.push(sleeper);
			signal?.addEventListener('abort', () => {
				this.sleepers = this.sleepers.filter((each) => each !== sleeper);
				reject(signal.reason as Error);
			}, { once: true });
		});
	};

	/** A clock that shows another time and runs alike. */
	shifted(milliseconds: number): { now(): number; sleep: SimulatedTime['sleep'] } {
		return { now: () => this.moment + milliseconds, sleep: this.sleep };
	}

	/** Lets time pass until the work is done. @throws when nothing is left that could happen, or it takes longer than so many milliseconds */
	async run<T>(work: Promise<T>, atMost = 24 * 3_600_000): Promise<T> {
		let settled = false;
		const settle = () => (settled = true);
		work.then(settle, settle);
		const end = this.moment + atMost;
		for (;;) {
			// All that follows from the last moment happens before the next one.
			await new Promise((resolve) => setImmediate(resolve));
			if (settled) return await work;
			const next = this.sleepers.reduce<Sleeper | undefined>((first, each) => (first && first.wakesAt <= each.wakesAt ? first : each), undefined);
			if (!next || next.wakesAt > end) throw new Error(next ? 'The work takes too long.' : 'The work waits for something that will not happen.');
			this.sleepers.splice(this.sleepers.indexOf(next), 1);
			this.moment = Math.max(this.moment, next.wakesAt);
			next.wake();
		}
	}
}
