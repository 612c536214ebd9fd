import type { GraphClient } from '../transport/client';
import { APP_USAGE, MAILBOX_USAGE, USAGE_PERIODS, usagePages, USER_ACTIVITY, type UsagePeriod, type UsageReport } from './usageReports';

/** When people last did something, by all usage reports together. */
export interface PersonActivity {
	/** The day up to which the oldest of the reports counts, `YYYY-MM-DD`; null: they hold no rows. */
	asOf: string | null;
	/** Days that the reports look back. */
	period: UsagePeriod;
	/** By user principal name in lower case; the newest day, null: none within the period. */
	lastActivity: Map<string, string | null>;
	/** By user principal name in lower case; where the report has it. */
	mailboxKind: Map<string, string>;
}

/** What is known of activity in a tenant. */
export interface KnownActivity {
	/** Undefined: the reports could not be read. */
	activity?: PersonActivity;
	/** Last sign-ins by object id, ISO 8601; undefined: not read. */
	signIns?: ReadonlyMap<string, string>;
}

/** The newest of reports and sign-ins, ISO 8601; null: none in the reports' days; undefined: not known. */
export function lastActivityOf(personId: string, userPrincipalName: string | null | undefined, { activity, signIns }: KnownActivity): string | null | undefined {
	const reported = activity?.lastActivity.get(userPrincipalName?.toLowerCase() ?? '');
	const signedIn = signIns?.get(personId);
	return signedIn !== undefined && (!reported || signedIn > reported) ? signedIn : reported;
}

/** The shortest period that covers so many days, else the longest. */
export function periodFor(days: number): UsagePeriod {
	return USAGE_PERIODS.find((period) => period >= days) ?? 180;
}

/**
 * Reads the reports of active users, apps and mailboxes. All of them or none: without one of them somebody who uses
 * only that would look inactive.
 *
 * @throws SyncError when one of them cannot be read; `notPermitted` also where the tenant conceals names
 */
export async function personActivity(client: GraphClient, days: number): Promise<PersonActivity> {
	const period = periodFor(days);
	const [users, apps, mailboxes] = await Promise.all([reported(client, USER_ACTIVITY, period), reported(client, APP_USAGE, period), reported(client, MAILBOX_USAGE, period)]);
	const lastActivity = users.days;
	for (const { days: others } of [apps, mailboxes]) {
		// Who is missing among the active users is not known to be inactive, whatever the other reports lack.
		for (const [name, day] of others) if (day !== null) lastActivity.set(name, newer(lastActivity.get(name), day));
	}
	const refreshed = [users, apps, mailboxes].flatMap(({ asOf }) => asOf ?? []).sort();
	return { asOf: refreshed[0] ?? null, period, lastActivity, mailboxKind: mailboxes.kinds };
}

/** What is kept of one report. */
interface Reported {
	asOf: string | null;
	/** By user principal name in lower case. */
	days: Map<string, string | null>;
	kinds: Map<string, string>;
}

async function reported<K extends 'userActivity' | 'appUsage' | 'mailboxUsage'>(client: GraphClient, report: UsageReport<K>, period: UsagePeriod): Promise<Reported> {
	const none = (): Reported => ({ asOf: null, days: new Map(), kinds: new Map() });
	let read = none();
	for await (const page of usagePages(client, report, { period })) {
		if (page.kind === 'restart') {
			read = none();
			continue;
		}
		for (const { userPrincipalName, reportRefreshDate, lastActivityDate, mailboxKind } of page.items) {
			read.asOf ??= reportRefreshDate ?? null;
			const name = userPrincipalName?.toLowerCase();
			if (name === undefined) continue;
			read.days.set(name, newer(read.days.get(name), (lastActivityDate as string | null | undefined) ?? null));
			if (typeof mailboxKind === 'string') read.kinds.set(name, mailboxKind);
		}
	}
	return read;
}

function newer(known: string | null | undefined, day: string | null): string | null {
	return known && (day === null || known > day) ? known : day;
}
