import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { wholeNumber } from '../../checkedParameters';

/** Whether a list is read to its end. */
export const limitParameters: INodeProperties[] = [
	{
		displayName: 'Return All',
		name: 'returnAll',
		type: 'boolean',
		// A sync compares whole lists; n8n's usual default would hand it the first fifty records.
		default: true,
		description: 'Whether to return all results or only up to a given limit',
	},
	{
		displayName: 'Limit',
		name: 'limit',
		type: 'number',
		typeOptions: { minValue: 1 },
		default: 50,
		displayOptions: { show: { returnAll: [false] } },
		description: 'Max number of results to return',
	},
];

/** @returns undefined when everything is wanted */
export function limitOfItem(context: IExecuteFunctions, itemIndex: number): number | undefined {
	// Whatever an expression gives that is not "no": the whole list is what a sync can live with.
	return context.getNodeParameter('returnAll', itemIndex, true) === false ? wholeNumber(context.getNodeParameter('limit', itemIndex), 'Limit') : undefined;
}
