import type { AppUsage, MailboxUsage, UserActivity } from '../../../model/usage';
import type { GraphClient } from '../transport/client';
import { collect } from '../transport/paging';
import { APP_USAGE, MAILBOX_USAGE, USAGE_PERIODS, usagePages, USER_ACTIVITY, type UsagePeriod } from './usageReports';

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
	const [users, apps, mailboxes] = await Promise.all([
		collect(usagePages(client, USER_ACTIVITY, { period })),
		collect(usagePages(client, APP_USAGE, { period })),
		collect(usagePages(client, MAILBOX_USAGE, { period })),
	]);
	return joined({ users, apps, mailboxes }, period);
}

function joined({ users, apps, mailboxes }: { users: UserActivity[]; apps: AppUsage[]; mailboxes: MailboxUsage[] }, period: UsagePeriod): PersonActivity {
	const activity: PersonActivity = { asOf: null, period, lastActivity: new Map(), mailboxKind: new Map() };
	for (const [rows, names] of [
		[users, true],
		[apps, false],
		[mailboxes, false],
	] as const) {
		for (const row of rows) {
			if (row.reportRefreshDate && (activity.asOf === null || row.reportRefreshDate < activity.asOf)) activity.asOf = row.reportRefreshDate;
			const name = row.userPrincipalName?.toLowerCase();
			if (name === undefined) continue;
			const known = activity.lastActivity.get(name);
			const day = row.lastActivityDate ?? null;
			// Who is missing among the active users is not known to be inactive, whatever the other reports lack.
			if (day !== null ? !known || day > known : names && known === undefined) activity.lastActivity.set(name, day);
		}
	}
	for (const { userPrincipalName, mailboxKind } of mailboxes) {
		if (userPrincipalName && mailboxKind) activity.mailboxKind.set(userPrincipalName.toLowerCase(), mailboxKind);
	}
	return activity;
}
