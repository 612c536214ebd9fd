import type { Finding, SecurityAuditSummary } from '../model/finding';
import { blocksHtml, blocksMarkdown, table, type Block } from './blocks';
import { notReadBlocks, notReadText, reportItems, type NotRead } from './items';
import { many, who } from './wording';

/** What security audits of several tenants found. */
export interface SecurityFindingsReport {
	kind: 'securityFindingsReport';
	/** Tenants that were looked at, as far as their items tell. */
	tenants: number;
	findings: number;
	administratorsWithoutMfa: number;
	peopleWithoutMfa: number;
	lowSecureScores: number;
	notRead: NotRead[];
	/** In one sentence. */
	headline: string;
	markdown: string;
	html: string;
}

/**
 * Puts the findings of any number of tenants into one table, administrators first. What is all right is left out.
 *
 * @param rows of the table, at most; the numbers count everything
 * @throws SyncError (input) for other items
 */
export function securityFindingsReport(items: readonly unknown[], rows: number): SecurityFindingsReport {
	const { records, notRead, tenantIds } = reportItems(items, { kinds: ['finding', 'securityAuditSummary'], list: 'findings', reader: 'Security Audit → Get Findings' });
	const findings = records.filter(({ kind, change }) => kind === 'finding' && change === 'present') as unknown as Finding[];
	const summaries = records.filter(({ kind }) => kind === 'securityAuditSummary') as unknown as SecurityAuditSummary[];
	const without = findings.filter(({ code }) => code === 'noMfa');
	const administrators = without.filter(({ administrator }) => administrator).length;
	const counted = {
		tenants: tenantIds.size,
		findings: findings.length,
		administratorsWithoutMfa: administrators,
		peopleWithoutMfa: without.length,
		lowSecureScores: findings.length - without.length,
		notRead: [...notRead, ...summaries.flatMap(({ tenantId, leftOut }) => leftOut.map((left) => ({ tenantId, ...left })))],
	};
	const headline = headlineOf(counted);
	const blocks: Block[] = [{ heading: 'Security audit' }, { text: headline }];
	if (findings.length > 0) {
		blocks.push(
			table(
				['Tenant', 'Who', 'Administrator', 'What', 'What to do'],
				[...findings].sort(byWeight),
				(finding) => [
					finding.tenantName ?? finding.tenantId,
					who(finding, finding.personId ?? 'The tenant'),
					finding.administrator === undefined ? '' : finding.administrator ? 'yes' : 'no',
					finding.text,
					finding.whatToDo,
				],
				rows,
			),
		);
	}
	blocks.push(...notReadBlocks(counted.notRead, rows));
	return { kind: 'securityFindingsReport', ...counted, headline, markdown: blocksMarkdown(blocks), html: blocksHtml(blocks) };
}

/** Administrators before everything else; then tenant by tenant, as each came. */
function byWeight(a: Finding, b: Finding): number {
	return Number(b.severity === 'high') - Number(a.severity === 'high') || (a.tenantName ?? a.tenantId).localeCompare(b.tenantName ?? b.tenantId, 'en');
}

function headlineOf({ tenants, findings, administratorsWithoutMfa, peopleWithoutMfa, lowSecureScores, notRead }: Omit<SecurityFindingsReport, 'kind' | 'headline' | 'markdown' | 'html'>): string {
	const where = many(tenants, 'tenant', 'tenants');
	const parts = [
		[administratorsWithoutMfa, 'administrator without MFA', 'administrators without MFA'],
		[peopleWithoutMfa - administratorsWithoutMfa, 'other person without MFA', 'other people without MFA'],
		[lowSecureScores, 'low Secure Score', 'low Secure Scores'],
	] as const;
	const told = parts.filter(([count]) => count > 0).map(([count, one, more]) => many(count, one, more));
	return `${findings === 0 ? `Nothing was found in ${where}.` : `${many(findings, 'finding', 'findings')} in ${where}: ${told.join(', ')}.`}${notReadText(notRead)}`;
}
