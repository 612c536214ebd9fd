import { Pace, paceOf } from '../../../sync/source/graph/transport/pacing';
import { TestClock } from './service';

describe('the pace of an app in a tenant', () => {
	const clock = new TestClock();
	/** Requests of this cost that go within so many seconds. */
	const within = (pace: Pace, cost: number, seconds: number): number => {
		const end = clock.now() + seconds * 1000;
		let requests = 0;
		for (;;) {
			const wait = pace.admit(cost);
			if (wait === 0) requests++;
			else if (clock.now() + wait > end) return requests;
			else clock.pass(wait);
		}
	};

	it('lets a serial reader go at full speed', () => {
		const pace = new Pace(clock);
		for (let page = 0; page < 1000; page++) {
			expect(pace.admit(1)).toBe(0);
			clock.pass(50);
		}
	});

	it('keeps within the smallest tenant’s quota: a bucket, and what flows in', () => {
		expect(within(new Pace(clock), 2, 0)).toBe(1750);
		const pace = new Pace(clock);
		const first = within(pace, 2, 10);
		expect(first).toBeLessThanOrEqual(3500);
		expect(within(pace, 2, 10)).toBeLessThanOrEqual(1751);
	});

	it('charges what the service charged', () => {
		const pace = new Pace(clock);
		pace.admit(1);
		pace.learn({ expected: 1, cost: 3400 });
		expect(within(pace, 1, 0)).toBe(100);
	});

	it('slows down near the limit and recovers', () => {
		const near = new Pace(clock);
		within(near, 1, 0);
		near.learn({ expected: 1, share: 0.9 });
		const slow = within(near, 1, 9);
		expect(slow).toBeGreaterThan(1000);
		expect(slow).toBeLessThan(2000);
		clock.pass(20_000);
		expect(within(near, 1, 0)).toBe(3500);
	});

	it('is shut for all after a 429, for the longest wait that was asked', () => {
		const pace = new Pace(clock);
		pace.close(5_000);
		pace.close(2_000);
		expect(pace.admit(1)).toBe(5_000);
		clock.pass(5_000);
		expect(pace.admit(1)).toBe(0);
	});

	it('is one for all clients of the same app and tenant, and none is shared between tenants', () => {
		const of = (tenant: string) => paceOf(clock, 'https://graph.microsoft.com', 'APP', tenant);
		expect(of('TENANT-1')).toBe(of('tenant-1'));
		expect(of('tenant-1')).not.toBe(of('tenant-2'));
	});
});
