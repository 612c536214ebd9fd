import { systemClock, type Clock } from '../http/clock';
import { openPostgresDatabase, type PostgresSettings } from './postgres';
import { openSqliteDatabase } from './sqlite';
import { createLedger, type StoredLedger } from './storedLedger';

export type { PostgresSettings } from './postgres';
export type { LedgerStatus, StoredLedger } from './storedLedger';

export type LedgerOptions = ({ type: 'sqlite'; path: string } | ({ type: 'postgres' } & PostgresSettings)) & { clock?: Clock };

/** The ledger where the options say, with its schema brought up to date. */
export async function openLedger(options: LedgerOptions): Promise<StoredLedger> {
	if (options.type === 'sqlite') return await openSqliteLedger(options.path, { clock: options.clock });
	const { type: _, clock, ...settings } = options;
	return await openPostgresLedger(settings, { clock });
}

/** The ledger in a SQLite file, which is created with its folder when it is missing. */
export async function openSqliteLedger(path: string, options: { clock?: Clock; lockLimitMs?: number } = {}): Promise<StoredLedger> {
	return await createLedger(await openSqliteDatabase(path, options), options.clock ?? systemClock);
}

/** The ledger in a PostgreSQL database, for several n8n processes (queue mode). */
export async function openPostgresLedger(settings: PostgresSettings, options: { clock?: Clock } = {}): Promise<StoredLedger> {
	return await createLedger(await openPostgresDatabase(settings), options.clock ?? systemClock);
}
