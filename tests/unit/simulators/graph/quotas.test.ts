import fc from 'fast-check';
import { manualClock } from '../../../../simulators/graph';
import { QueryOptions } from '../../../../simulators/graph/odata/queryOptions';
import { SlidingWindow } from '../../../../simulators/graph/slidingWindow';
import { Throttle } from '../../../../simulators/graph/throttle';
import { HARBOR_TENANT_ID, LABS_TENANT_ID, PEOPLE, SAMPLE_APPS } from '../../../../simulators/world';
import { startHarness, type Answer, type Harness } from './setup';

const METHODS = `/users/${PEOPLE.ada}/authentication/methods`;
const DETAILS = '/reports/authenticationMethods/userRegistrationDetails';

describe('the limits of the services behind Graph', () => {
	const clock = manualClock();
	let latency = 0;
	let harness: Harness;
	beforeAll(async () => {
		harness = await startHarness({ clock, latencyMilliseconds: () => latency });
	});
	afterAll(async () => await harness.stop());
	beforeEach(() => {
		harness.microsoft.resetThrottle();
		Object.assign(harness.microsoft.settings, { throttling: 'gradual', retryAfter: 'whole', resourceUnitsPer10Seconds: undefined });
	});

	/** How many of so many requests are answered with anything but 429. */
	const passed = async (path: string, times: number, token?: string): Promise<number> => {
		let count = 0;
		for (let call = 0; call < times; call++) if ((await harness.get(path, { token })).status !== 429) count++;
		return count;
	};
	/** Other apps and tenants with the same permissions. */
	const otherApp = async (roles: readonly string[]) => {
		harness.microsoft.world.tenant(HARBOR_TENANT_ID).consent(SAMPLE_APPS.usersOnly, roles);
		return await harness.token(SAMPLE_APPS.usersOnly);
	};
	const labs = async () => await harness.token(SAMPLE_APPS.consented, LABS_TENANT_ID);

	describe('reports on identities', () => {
		it.each([DETAILS, METHODS])('%s: five in ten seconds per app and tenant', async (path) => {
			expect(await passed(path, 7)).toBe(5);
			expect(await passed(METHODS, 1, await labs())).toBe(1);
			expect(await passed(DETAILS, 1, await otherApp(['AuditLog.Read.All']))).toBe(1);
			clock.advance(10_000);
			expect(await passed(path, 1)).toBe(1);
		});

		it('are one budget, whichever of them is read', async () => {
			expect(await passed(DETAILS, 3)).toBe(3);
			expect(await passed(METHODS, 4)).toBe(2);
		});

		it('an app has 122 in ten seconds over all its tenants', async () => {
			const { world } = harness.microsoft;
			const token = await labs();
			let answered = 0;
			// Refused ones count as well: 122 of one tenant leave nothing for the other.
			for (let call = 0; call < 122; call++) if ((await harness.get(METHODS)).status === 200) answered++;
			expect(answered).toBe(5);
			expect(await passed(`/users/${world.tenant(LABS_TENANT_ID).users[0].id}/authentication/methods`, 1, token)).toBe(0);
		});

		it('say when to come back, and nothing about resource units', async () => {
			await passed(DETAILS, 5);
			clock.advance(4_000);
			const { status, headers, body } = await harness.get(DETAILS);
			expect([status, headers.get('retry-after'), body.error.code]).toEqual([429, '6', 'TooManyRequests']);
			for (const name of ['x-ms-resource-unit', 'x-ms-throttle-limit-percentage', 'x-ms-throttle-scope', 'x-ms-throttle-information']) expect(headers.get(name)).toBeNull();
		});
	});

	describe('sign-in activity of users', () => {
		const path = '/users?$select=id,signInActivity';

		it('is let five times in ten seconds, and ten times a minute', async () => {
			expect(await passed(path, 5)).toBe(5);
			clock.advance(10_000);
			expect(await passed(path, 5)).toBe(5);
			clock.advance(10_000);
			const refused = await harness.get(path);
			expect([refused.status, refused.headers.get('retry-after'), refused.headers.get('x-ms-resource-unit')]).toEqual([429, '40', '1']);
		});

		it('is one budget of the app over all its tenants', async () => {
			const harbor = await harness.token();
			harness.microsoft.world.tenant(LABS_TENANT_ID).features.hasP1 = true;
			const others = await labs();
			expect(await passed(path, 5, harbor)).toBe(5);
			expect(await passed(path, 5, others)).toBe(5);
			clock.advance(10_000);
			expect(await passed(path, 1, others)).toBe(0);
			harness.microsoft.world.tenant(LABS_TENANT_ID).features.hasP1 = false;
		});

		it('does not hold up who reads users without it', async () => {
			await passed(path, 12);
			expect(await passed('/users?$select=id', 5)).toBe(5);
		});
	});

	describe('usage reports', () => {
		const mailboxes = "/reports/getMailboxUsageDetail(period='D7')";

		it('fourteen in ten minutes per app and tenant, for each report on its own', async () => {
			expect(await passed(mailboxes, 16)).toBe(14);
			expect(await passed(mailboxes.replace('D7', 'D90'), 1)).toBe(0);
			expect(await passed('/reports/getOffice365ActivationsUserDetail', 1)).toBe(1);
			clock.advance(599_000);
			expect(await passed(mailboxes, 1)).toBe(0);
			clock.advance(601_000);
			expect(await passed(mailboxes, 1)).toBe(1);
		});

		it('forty in ten minutes per tenant by all apps', async () => {
			await passed(mailboxes, 40);
			expect(await passed(mailboxes, 1, await otherApp(['Reports.Read.All']))).toBe(0);
			expect(await passed(mailboxes, 1, await labs())).toBe(1);
		});
	});

	it('Intune lets two thousand in twenty seconds per app and tenant, and does not say when to come back', async () => {
		// A batch is charged request by request, which is the quick way to two thousand.
		const { origin } = harness.microsoft.graph;
		const token = await harness.token();
		const requests = Array.from({ length: 20 }, (_, index) => ({ id: String(index), method: 'GET', url: '/deviceManagement/managedDevices?$select=id&$top=1' }));
		const batch = async () =>
			await harness.send(`${origin}/v1.0/$batch`, {
				method: 'POST',
				headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
				body: JSON.stringify({ requests }),
			});
		for (let call = 0; call < 100; call++) {
			const { body } = await batch();
			expect(new Set(body.responses.map((response: { status: number }) => response.status))).toEqual(new Set([200]));
		}
		const refused = await harness.get('/deviceManagement/managedDevices');
		expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, null]);
		clock.advance(20_000);
		expect(await passed('/deviceManagement/managedDevices', 1)).toBe(1);
	});

	it('Secure Score lets 150 a minute', async () => {
		expect(await passed('/security/secureScores?$top=1', 152)).toBe(150);
	});

	it('the directory takes three thousand writes in 150 seconds, and says that it is the writes', () => {
		const { microsoft } = harness;
		const throttle = new Throttle(clock, microsoft.settings);
		const call = { caller: { appid: 'a' }, tenant: microsoft.world.tenant(HARBOR_TENANT_ID), settings: microsoft.settings, query: new QueryOptions(''), parameters: {} };
		const write = () => throttle.charge(call as never, { method: 'PATCH', path: 'users/{id}', permissions: [], options: [], answer: () => ({ status: 204 }) });
		for (let count = 0; count < 3_000; count++) {
			expect(write().refusal).toBeUndefined();
			clock.advance(10);
		}
		expect(write().refusal).toEqual({ retryAfterSeconds: 120.01, scope: expect.stringContaining('Tenant_Application/ReadWrite/a/'), information: 'WriteLimitExceeded' });
	});

	describe('under way at the same time', () => {
		beforeEach(() => (latency = 300));
		afterEach(() => (latency = 0));
		const together = async (paths: readonly string[], token?: string): Promise<Answer[]> => {
			await harness.token();
			return await Promise.all(paths.map(async (path) => await harness.get(path, { token })));
		};
		const statuses = (answers: readonly Answer[]) => answers.map(({ status }) => status).sort();

		it('four may ask for Secure Score, a fifth is refused, and one who comes later is let', async () => {
			const score = '/security/secureScores?$top=1';
			await harness.get('/domains');
			expect(statuses(await together(Array(5).fill(score)))).toEqual([200, 200, 200, 200, 429]);
			expect(statuses(await together(Array(4).fill(score)))).toEqual([200, 200, 200, 200]);
		});

		it('controls and scores are one crowd, other tenants another', async () => {
			const token = await labs();
			await harness.get('/domains');
			const [mine, others] = await Promise.all([
				together(['/security/secureScores', '/security/secureScores', '/security/secureScoreControlProfiles', '/security/secureScoreControlProfiles', '/security/secureScores']),
				together(['/security/secureScores'], token),
			]);
			expect(statuses(mine)).toEqual([200, 200, 200, 200, 429]);
			expect(statuses(others)).toEqual([200]);
		});

		it('four may ask for one mailbox, whichever way it is named, and any number for different ones', async () => {
			const purpose = (user: string) => `/users/${user}/mailboxSettings/userPurpose`;
			await harness.get('/domains');
			const first = await together([...Array(4).fill(purpose(PEOPLE.ada)), purpose('Ada.Brandt@harbordental.example')]);
			expect(statuses(first)).toEqual([200, 200, 200, 200, 429]);
			expect(first.find(({ status }) => status === 429)?.body.error).toMatchObject({ code: 'ApplicationThrottled', message: 'Application is over its MailboxConcurrency limit.' });
			expect(statuses(await together([PEOPLE.ada, PEOPLE.zoe, PEOPLE.mary, PEOPLE.lee, PEOPLE.ivy, PEOPLE.dana].map(purpose)))).toEqual(Array(6).fill(200));
		});

		it('a refused request is under way no longer', async () => {
			const score = '/security/secureScores?$top=1';
			await harness.get('/domains');
			await together(Array(9).fill(score));
			expect(statuses(await together(Array(4).fill(score)))).toEqual([200, 200, 200, 200]);
		});

		it('every answer takes its time, refusals too', async () => {
			for (const [path, token] of [['/domains', undefined], ['/nothing', undefined], ['/domains', 'none']] as const) {
				const began = performance.now();
				await harness.get(path, { token });
				expect(performance.now() - began).toBeGreaterThan(290);
			}
		});
	});
});

describe('a window that slides', () => {
	it('holds what was used within its length, and knows when there is room again', () => {
		const uses = fc.array(fc.record({ after: fc.integer({ min: 0, max: 400 }), amount: fc.integer({ min: 1, max: 5 }) }), { minLength: 1, maxLength: 60 });
		fc.assert(
			fc.property(uses, fc.integer({ min: 1, max: 40 }), (list, limit) => {
				const window = new SlidingWindow(1000);
				const all: Array<{ at: number; amount: number }> = [];
				const inUse = (at: number) => all.filter((use) => use.at > at - 1000 && use.at <= at).reduce((sum, use) => sum + use.amount, 0);
				let now = 0;
				for (const { after, amount } of list) {
					now += after;
					window.add(now, amount);
					all.push({ at: now, amount });
					expect(window.sum(now)).toBe(inUse(now));
				}
				const wait = window.secondsUntilBelow(now, limit) * 1000;
				expect(inUse(now + wait)).toBeLessThan(limit);
				if (wait > 0) expect(inUse(now + wait - 1)).toBeGreaterThanOrEqual(limit);
			}),
		);
	});

	it('forgets what has left it, however much that was', () => {
		const window = new SlidingWindow(1000);
		for (let at = 0; at < 10_000; at++) {
			window.add(at, 1);
			expect(window.sum(at)).toBe(Math.min(at + 1, 1000));
		}
	});
});
