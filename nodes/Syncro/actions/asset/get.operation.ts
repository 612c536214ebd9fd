import { getAsset } from '../../../../sync/target/syncro/assets/assets';
import { connectSyncro } from '../../../connect/syncro';
import type { Operation } from '../../../operation';

export const get: Operation = {
	value: 'get',
	name: 'Get',
	action: 'Get an asset',
	description: 'Get one asset by its ID',
	properties: [
		{
			displayName: 'Asset ID',
			name: 'assetId',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. 1234567',
			description: 'The number of the asset in Syncro',
		},
	],
	async perItem(itemIndex) {
		const client = await connectSyncro(this, itemIndex);
		const id = String(this.getNodeParameter('assetId', itemIndex) ?? '').trim();
		return [await getAsset(client, id, { signal: this.getExecutionCancelSignal() })];
	},
};
