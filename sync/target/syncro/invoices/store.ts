import { normalDecimal } from '../../../model/decimal';
import type { InvoiceLine } from '../../../model/invoiceLine';
import { SyncError } from '../../../model/syncError';
import type { RecordStore } from '../../recordStore';
import type { SyncroClient } from '../client';
import { syncroInvoiceLines } from './definition';
import { allLines, getLine, updateQuantity } from './lines';

/** Lines of the recurring invoices of a Syncro account, as plans are carried out on them. */
export function invoiceLineStore(client: SyncroClient): RecordStore {
	return {
		definition: syncroInvoiceLines,
		account: client.account,
		clock: client.clock,
		failures: 'syncro.',
		wait: async (milliseconds, call) => await client.wait(milliseconds, call),
		list: async ({ customerId }, call) => await allLines(client, customerId, call),
		get: async (id, { call, doing }) => await getLine(client, id, call, doing),
		create: async (_fields, { doing }) => await refuse(doing),
		update: async (current, [{ after }], { call, doing }) => {
			const quantity = normalDecimal(after ?? '');
			if (quantity === undefined) throw refused(doing, 'a quantity must be a number', 'Set the quantity in Syncro by hand.');
			return await updateQuantity(client, current as InvoiceLine, Number(quantity), call, doing);
		},
		remove: async (_current, { doing }) => await refuse(doing),
		notStoredRemedy: () => 'Look at the line in Syncro: one that counts by itself takes no quantity.',
	};
}

/** No plan of this package holds such a change: what is billed at which price is for a person to agree on. */
async function refuse(doing: string): Promise<never> {
	return await Promise.reject(refused(doing, 'lines of recurring invoices are neither created nor taken away here', 'Add or remove the line in Syncro by hand.'));
}

function refused(doing: string, why: string, remedy: string): SyncError {
	return new SyncError(`Could not ${doing}: ${why}.`, { class: 'refused', code: 'syncro.lineKept', remedy });
}
