/**
 * From now on `Date` is the test's: it stands still until `passTime`. Sockets and timers go on as ever. Limits of the
 * engine and of the simulators go by the date, so a minute may pass at once. End it with `jest.useRealTimers()`.
 */
export function ownDate(): void {
	jest.useFakeTimers({
		now: Date.now(),
		doNotFake: ['hrtime', 'nextTick', 'performance', 'queueMicrotask', 'setImmediate', 'clearImmediate', 'setInterval', 'clearInterval', 'setTimeout', 'clearTimeout'],
	});
}

export function passTime(milliseconds: number): void {
	jest.setSystemTime(Date.now() + milliseconds);
}
