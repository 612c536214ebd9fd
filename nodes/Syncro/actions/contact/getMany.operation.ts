import { allContacts } from '../../../../sync/target/syncro/contacts/contacts';
import { syncroContacts } from '../../../../sync/target/syncro/contacts/definition';
import type { Operation } from '../../../operation';
import { customerLocator } from '../../customerLocator';
import { wholeListOfCustomer } from '../../wholeListOfCustomer';

export const getMany: Operation = {
	value: 'getMany',
	name: 'Get Many',
	action: 'Get many contacts',
	description: 'Get all contacts of a customer',
	properties: [customerLocator],
	async allItems() {
		return await wholeListOfCustomer(this, syncroContacts, 'The customer has no contacts.', allContacts);
	},
};
