import { execFileSync, spawnSync } from 'node:child_process';
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { createAuthority, createServerCertificate } from '../../../../simulators/base/certificates';
import type { PostgresSettings } from '../../../../sync/ledger';

/** A PostgreSQL server of our own: a temporary folder, a free port on loopback addresses, gone after the tests. */
export interface PostgresCluster {
	settings: PostgresSettings;
	/** CA that signed the server's certificate (for the name `localhost`). */
	ca: string;
	/** Runs SQL as superuser, in the named database. */
	execute(sql: string, database?: string): Promise<void>;
	/** A new, empty database that the user of `settings` owns. */
	createDatabase(): Promise<PostgresSettings>;
	/** The same database each time, emptied: much faster. */
	emptyDatabase(): Promise<PostgresSettings>;
	restart(): void;
	stop(): void;
}

const PASSWORD = 'correct horse';

/** Folder of the server's programs; installs them where that is allowed (root on Debian). */
export function findPostgres(): string | undefined {
	const installed = programs();
	if (installed || process.platform !== 'linux' || process.getuid?.() !== 0 || !existsSync('/etc/debian_version')) return installed;
	console.warn('PostgreSQL is not installed; installing it with apt-get.');
	spawnSync('apt-get', ['install', '-y', '--no-install-recommends', 'postgresql'], { stdio: 'ignore', env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } });
	return programs();
}

function programs(): string | undefined {
	const root = '/usr/lib/postgresql';
	const versions = existsSync(root) ? readdirSync(root).sort((a, b) => Number(b) - Number(a)) : [];
	const folders = [...versions.map((version) => join(root, version, 'bin')), ...(process.env.PATH ?? '').split(':')];
	return folders.find((folder) => ['initdb', 'pg_ctl', 'postgres'].every((name) => existsSync(join(folder, name))));
}

export async function startPostgres(bin: string): Promise<PostgresCluster> {
	const folder = mkdtempSync(join(tmpdir(), 'ledger-postgres-'));
	const data = join(folder, 'data');
	// The server refuses to run as root.
	const asRoot = process.getuid?.() === 0;
	const [command, prefix] = asRoot ? ['runuser', ['-u', 'postgres', '--', 'env', 'LC_ALL=C']] : ['env', ['LC_ALL=C']];
	const run = (program: string, ...args: string[]) =>
		execFileSync(command, [...prefix, join(bin, program), ...args], { stdio: ['ignore', 'ignore', 'pipe'], cwd: folder });
	const give = (path: string) => {
		if (!asRoot) return;
		const id = (kind: string) => Number(execFileSync('id', [kind, 'postgres']).toString());
		chownSync(path, id('-u'), id('-g'));
	};

	give(folder);
	run('initdb', '-D', data, '-U', 'admin', '-A', 'trust', '-E', 'UTF8', '--no-sync');
	const authority = createAuthority();
	const certificate = createServerCertificate(authority);
	for (const [name, content] of [
		['server.crt', certificate.cert],
		['server.key', certificate.key],
		['pg_hba.conf', 'host all admin 127.0.0.1/32 trust\nhostssl all strict all scram-sha-256\nhost all ledger all scram-sha-256\n'],
	]) {
		writeFileSync(join(data, name), content, { mode: 0o600 });
		give(join(data, name));
	}
	const port = await freePort();
	const options = `-p ${port} -k ${folder} -c listen_addresses=127.0.0.1,127.0.0.2 -c ssl=on -c fsync=off -c max_connections=40`;
	const start = () => run('pg_ctl', '-D', data, '-w', '-t', '60', '-l', join(folder, 'log'), '-o', options, 'start');
	const stop = () => run('pg_ctl', '-D', data, '-w', '-m', 'immediate', 'stop');
	start();

	const admin: PostgresSettings = { host: '127.0.0.1', port, database: 'postgres', user: 'admin', password: '', tls: 'off' };
	const execute = async (sql: string, database = 'postgres') => {
		const client = new Client({ ...admin, database, ssl: false });
		await client.connect();
		try {
			await client.query(sql);
		} finally {
			await client.end();
		}
	};
	await execute(`CREATE ROLE ledger LOGIN PASSWORD '${PASSWORD}'`);
	await execute(`CREATE ROLE strict LOGIN PASSWORD '${PASSWORD}'`);
	const settings: PostgresSettings = { ...admin, user: 'ledger', password: PASSWORD };
	let count = 0;
	const createDatabase = async () => {
		const database = `ledger_${++count}`;
		await execute(`CREATE DATABASE ${database} OWNER ledger`);
		return { ...settings, database };
	};
	let reused: Promise<PostgresSettings> | undefined;
	return {
		settings,
		ca: authority.cert,
		execute,
		createDatabase,
		async emptyDatabase() {
			reused ??= createDatabase();
			const { database } = await reused;
			await execute('DROP SCHEMA public CASCADE; CREATE SCHEMA public AUTHORIZATION ledger', database);
			return await reused;
		},
		restart: () => {
			stop();
			start();
		},
		stop: () => {
			stop();
			rmSync(folder, { recursive: true, force: true });
		},
	};
}

async function freePort(): Promise<number> {
	return await new Promise((resolve, reject) => {
		const server = createServer().once('error', reject);
		server.listen(0, '127.0.0.1', () => {
			const address = server.address();
			server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
		});
	});
}
