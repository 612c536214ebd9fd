import { join } from 'node:path';
import { buildPackage } from '../scripts/package/build';
import { toConsole } from '../scripts/progress';
import { compilePrograms, runProgram } from './childProcess';
import type { Measurement } from './measurement';
import { measurement, median } from './measurement';
import type { Seen } from './microsoftServer';
import { startMicrosoftServer } from './startMicrosoftServer';
import type { ReaderJob, ReaderResult } from './reading/readerProcess';
import { report, significant } from './report';
import { thousands, USERS } from './size';

const FEW = Math.round(USERS / 5);

/** Latency of each answer, and how often each reader reads the whole list. */
const PASSES = [
	{ milliseconds: 50, rounds: 5, peerRounds: 5, fewRounds: 5 },
	{ milliseconds: 300, rounds: 3, peerRounds: 1, fewRounds: 0 },
];

type Reading = ReaderResult & { requests: number };
type Reader = 'rawLoop' | 'entraSync' | 'pageIterator' | 'pnpGraph';

const PEERS: ReadonlyArray<[Reader, string]> = [
	['pageIterator', 'microsoft-graph-client PageIterator'],
	['pnpGraph', '@pnp/graph async iterator'],
];

/** Reading all users of a large tenant beside a raw fetch loop and Microsoft's own page iterator. */
async function main(): Promise<void> {
	await buildPackage(toConsole);
	const programs = compilePrograms('reading');
	const server = await startMicrosoftServer([USERS, FEW]);
	try {
		const jobFor = (tenant: number): ReaderJob => ({
			...server.signIn,
			tenantId: server.ready.tenants[tenant].tenantId,
		});
		/** One reading, checked: everybody, in as many requests as it takes and no more. */
		const read = async (reader: Reader, tenant: number, pages?: number): Promise<Reading> => {
			const result = await runProgram<ReaderResult>(join(programs, `${reader}.js`), { ...jobFor(tenant), pages }, server.env);
			const size = server.ready.tenants[tenant].users;
			const wanted = pages ?? Math.ceil(size / 999);
			const seen = await server.ask<Seen>({ kind: 'seen' });
			const users = Math.min(size, wanted * 999);
			if (result.users !== users) throw new Error(`${reader} read ${result.users} users instead of ${users}.`);
			if (seen.pages !== wanted || seen.signIns !== 1 || seen.discoveries > 1 || seen.others.length > 0) {
				throw new Error(`${reader} should have sent ${wanted} page requests and one sign-in; it sent ${JSON.stringify(seen)}.`);
			}
			return { ...result, requests: seen.pages + seen.signIns + seen.discoveries };
		};

		await server.ask({ kind: 'latency', milliseconds: 50 });
		await read('entraSync', 0, 3);
		console.log('Stopped after three pages, it had asked for three: nothing is read ahead.');

		const measurements: Measurement[] = [];
		for (const pass of PASSES) {
			await server.ask({ kind: 'latency', milliseconds: pass.milliseconds });
			const results: Record<Reader, Reading[]> = { rawLoop: [], entraSync: [], pageIterator: [], pnpGraph: [] };
			const few: Reading[] = [];
			for (let round = 0; round < pass.rounds; round++) {
				// Each reader has its turn at each place.
				const turn: Reader[] = ['rawLoop', 'entraSync', 'pageIterator', 'pnpGraph'];
				if (round % 2 === 1) turn.reverse();
				for (const reader of turn) {
					if (PEERS.some(([peer]) => peer === reader) && round >= pass.peerRounds) continue;
					const result = await read(reader, 0);
					results[reader].push(result);
					console.log(`${pass.milliseconds} ms, round ${round + 1}, ${reader}: ${result.seconds.toFixed(2)} s, ${result.cpuSeconds.toFixed(2)} s of processor, ${Math.round(result.peakMiB)} MiB`);
				}
				if (round < pass.fewRounds) few.push(await read('entraSync', 1));
			}
			measurements.push(...summary(pass.milliseconds, results, few));
		}
		report(measurements);
	} finally {
		server.stop();
	}
}

function summary(milliseconds: number, results: Record<Reader, Reading[]>, few: Reading[]): Measurement[] {
	const { rawLoop, entraSync } = results;
	const of = (results: Reading[], what: 'seconds' | 'cpuSeconds' | 'peakMiB' | 'requests'): number => median(results.map((result) => result[what]));
	const floor = of(rawLoop, 'seconds');
	const name = `read ${thousands(USERS)} users, ${milliseconds} ms a page`;
	const flat = few.length === 0 ? '' : `; with ${thousands(FEW)} users the peak is ${Math.round(of(few, 'peakMiB'))} MiB`;
	const line = (results: Reading[], more: string) => ({
		peakMiB: of(results, 'peakMiB'),
		requests: of(results, 'requests'),
		note: `processor ${significant(of(results, 'cpuSeconds'))} s, raw loop ${significant(of(rawLoop, 'cpuSeconds'))} s and ${Math.round(of(rawLoop, 'peakMiB'))} MiB; rounds ${results.length}, in the middle of them ${paired(results, rawLoop).toFixed(2)} of the same round's raw loop${more}`,
	});
	return [
		measurement(name, of(entraSync, 'seconds'), floor, line(entraSync, flat)),
		...PEERS.map(([peer, title]) => measurement(`${name}: ${title}`, of(results[peer], 'seconds'), floor, line(results[peer], ''))),
	];
}

/** A busy machine stretches a round as a whole, so this moves less than the ratio of the two medians. */
function paired(results: Reading[], floor: Reading[]): number {
	return median(results.map(({ seconds }, round) => seconds / floor[round].seconds));
}

main().catch((error: unknown) => {
	console.error(error);
	process.exit(1);
});
