import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './package/build';
import { runTool } from './progress';

/** `npm run bench`: runs each measurement in bench/ in a process of its own, so that none sees another's memory. */
async function main(): Promise<void> {
	const folder = join(ROOT, 'bench');
	const wanted = process.argv.slice(2);
	const files = readdirSync(folder).filter((file) => file.endsWith('.bench.ts') && (wanted.length === 0 || wanted.some((name) => file.includes(name))));
	if (files.length === 0 && existsSync(folder)) throw new Error(`No measurement is named like ${wanted.join(', ') || '*.bench.ts'}.`);
	for (const file of files.sort()) {
		await runTool(process.execPath, ['--expose-gc', join(ROOT, 'scripts', 'typescript.cjs'), join(folder, file)], { cwd: ROOT, show: true });
	}
}

main().catch((error: unknown) => {
	console.error(error instanceof Error ? error.message : error);
	process.exit(1);
});
