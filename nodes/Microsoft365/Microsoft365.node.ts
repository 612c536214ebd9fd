import type { IExecuteFunctions, INodeExecutionData, INodeType, INodeTypeDescription } from 'n8n-workflow';
import { NodeConnectionTypes } from 'n8n-workflow';
import { authenticationParameter } from '../connect/entra';
import { credentialNeed } from '../credentialNeed';
import { failWhole } from '../errors';
import { describeResources, executeOperation } from '../operation';
import { refuseRecoveredItems } from '../recoveredItems';
import { microsoft365Resources } from './actions/resources';
import { getSubscribedSkus, searchGroups, searchLicences, searchTenants } from './methods/lists';
import { testEntraApp } from './methods/testEntraApp';
import { testSyncLedger } from '../SyncLedger/methods/testSyncLedger';
import { testSecretSink } from './methods/testSecretSink';

/** All operations but these, by their values. */
function operationsExcept(values: readonly string[]): string[] {
	const all = microsoft365Resources.flatMap(({ operations }) => operations.map(({ value }) => value));
	return [...new Set(all)].filter((value) => !values.includes(value));
}

export class Microsoft365 implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Microsoft 365 (Entra Sync)',
		name: 'microsoft365',
		icon: { light: 'file:microsoft365.svg', dark: 'file:microsoft365.dark.svg' },
		group: ['input'],
		version: 1,
		subtitle: '={{ $parameter["operation"] + ": " + $parameter["resource"] }}',
		description: 'Read people, groups, devices and more of Microsoft 365 tenants, as the source of a sync; reset passwords, revoke sessions, enable and disable users',
		defaults: { name: 'Microsoft 365' },
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		usableAsTool: true,
		credentials: [
			{ name: 'entraAppApi', required: true, testedBy: 'testEntraApp', displayOptions: { show: { authentication: ['app'] } } },
			{ name: 'entraPartnerOAuth2Api', required: true, displayOptions: { show: { authentication: ['partner'] } } },
			{ name: 'syncLedgerApi', required: true, testedBy: 'testSyncLedger', displayOptions: { show: { needsLedger: [true] } } },
			{ name: 'secretSinkApi', required: true, testedBy: 'testSecretSink', displayOptions: { show: { needsSecretSink: [true] } } },
		],
		hints: [
			{
				message: 'Only the first people are read. In a sync, turn on "Return All": everybody else looks as if they had left the list.',
				displayCondition: '={{ $parameter["resource"] === "user" && $parameter["operation"] === "getMany" && $parameter["returnAll"] === false }}',
				type: 'warning',
				location: 'ndv',
				whenToDisplay: 'always',
			},
		],
		properties: [
			// A report is made of what arrives: nobody signs in for it.
			{ ...authenticationParameter, displayOptions: { hide: { resource: ['report'] } } },
			...describeResources(microsoft365Resources),
			credentialNeed('needsLedger', { operation: operationsExcept(['readNextPart', 'getChanges']) }),
			credentialNeed('needsSecretSink', { operation: operationsExcept(['resetPassword']), preview: [true] }),
		],
	};

	methods = {
		credentialTest: { testEntraApp, testSecretSink, testSyncLedger },
		loadOptions: { getSubscribedSkus },
		listSearch: { searchGroups, searchLicences, searchTenants },
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		try {
			refuseRecoveredItems(this);
		} catch (error) {
			return [failWhole(this, error)];
		}
		return await executeOperation(this, microsoft365Resources);
	}
}
