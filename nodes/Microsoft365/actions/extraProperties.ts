import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { listOf } from '../../checkedParameters';

/**
 * Properties that are not offered by name, as an option.
 *
 * @param more further options of the operation
 * @param hint what else there is to know
 */
export function extraPropertiesOption(records: string, placeholder: string, more: readonly INodeProperties[] = [], hint = ''): INodeProperties {
	return {
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		options: [
			{
				displayName: 'Extra Properties',
				name: 'extraProperties',
				type: 'string',
				default: '',
				placeholder: `e.g. ${placeholder}`,
				description: `Further properties of ${records} by their names in Microsoft Graph, separated by commas${hint === '' ? '' : `. ${hint}`}`,
			},
			...more,
		],
	};
}

export function extraPropertiesOfItem(context: IExecuteFunctions, itemIndex: number): string[] {
	return listOf(context.getNodeParameter('options.extraProperties', itemIndex, ''));
}
