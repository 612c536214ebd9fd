import type { IExecuteFunctions, INodeExecutionData, INodeType, INodeTypeDescription } from 'n8n-workflow';
import { NodeConnectionTypes } from 'n8n-workflow';
import { credentialNeed } from '../credentialNeed';
import { describeResources, executeOperation } from '../operation';
import { testSyncLedger } from '../SyncLedger/methods/testSyncLedger';
import { resources } from './actions/resources';
import { httpTargetTest } from './methods/httpTargetTest';

export class HttpTarget implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'HTTP Target (Entra Sync)',
		name: 'httpTarget',
		icon: { light: 'file:httpTarget.svg', dark: 'file:httpTarget.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle: '={{ $parameter["operation"] + ": " + $parameter["resource"] }}',
		description: 'Feed any REST endpoint with people, devices and figures of Microsoft 365, as Sync Plan worked it out',
		defaults: { name: 'HTTP Target' },
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		usableAsTool: true,
		credentials: [
			{ name: 'httpTargetApi', required: true, testedBy: 'httpTargetTest' },
			{ name: 'syncLedgerApi', required: true, testedBy: 'testSyncLedger', displayOptions: { show: { needsLedger: [true] } } },
		],
		properties: [...describeResources(resources), credentialNeed('needsLedger', { operation: ['getMany'] })],
	};

	methods = { credentialTest: { httpTargetTest, testSyncLedger } };

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await executeOperation(this, resources);
	}
}
