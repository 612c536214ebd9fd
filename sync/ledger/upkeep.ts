import type { Clock } from '../http/clock';
import { sql, type Database } from './database';
import type { Ledger } from './ledger';

type UpkeepMethods = Pick<Ledger, 'erasePerson' | 'prune'>;

/** Stands where a name or a person's id stood. */
export const ERASED = '(erased)';

const OPEN_CREATE = `(state = 'intended' AND action = 'create')`;

export function upkeepMethods(database: Database, clock: Clock): UpkeepMethods {
	return {
		async erasePerson(personId) {
			const now = clock.now();
			const removed = await database.transaction(function* () {
				const links = yield sql('DELETE FROM entra_sync_links WHERE person_id = ? RETURNING person_id', personId);
				const labels = yield sql('SELECT DISTINCT label FROM entra_sync_changes WHERE person_id = ?', personId);
				// An intent without a person can't be adopted, so it doesn't stay open.
				yield sql(
					`UPDATE entra_sync_changes SET state = 'dropped', settled_at = ? WHERE person_id = ? AND state = 'intended'`,
					now,
					personId,
				);
				const changes = yield sql(
					`UPDATE entra_sync_changes SET person_id = ?, record_id = NULL, label = ?, fields = '[]', written = NULL, message = NULL
					WHERE person_id = ? RETURNING change_id`,
					ERASED,
					ERASED,
					personId,
				);
				// Messages of runs and of other people's changes may name the person too.
				for (const word of [personId, ...labels.map((row) => String(row.label))]) {
					if (word.trim() === '') continue;
					for (const table of ['entra_sync_runs', 'entra_sync_changes']) {
						yield sql(
							`UPDATE ${table} SET message = replace(message, ?, ?) WHERE message <> replace(message, ?, ?)`,
							word,
							ERASED,
							word,
							ERASED,
						);
					}
				}
				return { links: links.length, changes: changes.length };
			});
			await database.scrub();
			return removed;
		},

		async prune(olderThan) {
			const ended = `status <> 'running' AND finished_at < ?`;
			return await database.transaction(function* () {
				yield sql(
					`DELETE FROM entra_sync_changes WHERE NOT ${OPEN_CREATE} AND intended_at < ?
					AND (run_id IN (SELECT run_id FROM entra_sync_runs WHERE ${ended}) OR run_id NOT IN (SELECT run_id FROM entra_sync_runs))`,
					olderThan,
					olderThan,
				);
				const runs = yield sql(
					`DELETE FROM entra_sync_runs WHERE ${ended} AND seq NOT IN (
						SELECT MAX(seq) FROM entra_sync_runs WHERE status IN ('succeeded', 'partial') AND source_count IS NOT NULL GROUP BY pairing_key
					) RETURNING run_id`,
					olderThan,
				);
				yield sql(
					`DELETE FROM entra_sync_plans WHERE first_seen_at < ?
					AND plan_id NOT IN (SELECT plan_id FROM entra_sync_runs WHERE plan_id IS NOT NULL)`,
					olderThan,
				);
				return runs.length;
			});
		},
	};
}
