import { existsSync, mkdirSync, readFileSync, realpathSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { homedir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { npmCommand, runTool, step, type Progress } from '../progress';

/** The n8n that development and tests run against: the newest that installs from every registry. */
export const N8N_VERSION = '2.40.7';
const OLDEST_N8N: readonly [number, number] = [2, 40];

/** Points to an n8n of one's own: its folder, a folder with it in node_modules, or its program. */
export const OWN_N8N = 'ENTRA_SYNC_N8N';

export interface InstalledN8n {
	/** JavaScript file that `node` runs. */
	program: string;
	version: string;
	/** n8n's package folder. */
	folder: string;
}

const MANIFEST = {
	name: 'n8n-for-entra-sync-development',
	private: true,
	dependencies: { n8n: N8N_VERSION },
	// 0.18.15 needs a package that some registries do not have.
	overrides: { linkedom: '0.18.12' },
	allowScripts: { sqlite3: true },
};

/** The n8n to run: the one that `ENTRA_SYNC_N8N` names, else ours from the per-user cache, installed when missing. */
export async function provideN8n(progress: Progress): Promise<InstalledN8n> {
	const own = process.env[OWN_N8N];
	if (own) return ownN8n(own);
	const folder = join(cacheFolder(), `n8n-${N8N_VERSION}`);
	if (!(await isReady(folder))) {
		mkdirSync(cacheFolder(), { recursive: true });
		await withLock(`${folder}.lock`, progress, async () => {
			if (!(await isReady(folder))) await install(folder, progress);
		});
	}
	return describe(join(folder, 'node_modules', 'n8n'))!;
}

/** Per user, so that all clones share it. */
export function cacheFolder(): string {
	const base =
		process.platform === 'win32'
			? (process.env.LOCALAPPDATA ?? join(homedir(), 'AppData', 'Local'))
			: (process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'));
	return join(base, 'n8n-nodes-entra-sync');
}

/** The n8n that a person points to. Throws when it is not there or too old. */
export function ownN8n(path: string): InstalledN8n {
	if (!existsSync(path)) throw new Error(`${OWN_N8N} points to ${path}, which does not exist. Point it to n8n's folder or program, or unset it.`);
	const found = describe(path) ?? describe(join(path, 'node_modules', 'n8n')) ?? describeAbove(realpathSync(path));
	if (!found) throw new Error(`${OWN_N8N} points to ${path}, where no n8n was found. Point it to n8n's folder or program, or unset it.`);
	const [major, minor] = found.version.split('.').map(Number);
	if (major < OLDEST_N8N[0] || (major === OLDEST_N8N[0] && minor < OLDEST_N8N[1])) {
		throw new Error(`${OWN_N8N} points to n8n ${found.version}, which is too old: ${OLDEST_N8N.join('.')} or newer is needed. Unset it to use n8n ${N8N_VERSION}.`);
	}
	return found;
}

function describeAbove(path: string): InstalledN8n | undefined {
	for (let folder = path; folder !== dirname(folder); folder = dirname(folder)) {
		const found = describe(folder);
		if (found) return found;
	}
	return undefined;
}

function describe(folder: string): InstalledN8n | undefined {
	try {
		const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { name: string; version: string };
		return manifest.name === 'n8n' ? { program: join(folder, 'bin', 'n8n'), version: manifest.version, folder } : undefined;
	} catch {
		return undefined;
	}
}

/** What is really there counts; the stamp only spares the second look at what was looked at before. */
async function isReady(folder: string): Promise<boolean> {
	const stamp = join(folder, '.ready');
	const stampText = `n8n ${N8N_VERSION}, node ${process.version}, ${process.platform}-${process.arch}`;
	if (describe(join(folder, 'node_modules', 'n8n'))?.version !== N8N_VERSION) return false;
	if (existsSync(stamp) && readFileSync(stamp, 'utf8') === stampText) return true;
	try {
		await runTool(process.execPath, ['-e', "require('sqlite3')"], { cwd: folder });
	} catch {
		return false;
	}
	writeFileSync(stamp, stampText);
	return true;
}

/** Builds it beside its place and moves it there when it is whole, so that a half-made one is never taken for n8n. */
async function install(folder: string, progress: Progress): Promise<void> {
	const building = `${folder}.building`;
	rmSync(building, { recursive: true, force: true });
	mkdirSync(building, { recursive: true });
	writeFileSync(join(building, 'package.json'), `${JSON.stringify(MANIFEST, undefined, 2)}\n`);
	const npm = npmCommand();
	const env = { ...process.env, npm_config_nodedir: nodeHeaders() };
	const quiet = ['--no-audit', '--no-fund', '--engine-strict=false'];
	await step(`Installing n8n ${N8N_VERSION} into ${basename(folder)} of the user cache (once per machine, 2.8 GB, about 8 minutes)`, progress, () =>
		runTool(npm.program, [...npm.args, 'install', '--ignore-scripts', ...quiet], { cwd: building, env }),
	);
	// Under this Node: its prebuilt file, or compiled against the headers beside it.
	await step('Building the sqlite3 that n8n uses (seconds where it can be downloaded, else about 3 minutes)', progress, () =>
		runTool(npm.program, [...npm.args, 'rebuild', 'sqlite3', '--ignore-scripts=false', ...quiet], { cwd: building, env }),
	);
	rmSync(folder, { recursive: true, force: true });
	renameSync(building, folder);
	if (!(await isReady(folder))) throw new Error(`n8n was installed into ${folder}, but its sqlite3 does not load under Node ${process.version}. Delete that folder and try again.`);
}

/** Folder above `include/node` of the Node we run on: native builds need no download then. */
function nodeHeaders(): string {
	const system = process.platform === 'win32' ? 'win' : process.platform;
	const fromNode = createRequire(require.resolve('node/package.json'));
	return dirname(fromNode.resolve(`node-${system}-${process.arch}/package.json`));
}

const LOCK_STALE = 60_000;

/** One at a time among all clones of this user. The holder touches the lock while it works; an untouched one is stale. */
async function withLock(path: string, progress: Progress, work: () => Promise<void>): Promise<void> {
	const began = Date.now();
	for (let told = 0; !take(path); ) {
		if (Date.now() - told > 10_000) {
			progress.say(`Another clone is installing n8n; waiting for it (${Math.round((Date.now() - began) / 1000)} s) …`);
			told = Date.now();
		}
		await new Promise((resolve) => setTimeout(resolve, 1000));
	}
	const heartbeat = setInterval(() => utimesSync(path, new Date(), new Date()), 5000);
	try {
		await work();
	} finally {
		clearInterval(heartbeat);
		rmSync(path, { recursive: true, force: true });
	}
}

function take(path: string): boolean {
	try {
		mkdirSync(path);
		return true;
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
		const touched = statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? Date.now();
		if (Date.now() - touched > LOCK_STALE) rmSync(path, { recursive: true, force: true });
		return false;
	}
}
