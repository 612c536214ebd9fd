import { getCustomer } from '../../../../sync/target/syncro/customers';
import { connectSyncro } from '../../../connect/syncro';
import type { Operation } from '../../../operation';
import { chosenCustomer, customerLocator } from '../../customerLocator';

export const get: Operation = {
	value: 'get',
	name: 'Get',
	action: 'Get a customer',
	description: 'Get one customer of the Syncro account',
	properties: [customerLocator],
	async perItem(itemIndex) {
		const client = await connectSyncro(this, itemIndex);
		return [await getCustomer(client, chosenCustomer(this, itemIndex), { signal: this.getExecutionCancelSignal() })];
	},
};
