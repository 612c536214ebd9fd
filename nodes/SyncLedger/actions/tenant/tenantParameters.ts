import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import type { TenantState } from '../../../../sync/ledger/tenants';
import { iso } from '../items';
import { tenantIdOf } from '../pairingParameters';

/** Which tenant an item is about. */
export const tenantIdParameter: INodeProperties = {
	displayName: 'Tenant ID',
	name: 'tenantId',
	type: 'string',
	required: true,
	default: '={{ $json.tenantId }}',
	description: 'The directory (tenant) ID, as Microsoft 365: Customer → Get Many gives it',
};

/** @throws SyncError when it is no directory ID */
export function readTenantId(context: IExecuteFunctions, itemIndex: number): string {
	return tenantIdOf(context.getNodeParameter('tenantId', itemIndex));
}

/** A tenant's state as an item; moments are ISO 8601 texts. */
export function tenantItem(state: TenantState): object {
	const { tenantId, name, failures, message } = state;
	const moments = { failingSince: state.failingSince, lastFailureAt: state.lastFailureAt, lastSuccessAt: state.lastSuccessAt, nextTryAt: state.nextTryAt };
	return {
		kind: 'tenantState',
		tenantId,
		...(name === undefined ? {} : { tenantName: name }),
		failing: failures > 0,
		failures,
		...Object.fromEntries(Object.entries(moments).flatMap(([key, moment]) => (moment === undefined ? [] : [[key, iso(moment)]]))),
		...(message === undefined ? {} : { message }),
	};
}
