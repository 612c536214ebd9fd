import type { INodeType, INodeTypeDescription } from 'n8n-workflow';
import { NodeConnectionTypes } from 'n8n-workflow';
import { searchTenants } from '../Microsoft365/methods/lists';
import { testEntraApp } from '../Microsoft365/methods/testEntraApp';
import { properties } from './description';
import { poll } from './poll';
import { subscription } from './subscription';
import { webhook } from './webhook';

const BY_NOTIFICATIONS = '$parameter["delivery"] === "notifications" && $parameter["resource"] !== "licences"';

/** Without a method n8n registers no endpoint, and waits for no call when somebody tests the node. */
const METHOD = `={{ ${BY_NOTIFICATIONS} ? "POST" : "" }}`;

export class Microsoft365Trigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Microsoft 365 (Entra Sync) Trigger',
		name: 'microsoft365Trigger',
		icon: { light: 'file:microsoft365Trigger.svg', dark: 'file:microsoft365Trigger.dark.svg' },
		group: ['trigger'],
		version: 1,
		subtitle: `={{ $parameter["resource"] + (${BY_NOTIFICATIONS} ? ": notifications" : ": polling") }}`,
		description: 'Starts the workflow when users, groups, devices or licences of a Microsoft 365 tenant change',
		eventTriggerDescription: 'Waiting for a change in the tenant',
		activationMessage: 'Changes in the tenant will start this workflow from now on.',
		defaults: { name: 'Microsoft 365 Trigger' },
		polling: true,
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'entraAppApi', required: true, testedBy: 'testEntraApp' }],
		webhooks: [
			{
				name: 'default',
				httpMethod: METHOD,
				path: 'webhook',
				responseMode: 'onReceived',
				responseData: 'noData',
				ndvHideUrl: `={{ !(${BY_NOTIFICATIONS}) }}`,
			},
		],
		properties,
	};

	methods = { credentialTest: { testEntraApp }, listSearch: { searchTenants } };

	webhookMethods = { default: subscription };

	poll = poll;

	webhook = webhook;
}
