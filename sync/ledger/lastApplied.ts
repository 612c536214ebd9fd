import { pairingKey, type Pairing } from '../model/pairing';
import { sql, type Database } from './database';

export interface LastAppliedMethods {
	/**
	 * The number of the newest change that was carried out for each of these source records; none: it is not in the map.
	 * It moves with every change that is carried out and only then, so it tells a change that is tried again from the
	 * same change made once more later.
	 */
	lastApplied(pairing: Pairing, sourceIds: readonly string[]): Promise<Map<string, number>>;
}

/** Ids in one statement; the databases take a few thousand parameters at most. */
const AT_ONCE = 500;

export function lastAppliedMethods(database: Database): LastAppliedMethods {
	return {
		async lastApplied(pairing, sourceIds) {
			const found = new Map<string, number>();
			for (let start = 0; start < sourceIds.length; start += AT_ONCE) {
				const ids = sourceIds.slice(start, start + AT_ONCE);
				const rows = await database.read(
					sql(
						// The index of the source records leads here; the concatenation keeps the databases from any other.
						`SELECT source_id, MAX(seq) AS newest FROM entra_sync_changes
						WHERE source_id IN (${ids.map(() => '?').join(', ')}) AND pairing_key || '' = ? AND state = 'applied' GROUP BY source_id`,
						...ids,
						pairingKey(pairing),
					),
				);
				for (const { source_id: id, newest } of rows) found.set(String(id), Number(newest));
			}
			return found;
		},
	};
}
