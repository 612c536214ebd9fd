import type { IDataObject, IHookFunctions, INodeProperties, IPollFunctions, IWebhookFunctions } from 'n8n-workflow';
import { Microsoft365Trigger } from '../../../nodes/Microsoft365Trigger/Microsoft365Trigger.node';
import type { Memory } from '../../../nodes/Microsoft365Trigger/memory';
import { HARBOR_TENANT_ID, SAMPLE_APPS, VALID_SECRET } from '../../../simulators/world';
import type { TenantInABox } from '../graph/tenantInABox';
import type { Receiver } from '../simulators/graph/receiver';

export const node = new Microsoft365Trigger();

/** The trigger as n8n runs it: parameters, credential and static data are the same from whichever side it is called. */
export interface Trigger {
	parameters: IDataObject;
	credential: IDataObject;
	/** n8n's static data of the node. */
	memory: Memory;
	mode: 'trigger' | 'manual';
	/** The statuses with which n8n answers the next calls that start the workflow: 500 when it could not. Afterwards 200. */
	n8nAnswers: number[];
	/** What was written to n8n's log. */
	warnings: string[];
	poll(): Promise<IDataObject[] | null>;
	publish(): Promise<void>;
	unpublish(): Promise<void>;
	/** A request to the endpoint. @returns what it answered, and the items that start the workflow */
	call(query: IDataObject, body?: unknown): Promise<{ status: number; type: string; text: string; items: IDataObject[] }>;
}

let count = 0;

export function triggerOf(box: TenantInABox, address: () => string, parameters: IDataObject = {}): Trigger {
	const nodeId = `node-${++count}`;
	const defaultOf = (name: string) => node.description.properties.find((property: INodeProperties) => property.name === name)?.default;
	const trigger: Trigger = {
		parameters,
		credential: {
			tenantId: HARBOR_TENANT_ID,
			clientId: SAMPLE_APPS.consented,
			authentication: 'clientSecret',
			clientSecret: VALID_SECRET,
			cloud: 'global',
			advanced: true,
			loginAddress: box.microsoft.login.origin,
			graphAddress: box.microsoft.graph.origin,
			caCertificate: box.authority.cert,
		},
		memory: {},
		mode: 'trigger',
		n8nAnswers: [],
		warnings: [],
		async poll() {
			const output = await node.poll.call(context as unknown as IPollFunctions);
			return output && output[0].map(({ json }) => json);
		},
		async publish() {
			const hooks = context as unknown as IHookFunctions;
			if (!(await node.webhookMethods.default.checkExists.call(hooks))) await node.webhookMethods.default.create.call(hooks);
		},
		async unpublish() {
			await node.webhookMethods.default.delete.call(context as unknown as IHookFunctions);
		},
		async call(query, body = {}) {
			const answer = { status: 0, type: '', text: '' };
			const finished: Array<() => void> = [];
			const response = {
				statusCode: 0,
				once: (_event: 'finish', listener: () => void) => finished.push(listener),
				status: (status: number) => ((answer.status = status), response),
				set: () => response,
				type: (type: string) => ((answer.type = type), response),
				send: (text: string) => ((answer.text = text), response),
			};
			const own = { ...context, getQueryData: () => query, getBodyData: () => body, getResponseObject: () => response };
			const { workflowData, noWebhookResponse } = await node.webhook.call(own as unknown as IWebhookFunctions);
			// What n8n answers by itself, once the execution has begun.
			if (!noWebhookResponse) answer.status = trigger.n8nAnswers.shift() ?? 200;
			response.statusCode = answer.status;
			for (const listener of finished) listener();
			return { ...answer, items: (workflowData?.[0] ?? []).map(({ json }) => json) };
		},
	};
	const context = {
		getNodeParameter(name: string, fallback?: unknown, options?: { extractValue?: boolean }) {
			const [first, ...rest] = name.split('.');
			let value: unknown = trigger.parameters[first] ?? defaultOf(first);
			for (const key of rest) value = (value as IDataObject | undefined)?.[key];
			if (options?.extractValue) value = (value as IDataObject).value;
			return value ?? fallback;
		},
		getCredentials: async () => await Promise.resolve(trigger.credential),
		getWorkflowStaticData: () => trigger.memory,
		getWorkflow: () => ({ id: 'workflow' }),
		getNode: () => ({ id: nodeId, name: 'Microsoft 365 Trigger', type: 'microsoft365Trigger', typeVersion: 1, position: [0, 0], parameters: {} }),
		getMode: () => trigger.mode,
		getPollBudgetMs: () => 36_000,
		getNodeWebhookUrl: address,
		logger: { warn: (text: string) => trigger.warnings.push(text) },
	};
	return trigger;
}

/** Lets what the simulated Microsoft sends to the receiver arrive at the trigger's endpoint. */
export function connectEndpoint(receiver: Receiver, trigger: Trigger): { items: IDataObject[]; statuses: number[] } {
	const arrived = { items: [] as IDataObject[], statuses: [] as number[] };
	receiver.onHandshake = async (token) => {
		const { status, type, text } = await trigger.call({ validationToken: token });
		return { status, contentType: type, body: text };
	};
	receiver.onNotifications = async (value) => {
		const { status, items } = await trigger.call({}, { value });
		arrived.items.push(...items);
		arrived.statuses.push(status);
		return { status };
	};
	return arrived;
}
