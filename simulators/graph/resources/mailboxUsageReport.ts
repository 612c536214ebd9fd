import type { DirectoryUser } from '../../world/tenantDirectory';
import type { MailboxKind } from '../../world/userServices';
import { mailboxFacts, mailboxReader } from '../../world/workloads';
import type { Column } from '../reports/csv';
import { dateOf, DELETION_COLUMNS, usageReport, userColumns } from '../reports/usageReport';

/** Values of `Recipient Type` after public captures of 2026. */
const RECIPIENT_TYPES: Readonly<Record<MailboxKind, string>> = {
	user: 'User',
	shared: 'Shared',
	room: 'Room',
	equipment: 'Equipment',
	linked: 'Linked',
	others: 'Others',
};

/** Exchange Online's quotas of a 50 GB mailbox. */
const QUOTAS = { issueWarning: 52_613_349_376, prohibitSend: 53_150_220_288, prohibitSendReceive: 53_687_091_200, deletedItems: 32_212_254_720 };

/**
 * One row per mailbox. Columns: the fifteen of 2021, and what the service has added by 2026 (contract B7).
 * https://learn.microsoft.com/graph/api/reportroot-getmailboxusagedetail
 */
export const mailboxUsageReport = usageReport<DirectoryUser>({
	path: "getMailboxUsageDetail(period='{period}')",
	file: 'MailboxUsageDetail',
	rows: ({ tenant, users }) => {
		const kindOf = mailboxReader(tenant);
		return users.filter((user) => kindOf(user) !== undefined);
	},
	columns: (circumstances) => {
		const kindOf = mailboxReader(circumstances.tenant);
		const added: ReadonlyArray<Column<DirectoryUser>> = [
			{ name: 'Deleted Item Quota (Byte)', value: () => QUOTAS.deletedItems },
			{ name: 'Has Archive', value: (user) => mailboxFacts(user).hasArchive },
			{ name: 'Recipient Type', value: (user) => RECIPIENT_TYPES[kindOf(user) ?? 'others'] },
		];
		return [
			...userColumns(circumstances),
			...DELETION_COLUMNS,
			{ name: 'Created Date', value: (user) => dateOf(user.createdDateTime) },
			{ name: 'Last Activity Date', value: (user) => user.activity?.exchange },
			{ name: 'Item Count', value: (user) => mailboxFacts(user).itemCount },
			{ name: 'Storage Used (Byte)', value: (user) => mailboxFacts(user).storageUsedBytes },
			{ name: 'Issue Warning Quota (Byte)', value: () => QUOTAS.issueWarning },
			{ name: 'Prohibit Send Quota (Byte)', value: () => QUOTAS.prohibitSend },
			{ name: 'Prohibit Send/Receive Quota (Byte)', value: () => QUOTAS.prohibitSendReceive },
			{ name: 'Deleted Item Count', value: (user) => mailboxFacts(user).deletedItemCount },
			{ name: 'Deleted Item Size (Byte)', value: (user) => mailboxFacts(user).deletedItemCount * 58_000 },
			...(circumstances.settings.reportColumns === 'old' ? [] : added),
			{ name: 'Report Period', value: () => circumstances.period },
		];
	},
});
