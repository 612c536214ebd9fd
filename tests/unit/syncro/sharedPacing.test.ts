import fc from 'fast-check';
import { SimulatedTime } from '../../../simulators/base/simulatedTime';
import { noDepartures } from '../../../sync/http/departures';
import { exchangeTurns, type PaceWish } from '../../../sync/http/paceExchange';
import { busiestMinute, Sender, Store, type SenderOptions } from './support/senders';

const pauses = fc.array(fc.oneof({ weight: 4, arbitrary: fc.nat(400) }, fc.nat(70_000)), { minLength: 1, maxLength: 25 });

interface Moves {
	sender: number;
	lanes: number[][];
}

/** Sends with all lanes of all processes. */
async function sendAll(time: SimulatedTime, senders: readonly Sender[], lanes: readonly Moves[]): Promise<void> {
	await time.run(Promise.all(lanes.flatMap((each) => each.lanes.map(async (lane) => await senders[each.sender % senders.length].lane(lane)))));
}

describe('Processes that share the limit of an address', () => {
	const world = fc.record({
		limit: fc.integer({ min: 4, max: 12 }),
		clocks: fc.array(fc.integer({ min: -3_600_000, max: 3_600_000 }), { minLength: 1, maxLength: 4 }),
		lanes: fc.array(fc.record({ sender: fc.nat(3), lanes: fc.array(pauses, { minLength: 1, maxLength: 4 }) }), { minLength: 1, maxLength: 4 }),
		slow: fc.record({ there: fc.nat(4_000), back: fc.nat(4_000) }),
		delays: fc.array(fc.nat(999), { minLength: 1, maxLength: 20 }),
	});

	it('never exceed it in any 60 seconds, whatever their clocks, the way to the store, and a second on the way to the service', async () => {
		await fc.assert(
			fc.asyncProperty(world, async ({ limit, clocks, lanes, slow, delays }) => {
				const time = new SimulatedTime();
				const store = new Store(time);
				store.latency = (exchange) => (exchange % 3 === 0 ? slow : { there: 5, back: 5 });
				const arrivals: number[] = [];
				const left = (moment: number) => arrivals.push(moment + delays[arrivals.length % delays.length]);
				const senders = clocks.map((clockAhead) => new Sender({ time, limit, clockAhead, left, sharedPace: () => store.pace, processes: clocks.length }));
				await sendAll(time, senders, lanes);
				expect(arrivals).toHaveLength(lanes.flatMap((each) => each.lanes.flat()).length);
				expect(busiestMinute(arrivals)).toBeLessThanOrEqual(limit);
			}),
		);
	}, 60_000);

	it('never exceed it while they work and the store comes and goes, and always get on', async () => {
		const busy = fc.array(fc.array(fc.nat(4_000), { minLength: 1, maxLength: 25 }), { minLength: 1, maxLength: 4 });
		const moves = fc.array(fc.record({ sender: fc.nat(3), lanes: busy }), { minLength: 1, maxLength: 4 });
		// Shorter than twenty seconds, not every process would notice.
		const phases = fc.array(fc.integer({ min: 20_000, max: 200_000 }), { maxLength: 6 });
		await fc.assert(
			fc.asyncProperty(world, moves, phases, async ({ limit, clocks, delays }, lanes, changes) => {
				const time = new SimulatedTime();
				const store = new Store(time);
				const start = time.now();
				const switches = changes.map((_, index) => start + changes.slice(0, index + 1).reduce((sum, each) => sum + each, 0));
				store.reachable = () => switches.filter((moment) => moment <= time.now()).length % 2 === 0;
				const arrivals: number[] = [];
				const left = (moment: number) => arrivals.push(moment + delays[arrivals.length % delays.length]);
				const senders = clocks.map((clockAhead) => new Sender({ time, limit, clockAhead, left, sharedPace: () => store.pace, processes: clocks.length }));
				await sendAll(time, senders, lanes);
				expect(arrivals).toHaveLength(lanes.flatMap((each) => each.lanes.flat()).length);
				expect(busiestMinute(arrivals)).toBeLessThanOrEqual(limit);
			}),
		);
	}, 60_000);

	/** So many full limits leave, one after the other. @returns the share of the limit that was used from the first to the last */
	async function steady({ processes, lanes, fullLimits, limit = 170 }: { processes: number; lanes: number; fullLimits: number; limit?: number }) {
		const time = new SimulatedTime();
		const store = new Store(time);
		const departures: number[] = [];
		const senders: Sender[] = [];
		const left = (moment: number) => {
			departures.push(moment);
			if (departures.length > limit * fullLimits) senders.forEach((sender) => sender.kill());
		};
		for (let process = 0; process < processes; process++) senders.push(new Sender({ time, limit, left, sharedPace: () => store.pace }));
		const endless = Array.from({ length: limit * fullLimits }, () => 300);
		await time.run(Promise.all(senders.flatMap((sender) => Array.from({ length: lanes }, async () => await sender.lane(endless)))));
		const minutes = (departures[limit * fullLimits] - departures[0]) / 60_000;
		return { share: fullLimits / minutes, busiest: busiestMinute(departures), exchanges: store.exchanges, requests: departures.length };
	}

	it.each([
		{ processes: 1, lanes: 20 },
		{ processes: 4, lanes: 5 },
		{ processes: 4, lanes: 1 },
		{ processes: 10, lanes: 2 },
		{ processes: 4, lanes: 20 },
	])('use at least 95 % of it under steady demand: $processes processes with $lanes lanes each', async (shape) => {
		const { share, busiest, exchanges, requests } = await steady({ ...shape, fullLimits: 20 });
		expect(share).toBeGreaterThanOrEqual(0.95);
		expect(busiest).toBeLessThanOrEqual(170);
		if (shape.lanes >= 5) expect(exchanges / requests).toBeLessThan(0.6);
	});

	describe('one by one', () => {
		let time: SimulatedTime;
		let store: Store;
		let start: number;
		let departures: Array<{ by: string; at: number }>;
		const sender = (by: string, options: Partial<SenderOptions> = {}) =>
			new Sender({ time, limit: 10, left: (moment) => departures.push({ by, at: (moment - start) / 1000 }), sharedPace: () => store.pace, ...options });
		const requests = (count: number, pause = 0) => Array.from({ length: count }, () => pause);
		const of = (by: string) => departures.filter((each) => each.by === by).map(({ at }) => at);

		beforeEach(() => {
			time = new SimulatedTime();
			store = new Store(time);
			start = time.now();
			departures = [];
		});

		it('send at once below the limit', async () => {
			await time.run(Promise.all([sender('a').lane(requests(5)), sender('b').lane(requests(5))]));
			expect(departures).toHaveLength(10);
			expect(time.now() - start).toBeLessThan(100);
		});

		it('stay within it when turns are used as late as they may be, and the next ones as early', async () => {
			const arrivals: number[] = [];
			const slowAnswers = sender('a', { sharedPace: () => store.by({ there: 0, back: 990 }), left: (moment) => arrivals.push(moment + 999) });
			const slowQuestions = sender('b', { sharedPace: () => store.by({ there: 990, back: 0 }), left: (moment) => arrivals.push(moment) });
			await time.run(Promise.all(requests(10).map(async () => await slowAnswers.lane(requests(1)))));
			await time.run(Promise.all(requests(10).map(async () => await slowQuestions.lane(requests(1)))));
			expect(arrivals).toHaveLength(20);
			expect(arrivals[10] - arrivals[0]).toBeLessThan(61_000);
			expect(busiestMinute(arrivals)).toBe(10);
		});

		it('heed the smallest limit that one of them knows', async () => {
			const [a, b] = [sender('a'), sender('b', { limit: 4 })];
			await time.run(b.lane(requests(1)));
			await time.run(Promise.all([a.lane(requests(12)), b.lane(requests(3))]));
			expect(of('b')).toHaveLength(4);
			const [until] = of('b').slice(-1);
			expect(busiestMinute(departures.filter(({ at }) => at <= until).map(({ at }) => at * 1000))).toBe(4);
		});

		it('all stop when the service refuses one of them, and go on together', async () => {
			const [a, b] = [sender('a'), sender('b')];
			await time.run(Promise.all([a.lane(requests(1)), b.lane(requests(1))]));
			a.pacer.close(35_000);
			await time.run(time.sleep(50));
			await time.run(Promise.all([a.lane(requests(2)), b.lane(requests(2))]));
			expect(of('b')[1]).toBeGreaterThanOrEqual(35);
			expect(time.now() - start).toBeLessThan(37_000);
		});

		it('hear of a refusal although an exchange was under way', async () => {
			const [a, b] = [sender('a'), sender('b')];
			await time.run(b.lane(requests(1)));
			const first = a.lane(requests(1));
			await time.run(time.sleep(1));
			a.pacer.close(35_000);
			await time.run(first);
			await time.run(b.lane(requests(2)));
			expect(of('b')[2]).toBeGreaterThanOrEqual(35);
		});

		it('lose no more than its bundle to one that is killed', async () => {
			const [a, b] = [sender('a'), sender('b')];
			const killed = Promise.all([a.lane(requests(10)), a.lane(requests(10)), a.lane(requests(10))]);
			await time.run(time.sleep(61_000));
			a.kill();
			await time.run(killed);
			await time.run(b.lane(requests(20)));
			expect(of('a')).toHaveLength(10);
			// What was reserved for the killed one in the second minute is free in the third.
			expect(time.now() - start).toBeLessThan(3 * 62_000 + 100);
			expect(of('b').filter((at) => at < 63)).toHaveLength(7);
		});

		it('count what one sent before it knew of the others', async () => {
			let known = false;
			const late = sender('late', { sharedPace: () => (known ? store.pace : undefined) });
			await time.run(late.lane(requests(6)));
			known = true;
			late.pacer.share({ sharedPace: () => store.pace });
			await time.run(late.lane(requests(1)));
			await time.run(sender('other').lane(requests(4)));
			expect(of('other').map((at) => at > 60)).toEqual([false, false, false, true]);
		});

		it('keep to a part each, from a minute later on, while the store is out of reach, and share again when it is back', async () => {
			const [a, b] = [sender('a', { processes: 2 }), sender('b', { processes: 2 })];
			await time.run(Promise.all([a.lane(requests(4)), b.lane(requests(4))]));
			store.reachable = () => time.now() > start + 200_000;
			const both = Promise.all([a.lane(requests(40)), b.lane(requests(40))]);
			await time.run(time.sleep(100_000));
			expect(a.pacer.state()).toMatchObject({ kind: 'unreachable', processes: 2, reason: { message: 'The database is gone.' } });
			expect([of('a').length, of('b').length]).toEqual([9, 9]);
			expect(of('a')[4]).toBeGreaterThan(60);
			await time.run(both);
			expect(a.pacer.state()).toEqual({ kind: 'shared' });
			expect(busiestMinute(departures.map(({ at }) => at * 1000))).toBeLessThanOrEqual(10);
		});

		it('keep to a part each while they know of no store', async () => {
			const alone = sender('a', { sharedPace: undefined, processes: 4 });
			await time.run(alone.lane(requests(3)));
			expect(of('a')).toEqual([0, 0, 61]);
			expect(alone.pacer.state()).toEqual({ kind: 'part', processes: 4 });
		});

		it('go on without a store whose answers always come too late', async () => {
			store.latency = () => ({ there: 800, back: 800 });
			const slow = sender('slow');
			await time.run(slow.lane(requests(15)));
			expect(slow.pacer.state()).toMatchObject({ kind: 'unreachable', reason: { message: 'The store answers only after 2 seconds.' } });
			expect(busiestMinute(departures.map(({ at }) => at * 1000))).toBe(10);
		});

		it('exchange a store that fails for another, and none that works', async () => {
			const other = new Store(time);
			const one = sender('a');
			await time.run(one.lane(requests(6)));
			one.pacer.share({ sharedPace: () => other.pace });
			await time.run(one.lane(requests(1)));
			expect(other.exchanges).toBe(0);
			store.reachable = () => false;
			const waiting = one.lane(requests(7));
			await time.run(time.sleep(1_000));
			one.pacer.share({ sharedPace: () => other.pace });
			await time.run(waiting);
			expect(other.exchanges).toBeGreaterThan(0);
			expect(one.pacer.state()).toEqual({ kind: 'shared' });
			expect(busiestMinute(departures.map(({ at }) => at * 1000))).toBeLessThanOrEqual(10);
		});

		it('give nothing back twice when an exchange arrives twice', () => {
			const shared = noDepartures();
			const wish: PaceWish = { caller: 'a', exchange: 1, limit: 10, wanted: 2, unused: [], untold: [], closeFor: 0, gap: 62_000, ahead: 2_000 };
			const { moments } = exchangeTurns(shared, wish, start);
			exchangeTurns(shared, { ...wish, caller: 'b' }, start);
			const returning = { ...wish, exchange: 2, wanted: 0, unused: moments };
			exchangeTurns(shared, returning, start);
			exchangeTurns(shared, returning, start);
			expect(shared.moments).toHaveLength(2);
		});
	});
});
