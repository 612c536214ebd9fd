import { openTickets } from '../../../../sync/target/syncro/tickets/tickets';
import { syncroTickets } from '../../../../sync/target/syncro/tickets/definition';
import type { Operation } from '../../../operation';
import { customerLocator } from '../../customerLocator';
import { wholeListOfCustomer } from '../../wholeListOfCustomer';

export const getMany: Operation = {
	value: 'getMany',
	name: 'Get Many',
	action: 'Get many tickets',
	description: 'Get all open tickets of a customer, with the finding of the security audit that each was opened for; comments are left out',
	properties: [customerLocator],
	async allItems() {
		return await wholeListOfCustomer(this, syncroTickets, 'The customer has no open tickets.', openTickets);
	},
};
