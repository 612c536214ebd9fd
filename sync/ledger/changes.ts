import { randomUUID } from 'node:crypto';
import type { Clock } from '../http/clock';
import { describePairing, pairingKey } from '../model/pairing';
import { SyncError } from '../model/syncError';
import { first, sql, type Database, type Row, type Statement } from './database';
import type { Ledger, Link, RecordedChange } from './ledger';
import { refusal, unknownChange } from './refusals';
import { changeOfRow, linkOfRow, PAIRING_COLUMNS, pairingValues } from './rows';
import { lost } from './runs';

type ChangeMethods = Pick<Ledger, 'intend' | 'remember' | 'settle' | 'openIntents' | 'changesOfRun'>;

/** Intents before writes, results after them, and the links that results make. */
export function changeMethods(database: Database, clock: Clock): ChangeMethods {
	return {
		async intend(change) {
			const changeId = randomUUID();
			const now = clock.now();
			return await database.transaction(function* () {
				yield* requireRunning(change.runId, change.pairing);
				if (change.action === 'create') yield* requireNotCreated(change, changeId);
				yield sql(
					`INSERT INTO entra_sync_changes
						(change_id, run_id, plan_id, pairing_key, ${PAIRING_COLUMNS}, action, source_id, record_id, label, fields, state, intended_at)
					VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'intended', ?)
					ON CONFLICT (change_id) DO NOTHING`,
					changeId,
					change.runId,
					change.planId,
					pairingKey(change.pairing),
					...pairingValues(change.pairing),
					change.action,
					change.sourceId,
					change.recordId ?? null,
					change.label,
					JSON.stringify(change.fields),
					now,
				);
				return changeId;
			});
		},

		async remember(changeId, result) {
			const now = clock.now();
			await database.transaction(function* () {
				const row = yield* first(
					sql(
						`UPDATE entra_sync_changes SET state = 'applied', record_id = COALESCE(?, record_id), written = ?, message = ?, settled_at = ?
						WHERE change_id = ? RETURNING *`,
						result.recordId ?? null,
						JSON.stringify(result.written),
						result.message ?? null,
						now,
						changeId,
					),
				);
				if (!row) throw unknownChange(changeId);
				const change = changeOfRow(row);
				if (result.unlink) yield dropLink(change);
				else yield* writeLink(change, result, now);
				yield sql(
					`UPDATE entra_sync_changes SET state = 'dropped', message = ?, settled_at = ?
					WHERE pairing_key = ? AND state = 'intended' AND action = 'create' AND source_id = ?`,
					'Overtaken: a later change of this person arrived.',
					now,
					pairingKey(change.pairing),
					change.sourceId,
				);
			});
		},

		async settle(changeId, state, message) {
			const settledAt = state === 'intended' ? null : clock.now();
			await database.transaction(function* () {
				// What is known to have arrived stays so: the reply to `remember` may have been lost, not its work.
				yield sql(
					`UPDATE entra_sync_changes SET state = ?, message = ?, settled_at = ? WHERE change_id = ? AND state <> 'applied'`,
					state,
					message,
					settledAt,
					changeId,
				);
				const found = yield sql('SELECT change_id FROM entra_sync_changes WHERE change_id = ?', changeId);
				if (found.length === 0) throw unknownChange(changeId);
			});
		},

		async openIntents(pairing) {
			const rows = await database.read(
				sql(
					`SELECT * FROM entra_sync_changes WHERE pairing_key = ? AND state = 'intended' AND action = 'create' ORDER BY seq`,
					pairingKey(pairing),
				),
			);
			return rows.map(changeOfRow);
		},

		async changesOfRun(runId) {
			const rows = await database.read(sql('SELECT * FROM entra_sync_changes WHERE run_id = ? ORDER BY seq', runId));
			return rows.map(changeOfRow);
		},
	};
}

/** Only the holder of the lock may announce a write; this stops a run that was taken for dead and goes on. */
export function* requireRunning(runId: string, pairing: RecordedChange['pairing']): Generator<Statement, void, Row[]> {
	const run = yield* first(sql('SELECT status, pairing_key FROM entra_sync_runs WHERE run_id = ?', runId));
	if (run?.status !== 'running') throw yield* lost(runId);
	if (run.pairing_key !== pairingKey(pairing)) {
		throw new SyncError(`A change of ${describePairing(pairing)} can't be made in the run ${runId}, which belongs to another tenant and customer.`, {
			class: 'input',
			code: 'ledger.otherPairing',
			remedy: 'One run works on one tenant and one customer. Give each its own Run → Start, for example in a sub-workflow.',
		});
	}
}

/** A change that arrives twice (a doubled wire, a node that is tried again, pinned data) must not create twice. */
function* requireNotCreated(change: Pick<RecordedChange, 'runId' | 'pairing' | 'sourceId' | 'label'>, changeId: string): Generator<Statement, void, Row[]> {
	const key = pairingKey(change.pairing);
	const link = yield* first(sql('SELECT record_id FROM entra_sync_links WHERE pairing_key = ? AND source_id = ?', key, change.sourceId));
	if (link) {
		throw refusal(
			'alreadyCreated',
			`"${change.label}" is not created again: the ledger links this person to the record ${String(link.record_id)} of this customer.`,
			'Let the next run plan anew; it finds that record. If the record was deleted in the target and is to be created again, forget the link with Sync Ledger: Link → Forget.',
		);
	}
	const earlier = yield* first(
		sql(
			// The concatenation keeps the databases from using the index of the run, which may hold 100,000 changes.
			`SELECT state FROM entra_sync_changes WHERE source_id = ? AND run_id || '' = ? AND action = 'create'
			AND state IN ('intended', 'applied') AND change_id <> ? LIMIT 1`,
			change.sourceId,
			change.runId,
			changeId,
		),
	);
	if (!earlier) return;
	throw refusal(
		'alreadyCreated',
		`"${change.label}" is not created again: this run has ${earlier.state === 'applied' ? 'created' : 'already begun to create'} this person's record.`,
		'The same change arrived twice: look for a second wire into the node that applies, for Retry On Fail, or for pinned data. The next run looks at the target before it creates anybody.',
	);
}

export function dropLink(change: RecordedChange): Statement {
	const sentence = 'DELETE FROM entra_sync_links WHERE pairing_key = ? AND source_id = ?';
	const params = [pairingKey(change.pairing), change.sourceId];
	// A person who was meanwhile linked to another record keeps that link.
	return change.recordId === undefined ? sql(sentence, ...params) : sql(`${sentence} AND record_id = ?`, ...params, change.recordId);
}

export function* writeLink(
	change: RecordedChange,
	result: { rule: string; written: Link['lastWritten']; notKept?: Record<string, string | null>; replaces?: string },
	now: number,
): Generator<Statement, void, Row[]> {
	const { recordId } = change;
	if (recordId === undefined) throw noRecordId(change);
	const key = pairingKey(change.pairing);
	if (result.replaces !== undefined) yield dropLink({ ...change, sourceId: result.replaces });
	const other = yield* first(
		sql('SELECT * FROM entra_sync_links WHERE pairing_key = ? AND record_id = ? AND source_id <> ?', key, recordId, change.sourceId),
	);
	if (other) throw recordLinked(change, linkOfRow(other));
	const stored = yield* first(sql('SELECT * FROM entra_sync_links WHERE pairing_key = ? AND source_id = ?', key, change.sourceId));
	const known = stored ? linkOfRow(stored) : undefined;
	// What was written to another record says nothing about this one.
	const same = known?.recordId === recordId ? known : undefined;
	yield sql(
		`INSERT INTO entra_sync_links (pairing_key, source_id, record_id, ${PAIRING_COLUMNS}, rule, linked_at, last_written, not_kept)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
		ON CONFLICT (pairing_key, source_id) DO UPDATE SET
			record_id = excluded.record_id, rule = excluded.rule, linked_at = excluded.linked_at, last_written = excluded.last_written, not_kept = excluded.not_kept`,
		key,
		change.sourceId,
		recordId,
		...pairingValues(change.pairing),
		same?.rule ?? result.rule,
		same?.linkedAt ?? now,
		JSON.stringify({ ...same?.lastWritten, ...result.written }),
		notKeptNow(same?.notKept, result, now),
	);
}

/** What was kept this time is taken out, what was not is noted anew; null: nothing is left. */
function notKeptNow(known: Link['notKept'], { written, notKept = {} }: Parameters<typeof writeLink>[1], now: number): string | null {
	const left = Object.entries(known ?? {}).filter(([field]) => !(field in written));
	const noted = Object.entries(notKept).map(([field, value]) => [field, { value, at: now }]);
	return left.length + noted.length === 0 ? null : JSON.stringify(Object.fromEntries([...left, ...noted]));
}

function noRecordId(change: RecordedChange) {
	return refusal(
		'noRecordId',
		`The ${change.action} of "${change.label}" can't be remembered: the target gave no id for it.`,
		'Start again; the next run looks for the record in the target before it creates another.',
	);
}

function recordLinked(change: RecordedChange, other: Link) {
	return refusal(
		'recordLinked',
		`"${change.label}" (person ${change.sourceId}) can't be linked to the record ${other.recordId}: it is linked to the person ${other.sourceId} since then by ${other.rule}.`,
		'One record belongs to one person. If the other link is wrong, forget it with Sync Ledger: Link → Forget and start again.',
	);
}
