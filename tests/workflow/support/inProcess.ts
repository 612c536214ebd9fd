import 'reflect-metadata';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ICredentialDataDecryptedObject, INodeExecutionData, INodeType, INodeTypes, IRun, IWorkflowExecuteAdditionalData, WorkflowParameters } from 'n8n-workflow';

// n8n-core looks for these when it is loaded.
process.env.N8N_USER_FOLDER = mkdtempSync(join(tmpdir(), 'entra-sync-workflow-'));
process.env.N8N_ENCRYPTION_KEY = 'in-process-tests';

import { ExecutionLifecycleHooks, WorkflowExecute } from 'n8n-core';
import { Workflow } from 'n8n-workflow';
import { ContactMatch } from '../../../nodes/ContactMatch/ContactMatch.node';
import { Microsoft365 } from '../../../nodes/Microsoft365/Microsoft365.node';
import { SyncLedger } from '../../../nodes/SyncLedger/SyncLedger.node';
import { SyncPlan } from '../../../nodes/SyncPlan/SyncPlan.node';
import { Syncro } from '../../../nodes/Syncro/Syncro.node';
import { BASE_NODES } from './baseNodes';

const NODES: Record<string, INodeType> = {
	...BASE_NODES,
	'n8n-nodes-entra-sync.contactMatch': new ContactMatch(),
	'n8n-nodes-entra-sync.microsoft365': new Microsoft365(),
	'n8n-nodes-entra-sync.syncLedger': new SyncLedger(),
	'n8n-nodes-entra-sync.syncPlan': new SyncPlan(),
	'n8n-nodes-entra-sync.syncro': new Syncro(),
};

const nodeTypes = {
	getByName: (type: string) => NODES[type],
	getByNameAndVersion: (type: string) => NODES[type],
	getKnownTypes: () => ({}),
} as unknown as INodeTypes;

/** What a credential of each type decrypts to. */
export type Credentials = Record<string, ICredentialDataDecryptedObject>;

export interface Executed {
	run: IRun;
	/** JSON of the items on an output of a node that ran; `undefined` when it did not run. */
	output(node: string, output?: number): Array<Record<string, unknown>> | undefined;
	/** What the execution failed with: message and description; '' when it did not. */
	error: string;
}

let executions = 0;

/**
 * Executes a workflow through n8n-core in this process: its real order, expressions, inputs and error outputs,
 * without server, database or editor.
 */
export async function execute(definition: Pick<WorkflowParameters, 'nodes' | 'connections' | 'settings' | 'name'>, credentials: Credentials, start: string): Promise<Executed> {
	const nodes = definition.nodes
		.filter(({ type }) => type !== 'n8n-nodes-base.stickyNote')
		.map((node) => ({ ...node, credentials: Object.fromEntries(Object.keys(credentials).map((type) => [type, { id: type, name: type }])) }));
	// n8n gives every workflow an id of its own.
	const { name = 'In process' } = definition;
	const workflow = new Workflow({ active: false, nodeTypes, ...definition, id: name, name, nodes });
	const executionId = `in-process-${process.pid}-${++executions}`;
	const additionalData = {
		hooks: new ExecutionLifecycleHooks('manual', executionId, { ...definition, id: name, name, active: false } as never),
		executionId,
		instanceBaseUrl: 'http://localhost/',
		restApiUrl: 'http://localhost/rest',
		webhookBaseUrl: 'http://localhost/webhook',
		webhookWaitingBaseUrl: 'http://localhost/webhook-waiting',
		formWaitingBaseUrl: 'http://localhost/form-waiting',
		variables: {},
		setExecutionStatus: () => undefined,
		credentialsHelper: {
			getDecrypted: async (_data: unknown, _node: unknown, type: string) => credentials[type],
			getParentTypes: () => [],
			isCredentialUsableByNode: async () => true,
		},
	} as unknown as IWorkflowExecuteAdditionalData;
	const run = await new WorkflowExecute(additionalData, 'manual').run({ workflow, startNode: workflow.getNode(start)! });
	const failure = run.data.resultData.error;
	return {
		run,
		error: failure ? [failure.message, 'description' in failure ? failure.description : ''].filter(Boolean).join(' ') : '',
		output: (node, output = 0) => {
			const task = run.data.resultData.runData[node]?.at(-1);
			return task && (task.data?.main[output] ?? []).map(({ json }: INodeExecutionData) => json);
		},
	};
}
