import fc from 'fast-check';
import { paceOf, Pace, type Paced } from '../../../sync/source/graph/transport/pacing';
import { QUOTAS, type QuotaName } from '../../../sync/source/graph/transport/quotas';
import { TestClock } from './service';

const units = (resourceUnits: number): Paced => ({ what: 'users', resourceUnits });
const under = (quota: QuotaName, what = 'something'): Paced => ({ what, resourceUnits: 0, quotas: [quota] });

describe('the pace of an app in a tenant', () => {
	let clock: TestClock;
	beforeEach(() => (clock = new TestClock()));

	/** Requests that go within so many seconds, asked for as fast as they are let. */
	const within = (pace: Pace, request: Paced, seconds: number): number => {
		const end = clock.now() + seconds * 1000;
		let requests = 0;
		for (;;) {
			const wait = pace.admit(request);
			if (wait === 0) requests++;
			else if (clock.now() + wait > end) {
				clock.pass(end - clock.now());
				return requests;
			} else clock.pass(wait);
		}
	};

	it('lets a serial reader go at full speed', () => {
		const pace = new Pace(clock);
		for (let page = 0; page < 1000; page++) {
			expect(pace.admit(units(1))).toBe(0);
			clock.pass(50);
		}
	});

	it('keeps within the smallest tenant’s quota until the tenant is known to be larger', () => {
		const pace = new Pace(clock);
		expect(within(pace, units(2), 10)).toBe(1750);
		clock.pass(20_000);
		pace.learnSize(501);
		expect(within(pace, units(2), 10)).toBe(4000);
	});

	it('charges what the service charged', () => {
		const pace = new Pace(clock);
		pace.admit(units(1));
		pace.learn(units(1), { cost: 3400 });
		expect(within(pace, units(1), 0)).toBe(100);
	});

	it('slows down near the limit and recovers', () => {
		const pace = new Pace(clock);
		pace.learn(units(1), { share: 0.9 });
		expect(within(pace, units(1), 0)).toBe(1750);
		pace.learn(units(1), { share: 1.1 });
		clock.pass(11_000);
		expect(within(pace, units(1), 0)).toBe(3500);
	});

	it('is shut after a 429, for the longest wait that was asked, and only for the same quota', () => {
		const pace = new Pace(clock);
		pace.close(units(1), 5_000);
		pace.close(units(1), 2_000);
		expect(pace.admit(units(1))).toBe(5_000);
		expect(pace.admit(under('secureScore'))).toBe(0);
		clock.pass(5_000);
		expect(pace.admit(units(1))).toBe(0);
	});

	it('counts each usage report for itself', () => {
		const pace = new Pace(clock);
		expect(within(pace, under('usageReport', 'mailbox usage'), 0)).toBe(14);
		expect(within(pace, under('usageReport', 'active users'), 0)).toBe(14);
		expect(pace.admit(under('usageReport', 'mailbox usage'))).toBeGreaterThan(599_000);
	});

	it('lets four secure scores be under way at once, and the next one in when one is back', async () => {
		const pace = new Pace(clock);
		const leave = await Promise.all(Array.from({ length: 4 }, async () => await pace.enter(under('secureScore'))));
		let in5 = false;
		const fifth = pace.enter(under('secureScore')).then((back) => {
			in5 = true;
			return back;
		});
		await new Promise(setImmediate);
		expect(in5).toBe(false);
		leave[0]();
		await fifth;
		expect(in5).toBe(true);
	});

	it('takes nobody’s place with it when a waiting request is cancelled', async () => {
		const pace = new Pace(clock);
		const leave = await Promise.all(Array.from({ length: 4 }, async () => await pace.enter(under('secureScore'))));
		const cancel = new AbortController();
		const waiting = pace.enter(under('secureScore'), cancel.signal);
		cancel.abort(new Error('cancelled'));
		await expect(waiting).rejects.toThrow('cancelled');
		leave[0]();
		await pace.enter(under('secureScore'));
	});

	it('is one for all clients of the same app and tenant, and none is shared between tenants', () => {
		const of = (tenant: string) => paceOf(clock, 'https://graph.microsoft.com', 'APP', tenant);
		expect(of('TENANT-1')).toBe(of('tenant-1'));
		expect(of('tenant-1')).not.toBe(of('tenant-2'));
	});

	it('shares ten sign-in activity pages a minute among all tenants of the app, and shuts for all of them', () => {
		const of = (tenant: string, app = 'app') => paceOf(clock, 'https://graph.microsoft.com', app, tenant);
		const request = under('signInActivity');
		expect(within(of('t1'), request, 0) + within(of('t2'), request, 0)).toBe(10);
		expect(of('t3').admit(request)).toBeGreaterThan(59_000);
		expect(of('t3', 'another app').admit(request)).toBe(0);
		clock.pass(62_000);
		of('t1').close(request, 30_000);
		expect(of('t2').admit(request)).toBe(30_000);
	});

	it('never lets more through in any window than a limit allows, and never waits for nothing (law)', () => {
		const quotas: QuotaName[] = ['directory', 'identityReports', 'signInActivity', 'usageReport', 'secureScore'];
		fc.assert(
			fc.property(
				fc.array(fc.record({ tenant: fc.integer({ min: 0, max: 2 }), quota: fc.constantFrom(...quotas), burst: fc.integer({ min: 1, max: 40 }), pause: fc.integer({ min: 0, max: 4_000 }) }), { minLength: 1, maxLength: 30 }),
				(bursts) => {
					const own = new TestClock();
					const gone: Array<{ at: number; tenant: number; quota: QuotaName; cost: number }> = [];
					for (const { tenant, quota, burst, pause } of bursts) {
						const pace = paceOf(own, 'https://graph', 'app', `t${tenant}`);
						const request: Paced = quota === 'directory' ? units(100) : under(quota);
						for (let n = 0; n < burst; n++) {
							const wait = pace.admit(request);
							if (wait > 0) {
								// One of the limits, over its window or the margin above it, would be broken one moment earlier.
								own.pass(wait);
								expect(pace.admit(request)).toBe(0);
							}
							gone.push({ at: own.now(), tenant, quota, cost: quota === 'directory' ? 100 : 1 });
						}
						own.pass(pause);
					}
					for (const quota of quotas) {
						for (const limit of QUOTAS[quota].limits) {
							for (const last of gone.filter((each) => each.quota === quota)) {
								const used = gone
									.filter((each) => each.quota === quota && (limit.per === 'app' || each.tenant === last.tenant) && each.at <= last.at && each.at > last.at - limit.seconds * 1000)
									.reduce((sum, each) => sum + (limit.unit === 'resourceUnits' ? each.cost : 1), 0);
								expect(used).toBeLessThanOrEqual(limit.amount);
							}
						}
					}
				},
			),
			{ numRuns: 60 },
		);
	});
});
