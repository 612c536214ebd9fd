/** The tenants that are to be read, and how to sign in. */
export interface TenantsJob {
	loginOrigin: string;
	graphOrigin: string;
	tenantIds: string[];
	clientId: string;
	secret: string;
	ca: string;
	select: string;
	/** Folder of this package's compiled engine. */
	engine: string;
}

export interface TenantsResult {
	users: number;
	seconds: number;
	cpuSeconds: number;
	peakMiB: number;
}

/** Takes the job, measures the reading of all tenants, prints the result. */
export function measureTenants(read: (job: TenantsJob) => Promise<number>): void {
	const main = async (): Promise<void> => {
		const job = JSON.parse(process.argv[2]) as TenantsJob;
		const cpu = process.cpuUsage();
		const start = process.hrtime.bigint();
		const users = await read(job);
		const seconds = Number(process.hrtime.bigint() - start) / 1e9;
		const { user, system } = process.cpuUsage(cpu);
		const result: TenantsResult = { users, seconds, cpuSeconds: (user + system) / 1e6, peakMiB: process.resourceUsage().maxRSS / 1024 };
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
