import type { Clock } from '../http/clock';
import { first, sql, type Database, type Row } from './database';
import type { Moment } from './ledger';
import { describeMoment, refusal } from './refusals';

/** A long read that goes on over several executions: what is read, as which app. One at a time may be under way. */
export interface Job {
	/** For example `signInActivity`. */
	name: string;
	/** Cloud and client id of the app. */
	app: string;
}

/** Where a job stands in one tenant. */
export interface JobPlace {
	/** The page that comes next; absent between rounds. */
	link?: string;
	/** What the round under way, or the next one, asks for: changes since then. Absent: everything. */
	since?: Moment;
	/** When the round under way began; absent between rounds. */
	roundBegan?: Moment;
	/** When the last round that asked for everything began. */
	fullRoundBegan?: Moment;
	/** Records of the round under way so far. */
	records: number;
}

/** The store of places and of who reads. */
export interface JobMethods {
	/**
	 * Takes the lease of a job, or extends one's own.
	 *
	 * @param holder differs between all executions that share the ledger
	 * @returns until when somebody else holds it, or undefined when it is ours
	 */
	takeJob(job: Job, holder: string, leaseSeconds: number): Promise<Moment | undefined>;
	/** Gives the lease back; somebody else's stays. */
	giveJobBack(job: Job, holder: string): Promise<void>;
	jobPlace(job: Job, tenantId: string): Promise<JobPlace | undefined>;
	/** Throws `ledger.jobLost` when the holder no longer has the lease: somebody else may have moved the place. */
	saveJobPlace(job: Job, tenantId: string, place: JobPlace, holder: string): Promise<void>;
}

export function jobMethods(database: Database, clock: Clock): JobMethods {
	return {
		async takeJob(job, holder, leaseSeconds) {
			const now = clock.now();
			return await database.transaction(function* () {
				yield sql(
					`INSERT INTO entra_sync_job_leases (name, app, holder, lease_until) VALUES (?, ?, ?, ?)
					ON CONFLICT (name, app) DO UPDATE SET holder = excluded.holder, lease_until = excluded.lease_until
					WHERE entra_sync_job_leases.holder = excluded.holder OR entra_sync_job_leases.lease_until <= ?`,
					...keyOf(job),
					holder,
					now + leaseSeconds * 1000,
					now,
				);
				const row = yield* first(sql('SELECT holder, lease_until FROM entra_sync_job_leases WHERE name = ? AND app = ?', ...keyOf(job)));
				return row?.holder === holder ? undefined : Number(row?.lease_until);
			});
		},

		async giveJobBack(job, holder) {
			await database.transaction(function* () {
				yield sql('DELETE FROM entra_sync_job_leases WHERE name = ? AND app = ? AND holder = ?', ...keyOf(job), holder);
			});
		},

		async jobPlace(job, tenantId) {
			const rows = await database.read(sql('SELECT * FROM entra_sync_jobs WHERE name = ? AND app = ? AND tenant_id = ?', ...keyOf(job), tenantId));
			return rows.map(placeOfRow)[0];
		},

		async saveJobPlace(job, tenantId, place, holder) {
			const now = clock.now();
			await database.transaction(function* () {
				const lease = yield* first(sql('SELECT holder, lease_until FROM entra_sync_job_leases WHERE name = ? AND app = ?', ...keyOf(job)));
				if (lease?.holder !== holder) throw jobLost(job, lease);
				yield sql(
					`INSERT INTO entra_sync_jobs (name, app, tenant_id, link, since, round_began, full_round_began, records, saved_at)
					VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
					ON CONFLICT (name, app, tenant_id) DO UPDATE SET link = excluded.link, since = excluded.since, round_began = excluded.round_began,
						full_round_began = excluded.full_round_began, records = excluded.records, saved_at = excluded.saved_at`,
					...keyOf(job),
					tenantId,
					place.link ?? null,
					place.since ?? null,
					place.roundBegan ?? null,
					place.fullRoundBegan ?? null,
					place.records,
					now,
				);
			});
		},
	};
}

function keyOf({ name, app }: Job): [string, string] {
	return [name, app.toLowerCase()];
}

function placeOfRow(row: Row): JobPlace {
	const moment = (value: unknown) => (value === null ? undefined : Number(value));
	return {
		...(row.link === null ? {} : { link: String(row.link) }),
		...defined('since', moment(row.since)),
		...defined('roundBegan', moment(row.round_began)),
		...defined('fullRoundBegan', moment(row.full_round_began)),
		records: Number(row.records),
	};
}

function defined<K extends string>(key: K, value: number | undefined): { [key in K]?: number } {
	return value === undefined ? {} : ({ [key]: value } as { [key in K]?: number });
}

function jobLost({ name }: Job, lease: Row | undefined) {
	const until = lease ? ` until ${describeMoment(Number(lease.lease_until))}` : '';
	return refusal('jobLost', `Another execution has taken over the job ${name}${until}.`, 'Nothing was lost: what was read here is read again. Let one workflow at a time read this, or give each part more time.');
}
