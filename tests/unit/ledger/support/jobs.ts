import { openLedger, type StoredLedger } from '../../../../sync/ledger';
import type { Job, JobPlace } from '../../../../sync/ledger/jobs';
import { HandClock, NOON, refusalOf, type Stores } from './samples';

const JOB: Job = { name: 'signInActivity', app: 'https://graph.microsoft.com APP-1' };
const OTHER_APP: Job = { ...JOB, app: 'https://graph.microsoft.com app-2' };
const TENANT = '11111111-1111-4111-8111-111111111111';
const PLACE: JobPlace = { link: 'https://graph.microsoft.com/v1.0/users?$skiptoken=x', since: NOON - 5, roundBegan: NOON, fullRoundBegan: NOON - 9, records: 7 };

/** Long reads, whatever database is behind the ledger. */
export function describeJobs(stores: Stores): void {
	describe(`long reads in ${stores.name}`, () => {
		const clock = new HandClock();
		let ledger: StoredLedger;

		beforeEach(async () => {
			clock.moment = NOON;
			ledger = await openLedger({ ...(await stores.create()), clock });
		});
		afterEach(async () => await ledger.close());

		it('are read by one at a time per app, until they are given back or the lease ends', async () => {
			expect(await ledger.takeJob(JOB, 'first', 60)).toBeUndefined();
			expect(await ledger.takeJob({ ...JOB, app: JOB.app.toLowerCase() }, 'second', 60)).toBe(NOON + 60_000);
			expect(await ledger.takeJob(OTHER_APP, 'second', 60)).toBeUndefined();
			clock.pass(30);
			expect(await ledger.takeJob(JOB, 'first', 60)).toBeUndefined();
			clock.pass(59);
			expect(await ledger.takeJob(JOB, 'second', 60)).toBe(NOON + 90_000);
			clock.pass(1);
			expect(await ledger.takeJob(JOB, 'second', 60)).toBeUndefined();
			await ledger.giveJobBack(JOB, 'first');
			expect(await ledger.takeJob(JOB, 'first', 60)).toBe(NOON + 150_000);
			await ledger.giveJobBack(JOB, 'second');
			expect(await ledger.takeJob(JOB, 'first', 60)).toBeUndefined();
		});

		it('are begun by one of many who try at once', async () => {
			const tries = await Promise.all(Array.from({ length: 8 }, async (_, index) => await ledger.takeJob(JOB, `holder ${index}`, 60)));
			expect(tries.filter((until) => until === undefined)).toHaveLength(1);
		});

		it('go on where they stood, in each tenant', async () => {
			await ledger.takeJob(JOB, 'me', 60);
			expect(await ledger.jobPlace(JOB, TENANT)).toBeUndefined();
			await ledger.saveJobPlace(JOB, TENANT, PLACE, 'me');
			await ledger.saveJobPlace(JOB, 'another tenant', { records: 0 }, 'me');
			expect(await ledger.jobPlace(JOB, TENANT)).toEqual(PLACE);
			expect(await ledger.jobPlace(JOB, 'another tenant')).toEqual({ records: 0 });
			expect(await ledger.jobPlace(OTHER_APP, TENANT)).toBeUndefined();
			await ledger.saveJobPlace(JOB, TENANT, { since: NOON, records: 9 }, 'me');
			expect(await ledger.jobPlace(JOB, TENANT)).toEqual({ since: NOON, records: 9 });
		});

		it('are not moved by who no longer holds them', async () => {
			await ledger.takeJob(JOB, 'me', 60);
			await ledger.saveJobPlace(JOB, TENANT, PLACE, 'me');
			clock.pass(61);
			await ledger.takeJob(JOB, 'other', 60);
			const refused = await refusalOf(ledger.saveJobPlace(JOB, TENANT, { records: 0 }, 'me'));
			expect(refused).toMatchObject({ class: 'ledger', code: 'ledger.jobLost' });
			expect(await ledger.jobPlace(JOB, TENANT)).toEqual(PLACE);
			await ledger.giveJobBack(JOB, 'other');
			await expect(ledger.saveJobPlace(JOB, TENANT, { records: 0 }, 'me')).rejects.toMatchObject({ code: 'ledger.jobLost' });
		});

		it('are forgotten with what is old', async () => {
			await ledger.takeJob(JOB, 'me', 60);
			await ledger.saveJobPlace(JOB, TENANT, PLACE, 'me');
			await ledger.prune(NOON);
			expect(await ledger.jobPlace(JOB, TENANT)).toEqual(PLACE);
			await ledger.prune(NOON + 1);
			expect(await ledger.jobPlace(JOB, TENANT)).toBeUndefined();
			expect(await ledger.takeJob(JOB, 'other', 60)).toBe(NOON + 60_000);
		});
	});
}
