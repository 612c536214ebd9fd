import { openAlerts } from '../../../../sync/target/syncro/alerts/alerts';
import { syncroAlerts } from '../../../../sync/target/syncro/alerts/definition';
import type { Operation } from '../../../operation';
import { customerLocator } from '../../customerLocator';
import { wholeListOfCustomer } from '../../wholeListOfCustomer';

export const getMany: Operation = {
	value: 'getMany',
	name: 'Get Many',
	action: 'Get many alerts',
	description: 'Get all open RMM alerts of a customer, with the finding of the security audit that each was raised for',
	properties: [customerLocator],
	async allItems() {
		return await wholeListOfCustomer(this, syncroAlerts, 'The customer has no open alerts.', openAlerts);
	},
};
