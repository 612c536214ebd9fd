import { errorOf, outputOf, type Execution } from '../n8n/client';
import { runTemplate } from '../workshop/runTemplate';
import type { Workshop } from '../workshop/workshop';

/** One line of the demo's table and of demo-report.json. */
export interface DemoRow {
	template: string;
	/** What this execution of the template shows. */
	step: string;
	/** Records read, from the source and from the target. */
	read: number;
	created: number;
	updated: number;
	held: number;
	unchanged: number;
	seconds: number;
	/** What is not as it should be; empty when all is well. */
	faults: string[];
}

/** How one template is shown and judged. */
export interface DemoCase {
	/** File name of the template, without its ending. */
	template: string;
	/** Executes it, as often as it takes to show what it does; adds a row for each execution. */
	show(demo: Demo): Promise<void>;
}

/** What a case works with. */
export class Demo {
	readonly rows: DemoRow[] = [];

	constructor(
		readonly workshop: Workshop,
		private readonly template: string,
	) {}

	/**
	 * Executes a template and adds a row with the numbers of its run summary.
	 * @param check what is wrong with the result, as sentences
	 */
	async execute(step: string, settings: Record<string, unknown>, check: (result: DemoResult) => string[], template = this.template): Promise<DemoResult> {
		const began = Date.now();
		const writesBefore = this.workshop.simulators.syncro.writes();
		const execution = await runTemplate(this.workshop, template, settings);
		const seconds = (Date.now() - began) / 1000;
		const summary = (outputOf(execution, 'Finish Run')[0] ?? {}) as RunSummary;
		const counts = summary.counts ?? {};
		const outcomes = outputOf(execution, 'Apply Changes').filter(({ kind }) => kind === 'outcome') as unknown as Outcome[];
		const result: DemoResult = { execution, summary, outcomes, writes: this.workshop.simulators.syncro.writes() - writesBefore };
		const done = (action: string): number => outcomes.filter((each) => each.action === action && ['applied', 'adopted'].includes(each.outcome)).length;
		const faults = execution.status === 'success' ? check(result) : [`It ended as ${execution.status}. ${errorOf(execution)}`];
		this.rows.push({
			template: this.template,
			step: template === this.template ? step : `first ${template}, ${step}`,
			read: (counts.sources ?? 0) + (counts.records ?? 0),
			created: done('create'),
			updated: done('update'),
			held: heldOf(execution),
			unchanged: counts.unchanged ?? 0,
			seconds,
			faults,
		});
		return result;
	}
}

export interface Outcome {
	action: string;
	outcome: string;
	sourceId: string;
	recordId?: string;
	label: string;
	message: string;
}

export interface RunSummary {
	runId?: string;
	status?: string;
	planId?: string;
	counts?: Record<string, number>;
	message?: string;
}

export interface DemoResult {
	execution: Execution;
	summary: RunSummary;
	outcomes: Outcome[];
	/** Requests that changed the simulated Syncro. */
	writes: number;
}

/** What waits for a person: records, and the changes of a plan that is held as a whole. */
function heldOf(execution: Execution): number {
	return outputOf(execution, 'Plan Changes', 1).filter(({ scope }) => scope === 'record').length;
}
