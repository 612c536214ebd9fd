import { createAuthority } from '../../../simulators/base/certificates';
import { startSyncro, type SyncroSimulator } from '../../../simulators/syncro';
import type { SharedPace } from '../../../sync/http/paceExchange';
import { RequestsPerMinute } from '../../../sync/http/requestsPerMinute';
import { systemClock } from '../../../sync/http/clock';
import { openLedger, type StoredLedger } from '../../../sync/ledger';
import { findPostgres, startPostgres, type PostgresCluster } from '../ledger/support/postgresCluster';
import { SEED, TOKEN } from './support/account';
import { SenderProcess } from './support/senderProcess';

const bin = findPostgres();

if (bin === undefined) {
	it('was NOT tested against PostgreSQL, which is not installed here', () => {
		expect(findPostgres()).toBeUndefined();
	});
} else {
	describe('Processes that share a PostgreSQL ledger', () => {
		let cluster: PostgresCluster;
		beforeAll(async () => {
			cluster = await startPostgres(bin);
		}, 120_000);
		afterAll(() => cluster?.stop());

		describe('four of them, of which one is killed', () => {
			/** So many times faster than real time passes. */
			const SPEED = 4;
			/** One lane for each of twenty customers. */
			const LANES = 5;
			const FULL_LIMITS = 3;
			let simulator: SyncroSimulator;
			let processes: SenderProcess[];
			const arrivals: number[] = [];

			beforeAll(async () => {
				const authority = createAuthority();
				const now = () => Date.now() * SPEED;
				const arrived = () => {
					arrivals.push(now());
					return 0;
				};
				simulator = await startSyncro({ authority, seed: SEED, clock: { now }, latencyMilliseconds: arrived });
				processes = [1, 2, 3, 4].map(() => new SenderProcess());
				const syncro = { subdomain: 'acme', token: TOKEN, addressOverride: simulator.origin, caCertificates: authority.cert };
				const ledger = await cluster.emptyDatabase();
				expect(await Promise.all(processes.map(async (each) => await each.prepare({ ledger, syncro, lanes: LANES, speed: SPEED })))).toEqual(Array(4).fill('ready'));
			}, 60_000);
			afterAll(async () => {
				await Promise.all((processes ?? []).map(async (each) => await each.kill()));
				await simulator?.stop();
			});

			it('get no 429 from Syncro, and use at least 95 % of their budget', async () => {
				const arrived = async (count: number) => {
					const until = Date.now() + 90_000;
					while (arrivals.length < count && Date.now() < until) await systemClock.sleep(5);
				};
				processes.forEach((each) => each.go());
				await arrived(200);
				const [killed, ...others] = processes;
				await killed.kill();
				await arrived(170 * FULL_LIMITS + 1);
				expect(await Promise.all(others.map(async (each) => await each.stop()))).toEqual(Array(3).fill('shared'));

				expect(arrivals.length).toBeGreaterThan(170 * FULL_LIMITS);
				expect(simulator.seen.filter(({ status }) => status !== 200)).toEqual([]);
				const minutes = (arrivals[170 * FULL_LIMITS] - arrivals[0]) / 60_000;
				expect(FULL_LIMITS / minutes).toBeGreaterThanOrEqual(0.95);
			}, 120_000);
		});

		describe('and its store of turns', () => {
			let ledger: StoredLedger;
			let pace: SharedPace;
			const wish = { caller: 'a', exchange: 1, limit: 100, wanted: 0, unused: [], untold: [], closeFor: 0, gap: 62_000, ahead: 2_000 };
			beforeEach(async () => {
				ledger = await openLedger({ type: 'postgres', ...(await cluster.emptyDatabase()) });
				pace = ledger.pace!;
			});
			afterEach(async () => await ledger.close());

			it('give each turn once, however many ask at the same moment', async () => {
				const answers = await Promise.all(Array.from({ length: 40 }, async (_, index) => await pace('syncro', { ...wish, caller: `${index}`, wanted: 5 })));
				expect(answers.flatMap(({ moments }) => moments)).toHaveLength(100);
				expect(Math.max(...answers.map(({ callers }) => callers))).toBe(40);
				expect(answers.every(({ moments, nextAt }) => moments.length === 5 || nextAt !== undefined)).toBe(true);
				expect((await pace('another service', { ...wish, wanted: 5 })).moments).toHaveLength(5);
			});

			it('go by the clock of the database', async () => {
				const before = Date.now();
				const { now, moments } = await pace('syncro', { ...wish, wanted: 1 });
				expect(moments).toEqual([now]);
				// Here they are the same machine's.
				expect(Math.abs(now - before)).toBeLessThan(5_000);
			});

			it('remember a closed gate, and what was given back', async () => {
				const { moments } = await pace('syncro', { ...wish, wanted: 100 });
				await pace('syncro', { ...wish, exchange: 2, unused: moments.slice(40) });
				const { now, closedUntil } = await pace('syncro', { ...wish, caller: 'b', closeFor: 30_000 });
				expect(closedUntil).toBe(now + 30_000);
				const refused = await pace('syncro', { ...wish, exchange: 3, wanted: 60 });
				expect(refused).toMatchObject({ moments: [], nextAt: closedUntil, closedUntil });
			});

			it('let a single process go on at once', async () => {
				const pacer = new RequestsPerMinute(systemClock, 'syncro');
				pacer.share({ sharedPace: () => pace });
				const start = Date.now();
				for (let request = 0; request < 30; request++) await pacer.pass(170);
				expect(Date.now() - start).toBeLessThan(3_000);
				expect(pacer.state()).toEqual({ kind: 'shared' });
			});

			it('fail with an error that names the database when its tables are gone', async () => {
				await cluster.emptyDatabase();
				await expect(pace('syncro', wish)).rejects.toMatchObject({ name: 'SyncError', message: expect.stringContaining('127.0.0.1') });
			});
		});
	});
}
