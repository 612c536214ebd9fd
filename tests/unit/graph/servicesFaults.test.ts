import { PEOPLE } from '../../../simulators/world';
import { authenticationOfEach } from '../../../sync/source/graph/read/authenticationMethods';
import { licensedPeoplePages } from '../../../sync/source/graph/read/licenceHolders';
import { licenceNames } from '../../../sync/source/graph/read/licenceNames';
import { recentSignIns } from '../../../sync/source/graph/read/recentSignIns';
import { registrationPages } from '../../../sync/source/graph/read/registrationDetails';
import { secureScoreGaps } from '../../../sync/source/graph/read/secureScoreGaps';
import { secureScores } from '../../../sync/source/graph/read/secureScores';
import { APP_ACTIVATIONS, MAILBOX_USAGE, usagePages } from '../../../sync/source/graph/read/usageReports';
import type { GraphClient } from '../../../sync/source/graph/transport/client';
import { collect } from '../../../sync/source/graph/transport/paging';
import { FAULTS } from './faults';
import { failureOf, TestClock } from './service';
import { startTenantInABox, type TenantInABox } from './tenantInABox';

const clock = new TestClock();
let box: TenantInABox;
beforeAll(async () => {
	box = await startTenantInABox({ clock });
});
afterAll(async () => await box.microsoft.stop());
beforeEach(() => {
	// Out of every window: these limits are small.
	clock.pass(3_600_000);
	box.reset();
	box.microsoft.reportFaults.clear();
});
const client = (budgetSeconds = 20) => box.client({}, { clock, budgetSeconds });

type Read = (client: GraphClient) => Promise<unknown>;
/** Every read of a service beside the directory, and the part of an address that only its own requests have. */
const READS: Record<string, { read: Read; path: string }> = {
	'holders of licences': { read: async (reader) => await collect(licensedPeoplePages(reader, { names: await licenceNames(), skus: [] })), path: '/users?' },
	// When the report last looked moves on with the time.
	'registered methods': { read: async (reader) => (await collect(registrationPages(reader))).map((status) => ({ ...status, lastUpdated: null })), path: '/userRegistrationDetails' },
	'sign-ins': { read: async (reader) => await recentSignIns(reader, '2026-01-01T00:00:00Z'), path: '/users?' },
	'Secure Score': { read: async (reader) => await secureScores(reader, 3), path: '/security/secureScores' },
	'controls of the Secure Score': { read: async (reader) => await secureScoreGaps(reader), path: '/security/secureScoreControlProfiles' },
};
const REPORTS: Record<string, { read: Read; path: string }> = {
	'mailbox usage': { read: async (reader) => await collect(usagePages(reader, MAILBOX_USAGE, { period: 7 })), path: 'getMailboxUsageDetail' },
	activations: { read: async (reader) => await collect(usagePages(reader, APP_ACTIVATIONS, { period: 7 })), path: 'getOffice365ActivationsUserDetail' },
};

describe.each(Object.entries(READS))('reading %s', (_name, { read, path }) => {
	it.each(Object.entries(FAULTS))('under %s is complete or says why it is not', async (_, [fault, times, expected]) => {
		const whole = await read(client());
		box.microsoft.graphFaults.add({ fault, times, path });
		if (expected === 'complete') expect(await read(client())).toEqual(whole);
		else expect(await failureOf(read(client()))).toMatchObject({ name: 'SyncError', message: expect.stringMatching(expected) as unknown });
	});
});

/** The address of a report is answered with 302, so a 200 in its place is none of its answers. */
const NOT_OF_A_REPORT = new Set(['an answer that ends early and says it is whole', 'truncated JSON for ever']);

describe.each(Object.entries(REPORTS))('reading the report of %s', (_name, { read, path }) => {
	it.each(Object.entries(FAULTS).filter(([name]) => !NOT_OF_A_REPORT.has(name)))('under %s on the way to it is complete or says why it is not', async (_, [fault, times, expected]) => {
		const whole = await read(client());
		box.microsoft.graphFaults.add({ fault, times, path });
		if (expected === 'complete') expect(await read(client())).toEqual(whole);
		else expect((await failureOf(read(client()))).name).toBe('SyncError');
	});

	it.each(Object.entries(FAULTS))('under %s in its download is complete or says why it is not', async (_, [fault, times]) => {
		const whole = await read(client());
		box.microsoft.reportFaults.add({ fault, times });
		const outcome = await read(client(60)).then(
			(rows) => ({ rows }),
			(error: Error) => ({ error }),
		);
		if ('rows' in outcome) expect(outcome.rows).toEqual(whole);
		else expect(outcome.error).toMatchObject({ name: 'SyncError', class: 'unavailable', code: expect.stringMatching(/^graph\.download\./) as unknown });
		expect(box.microsoft.downloads.tokensReceived).toEqual([]);
		// What goes wrong once or twice is healed.
		if (times < 3) expect(outcome).toHaveProperty('rows');
	});
});

describe('asking for each person’s methods', () => {
	it.each(Object.entries(FAULTS))('under %s is complete or says why it is not', async (_, [fault, times, expected]) => {
		const whole = await authenticationOfEach(client(86_400));
		clock.pass(3_600_000);
		box.microsoft.graphFaults.add({ fault, times, path: '/$batch' });
		const outcome = await authenticationOfEach(client(600)).then(
			(statuses) => ({ statuses }),
			(error: Error) => ({ error }),
		);
		if (expected === 'complete') expect(outcome).toEqual({ statuses: whole });
		else expect(outcome).toMatchObject({ error: { name: 'SyncError' } });
		expect(whole.map(({ personId }) => personId)).toContain(PEOPLE.ada);
	});
});
