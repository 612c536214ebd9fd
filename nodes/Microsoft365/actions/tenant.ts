import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { refuseEmptyExpression } from '../../checkedParameters';

/** Which tenant an item is about; every operation asks for it first. */
export const tenantParameter: INodeProperties = {
	displayName: 'Tenant',
	name: 'tenant',
	type: 'resourceLocator',
	// By ID first: in most workflows it is an expression, one tenant per item.
	default: { mode: 'id', value: '' },
	modes: [
		{
			displayName: 'By ID or Domain',
			name: 'id',
			type: 'string',
			placeholder: 'e.g. contoso.com',
			hint: 'Leave it empty for the credential’s own tenant',
		},
		{ displayName: 'From List', name: 'list', type: 'list', typeOptions: { searchListMethod: 'searchTenants', searchable: true } },
	],
	description: 'The tenant to read: any that has consented to the app or, for a partner, lets the service account in. Empty: the credential’s own.',
};

/** @throws SyncError (input) for an expression that gave nothing: the credential's own tenant is not what was meant */
export function tenantOfItem(context: IExecuteFunctions, itemIndex: number): string {
	return tenantGiven(context, context.getNodeParameter('tenant', itemIndex, '', { extractValue: true }));
}

/** As `tenantOfItem`, where there are no items. */
export function tenantGiven(context: Pick<IExecuteFunctions, 'getNode'>, value: unknown): string {
	refuseEmptyExpression(context.getNode(), ['tenant'], 'Tenant', value);
	// An expression may give a number; it becomes what a person would read.
	return String(value ?? '').trim();
}
