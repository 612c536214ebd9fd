import type { IExecuteFunctions } from 'n8n-workflow';

/** What n8n knows of the wires that come into a node: per input, the nodes they come from. */
interface WorkflowWithConnections {
	connectionsByDestinationNode?: Record<string, { main?: Array<Array<{ node: string }> | null> }>;
}

/**
 * How many wires come into each main input. n8n runs a node once for every wire of an input, the second time
 * with the other inputs empty, so a node that compares two lists must not have more than one on each.
 *
 * @returns undefined where this n8n does not tell
 */
export function wiresPerInput(context: IExecuteFunctions): number[] | undefined {
	const { workflow } = context as unknown as { workflow?: WorkflowWithConnections };
	const inputs = workflow?.connectionsByDestinationNode?.[context.getNode().name]?.main;
	return inputs?.map((wires) => wires?.length ?? 0);
}
