import type { IDataObject, IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';
import { failedItem, failWhole, toNodeError } from './errors';

/** One thing a node can do: what it asks for on screen, and what it does, in one file. */
export interface Operation {
	/** Value of the "operation" parameter. */
	value: string;
	/** Title case, for the list. */
	name: string;
	/** Sentence case, for the node panel, for example "Get many users". */
	action: string;
	description: string;
	/** Parameters; which resource and operation they belong to is added by `describeResources`. */
	properties: INodeProperties[];
	/** Runs once for every input item. Exactly one of `perItem` and `allItems` is given. */
	perItem?: (this: IExecuteFunctions, itemIndex: number) => Promise<object[]>;
	/** Runs once for all input items together; gives one list per output of the node. */
	allItems?: (this: IExecuteFunctions) => Promise<INodeExecutionData[][]>;
}

/** A group of operations, as n8n's "resource" parameter lists it. */
export interface Resource {
	value: string;
	name: string;
	description: string;
	operations: Operation[];
}

/** The parameters of a node made of resources: the two lists, and every operation's own, shown where they belong. */
export function describeResources(resources: Resource[]): INodeProperties[] {
	const sorted = [...resources].sort((a, b) => a.name.localeCompare(b.name, 'en'));
	return [
		{
			displayName: 'Resource',
			name: 'resource',
			type: 'options',
			noDataExpression: true,
			options: sorted.map(({ name, value, description }) => ({ name, value, description })),
			default: resources[0].value,
		},
		...resources.flatMap((resource): INodeProperties[] => [
			{
				displayName: 'Operation',
				name: 'operation',
				type: 'options',
				noDataExpression: true,
				displayOptions: { show: { resource: [resource.value] } },
				options: [...resource.operations]
					.sort((a, b) => a.name.localeCompare(b.name, 'en'))
					.map(({ name, value, action, description }) => ({ name, value, action, description })),
				default: resource.operations[0].value,
			},
			...resource.operations.flatMap((operation) =>
				operation.properties.map((property) => showFor(property, resource.value, operation.value)),
			),
		]),
	];
}

function showFor(property: INodeProperties, resource: string, operation: string): INodeProperties {
	return {
		...property,
		displayOptions: {
			...property.displayOptions,
			show: { resource: [resource], operation: [operation], ...property.displayOptions?.show },
		},
	};
}

/**
 * Runs the chosen operation. Errors become n8n's own with the item they belong to; where the builder chose to
 * continue on an error, the item that failed yields `{ error, remedy, code }` and the others go on.
 */
export async function executeOperation(context: IExecuteFunctions, resources: Resource[]): Promise<INodeExecutionData[][]> {
	const resource = context.getNodeParameter('resource', 0) as string;
	const name = context.getNodeParameter('operation', 0) as string;
	const operation = resources
		.find(({ value }) => value === resource)
		?.operations.find(({ value }) => value === name);
	if (!operation) throw toNodeError(context.getNode(), new Error(`The operation "${name}" of "${resource}" does not exist.`));

	if (operation.allItems) {
		try {
			return await operation.allItems.call(context);
		} catch (error) {
			return [failWhole(context, error)];
		}
	}
	const output: INodeExecutionData[] = [];
	const items = context.getInputData();
	for (let itemIndex = 0; itemIndex < items.length; itemIndex++) {
		try {
			const results = await operation.perItem!.call(context, itemIndex);
			for (const json of results) output.push({ json: json as IDataObject, pairedItem: { item: itemIndex } });
		} catch (error) {
			if (!context.continueOnFail()) throw toNodeError(context.getNode(), error, itemIndex);
			output.push(failedItem(context.getNode(), error, itemIndex));
		}
	}
	return [output];
}
