import { openLedger } from '../../../connect/ledger';
import type { Operation } from '../../../operation';
import { required } from '../pairingParameters';

export const erasePerson: Operation = {
	value: 'erase',
	name: 'Erase',
	action: 'Erase a person',
	description:
		'Remove every trace of a person from the ledger, in all tenants: links, names and values. What was written for this person can\'t be undone afterwards; the target is not touched.',
	properties: [
		{
			displayName: 'Person ID',
			name: 'personId',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. 87d349ed-44d7-43e1-9a83-5f2406dee5bd',
			description: 'The Entra object ID of the person',
		},
	],
	async perItem(itemIndex) {
		const personId = required(this.getNodeParameter('personId', itemIndex), 'Person ID').toLowerCase();
		const ledger = await openLedger(this, itemIndex);
		return [{ personId, erased: true, ...(await ledger.erasePerson(personId)) }];
	},
};
