import { unflatten } from './flatted';

export interface Workflow {
	id?: string;
	name: string;
	nodes: WorkflowNode[];
	connections: Record<string, unknown>;
	settings?: Record<string, unknown>;
	[key: string]: unknown;
}

export interface WorkflowNode {
	id?: string;
	name: string;
	type: string;
	typeVersion: number;
	position: [number, number];
	parameters: Record<string, unknown>;
	credentials?: Record<string, { id: string | null; name: string }>;
	[key: string]: unknown;
}

/** What one pass of a node gave: items by output, or the error it ended with. */
export interface NodeRun {
	startTime: number;
	executionTime: number;
	executionStatus?: string;
	data?: { main: Array<Array<{ json: Record<string, unknown> }> | null> };
	error?: { message: string; description?: string | null };
}

export interface Execution {
	id: string;
	status: 'new' | 'running' | 'success' | 'error' | 'crashed' | 'canceled' | 'waiting';
	mode: string;
	startedAt: string;
	stoppedAt?: string;
	workflowId: string;
	data: {
		resultData: {
			runData: Record<string, NodeRun[]>;
			lastNodeExecuted?: string;
			error?: { message: string; description?: string | null };
		};
	};
}

/** Speaks to a running n8n as its editor does, signed in as the owner. */
export class N8nClient {
	private cookie = '';

	constructor(readonly address: string) {}

	async login(email: string, password: string): Promise<void> {
		const response = await this.send('POST', '/rest/login', { emailOrLdapLoginId: email, password });
		this.cookie = response.headers
			.getSetCookie()
			.map((cookie) => cookie.split(';')[0])
			.join('; ');
	}

	async request<T>(method: string, path: string, body?: unknown): Promise<T> {
		const response = await this.send(method, path, body);
		const answer = (await response.json()) as { data: T };
		return answer.data;
	}

	private async send(method: string, path: string, body?: unknown): Promise<Response> {
		const response = await fetch(`${this.address}${path}`, {
			method,
			headers: { 'content-type': 'application/json', cookie: this.cookie },
			body: body === undefined ? undefined : JSON.stringify(body),
		});
		if (!response.ok) throw new Error(`n8n answered ${response.status} to ${method} ${path}: ${(await response.text()).slice(0, 1000)}`);
		return response;
	}

	/** The cookie of the session, for a browser. */
	get session(): string {
		return this.cookie;
	}

	async createCredential(type: string, name: string, data: Record<string, unknown>): Promise<string> {
		const { id } = await this.request<{ id: string }>('POST', '/rest/credentials', { name, type, data });
		return id;
	}

	async updateCredential(id: string, type: string, name: string, data: Record<string, unknown>): Promise<void> {
		await this.request('PATCH', `/rest/credentials/${id}`, { name, type, data });
	}

	/** What n8n's Test button says. */
	async testCredential(id: string, type: string, name: string, data: Record<string, unknown>): Promise<{ status: 'OK' | 'Error'; message: string }> {
		return await this.request('POST', '/rest/credentials/test', { credentials: { id, name, type, data } });
	}

	async createWorkflow(workflow: Workflow): Promise<string> {
		const { id: _id, ...content } = workflow;
		const created = await this.request<{ id: string }>('POST', '/rest/workflows', { active: false, settings: {}, ...content });
		return created.id;
	}

	async getWorkflow(id: string): Promise<Workflow & { id: string; versionId: string }> {
		return await this.request('GET', `/rest/workflows/${id}`);
	}

	async listWorkflows(): Promise<Array<{ id: string; name: string }>> {
		return await this.request('GET', '/rest/workflows');
	}

	async updateWorkflow(id: string, changes: Partial<Workflow>): Promise<void> {
		const { versionId } = await this.getWorkflow(id);
		await this.request('PATCH', `/rest/workflows/${id}?forceSave=true`, { ...changes, versionId });
	}

	/** Publishes it: its schedules and webhooks start to work. */
	async activateWorkflow(id: string): Promise<void> {
		const { versionId } = await this.getWorkflow(id);
		await this.request('POST', `/rest/workflows/${id}/activate`, { versionId });
	}

	/** Unpublishes it: its schedules and webhooks end, soon after. */
	async deactivateWorkflow(id: string): Promise<void> {
		await this.request('POST', `/rest/workflows/${id}/deactivate`, {});
	}

	/** Starts a workflow by hand at its trigger, as the editor's button does. @returns the execution's id, at once */
	async startManually(id: string, trigger?: string): Promise<string> {
		const workflow = await this.getWorkflow(id);
		const name = trigger ?? workflow.nodes.find(({ type }) => type === 'n8n-nodes-base.manualTrigger')?.name;
		if (!name) throw new Error(`Workflow ${workflow.name} has no manual trigger to start at.`);
		const { executionId } = await this.request<{ executionId: string }>('POST', `/rest/workflows/${id}/run`, { triggerToStartFrom: { name } });
		return executionId;
	}

	/** Starts a workflow by hand and waits for its end. */
	async runManually(id: string, options: { trigger?: string; timeoutMilliseconds?: number } = {}): Promise<Execution> {
		const executionId = await this.startManually(id, options.trigger);
		return await this.waitForExecution(executionId, options.timeoutMilliseconds);
	}

	/** Waits until an execution has ended, well or not. */
	async waitForExecution(id: string, timeoutMilliseconds = 120_000): Promise<Execution> {
		const deadline = Date.now() + timeoutMilliseconds;
		for (;;) {
			const execution = await this.getExecution(id);
			if (!['new', 'running', 'waiting'].includes(execution.status)) return execution;
			if (Date.now() > deadline) throw new Error(`Execution ${id} was still ${execution.status} after ${timeoutMilliseconds / 1000} s.`);
			await new Promise((resolve) => setTimeout(resolve, 100));
		}
	}

	async getExecution(id: string): Promise<Execution> {
		const execution = await this.request<Omit<Execution, 'data'> & { data: string }>('GET', `/rest/executions/${id}`);
		return { ...execution, data: unflatten(execution.data) as Execution['data'] };
	}

	/** Newest first, without their data. */
	async listExecutions(workflowId?: string): Promise<Array<Omit<Execution, 'data'>>> {
		const filter = workflowId ? `&filter=${encodeURIComponent(JSON.stringify({ workflowId }))}` : '';
		const { results } = await this.request<{ results: Array<Omit<Execution, 'data'>> }>('GET', `/rest/executions?limit=50${filter}`);
		return results;
	}
}

/** The items that a node emitted on one of its outputs, over all its passes. */
export function outputOf(execution: Execution, node: string, output = 0): Array<Record<string, unknown>> {
	const runs = execution.data.resultData.runData[node] ?? [];
	return runs.flatMap((run) => (run.data?.main[output] ?? []).map(({ json }) => json));
}

/** How often a node ran in an execution. */
export function passesOf(execution: Execution, node: string): number {
	return execution.data.resultData.runData[node]?.length ?? 0;
}

/** Why an execution failed, for a message; empty when it did not. */
export function errorOf(execution: Execution): string {
	const { error, lastNodeExecuted } = execution.data.resultData;
	if (!error) return '';
	return `${lastNodeExecuted ?? 'The workflow'}: ${error.message}${error.description ? ` ${error.description}` : ''}`;
}
