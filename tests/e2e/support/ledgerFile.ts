import { DatabaseSync } from 'node:sqlite';

export interface LedgerRun {
	status: string;
	message: string | null;
	/** n8n's own number of the execution. */
	executionId: string;
}

/** The runs that a ledger file knows, oldest first, read past the package's own code. */
export function runsIn(file: string): LedgerRun[] {
	return inLedger(file, (database) => {
		if (!isMigrated(database)) return [];
		const runs = database.prepare('SELECT status, message, execution_id AS executionId FROM entra_sync_runs ORDER BY seq').all() as unknown as LedgerRun[];
		return runs.map((run) => ({ ...run, executionId: run.executionId.split('/').at(-1)! }));
	});
}

/** Creates that were sent, or were about to be, and of which nobody knows whether they arrived. */
export function openIntentsIn(file: string): number {
	return inLedger(file, (database) => Number(database.prepare("SELECT COUNT(*) AS n FROM entra_sync_changes WHERE state = 'intended' AND action = 'create'").get()!.n));
}

/** As if the time had passed after which the lock of a dead run expires. */
export function letLocksExpire(file: string): void {
	inLedger(file, (database) => database.exec("UPDATE entra_sync_runs SET lease_until = 1 WHERE status = 'running'"));
}

/** A ledger that no node has opened yet has no tables. */
function isMigrated(database: DatabaseSync): boolean {
	return database.prepare("SELECT 1 FROM sqlite_master WHERE name = 'entra_sync_runs'").get() !== undefined;
}

function inLedger<T>(file: string, work: (database: DatabaseSync) => T): T {
	const database = new DatabaseSync(file, { timeout: 5000 });
	try {
		return work(database);
	} finally {
		database.close();
	}
}
