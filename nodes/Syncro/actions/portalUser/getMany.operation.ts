import type { EmptyList } from '../../../../sync/model/emptyList';
import { syncroPortalUsers } from '../../../../sync/target/syncro/portalUsers/definition';
import { allPortalUsers } from '../../../../sync/target/syncro/portalUsers/portalUsers';
import { connectSyncro } from '../../../connect/syncro';
import type { Operation } from '../../../operation';
import { chosenCustomer, customerLocator } from '../../customerLocator';
import { oncePerQuestion } from '../../oncePerQuestion';

/** Always the whole list, for the reason that contacts are (contact/getMany). */
export const getMany: Operation = {
	value: 'getMany',
	name: 'Get Many',
	action: 'Get many portal users',
	description: 'Get all users of the client portal of a customer. The API token needs the permission Global Admin.',
	properties: [customerLocator],
	async allItems() {
		return await oncePerQuestion(
			this,
			(itemIndex) => chosenCustomer(this, itemIndex),
			async (customerId, itemIndex) => {
				const client = await connectSyncro(this, itemIndex);
				const users = await allPortalUsers(client, customerId, { signal: this.getExecutionCancelSignal() });
				if (users.length > 0) return users.map((user) => ({ ...user, of: users.length }));
				const marker: EmptyList = { kind: 'emptyList', list: 'portalUsers', note: 'The customer has no portal users.', target: syncroPortalUsers.name, account: client.account, customerId };
				return [marker];
			},
		);
	},
};
