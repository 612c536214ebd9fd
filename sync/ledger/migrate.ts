import { SyncError } from '../model/syncError';
import { sql, type Database, type Statement } from './database';
import { inDialect, MIGRATIONS } from './schema';

/**
 * Brings the tables to the newest version, in one transaction: a second process that starts at the same moment
 * waits and then finds nothing to do.
 *
 * @param migrations for tests; the version that this code knows is their number
 * @returns the version
 * @throws SyncError `ledger.newerSchema` when a newer release of this package has written the ledger,
 * `ledger.foreignFile` when the SQLite file belongs to something else
 */
export async function migrate(database: Database, migrations: readonly (readonly string[])[] = MIGRATIONS): Promise<number> {
	return await database.migration(function* () {
		if (database.dialect === 'sqlite') {
			const foreign = yield sql(
				`SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite!_%' ESCAPE '!'
				AND name NOT LIKE 'entra!_sync!_%' ESCAPE '!' LIMIT 1`,
			);
			if (foreign.length > 0) throw foreignFile(database.location);
		}
		yield sql('CREATE TABLE IF NOT EXISTS entra_sync_schema (version BIGINT NOT NULL)');
		const stored = yield sql('SELECT MAX(version) AS version FROM entra_sync_schema');
		const version = Number(stored[0]?.version ?? 0);
		if (version > migrations.length) throw newerSchema(database.location, version, migrations.length);
		yield* apply(migrations.slice(version), database.dialect);
		if (version < migrations.length) {
			yield sql('DELETE FROM entra_sync_schema');
			yield sql('INSERT INTO entra_sync_schema (version) VALUES (?)', migrations.length);
		}
		return migrations.length;
	});
}

function* apply(steps: readonly (readonly string[])[], dialect: Database['dialect']): Generator<Statement, void> {
	for (const statement of steps.flat()) yield sql(inDialect(statement, dialect));
}

function newerSchema(location: string, found: number, known: number): SyncError {
	return new SyncError(
		`The ledger in ${location} was written by a newer release of n8n-nodes-entra-sync (its schema has version ${found}, this release knows ${known}).`,
		{
			class: 'configuration',
			code: 'ledger.newerSchema',
			remedy: 'Update n8n-nodes-entra-sync on this n8n (and on every worker) to the newer release. The ledger was not changed.',
		},
	);
}

function foreignFile(location: string): SyncError {
	return new SyncError(`${location} is a database of something else, not a ledger.`, {
		class: 'configuration',
		code: 'ledger.foreignFile',
		remedy: 'Choose a file of its own in the Sync Ledger credential, or leave the path empty. The file was not changed.',
	});
}
