import type { Clock } from '../http/clock';
import { describePairing, pairingKey, systemOf, type Pairing } from '../model/pairing';
import { sql, type Database, type Row, type Statement } from './database';
import type { Ledger, PairingRecord } from './ledger';
import { refusal } from './refusals';
import { Filter, PAIRING_COLUMNS, pairingRecordOfRow, pairingValues } from './rows';

type PairingMethods = Pick<Ledger, 'setPairing' | 'listPairings' | 'removePairing'>;

/**
 * Which customer a tenant belongs to. In one account of a system a tenant has one customer and a customer one tenant,
 * whatever kind of its records is kept in step.
 */
export function pairingMethods(database: Database, clock: Clock): PairingMethods {
	return {
		async setPairing(given, { replace }) {
			const record = inSystem(given);
			const now = clock.now();
			return await database.transaction(function* () {
				if (!replace) yield* refusePairedOtherwise(record);
				yield deleteOthers(record);
				const rows = yield sql(
					`INSERT INTO entra_sync_pairings
						(pairing_key, tenant_side, customer_side, ${PAIRING_COLUMNS}, tenant_name, tenant_domains, customer_name, tentative, paired_at)
					VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
					ON CONFLICT (pairing_key) DO UPDATE SET
						tenant_name = COALESCE(excluded.tenant_name, entra_sync_pairings.tenant_name),
						tenant_domains = excluded.tenant_domains,
						customer_name = COALESCE(excluded.customer_name, entra_sync_pairings.customer_name),
						tentative = CASE WHEN excluded.tentative = 1 THEN entra_sync_pairings.tentative ELSE 0 END,
						paired_at = excluded.paired_at
					RETURNING *`,
					pairingKey(record),
					...sides(record),
					...pairingValues(record),
					record.tenantName ?? null,
					JSON.stringify(record.tenantDomains),
					record.customerName ?? null,
					record.tentative ? 1 : 0,
					now,
				);
				return pairingRecordOfRow(rows[0]);
			});
		},

		async listPairings(filter) {
			const rows = await database.read(new Filter().pairing(inSystem(filter)).statement('SELECT * FROM entra_sync_pairings'));
			return rows.map(pairingRecordOfRow).sort((a, b) => sortKey(a).localeCompare(sortKey(b), 'en'));
		},

		async removePairing(pairing) {
			return await database.transaction(function* () {
				const rows = yield sql('DELETE FROM entra_sync_pairings WHERE pairing_key = ? RETURNING pairing_key', pairingKey(inSystem(pairing)));
				return rows.length > 0;
			});
		},
	};
}

/** Throws `ledger.pairingConflict` when the tenant or the customer is firmly paired otherwise. */
export function* refusePairedOtherwise(pairing: Pairing): Generator<Statement, void, Row[]> {
	const rows = yield sql(
		'SELECT * FROM entra_sync_pairings WHERE pairing_key <> ? AND (tenant_side = ? OR customer_side = ?) AND tentative = 0 ORDER BY pairing_key',
		pairingKey(inSystem(pairing)),
		...sides(pairing),
	);
	if (rows.length > 0) throw pairingConflict(pairing, rows.map(pairingRecordOfRow));
}

/** Both sides by name, where the pairing is known, for messages. */
export function* describeParties(pairing: Pairing): Generator<Statement, string, Row[]> {
	const rows = yield sql('SELECT * FROM entra_sync_pairings WHERE pairing_key = ?', pairingKey(inSystem(pairing)));
	if (rows.length === 0) return describePairing(pairing);
	const record = pairingRecordOfRow(rows[0]);
	return `${tenantOf(record)} and ${record.target} ${customerOf(record)}`;
}

function deleteOthers(pairing: Pairing): Statement {
	return sql(
		'DELETE FROM entra_sync_pairings WHERE pairing_key <> ? AND (tenant_side = ? OR customer_side = ?)',
		pairingKey(pairing),
		...sides(pairing),
	);
}

function sortKey(record: PairingRecord): string {
	return `${record.tenantName ?? ''}\n${pairingKey(record)}`;
}

/** What may occur once only: the tenant within the target account, and the customer within it. */
function sides(pairing: Pairing): [string, string] {
	const system = inSystem(pairing);
	return [pairingKey({ ...system, customerId: '' }), pairingKey({ ...system, tenantId: '' })];
}

/** The pairing of the whole system, which holds for every kind of its records. */
function inSystem<T extends Partial<Pairing>>(pairing: T): T {
	return pairing.target === undefined ? pairing : { ...pairing, target: systemOf(pairing.target) };
}

function tenantOf(record: PairingRecord): string {
	return record.tenantName ? `tenant "${record.tenantName}" (${record.tenantId})` : `tenant ${record.tenantId}`;
}

function customerOf(record: PairingRecord): string {
	return record.customerName ? `customer "${record.customerName}" (${record.customerId})` : `customer ${record.customerId}`;
}

function pairingConflict(wanted: Pairing, others: PairingRecord[]) {
	const facts = others.map((other) => `${tenantOf(other)} is paired with ${other.target} ${customerOf(other)} of account ${other.account}`);
	return refusal(
		'pairingConflict',
		`${capitalised(describePairing(wanted))} can't be synced together: ${facts.join(', and ')}.`,
		'Check which customer this tenant belongs to. If the stored pairing is wrong, set the right one in Sync Ledger: Pairing → Set with "Replace" on, or remove the wrong one with Pairing → Remove.',
	);
}

function capitalised(words: string): string {
	return words.charAt(0).toUpperCase() + words.slice(1);
}
