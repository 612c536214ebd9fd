import { join } from 'node:path';
import { buildPackage } from '../scripts/package/build';
import { toConsole } from '../scripts/progress';
import { compilePrograms, runProgram } from './childProcess';
import { measurement } from './measurement';
import type { Seen } from './microsoftServer';
import type { ReaderJob, ReaderResult } from './reading/readerProcess';
import { report, significant } from './report';
import { thousands, USERS } from './size';
import { startMicrosoftServer } from './startMicrosoftServer';

const MANY = USERS * 10;
const LOOKS = 10;

/** A tenant of a million users, paged through: what lives in the heap must not grow on the way. */
async function main(): Promise<void> {
	await buildPackage(toConsole);
	const programs = compilePrograms('reading');
	const server = await startMicrosoftServer([MANY]);
	try {
		const job: ReaderJob = {
			...server.signIn,
			tenantId: server.ready.tenants[0].tenantId,
		};
		const pages = Math.ceil(MANY / 999);
		const read = async (reader: string, more: Partial<ReaderJob> = {}): Promise<ReaderResult & { requests: number }> => {
			const result = await runProgram<ReaderResult>(join(programs, `${reader}.js`), { ...job, ...more }, server.env);
			const seen = await server.ask<Seen>({ kind: 'seen' });
			if (result.users !== MANY || seen.pages !== pages) throw new Error(`${reader} read ${result.users} of ${MANY} users in ${seen.pages} pages.`);
			return { ...result, requests: seen.pages + seen.signIns + seen.discoveries };
		};
		const floor = await read('rawLoop');
		const timed = await read('entraSync');
		// Looking costs time, so it has a reading of its own.
		const { heapMiB } = await read('entraSync', { heapEveryPages: Math.floor(pages / LOOKS) });
		report([
			measurement(`read ${thousands(MANY)} users, no latency`, timed.seconds, floor.seconds, {
				peakMiB: timed.peakMiB,
				requests: timed.requests,
				note: `alive in the heap after each tenth: ${heapMiB.join(', ')} MiB; raw loop ${Math.round(floor.peakMiB)} MiB at its peak; processor ${significant(timed.cpuSeconds)} s, raw loop ${significant(floor.cpuSeconds)} s`,
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
