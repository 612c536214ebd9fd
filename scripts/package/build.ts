import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { rimraf } from 'rimraf';
import { runTool, step, type Progress } from '../progress';

export const ROOT = join(__dirname, '..', '..');

/** Everything that decides what is in dist. */
const SOURCES = ['credentials', 'nodes', 'sync', 'workflows', 'gulpfile.js', 'tsconfig.json', 'package.json', 'package-lock.json'];

/**
 * Makes dist: compiled code, then icons, codex files and templates, then n8n's metadata, with which n8n loads the
 * package lazily. Does nothing when dist is what the sources give already.
 */
export async function buildPackage(progress: Progress): Promise<void> {
	const stamp = join(ROOT, '.build', 'dist.sources');
	const sources = fingerprint(SOURCES.map((name) => join(ROOT, name)));
	if (existsSync(join(ROOT, 'dist', 'known', 'nodes.json')) && existsSync(stamp) && readFileSync(stamp, 'utf8') === sources) {
		progress.say('The package is built and up to date.');
		return;
	}
	await step('Building the package', progress, async () => {
		await rimraf(join(ROOT, 'dist'));
		const tool = async (...args: string[]): Promise<unknown> => await runTool(process.execPath, args, { cwd: ROOT });
		await tool(join(ROOT, 'node_modules', 'typescript', 'bin', 'tsc'));
		await tool(join(ROOT, 'node_modules', 'gulp', 'bin', 'gulp.js'), 'assets', '--silent');
		await tool(join(ROOT, 'node_modules', 'n8n-core', 'bin', 'generate-metadata'));
		mkdirSync(join(ROOT, '.build'), { recursive: true });
		writeFileSync(stamp, sources);
	});
}

/** Changes when a file below these paths changes, appears or goes. */
export function fingerprint(paths: string[]): string {
	const hash = createHash('sha256');
	for (const file of paths.flatMap(filesBelow).sort()) hash.update(`${file}\0`).update(readFileSync(file)).update('\0');
	return hash.digest('hex');
}

function filesBelow(path: string): string[] {
	if (!existsSync(path)) return [];
	if (statSync(path).isFile()) return [path];
	const entries = readdirSync(path, { withFileTypes: true, recursive: true, encoding: 'utf8' });
	return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
}

/** A folder below .build, emptied. */
export function freshFolder(name: string): string {
	const folder = join(ROOT, '.build', name);
	rmSync(folder, { recursive: true, force: true });
	mkdirSync(folder, { recursive: true });
	return folder;
}
