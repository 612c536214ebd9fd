/**
 * Makes a fresh clone ready with nothing but npm and any Node from 20 on, then hands over to Node 24.
 *
 *   node scripts/bootstrap.mjs                        only makes ready
 *   node scripts/bootstrap.mjs scripts/start.ts …     … and runs that script under Node 24
 *
 * Plain JavaScript that Node 20 understands: it runs before anything is installed.
 */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const modules = join(root, 'node_modules');
const lock = readJson(join(root, 'package-lock.json'));

if (Number(process.versions.node.split('.')[0]) < 20) fail(`Node ${process.versions.node} is too old: install Node 20 or newer.`);
if (!modulesMatchLock()) await npm('Installing the development dependencies', ['ci', '--ignore-scripts', '--engine-strict=false']);
let node = node24();
if (!node) {
	await npm('Fetching Node 24, which n8n needs', ['rebuild', 'node', '--ignore-scripts=false', '--engine-strict=false', '--foreground-scripts']);
	node = node24();
	if (!node) fail('Node 24 did not arrive in node_modules/node. Run `npm rebuild node --foreground-scripts` to see why.');
}

const [script, ...args] = process.argv.slice(2);
if (script) {
	// Its tools (jest, tsc, n8n) start `node` by name, so that name has to mean Node 24 there.
	const PATH = [dirname(node), join(modules, '.bin'), process.env.PATH ?? ''].join(process.platform === 'win32' ? ';' : ':');
	const child = spawn(node, [join(root, 'scripts', 'typescript.cjs'), join(root, script), ...args], {
		cwd: root,
		stdio: 'inherit',
		env: { ...process.env, PATH },
	});
	// Ctrl-C reaches the script by itself, since both stand in one terminal; it decides when to end.
	process.on('SIGINT', () => undefined);
	process.on('SIGTERM', () => child.kill('SIGTERM'));
	child.on('exit', (code, signal) => process.exit(code ?? (signal === 'SIGINT' ? 130 : 1)));
}

/** True when node_modules holds the versions that package-lock.json names. npm writes its own list last of all. */
function modulesMatchLock() {
	const hidden = join(modules, '.package-lock.json');
	if (!existsSync(hidden)) return false;
	const installed = readJson(hidden).packages;
	return Object.entries(lock.packages).every(([path, wanted]) => {
		if (path === '') return true;
		// What belongs to another operating system is rightly missing.
		if (!installed[path]) return wanted.optional === true || wanted.devOptional === true;
		return installed[path].version === wanted.version;
	});
}

/** @returns {string | undefined} path of the Node 24 program in node_modules, when it is there and runs */
function node24() {
	const wanted = lock.packages['node_modules/node'].version;
	let path;
	try {
		const system = process.platform === 'win32' ? 'win' : process.platform;
		const fromNode = createRequire(join(modules, 'node', 'package.json'));
		const folder = dirname(fromNode.resolve(`node-${system}-${process.arch}/package.json`));
		path = process.platform === 'win32' ? join(folder, 'bin', 'node.exe') : join(folder, 'bin', 'node');
	} catch {
		return undefined;
	}
	const version = spawnSync(path, ['--version'], { encoding: 'utf8' }).stdout?.trim();
	return version === `v${wanted}` ? path : undefined;
}

/** Runs npm, keeps its words back unless it fails, and says every ten seconds that it is still working. */
async function npm(title, npmArguments) {
	const began = Date.now();
	const seconds = () => Math.round((Date.now() - began) / 1000);
	console.log(`${title} (npm ${npmArguments.slice(0, 2).join(' ')}) …`);
	const ticker = setInterval(() => console.log(`  … ${seconds()} s`), 10_000);
	// The npm that started us, under the node that runs it: node_modules may be replaced meanwhile.
	const own = process.env.npm_execpath && /npm-cli\.c?js$/.test(process.env.npm_execpath);
	const command = own ? (process.env.npm_node_execpath ?? process.execPath) : 'npm';
	const child = spawn(command, own ? [process.env.npm_execpath, ...npmArguments] : npmArguments, {
		cwd: root,
		stdio: ['ignore', 'pipe', 'pipe'],
		shell: !own && process.platform === 'win32',
	});
	let output = '';
	child.stdout.on('data', (chunk) => (output += chunk));
	child.stderr.on('data', (chunk) => (output += chunk));
	const code = await new Promise((resolve) => child.on('close', resolve));
	clearInterval(ticker);
	if (code !== 0) fail(`${output}\nnpm ${npmArguments.join(' ')} failed in ${relative(process.cwd(), root) || 'this folder'} (exit code ${code}).`);
	console.log(`  done in ${seconds()} s`);
}

function readJson(path) {
	return JSON.parse(readFileSync(path, 'utf8'));
}

function fail(message) {
	console.error(message);
	process.exit(1);
}
