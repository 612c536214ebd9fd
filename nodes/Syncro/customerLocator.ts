import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';

/** Chooses one customer of the account: from the list, or by id. */
export const customerLocator: INodeProperties = {
	displayName: 'Customer',
	name: 'customer',
	type: 'resourceLocator',
	default: { mode: 'list', value: '' },
	required: true,
	description: 'The customer (organization) in Syncro',
	modes: [
		{
			displayName: 'From List',
			name: 'list',
			type: 'list',
			placeholder: 'Select a customer…',
			typeOptions: { searchListMethod: 'searchCustomers', searchable: true },
		},
		{
			displayName: 'By ID',
			name: 'id',
			type: 'string',
			placeholder: 'e.g. 1234567',
			validation: [{ type: 'regex', properties: { regex: '^\\s*[0-9]+\\s*$', errorMessage: 'Ids of Syncro customers are whole numbers' } }],
		},
	],
};

/** Id of the chosen customer, as text. */
export function chosenCustomer(context: IExecuteFunctions, itemIndex: number): string {
	return String(context.getNodeParameter('customer', itemIndex, '', { extractValue: true }) ?? '').trim();
}
