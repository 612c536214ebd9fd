import type { Database } from './database';

/**
 * The tables, as steps that are only ever added to: version n is what the first n steps make. Table names start
 * alike because in PostgreSQL they may share a database with n8n's own. `AUTO_ID` is replaced per database.
 *
 * The unique index on running runs is the lock of a pairing: there can be one.
 */
export const MIGRATIONS: readonly (readonly string[])[] = [
	[
		`CREATE TABLE entra_sync_runs (
			seq AUTO_ID,
			run_id TEXT NOT NULL UNIQUE,
			pairing_key TEXT NOT NULL,
			tenant_id TEXT NOT NULL, target TEXT NOT NULL, account TEXT NOT NULL, customer_id TEXT NOT NULL,
			status TEXT NOT NULL,
			execution_id TEXT NOT NULL, workflow_id TEXT, workflow_name TEXT,
			started_at BIGINT NOT NULL, finished_at BIGINT, lease_until BIGINT NOT NULL,
			source_count BIGINT, plan_id TEXT, counts TEXT, message TEXT
		)`,
		`CREATE UNIQUE INDEX entra_sync_runs_lock ON entra_sync_runs (pairing_key) WHERE status = 'running'`,
		'CREATE INDEX entra_sync_runs_execution ON entra_sync_runs (execution_id)',
		'CREATE INDEX entra_sync_runs_pairing ON entra_sync_runs (pairing_key, seq)',

		`CREATE TABLE entra_sync_links (
			pairing_key TEXT NOT NULL,
			person_id TEXT NOT NULL,
			record_id TEXT NOT NULL,
			tenant_id TEXT NOT NULL, target TEXT NOT NULL, account TEXT NOT NULL, customer_id TEXT NOT NULL,
			rule TEXT NOT NULL,
			linked_at BIGINT NOT NULL,
			last_written TEXT NOT NULL,
			PRIMARY KEY (pairing_key, person_id),
			UNIQUE (pairing_key, record_id)
		)`,
		'CREATE INDEX entra_sync_links_person ON entra_sync_links (person_id)',

		`CREATE TABLE entra_sync_changes (
			seq AUTO_ID,
			change_id TEXT NOT NULL UNIQUE,
			run_id TEXT NOT NULL, plan_id TEXT NOT NULL,
			pairing_key TEXT NOT NULL,
			tenant_id TEXT NOT NULL, target TEXT NOT NULL, account TEXT NOT NULL, customer_id TEXT NOT NULL,
			action TEXT NOT NULL,
			person_id TEXT NOT NULL, record_id TEXT,
			label TEXT NOT NULL, fields TEXT NOT NULL, written TEXT,
			state TEXT NOT NULL, message TEXT,
			intended_at BIGINT NOT NULL, settled_at BIGINT
		)`,
		'CREATE INDEX entra_sync_changes_run ON entra_sync_changes (run_id, seq)',
		'CREATE INDEX entra_sync_changes_person ON entra_sync_changes (person_id)',
		`CREATE INDEX entra_sync_changes_open ON entra_sync_changes (pairing_key, seq) WHERE state = 'intended' AND action = 'create'`,

		`CREATE TABLE entra_sync_plans (
			plan_id TEXT PRIMARY KEY,
			pairing_key TEXT NOT NULL,
			tenant_id TEXT NOT NULL, target TEXT NOT NULL, account TEXT NOT NULL, customer_id TEXT NOT NULL,
			mode TEXT NOT NULL, verdict TEXT NOT NULL,
			counts TEXT NOT NULL, reasons TEXT NOT NULL,
			first_seen_at BIGINT NOT NULL, consumed_at BIGINT
		)`,

		`CREATE TABLE entra_sync_pairings (
			pairing_key TEXT PRIMARY KEY,
			tenant_side TEXT NOT NULL UNIQUE,
			customer_side TEXT NOT NULL UNIQUE,
			tenant_id TEXT NOT NULL, target TEXT NOT NULL, account TEXT NOT NULL, customer_id TEXT NOT NULL,
			tenant_name TEXT, tenant_domains TEXT NOT NULL, customer_name TEXT,
			tentative INTEGER NOT NULL,
			paired_at BIGINT NOT NULL
		)`,
	],
	['CREATE INDEX entra_sync_changes_intended ON entra_sync_changes (intended_at)'],
	[
		// Long reads that go on over several executions. The lease is of the app: its limit is for all its tenants.
		`CREATE TABLE entra_sync_job_leases (
			name TEXT NOT NULL, app TEXT NOT NULL,
			holder TEXT NOT NULL, lease_until BIGINT NOT NULL,
			PRIMARY KEY (name, app)
		)`,
		`CREATE TABLE entra_sync_jobs (
			name TEXT NOT NULL, app TEXT NOT NULL, tenant_id TEXT NOT NULL,
			link TEXT, since BIGINT, round_began BIGINT, full_round_began BIGINT,
			records BIGINT NOT NULL,
			saved_at BIGINT NOT NULL,
			PRIMARY KEY (name, app, tenant_id)
		)`,
	],
	[
		`CREATE TABLE entra_sync_cursors (
			cursor_key TEXT PRIMARY KEY,
			tenant_id TEXT NOT NULL, resource TEXT NOT NULL, properties TEXT NOT NULL, sync_name TEXT NOT NULL,
			link TEXT NOT NULL, moved_at BIGINT NOT NULL
		)`,
		`CREATE TABLE entra_sync_cursor_proposals (
			cursor_key TEXT NOT NULL,
			execution_id TEXT NOT NULL,
			tenant_id TEXT NOT NULL, resource TEXT NOT NULL, properties TEXT NOT NULL, sync_name TEXT NOT NULL,
			link TEXT NOT NULL, from_link TEXT, proposed_at BIGINT NOT NULL,
			PRIMARY KEY (cursor_key, execution_id)
		)`,
		'CREATE INDEX entra_sync_cursor_proposals_execution ON entra_sync_cursor_proposals (execution_id)',
		// What a cursor remembers of single objects (execution_id empty), and what a proposal would have it remember.
		`CREATE TABLE entra_sync_cursor_objects (
			cursor_key TEXT NOT NULL,
			execution_id TEXT NOT NULL,
			object_id TEXT NOT NULL,
			state TEXT NOT NULL,
			since BIGINT NOT NULL,
			PRIMARY KEY (cursor_key, execution_id, state, object_id)
		)`,
		'CREATE INDEX entra_sync_cursor_objects_object ON entra_sync_cursor_objects (object_id)',
	],
	[
		// What a digest has told: the reason and since when, until the tenant was released and that was told as well.
		`CREATE TABLE entra_sync_tenants (
			tenant_id TEXT PRIMARY KEY,
			tenant_name TEXT,
			failures BIGINT NOT NULL,
			failing_since BIGINT, last_failure_at BIGINT, last_success_at BIGINT, next_try_at BIGINT,
			message TEXT, reason TEXT,
			told_reason TEXT, told_since BIGINT, released_at BIGINT
		)`,
	],
	[
		// Records of the source are not only people.
		'ALTER TABLE entra_sync_links RENAME COLUMN person_id TO source_id',
		'ALTER TABLE entra_sync_changes RENAME COLUMN person_id TO source_id',
	],
	[
		// The requests that all processes send to a service in a minute; used in PostgreSQL only.
		`CREATE TABLE entra_sync_pace (
			service TEXT PRIMARY KEY,
			departures TEXT NOT NULL
		)`,
	],
	// Values that a target did not keep, so that they are not sent again every night.
	['ALTER TABLE entra_sync_links ADD COLUMN not_kept TEXT'],
	[
		// Who was invited to a portal; stays when links, changes and runs are deleted.
		`CREATE TABLE entra_sync_invitations (
			invitation_key TEXT PRIMARY KEY,
			address TEXT NOT NULL,
			pairing_key TEXT NOT NULL,
			tenant_id TEXT NOT NULL, target TEXT NOT NULL, account TEXT NOT NULL, customer_id TEXT NOT NULL,
			source_id TEXT NOT NULL,
			state TEXT NOT NULL, claim TEXT NOT NULL,
			changed_at BIGINT NOT NULL
		)`,
		'CREATE INDEX entra_sync_invitations_source ON entra_sync_invitations (source_id)',
	],
];

/** The statement in the words of one database. */
export function inDialect(statement: string, dialect: Database['dialect']): string {
	return statement.replaceAll(
		'AUTO_ID',
		dialect === 'sqlite' ? 'INTEGER PRIMARY KEY AUTOINCREMENT' : 'BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY',
	);
}
