/** Time as the simulators see it; a test brings its own to reach an expiry or to refill a budget. */
export interface SimulatorClock {
	/** Milliseconds since 1970-01-01T00:00Z. */
	now(): number;
}

export const wallClock: SimulatorClock = { now: () => Date.now() };

/** A clock that stands still until it is told to move. */
export function manualClock(start = Date.parse('2026-11-22T08:00:00Z')): SimulatorClock & { advance(milliseconds: number): void } {
	let now = start;
	return {
		now: () => now,
		advance: (milliseconds) => {
			now += milliseconds;
		},
	};
}
