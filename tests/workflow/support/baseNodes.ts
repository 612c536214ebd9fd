import { NodeOperationError, type IExecuteFunctions, type INodeExecutionData, type INodeType, type INodeTypeDescription } from 'n8n-workflow';

/**
 * The few nodes of n8n's own that the templates use, as far as they use them, so that templates run in process
 * without a whole n8n. The end-to-end tests run the same templates with the real ones.
 */
function node(name: string, properties: INodeTypeDescription['properties'], execute: (context: IExecuteFunctions) => INodeExecutionData[][]): INodeType {
	return {
		description: {
			displayName: name, name, group: [], version: [1, 1.1, 1.2, 2.2, 3.4], description: name, defaults: { name },
			inputs: name.endsWith('Trigger') ? [] : ['main'], outputs: ['main'], properties,
		},
		async execute(this: IExecuteFunctions) {
			return execute(this);
		},
	};
}

interface Assignment {
	name: string;
	value: unknown;
}

export const BASE_NODES: Record<string, INodeType> = {
	'n8n-nodes-base.manualTrigger': node('manualTrigger', [], () => [[{ json: {} }]]),
	'n8n-nodes-base.scheduleTrigger': node('scheduleTrigger', [], () => [[{ json: {} }]]),
	'n8n-nodes-base.executeWorkflowTrigger': node('executeWorkflowTrigger', [], () => [[{ json: {} }]]),
	'n8n-nodes-base.noOp': node('noOp', [], (context) => [context.getInputData()]),
	'n8n-nodes-base.set': node('set', [{ displayName: 'Fields', name: 'assignments', type: 'assignmentCollection', default: {} }], (context) => [
		context.getInputData().map((_, item) => {
			const { assignments } = context.getNodeParameter('assignments', item) as { assignments: Assignment[] };
			return { json: Object.fromEntries(assignments.map(({ name, value }) => [name, value])) as INodeExecutionData['json'], pairedItem: { item } };
		}),
	]),
	// Conditions that are true or false by themselves, all of which must be true.
	'n8n-nodes-base.filter': node('filter', [{ displayName: 'Conditions', name: 'conditions', type: 'json', default: '{}' }], (context) => [
		context.getInputData().filter((_, item) => {
			const { conditions } = context.getNodeParameter('conditions', item) as { conditions: Array<{ leftValue: unknown }> };
			return conditions.every(({ leftValue }) => leftValue === true);
		}),
	]),
	'n8n-nodes-base.stopAndError': node('stopAndError', [{ displayName: 'Message', name: 'errorMessage', type: 'string', default: '' }], (context) => {
		throw new NodeOperationError(context.getNode(), context.getNodeParameter('errorMessage', 0) as string);
	}),
};
