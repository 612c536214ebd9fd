import { join } from 'node:path';
import { buildPackage } from '../scripts/package/build';
import { toConsole } from '../scripts/progress';
import { compilePrograms, runProgram } from './childProcess';
import { measurement, median } from './measurement';
import type { Seen } from './microsoftServer';
import { report, significant } from './report';
import { USERS } from './size';
import { startMicrosoftServer } from './startMicrosoftServer';
import type { ProcessResult } from './reading/measuredProcess';
import type { TenantsJob } from './reading/readerProcess';

const TENANTS = Math.max(2, Math.round(USERS / 500));
const PEOPLE = 200;
const LATENCY = 300;
const ROUNDS = 5;

type Measured = ProcessResult & { users: number } & Pick<Seen, 'units' | 'throttled'> & { requests: number };

/** Many customers' tenants, each with a sign-in and a list of its own, beside raw requests to all of them at once. */
async function main(): Promise<void> {
	await buildPackage(toConsole);
	const programs = compilePrograms('reading');
	const server = await startMicrosoftServer(Array.from({ length: TENANTS }, () => PEOPLE));
	try {
		const job: TenantsJob = {
			...server.signIn,
			tenantIds: server.ready.tenants.map(({ tenantId }) => tenantId),
		};
		await server.ask({ kind: 'latency', milliseconds: LATENCY });
		const read = async (reader: 'rawLoop' | 'entraSync'): Promise<Measured> => {
			const result = await runProgram<ProcessResult & { users: number }>(join(programs, `tenants${reader === 'rawLoop' ? 'RawLoop' : 'EntraSync'}.js`), job, server.env);
			const { pages, signIns, discoveries, units, throttled } = await server.ask<Seen>({ kind: 'seen' });
			if (result.users !== TENANTS * PEOPLE || pages !== TENANTS || signIns !== TENANTS || throttled > 0) {
				throw new Error(`${reader} read ${result.users} users with ${pages} pages and ${signIns} sign-ins; ${throttled} requests were refused.`);
			}
			return { ...result, units, throttled, requests: pages + signIns + discoveries };
		};
		const floors: Measured[] = [];
		const ours: Measured[] = [];
		for (let round = 0; round < ROUNDS; round++) {
			for (const reader of round % 2 === 0 ? (['rawLoop', 'entraSync'] as const) : (['entraSync', 'rawLoop'] as const)) {
				const result = await read(reader);
				(reader === 'rawLoop' ? floors : ours).push(result);
				console.log(`round ${round + 1}, ${reader}: ${result.seconds.toFixed(2)} s, ${result.cpuSeconds.toFixed(2)} s of processor, ${Math.round(result.peakMiB)} MiB`);
			}
		}
		const of = (results: Measured[], what: keyof Measured): number => median(results.map((result) => result[what]));
		const [chain] = ours;
		report([
			measurement(`read ${TENANTS} tenants of ${PEOPLE} users, ${LATENCY} ms a request`, of(ours, 'seconds'), of(floors, 'seconds'), {
				peakMiB: of(ours, 'peakMiB'),
				requests: chain.requests,
				note: `${chain.units} resource units, nothing refused; one after the other latency alone takes ${Math.round((chain.requests * LATENCY) / 1000)} s; processor ${significant(of(ours, 'cpuSeconds'))} s, raw requests ${significant(of(floors, 'cpuSeconds'))} s; rounds ${ROUNDS}`,
			}),
		]);
	} finally {
		server.stop();
	}
}

main().catch((error: unknown) => {
	console.error(error);
	process.exit(1);
});
