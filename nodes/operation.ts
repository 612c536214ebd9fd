import type { IDataObject, IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';
import { inLanes } from '../sync/inLanes';
import { optional, skippedBy, type Optional } from '../sync/source/graph/transport/optional';
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
	/** So many items run at once, where each is about a tenant of its own; the output keeps their order. Default 1. */
	sideBySide?: number;
	/** A tenant without the licence, or an app without the permission, may be left out with a notice; the builder chooses. */
	skippable?: true;
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
				[...operation.properties, ...(operation.skippable ? [skipParameter] : [])].map((property) => showFor(property, resource.value, operation.value)),
			),
		]),
	];
}

const skipParameter: INodeProperties = {
	displayName: 'If Not Licensed or Permitted',
	name: 'ifNotAvailable',
	type: 'options',
	options: [
		{ name: 'Fail', value: 'fail', description: 'The item fails, with what to do' },
		{ name: 'Skip with a Notice', value: 'skip', description: 'One item of kind "skipped" says what is missing and what to do; other tenants go on' },
	],
	default: 'skip',
	description: 'What happens in a tenant that has no licence for this, or gave the app no permission for it. Other failures always fail.',
};

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
	const items = context.getInputData();
	const results: INodeExecutionData[][] = [];
	await inLanes(items, operation.sideBySide ?? 1, async (_, itemIndex) => {
		results[itemIndex] = await executeItem(context, operation, itemIndex);
	});
	return [results.flat()];
}

async function executeItem(context: IExecuteFunctions, operation: Operation, itemIndex: number): Promise<INodeExecutionData[]> {
	try {
		const records = await operation.perItem!.call(context, itemIndex);
		return records.map((json) => ({ json: json as IDataObject, pairedItem: { item: itemIndex } }));
	} catch (error) {
		const skipped = operation.skippable && maySkip(context, itemIndex) ? skippedBy(error) : undefined;
		if (skipped) return [{ json: { ...skipped }, pairedItem: { item: itemIndex } }];
		if (!context.continueOnFail()) throw toNodeError(context.getNode(), error, itemIndex);
		return [failedItem(context.getNode(), error, itemIndex)];
	}
}

function maySkip(context: IExecuteFunctions, itemIndex: number): boolean {
	return context.getNodeParameter('ifNotAvailable', itemIndex, 'skip') === 'skip';
}

/** A part of a skippable operation, which is left out without the rest of it, unless the builder chose to fail. */
export async function optionalPart<T>(context: IExecuteFunctions, itemIndex: number, work: () => Promise<T>): Promise<Optional<T>> {
	return maySkip(context, itemIndex) ? await optional(work) : { read: true, value: await work() };
}
