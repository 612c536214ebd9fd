import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { SyncLedger } from '../../../../nodes/SyncLedger/SyncLedger.node';

export interface Execution {
	resource: string;
	operation: string;
	parameters?: Record<string, unknown>;
	items?: INodeExecutionData[];
	executionId?: string;
	instanceId?: string;
	continueOnFail?: boolean;
}

/** Executes the Sync Ledger node as n8n would: parameters with their defaults, one credential, hints collected. */
export class FakeN8n {
	readonly hints: string[] = [];

	constructor(private readonly credential: IDataObject) {}

	async execute(execution: Execution): Promise<IDataObject[]> {
		const [output] = await new SyncLedger().execute.call(this.context(execution));
		return output.map(({ json }) => json);
	}

	/** The node's error as a person sees it. */
	async refusal(execution: Execution): Promise<{ message: string; description: string; code: unknown }> {
		try {
			await this.execute(execution);
		} catch (error) {
			const { message, description, context } = error as { message: string; description: string; context: { data?: { code?: string } } };
			return { message, description, code: context.data?.code };
		}
		throw new Error('It was not refused.');
	}

	context({ resource, operation, parameters = {}, items = [{ json: {} }], executionId = '1', instanceId = 'n8n', continueOnFail = false }: Execution): IExecuteFunctions {
		const values: Record<string, unknown> = { ...defaultsOf(resource, operation), ...parameters, resource, operation };
		const context = {
			getInputData: () => items,
			getNodeParameter: (name: string, itemIndex: number, fallback?: unknown, options?: { extractValue?: boolean }) => {
				const value = name in values ? values[name] : fallback;
				const resolved = typeof value === 'function' ? (value as (json: IDataObject) => unknown)(items[itemIndex].json) : value;
				const isLocator = typeof resolved === 'object' && resolved !== null && 'mode' in resolved;
				return options?.extractValue && isLocator ? (resolved as unknown as { value: unknown }).value : resolved;
			},
			getCredentials: async () => this.credential,
			getNode: () => ({ id: 'n', name: 'Sync Ledger', type: 'n8n-nodes-entra-sync.syncLedger', typeVersion: 1, position: [0, 0], parameters: {} }),
			getWorkflow: () => ({ id: 'w1', name: 'Contacts', active: true }),
			getExecutionId: () => executionId,
			getInstanceId: () => instanceId,
			continueOnFail: () => continueOnFail,
			addExecutionHints: (...hints: Array<{ message: string }>) => this.hints.push(...hints.map(({ message }) => message)),
		};
		return context as unknown as IExecuteFunctions;
	}
}

/** What n8n fills in: the default of every parameter that is shown for the operation. */
function defaultsOf(resource: string, operation: string): Record<string, unknown> {
	const shown = new SyncLedger().description.properties.filter(({ displayOptions }) => {
		const { resource: resources, operation: operations } = displayOptions?.show ?? {};
		return (resources?.includes(resource) ?? true) && (operations?.includes(operation) ?? true);
	});
	return Object.fromEntries(shown.map((property) => [property.name, property.default]));
}
