import { LazyPackageDirectoryLoader } from 'n8n-core';

/** What is loaded: a package's folder, as n8n finds it in its nodes folder. */
export interface LoadJob {
	folder: string;
	/** A package that is loaded before, as n8n's own are: what a first loading does once is none of the package's cost. */
	before: string;
}

export interface LoadResult {
	seconds: number;
	nodes: number;
	credentials: number;
	/** Whether n8n took the package's metadata, without loading its code. */
	lazy: boolean;
	/** Files of the package whose code was run. */
	modules: number;
	peakMiB: number;
}

async function main(): Promise<void> {
	const { folder, before } = JSON.parse(process.argv[2]) as LoadJob;
	await load(before);
	const start = process.hrtime.bigint();
	const loader = await load(folder);
	const seconds = Number(process.hrtime.bigint() - start) / 1e9;
	const result: LoadResult = {
		seconds,
		nodes: loader.types.nodes.length,
		credentials: loader.types.credentials.length,
		lazy: loader.isLazyLoaded,
		modules: Object.keys(require.cache).filter((file) => file.startsWith(folder)).length,
		peakMiB: process.resourceUsage().maxRSS / 1024,
	};
	console.log(JSON.stringify(result));
}

/** What n8n does with a package at its start. */
async function load(folder: string): Promise<LazyPackageDirectoryLoader> {
	const loader = new LazyPackageDirectoryLoader(folder);
	await loader.loadAll();
	await loader.ensureTypesLoaded();
	// n8n asks for every credential type by name at its start, to add its own fields.
	for (const name of Object.keys(loader.known.credentials)) loader.getCredential(name);
	return loader;
}

main().then(
	() => process.exit(0),
	(error: unknown) => {
		console.error(error);
		process.exit(1);
	},
);
