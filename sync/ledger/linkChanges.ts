import { randomUUID } from 'node:crypto';
import type { Clock } from '../http/clock';
import { pairingKey } from '../model/pairing';
import { SyncError } from '../model/syncError';
import { dropLink, requireRunning, writeLink } from './changes';
import { sql, type Database, type Row, type Statement } from './database';
import type { Ledger, LinkChange, RecordedChange } from './ledger';
import { PAIRING_COLUMNS, pairingValues } from './rows';

/** Changes that only the ledger sees, many in one transaction: a first sync makes one for nearly everybody. */
export function linkChangeMethods(database: Database, clock: Clock): Pick<Ledger, 'rememberLinks'> {
	return {
		async rememberLinks(runId, planId, links) {
			const now = clock.now();
			const changes = links.map((link): RecordedChange => ({
				changeId: randomUUID(), runId, planId, pairing: link.pairing, action: 'link', sourceId: link.sourceId, recordId: link.recordId,
				label: link.label, fields: [], written: {}, state: 'applied', message: link.message, intendedAt: now, settledAt: now,
			}));
			return await database.transaction(function* () {
				const pairings = new Map(changes.map(({ pairing }) => [pairingKey(pairing), pairing]));
				for (const pairing of pairings.values()) yield* requireRunning(runId, pairing);
				const refusals: Array<SyncError | undefined> = [];
				for (const [index, change] of changes.entries()) {
					const refused = yield* pair(change, links[index], now);
					yield insert(refused ? { ...change, state: 'failed', written: undefined, message: `${refused.message} ${refused.remedy}` } : change);
					refusals.push(refused);
				}
				for (const key of pairings.keys()) yield dropOvertaken(key, changes.filter((_, index) => !refusals[index]), now);
				return refusals;
			});
		},
	};
}

function* pair(change: RecordedChange, { rule, unlink, replaces }: LinkChange, now: number): Generator<Statement, SyncError | undefined, Row[]> {
	if (unlink) {
		yield dropLink(change);
		return undefined;
	}
	try {
		yield* writeLink(change, { rule, written: {}, replaces }, now);
		return undefined;
	} catch (error) {
		if (error instanceof SyncError && error.code === 'ledger.recordLinked') return error;
		throw error;
	}
}

function insert(change: RecordedChange): Statement {
	return sql(
		`INSERT INTO entra_sync_changes
			(change_id, run_id, plan_id, pairing_key, ${PAIRING_COLUMNS}, action, source_id, record_id, label, fields, written, state, message, intended_at, settled_at)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, '[]', ?, ?, ?, ?, ?)
		ON CONFLICT (change_id) DO NOTHING`,
		change.changeId,
		change.runId,
		change.planId,
		pairingKey(change.pairing),
		...pairingValues(change.pairing),
		change.action,
		change.sourceId,
		change.recordId ?? null,
		change.label,
		change.written ? JSON.stringify(change.written) : null,
		change.state,
		change.message ?? null,
		change.intendedAt,
		change.settledAt ?? null,
	);
}

/** As `remember` does for one: open creates of these people are settled by the pair that is known now. */
function dropOvertaken(key: string, changes: readonly RecordedChange[], now: number): Statement {
	const people = changes.filter(({ pairing }) => pairingKey(pairing) === key).map(({ sourceId }) => sourceId);
	return sql(
		`UPDATE entra_sync_changes SET state = 'dropped', message = ?, settled_at = ?
		WHERE pairing_key = ? AND state = 'intended' AND action = 'create' AND source_id IN (${people.map(() => '?').join(', ') || 'NULL'})`,
		'Overtaken: a later change of this person arrived.',
		now,
		key,
		...people,
	);
}
