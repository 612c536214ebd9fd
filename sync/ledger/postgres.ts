import type { ConnectionOptions } from 'node:tls';
import type { Pool, PoolClient } from 'pg';
import { systemClock } from '../http/clock';
import { SyncError } from '../model/syncError';
import type { Database, Row, Statement, Work } from './database';
import { isConflict, isLostConnection, postgresFault } from './postgresErrors';

export interface PostgresSettings {
	host: string;
	port: number;
	database: string;
	user: string;
	password: string;
	/** `verify-full` checks certificate and host name; `require` encrypts, and checks the certificate only where a CA is given. */
	tls: 'verify-full' | 'require' | 'off';
	/** CA certificates in PEM; without them, the ones that Node trusts. */
	ca?: string;
}

/** Enough for a worker's parallel runs; a ledger transaction takes milliseconds. */
const POOL_SIZE = 4;
const CONNECT_LIMIT_MS = 15_000;
const QUERY_LIMIT_MS = 60_000;
/** How long conflicts with other transactions may go on. */
const CONFLICT_LIMIT_MS = 30_000;
/** How long a server that was reached before may be away, for example for a restart. */
const AWAY_LIMIT_MS = 10_000;

/** The same number in every release: who changes the schema holds this lock of the database. */
const MIGRATION_LOCK = 7_301_964;

/** One pool per server, database and user in this process. */
const pools = new Map<string, SharedPool>();

/**
 * Connects to PostgreSQL.
 *
 * @throws SyncError naming host and database when it can't be reached, refuses, or has no valid certificate
 */
export async function openPostgresDatabase(settings: PostgresSettings): Promise<Database> {
	const key = JSON.stringify(settings);
	const { Pool } = await import('pg');
	let shared = pools.get(key);
	if (!shared) {
		shared = new SharedPool(settings, new Pool(poolOptions(settings)), () => pools.delete(key));
		pools.set(key, shared);
	}
	const database = shared.share();
	try {
		await database.read({ sql: 'SELECT 1 AS one', params: [] });
	} catch (error) {
		await database.close();
		throw error;
	}
	return database;
}

function poolOptions(settings: PostgresSettings) {
	return {
		host: settings.host,
		port: settings.port,
		database: settings.database,
		user: settings.user,
		password: settings.password,
		ssl: tlsOptions(settings),
		max: POOL_SIZE,
		connectionTimeoutMillis: CONNECT_LIMIT_MS,
		query_timeout: QUERY_LIMIT_MS,
		idleTimeoutMillis: 30_000,
		// A ledger that nobody uses must not keep `n8n execute` from ending.
		allowExitOnIdle: true,
		keepAlive: true,
		application_name: 'n8n-nodes-entra-sync',
	};
}

function tlsOptions({ tls, ca }: PostgresSettings): false | ConnectionOptions {
	if (tls === 'off') return false;
	const authorities = ca?.trim() ? { ca } : {};
	if (tls === 'verify-full') return { ...authorities, rejectUnauthorized: true };
	return ca?.trim()
		? { ...authorities, rejectUnauthorized: true, checkServerIdentity: () => undefined }
		: { rejectUnauthorized: false };
}

class SharedPool {
	private users = 0;
	private reached = false;

	constructor(
		private readonly settings: PostgresSettings,
		private readonly pool: Pool,
		private readonly forget: () => void,
	) {
		// An idle connection that breaks is replaced at the next use; without a listener it would end the process.
		pool.on('error', () => undefined);
	}

	share(): Database {
		this.users++;
		let open = true;
		return {
			dialect: 'postgres',
			location: `PostgreSQL database "${this.settings.database}" on ${this.settings.host}:${this.settings.port}`,
			read: async (statement) => await this.attempt(async (client) => await run(client, statement)),
			// Repeatable read turns a concurrent change of the same row into a conflict, which is tried again; rows that
			// may exist once are kept apart by unique indexes. Serializable would add false conflicts between pairings.
			transaction: async (work) =>
				await this.attempt(async (client) => await inTransaction(client, 'BEGIN ISOLATION LEVEL REPEATABLE READ', work)),
			// Each statement must see what the process before committed, so the snapshot is taken per statement.
			migration: async (work) =>
				await this.attempt(
					async (client) =>
						await inTransaction(client, `BEGIN ISOLATION LEVEL READ COMMITTED; SELECT pg_advisory_xact_lock(${MIGRATION_LOCK})`, work),
				),
			scrub: async () => undefined,
			stale: () => !open,
			close: async () => {
				if (!open) return;
				open = false;
				await this.release();
			},
		};
	}

	private async release(): Promise<void> {
		this.users--;
		if (this.users > 0) return;
		this.forget();
		await this.pool.end();
	}

	private async attempt<T>(action: (client: PoolClient) => Promise<T>): Promise<T> {
		const start = performance.now();
		for (;;) {
			try {
				return await this.withClient(action);
			} catch (error) {
				const spent = performance.now() - start;
				const again = isConflict(error)
					? spent < CONFLICT_LIMIT_MS
					: this.reached && isLostConnection(error) && spent < AWAY_LIMIT_MS;
				if (!again) throw postgresFault(error, this.settings);
				await systemClock.sleep(isConflict(error) ? 5 + Math.random() * 45 : 200 + Math.random() * 300);
			}
		}
	}

	private async withClient<T>(action: (client: PoolClient) => Promise<T>): Promise<T> {
		const client = await this.pool.connect();
		this.reached = true;
		let broken = true;
		// A connection that breaks between two statements says so here; the next statement fails and is handled.
		const ignore = () => undefined;
		client.on('error', ignore);
		try {
			const result = await action(client);
			broken = false;
			return result;
		} catch (error) {
			broken = !isConflict(error) && !(error instanceof SyncError);
			throw error;
		} finally {
			client.off('error', ignore);
			client.release(broken);
		}
	}
}

async function inTransaction<T>(client: PoolClient, begin: string, work: Work<T>): Promise<T> {
	await client.query(begin);
	try {
		const steps = work();
		let step = steps.next();
		while (!step.done) step = steps.next(await run(client, step.value));
		await client.query('COMMIT');
		return step.value;
	} catch (error) {
		try {
			await client.query('ROLLBACK');
		} catch {
			// The connection is gone, and with it the transaction; the first error is the one to tell.
		}
		throw error;
	}
}

async function run(client: PoolClient, { sql, params }: Statement): Promise<Row[]> {
	let position = 0;
	const text = sql.replace(/\?/g, () => `$${++position}`);
	// PostgreSQL can't store the zero character in text.
	const values = params.map((value) => (typeof value === 'string' ? value.replaceAll('\0', '') : value));
	const result = await client.query<Row>(text, values);
	return result.rows;
}
