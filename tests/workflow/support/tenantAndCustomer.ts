import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { WorkflowParameters } from 'n8n-workflow';
import { sampleCredentials, SAMPLE_SETTINGS } from '../../../scripts/workshop/credentials';
import { startAll, type Simulators } from '../../../simulators/startAll';
import { execute, type Credentials, type Executed } from './inProcess';

interface Template extends Pick<WorkflowParameters, 'nodes' | 'connections' | 'settings'> {
	name: string;
}

/** Simulators, a ledger, and the templates, ready to be executed in process; ended by `stop`. */
export interface Workbench {
	simulators: Simulators;
	credentials: Credentials;
	/** Executes a template as its user would, with these values in Settings and these parameters of nodes, by their names. */
	run(template: string, settings?: Record<string, unknown>, parameters?: Record<string, Record<string, unknown>>): Promise<Executed>;
	/** A new, empty ledger, and Syncro as it was at first. */
	beginAfresh(): void;
	stop(): Promise<void>;
}

export async function openWorkbench(): Promise<Workbench> {
	const folder = mkdtempSync(join(tmpdir(), 'entra-sync-bench-'));
	const simulators = await startAll({ folder });
	let ledgers = 0;
	const credentials = (): Credentials =>
		Object.fromEntries(sampleCredentials(simulators, join(folder, `ledger-${ledgers}.sqlite`)).map(({ type, data }) => [type, data])) as Credentials;
	const workbench: Workbench = {
		simulators,
		credentials: credentials(),
		async run(template, settings = {}, parameters = {}) {
			const definition = JSON.parse(readFileSync(join(__dirname, '..', '..', '..', 'workflows', `${template}.json`), 'utf8')) as Template;
			const rows = (definition.nodes.find(({ name }) => name === 'Settings')!.parameters.assignments as { assignments: Array<{ name: string; value: unknown }> }).assignments;
			for (const [name, value] of Object.entries({ ...SAMPLE_SETTINGS, ...settings })) rows.find((row) => row.name === name)!.value = value;
			for (const [name, changed] of Object.entries(parameters)) Object.assign(definition.nodes.find((node) => node.name === name)!.parameters, changed);
			return await execute(definition, workbench.credentials, 'When Executed by Hand');
		},
		beginAfresh() {
			ledgers++;
			workbench.credentials = credentials();
			simulators.syncro.state.reset();
			simulators.syncro.faults.clear();
			simulators.microsoft.graphFaults.clear();
			simulators.microsoft.loginFaults.clear();
		},
		async stop() {
			await simulators.stop();
			rmSync(folder, { recursive: true, force: true });
		},
	};
	return workbench;
}
