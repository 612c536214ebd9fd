import { amountOf, centsOf, moneyText } from '../model/money';
import { SyncError } from '../model/syncError';
import type { UnusedLicence, UnusedLicencesSummary } from '../model/unusedLicence';
import { blocksHtml, blocksMarkdown, table, type Block } from './blocks';
import { notReadBlocks, notReadText, reportItems, type NotRead } from './items';
import { many, who } from './wording';

/** What unused licences cost in one currency. */
export interface MoneyTotal {
	currency: string;
	/** At most two decimals. */
	wastedPerMonth: number;
	wastedPerYear: number;
	tenants: number;
}

/** The unused licences of several tenants. */
export interface UnusedLicencesReport {
	kind: 'unusedLicencesReport';
	/** Where the most is wasted first. */
	tenants: UnusedLicencesSummary[];
	assigned: number;
	unused: number;
	disabled: number;
	inactive: number;
	/** Licences of which nothing can be said. */
	unknown: number;
	/** People with a licence, less the active ones and less those of whom nothing can be said. */
	licensedMinusActive: number;
	/** One per currency: amounts in different ones are never added. Empty without prices. */
	totals: MoneyTotal[];
	/** With exactly one currency its total, so that it can be used without looking for it. */
	currency?: string;
	wastedPerMonth?: number;
	/** Unused licences without a price; absent where no prices are given. */
	withoutPrice?: number;
	notRead: NotRead[];
	/** In one sentence. */
	headline: string;
	markdown: string;
	html: string;
}

/**
 * Adds up what Licence → Get Unused gave, of any number of tenants.
 *
 * @param rows of the table of licences, at most; sums count them all
 * @throws SyncError (input) for other items, a tenant that came twice, and licences without the summary of their tenant
 */
export function unusedLicencesReport(items: readonly unknown[], rows: number): UnusedLicencesReport {
	const { records, notRead } = reportItems(items, { kinds: ['unusedLicence', 'unusedLicencesSummary'], list: 'licences', reader: 'Licence → Get Unused' });
	const summaries = new Map<string, UnusedLicencesSummary>();
	const licences: UnusedLicence[] = [];
	for (const record of records) {
		if (record.kind === 'unusedLicence') licences.push(record as unknown as UnusedLicence);
		else {
			const summary = record as unknown as UnusedLicencesSummary;
			if (summaries.has(summary.tenantId)) throw unsound(`The summary of tenant ${nameOf(summary)} came twice.`, 'A tenant must be read once: put no two wires into this input, and no tenant twice into the list.');
			summaries.set(summary.tenantId, summary);
		}
	}
	const stray = licences.find(({ tenantId }) => !summaries.has(tenantId));
	if (stray) throw unsound(`Licences of tenant ${stray.tenantId} came without its summary.`, 'Connect Licence → Get Unused directly, or let its items of kind "unusedLicencesSummary" pass.');

	if (summaries.size === 0 && notRead.length === 0) throw unsound('No summary of any tenant arrived.', 'Connect Licence → Get Unused directly, or let its items of kind "unusedLicencesSummary" pass.');
	const tenants = [...summaries.values()].sort((a, b) => (b.wastedPerMonth ?? 0) - (a.wastedPerMonth ?? 0) || b.unused - a.unused || nameOf(a).localeCompare(nameOf(b), 'en'));
	const sum = (of: (summary: UnusedLicencesSummary) => number) => tenants.reduce((total, summary) => total + of(summary), 0);
	const totals = totalsOf(tenants);
	const priced = tenants.some(({ currency }) => currency !== undefined);
	const report = {
		tenants,
		assigned: sum(({ assigned }) => assigned),
		unused: sum(({ unused }) => unused),
		disabled: sum(({ disabled }) => disabled),
		inactive: sum(({ inactive }) => inactive),
		unknown: sum(({ unknown }) => unknown),
		licensedMinusActive: sum(({ licensedMinusActive }) => licensedMinusActive),
		totals,
		...(totals.length === 1 ? { currency: totals[0].currency, wastedPerMonth: totals[0].wastedPerMonth } : {}),
		// A tenant that was read without prices has none for any of its licences.
		...(priced ? { withoutPrice: sum(({ withoutPrice, unused }) => withoutPrice ?? unused) } : {}),
		notRead: [...notRead, ...tenants.flatMap((summary) => summary.leftOut.map(({ message, remedy }) => ({ tenantId: summary.tenantId, message, remedy })))],
	};
	const headline = headlineOf(report);
	const blocks = blocksOf(report, licences, headline, rows);
	return { kind: 'unusedLicencesReport', ...report, headline, markdown: blocksMarkdown(blocks), html: blocksHtml(blocks) };
}

function totalsOf(tenants: readonly UnusedLicencesSummary[]): MoneyTotal[] {
	const sums = new Map<string, { cents: number; tenants: number }>();
	for (const { currency, wastedPerMonth } of tenants) {
		if (currency === undefined || wastedPerMonth === undefined) continue;
		const known = sums.get(currency) ?? { cents: 0, tenants: 0 };
		sums.set(currency, { cents: known.cents + centsOf(wastedPerMonth), tenants: known.tenants + 1 });
	}
	return [...sums]
		.map(([currency, { cents, tenants: count }]) => ({ currency, wastedPerMonth: amountOf(cents), wastedPerYear: amountOf(cents * 12), tenants: count }))
		.sort((a, b) => a.currency.localeCompare(b.currency, 'en'));
}

type Counted = Omit<UnusedLicencesReport, 'kind' | 'headline' | 'markdown' | 'html'>;

function headlineOf({ tenants, unused, unknown, totals, withoutPrice, notRead }: Counted): string {
	const money = totals.map(({ currency, wastedPerMonth, wastedPerYear }) => `${moneyText(wastedPerMonth, currency)} a month (${moneyText(wastedPerYear, currency)} a year)`).join(' and ');
	return (
		`${many(unused, 'unused licence', 'unused licences')} in ${many(tenants.length, 'tenant', 'tenants')}${money === '' ? '' : `: ${money}`}.` +
		(withoutPrice ? ` ${withoutPrice} of them without a price.` : '') +
		(unknown > 0 ? ` Of ${many(unknown, 'further licence', 'further licences')} nothing can be said.` : '') +
		notReadText(notRead)
	);
}

function blocksOf({ tenants, totals, notRead }: Counted, licences: readonly UnusedLicence[], headline: string, rows: number): Block[] {
	const money = totals.length > 0;
	const names = new Map(tenants.map((summary) => [summary.tenantId, nameOf(summary)]));
	const amount = (value: number | undefined, currency: string | undefined) => (value === undefined || currency === undefined ? '' : moneyText(value, currency));
	const blocks: Block[] = [{ heading: 'Unused licences' }, { text: headline }];
	if (tenants.length > 0) {
		const total = totals.map(({ currency, wastedPerMonth }) => moneyText(wastedPerMonth, currency)).join(' + ');
		const sum = (of: (summary: UnusedLicencesSummary) => number) => String(tenants.reduce((all, summary) => all + of(summary), 0));
		const counts: Array<(summary: UnusedLicencesSummary) => number> = [({ assigned }) => assigned, ({ unused }) => unused, ({ disabled }) => disabled, ({ inactive }) => inactive, ({ unknown }) => unknown];
		blocks.push({
			head: ['Tenant', 'Licences', 'Unused', 'Of disabled people', 'Of inactive people', 'Not known', ...(money ? ['Wasted a month'] : [])],
			rows: [
				...tenants.map((summary) => [nameOf(summary), ...counts.map((of) => String(of(summary))), ...(money ? [amount(summary.wastedPerMonth, summary.currency)] : [])]),
				['Total', ...counts.map(sum), ...(money ? [total] : [])],
			],
			more: 0,
		});
	}
	if (licences.length > 0) {
		const sorted = [...licences].sort(
			(a, b) => (b.pricePerMonth ?? 0) - (a.pricePerMonth ?? 0) || names.get(a.tenantId)!.localeCompare(names.get(b.tenantId)!, 'en') || who(a, a.personId).localeCompare(who(b, b.personId), 'en'),
		);
		blocks.push(
			{ heading: 'Whose licences' },
			table(
				['Tenant', 'Who', 'Licence', 'Why', 'Last activity', ...(money ? ['A month'] : [])],
				sorted,
				(one) => [names.get(one.tenantId)!, who(one, one.personId), one.licence, one.why, lastActivityText(one), ...(money ? [amount(one.pricePerMonth, one.currency)] : [])],
				rows,
			),
		);
	}
	return [...blocks, ...notReadBlocks(notRead, rows)];
}

function nameOf({ tenantName, tenantId }: UnusedLicencesSummary): string {
	return tenantName ?? tenantId;
}

/** Absent is not known; null is none in the days that the reports look back. */
function lastActivityText({ lastActivity }: UnusedLicence): string {
	return lastActivity === undefined ? 'not known' : lastActivity === null ? 'none seen' : lastActivity.slice(0, 10);
}

function unsound(message: string, remedy: string): SyncError {
	return new SyncError(message, { class: 'input', code: 'report.unsoundItems', remedy: `${remedy} Nothing was reported.` });
}
