import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { buildPackage, freshFolder } from '../scripts/package/build';
import { installablePackage, PACKAGE_NAME } from '../scripts/package/pack';
import { toConsole } from '../scripts/progress';
import { compilePrograms, runProgram } from './childProcess';
import type { LoadJob, LoadResult } from './loading/loadPackage';
import { measurement, median } from './measurement';
import { report, significant } from './report';

const ROUNDS = 9;

/** What the packed package costs n8n at its start, beside a package with nothing in it; each in fresh processes. */
async function main(): Promise<void> {
	await buildPackage(toConsole);
	const packed = join(await installablePackage(toConsole), 'node_modules', PACKAGE_NAME);
	const empty = emptyPackage('bench-empty');
	const bundled = emptyPackage('bench-before');
	const program = join(compilePrograms('loading'), 'loadPackage.js');
	const load = async (folder: string): Promise<LoadResult> => await runProgram<LoadResult>(program, { folder, before: bundled } satisfies LoadJob);
	const ours: LoadResult[] = [];
	const floor: LoadResult[] = [];
	for (let round = 0; round < ROUNDS; round++) {
		floor.push(await load(empty));
		ours.push(await load(packed));
	}
	const { nodes, credentials, lazy, modules } = ours[0];
	if (!lazy || nodes === 0 || credentials === 0) throw new Error(`n8n did not load the package lazily: ${JSON.stringify(ours[0])}.`);
	const seconds = median(ours.map((result) => result.seconds));
	const floorSeconds = median(floor.map((result) => result.seconds));
	const memory = median(ours.map(({ peakMiB }) => peakMiB));
	report([
		measurement('n8n loads the packed package at its start', seconds, floorSeconds, {
			peakMiB: memory,
			note: `${significant((seconds - floorSeconds) * 1000)} ms more than an empty package; ${nodes} nodes and ${credentials} credentials from metadata, ${modules} files of code run; ${ROUNDS} fresh processes each, the peak is n8n-core's with ${Math.round(memory - median(floor.map(({ peakMiB }) => peakMiB)))} MiB more than with the empty package`,
		}),
	]);
}

/** A package as n8n wants it, with no node and no credential. */
function emptyPackage(name: string): string {
	const folder = freshFolder(name);
	const write = (file: string, content: unknown): void => {
		const path = join(folder, file);
		mkdirSync(dirname(path), { recursive: true });
		writeFileSync(path, JSON.stringify(content));
	};
	write('package.json', { name, version: '1.0.0', n8n: { n8nNodesApiVersion: 1, nodes: [], credentials: [] } });
	for (const part of ['known', 'types']) {
		write(`dist/${part}/nodes.json`, part === 'known' ? {} : []);
		write(`dist/${part}/credentials.json`, part === 'known' ? {} : []);
	}
	return folder;
}

main().catch((error: unknown) => {
	console.error(error);
	process.exit(1);
});
