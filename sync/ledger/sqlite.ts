import { closeSync, mkdirSync, openSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { systemClock } from '../http/clock';
import type { Database, Row, Statement, Work } from './database';
import { isBusy, lockedTooLong, sqliteFault } from './sqliteErrors';

/** How long one attempt may hold the event loop while another process writes. */
const BUSY_TIMEOUT_MS = 100;

/** How long all attempts together may take. */
const DEFAULT_LOCK_LIMIT_MS = 30_000;

/** One connection per file in this process: two would block each other and with them the event loop. */
const connections = new Map<string, Connection>();

/**
 * Opens the SQLite file, creating it (readable by its owner only) and its folder where they are missing.
 *
 * @throws SyncError naming the file when it can't be created, opened or written, or is no database
 */
export async function openSqliteDatabase(path: string, options: { lockLimitMs?: number } = {}): Promise<Database> {
	const file = resolve(path);
	const known = connections.get(file);
	if (known && !known.replaced()) return known.share();
	const { DatabaseSync } = await import('node:sqlite');
	// Another caller may have opened it during the import.
	const meanwhile = connections.get(file);
	if (meanwhile && !meanwhile.replaced()) return meanwhile.share();
	const connection = new Connection(file, DatabaseSync, options.lockLimitMs ?? DEFAULT_LOCK_LIMIT_MS);
	connections.set(file, connection);
	return connection.share();
}

class Connection {
	private readonly database: DatabaseSync;
	private readonly inode: number;
	private readonly prepared = new Map<string, StatementSync>();
	private users = 0;
	private configured = false;

	constructor(
		readonly file: string,
		Driver: typeof DatabaseSync,
		private readonly lockLimitMs: number,
	) {
		try {
			mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
			// SQLite would create the file readable by everybody; its -wal and -shm files follow this one.
			closeSync(openSync(file, 'a', 0o600));
			this.database = new Driver(file, { timeout: BUSY_TIMEOUT_MS });
			this.inode = statSync(file).ino;
		} catch (error) {
			throw sqliteFault(error, file);
		}
	}

	/** One user's handle; the file is closed with the last of them. */
	share(): Database {
		this.users++;
		let open = true;
		return {
			dialect: 'sqlite',
			location: this.file,
			read: async (statement) => await this.attempt(() => this.run(statement)),
			transaction: async (work) => await this.attempt(() => this.immediately(work)),
			migration: async (work) => await this.attempt(() => this.immediately(work)),
			scrub: async () => await this.attempt(() => void this.database.exec('PRAGMA wal_checkpoint(TRUNCATE)')),
			stale: () => !open || this.replaced(),
			close: async () => {
				if (!open) return;
				open = false;
				this.release();
			},
		};
	}

	/** Whether the file was deleted or replaced since it was opened: what is written now would be lost. */
	replaced(): boolean {
		return !this.database.isOpen || statSync(this.file, { throwIfNoEntry: false })?.ino !== this.inode;
	}

	private release(): void {
		this.users--;
		if (this.users > 0) return;
		if (connections.get(this.file) === this) connections.delete(this.file);
		this.prepared.clear();
		this.database.close();
	}

	/** Tries until no other process is in the way; between attempts everybody else in this process goes on. */
	private async attempt<T>(action: () => T): Promise<T> {
		const deadline = performance.now() + this.lockLimitMs;
		for (;;) {
			try {
				if (!this.database.isOpen) throw new Error(`The ledger ${this.file} was closed before.`);
				if (this.replaced()) throw Object.assign(new Error('The file was replaced.'), { code: 'LEDGER_REPLACED' });
				this.configure();
				return action();
			} catch (error) {
				if (!isBusy(error)) throw sqliteFault(error, this.file);
				if (performance.now() > deadline) throw lockedTooLong(this.file, this.lockLimitMs, error);
			}
			await systemClock.sleep(10 + Math.random() * 50);
		}
	}

	private configure(): void {
		if (this.configured) return;
		this.database.exec('PRAGMA journal_mode = WAL');
		this.database.exec('PRAGMA synchronous = FULL');
		// Erased people must not linger in free pages.
		this.database.exec('PRAGMA secure_delete = ON');
		this.configured = true;
	}

	/**
	 * Takes the write lock at the start: a transaction that reads first and writes later fails at once when
	 * somebody else wrote in between, whatever the busy timeout.
	 */
	private immediately<T>(work: Work<T>): T {
		this.database.exec('BEGIN IMMEDIATE');
		try {
			const steps = work();
			let step = steps.next();
			while (!step.done) step = steps.next(this.run(step.value));
			this.database.exec('COMMIT');
			return step.value;
		} catch (error) {
			if (this.database.isTransaction) this.database.exec('ROLLBACK');
			throw error;
		}
	}

	private run({ sql, params }: Statement): Row[] {
		let statement = this.prepared.get(sql);
		if (!statement) {
			statement = this.database.prepare(sql);
			this.prepared.set(sql, statement);
		}
		return statement.all(...params);
	}
}
