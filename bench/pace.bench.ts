import { SimulatedTime } from '../simulators/base/simulatedTime';
import { RateLimit } from '../simulators/syncro/access';
import { Answer } from '../simulators/syncro/answers';
import { DEFAULT_QUIRKS } from '../simulators/syncro/quirks';
import { noDepartures } from '../sync/http/departures';
import { exchangeTurns, type SharedPace } from '../sync/http/paceExchange';
import type { Transport } from '../sync/http/transport';
import { SyncroClient } from '../sync/target/syncro/client';
import { measurement, type Measurement } from './measurement';
import { report } from './report';
import { thousands } from './size';

const CONTACTS = 1_000;
const CUSTOMERS = 20;
const PER_MINUTE = 170;
const LATENCY = 300;
/** Of an exchange with the database, each way. */
const DATABASE_LATENCY = 2;

/** The contacts of all customers are written at once, by one process and by four that share the limit. Time is simulated. */
async function main(): Promise<void> {
	report([await measure(1), await measure(4)]);
}

async function measure(processes: number): Promise<Measurement> {
	const time = new SimulatedTime();
	const start = time.now();
	const syncro = service(time);
	const store = processes === 1 ? undefined : database(time);
	// A clock object each: what runs under one clock is one process.
	const clients = Array.from({ length: processes }, () => new SyncroClient({ subdomain: 'acme', token: 'token', transport: syncro.transport, clock: time.shifted(0), requestsPerMinute: PER_MINUTE, pace: { sharedPace: () => store?.pace } }));
	await time.run(Promise.all(Array.from({ length: CUSTOMERS }, async (_, customer) => await writeCustomer(clients[customer % processes], customer))));

	const { answered, refused } = syncro.seen;
	if (refused > 0) throw new Error(`Syncro refused ${refused} requests of ${processes} processes.`);
	const seconds = (time.now() - start) / 1_000;
	const floor = (Math.ceil(answered / PER_MINUTE) - 1) * 60;
	const by = processes === 1 ? 'one process' : `${processes} processes that share a ledger`;
	return measurement(`${thousands(CONTACTS)} contacts of ${CUSTOMERS} Syncro customers at once, ${by}`, seconds, floor, {
		requests: answered,
		note: `simulated time; floor: ${PER_MINUTE} requests in each minute; no 429; ${((100 * floor) / seconds).toFixed(1)} % of the limit used${store ? `; ${store.seen.exchanges} transactions of the database` : ''}`,
	});
}

async function writeCustomer(client: SyncroClient, customer: number): Promise<void> {
	await client.request({ method: 'GET', path: '/contacts', query: { customer_id: customer }, doing: 'list contacts' });
	for (let contact = 0; contact < CONTACTS / CUSTOMERS; contact++) {
		await client.request({ method: 'PUT', path: `/contacts/${customer * CONTACTS + contact}`, body: { title: 'Analyst' }, doing: 'change a contact' });
	}
}

/** The limit of the simulator, and nothing else of it. */
function service(time: SimulatedTime): { transport: Transport; seen: { answered: number; refused: number } } {
	const limit = new RateLimit(time.now, DEFAULT_QUIRKS);
	const seen = { answered: 0, refused: 0 };
	const transport: Transport = async () => {
		await time.sleep(LATENCY / 2);
		try {
			limit.count();
		} catch (error) {
			if (!(error instanceof Answer)) throw error;
			seen.refused++;
			return new Response(JSON.stringify(error.response.body), { status: error.response.status, headers: error.response.headers });
		}
		await time.sleep(LATENCY / 2);
		seen.answered++;
		return new Response('{}');
	};
	return { transport, seen };
}

/** What sharedPace keeps in PostgreSQL, in memory. */
function database(time: SimulatedTime): { pace: SharedPace; seen: { exchanges: number } } {
	const departures = noDepartures();
	const seen = { exchanges: 0 };
	const pace: SharedPace = async (_service, wish) => {
		await time.sleep(DATABASE_LATENCY);
		seen.exchanges++;
		const answer = exchangeTurns(departures, wish, time.now());
		await time.sleep(DATABASE_LATENCY);
		return answer;
	};
	return { pace, seen };
}

main().catch((error: unknown) => {
	console.error(error);
	process.exit(1);
});
