import type { Clock } from '../http/clock';
import { pruneCursors } from './cursors';
import { sql, type Database, type Row, type SqlValue, type Statement } from './database';
import type { Ledger } from './ledger';

type UpkeepMethods = Pick<Ledger, 'erasePerson' | 'prune'>;

/** Stands where a name or a person's id stood. */
export const ERASED = '(erased)';

/** A shorter name stands in too many words and numbers that are somebody else's, or nobody's. */
const SHORTEST_NAME = 3;

/** Rows of a person: two values, as `erasePerson` makes them. */
const OWN = `(source_id = ? OR source_id LIKE ? ESCAPE '\\')`;

const OPEN_CREATE = `(state = 'intended' AND action = 'create')`;

/** Tables with messages for people, and what tells their rows apart. */
const MESSAGES = [['entra_sync_runs', 'seq'], ['entra_sync_changes', 'seq'], ['entra_sync_tenants', 'tenant_id']] as const;

const ENDED = `status <> 'running' AND finished_at < ?`;

/** Looks only at what is old enough, by the index of `intended_at`: it happens at the end of every run. */
export const PRUNE_CHANGES = `DELETE FROM entra_sync_changes WHERE intended_at < ? AND NOT ${OPEN_CREATE}
	AND (run_id IN (SELECT run_id FROM entra_sync_runs WHERE ${ENDED}) OR run_id NOT IN (SELECT run_id FROM entra_sync_runs))`;

export function upkeepMethods(database: Database, clock: Clock): UpkeepMethods {
	return {
		async erasePerson(personId) {
			const now = clock.now();
			// What was found about a person is kept under an id that ends with theirs.
			const own = [personId, `%:${personId.replace(/[\\%_]/g, '\\$&')}`];
			const removed = await database.transaction(function* () {
				const links = yield sql(`DELETE FROM entra_sync_links WHERE ${OWN} RETURNING source_id`, ...own);
				yield sql('DELETE FROM entra_sync_cursor_objects WHERE object_id = ?', personId);
				yield sql(`DELETE FROM entra_sync_invitations WHERE ${OWN}`, ...own);
				const labels = yield sql(`SELECT DISTINCT label FROM entra_sync_changes WHERE ${OWN}`, ...own);
				// An intent without a person can't be adopted, so it doesn't stay open.
				yield sql(
					`UPDATE entra_sync_changes SET state = 'dropped', settled_at = ? WHERE ${OWN} AND state = 'intended'`,
					now,
					...own,
				);
				const changes = yield sql(
					`UPDATE entra_sync_changes SET source_id = ?, record_id = NULL, label = ?, fields = '[]', written = NULL, message = NULL
					WHERE ${OWN} RETURNING change_id`,
					ERASED,
					ERASED,
					...own,
				);
				// Messages of runs, of other people's changes and of failing tenants may name the person too.
				const names = labels.map((row) => String(row.label)).filter((label) => label.trim().length >= SHORTEST_NAME);
				for (const word of [personId, ...names]) {
					for (const [table, key] of MESSAGES) yield* eraseWord(table, key, word);
				}
				return { links: links.length, changes: changes.length };
			});
			await database.scrub();
			return removed;
		},

		async prune(olderThan) {
			const now = clock.now();
			return await database.transaction(function* () {
				yield sql(PRUNE_CHANGES, olderThan, olderThan);
				const runs = yield sql(
					`DELETE FROM entra_sync_runs WHERE ${ENDED} AND seq NOT IN (
						SELECT MAX(seq) FROM entra_sync_runs WHERE status IN ('succeeded', 'partial') AND source_count IS NOT NULL GROUP BY pairing_key, workflow_id
					) RETURNING run_id`,
					olderThan,
				);
				yield sql(
					`DELETE FROM entra_sync_plans WHERE first_seen_at < ?
					AND plan_id NOT IN (SELECT plan_id FROM entra_sync_runs WHERE plan_id IS NOT NULL)`,
					olderThan,
				);
				// A job whose place is gone begins again with everything.
				yield sql('DELETE FROM entra_sync_jobs WHERE saved_at < ?', olderThan);
				yield sql('DELETE FROM entra_sync_job_leases WHERE lease_until < ?', olderThan);
				yield* pruneCursors(olderThan, now);
				return runs.length;
			});
		},
	};
}

/** Takes a name or an id out of all messages, where it stands as a whole: "Ann" is not erased out of "Annabel". */
function* eraseWord(table: string, key: string, word: string): Generator<Statement, void, Row[]> {
	const whole = new RegExp(`(?<![\\p{L}\\p{N}])${word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}(?![\\p{L}\\p{N}])`, 'gu');
	const rows = yield sql(`SELECT ${key} AS row_key, message FROM ${table} WHERE message <> replace(message, ?, '')`, word);
	for (const row of rows) {
		const message = String(row.message).replace(whole, ERASED);
		if (message !== row.message) yield sql(`UPDATE ${table} SET message = ? WHERE ${key} = ?`, message, row.row_key as SqlValue);
	}
}
