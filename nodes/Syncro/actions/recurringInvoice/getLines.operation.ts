import type { EmptyList } from '../../../../sync/model/emptyList';
import { syncroInvoiceLines } from '../../../../sync/target/syncro/invoices/definition';
import { withFamilies } from '../../../../sync/target/syncro/invoices/lineFamilies';
import { allLines } from '../../../../sync/target/syncro/invoices/lines';
import { connectSyncro } from '../../../connect/syncro';
import type { Operation } from '../../../operation';
import { chosenCustomer, customerLocator } from '../../customerLocator';
import { oncePerQuestion } from '../../oncePerQuestion';
import { lineFamiliesOfItem, lineFamiliesParameter } from './lineFamilies';

/** Always the whole list: whether several lines bill the same is seen only in all of them. So there is no limit here. */
export const getLines: Operation = {
	value: 'getLines',
	name: 'Get Lines',
	action: 'Get lines of recurring invoices',
	description: 'Get the lines of all recurring invoices of a customer, and which of them Syncro counts by itself',
	properties: [customerLocator, lineFamiliesParameter],
	async allItems() {
		return await oncePerQuestion(
			this,
			(itemIndex) => ({ customerId: chosenCustomer(this, itemIndex), families: lineFamiliesOfItem(this, itemIndex) }),
			async ({ customerId, families }, itemIndex) => {
				const client = await connectSyncro(this, itemIndex);
				const lines = withFamilies(await allLines(client, customerId, { signal: this.getExecutionCancelSignal() }), families);
				// Match refuses a part of the list.
				if (lines.length > 0) return lines.map((line) => ({ ...line, of: lines.length }));
				const marker: EmptyList = { kind: 'emptyList', list: 'invoiceLines', note: 'The customer has no recurring invoice with lines.', target: syncroInvoiceLines.name, account: client.account, customerId };
				return [marker];
			},
		);
	},
};
