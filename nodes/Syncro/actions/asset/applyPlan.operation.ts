import { assetTypeNamed } from '../../../../sync/target/syncro/assets/assets';
import { syncroAssets } from '../../../../sync/target/syncro/assets/definition';
import { assetStore } from '../../../../sync/target/syncro/assets/store';
import { applyPlanOperation } from '../../../applyPlan';
import { connectSyncro } from '../../../connect/syncro';

export const applyPlan = applyPlanOperation({
	definition: syncroAssets,
	properties: [
		{
			displayName: 'Asset Type Name or ID',
			name: 'assetType',
			type: 'options',
			typeOptions: { loadOptionsMethod: 'getAssetTypes' },
			default: '',
			description:
				'Type of the assets that are created; it must exist in Syncro. Needed only where New Devices in Sync Plan is set to create. Choose from the list, or specify an ID using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
		},
	],
	async connect(context, { changes }) {
		const client = await connectSyncro(context);
		if (!changes.some(({ action }) => action === 'create')) return assetStore(client);
		// A type that does not exist is told before anything is written, in a preview as well.
		const chosen = String(context.getNodeParameter('assetType', 0, '') ?? '');
		return assetStore(client, await assetTypeNamed(client, chosen, { signal: context.getExecutionCancelSignal() }));
	},
});
