import { noDepartures, type Departures } from '../http/departures';
import { exchangeTurns, type SharedPace } from '../http/paceExchange';
import { first, sql, type Database } from './database';

/** Milliseconds by the clock of the database, which is one for all processes; of this moment, not of the transaction's beginning. */
const DATABASE_NOW = 'EXTRACT(EPOCH FROM clock_timestamp()) * 1000';

/**
 * One pace for all processes that use a PostgreSQL ledger: they take their turns in one row per service.
 *
 * @param now for tests: an SQL expression of the moment, milliseconds
 */
export function sharedPace(database: Database, now = DATABASE_NOW): SharedPace {
	return async (service, wish) =>
		await database.transaction(function* () {
			// As the first statement: a transaction that waits here sees what the one before has committed, so there are no conflicts.
			yield sql('LOCK TABLE entra_sync_pace IN SHARE ROW EXCLUSIVE MODE');
			const row = yield* first(sql(`SELECT ${now} AS now, (SELECT departures FROM entra_sync_pace WHERE service = ?) AS departures`, service));
			const departures = typeof row?.departures === 'string' ? (JSON.parse(row.departures) as Departures) : noDepartures();
			const answer = exchangeTurns(departures, wish, Math.floor(Number(row?.now)));
			yield sql(
				'INSERT INTO entra_sync_pace (service, departures) VALUES (?, ?) ON CONFLICT (service) DO UPDATE SET departures = excluded.departures',
				service,
				JSON.stringify(departures),
			);
			return answer;
		});
}
