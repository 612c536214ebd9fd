import type { IExecuteFunctions } from 'n8n-workflow';
import type { TenantResult } from '../../../../sync/ledger/tenants';
import { choice } from '../../../checkedParameters';
import { openLedger } from '../../../connect/ledger';
import type { Operation } from '../../../operation';
import { errorOf } from '../run/outcomes';
import { readTenantId, tenantIdParameter, tenantItem } from './tenantParameters';

export const reportTenant: Operation = {
	value: 'report',
	name: 'Report Result',
	action: 'Report the result of a tenant',
	description: 'Count a failure of a tenant, or release it: one success is enough. Run → Finish does this by itself; this is for work without a run.',
	properties: [
		tenantIdParameter,
		{
			displayName: 'Result',
			name: 'result',
			type: 'options',
			options: [
				{ name: 'From the Item', value: 'item', description: 'Failed when the item carries an error, for example from an error output; else succeeded' },
				{ name: 'Failed', value: 'failed' },
				{ name: 'Succeeded', value: 'succeeded' },
			],
			default: 'item',
			description: 'How the work on the tenant ended',
		},
		{
			displayName: 'Message',
			name: 'message',
			type: 'string',
			default: '',
			placeholder: 'e.g. {{ $json.error }}',
			description: 'Why it failed. The digest tells a failure again when this changes.',
			displayOptions: { show: { result: ['failed'] } },
		},
		{
			displayName: 'Tenant Name',
			name: 'tenantName',
			type: 'string',
			default: '={{ $json.tenantName || $json.displayName || "" }}',
			description: 'For lists and digests. Empty: the name that is known stays.',
		},
	],
	async perItem(itemIndex) {
		const tenantId = readTenantId(this, itemIndex);
		const name = String(this.getNodeParameter('tenantName', itemIndex, '') ?? '').trim();
		const ledger = await openLedger(this, itemIndex);
		return [tenantItem(await ledger.reportTenant(tenantId, resultOf(this, itemIndex), name === '' ? undefined : name))];
	},
};

function resultOf(context: IExecuteFunctions, itemIndex: number): TenantResult {
	const chosen = choice(context.getNodeParameter('result', itemIndex), 'Result', ['item', 'failed', 'succeeded']);
	if (chosen === 'succeeded') return { succeeded: true };
	if (chosen === 'failed') return { succeeded: false, message: String(context.getNodeParameter('message', itemIndex, '') ?? '').trim() || 'No reason was given.' };
	const message = errorOf(context.getInputData()[itemIndex]);
	return message === undefined ? { succeeded: true } : { succeeded: false, message };
}
