import type { EmptyList } from '../../../../sync/model/emptyList';
import { assetsToMatch } from '../../../../sync/target/syncro/assets/assets';
import { syncroAssets } from '../../../../sync/target/syncro/assets/definition';
import { connectSyncro } from '../../../connect/syncro';
import type { Operation } from '../../../operation';
import { chosenCustomer, customerLocator } from '../../customerLocator';
import { oncePerQuestion } from '../../oncePerQuestion';

/** Always the whole list, as for contacts: what belongs to an asset that was left out would be taken for new. */
export const getMany: Operation = {
	value: 'getMany',
	name: 'Get Many',
	action: 'Get many assets',
	description: 'Get all assets of a customer, with the custom fields of their types',
	properties: [
		customerLocator,
		{
			displayName: 'Options',
			name: 'options',
			type: 'collection',
			placeholder: 'Add option',
			default: {},
			options: [
				{
					displayName: 'Include Contact E-Mails',
					name: 'withContacts',
					type: 'boolean',
					default: false,
					description:
						'Whether to read the contacts of the customer too, so that Device Name and Owner finds assets by the address of their contact. Not needed where a workflow syncs the contacts: their links are known.',
				},
			],
		},
	],
	async allItems() {
		return await oncePerQuestion(
			this,
			(itemIndex) => ({ customerId: chosenCustomer(this, itemIndex), withContacts: this.getNodeParameter('options.withContacts', itemIndex, false) === true }),
			async ({ customerId, withContacts }, itemIndex) => {
				const client = await connectSyncro(this, itemIndex);
				const assets = await assetsToMatch(client, customerId, { withContacts }, { signal: this.getExecutionCancelSignal() });
				// Match refuses a part of the list.
				if (assets.length > 0) return assets.map((asset) => ({ ...asset, of: assets.length }));
				const marker: EmptyList = { kind: 'emptyList', list: 'assets', note: 'The customer has no assets.', target: syncroAssets.name, account: client.account, customerId };
				return [marker];
			},
		);
	},
};
