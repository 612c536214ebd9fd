import { join } from 'node:path';
import { buildPackage } from '../scripts/package/build';
import { toConsole } from '../scripts/progress';
import { compilePrograms, runProgram } from './childProcess';
import { measurement, median, type Measurement } from './measurement';
import type { Seen } from './microsoftServer';
import type { ChangesJob, ChangesResult } from './reading/readerProcess';
import { report, significant } from './report';
import { thousands, USERS } from './size';
import { startMicrosoftServer } from './startMicrosoftServer';

const LATENCY = 300;
const ROUNDS = 5;
const FIRST_ROUNDS = 3;
/** Half a per cent. */
const CHANGED = Math.round(USERS / 200);

type Measured = ChangesResult & Pick<Seen, 'units'> & { requests: number };
type Reader = 'RawLoop' | 'EntraSync';

/** The first sync of a large tenant, a later one of an unchanged tenant, and one after some hundred changes. */
async function main(): Promise<void> {
	await buildPackage(toConsole);
	const programs = compilePrograms('reading');
	const server = await startMicrosoftServer([USERS]);
	try {
		const job: ChangesJob = {
			...server.signIn,
			tenantId: server.ready.tenants[0].tenantId,
		};
		await server.ask({ kind: 'latency', milliseconds: LATENCY });
		const read = async (reader: Reader, wanted: { pages: number; deltas: number; objects: number }, link?: string): Promise<Measured> => {
			const result = await runProgram<ChangesResult>(join(programs, `changes${reader}.js`), { ...job, link }, server.env);
			const { pages, deltas, units, throttled } = await server.ask<Seen>({ kind: 'seen' });
			if (pages !== wanted.pages || deltas !== wanted.deltas || throttled > 0 || result.objects !== wanted.objects) {
				throw new Error(`${reader} should have read ${JSON.stringify(wanted)}; it read ${JSON.stringify({ pages, deltas, objects: result.objects, throttled })}.`);
			}
			return { ...result, units, requests: pages + deltas };
		};
		const compare = async (rounds: number, of: (reader: Reader) => Promise<Measured>): Promise<Record<Reader, Measured[]>> => {
			const results: Record<Reader, Measured[]> = { RawLoop: [], EntraSync: [] };
			for (let round = 0; round < rounds; round++) {
				const turn: Reader[] = round % 2 === 0 ? ['RawLoop', 'EntraSync'] : ['EntraSync', 'RawLoop'];
				for (const reader of turn) results[reader].push(await of(reader));
			}
			return results;
		};

		const first = await compare(FIRST_ROUNDS, async (reader) => await read(reader, { pages: Math.ceil(USERS / 999), deltas: 2, objects: USERS }));
		const [{ link }] = first.EntraSync;
		const nothing = await compare(ROUNDS, async (reader) => await read(reader, { pages: 0, deltas: 1, objects: 0 }, link));
		await server.ask({ kind: 'change', tenant: 0, users: CHANGED });
		const some = await compare(ROUNDS, async (reader) => await read(reader, { pages: 0, deltas: Math.max(1, Math.ceil(CHANGED / 200)), objects: CHANGED }, link));
		report([
			line(`first sync of ${thousands(USERS)} users, ${LATENCY} ms a request`, first),
			line(`sync of ${thousands(USERS)} users, nothing changed`, nothing),
			line(`sync of ${thousands(USERS)} users, ${CHANGED} changed`, some),
		]);
	} finally {
		server.stop();
	}
}

function line(name: string, { RawLoop, EntraSync }: Record<Reader, Measured[]>): Measurement {
	const of = (results: Measured[], what: 'seconds' | 'cpuSeconds' | 'peakMiB'): number => median(results.map((result) => result[what]));
	const [{ requests, units }] = EntraSync;
	return measurement(name, of(EntraSync, 'seconds'), of(RawLoop, 'seconds'), {
		peakMiB: of(EntraSync, 'peakMiB'),
		requests,
		note: `requests to Graph, and ${units} resource units; the sign-in is in the seconds; processor ${significant(of(EntraSync, 'cpuSeconds'))} s, raw loop ${significant(of(RawLoop, 'cpuSeconds'))} s; rounds ${EntraSync.length}`,
	});
}

main().catch((error: unknown) => {
	console.error(error);
	process.exit(1);
});
