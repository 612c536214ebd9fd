import type { EmptyList } from '../../../../sync/model/emptyList';
import { allContacts } from '../../../../sync/target/syncro/contacts/contacts';
import { connectSyncro } from '../../../connect/syncro';
import type { Operation } from '../../../operation';
import { chosenCustomer, customerLocator } from '../../customerLocator';
import { oncePerQuestion } from '../../oncePerQuestion';

/**
 * Always the whole list: whoever matches against a part of it finds the people of the rest to be new, and creates
 * them a second time. So there is no limit here.
 */
export const getMany: Operation = {
	value: 'getMany',
	name: 'Get Many',
	action: 'Get many contacts',
	description: 'Get all contacts of a customer',
	properties: [customerLocator],
	async allItems() {
		return await oncePerQuestion(
			this,
			(itemIndex) => chosenCustomer(this, itemIndex),
			async (customerId, itemIndex) => {
				const client = await connectSyncro(this, itemIndex);
				const contacts = await allContacts(client, customerId, { signal: this.getExecutionCancelSignal() });
				// Match refuses a part of the list.
				if (contacts.length > 0) return contacts.map((contact) => ({ ...contact, of: contacts.length }));
				const marker: EmptyList = { kind: 'emptyList', list: 'contacts', note: 'The customer has no contacts.', target: 'syncro', account: client.account, customerId };
				return [marker];
			},
		);
	},
};
