import type { IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { Microsoft365 } from '../../../nodes/Microsoft365/Microsoft365.node';
import { HARBOR_TENANT_ID, SAMPLE_APPS, VALID_SECRET } from '../../../simulators/world';
import type { TenantInABox } from './tenantInABox';

/** One execution of the Microsoft 365 node. */
export interface Run {
	items?: object[];
	/** An expression where a function, also in a collection. */
	parameters: Record<string, unknown>;
	credential?: object;
	/** Credentials of other types, by name. */
	credentials?: Record<string, object>;
	continueOnFail?: boolean;
	signal?: AbortSignal;
	executionId?: string;
	/** Type of the node, as n8n knows it. */
	type?: string;
	asTool?: boolean;
}

/** Executes the Microsoft 365 node as n8n would, against the simulated Microsoft: parameters with their defaults. */
export class NodeInABox {
	readonly node = new Microsoft365();
	/** What the node said on its output. */
	readonly hints: string[] = [];

	constructor(private readonly box: () => TenantInABox) {}

	credential(change: object = {}) {
		const { microsoft, authority } = this.box();
		return {
			tenantId: HARBOR_TENANT_ID,
			clientId: SAMPLE_APPS.consented,
			authentication: 'clientSecret',
			clientSecret: VALID_SECRET,
			cloud: 'global',
			advanced: true,
			loginAddress: microsoft.login.origin,
			graphAddress: microsoft.graph.origin,
			caCertificate: authority.cert,
			...change,
		};
	}

	context({ items = [{}], parameters, credential = this.credential(), credentials = {}, continueOnFail = false, signal, executionId = '1', type = 'n8n-nodes-entra-sync.microsoft365', asTool = false }: Run): IExecuteFunctions {
		const get = (name: string, itemIndex: number, fallback?: unknown, options?: { extractValue?: boolean }): unknown => {
			const [first, ...rest] = name.split('.');
			let stored = parameters[first] === undefined ? this.defaultOf(first, parameters) : parameters[first];
			for (const key of rest) stored = (stored as Record<string, unknown> | undefined)?.[key];
			// n8n's fallback is for what the workflow does not have, not for what an expression did not give.
			if (stored === undefined) stored = fallback;
			if (stored === undefined) throw new Error(`Could not get parameter "${name}"`);
			let value = evaluated(stored, itemIndex);
			// As n8n does with a resource locator; a plain text stays itself.
			if (options?.extractValue && typeof value === 'object' && value && 'mode' in value) value = (value as { value?: unknown }).value;
			return value;
		};
		return {
			getInputData: () => items.map((json) => ({ json })),
			getNodeParameter: get,
			getCurrentNodeParameter: (name: string) => get(name, 0),
			getCredentials: async (name: string) => await Promise.resolve(credentials[name] ?? credential),
			getNode: () => ({ id: '1', name: 'Microsoft 365', type, typeVersion: 1, position: [0, 0], parameters: asStored(parameters) as never }),
			getWorkflow: () => ({ id: 'w1', name: 'Read', active: true }),
			getExecutionId: () => executionId,
			getInstanceId: () => 'n8n',
			continueOnFail: () => continueOnFail,
			getExecutionCancelSignal: () => signal,
			isToolExecution: () => asTool,
			addExecutionHints: (...hints: Array<{ message: string }>) => this.hints.push(...hints.map(({ message }) => message)),
		} as unknown as IExecuteFunctions;
	}

	async run(run: Run): Promise<IDataObject[]> {
		return (await this.node.execute.call(this.context(run)))[0].map(({ json }) => json);
	}

	/** The default of a parameter, as n8n fills it in. */
	private defaultOf(name: string, parameters: Record<string, unknown>): unknown {
		const shown = ({ displayOptions }: INodeProperties) =>
			Object.entries(displayOptions?.show ?? {}).every(([key, values]) => !(key === 'resource' || key === 'operation') || (values as unknown[]).includes(parameters[key]));
		return this.node.description.properties.find((property) => property.name === name && shown(property))?.default;
	}
}

function evaluated(value: unknown, itemIndex: number): unknown {
	if (typeof value === 'function') return (value as (index: number) => unknown)(itemIndex);
	if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
	return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, evaluated(each, itemIndex)]));
}

/** The parameters as the workflow has them: an expression as the text that somebody wrote. */
function asStored(value: Record<string, unknown>): Record<string, unknown> {
	const stored = (each: unknown): unknown => (typeof each === 'function' ? '={{ $json.something }}' : typeof each === 'object' && each !== null && !Array.isArray(each) ? asStored(each as Record<string, unknown>) : each);
	return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, stored(each)]));
}
