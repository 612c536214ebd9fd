import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';

/** Which tenant an item is about; every operation asks for it first. */
export const tenantParameter: INodeProperties = {
	displayName: 'Tenant',
	name: 'tenant',
	type: 'string',
	default: '',
	placeholder: 'e.g. contoso.com',
	description: 'ID or domain of the tenant to read. Leave it empty for the credential’s tenant. The app needs consent in it.',
};

export function tenantOfItem(context: IExecuteFunctions, itemIndex: number): string {
	// An expression may give null or a number; both become what a person would read.
	return String(context.getNodeParameter('tenant', itemIndex, '') ?? '').trim();
}
