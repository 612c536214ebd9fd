import type { Operation } from '../../../operation';
import { oncePerQuestion } from '../../oncePerQuestion';
import { readCustomers } from './readCustomers';

export const getMany: Operation = {
	value: 'getMany',
	name: 'Get Many',
	action: 'Get many customers',
	description: 'Get the customers of the Syncro account',
	properties: [
		{
			displayName: 'Return All',
			name: 'returnAll',
			type: 'boolean',
			default: false,
			description: 'Whether to return all results or only up to a given limit',
		},
		{
			displayName: 'Limit',
			name: 'limit',
			type: 'number',
			default: 50,
			typeOptions: { minValue: 1 },
			description: 'Max number of results to return',
			displayOptions: { show: { returnAll: [false] } },
		},
		{
			displayName: 'Options',
			name: 'options',
			type: 'collection',
			placeholder: 'Add option',
			default: {},
			options: [
				{
					displayName: 'Include Disabled',
					name: 'includeDisabled',
					type: 'boolean',
					default: false,
					description: 'Whether to return disabled customers as well',
				},
			],
		},
	],
	async allItems() {
		return await oncePerQuestion(
			this,
			(itemIndex) => ({
				limit: this.getNodeParameter('returnAll', itemIndex, false) === true ? null : Number(this.getNodeParameter('limit', itemIndex, 50)),
				includeDisabled: this.getNodeParameter('options.includeDisabled', itemIndex, false) === true,
			}),
			async ({ limit, includeDisabled }, itemIndex) => await readCustomers(this, itemIndex, { includeDisabled }, limit ?? Infinity),
		);
	},
};
