import { nameKey } from '../../../match/keys';
import type { InvoiceLine } from '../../../model/invoiceLine';
import type { SyncroContact } from '../contacts/contacts';

/** What counters of contacts look at. Syncro lists the custom fields of contacts nowhere, so the builder says it. */
export interface ContactCounters {
	/** Label of the field whose answers are the names of the families; empty: there is none. */
	label: string;
	/** Counters that look at something else. */
	others: readonly OtherCounter[];
}

/** A counter is known by the family that its line bills, or by the ids in its line. */
export type OtherCounter = ({ family: string } | { fieldTypeId: string; answerId: string }) & CountedField;

interface CountedField {
	/** Label of a custom field of contacts, letter for letter. */
	label: string;
	/** The answer that is counted, letter for letter; empty: any answer. */
	answer: string;
}

/** @returns the field that the counter of a line looks at; undefined where nobody said */
export function countedField(line: InvoiceLine, family: string, { label, others }: ContactCounters): CountedField | undefined {
	const byIds = others.find((other) => 'fieldTypeId' in other && other.fieldTypeId === line.contactFieldTypeId && other.answerId === (line.contactFieldAnswerId ?? ''));
	const byFamily = others.find((other) => 'family' in other && nameKey(other.family) === nameKey(family));
	return byIds ?? byFamily ?? (label === '' ? undefined : { label, answer: family });
}

/**
 * How many contacts a counter will count.
 *
 * @param contacts all of the customer
 * @returns undefined where no contact has the field at all: then its label may be mistyped, and 0 would be a guess
 */
export function countContacts(contacts: readonly SyncroContact[], { label, answer }: CountedField): number | undefined {
	let known = false;
	let count = 0;
	for (const { properties = {} } of contacts) {
		if (!Object.hasOwn(properties, label)) continue;
		known = true;
		const value = properties[label];
		if (answer === '' ? value !== null && value !== undefined && value !== '' : value === answer) count++;
	}
	return known ? count : undefined;
}
