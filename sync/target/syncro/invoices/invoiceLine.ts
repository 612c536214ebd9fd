import { isBlank } from '../../../model/blank';
import { normalDecimal, timesCents } from '../../../model/decimal';
import type { InvoiceLine } from '../../../model/invoiceLine';
import type { FieldValue } from '../../../model/targetRecord';
import { isId } from '../ids';
import { syncroInvoiceLines } from './definition';

/** What the lines of a recurring invoice take from it. */
export type InvoiceOfLine = Pick<InvoiceLine, 'account' | 'customerId' | 'scheduleId' | 'scheduleName' | 'frequency' | 'paused'>;

/**
 * Kinds of lines (`recurring_type_id`) whose quantity is what somebody wrote: none (the specification's examples), 1 and
 * 3 (a public client: advenimus/syncromsp-mcp, schedule-line-item-fields.ts). Syncro documents none of the numbers, so
 * every other one is taken for a kind that counts by itself: such a line is never written.
 */
const WRITTEN_KINDS: readonly unknown[] = [null, 1, 3];
const ASSET_COUNTER = 4;
const CONTACT_COUNTER = 6;

/** What a line counts, by the specification's request body and the same client. A line that names any of these counts. */
const COUNTED = ['asset_type_id', 'saved_asset_search_id', 'contact_field_type_id', 'contact_field_answer_id', 'policy_folder_id', 'vendor_name', 'vendor_product_name', 'device_ids'] as const;

/**
 * A line of Syncro's answer as a record.
 *
 * @param fail called with what is wrong with the line
 */
export function invoiceLine(invoice: InvoiceOfLine, row: Record<string, unknown>, fail: (what: string) => Error): InvoiceLine {
	const { id, recurring_type_id: kind } = row;
	if (!isId(id)) throw fail('a line has no id');
	const counter = !('recurring_type_id' in row && WRITTEN_KINDS.includes(kind)) || COUNTED.some((name) => row[name] !== undefined && !isBlank(row[name]));
	const quantity = textOf(row.quantity);
	const normal = quantity === null ? null : normalDecimal(quantity);
	if (normal === undefined) throw fail(`the quantity of the line ${String(id)} is no number`);
	return {
		kind: 'invoiceLine',
		target: syncroInvoiceLines.name,
		...invoice,
		id: `${invoice.scheduleId}/${String(id)}`,
		name: textOf(row.name),
		description: textOf(row.description),
		quantity: normal,
		...centsOf('priceCents', row.retail_cents, row.price_retail),
		...centsOf('costCents', row.cost_cents, row.price_cost),
		productId: textOf(row.product_id),
		oneTimeCharge: row.one_time_charge === true,
		recurringTypeId: typeof kind === 'number' ? kind : null,
		counter,
		counts: counter ? countedBy(row) : null,
		...('contact_field_type_id' in row ? { contactFieldTypeId: textOf(row.contact_field_type_id) } : {}),
		...('contact_field_answer_id' in row ? { contactFieldAnswerId: textOf(row.contact_field_answer_id) } : {}),
	};
}

/** What a counter counts. One that bills only what goes beyond a number of units (the same client) counts otherwise than it bills. */
function countedBy({ recurring_type_id: kind, contact_field_type_id: contactField, asset_type_id: assetType, bill_all_units: billsAll }: Record<string, unknown>): InvoiceLine['counts'] {
	if (billsAll === false) return 'other';
	if (kind === CONTACT_COUNTER || isId(contactField)) return 'contacts';
	return kind === ASSET_COUNTER || isId(assetType) ? 'assets' : 'other';
}

/** Prices come as cents and as money; either will do. */
function centsOf<K extends string>(name: K, cents: unknown, money: unknown): { [key in K]?: number } {
	if (Number.isSafeInteger(cents)) return { [name]: cents } as { [key in K]?: number };
	const amount = typeof money === 'number' || typeof money === 'string' ? normalDecimal(String(money)) : undefined;
	return (amount === undefined ? {} : { [name]: timesCents(100, amount) }) as { [key in K]?: number };
}

function textOf(value: unknown): FieldValue {
	return value === null || value === undefined || typeof value === 'object' ? null : String(value);
}
