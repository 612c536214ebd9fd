import type { InvoiceLine } from './invoiceLine';

/**
 * - `same`: the invoice bills as many as Microsoft 365 counts
 * - `invoiceLess`: fewer, so that money is lost
 * - `invoiceMore`: more
 * - `noLine`: people hold it, and no line bills it
 * - `unknown`: what the invoice will bill is not known, so nothing is said of the difference
 * - `unknownFamily`: a line that looks like a licence, and bills none of the families that were counted
 */
export type LicenceVerdict = 'same' | 'invoiceLess' | 'invoiceMore' | 'noLine' | 'unknown' | 'unknownFamily';

/** Which customer is billed. */
export interface BilledCustomer {
	account: string;
	customerId: string;
	customerName: string;
}

/** A line as a part of a comparison. */
export interface ComparedLine extends Pick<InvoiceLine, 'id' | 'name' | 'scheduleId' | 'scheduleName' | 'frequency' | 'paused' | 'oneTimeCharge' | 'counter' | 'counts'> {
	/** How many the invoice bills: what is written there, or what its counter will count; 0 while it is paused. Absent: not known. */
	billed?: number;
	/** Of a counter of contacts: what it counts, for example "azure_license = Microsoft 365 Business Premium". */
	countedBy?: string;
	/** Of one unit each time the invoice is made, and a month; at most two decimals. Absent: the line has no price. */
	price?: number;
	pricePerMonth?: number;
}

/** One licence family of a customer beside the lines that bill it, or a line that bills none of them. */
export interface LicenceComparison extends BilledCustomer {
	kind: 'licenceComparison';
	/** GUID, lower case. */
	tenantId: string;
	verdict: LicenceVerdict;
	/** Null: of no family, or of a line that bills none. */
	family: string | null;
	/** How many people hold it; absent: not known. */
	counted?: number;
	/** How many all its lines bill; absent: not known. */
	billed?: number;
	/** What is counted and not billed; negative: billed and not counted. Absent: not known. */
	difference?: number;
	/** What the difference is worth a month, at most two decimals. Absent: not known, or its lines have no price or several. */
	differencePerMonth?: number;
	/** Names of its lines and their invoices; empty where there are none. */
	line: string;
	invoice: string;
	frequency: string;
	lines: ComparedLine[];
	/** What a person should know about it. */
	note?: string;
}
