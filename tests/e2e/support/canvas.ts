import type { Workflow, WorkflowNode } from '../../../scripts/n8n/client';
import { PACKAGE_NAME } from '../../../scripts/package/pack';
import { withCredentials } from '../../../scripts/workshop/templates';
import type { Workshop } from '../../../scripts/workshop/workshop';

/** Type (ours by its short name) and parameters of a node, by the node's name. */
export type Nodes = Record<string, [type: string, parameters?: Record<string, unknown>, more?: Partial<WorkflowNode>]>;

/** A wire: from a node (and output), to a node (and input). */
export type Wire = [from: string, to: string, input?: number, output?: number];

/** Lays a workflow out in n8n, its nodes with the workshop's credentials, begun by hand at `Begin`. @returns its id */
export async function lay({ n8n, credentials }: Workshop, nodes: Nodes, wires: Wire[]): Promise<string> {
	const all: Nodes = { Begin: ['n8n-nodes-base.manualTrigger'], ...nodes };
	const workflow: Workflow = {
		name: Object.keys(nodes).join(', ').slice(0, 100),
		nodes: Object.entries(all).map(([name, [type, parameters = {}, more]], index) => ({
			id: `node-${index}`,
			name,
			type: type.includes('.') ? type : `${PACKAGE_NAME}.${type}`,
			typeVersion: 1,
			position: [index * 220, 0],
			parameters,
			...more,
		})),
		connections: {},
		settings: { executionOrder: 'v1', saveManualExecutions: true },
	};
	const connections = workflow.connections as Record<string, { main: Array<Array<{ node: string; type: 'main'; index: number }>> }>;
	for (const [from, to, input = 0, output = 0] of wires) {
		const { main } = (connections[from] ??= { main: [] });
		while (main.length <= output) main.push([]);
		main[output].push({ node: to, type: 'main', index: input });
	}
	const references = Object.fromEntries(Object.values(credentials).map(({ type, id, name }) => [type, { id, name }]));
	return await n8n.client.createWorkflow(withCredentials(workflow, references));
}

/** Readers of the sample world, as the panel would set them up. */
export const READ_PEOPLE: Nodes[string] = ['microsoft365', { resource: 'user', operation: 'getMany' }];

export function readContacts(customerId: number): Nodes[string] {
	return ['syncro', { resource: 'contact', operation: 'getMany', customer: { __rl: true, mode: 'id', value: String(customerId) } }];
}
