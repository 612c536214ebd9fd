import { createHash } from 'node:crypto';
import type { Clock } from '../http/clock';
import { first, sql, type Database, type Row } from './database';
import type { Moment } from './ledger';
import { Filter } from './rows';

/** How reading and syncing a tenant went of late. */
export interface TenantState {
	/** GUID in lower case. */
	tenantId: string;
	name?: string;
	/** Failures in a row; 0: the last try succeeded. */
	failures: number;
	/** When the first of them was. */
	failingSince?: Moment;
	lastFailureAt?: Moment;
	lastSuccessAt?: Moment;
	/** Of the last failure. */
	message?: string;
	/** The tenant is held back until then; absent: it is due. */
	nextTryAt?: Moment;
}

export type TenantResult = { succeeded: true } | { succeeded: false; message: string };

/** A tenant whose failures a digest has told, and which has succeeded since. */
export interface ReleasedTenant {
	tenantId: string;
	name?: string;
	failingSince: Moment;
	releasedAt: Moment;
}

export interface TenantDigest {
	/** Failing, and not told yet with this reason. The longest first. */
	newlyFailing: TenantState[];
	/** Failing as a digest has told before. */
	stillFailing: TenantState[];
	released: ReleasedTenant[];
}

/** The life cycle of tenants. Methods throw as those of `Ledger` do. */
export interface TenantMethods {
	/**
	 * Counts a failure, or releases the tenant: one success is enough.
	 *
	 * @param name what the tenant is called; kept until it is told otherwise
	 */
	reportTenant(tenantId: string, result: TenantResult, name?: string): Promise<TenantState>;
	/** Tenants of which something was reported, the longest failing first; those that do not fail by name. */
	tenantStates(filter?: { failing?: boolean }): Promise<TenantState[]>;
	/**
	 * What has changed since the last digest.
	 *
	 * @param options.leastFailures so many failures in a row are worth telling
	 * @param options.markTold false: only looks, and tells the same again next time
	 */
	tenantDigest(options: { leastFailures: number; markTold: boolean }): Promise<TenantDigest>;
}

const HOUR_MS = 3_600_000;

/**
 * How long a tenant is held back after so many failures in a row: not after the first two, then 1, 6, 12 and 24 hours,
 * and from then on once a day. After Entra's own provisioning, which puts a job that keeps failing into quarantine and
 * tries it ever more rarely (https://learn.microsoft.com/entra/identity/app-provisioning/application-provisioning-quarantine-status).
 */
export function holdBackMilliseconds(failures: number): number {
	const hours = [0, 0, 0, 1, 6, 12, 24];
	return (hours[failures] ?? 24) * HOUR_MS;
}

/** Whether a tenant may be tried at that moment; one of which nothing is known may. */
export function isDue(state: Pick<TenantState, 'nextTryAt'> | undefined, now: Moment): boolean {
	return state?.nextTryAt === undefined || state.nextTryAt <= now;
}

/**
 * Two failures with the same reason are told once: request ids, moments and counts in the words make no difference. A
 * hash, so that no name of a person stays in it.
 */
export function reasonOf(message: string): string {
	const words = message.toLowerCase().replace(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, '#').replace(/\d+/g, '#');
	return createHash('sha256').update(words).digest('base64url');
}

export function tenantMethods(database: Database, clock: Clock): TenantMethods {
	return {
		async reportTenant(tenantId, result, name) {
			const now = clock.now();
			const id = tenantId.toLowerCase();
			return await database.transaction(function* () {
				const known = yield* first(sql('SELECT * FROM entra_sync_tenants WHERE tenant_id = ?', id));
				const row = result.succeeded ? released(known, now) : failed(known, result.message, now);
				const rows = yield sql(
					`INSERT INTO entra_sync_tenants (tenant_id, tenant_name, ${COLUMNS.join(', ')})
					VALUES (?, ?, ${COLUMNS.map(() => '?').join(', ')})
					ON CONFLICT (tenant_id) DO UPDATE SET tenant_name = COALESCE(excluded.tenant_name, entra_sync_tenants.tenant_name),
						${COLUMNS.map((column) => `${column} = excluded.${column}`).join(', ')}
					RETURNING *`,
					id,
					name ?? null,
					...COLUMNS.map((column) => row[column]),
				);
				return stateOfRow(rows[0]);
			});
		},

		async tenantStates({ failing } = {}) {
			const filter = new Filter();
			if (failing !== undefined) filter.where(failing ? 'failures > 0' : 'failures = 0');
			const rows = await database.read(filter.statement('SELECT * FROM entra_sync_tenants', BY_AGE));
			return rows.map(stateOfRow);
		},

		async tenantDigest({ leastFailures, markTold }) {
			return await database.transaction(function* () {
				const failing = yield sql(`SELECT * FROM entra_sync_tenants WHERE failures > 0 AND failures >= ? ${BY_AGE}`, leastFailures);
				const freed = yield sql('SELECT * FROM entra_sync_tenants WHERE released_at IS NOT NULL ORDER BY released_at, tenant_id');
				if (markTold) {
					yield sql('UPDATE entra_sync_tenants SET told_reason = reason, told_since = failing_since WHERE failures > 0 AND failures >= ?', leastFailures);
					yield sql('UPDATE entra_sync_tenants SET released_at = NULL, told_reason = NULL, told_since = NULL WHERE failures = 0');
				}
				const isNew = (row: Row) => row.told_reason !== row.reason;
				return {
					newlyFailing: failing.filter(isNew).map(stateOfRow),
					stillFailing: failing.filter((row) => !isNew(row)).map(stateOfRow),
					released: freed.map(releasedOfRow),
				};
			});
		},
	};
}

const BY_AGE = `ORDER BY CASE WHEN failures > 0 THEN 0 ELSE 1 END, COALESCE(failing_since, 0), COALESCE(tenant_name, ''), tenant_id`;

/** Everything of a tenant's row but its id and its name. */
const COLUMNS = ['failures', 'failing_since', 'last_failure_at', 'last_success_at', 'next_try_at', 'message', 'reason', 'told_reason', 'told_since', 'released_at'] as const;
type Values = Record<(typeof COLUMNS)[number], string | number | null>;

function failed(known: Row | undefined, message: string, now: Moment): Values {
	const before = valuesOf(known);
	const failures = Number(before.failures) + 1;
	return {
		...before,
		failures,
		failing_since: before.failing_since ?? now,
		last_failure_at: now,
		next_try_at: failures < 3 ? null : now + holdBackMilliseconds(failures),
		message,
		reason: reasonOf(message),
		// Released, and fails again before anybody was told: as if it had gone on failing.
		released_at: null,
	};
}

function released(known: Row | undefined, now: Moment): Values {
	const before = valuesOf(known);
	return {
		...before,
		failures: 0,
		failing_since: null,
		last_success_at: now,
		next_try_at: null,
		message: null,
		reason: null,
		released_at: before.told_reason === null ? null : (before.released_at ?? now),
	};
}

function valuesOf(row: Row | undefined): Values {
	const value = (column: (typeof COLUMNS)[number]) => {
		const stored = row?.[column] ?? null;
		return stored === null || TEXTS.has(column) ? (stored as string | null) : Number(stored);
	};
	return { ...(Object.fromEntries(COLUMNS.map((column) => [column, value(column)])) as Values), failures: Number(row?.failures ?? 0) };
}

const TEXTS = new Set<string>(['message', 'reason', 'told_reason']);

function stateOfRow(row: Row): TenantState {
	const moment = (key: string, column: string) => (row[column] === null || row[column] === undefined ? {} : { [key]: Number(row[column]) });
	const words = (key: string, column: string) => (row[column] === null || row[column] === undefined ? {} : { [key]: String(row[column]) });
	return {
		tenantId: String(row.tenant_id),
		...words('name', 'tenant_name'),
		failures: Number(row.failures),
		...moment('failingSince', 'failing_since'),
		...moment('lastFailureAt', 'last_failure_at'),
		...moment('lastSuccessAt', 'last_success_at'),
		...words('message', 'message'),
		...moment('nextTryAt', 'next_try_at'),
	};
}

function releasedOfRow(row: Row): ReleasedTenant {
	return {
		tenantId: String(row.tenant_id),
		...(row.tenant_name === null ? {} : { name: String(row.tenant_name) }),
		failingSince: Number(row.told_since),
		releasedAt: Number(row.released_at),
	};
}
