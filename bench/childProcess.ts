import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { transformSync } from '@swc/core';
import { ROOT } from '../scripts/package/build';
import { runTool } from '../scripts/progress';

/**
 * Compiles the programs of a folder below bench/, so that they run in plain Node: what translates TypeScript would
 * count in the memory of each measured process.
 *
 * @returns where the compiled files are, `<name>.js` for `<name>.ts`
 */
export function compilePrograms(folder: string): string {
	const source = join(__dirname, folder);
	const target = join(ROOT, '.build', `bench-${folder}`);
	mkdirSync(target, { recursive: true });
	for (const file of readdirSync(source)) {
		const { code } = transformSync(readFileSync(join(source, file), 'utf8'), {
			filename: file,
			swcrc: false,
			module: { type: 'commonjs' },
			jsc: { target: 'es2023', parser: { syntax: 'typescript' } },
		});
		writeFileSync(join(target, `${basename(file, '.ts')}.js`), code);
	}
	return target;
}

/** No measured process takes nearly as long: one that does goes in circles. */
const TIMEOUT = 300_000;

/** Runs a compiled program in a process of its own with one job. @returns the JSON that it printed */
export async function runProgram<Result>(program: string, job: object, env: NodeJS.ProcessEnv = {}): Promise<Result> {
	const output = await runTool(process.execPath, [program, JSON.stringify(job)], { cwd: ROOT, env: { ...process.env, ...env }, timeoutMilliseconds: TIMEOUT });
	return JSON.parse(output) as Result;
}
