import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** What a reader is to read, and how it signs in. */
export interface ReaderJob {
	loginOrigin: string;
	graphOrigin: string;
	tenantId: string;
	clientId: string;
	secret: string;
	/** PEM of the authority that signed the servers' certificates. */
	ca: string;
	/** For `$select`: the same for every reader. */
	select: string;
	/** Stop after so many pages. Without it to the end. */
	pages?: number;
	/** Collect the garbage and look at the heap after every so many pages. */
	heapEveryPages?: number;
	/** Folder of this package's compiled reader. */
	engine: string;
}

/** What a reader tells of its work. */
export interface ReaderResult {
	users: number;
	/** From before the sign-in to the last page, modules that are loaded on the way included. */
	seconds: number;
	/** Processor time of this process in that time. */
	cpuSeconds: number;
	/** Largest resident memory of this process, its start included. */
	peakMiB: number;
	/** What lived in the heap at each look at it. */
	heapMiB: number[];
}

const heapMiB: number[] = [];

/** What is still alive now, in MiB, for `heapEveryPages`. */
export function lookAtHeap(): void {
	setFlagsFromString('--expose-gc');
	(runInNewContext('gc') as () => void)();
	heapMiB.push(Math.round(process.memoryUsage().heapUsed / 1024 / 1024));
}

/** The frame of every reader's process: takes the job, measures the reading, prints the result. */
export function measureReader(read: (job: ReaderJob) => Promise<number>): void {
	const main = async (): Promise<void> => {
		const job = JSON.parse(process.argv[2]) as ReaderJob;
		const cpu = process.cpuUsage();
		const start = process.hrtime.bigint();
		const users = await read(job);
		const seconds = Number(process.hrtime.bigint() - start) / 1e9;
		const { user, system } = process.cpuUsage(cpu);
		// Whoever reads ahead has time to show it.
		if (job.pages !== undefined) await new Promise((resolve) => setTimeout(resolve, 500));
		const result: ReaderResult = { users, seconds, cpuSeconds: (user + system) / 1e6, peakMiB: process.resourceUsage().maxRSS / 1024, heapMiB };
		console.log(JSON.stringify(result));
	};
	main().then(
		() => process.exit(0),
		(error: unknown) => {
			console.error(error);
			process.exit(1);
		},
	);
}

/** The address of the first page, as all readers ask for it. */
export function firstPage(job: ReaderJob): string {
	return `${job.graphOrigin}/v1.0/users?$select=${encodeURIComponent(job.select)}&$top=999`;
}

/** Client credentials, by hand. */
export async function tokenFor(job: ReaderJob, fetch: (url: string, init: { method: string; body: string; headers: Record<string, string> }) => Promise<{ json(): Promise<unknown> }>): Promise<string> {
	const answer = await fetch(`${job.loginOrigin}/${job.tenantId}/oauth2/v2.0/token`, {
		method: 'POST',
		headers: { 'content-type': 'application/x-www-form-urlencoded' },
		body: new URLSearchParams({
			grant_type: 'client_credentials',
			client_id: job.clientId,
			client_secret: job.secret,
			scope: `${job.graphOrigin}/.default`,
		}).toString(),
	});
	const { access_token } = (await answer.json()) as { access_token?: string };
	if (!access_token) throw new Error('No token came.');
	return access_token;
}
