import type { Clock } from '../http/clock';
import { pairingKey } from '../model/pairing';
import { first, sql, type Database } from './database';
import type { Ledger } from './ledger';
import { describeMoment, refusal } from './refusals';
import { PAIRING_COLUMNS, pairingValues, planOfRow } from './rows';

type PlanMethods = Pick<Ledger, 'savePlan' | 'getPlan' | 'consumePlan'>;

/** Half of the 24 hours of an allowance: whoever reads the report of a daily run has the day to decide. */
const RENEWED_AFTER_MS = 12 * 3_600_000;

/** Plans by fingerprint: when each was first seen, and whether its allowance was used. */
export function planMethods(database: Database, clock: Clock): PlanMethods {
	return {
		async savePlan(plan) {
			const now = clock.now();
			return await database.transaction(function* () {
				const rows = yield sql(
					`INSERT INTO entra_sync_plans (plan_id, pairing_key, ${PAIRING_COLUMNS}, mode, verdict, counts, reasons, first_seen_at)
					VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
					ON CONFLICT (plan_id) DO UPDATE SET
						mode = excluded.mode, verdict = excluded.verdict, counts = excluded.counts, reasons = excluded.reasons,
						first_seen_at = CASE
							WHEN excluded.verdict = 'held' AND entra_sync_plans.consumed_at IS NULL
								AND excluded.first_seen_at - entra_sync_plans.first_seen_at > ${RENEWED_AFTER_MS}
							THEN excluded.first_seen_at ELSE entra_sync_plans.first_seen_at END
					RETURNING *`,
					plan.planId,
					pairingKey(plan.pairing),
					...pairingValues(plan.pairing),
					plan.mode,
					plan.verdict,
					JSON.stringify(plan.counts),
					JSON.stringify(plan.reasons),
					now,
				);
				return planOfRow(rows[0]);
			});
		},

		async getPlan(planId) {
			const rows = await database.read(sql('SELECT * FROM entra_sync_plans WHERE plan_id = ?', planId));
			return rows.map(planOfRow)[0];
		},

		async consumePlan(planId) {
			const now = clock.now();
			await database.transaction(function* () {
				const used = yield sql(
					'UPDATE entra_sync_plans SET consumed_at = ? WHERE plan_id = ? AND consumed_at IS NULL RETURNING plan_id',
					now,
					planId,
				);
				if (used.length > 0) return;
				const row = yield* first(sql('SELECT consumed_at FROM entra_sync_plans WHERE plan_id = ?', planId));
				if (!row) throw unknownPlan(planId);
				throw planUsed(planId, Number(row.consumed_at));
			});
		},
	};
}

function unknownPlan(planId: string) {
	return refusal('unknownPlan', `The ledger knows no plan ${planId}.`, 'Run the workflow without an allowance first and copy the plan id from its report.');
}

function planUsed(planId: string, usedAt: number) {
	return refusal(
		'planUsed',
		`The plan ${planId} was allowed and carried out before, at ${describeMoment(usedAt)}.`,
		'A held plan is allowed once. Empty the field "Allow plan", run again, and allow the new plan if it is held.',
	);
}
