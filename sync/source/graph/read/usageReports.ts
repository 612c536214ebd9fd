import type { UsageRow } from '../../../model/usage';
import { SyncError } from '../../../model/syncError';
import type { Feature } from '../features';
import type { GraphClient } from '../transport/client';
import { csvPages } from '../transport/csv';
import type { PageEvent } from '../transport/paging';
import type { ReadableProperty, Reading } from '../transport/reading';
import { tenantGuidOf } from './organization';
import { UNCONCEAL } from './reportSettings';
import { ACTIVATION_COLUMNS, ACTIVITY_COLUMNS, APP_COLUMNS, isConcealed, MAILBOX_COLUMNS, UPN_COLUMN, usageRows, type UsageColumn, type UsageKinds } from './usageColumns';

const report = (what: string): Reading => ({
	what,
	permission: 'Reports.Read.All',
	alsoBy: [],
	role: 'Reports Reader',
	resourceUnits: 0,
	quotas: ['usageReport'],
});

/** Days that a report can look back. */
export const USAGE_PERIODS = [7, 30, 90, 180] as const;
export type UsagePeriod = (typeof USAGE_PERIODS)[number];

/** One of Microsoft 365's usage reports: its address, and what its columns are called here. */
export interface UsageReport<K extends keyof UsageKinds = keyof UsageKinds> {
	kind: K;
	reading: Reading;
	/** From the version on. */
	address(period: UsagePeriod): string;
	columns: readonly UsageColumn[];
}

export const MAILBOX_USAGE: UsageReport<'mailboxUsage'> = {
	kind: 'mailboxUsage',
	reading: report('the mailbox usage report'),
	address: (period) => `/reports/getMailboxUsageDetail(period='D${period}')`,
	columns: MAILBOX_COLUMNS,
};

export const USER_ACTIVITY: UsageReport<'userActivity'> = {
	kind: 'userActivity',
	reading: report('the report of Microsoft 365 active users'),
	address: (period) => `/reports/getOffice365ActiveUserDetail(period='D${period}')`,
	columns: ACTIVITY_COLUMNS,
};

export const APP_USAGE: UsageReport<'appUsage'> = {
	kind: 'appUsage',
	reading: report('the report of Microsoft 365 Apps usage'),
	address: (period) => `/reports/getM365AppUserDetail(period='D${period}')`,
	columns: APP_COLUMNS,
};

/** It has no period: it counts the activations that there are. */
export const APP_ACTIVATIONS: UsageReport<'appActivation'> = {
	kind: 'appActivation',
	reading: report('the report of Microsoft 365 Apps activations'),
	address: () => '/reports/getOffice365ActivationsUserDetail',
	columns: ACTIVATION_COLUMNS,
};

export const USAGE_REPORTS_FEATURE: Feature = {
	key: 'usageReports',
	name: 'Read usage reports',
	description: 'Usage Report, and what Licence → Get Unused, Organization → Get Facts and User → Last Activity know of activity',
	required: false,
	reading: USER_ACTIVITY.reading,
	// The answer is where the report lies; nothing is downloaded.
	probe: { address: USER_ACTIVITY.address(7), expects: 'anything' },
};

/** What can be chosen of a report's rows; whose row it is always comes along. */
export function usageProperties({ columns, kind }: UsageReport): ReadableProperty[] {
	const derived = kind === 'userActivity' ? [{ name: 'lastActivityDate', label: 'Last Activity Date', description: 'Newest date of all services' }] : [];
	return [...derived, ...columns.map(({ column, name }) => ({ name, label: column, description: `The column "${column}" of the report` }))];
}

export interface UsageRequest {
	period: UsagePeriod;
	/** Object ids by user principal name in lower case, to say who a row is about. */
	personIds?: ReadonlyMap<string, string>;
	/** Rows without names are of use, for example to add them up. Otherwise a report with concealed names is refused. */
	concealedRows?: boolean;
}

/**
 * The rows of a usage report as they arrive; after a `restart` event every row comes again.
 *
 * @throws SyncError when it is refused or broken; `notPermitted` (graph.concealedNames) when the tenant conceals names
 */
export async function* usagePages<K extends keyof UsageKinds>(client: GraphClient, report: UsageReport<K>, request: UsageRequest): AsyncGenerator<PageEvent<UsageKinds[K]>, void> {
	const tenantId = await tenantGuidOf(client);
	const rowOf = usageRows<UsageKinds[K]>(report.kind, report.columns);
	for await (const page of csvPages(client, { reading: report.reading, address: report.address(request.period) }, [UPN_COLUMN, 'Report Refresh Date'])) {
		if (page.kind === 'restart') {
			yield page;
			continue;
		}
		if (!request.concealedRows && page.items.every(isConcealed)) throw concealedNames(client, report.reading);
		yield { kind: 'page', items: page.items.map((raw) => withPerson(rowOf(raw, tenantId), request.personIds)) };
	}
}

function withPerson<T extends UsageRow>(row: T, personIds: ReadonlyMap<string, string> | undefined): T {
	if (personIds && row.userPrincipalName !== undefined) row.personId = personIds.get(row.userPrincipalName.toLowerCase()) ?? null;
	return row;
}

function concealedNames(client: GraphClient, { what }: Reading): SyncError {
	return new SyncError(`Could not use ${what} of tenant ${client.tenant}: the tenant conceals the names of people in its reports.`, {
		class: 'notPermitted',
		code: 'graph.concealedNames',
		remedy: UNCONCEAL,
		tenantId: client.tenant,
	});
}
