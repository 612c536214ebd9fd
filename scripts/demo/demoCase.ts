import { openSqliteLedger } from '../../sync/ledger';
import type { Pairing } from '../../sync/model/pairing';
import { errorOf, type Execution } from '../n8n/client';
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

	/** Requests so far that changed a simulated target. */
	private writes(): number {
		const { syncro, portal } = this.workshop.simulators;
		return syncro.writes() + portal.writes();
	}

	/** Pairs a tenant with a customer in the ledger, as an administrator would. */
	async remember(pairing: Pairing): Promise<void> {
		const ledger = await openSqliteLedger(this.workshop.ledgerFile);
		try {
			await ledger.setPairing({ ...pairing, tenantDomains: [] }, { replace: false });
		} finally {
			await ledger.close();
		}
	}

	/**
	 * Executes a template and adds a row with the numbers of its runs.
	 * @param check what is wrong with the result, as sentences
	 */
	async execute(step: string, settings: Record<string, unknown>, check: (result: DemoResult) => string[], template = this.template): Promise<DemoResult> {
		const began = Date.now();
		const writesBefore = this.writes();
		const execution = await runTemplate(this.workshop, template, settings);
		const seconds = (Date.now() - began) / 1000;
		const summaries = itemsOf(execution, 'runSummary') as RunSummary[];
		const outcomes = itemsOf(execution, 'outcome') as unknown as Outcome[];
		const result: DemoResult = { execution, summary: summaries[0] ?? {}, summaries, outcomes, writes: this.writes() - writesBefore };
		const done = (action: string): number => outcomes.filter((each) => each.action === action && ['applied', 'adopted'].includes(each.outcome)).length;
		const total = (...names: string[]): number => summaries.reduce((sum, { counts }) => sum + names.reduce((of, name) => of + (counts?.[name] ?? 0), 0), 0);
		const faults = execution.status === 'success' ? check(result) : [`It ended as ${execution.status}. ${errorOf(execution)}`];
		this.rows.push({
			template: this.template,
			step: template === this.template ? step : `first ${template}, ${step}`,
			read: total('sources', 'records'),
			created: done('create'),
			updated: done('update'),
			// Records that wait for somebody, and the changes of a plan that is held as a whole.
			held: itemsOf(execution, 'held').filter(({ scope }) => scope === 'record').length,
			unchanged: total('unchanged'),
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
	/** Of the first run, or of the only one. */
	summary: RunSummary;
	/** Of every run, in their order. */
	summaries: RunSummary[];
	outcomes: Outcome[];
	/** Requests that changed Syncro or the portal. */
	writes: number;
}

/** Everything of one kind that the nodes of this package gave, in the order in which they ran. */
function itemsOf(execution: Execution, kind: string): Array<Record<string, unknown>> {
	const passes = Object.values(execution.data.resultData.runData).flat();
	const items = passes.flatMap(({ data }) => (data?.main ?? []).flatMap((output) => output ?? [])).map(({ json }) => json);
	return items.filter((json) => json.kind === kind);
}

export function noWrites({ writes }: DemoResult): string[] {
	return unless(writes === 0, `${writes} requests were sent that change the target.`);
}

/** A fault, where something is not as it should be. */
export function unless(good: boolean, fault: string): string[] {
	return good ? [] : [fault];
}
