import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import { connectSyncro } from '../../../nodes/connect/syncro';
import { createAuthority } from '../../../simulators/base/certificates';
import { startSyncro, type SyncroSimulator } from '../../../simulators/syncro';
import { findPostgres, startPostgres } from '../ledger/support/postgresCluster';
import { SEED, TOKEN } from './support/account';

const authority = createAuthority();
let simulator: SyncroSimulator;
let credential: IDataObject;

beforeEach(async () => {
	simulator = await startSyncro({ authority, seed: SEED });
	credential = { subdomain: 'acme', apiToken: TOKEN, addressOverride: simulator.origin, ca: authority.cert };
});
afterEach(async () => await simulator.stop());

/** Reads twice. @returns the hints that the node gave */
async function read({ sharePace = false, ledger, queue = false }: { sharePace?: boolean; ledger?: IDataObject; queue?: boolean }): Promise<string[]> {
	const hints: string[] = [];
	const context = {
		getNodeParameter: (name: string) => (name === 'sharePace' ? sharePace : undefined),
		getCredentials: async (type: string) => (type === 'syncroTokenApi' ? credential : ledger),
		addExecutionHints: ({ message }: { message: string }) => hints.push(message),
	} as unknown as IExecuteFunctions;
	for (const item of [0, 1]) {
		const client = await connectSyncro(context, item, queue ? { EXECUTIONS_MODE: 'queue' } : {});
		await client.request({ method: 'GET', path: '/contacts/11', doing: 'read a contact' });
	}
	return hints;
}

describe('A Syncro node', () => {
	it('keeps the limit for itself where there is one process, and says nothing', async () => {
		expect(await read({})).toEqual([]);
	});

	it('keeps to a part in queue mode while it knows of no PostgreSQL ledger, and says once what to do', async () => {
		expect(await read({ queue: true })).toEqual([expect.stringMatching(/queue mode.*1\/4 of Requests per Minute.*PostgreSQL/)]);
	});

	it('goes on without the ledger that it should share the pace through, and says why', async () => {
		const away = { type: 'postgres', host: '127.0.0.1', port: 1, database: 'ledger', user: 'ledger', password: 'secret', tls: 'off' };
		expect(await read({ sharePace: true, ledger: away })).toEqual([expect.stringMatching(/could not be opened to share the pace.*127\.0\.0\.1:1/)]);
		expect(simulator.seen.map(({ status }) => status)).toEqual([200, 200]);
	}, 30_000);

	const bin = findPostgres();
	if (bin === undefined) {
		it('was NOT tested with PostgreSQL, which is not installed here', () => {
			expect(findPostgres()).toBeUndefined();
		});
	} else {
		it('shares the pace in queue mode once a PostgreSQL ledger was opened in its process, and from then on without being asked to', async () => {
			const cluster = await startPostgres(bin);
			try {
				const ledger = { type: 'postgres', ...(await cluster.emptyDatabase()) };
				expect(await read({ queue: true, sharePace: true, ledger })).toEqual([]);
				expect(await read({ queue: true })).toEqual([]);
			} finally {
				cluster.stop();
			}
		}, 120_000);
	}
});
