import { getContact } from '../../../../sync/target/syncro/contacts/contacts';
import { connectSyncro } from '../../../connect/syncro';
import type { Operation } from '../../../operation';

export const get: Operation = {
	value: 'get',
	name: 'Get',
	action: 'Get a contact',
	description: 'Get one contact by its ID',
	properties: [
		{
			displayName: 'Contact ID',
			name: 'contactId',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. 1234567',
			description: 'The number of the contact in Syncro',
		},
	],
	async perItem(itemIndex) {
		const client = await connectSyncro(this, itemIndex);
		const id = String(this.getNodeParameter('contactId', itemIndex) ?? '').trim();
		return [await getContact(client, id, { signal: this.getExecutionCancelSignal() })];
	},
};
