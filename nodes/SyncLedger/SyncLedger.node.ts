import type { IExecuteFunctions, INodeExecutionData, INodeType, INodeTypeDescription } from 'n8n-workflow';
import { NodeConnectionTypes } from 'n8n-workflow';
import { failWhole } from '../errors';
import { describeResources, executeOperation } from '../operation';
import { refuseRecoveredItems } from '../recoveredItems';
import { syncLedgerResources } from './actions/resources';
import { searchPairings, searchRuns } from './methods/lists';
import { testSyncLedger } from './methods/testSyncLedger';

export class SyncLedger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Sync Ledger (Entra Sync)',
		name: 'syncLedger',
		icon: { light: 'file:syncLedger.svg', dark: 'file:syncLedger.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle: '={{ $parameter["operation"] + ": " + $parameter["resource"] }}',
		description: 'Begin and end sync runs, look at what they did, undo them, keep the links and pairings that syncs remember, and hold back tenants that keep failing',
		defaults: { name: 'Sync Ledger' },
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		usableAsTool: true,
		credentials: [{ name: 'syncLedgerApi', required: true, testedBy: 'testSyncLedger' }],
		hints: [
			{
				message: 'Preview: the changes that would undo the run are shown, and Apply writes none of them. Turn Preview off to undo.',
				displayCondition: '={{ $parameter["resource"] === "run" && $parameter["operation"] === "undo" && $parameter["preview"] === true }}',
				type: 'info',
				location: 'ndv',
				whenToDisplay: 'always',
			},
			{
				message: 'Preview: what would be forgotten is counted, and nothing changes. Turn Preview off to disconnect the tenant.',
				displayCondition: '={{ $parameter["resource"] === "tenant" && $parameter["operation"] === "disconnect" && $parameter["preview"] === true }}',
				type: 'info',
				location: 'ndv',
				whenToDisplay: 'always',
			},
			{
				message: 'A tenant or customer that is paired otherwise loses that pairing.',
				displayCondition: '={{ $parameter["resource"] === "pairing" && $parameter["operation"] === "set" && $parameter["replace"] === true }}',
				type: 'warning',
				location: 'ndv',
				whenToDisplay: 'always',
			},
		],
		properties: describeResources(syncLedgerResources),
	};

	methods = {
		credentialTest: { testSyncLedger },
		listSearch: { searchRuns, searchPairings },
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		try {
			refuseRecoveredItems(this);
		} catch (error) {
			return [failWhole(this, error)];
		}
		return await executeOperation(this, syncLedgerResources);
	}
}
