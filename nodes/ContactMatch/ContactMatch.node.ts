import type { IExecuteFunctions, INodeExecutionData, INodeType, INodeTypeDescription } from 'n8n-workflow';
import { NodeConnectionTypes } from 'n8n-workflow';
import { credentialNeed } from '../credentialNeed';
import { failWhole } from '../errors';
import { testEntraApp } from '../Microsoft365/methods/testEntraApp';
import { testSyncLedger } from '../SyncLedger/methods/testSyncLedger';
import { matchProperties } from './description';
import { matchInputs } from './matchInputs';

export class ContactMatch implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Contact Match (Entra Sync)',
		name: 'contactMatch',
		icon: { light: 'file:contactMatch.svg', dark: 'file:contactMatch.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle: '={{ "by " + ($parameter["rules"]["rule"] ?? []).map(r => r.by).join(", then ") }}',
		description: 'Find out which person belongs to which contact, which device to which asset, and so on: remembered links first, then your rules. Writes nothing.',
		defaults: { name: 'Contact Match' },
		inputs: [
			{ type: NodeConnectionTypes.Main, displayName: 'Microsoft 365' },
			{ type: NodeConnectionTypes.Main, displayName: 'Target' },
		],
		outputs: [NodeConnectionTypes.Main],
		usableAsTool: true,
		credentials: [
			{ name: 'syncLedgerApi', required: true, testedBy: 'testSyncLedger', displayOptions: { show: { needsLedger: [true] } } },
			{ name: 'entraAppApi', required: true, testedBy: 'testEntraApp', displayOptions: { show: { needsEntra: [true], authentication: ['app'] } } },
			{ name: 'entraPartnerOAuth2Api', required: true, displayOptions: { show: { needsEntra: [true], authentication: ['partner'] } } },
		],
		properties: [
			...matchProperties,
			credentialNeed('needsLedger', { useLinks: [false] }),
			// What is not in the list is looked up there.
			credentialNeed('needsEntra', { useLinks: [false], checkMissing: [false] }),
		],
	};

	methods = { credentialTest: { testEntraApp, testSyncLedger } };

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		try {
			return [await matchInputs(this)];
		} catch (error) {
			return [failWhole(this, error)];
		}
	}
}
