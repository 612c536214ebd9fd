import { customerWithFields } from '../../../../sync/target/syncro/customerFields/customerFields';
import { connectSyncro } from '../../../connect/syncro';
import type { Operation } from '../../../operation';
import { chosenCustomer, customerLocator } from '../../customerLocator';
import { oncePerQuestion } from '../../oncePerQuestion';

export const getFields: Operation = {
	value: 'getFields',
	name: 'Get Fields',
	action: 'Get the custom fields of a customer',
	description: 'Get one customer with all of its custom fields, to match it with the facts of its tenant and keep them up to date',
	properties: [customerLocator],
	async allItems() {
		return await oncePerQuestion(
			this,
			(itemIndex) => chosenCustomer(this, itemIndex),
			async (customerId, itemIndex) => {
				const client = await connectSyncro(this, itemIndex);
				// Match refuses a part of the list: of a customer there is one.
				return [{ ...(await customerWithFields(client, customerId, { signal: this.getExecutionCancelSignal() })), of: 1 }];
			},
		);
	},
};
