import { SyncError } from '../../../../sync/model/syncError';
import type { Operation } from '../../../operation';
import { oncePerQuestion } from '../../oncePerQuestion';
import { readCustomers } from './readCustomers';

export const search: Operation = {
	value: 'search',
	name: 'Search',
	action: 'Search customers',
	description: 'Find customers by a part of their name, e-mail address or phone number. Several may match.',
	properties: [
		{
			displayName: 'Search Text',
			name: 'query',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. Northwind',
			description: 'Part of the name, e-mail address or phone number',
		},
		{
			displayName: 'Limit',
			name: 'limit',
			type: 'number',
			default: 50,
			typeOptions: { minValue: 1 },
			description: 'Max number of results to return',
		},
	],
	async allItems() {
		return await oncePerQuestion(
			this,
			(itemIndex) => ({
				query: String(this.getNodeParameter('query', itemIndex, '') ?? '').trim(),
				limit: Number(this.getNodeParameter('limit', itemIndex, 50)),
			}),
			async ({ query, limit }, itemIndex) => {
				if (query === '') {
					throw new SyncError('The search text is empty.', {
						class: 'input',
						code: 'syncro.emptySearch',
						remedy: 'Enter a part of the customer\'s name, or use Customer → Get Many for all of them.',
					});
				}
				return await readCustomers(this, itemIndex, { query }, limit);
			},
		);
	},
};
