/** Values that both databases take; moments are whole numbers, everything structured is JSON text. */
export type SqlValue = string | number | null;

/** One SQL statement; `?` stands for its parameters, in order. */
export interface Statement {
	sql: string;
	params: SqlValue[];
}

/** PostgreSQL gives whole numbers as text: read them with `Number()`. */
export type Row = Record<string, unknown>;

/**
 * What happens in one transaction, as a generator: `const rows = yield sql('SELECT …')`. A generator can't
 * await, so nothing slow ever happens while the database is locked. It may run again after a conflict, so it
 * changes nothing outside itself; ids and moments are made before it starts. Throwing rolls everything back.
 */
export type Work<T> = () => Generator<Statement, T, Row[]>;

/** All that the ledger asks of a database. Failures are thrown as `SyncError`, errors thrown by the work as they are. */
export interface Database {
	readonly dialect: 'sqlite' | 'postgres';
	/** For people: the file, or host and database. Never a password. */
	readonly location: string;
	/** One statement that only reads. */
	read(statement: Statement): Promise<Row[]>;
	/**
	 * All or nothing, durable when the promise resolves. What the work has read is still so when it ends: a
	 * concurrent change of the same rows makes it start again. Rows that must not exist twice are kept apart by
	 * unique indexes, not by looking first.
	 */
	transaction<T>(work: Work<T>): Promise<T>;
	/** Like `transaction`, for changes of the schema: waits until no other process changes it. */
	migration<T>(work: Work<T>): Promise<T>;
	/** Takes what was deleted out of the files as well, where the database leaves it there. */
	scrub(): Promise<void>;
	/** True when the store was replaced underneath (a deleted file), so that it has to be opened again. */
	stale(): boolean;
	close(): Promise<void>;
}

export function sql(text: string, ...params: SqlValue[]): Statement {
	return { sql: text, params };
}

/** Lets a helper be used inside a transaction: `const row = yield* first(sql(…))`. */
export function* first(statement: Statement): Generator<Statement, Row | undefined, Row[]> {
	const rows = yield statement;
	return rows[0];
}
