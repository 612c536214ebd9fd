import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';

export function groupParameter(description: string, displayOptions?: INodeProperties['displayOptions']): INodeProperties {
	return {
		displayName: 'Group',
		name: 'group',
		type: 'resourceLocator',
		default: { mode: 'list', value: '' },
		required: true,
		displayOptions,
		description,
		modes: [
			{ displayName: 'From List', name: 'list', type: 'list', typeOptions: { searchListMethod: 'searchGroups', searchable: true } },
			{
				displayName: 'By ID',
				name: 'id',
				type: 'string',
				placeholder: 'e.g. 9d0c7b52-30f1-4a6e-8c11-000000000001',
				validation: [
					{
						type: 'regex',
						properties: { regex: '^\\s*[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}\\s*$', errorMessage: 'This is not the object ID of a group' },
					},
				],
			},
		],
	};
}

/** An empty choice is an empty text, which no read takes for "all groups". */
export function groupOfItem(context: IExecuteFunctions, itemIndex: number): string {
	return String(context.getNodeParameter('group', itemIndex, '', { extractValue: true }) ?? '').trim();
}
