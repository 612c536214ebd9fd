import type { FieldValue, TargetRecord } from './targetRecord';

/** A line of a recurring invoice, with what its invoice says of it. What was not read is absent. */
export interface InvoiceLine extends TargetRecord {
	kind: 'invoiceLine';
	/** Id of the recurring invoice ("schedule"), and what it is called. */
	scheduleId: string;
	scheduleName: FieldValue;
	/** As Syncro calls it: Monthly, Annually, … */
	frequency: FieldValue;
	/** The invoice is paused and bills nothing. */
	paused: boolean;
	name: FieldValue;
	description: FieldValue;
	/** A decimal number in normal form. Of a counter it is what the last count showed, or 0. */
	quantity: FieldValue;
	/** Of one unit, in whole hundredths of the account's currency. */
	priceCents?: number;
	costCents?: number;
	productId: FieldValue;
	/** Billed once, then no more. */
	oneTimeCharge: boolean;
	/** As Syncro numbers the kinds of lines. */
	recurringTypeId: number | null;
	/** Syncro counts the quantity by itself; also true of every line of which that is not certain. */
	counter: boolean;
	/** What a counter counts; null: nothing. */
	counts: 'contacts' | 'assets' | 'other' | null;
	/** What a counter of contacts looks at, where Syncro shows it. */
	contactFieldTypeId?: FieldValue;
	contactFieldAnswerId?: FieldValue;
	/** The licence family that the line bills by the builder's list; absent: the line's name is the family's. */
	family?: string;
	/** How many lines of this customer bill the same family, where there are several. */
	linesOfFamily?: number;
}

/**
 * The licence family whose bill a line is. Lines that bill nothing now, or only once, are nobody's: an old, paused
 * invoice must not stand in the way of the one that took its place.
 */
export function billedFamily({ family, name, paused, oneTimeCharge }: Partial<InvoiceLine>): string {
	return paused === true || oneTimeCharge === true ? '' : (family ?? name ?? '');
}
