import { nameKey } from '../../../match/keys';
import { differenceOf, normalDecimal, sumOf } from '../../../model/decimal';
import type { InvoiceLine } from '../../../model/invoiceLine';
import type { BilledCustomer, ComparedLine, LicenceComparison, LicenceVerdict } from '../../../model/licenceComparison';
import type { LicenceFamilyCount } from '../../../model/licenceFamilyCount';
import { amountOf } from '../../../model/money';
import type { SyncroContact } from '../contacts/contacts';
import { countContacts, countedField, type ContactCounters } from './contactCounters';
import { monthlyCents } from './frequency';
import { familyKeyOf } from './lineFamilies';

export interface LicencesToCompare {
	tenantId: string;
	customer: BilledCustomer;
	counts: readonly LicenceFamilyCount[];
	/** Of all recurring invoices of the customer, with their families (`withFamilies`). */
	lines: readonly InvoiceLine[];
	counters: ContactCounters;
	/** All of the customer; only needed where lines count contacts. */
	contacts: readonly SyncroContact[];
}

/** What a line is called that may bill a licence. */
const LICENCE = /\b(microsoft|office|m|o)[\s-]?365\b|\bexchange online\b|\bbusiness (basic|standard|premium)\b/i;

/** Whether the contacts of the customer must be read to know what its lines will bill. */
export function countsContacts(lines: readonly InvoiceLine[]): boolean {
	return lines.some(({ counts, paused }) => counts === 'contacts' && !paused);
}

/** @returns one comparison per family that was counted, in their order; then one per line that looks like a licence and bills none of them */
export function compareLicences(input: LicencesToCompare): LicenceComparison[] {
	const families = input.counts.map((count) => ({ count, key: nameKey(count.family) }));
	const known = new Set(families.map(({ key }) => key).filter((key) => key !== ''));
	const strangers = input.lines.filter((line) => {
		const key = familyKeyOf(line);
		return key !== '' && !known.has(key) && (line.counts === 'contacts' || LICENCE.test(`${line.name ?? ''} ${line.description ?? ''}`));
	});
	return [
		...families.map(({ count, key }) => comparisonOf(input, count, key === '' ? [] : input.lines.filter((line) => nameKey(line.family ?? line.name) === key))),
		...strangers.map((line) => strangerOf(input, line)),
	];
}

function comparisonOf(input: LicencesToCompare, { family, holders }: LicenceFamilyCount, lines: readonly InvoiceLine[]): LicenceComparison {
	const counted = Number.isSafeInteger(holders) && holders >= 0 ? String(holders) : undefined;
	const billing = lines.filter(bills);
	const amounts = billing.map((line) => billedBy(input, line, family!));
	const billed = amounts.some((amount) => amount === undefined) ? undefined : amounts.reduce<string>((sum, amount) => sumOf(sum, amount!), '0');
	const difference = counted === undefined || billed === undefined ? undefined : differenceOf(counted, billed);
	const verdict = verdictOf(billing.length, counted, difference);
	const cents = difference === undefined ? undefined : centsOfDifference(difference, billing);
	const note = noteOf(verdict, counted, lines, billing, cents);
	return {
		...headOf(input, verdict, family),
		...numberOf('counted', counted),
		...numberOf('billed', billed),
		...numberOf('difference', difference),
		...(cents === undefined ? {} : { differencePerMonth: amountOf(cents) }),
		...namesOf(lines),
		lines: lines.map((line) => comparedLine(input, line, family!)),
		...(note === undefined ? {} : { note }),
	};
}

function strangerOf(input: LicencesToCompare, line: InvoiceLine): LicenceComparison {
	const billed = line.counter ? undefined : (line.quantity ?? '0');
	return {
		...headOf(input, 'unknownFamily', null),
		...numberOf('billed', billed),
		...namesOf([line]),
		lines: [comparedLine(input, line, null)],
		note: 'If it bills a licence, count its family as well, or list it under Lines Under Another Name.',
	};
}

function verdictOf(billing: number, counted: string | undefined, difference: string | undefined): LicenceVerdict {
	if (difference === undefined) return 'unknown';
	if (difference === '0') return 'same';
	if (billing === 0) return counted === '0' ? 'same' : 'noLine';
	return difference.startsWith('-') ? 'invoiceMore' : 'invoiceLess';
}

/** What one unit more or less costs is known only where there are lines, and all of them cost the same. */
function centsOfDifference(difference: string, billing: readonly InvoiceLine[]): number | undefined {
	if (difference === '0') return 0;
	const [first] = billing;
	if (!first?.priceCents || billing.some(({ priceCents, frequency }) => priceCents !== first.priceCents || frequency !== first.frequency)) return undefined;
	return monthlyCents(first.priceCents, difference, first.frequency);
}

/** Whether the next invoices will hold the line. */
function bills({ paused, oneTimeCharge }: InvoiceLine): boolean {
	return !paused && !oneTimeCharge;
}

/** @returns a normal decimal; undefined where it is not known */
function billedBy(input: LicencesToCompare, line: InvoiceLine, family: string | null): string | undefined {
	if (!bills(line)) return '0';
	if (!line.counter) return line.quantity ?? '0';
	const field = line.counts === 'contacts' && family !== null ? countedField(line, family, input.counters) : undefined;
	const count = field && countContacts(input.contacts, field);
	return count === undefined ? undefined : String(count);
}

function comparedLine(input: LicencesToCompare, line: InvoiceLine, family: string | null): ComparedLine {
	const { id, name, scheduleId, scheduleName, frequency, paused, oneTimeCharge, counter, counts, priceCents } = line;
	const field = counts === 'contacts' && family !== null ? countedField(line, family, input.counters) : undefined;
	const perMonth = priceCents === undefined ? undefined : monthlyCents(priceCents, '1', frequency);
	return {
		id,
		name,
		scheduleId,
		scheduleName,
		frequency,
		paused,
		oneTimeCharge,
		counter,
		counts,
		...numberOf('billed', billedBy(input, line, family)),
		...(field === undefined ? {} : { countedBy: field.answer === '' ? `any answer in ${field.label}` : `${field.label} = ${field.answer}` }),
		...(priceCents === undefined ? {} : { price: amountOf(priceCents) }),
		...(perMonth === undefined ? {} : { pricePerMonth: amountOf(perMonth) }),
	};
}

function noteOf(verdict: LicenceVerdict, counted: string | undefined, lines: readonly InvoiceLine[], billing: readonly InvoiceLine[], cents: number | undefined): string | undefined {
	if (verdict === 'unknown') {
		if (counted === undefined) return 'How many people hold it was not read.';
		const contacts = billing.some(({ counts }) => counts === 'contacts');
		return contacts
			? 'What the counter will count is not known: no contact of the customer has the custom field. Check its label under Contact Field.'
			: 'The line counts something that is not known here, or in a way that Syncro does not document.';
	}
	if (verdict === 'noLine' && lines.length > 0) return lines.every(({ paused }) => paused) ? 'Its recurring invoice is paused.' : 'Its line is charged once only.';
	if (verdict === 'noLine') return 'If a line bills it under another name, list that line under Lines Under Another Name.';
	if (cents === undefined && verdict !== 'same') return billing.length > 1 ? 'Its lines differ in price or frequency, so that the difference has no price.' : 'Its line has no price.';
	return undefined;
}

function headOf({ tenantId, customer }: LicencesToCompare, verdict: LicenceVerdict, family: string | null) {
	return { kind: 'licenceComparison' as const, tenantId, ...customer, verdict, family };
}

function namesOf(lines: readonly InvoiceLine[]): Pick<LicenceComparison, 'line' | 'invoice' | 'frequency'> {
	const names = (of: (line: InvoiceLine) => string | null) => [...new Set(lines.map((line) => of(line) ?? ''))].join(', ');
	return { line: names(({ name }) => name), invoice: names(({ scheduleName }) => scheduleName), frequency: names(({ frequency }) => frequency) };
}

function numberOf<K extends string>(name: K, decimal: string | undefined): { [key in K]?: number } {
	return (decimal === undefined ? {} : { [name]: Number(normalDecimal(decimal)) }) as { [key in K]?: number };
}
