import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { provideN8n } from './n8n/cache';
import { buildPackage, ROOT } from './package/build';
import { installablePackage } from './package/pack';
import { runTool, step, toConsole } from './progress';

/** Jest's own `--json` fails when a test failed with an error that refers to itself. */
const COUNTER = join(ROOT, 'scripts', 'countTests.cjs');
const COUNTS_FILE = 'ENTRA_SYNC_TEST_COUNTS';

/** How many checks of one kind passed, failed and were skipped. */
interface Tally {
	name: string;
	passed: number;
	failed: number;
	skipped: number;
}

/**
 * `npm test`: builds, then checks types and style, then runs all tests. Everything is run even when something
 * before it failed, except when there is nothing to test. The last line counts them all.
 */
async function main(): Promise<void> {
	await buildPackage(toConsole);
	await installablePackage(toConsole);
	await provideN8n(toConsole);

	const [types, style] = await Promise.all([check('types', 'typescript/bin/tsc', ['-p', 'tsconfig.check.json']), check('style', 'eslint/bin/eslint.js', ['.'])]);
	// In its own processes, one after the other: each starts n8n, which takes both cores of a small machine.
	const quick = await jest('unit, contract and workflow tests', ['unit', 'contract', 'workflow'], []);
	const whole = await jest('end to end, in a real n8n', ['e2e'], ['--runInBand']);

	const tallies = [types, style, quick, whole];
	console.log('');
	for (const tally of tallies) console.log(`${tally.name}: ${sentence([tally])}`);
	console.log(sentence(tallies));
	process.exit(tallies.every(({ failed }) => failed === 0) ? 0 : 1);
}

function sentence(tallies: Tally[]): string {
	const sum = (key: 'passed' | 'failed' | 'skipped'): number => tallies.reduce((total, tally) => total + tally[key], 0);
	return `${sum('passed')} passed, ${sum('failed')} failed${sum('skipped') > 0 ? `, ${sum('skipped')} skipped` : ''}`;
}

async function check(name: string, program: string, args: string[]): Promise<Tally> {
	try {
		await step(`Checking ${name}`, toConsole, async () => await tool(program, args, false));
		return { name, passed: 1, failed: 0, skipped: 0 };
	} catch (error) {
		console.error((error as Error).message);
		return { name, passed: 0, failed: 1, skipped: 0 };
	}
}

async function jest(name: string, projects: string[], args: string[]): Promise<Tally> {
	const outputFile = join(ROOT, '.build', `jest-${projects.join('-')}.json`);
	mkdirSync(dirname(outputFile), { recursive: true });
	rmSync(outputFile, { force: true });
	console.log(`\nRunning ${name} …`);
	// Its exit code says no more than its numbers, and less when a file could not even be loaded.
	await tool('jest/bin/jest.js', ['--selectProjects', ...projects, '--reporters=default', `--reporters=${COUNTER}`, '--passWithNoTests', ...args], true, { [COUNTS_FILE]: outputFile }).catch(() => undefined);
	return { name, ...readNumbers(outputFile) };
}

function readNumbers(file: string): Omit<Tally, 'name'> {
	try {
		return JSON.parse(readFileSync(file, 'utf8')) as Omit<Tally, 'name'>;
	} catch {
		console.error('jest ended without a result.');
		return { passed: 0, failed: 1, skipped: 0 };
	}
}

async function tool(program: string, args: string[], show: boolean, env: NodeJS.ProcessEnv = {}): Promise<void> {
	await runTool(process.execPath, [join(ROOT, 'node_modules', program), ...args], { cwd: ROOT, show, env: { ...process.env, ...env } });
}

main().catch((error: unknown) => {
	console.error(error instanceof Error ? error.message : error);
	console.log('0 passed, 1 failed');
	process.exit(1);
});
