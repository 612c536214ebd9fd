/** Time as the engine sees it; tests and simulations bring their own. */
export interface Clock {
	/** Milliseconds since 1970-01-01T00:00Z. */
	now(): number;
	/** Resolves after so many milliseconds; rejects with the signal's reason when it is aborted. */
	sleep(milliseconds: number, signal?: AbortSignal): Promise<void>;
}

/** The longest delay that Node's timers know (2³¹ − 1 ms, about 24.8 days); a longer one would fire at once. */
const LONGEST_TIMER = 2 ** 31 - 1;

export const systemClock: Clock = {
	now: () => Date.now(),
	async sleep(milliseconds, signal) {
		signal?.throwIfAborted();
		await new Promise<void>((resolve, reject) => {
			const onAbort = () => {
				clearTimeout(timer);
				reject(signal?.reason as Error);
			};
			const timer = setTimeout(() => {
				signal?.removeEventListener('abort', onAbort);
				resolve();
			}, Math.min(Math.max(0, milliseconds), LONGEST_TIMER));
			signal?.addEventListener('abort', onAbort, { once: true });
		});
	},
};
