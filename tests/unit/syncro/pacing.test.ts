import fc from 'fast-check';
import { SimulatedTime } from '../../../simulators/base/simulatedTime';
import { backoffMilliseconds } from '../../../sync/http/exponentialBackoff';
import { RequestsPerMinute } from '../../../sync/http/requestsPerMinute';
import { PatientClock } from './support/account';
import { busiestMinute, Sender } from './support/senders';

describe('Requests per minute', () => {
	it('never exceed the limit in any 60 seconds, whatever the pauses between them', async () => {
		await fc.assert(
			fc.asyncProperty(fc.integer({ min: 1, max: 12 }), fc.array(fc.oneof(fc.nat(300), fc.nat(70_000)), { maxLength: 60 }), async (limit, pauses) => {
				const clock = new PatientClock();
				const pacer = new RequestsPerMinute(clock);
				const departures: number[] = [];
				for (const pause of pauses) {
					clock.moment += pause;
					await pacer.pass(limit);
					departures.push(clock.now());
				}
				expect(busiestMinute(departures)).toBeLessThanOrEqual(limit);
			}),
		);
	});

	it('stay within the limit although they arrive up to a second later than they left', async () => {
		await fc.assert(
			fc.asyncProperty(fc.array(fc.nat(999), { minLength: 20, maxLength: 20 }), async (delays) => {
				const clock = new PatientClock();
				const pacer = new RequestsPerMinute(clock);
				const arrivals: number[] = [];
				for (const delay of delays) {
					await pacer.pass(5);
					arrivals.push(clock.now() + delay);
				}
				expect(busiestMinute(arrivals)).toBeLessThanOrEqual(5);
			}),
		);
	});

	it('leave at once below the limit, and at the limit one minute later', async () => {
		const clock = new PatientClock();
		const pacer = new RequestsPerMinute(clock);
		for (let request = 0; request < 170; request++) await pacer.pass(170);
		expect(clock.slept).toBe(0);
		await pacer.pass(170);
		expect(clock.slept).toBe(61_000);
	});

	it('are shared: two callers together keep the limit, and all keep to that of the strictest', async () => {
		const clock = new PatientClock();
		const pacer = new RequestsPerMinute(clock);
		const departures: number[] = [];
		const caller = async (limit: number) => {
			for (let request = 0; request < 20; request++) {
				await pacer.pass(limit);
				departures.push(clock.now());
			}
		};
		await Promise.all([caller(10), caller(10)]);
		expect(departures).toHaveLength(40);
		expect(busiestMinute(departures)).toBe(10);
		const before = clock.slept;
		await pacer.pass(2);
		expect(clock.slept).toBeGreaterThan(before);
		const strict = clock.slept;
		for (let request = 0; request < 3; request++) await pacer.pass(10);
		expect(clock.slept).toBeGreaterThan(strict);
	});

	it('of twenty customers at once use at least 95 % of the limit, and never more than all of it', async () => {
		const time = new SimulatedTime();
		const departures: number[] = [];
		const process = new Sender({ time, limit: 170, left: (moment) => departures.push(moment) });
		const customer = async () => await process.lane(Array.from({ length: 51 }, () => 300));
		await time.run(Promise.all(Array.from({ length: 20 }, customer)));
		expect(departures).toHaveLength(1_020);
		expect(busiestMinute(departures)).toBe(170);
		// The first 170 leave at once: five more times as many take five minutes.
		expect(5 / ((departures[1_019] - departures[0]) / 60_000)).toBeGreaterThanOrEqual(0.95);
	});

	it('stop for everybody while the gate is closed, and go on telling the caller that waits', async () => {
		const clock = new PatientClock();
		const pacer = new RequestsPerMinute(clock);
		pacer.close(35_000);
		let told = 0;
		await pacer.pass(170, undefined, async () => {
			told++;
		});
		expect(clock.slept).toBe(35_000);
		expect(told).toBe(4);
	});

	it('are held up for five minutes at most, and not at all where nobody waits so long', async () => {
		const clock = new PatientClock();
		const pacer = new RequestsPerMinute(clock);
		pacer.close(Infinity);
		expect(await pacer.pass(170, undefined, undefined, clock.now() + 299_999)).toBe(300_000);
		expect(clock.slept).toBe(0);
		expect(await pacer.pass(170, undefined, undefined, clock.now() + 300_000)).toBe(0);
		expect(clock.slept).toBe(300_000);
	});

	it('end when they are aborted while they wait', async () => {
		const clock = new PatientClock();
		const pacer = new RequestsPerMinute(clock);
		pacer.close(60_000);
		const controller = new AbortController();
		const passing = pacer.pass(170, controller.signal, async () => controller.abort(new Error('stopped')));
		await expect(passing).rejects.toThrow('stopped');
	});
});

describe('Exponential backoff', () => {
	it('doubles from its first wait to its longest, with at most a quarter of jitter', () => {
		const waits = (random: number) => [0, 1, 2, 3, 4, 5].map((attempt) => backoffMilliseconds(attempt, { first: 5_000, longest: 60_000, random: () => random }));
		expect(waits(0)).toEqual([5_000, 10_000, 20_000, 40_000, 60_000, 60_000]);
		expect(waits(1)).toEqual([6_250, 12_500, 25_000, 50_000, 75_000, 75_000]);
	});
});
