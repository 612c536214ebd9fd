/** How long to wait before trying again when the service does not say: doubling from `first`, with jitter. */
export interface ExponentialBackoff {
	/** Milliseconds before the first repetition. */
	first: number;
	/** No single wait is longer (milliseconds). */
	longest: number;
	/** A number from 0 to 1, as `Math.random` gives it. */
	random(): number;
}

/**
 * @param attempt 0 for the first repetition
 * @returns milliseconds: the doubled value, up to a quarter longer so that many clients do not return together
 */
export function backoffMilliseconds(attempt: number, { first, longest, random }: ExponentialBackoff): number {
	const doubled = Math.min(longest, first * 2 ** attempt);
	return doubled * (1 + random() / 4);
}
