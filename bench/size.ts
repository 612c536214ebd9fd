const FULL = 100_000;

/** How many people are measured; `BENCH_USERS` makes it less while one works on the measurements themselves. */
export const USERS = Number(process.env.BENCH_USERS ?? FULL);

/** Whether the numbers are those that `bench/results.json` is about. */
export function inFull(): boolean {
	return USERS === FULL;
}

/** `100000` as `100,000`. */
export function thousands(count: number): string {
	return count.toLocaleString('en-US');
}
