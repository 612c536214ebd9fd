import { systemClock, type Clock } from '../../../../sync/http/clock';
import { migrate } from '../../../../sync/ledger/migrate';
import { openPostgresDatabase } from '../../../../sync/ledger/postgres';
import { sharedPace } from '../../../../sync/ledger/sharedPace';
import { SyncroClient } from '../../../../sync/target/syncro/client';
import type { SenderJob } from './senderProcess';

let job: SenderJob;
let client: SyncroClient;
let running: Promise<unknown> = Promise.resolve();
let failure: string | undefined;
const states = new Set<string>();
const stopped = new AbortController();

process.on('message', (message: { job?: SenderJob; go?: true; stop?: true }) => {
	if (message.job) void prepare(message.job).then(() => process.send!('ready'), (error: unknown) => process.send!(String(error)));
	if (message.go) running = Promise.all(Array.from({ length: job.lanes }, lane));
	if (message.stop) {
		stopped.abort();
		void running.then(() => process.send!(failure ?? [...states].join()));
	}
});

async function prepare(given: SenderJob): Promise<void> {
	job = given;
	const clock: Clock = {
		now: () => Date.now() * job.speed,
		sleep: async (milliseconds, signal) => await systemClock.sleep(milliseconds / job.speed, signal),
	};
	const database = await openPostgresDatabase(job.ledger);
	await migrate(database);
	const pace = sharedPace(database, `EXTRACT(EPOCH FROM clock_timestamp()) * ${1000 * job.speed}`);
	client = new SyncroClient({ ...job.syncro, clock, pace: { sharedPace: () => pace, processes: 4 }, onPace: ({ kind }) => states.add(kind) });
}

async function lane(): Promise<void> {
	try {
		for (;;) await client.request({ method: 'GET', path: '/contacts/11', doing: 'read a contact', signal: stopped.signal });
	} catch (error) {
		if (!stopped.signal.aborted) failure = String(error);
	}
}
