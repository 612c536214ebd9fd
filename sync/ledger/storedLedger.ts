import { randomUUID } from 'node:crypto';
import type { Clock } from '../http/clock';
import type { SharedPace } from '../http/paceExchange';
import { SyncError } from '../model/syncError';
import { changeMethods } from './changes';
import { cursorMethods } from './cursors';
import { sql, type Database } from './database';
import { disconnectMethods, type DisconnectMethods } from './disconnect';
import { invitationMethods } from './invitations';
import { jobMethods, type JobMethods } from './jobs';
import type { Ledger, Run } from './ledger';
import { lastAppliedMethods, type LastAppliedMethods } from './lastApplied';
import { linkChangeMethods } from './linkChanges';
import { linkMethods } from './links';
import { migrate } from './migrate';
import { pairingMethods } from './pairings';
import { planMethods } from './plans';
import { runMethods } from './runs';
import { sharedPace } from './sharedPace';
import { tenantMethods, type TenantMethods } from './tenants';
import { upkeepMethods } from './upkeep';

/** What a ledger holds, for people who look after it. */
export interface LedgerStatus {
	/** The file, or host and database; never a password. */
	location: string;
	schemaVersion: number;
	runs: number;
	links: number;
	changes: number;
	plans: number;
	pairings: number;
	cursors: number;
}

/** A ledger that can tell about its store. */
export interface StoredLedger extends Ledger, JobMethods, TenantMethods, DisconnectMethods, LastAppliedMethods {
	/** Where all processes take their turns to send; absent where one process has the ledger for itself. */
	readonly pace?: SharedPace;
	/** All runs of an n8n execution, ended ones too, newest first. */
	runsOfExecution(executionId: string): Promise<Run[]>;
	/** Proves that the store can be written and read back, and counts what it holds. */
	inspect(): Promise<LedgerStatus>;
	/** True when the store was replaced underneath (a deleted file): open the ledger again. */
	stale(): boolean;
}

/** The ledger over a database: one implementation for SQLite and PostgreSQL. Brings the schema up to date first. */
export async function createLedger(database: Database, clock: Clock): Promise<StoredLedger> {
	try {
		await migrate(database);
	} catch (error) {
		await database.close();
		throw error;
	}
	return {
		...runMethods(database, clock),
		...linkMethods(database),
		...changeMethods(database, clock),
		...linkChangeMethods(database, clock),
		...invitationMethods(database, clock),
		...lastAppliedMethods(database),
		...planMethods(database, clock),
		...pairingMethods(database, clock),
		...jobMethods(database, clock),
		...cursorMethods(database, clock),
		...tenantMethods(database, clock),
		...disconnectMethods(database, clock),
		...upkeepMethods(database, clock),
		...(database.dialect === 'postgres' ? { pace: sharedPace(database) } : {}),
		inspect: async () => await inspect(database),
		stale: () => database.stale(),
		close: async () => await database.close(),
	};
}

async function inspect(database: Database): Promise<LedgerStatus> {
	const mark = `probe ${randomUUID()}`;
	await database.transaction(function* () {
		yield sql('INSERT INTO entra_sync_plans (plan_id, pairing_key, tenant_id, target, account, customer_id, mode, verdict, counts, reasons, first_seen_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)',
			mark, '', '', '', '', '', 'preview', 'ok', '{}', '[]', 0);
	});
	return await database.transaction(function* () {
		const found = yield sql('DELETE FROM entra_sync_plans WHERE plan_id = ? RETURNING plan_id', mark);
		if (found.length !== 1) {
			throw new SyncError(`The ledger in ${database.location} did not keep what was written to it.`, {
				class: 'unavailable',
				code: 'ledger.notKept',
				remedy: 'Check the database: it may be a replica, or restored from a snapshot at this moment.',
			});
		}
		const rows = yield sql(
			`SELECT (SELECT MAX(version) FROM entra_sync_schema) AS version,
				(SELECT COUNT(*) FROM entra_sync_runs) AS runs, (SELECT COUNT(*) FROM entra_sync_links) AS links,
				(SELECT COUNT(*) FROM entra_sync_changes) AS changes, (SELECT COUNT(*) FROM entra_sync_plans) AS plans,
				(SELECT COUNT(*) FROM entra_sync_pairings) AS pairings,
				(SELECT COUNT(*) FROM entra_sync_cursors) AS cursors`,
		);
		const count = (name: string) => Number(rows[0][name]);
		return {
			location: database.location,
			schemaVersion: count('version'),
			runs: count('runs'),
			links: count('links'),
			changes: count('changes'),
			plans: count('plans'),
			pairings: count('pairings'),
			cursors: count('cursors'),
		};
	});
}
