/** What a measured process tells of its work. */
export interface ProcessResult {
	/** From before the sign-in to the last answer, modules that are loaded on the way included. */
	seconds: number;
	/** Processor time of this process in that time. */
	cpuSeconds: number;
	/** Largest resident memory of this process, its start included. */
	peakMiB: number;
}

/**
 * The frame of a measured process: takes its job from the command line, measures the work, prints the result as JSON.
 * Where the work says `settle`, it waits a little before it ends: whoever reads ahead has time to show it.
 */
export function measureProcess<Job, Result extends object>(work: (job: Job) => Promise<Result & { settle?: boolean }>): void {
	const main = async (): Promise<void> => {
		const job = JSON.parse(process.argv[2]) as Job;
		const cpu = process.cpuUsage();
		const start = process.hrtime.bigint();
		const { settle, ...result } = await work(job);
		const seconds = Number(process.hrtime.bigint() - start) / 1e9;
		const { user, system } = process.cpuUsage(cpu);
		if (settle) await new Promise((resolve) => setTimeout(resolve, 500));
		const measured: ProcessResult = { ...result, seconds, cpuSeconds: (user + system) / 1e6, peakMiB: process.resourceUsage().maxRSS / 1024 };
		console.log(JSON.stringify(measured));
	};
	main().then(
		() => process.exit(0),
		(error: unknown) => {
			console.error(error);
			process.exit(1);
		},
	);
}
