import { systemClock, type Clock } from '../http/clock';
import { openSqliteDatabase } from './sqlite';
import { createLedger, type StoredLedger } from './storedLedger';

export type { LedgerStatus, StoredLedger } from './storedLedger';

/** The ledger in a SQLite file, which is created with its folder when it is missing. */
export async function openSqliteLedger(path: string, options: { clock?: Clock; lockLimitMs?: number } = {}): Promise<StoredLedger> {
	return await createLedger(await openSqliteDatabase(path, options), options.clock ?? systemClock);
}
