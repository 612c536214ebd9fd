import { spawn, type ChildProcess } from 'node:child_process';
import { createWriteStream, cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { hash } from 'bcryptjs';
import { N8nClient } from './client';
import { cacheFolder, type InstalledN8n } from './cache';

export const OWNER = { email: 'owner@entra-sync.test', password: 'Entra-Sync-1', firstName: 'Entra', lastName: 'Sync' };

export interface InstanceOptions {
	n8n: InstalledN8n;
	/** Folder from `installablePackage`: what is copied into n8n's nodes folder. Without it n8n starts bare. */
	packageFolder?: string;
	/** n8n keeps database, key and packages here; started on the same folder again it goes on from there. */
	userFolder: string;
	/** Certificate authority that n8n trusts besides the usual ones (PEM file). */
	caFile?: string;
	/** Default: any free one. */
	port?: number;
	env?: Record<string, string>;
	/** How long to wait for n8n to answer. Default two minutes: a first start migrates its database. */
	timeoutMilliseconds?: number;
}

/** A running n8n with its owner set up. */
export interface Instance {
	address: string;
	client: N8nClient;
	userFolder: string;
	/** What n8n printed. */
	logFile: string;
	/** Its own process id. */
	pid: number;
	/** Settles when the process has ended, however. */
	ended: Promise<void>;
	/** Asks it to end, and waits. */
	stop(): Promise<void>;
	/** Ends it and the processes it started at once, as a power cut would (kill -9). */
	kill(): Promise<void>;
	/** Runs one of n8n's own commands (`execute --id=…`, `import:workflow …`) on the same user folder. @returns what it printed */
	command(args: string[]): Promise<{ code: number; output: string; errors: string }>;
}

/** Starts n8n and waits until it answers. Only loopback addresses, nothing sent home. */
export async function startN8n(options: InstanceOptions): Promise<Instance> {
	const database = join(options.userFolder, '.n8n', 'database.sqlite');
	if (!existsSync(database)) {
		const migrated = await migratedDatabase(options.n8n);
		mkdirSync(dirname(database), { recursive: true });
		cpSync(migrated, database);
	}
	return await launch(options);
}

/** An empty database of this n8n, made once per machine: its 200 migrations would cost every fresh start 5 seconds. */
async function migratedDatabase(n8n: InstalledN8n): Promise<string> {
	const file = join(cacheFolder(), `empty-database-${n8n.version}.sqlite`);
	if (existsSync(file)) return file;
	const userFolder = mkdtempSync(join(tmpdir(), 'entra-sync-n8n-'));
	try {
		const instance = await launch({ n8n, userFolder });
		await instance.stop();
		mkdirSync(cacheFolder(), { recursive: true });
		// n8n leaves much of it in the write-ahead log: SQLite has to copy it. Beside its place, then moved: another
		// clone may be looking.
		const beside = `${file}.${process.pid}`;
		const database = new DatabaseSync(join(userFolder, '.n8n', 'database.sqlite'));
		database.exec(`VACUUM INTO '${beside.replaceAll("'", "''")}'`);
		database.close();
		renameSync(beside, file);
		return file;
	} finally {
		rmSync(userFolder, { recursive: true, force: true });
	}
}

async function launch(options: InstanceOptions): Promise<Instance> {
	const port = options.port ?? (await freePort());
	installPackage(options);
	// After a kill n8n would wait ten seconds before it starts; its executions are closed as crashed all the same.
	rmSync(join(options.userFolder, '.n8n', 'crash.journal'), { force: true });
	const env = await environment(options, port);
	const address = `http://localhost:${port}`;
	const logFile = join(options.userFolder, 'n8n.log');
	const child = spawn(process.execPath, [...WITH_PARENT, options.n8n.program, 'start'], {
		cwd: options.userFolder,
		env,
		stdio: ['pipe', 'pipe', 'pipe'],
		// A group of its own: what n8n starts can be ended with it, and Ctrl-C is ours to pass on.
		detached: process.platform !== 'win32',
	});
	const log = createWriteStream(logFile, { flags: 'a' });
	child.stdout.pipe(log, { end: false });
	child.stderr.pipe(log, { end: false });
	const ended = new Promise<void>((resolve) => child.on('close', () => resolve()));
	running.add(child);
	void ended.then(() => {
		running.delete(child);
		log.end();
	});

	const signal = async (name: NodeJS.Signals): Promise<void> => {
		endGroup(child, name);
		await ended;
	};
	const instance: Instance = {
		address,
		client: new N8nClient(address),
		userFolder: options.userFolder,
		logFile,
		pid: child.pid!,
		ended,
		stop: async () => {
			const impatient = setTimeout(() => endGroup(child, 'SIGKILL'), 20_000);
			await signal('SIGTERM');
			clearTimeout(impatient);
		},
		kill: async () => await signal('SIGKILL'),
		command: async (args) => await runCommand(options, { ...env, N8N_RUNNERS_BROKER_PORT: String(await freePort()) }, args),
	};
	try {
		await waitUntilReady(instance, child, options.timeoutMilliseconds ?? 120_000);
		await instance.client.login(OWNER.email, OWNER.password);
	} catch (error) {
		if (child.exitCode === null && child.signalCode === null) await instance.kill();
		throw error;
	}
	return instance;
}

const WITH_PARENT = ['--require', join(__dirname, 'endWithParent.cjs')];

const running = new Set<ChildProcess>();

/** Whoever ends us must not leave n8n behind. Only processes that we started, by their own group. */
process.on('exit', () => {
	for (const child of running) endGroup(child, 'SIGKILL');
});

function endGroup(child: ChildProcess, signal: NodeJS.Signals): void {
	if (!child.pid || child.exitCode !== null || child.signalCode !== null) return;
	try {
		if (process.platform === 'win32') child.kill(signal);
		else process.kill(-child.pid, signal);
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
	}
}

async function waitUntilReady(instance: Instance, child: ChildProcess, timeoutMilliseconds: number): Promise<void> {
	const deadline = Date.now() + timeoutMilliseconds;
	for (;;) {
		if (child.exitCode !== null || child.signalCode !== null) throw new Error(`n8n ended before it was ready.\n${lastWords(instance)}`);
		if (Date.now() > deadline) throw new Error(`n8n was not ready after ${timeoutMilliseconds / 1000} s.\n${lastWords(instance)}`);
		const answer = await fetch(`${instance.address}/healthz/readiness`, { signal: AbortSignal.timeout(5000) }).catch(() => undefined);
		if (answer?.ok) return;
		await new Promise((resolve) => setTimeout(resolve, 100));
	}
}

function lastWords(instance: Instance): string {
	return existsSync(instance.logFile) ? readFileSync(instance.logFile, 'utf8').slice(-4000) : '';
}

function installPackage({ packageFolder, userFolder }: InstanceOptions): void {
	const nodes = join(userFolder, '.n8n', 'nodes');
	mkdirSync(nodes, { recursive: true });
	if (!packageFolder) return;
	const stamp = join(nodes, '.copied-from');
	if (existsSync(stamp) && readFileSync(stamp, 'utf8') === packageFolder) return;
	cpSync(packageFolder, nodes, { recursive: true, force: true });
	writeFileSync(stamp, packageFolder);
}

async function environment(options: InstanceOptions, port: number): Promise<NodeJS.ProcessEnv> {
	// What belongs to the npm or the n8n that started us must not reach this one.
	const inherited = Object.entries(process.env).filter(([name]) => !/^(npm_|N8N_|DB_|EXECUTIONS_|NODE_OPTIONS$|NODE_ENV$|JEST_)/i.test(name));
	return {
		...Object.fromEntries(inherited),
		NODE_ENV: 'production',
		N8N_USER_FOLDER: options.userFolder,
		N8N_ENCRYPTION_KEY: 'entra-sync-development-key',
		N8N_HOST: 'localhost',
		N8N_PORT: String(port),
		N8N_LISTEN_ADDRESS: '127.0.0.1',
		N8N_SECURE_COOKIE: 'false',
		N8N_RUNNERS_BROKER_PORT: String(await freePort()),
		N8N_DIAGNOSTICS_ENABLED: 'false',
		N8N_VERSION_NOTIFICATIONS_ENABLED: 'false',
		N8N_TEMPLATES_ENABLED: 'false',
		N8N_PERSONALIZATION_ENABLED: 'false',
		N8N_HIRING_BANNER_ENABLED: 'false',
		// These two ask n8n's own servers.
		N8N_DISABLED_MODULES: 'mcp-registry',
		N8N_VERIFIED_PACKAGES_ENABLED: 'false',
		// Saying it keeps n8n from warning that the default will change.
		N8N_UNVERIFIED_PACKAGES_ENABLED: 'true',
		// Compiled once per machine: n8n starts in 7 s instead of 10 s.
		NODE_COMPILE_CACHE: join(cacheFolder(), 'compiled'),
		N8N_INSTANCE_OWNER_MANAGED_BY_ENV: 'true',
		N8N_INSTANCE_OWNER_EMAIL: OWNER.email,
		N8N_INSTANCE_OWNER_FIRST_NAME: OWNER.firstName,
		N8N_INSTANCE_OWNER_LAST_NAME: OWNER.lastName,
		N8N_INSTANCE_OWNER_PASSWORD_HASH: await hash(OWNER.password, 4),
		...(options.caFile ? { NODE_EXTRA_CA_CERTS: options.caFile } : {}),
		...options.env,
	};
}

async function runCommand(options: InstanceOptions, env: NodeJS.ProcessEnv, args: string[]): ReturnType<Instance['command']> {
	const child = spawn(process.execPath, [...WITH_PARENT, options.n8n.program, ...args], { cwd: options.userFolder, env, stdio: ['pipe', 'pipe', 'pipe'] });
	running.add(child);
	let output = '';
	let errors = '';
	child.stdout.setEncoding('utf8').on('data', (chunk: string) => (output += chunk));
	child.stderr.setEncoding('utf8').on('data', (chunk: string) => (errors += chunk));
	const code = await new Promise<number>((resolve) => child.on('close', (value) => resolve(value ?? 1)));
	running.delete(child);
	return { code, output, errors };
}

export async function freePort(): Promise<number> {
	const server = createServer();
	await new Promise<void>((resolve, reject) => server.once('error', reject).listen(0, '127.0.0.1', resolve));
	const { port } = server.address() as AddressInfo;
	await new Promise((resolve) => server.close(resolve));
	return port;
}
