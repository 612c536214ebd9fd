import { createHash } from 'node:crypto';
import type { DirectoryUser, TenantDirectory } from '../../world/tenantDirectory';
import type { GraphCall, GraphResource, GraphSettings } from '../graphCall';
import { invalidQuery, reportsPermissionMissing } from '../graphFailure';
import { csvFile, type Column } from './csv';

const DAY = 86_400_000;
/** A report tells of the day before yesterday (contract B7: two to three days back). */
const DAYS_BEHIND = 2;
const PERIODS: readonly string[] = ['D7', 'D30', 'D90', 'D180'];

/** What a report is made from. */
export interface ReportCircumstances {
	tenant: TenantDirectory;
	settings: Readonly<GraphSettings>;
	/** `yyyy-mm-dd`. */
	refreshDate: string;
	/** Days; undefined for a report without a period. */
	period?: number;
	/** Those whom the report can know: not newer than it, and whoever was deleted within its period. */
	users: readonly DirectoryUser[];
	/** A name as the tenant lets reports show it. */
	name(text: string): string;
}

export interface UsageReport<Row> {
	/** Below `reports/`; with `(period='{period}')` where it has one. */
	path: string;
	/** Name of the downloaded file. */
	file: string;
	columns(circumstances: ReportCircumstances): ReadonlyArray<Column<Row>>;
	rows(circumstances: ReportCircumstances): readonly Row[];
}

/** A usage report as a path of Graph: 302 to a file on the download host. */
export function usageReport<Row>(report: UsageReport<Row>): GraphResource {
	return {
		path: `reports/${report.path}`,
		permissions: ['Reports.Read.All'],
		refusal: reportsPermissionMissing,
		quotas: ['usageReports'],
		options: [],
		answer: (call) => {
			const circumstances = circumstancesOf(call);
			const columns = [...report.columns(circumstances)];
			// In the middle, so that nobody who counts columns gets through.
			if (call.settings.reportColumns === 'future') columns.splice(2, 0, { name: 'Data Boundary', value: () => 'EU, "Core"' });
			const location = call.downloads.issue(report.file, () => csvFile(columns, report.rows(circumstances)));
			return { status: 302, headers: { location } };
		},
	};
}

/** What nearly every report begins with. */
export function userColumns(circumstances: ReportCircumstances): ReadonlyArray<Column<DirectoryUser>> {
	return [
		{ name: 'Report Refresh Date', value: () => circumstances.refreshDate },
		{ name: 'User Principal Name', value: (user) => circumstances.name(user.userPrincipalName) },
		{ name: 'Display Name', value: (user) => circumstances.name(user.displayName) },
	];
}

export const DELETION_COLUMNS: ReadonlyArray<Column<DirectoryUser>> = [
	{ name: 'Is Deleted', value: (user) => Boolean(user.deletedDateTime) },
	{ name: 'Deleted Date', value: (user) => dateOf(user.deletedDateTime) },
];

/** `yyyy-mm-dd` of a time of the directory. */
export function dateOf(time: string | null | undefined): string | undefined {
	return time?.slice(0, 10);
}

function circumstancesOf(call: GraphCall): ReportCircumstances {
	const { tenant, settings, clock } = call;
	const period = periodOf(call.parameters.period);
	const refresh = clock.now() - DAYS_BEHIND * DAY;
	const refreshDate = new Date(refresh).toISOString().slice(0, 10);
	const oldest = new Date(refresh - (period ?? 0) * DAY).toISOString().slice(0, 10);
	const users = [
		...tenant.users.filter((user) => (dateOf(user.createdDateTime) ?? '') <= refreshDate),
		...tenant.deletedUsers.filter((user) => period !== undefined && (dateOf(user.deletedDateTime) ?? '') >= oldest),
	];
	const concealed = tenant.services.displayConcealedNames;
	return { tenant, settings, refreshDate, period, users, name: (text) => (concealed ? pseudonym(tenant, text) : text) };
}

function periodOf(text: string | undefined): number | undefined {
	if (text === undefined) return undefined;
	if (!PERIODS.includes(text)) throw invalidQuery(`Invalid period value specified: '${text}'. Supported values are ${PERIODS.join(', ')}.`);
	return Number(text.slice(1));
}

/** 32 hex digits in upper case, the same for the same name of a tenant. */
function pseudonym(tenant: TenantDirectory, text: string): string {
	return createHash('sha256').update(`${tenant.tenantId} ${text}`).digest('hex').slice(0, 32).toUpperCase();
}
