import type { WorkflowNode } from '../../../scripts/n8n/client';
import { readTemplates } from '../../../scripts/workshop/templates';

type Wires = Record<string, { main: Array<Array<{ node: string; index: number }> | null> }>;

/** How much of the canvas something takes; a node with the name below it. */
interface Area {
	name: string;
	x: number;
	y: number;
	width: number;
	height: number;
}

const NODE = { width: 96, height: 130 };

function area({ name, type, position: [x, y], parameters }: WorkflowNode): Area {
	if (!type.endsWith('.stickyNote')) return { name, x, y, ...NODE };
	return { name, x, y, width: Number(parameters.width), height: Number(parameters.height) };
}

function overlap(a: Area, b: Area): boolean {
	return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}

describe.each(readTemplates().map((template) => [template.name, template.workflow] as const))('The template %s', (_name, workflow) => {
	const { nodes } = workflow;
	const wires = Object.entries(workflow.connections as Wires).flatMap(([from, { main }]) => main.flatMap((output, index) => (output ?? []).map((wire) => ({ from, output: index, to: wire.node, input: wire.index }))));
	const ofType = (type: string) => nodes.filter((node) => node.type.endsWith(`.${type}`));

	it('starts by hand, asks for everything in one place, and explains itself', () => {
		expect(ofType('manualTrigger')).toHaveLength(1);
		expect(nodes.filter(({ name }) => name === 'Settings')).toHaveLength(1);
		expect(ofType('stickyNote').length).toBeGreaterThan(1);
	});

	it('is a preview as it is shipped', () => {
		const { assignments } = nodes.find(({ name }) => name === 'Settings')!.parameters.assignments as { assignments: Array<{ name: string; value: unknown }> };
		expect(assignments).toContainEqual(expect.objectContaining({ name: 'preview', value: true }));
	});

	it('keeps no data of executions that succeed, is not switched on, and holds nobody\'s credentials or data', () => {
		expect(workflow.settings).toMatchObject({ executionOrder: 'v1', saveDataSuccessExecution: 'none', saveManualExecutions: false });
		expect(workflow.active).toBe(false);
		expect(workflow.pinData).toEqual({});
		expect(nodes.filter(({ credentials }) => credentials !== undefined)).toEqual([]);
	});

	it('has wires between nodes that there are, and no two into one input of Contact Match', () => {
		const names = new Set(nodes.map(({ name }) => name));
		expect(names.size).toBe(nodes.length);
		expect(wires.filter(({ from, to }) => !names.has(from) || !names.has(to))).toEqual([]);
		for (const { name } of ofType('contactMatch')) expect(wires.filter(({ to }) => to === name).map(({ input }) => input).sort()).toEqual([0, 1]);
	});

	it('names no node in an expression that is not there', () => {
		const named = [...JSON.stringify(nodes).matchAll(/\$\('([^']+)'\)/g)].map(([, name]) => name);
		expect(named.filter((name) => !nodes.some((node) => node.name === name))).toEqual([]);
	});

	it('has nothing on the canvas that covers something else', () => {
		const areas = nodes.map(area);
		expect(areas.flatMap((a, index) => areas.slice(index + 1).filter((b) => overlap(a, b)).map((b) => `${a.name} and ${b.name}`))).toEqual([]);
	});
});
