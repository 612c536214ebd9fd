/** One line of `bench/results.json`: what was measured, beside the floor that was measured in the same run. */
export interface Measurement {
	name: string;
	seconds: number;
	/** The least that any program must do for this, or a named peer. */
	floorSeconds: number;
	/** `seconds / floorSeconds`. */
	ratio: number;
	/** Largest resident memory of the measured process, MiB. */
	peakMiB: number;
	/** Requests sent; 0 where nothing is sent. */
	requests: number;
	/** What else was seen in the run. */
	note?: string;
}

/** Seconds that a function takes. */
export async function secondsOf(work: () => unknown): Promise<number> {
	const start = process.hrtime.bigint();
	await work();
	return Number(process.hrtime.bigint() - start) / 1e9;
}

/** The middle one of several values: one garbage collection does not decide. */
export function median(values: readonly number[]): number {
	const sorted = [...values].sort((a, b) => a - b);
	return sorted[Math.floor(sorted.length / 2)];
}

export function peakMiB(): number {
	return Math.round(process.resourceUsage().maxRSS / 1024);
}

export function measurement(name: string, seconds: number, floorSeconds: number, rest: Partial<Measurement> = {}): Measurement {
	return { name, seconds, floorSeconds, ratio: seconds / floorSeconds, peakMiB: peakMiB(), requests: 0, ...rest };
}
