import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';

/** Whose secrets and certificates are read. */
export const appsParameter: INodeProperties = {
	displayName: 'Apps',
	name: 'apps',
	type: 'options',
	options: [
		{ name: 'All Registered in the Tenant', value: 'all', description: 'Apps that only have consent in the tenant are registered elsewhere' },
		{ name: 'This Credential’s App Only', value: 'own', description: 'Its registration is in its home tenant' },
	],
	default: 'all',
	description: 'Whose secrets and certificates to read',
};

export function ownOnlyOfItem(context: IExecuteFunctions, itemIndex: number): boolean {
	return context.getNodeParameter('apps', itemIndex, 'all') === 'own';
}
