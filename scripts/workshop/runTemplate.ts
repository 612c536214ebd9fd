import type { Execution } from '../n8n/client';
import { withSettings } from './templates';
import type { Workshop } from './workshop';

/**
 * Executes a template by hand in the running n8n, with other values in its Settings node.
 * Templates keep no data of executions, so that no personal data is stored; to see what happened, this one does.
 */
export async function runTemplate(workshop: Workshop, name: string, settings: Record<string, unknown>): Promise<Execution> {
	const { client } = workshop.n8n;
	const id = await prepareTemplate(workshop, name, settings);
	return await client.runManually(id);
}

/** Fills a template's Settings node in n8n. @returns the workflow's id */
export async function prepareTemplate(workshop: Workshop, name: string, settings: Record<string, unknown>): Promise<string> {
	const { client } = workshop.n8n;
	const id = workshop.templates[name];
	if (!id) throw new Error(`There is no template ${name}; there are ${Object.keys(workshop.templates).join(', ')}.`);
	const { nodes, settings: own } = withSettings(await client.getWorkflow(id), settings);
	await client.updateWorkflow(id, { nodes, settings: { ...own, saveManualExecutions: true } });
	return id;
}
