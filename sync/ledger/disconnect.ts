import type { Clock } from '../http/clock';
import { first, sql, type Database, type Row, type Statement } from './database';
import type { Moment } from './ledger';
import { describeMoment, refusal } from './refusals';
import { Filter } from './rows';

/** What the ledger forgot, or would forget, of a tenant. */
export interface Disconnected {
	name?: string;
	links: number;
	pairings: number;
	cursors: number;
	/** Creates that were sent with unknown outcome; they are dropped. */
	openCreates: number;
}

export interface DisconnectMethods {
	/**
	 * Forgets what ties a tenant to targets: links and pairings of all targets, cursors, places of long reads, its
	 * failures. Runs and their changes stay until they are too old. Throws `ledger.tenantBusy` while a run of the
	 * tenant is in progress.
	 *
	 * @param options.preview only counts
	 */
	disconnectTenant(tenantId: string, options: { preview: boolean }): Promise<Disconnected>;
}

export function disconnectMethods(database: Database, clock: Clock): DisconnectMethods {
	return {
		async disconnectTenant(tenantId, { preview }) {
			const now = clock.now();
			const id = tenantId.toLowerCase();
			return await database.transaction(function* () {
				const running = yield ofTenant(id).where(`status = 'running'`).where('lease_until > ?', now).statement('SELECT * FROM entra_sync_runs', 'LIMIT 1');
				if (running.length > 0 && !preview) throw tenantBusy(id, running[0]);
				const pairings = yield ofTenant(id).statement('SELECT tenant_name FROM entra_sync_pairings');
				const known = yield sql('SELECT tenant_name FROM entra_sync_tenants WHERE tenant_id = ?', id);
				const name = [...known, ...pairings].map((row) => row.tenant_name).find((each) => each !== null);
				const found: Disconnected = {
					...(name === undefined ? {} : { name: String(name) }),
					links: yield* count(ofTenant(id).statement('SELECT COUNT(*) AS count FROM entra_sync_links')),
					pairings: pairings.length,
					cursors: yield* count(sql('SELECT COUNT(*) AS count FROM entra_sync_cursors WHERE tenant_id = ?', id)),
					openCreates: yield* count(openCreates(id, 'COUNT(*) AS count')),
				};
				if (!preview) yield* forget(id, now);
				return found;
			});
		},
	};
}

function ofTenant(tenantId: string): Filter {
	return new Filter().pairing({ tenantId });
}

function openCreates(tenantId: string, columns: string): Statement {
	return ofTenant(tenantId).where(`state = 'intended'`).where(`action = 'create'`).statement(`SELECT ${columns} FROM entra_sync_changes`);
}

function* forget(tenantId: string, now: Moment): Generator<Statement, void, Row[]> {
	const open = openCreates(tenantId, 'change_id');
	yield sql(`UPDATE entra_sync_changes SET state = 'dropped', settled_at = ?, message = ? WHERE change_id IN (${open.sql})`, now, 'The tenant was disconnected.', ...open.params);
	yield ofTenant(tenantId).statement('DELETE FROM entra_sync_links');
	yield ofTenant(tenantId).statement('DELETE FROM entra_sync_pairings');
	yield sql(
		`DELETE FROM entra_sync_cursor_objects WHERE cursor_key IN (
			SELECT cursor_key FROM entra_sync_cursors WHERE tenant_id = ? UNION SELECT cursor_key FROM entra_sync_cursor_proposals WHERE tenant_id = ?
		)`,
		tenantId,
		tenantId,
	);
	for (const table of ['entra_sync_cursors', 'entra_sync_cursor_proposals', 'entra_sync_jobs', 'entra_sync_tenants']) {
		yield sql(`DELETE FROM ${table} WHERE tenant_id = ?`, tenantId);
	}
}

function* count(statement: Statement): Generator<Statement, number, Row[]> {
	const row = yield* first(statement);
	return Number(row?.count ?? 0);
}

function tenantBusy(tenantId: string, run: Row) {
	return refusal(
		'tenantBusy',
		`The tenant ${tenantId} can't be disconnected while a run of it is in progress (since ${describeMoment(Number(run.started_at))}).`,
		'Switch off the workflows that sync this tenant, wait until the run has ended, then disconnect it.',
	);
}
