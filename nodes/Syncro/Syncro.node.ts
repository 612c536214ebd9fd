import type { IExecuteFunctions, INodeExecutionData, INodeType, INodeTypeDescription } from 'n8n-workflow';
import { NodeConnectionTypes } from 'n8n-workflow';
import { sharePaceParameter } from '../connect/syncro';
import { credentialNeed } from '../credentialNeed';
import { describeResources, executeOperation } from '../operation';
import { resources } from './actions/resources';
import { testSyncLedger } from '../SyncLedger/methods/testSyncLedger';
import { getAssetTypes } from './methods/getAssetTypes';
import { searchCustomers } from './methods/searchCustomers';
import { syncroTokenTest } from './methods/syncroTokenTest';

/** They need the ledger only to share the pace. */
const READS = ['get', 'getFields', 'getLines', 'getMany', 'search', 'compareLicences'];

export class Syncro implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Syncro (Entra Sync)',
		name: 'syncro',
		icon: { light: 'file:syncro.svg', dark: 'file:syncro.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle: '={{ $parameter["operation"] + ": " + $parameter["resource"] }}',
		description: 'Read customers, contacts, assets, alerts and tickets of Syncro, and carry out what Sync Plan worked out',
		defaults: { name: 'Syncro' },
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		usableAsTool: true,
		credentials: [
			{ name: 'syncroTokenApi', required: true, testedBy: 'syncroTokenTest' },
			{ name: 'syncLedgerApi', required: true, testedBy: 'testSyncLedger', displayOptions: { show: { needsLedger: [true] } } },
		],
		properties: [
			...describeResources(resources),
			sharePaceParameter(READS),
			credentialNeed('needsLedger', { operation: [...READS] }),
			credentialNeed('needsLedger', { sharePace: [false] }),
		],
	};

	methods = {
		credentialTest: { syncroTokenTest, testSyncLedger },
		listSearch: { searchCustomers },
		loadOptions: { getAssetTypes },
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await executeOperation(this, resources);
	}
}
