import { randomUUID } from 'node:crypto';
import type { Clock } from '../http/clock';
import { pairingKey } from '../model/pairing';
import { first, sql, type Database } from './database';
import type { Run } from './ledger';
import { describeParties, refusePairedOtherwise } from './pairings';
import { describeMoment, leaseLost, refusal, unknownRun } from './refusals';
import { Filter, PAIRING_COLUMNS, pairingValues, runOfRow, shownExecutionId } from './rows';
import type { StoredLedger } from './storedLedger';

type RunMethods = Pick<
	StoredLedger,
	'runsOfExecution' | 'startRun' | 'runOfExecution' | 'renewLease' | 'notePlan' | 'finishRun' | 'getRun' | 'listRuns' | 'lastGoodRun'
>;

/** So long after its lease a run is still found by the process that began it: a slow reading, not a reused id. */
const LATEST_RETURN_MS = 3_600_000;

/** Runs and the lock of a pairing, which is the one row of it that is `running`. */
export function runMethods(database: Database, clock: Clock): RunMethods {
	/** Runs that this process began: it lives, so that an expired lease does not mean that they have died. */
	const startedHere = new Set<string>();
	return {
		async startRun(request) {
			const now = clock.now();
			const runId = randomUUID();
			const key = pairingKey(request.pairing);
			const begun = await database.transaction(function* () {
				yield* refusePairedOtherwise(request.pairing);
				const stale = yield* first(
					sql(
						`UPDATE entra_sync_runs SET status = 'abandoned', finished_at = ?, message = ?
						WHERE pairing_key = ? AND status = 'running' AND lease_until <= ? RETURNING *`,
						now,
						`Closed at the start of run ${runId}: its lock had expired, so its execution is taken to have died.`,
						key,
						now,
					),
				);
				const started = yield* first(
					sql(
						`INSERT INTO entra_sync_runs (run_id, pairing_key, ${PAIRING_COLUMNS}, status, execution_id, workflow_id, workflow_name, started_at, lease_until)
						VALUES (?, ?, ?, ?, ?, ?, 'running', ?, ?, ?, ?, ?)
						ON CONFLICT (pairing_key) WHERE status = 'running' DO NOTHING RETURNING *`,
						runId,
						key,
						...pairingValues(request.pairing),
						request.executionId,
						request.workflowId ?? null,
						request.workflowName ?? null,
						now,
						leaseEnd(now, request.leaseSeconds),
					),
				);
				const holder = yield* first(sql(`SELECT * FROM entra_sync_runs WHERE pairing_key = ? AND status = 'running'`, key));
				// After a lost reply to COMMIT the work runs again and finds its own row.
				const run = started ?? (holder?.run_id === runId ? holder : undefined);
				if (run) return { run: runOfRow(run), ...(stale ? { abandoned: runOfRow(stale) } : {}) };
				throw runInProgress(runOfRow(holder!), request.executionId, yield* describeParties(request.pairing));
			});
			startedHere.add(runId);
			return begun;
		},

		async runOfExecution(executionId, pairing) {
			const now = clock.now();
			const filter = new Filter().where('execution_id = ?', executionId).where(`status = 'running'`).where('lease_until > ?', now - LATEST_RETURN_MS).pairing(pairing);
			const rows = await database.read(filter.statement('SELECT * FROM entra_sync_runs', 'ORDER BY seq DESC'));
			return rows.map(runOfRow).find((run) => run.leaseUntil > now || startedHere.has(run.runId));
		},

		async runsOfExecution(executionId) {
			const rows = await database.read(sql('SELECT * FROM entra_sync_runs WHERE execution_id = ? ORDER BY seq DESC', executionId));
			return rows.map(runOfRow);
		},

		async renewLease(runId, leaseSeconds) {
			const until = leaseEnd(clock.now(), leaseSeconds);
			await database.transaction(function* () {
				const renewed = yield sql(
					`UPDATE entra_sync_runs SET lease_until = CASE WHEN lease_until > ? THEN lease_until ELSE ? END
					WHERE run_id = ? AND status = 'running' RETURNING run_id`,
					until,
					until,
					runId,
				);
				if (renewed.length === 0) throw yield* lost(runId);
			});
		},

		async notePlan(runId, planId, sourceCount, counts) {
			await database.transaction(function* () {
				const noted = yield sql(
					`UPDATE entra_sync_runs SET plan_id = ?, source_count = ?, counts = ?
					WHERE run_id = ? AND status = 'running' RETURNING run_id`,
					planId,
					sourceCount ?? null,
					JSON.stringify(counts),
					runId,
				);
				if (noted.length === 0) throw yield* lost(runId);
			});
		},

		async finishRun(runId, result) {
			startedHere.delete(runId);
			const now = clock.now();
			return await database.transaction(function* () {
				yield sql(
					`UPDATE entra_sync_runs SET status = ?, finished_at = ?, lease_until = ?, message = ?, counts = COALESCE(?, counts)
					WHERE run_id = ? AND status = 'running'`,
					result.status,
					now,
					now,
					result.message ?? null,
					result.counts ? JSON.stringify(result.counts) : null,
					runId,
				);
				const row = yield* first(sql('SELECT * FROM entra_sync_runs WHERE run_id = ?', runId));
				if (!row) throw unknownRun(runId);
				return runOfRow(row);
			});
		},

		async getRun(runId) {
			const rows = await database.read(sql('SELECT * FROM entra_sync_runs WHERE run_id = ?', runId));
			return rows.map(runOfRow)[0];
		},

		async listRuns({ pairing, status, limit }) {
			const filter = new Filter().pairing(pairing);
			if (status) filter.where('status = ?', status);
			const rows = await database.read(filter.statement('SELECT * FROM entra_sync_runs', 'ORDER BY seq DESC LIMIT ?', limit));
			return rows.map(runOfRow);
		},

		async lastGoodRun(pairing, workflowId) {
			const rows = await database.read(
				sql(
					`SELECT * FROM entra_sync_runs WHERE pairing_key = ? AND status IN ('succeeded', 'partial') AND source_count IS NOT NULL
					ORDER BY CASE WHEN workflow_id = ? THEN 0 ELSE 1 END, seq DESC LIMIT 1`,
					pairingKey(pairing),
					workflowId ?? null,
				),
			);
			return rows.map(runOfRow)[0];
		},
	};
}

/** Why a run that should be running is not. */
export function* lost(runId: string) {
	const row = yield* first(sql('SELECT status FROM entra_sync_runs WHERE run_id = ?', runId));
	return row ? leaseLost(runId, String(row.status)) : unknownRun(runId);
}

function leaseEnd(now: number, leaseSeconds: number): number {
	return Math.round(now + leaseSeconds * 1000);
}

function runInProgress(holder: Run, executionId: string, parties: string) {
	const workflow = holder.workflowName ? `the workflow "${holder.workflowName}", ` : '';
	const until = describeMoment(holder.leaseUntil);
	if (holder.executionId === executionId) {
		return refusal(
			'runInProgress',
			`This execution (${shownExecutionId(executionId)}) has already started the run ${holder.runId} of ${parties}.`,
			'Run → Start belongs once, before Microsoft 365 is read, and Run → Finish at the end. Look for a second Run → Start, several wires into it, or several items for the same tenant and customer.',
		);
	}
	return refusal(
		'runInProgress',
		`A run of ${parties} is in progress: ${workflow}execution ${shownExecutionId(holder.executionId)}, since ${describeMoment(holder.startedAt)}. It holds the lock until ${until} and renews it while it works.`,
		`Wait until that execution ends, then start this one again. If it is no longer running in n8n (a crash, a stop), a run that starts after ${until} closes it and takes over.`,
	);
}
