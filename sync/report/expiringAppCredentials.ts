import type { ExpiringAppCredential } from '../model/appCredential';
import { blocksHtml, blocksMarkdown, table, type Block } from './blocks';
import { notReadBlocks, notReadText, reportItems, type NotRead } from './items';
import { many } from './wording';

/** Secrets and certificates of several tenants that somebody must renew. */
export interface ExpiringAppCredentialsReport {
	kind: 'expiringAppCredentialsReport';
	/** Tenants that were looked at, as far as their items tell. */
	tenants: number;
	due: number;
	/** Of these, how many have ended. */
	ended: number;
	notRead: NotRead[];
	/** In one sentence. */
	headline: string;
	markdown: string;
	html: string;
}

/**
 * Puts what is due in any number of tenants into one table, the soonest end first.
 *
 * @param rows of the table, at most; the numbers count everything
 * @throws SyncError (input) for other items
 */
export function expiringAppCredentialsReport(items: readonly unknown[], rows: number): ExpiringAppCredentialsReport {
	const { records, notRead, tenantIds } = reportItems(items, { kinds: ['expiringAppCredential'], list: 'appCredentials', reader: 'App Credential → Get Expiring' });
	const due = records as unknown as ExpiringAppCredential[];
	const ended = due.filter(({ expired }) => expired).length;
	const where = many(tenantIds.size, 'tenant', 'tenants');
	const headline =
		(due.length === 0 ? `No secret or certificate is due in ${where}.` : `${many(due.length, 'secret or certificate is', 'secrets and certificates are')} due in ${where}${ended > 0 ? `, ${ended} of them ended` : ''}.`) +
		notReadText(notRead);
	const blocks: Block[] = [{ heading: 'Secrets and certificates of apps' }, { text: headline }];
	if (due.length > 0) {
		blocks.push(
			table(
				['Tenant', 'App', 'What', 'Ends', 'Days left', 'Who must renew it'],
				[...due].sort((a, b) => a.daysLeft - b.daysLeft),
				(one) => [one.tenantName ?? one.tenantId, one.appName ?? one.appId, `${one.credentialType} ${one.name ?? one.hint ?? one.keyId}`, (one.endDateTime ?? '').slice(0, 10), one.expired ? 'ended' : String(one.daysLeft), one.whoMustRenew],
				rows,
			),
		);
	}
	blocks.push(...notReadBlocks(notRead, rows));
	return { kind: 'expiringAppCredentialsReport', tenants: tenantIds.size, due: due.length, ended, notRead, headline, markdown: blocksMarkdown(blocks), html: blocksHtml(blocks) };
}
