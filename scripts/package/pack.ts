import { cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { npmCommand, runTool, step, type Progress } from '../progress';
import { fingerprint, ROOT } from './build';

export const PACKAGE_NAME = 'n8n-nodes-entra-sync';

/**
 * The built package as n8n's own installer leaves it: the tarball's contents and its production dependencies,
 * in a folder that can be copied to `<n8n user folder>/.n8n/nodes`.
 * @returns the folder; it holds `node_modules/n8n-nodes-entra-sync`
 */
export async function installablePackage(progress: Progress): Promise<string> {
	const contents = fingerprint([join(ROOT, 'dist'), join(ROOT, 'package.json'), join(ROOT, 'package-lock.json'), join(ROOT, 'README.md')]);
	const folder = join(ROOT, '.build', 'packed', contents.slice(0, 16));
	if (existsSync(folder)) return folder;
	return await step('Packing the package as npm would publish it', progress, async () => {
		rmSync(dirname(folder), { recursive: true, force: true });
		const building = `${folder}.${process.pid}`;
		mkdirSync(building, { recursive: true });
		const tarball = await pack(building);
		// A tarball holds one folder named `package`.
		await runTool('tar', ['-xzf', tarball], { cwd: building });
		rmSync(join(building, tarball));
		mkdirSync(join(building, 'node_modules'));
		const target = join(building, 'node_modules', PACKAGE_NAME);
		renameSync(join(building, 'package'), target);
		copyDependencies(target);
		renameSync(building, folder);
		return folder;
	});
}

/** Packs into a folder. @returns the tarball's file name */
export async function pack(folder: string): Promise<string> {
	const npm = npmCommand();
	const answer = await runTool(npm.program, [...npm.args, 'pack', '--ignore-scripts', '--json', '--silent', '--pack-destination', folder], { cwd: ROOT });
	return (JSON.parse(answer.slice(answer.indexOf('['))) as Array<{ filename: string }>)[0].filename;
}

/** Copies the packages that the published one needs when it runs, and theirs, to where Node will look for them. */
function copyDependencies(target: string): void {
	const { dependencies } = manifest(ROOT);
	const copied = new Set<string>();
	const queue = Object.keys(dependencies ?? {}).map((name) => locate(name, ROOT)!);
	for (let folder = queue.pop(); folder; folder = queue.pop()) {
		if (copied.has(folder)) continue;
		copied.add(folder);
		const source = folder;
		cpSync(source, join(target, relative(ROOT, source)), {
			recursive: true,
			// Packages inside it come by themselves, those that are needed.
			filter: (path) => relative(source, path).split(/[\\/]/)[0] !== 'node_modules',
		});
		const { dependencies: own, optionalDependencies: optional } = manifest(folder);
		for (const name of Object.keys({ ...own, ...optional })) {
			const found = locate(name, folder);
			if (found) queue.push(found);
			else if (!optional?.[name]) throw new Error(`${name}, which ${relative(ROOT, folder)} needs, is not installed. Run \`npm ci --ignore-scripts\`.`);
		}
	}
}

/** Where Node finds a package from a folder, as far up as the repository. */
function locate(name: string, from: string): string | undefined {
	for (let folder = from; folder.startsWith(ROOT); folder = dirname(folder)) {
		const candidate = join(folder, 'node_modules', name);
		if (existsSync(join(candidate, 'package.json'))) return candidate;
	}
	return undefined;
}

interface Manifest {
	dependencies?: Record<string, string>;
	optionalDependencies?: Record<string, string>;
}

function manifest(folder: string): Manifest {
	return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Manifest;
}
