import type { IExecuteFunctions, INodeExecutionData, INodeType, INodeTypeDescription } from 'n8n-workflow';
import { NodeConnectionTypes } from 'n8n-workflow';
import { failWhole } from '../errors';
import { testSyncLedger } from '../SyncLedger/methods/testSyncLedger';
import { planProperties } from './description';
import { planInputs } from './planInputs';

export class SyncPlan implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Sync Plan (Entra Sync)',
		name: 'syncPlan',
		icon: { light: 'file:syncPlan.svg', dark: 'file:syncPlan.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle: '={{ $parameter["mode"] + ": " + $parameter["target"] }}',
		description: 'Work out what has to change in the target, field by field, and hold back what a person should look at first. Writes nothing to the target.',
		defaults: { name: 'Sync Plan' },
		inputs: [{ type: NodeConnectionTypes.Main, displayName: 'Matches' }],
		outputs: [NodeConnectionTypes.Main, NodeConnectionTypes.Main, NodeConnectionTypes.Main],
		outputNames: ['Changes', 'Held', 'Summary'],
		usableAsTool: true,
		credentials: [{ name: 'syncLedgerApi', required: true, testedBy: 'testSyncLedger' }],
		properties: planProperties,
	};

	methods = { credentialTest: { testSyncLedger } };

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		try {
			return await planInputs(this);
		} catch (error) {
			return [failWhole(this, error), [], []];
		}
	}
}
