import type { LicenceComparison, LicenceVerdict } from '../model/licenceComparison';
import { amountOf, amountText, centsOf } from '../model/money';
import { blocksHtml, blocksMarkdown, table, type Block } from './blocks';
import { notReadBlocks, notReadText, type NotRead } from './items';
import { many } from './wording';

/** What was found in the recurring invoices of one or several customers. */
export interface LicenceComparisonSummary {
	kind: 'licenceComparisonSummary';
	customers: number;
	/** How many families and lines have each verdict. */
	verdicts: Record<LicenceVerdict, number>;
	/** Held and not billed, where the lines have a price; at most two decimals, as the two after it. */
	lostPerMonth: number;
	/** Billed and not held. */
	overbilledPerMonth: number;
	/** The one less the other: the sum of the differences of all rows. */
	differencePerMonth: number;
	/** Differences that have no price: what they are worth is in none of the sums. */
	withoutPrice: number;
	notRead: NotRead[];
	/** In one sentence. */
	headline: string;
	markdown: string;
	html: string;
}

const VERDICTS: Readonly<Record<LicenceVerdict, string>> = {
	same: 'same',
	invoiceLess: 'billed too few',
	invoiceMore: 'billed too many',
	noLine: 'not billed',
	unknown: 'not known',
	unknownFamily: 'licence not counted',
};

/** What a person has to look at comes first. */
const ORDER: readonly LicenceVerdict[] = ['invoiceLess', 'noLine', 'invoiceMore', 'unknown', 'unknownFamily', 'same'];

/** @param rows of the table, at most; sums count them all */
export function licenceComparisonSummary(comparisons: readonly LicenceComparison[], notRead: readonly NotRead[], rows: number): LicenceComparisonSummary {
	const verdicts = Object.fromEntries(ORDER.map((verdict) => [verdict, comparisons.filter((one) => one.verdict === verdict).length])) as Record<LicenceVerdict, number>;
	const differences = comparisons.flatMap(({ differencePerMonth }) => (differencePerMonth === undefined ? [] : [centsOf(differencePerMonth)]));
	const lost = differences.filter((cents) => cents > 0).reduce((sum, cents) => sum + cents, 0);
	const over = differences.filter((cents) => cents < 0).reduce((sum, cents) => sum - cents, 0);
	const counted = {
		customers: new Set(comparisons.map(({ account, customerId }) => `${account}/${customerId}`)).size,
		verdicts,
		lostPerMonth: amountOf(lost),
		overbilledPerMonth: amountOf(over),
		differencePerMonth: amountOf(lost - over),
		withoutPrice: comparisons.filter(({ verdict, differencePerMonth }) => ['invoiceLess', 'invoiceMore', 'noLine'].includes(verdict) && differencePerMonth === undefined).length,
		notRead: [...notRead],
	};
	const headline = headlineOf(counted);
	const blocks = blocksOf(counted, comparisons, headline, rows);
	return { kind: 'licenceComparisonSummary', ...counted, headline, markdown: blocksMarkdown(blocks), html: blocksHtml(blocks) };
}

type Counted = Omit<LicenceComparisonSummary, 'kind' | 'headline' | 'markdown' | 'html'>;

function headlineOf({ customers, verdicts, lostPerMonth, overbilledPerMonth, withoutPrice, notRead }: Counted): string {
	const differing = verdicts.invoiceLess + verdicts.invoiceMore + verdicts.noLine;
	return (
		`${many(differing, 'licence family is', 'licence families are')} billed otherwise than counted at ${many(customers, 'customer', 'customers')}` +
		`: ${amountText(lostPerMonth)} a month not billed, ${amountText(overbilledPerMonth)} a month billed too much.` +
		(withoutPrice > 0 ? ` ${withoutPrice} of them without a price.` : '') +
		(verdicts.unknown > 0 ? ` Of ${many(verdicts.unknown, 'further one', 'further ones')} nothing can be said.` : '') +
		notReadText(notRead)
	);
}

function blocksOf({ differencePerMonth, notRead, customers }: Counted, comparisons: readonly LicenceComparison[], headline: string, rows: number): Block[] {
	const blocks: Block[] = [{ heading: 'Licences and recurring invoices' }, { text: headline }];
	if (comparisons.length > 0) {
		const several = customers > 1;
		const sorted = [...comparisons].sort(
			(a, b) => ORDER.indexOf(a.verdict) - ORDER.indexOf(b.verdict) || Math.abs(b.differencePerMonth ?? 0) - Math.abs(a.differencePerMonth ?? 0) || a.customerName.localeCompare(b.customerName, 'en'),
		);
		const head = [...(several ? ['Customer'] : []), 'Licence', 'Invoice', 'Line', 'By', 'In Microsoft 365', 'On the invoice', 'Difference', 'A month', 'Result'];
		const made = table(head, sorted, (one) => [...(several ? [one.customerName] : []), ...cellsOf(one)], rows) as Extract<Block, { rows: unknown }>;
		const total = head.map((name, index) => (index === 0 ? 'Total' : name === 'A month' ? signed(differencePerMonth) : ''));
		blocks.push(...(several ? [] : [{ text: comparisons[0].customerName }]), { ...made, rows: [...made.rows, total] });
		const notes = sorted.filter(({ note }) => note !== undefined);
		if (notes.length > 0) blocks.push(table(['Licence', 'What to know'], notes, ({ customerName, family, line, note }) => [`${several ? `${customerName}: ` : ''}${family ?? (line === '' ? 'of no family' : line)}`, note!], rows));
	}
	return [...blocks, ...notReadBlocks(notRead, rows)];
}

function cellsOf({ verdict, family, invoice, line, lines, counted, billed, difference, differencePerMonth }: LicenceComparison): string[] {
	const by = [...new Set(lines.map(({ counter }) => (counter ? 'counter' : 'fixed quantity')))].join(', ');
	const number = (value: number | undefined) => (value === undefined ? '' : String(value));
	return [family ?? (lines.length === 0 ? 'of no family' : ''), invoice, line, by, number(counted), number(billed), difference === undefined ? '' : `${difference > 0 ? '+' : ''}${difference}`, differencePerMonth === undefined ? '' : signed(differencePerMonth), VERDICTS[verdict]];
}

function signed(amount: number): string {
	return `${amount > 0 ? '+' : ''}${amountText(amount)}`;
}
