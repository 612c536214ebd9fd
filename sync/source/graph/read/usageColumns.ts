import type { AnyUsage, AppActivation, AppUsage, MailboxUsage, UserActivity } from '../../../model/usage';

/** How the text of a cell is read. `list`: parts joined by plus signs. */
export type CellType = 'text' | 'number' | 'boolean' | 'date' | 'list' | 'mailboxKind';

/** A column that Microsoft documents: its name in the report, ours, and what it holds. */
export interface UsageColumn {
	column: string;
	name: string;
	type: CellType;
}

const column = (name: string, columnName: string, type: CellType): UsageColumn => ({ column: columnName, name, type });

const COMMON = [column('reportRefreshDate', 'Report Refresh Date', 'date')];
const DELETION = [column('deleted', 'Is Deleted', 'boolean'), column('deletedDate', 'Deleted Date', 'date')];
const PERIOD = column('reportPeriodDays', 'Report Period', 'number');

/** https://learn.microsoft.com/graph/api/reportroot-getmailboxusagedetail; the last ones came later and are not in every tenant's report. */
export const MAILBOX_COLUMNS: readonly UsageColumn[] = [
	...COMMON,
	...DELETION,
	column('createdDate', 'Created Date', 'date'),
	column('lastActivityDate', 'Last Activity Date', 'date'),
	column('itemCount', 'Item Count', 'number'),
	column('storageUsedBytes', 'Storage Used (Byte)', 'number'),
	column('issueWarningQuotaBytes', 'Issue Warning Quota (Byte)', 'number'),
	column('prohibitSendQuotaBytes', 'Prohibit Send Quota (Byte)', 'number'),
	column('prohibitSendReceiveQuotaBytes', 'Prohibit Send/Receive Quota (Byte)', 'number'),
	column('deletedItemCount', 'Deleted Item Count', 'number'),
	column('deletedItemSizeBytes', 'Deleted Item Size (Byte)', 'number'),
	column('deletedItemQuotaBytes', 'Deleted Item Quota (Byte)', 'number'),
	column('hasArchive', 'Has Archive', 'boolean'),
	column('mailboxKind', 'Recipient Type', 'mailboxKind'),
	PERIOD,
];

const SERVICES = [
	['exchange', 'Exchange'],
	['oneDrive', 'OneDrive'],
	['sharePoint', 'SharePoint'],
	['skypeForBusiness', 'Skype For Business'],
	['yammer', 'Yammer'],
	['teams', 'Teams'],
] as const;

/** https://learn.microsoft.com/graph/api/reportroot-getoffice365activeuserdetail */
export const ACTIVITY_COLUMNS: readonly UsageColumn[] = [
	...COMMON,
	...DELETION,
	...SERVICES.map(([name, title]) => column(`${name}Licensed`, `Has ${title} License`, 'boolean')),
	...SERVICES.map(([name, title]) => column(`${name}LastActivityDate`, `${title} Last Activity Date`, 'date')),
	...SERVICES.map(([name, title]) => column(`${name}LicenceAssignDate`, `${title} License Assign Date`, 'date')),
	column('assignedProducts', 'Assigned Products', 'list'),
	PERIOD,
];

const APPS = ['Outlook', 'Word', 'Excel', 'PowerPoint', 'OneNote', 'Teams'];
const PLATFORMS = ['Windows', 'Mac', 'Mobile', 'Web'];
const lowerFirst = (text: string): string => text[0].toLowerCase() + text.slice(1);

/** https://learn.microsoft.com/graph/api/reportroot-getm365appuserdetail */
export const APP_COLUMNS: readonly UsageColumn[] = [
	...COMMON,
	column('lastActivationDate', 'Last Activation Date', 'date'),
	column('lastActivityDate', 'Last Activity Date', 'date'),
	PERIOD,
	...[...PLATFORMS, ...APPS].map((title) => column(lowerFirst(title), title, 'boolean')),
	...PLATFORMS.flatMap((platform) => APPS.map((app) => column(lowerFirst(app) + platform, `${app} (${platform})`, 'boolean'))),
];

/** https://learn.microsoft.com/graph/api/reportroot-getoffice365activationsuserdetail */
export const ACTIVATION_COLUMNS: readonly UsageColumn[] = [
	...COMMON,
	column('productType', 'Product Type', 'text'),
	column('lastActivatedDate', 'Last Activated Date', 'date'),
	column('windows', 'Windows', 'number'),
	column('mac', 'Mac', 'number'),
	column('windows10Mobile', 'Windows 10 Mobile', 'number'),
	column('ios', 'iOS', 'number'),
	column('android', 'Android', 'number'),
	column('activatedOnSharedComputer', 'Activated On Shared Computer', 'boolean'),
];

/** Columns that say whose row it is. */
export const UPN_COLUMN = 'User Principal Name';
export const NAME_COLUMN = 'Display Name';

/**
 * Reads rows of one kind of report.
 *
 * @returns a row as a neutral record; whose row it is stays out where the name is concealed (it has no @ then)
 */
export function usageRows<T extends AnyUsage>(kind: T['kind'], columns: readonly UsageColumn[]): (row: Record<string, string>, tenantId: string) => T {
	const known = new Map(columns.map((each) => [each.column, each]));
	return (row, tenantId) => {
		const record: Record<string, unknown> = { kind, tenantId };
		if (isConcealed(row)) record.concealed = true;
		else {
			record.userPrincipalName = row[UPN_COLUMN];
			if (row[NAME_COLUMN] !== undefined) record.displayName = row[NAME_COLUMN] || null;
		}
		for (const [title, text] of Object.entries(row)) {
			if (title === UPN_COLUMN || title === NAME_COLUMN) continue;
			const documented = known.get(title);
			if (documented) record[documented.name] = cell(text, documented.type);
			else record[title] = guessed(text);
		}
		if (kind === 'userActivity') record.lastActivityDate = newestActivity(record);
		return record as unknown as T;
	};
}

/** Concealed names are hexadecimal digits instead of a user principal name. */
export function isConcealed(row: Record<string, string>): boolean {
	return !row[UPN_COLUMN]?.includes('@');
}

function newestActivity(record: Record<string, unknown>): string | null {
	let newest: string | null = null;
	for (const [service] of SERVICES) {
		const date = record[`${service}LastActivityDate`];
		if (typeof date === 'string' && (newest === null || date > newest)) newest = date;
	}
	return newest;
}

/** A cell that is not what its column should hold stays text: better strange than lost. */
function cell(text: string, type: CellType): unknown {
	const trimmed = text.trim();
	if (trimmed === '') return null;
	switch (type) {
		case 'number': {
			const number = Number(trimmed);
			return Number.isFinite(number) ? number : trimmed;
		}
		case 'boolean':
			return booleanOf(trimmed) ?? trimmed;
		case 'list':
			return trimmed.split('+').map((part) => part.trim()).filter(Boolean);
		case 'mailboxKind':
			return mailboxKindOf(trimmed);
		default:
			return trimmed;
	}
}

/** Some reports say True and False, some Yes and No. */
function booleanOf(text: string): boolean | undefined {
	const folded = text.toLowerCase();
	if (folded === 'true' || folded === 'yes') return true;
	if (folded === 'false' || folded === 'no') return false;
	return undefined;
}

/** Seen as "Shared" and as "SharedMailbox"; ours are those of Graph's `userPurpose`. */
function mailboxKindOf(text: string): string {
	const folded = text.toLowerCase().replace(/mailbox$/, '').trim();
	return folded === '' ? text : folded;
}

/** Of a column that nobody documented yet: numbers and yes or no where there is no doubt. */
function guessed(text: string): unknown {
	const trimmed = text.trim();
	if (trimmed === '') return null;
	if (/^(true|false)$/i.test(trimmed)) return booleanOf(trimmed);
	return /^(0|[1-9]\d{0,14})$/.test(trimmed) ? Number(trimmed) : trimmed;
}

export type UsageKinds = { mailboxUsage: MailboxUsage; userActivity: UserActivity; appUsage: AppUsage; appActivation: AppActivation };
