import type { EmptyList } from '../../../../sync/model/emptyList';
import { rememberedRecords } from '../../../../sync/target/http/records';
import { connectHttpTarget } from '../../../connect/httpTarget';
import { openLedger } from '../../../connect/ledger';
import type { Operation } from '../../../operation';
import { tenantIdOf } from '../../../SyncLedger/actions/pairingParameters';
import { oncePerQuestion } from '../../../Syncro/oncePerQuestion';
import { chosenRecords, customerIdProperty, recordsProperty, requiredText } from './parameters';

/** For endpoints that cannot be read: what was written stands for what is there. */
export const getRemembered: Operation = {
	value: 'getRemembered',
	name: 'Get Remembered',
	action: 'Get remembered records',
	description: 'Get what was written to an endpoint that cannot be read, from the Sync Ledger',
	properties: [
		recordsProperty,
		{
			displayName: 'Tenant ID',
			name: 'tenantId',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. 8f0f3b5e-0b2c-4d0e-9a6b-6a2f2f6f3c11',
			description: 'The directory (tenant) ID, as in Sync Ledger → Run → Start',
		},
		customerIdProperty,
	],
	async allItems() {
		return await oncePerQuestion(
			this,
			(itemIndex) => ({ target: chosenRecords(this, itemIndex).name, tenantId: tenantIdOf(this.getNodeParameter('tenantId', itemIndex)), customerId: requiredText(this, 'customerId', 'Customer ID', itemIndex) }),
			async (asked, itemIndex) => {
				const client = await connectHttpTarget(this, itemIndex);
				const pairing = { ...asked, account: client.endpoint.account };
				const ledger = await openLedger(this, itemIndex);
				const links = await ledger.links(pairing);
				if (links.length > 0) return rememberedRecords(pairing, links);
				const marker: EmptyList = { kind: 'emptyList', list: 'records', note: 'Nothing was written for this tenant and customer yet.', ...pairing };
				return [marker];
			},
		);
	},
};
