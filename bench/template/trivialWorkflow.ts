import type { Workflow, WorkflowNode } from '../../scripts/n8n/client';

/** Passes its items on as they are, or copies each of them with one field more. */
export type TrivialKind = 'noOp' | 'editFields';

/**
 * Fetches a list of items with n8n's own HTTP Request node and passes them through three trivial nodes. Who came out
 * last is told to `<address>done?last=…`: counting the items in an expression would cost more than passing them.
 */
export function trivialWorkflow(kind: TrivialKind, address: string): Workflow {
	const names = ['By Hand', 'Get Items', 'First', 'Second', 'Third', 'Last', 'Tell'];
	const trivial = (name: string) =>
		kind === 'noOp' ? node(name, 'noOp', 1, {}) : node(name, 'set', 3.4, { includeOtherFields: true, assignments: { assignments: [{ id: name, name, value: 'x', type: 'string' }] }, options: {} });
	const nodes = [
		node('By Hand', 'manualTrigger', 1, {}),
		node('Get Items', 'httpRequest', 4.2, { url: address, options: {} }),
		...names.slice(2, 5).map(trivial),
		node('Last', 'limit', 1, { maxItems: 1, keep: 'lastItems' }),
		node('Tell', 'httpRequest', 4.2, { url: `=${address}done?last={{ $json.id }}`, options: {} }),
	];
	const connections = Object.fromEntries(names.slice(0, -1).map((name, index) => [name, { main: [[{ node: names[index + 1], type: 'main', index: 0 }]] }]));
	// As the template has it: no data of executions is kept.
	const settings = { executionOrder: 'v1', saveDataSuccessExecution: 'none', saveManualExecutions: false };
	return { name: `Three trivial nodes (${kind})`, nodes, connections, settings };
}

function node(name: string, type: string, typeVersion: number, parameters: Record<string, unknown>): WorkflowNode {
	return { name, type: `n8n-nodes-base.${type}`, typeVersion, position: [0, 0], parameters };
}
