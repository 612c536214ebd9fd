import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Workflow, WorkflowNode } from '../n8n/client';
import { ROOT } from '../package/build';
import { PACKAGE_NAME } from '../package/pack';

/** A shipped template, by its file's name without the ending. */
export interface Template {
	name: string;
	workflow: Workflow;
}

export function readTemplates(): Template[] {
	const folder = join(ROOT, 'workflows');
	return readdirSync(folder)
		.filter((file) => file.endsWith('.json'))
		.sort()
		.map((file) => ({ name: basename(file, '.json'), workflow: JSON.parse(readFileSync(join(folder, file), 'utf8')) as Workflow }));
}

/** The node in which each template asks for what it must know, a Set node. */
const SETTINGS_NODE = 'Settings';

/** A copy of a workflow with other values in its Settings node. Throws for a setting that is not there. */
export function withSettings<T extends Pick<Workflow, 'name' | 'nodes'>>(workflow: T, settings: Record<string, unknown>): T {
	const copy = structuredClone(workflow);
	const node = copy.nodes.find(({ name }) => name === SETTINGS_NODE);
	const rows = (node?.parameters.assignments as { assignments?: Array<{ name: string; value: unknown }> } | undefined)?.assignments ?? [];
	for (const [name, value] of Object.entries(settings)) {
		const row = rows.find((candidate) => candidate.name === name);
		if (!row) throw new Error(`"${workflow.name}" has no setting "${name}"; its node "${SETTINGS_NODE}" has ${rows.map((each) => each.name).join(', ') || 'none'}.`);
		row.value = value;
	}
	return copy;
}

interface NodeDescription {
	name: string;
	credentials?: Array<{ name: string; required?: boolean; displayOptions?: { show?: Record<string, unknown[]> } }>;
	properties: Array<{ name: string; default: unknown }>;
}

/** A copy of a workflow in which each node of this package has the credentials that its panel would ask for. */
export function withCredentials(workflow: Workflow, credentials: Record<string, { id: string; name: string }>): Workflow {
	const descriptions = JSON.parse(readFileSync(join(ROOT, 'dist', 'types', 'nodes.json'), 'utf8')) as NodeDescription[];
	const copy = structuredClone(workflow);
	for (const node of copy.nodes) {
		const description = descriptions.find(({ name }) => node.type === `${PACKAGE_NAME}.${name}`);
		for (const wanted of description?.credentials ?? []) {
			if (!credentials[wanted.name] || !isShown(wanted.displayOptions?.show, node, description!)) continue;
			node.credentials = { ...node.credentials, [wanted.name]: credentials[wanted.name] };
		}
	}
	return copy;
}

function isShown(show: Record<string, unknown[]> | undefined, node: WorkflowNode, description: NodeDescription): boolean {
	return Object.entries(show ?? {}).every(([parameter, values]) => {
		const value = node.parameters[parameter] ?? description.properties.find(({ name }) => name === parameter)?.default;
		return values.includes(value);
	});
}
