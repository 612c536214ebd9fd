import { existsSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { startAll, type Simulators, type StartAllOptions } from '../../simulators/startAll';
import { provideN8n } from '../n8n/cache';
import { startN8n, type Instance, type InstanceOptions } from '../n8n/instance';
import { buildPackage } from '../package/build';
import { installablePackage } from '../package/pack';
import { step, type Progress } from '../progress';
import { SAMPLE_SETTINGS, sampleCredentials, type SampleCredential } from './credentials';
import { bringDevicesToThePresent } from './presentDay';
import { readTemplates, withCredentials, withSettings } from './templates';

export interface WorkshopOptions {
	/** Emptied, then filled: n8n's folder, ledger, certificates. */
	folder: string;
	progress: Progress;
	port?: number;
	/** For n8n's process. */
	env?: Record<string, string>;
	simulators?: Omit<StartAllOptions, 'folder'>;
}

/** Everything running together: simulators, a real n8n with this package, its credentials and all templates. */
export interface Workshop {
	simulators: Simulators;
	n8n: Instance;
	credentials: Record<string, SampleCredential & { id: string }>;
	/** Ids in n8n, by the template's file name. */
	templates: Record<string, string>;
	/** Where the Sync Ledger credential keeps its file. */
	ledgerFile: string;
	/** Lets the Sync Ledger credential point to a new, empty ledger, and Syncro and the portal hold what they held at first. */
	beginAfresh(): Promise<void>;
	/** Starts n8n again on the same folder, after it was stopped or killed. `n8n` is the new one from then on. */
	restartN8n(): Promise<void>;
	stop(): Promise<void>;
}

/** Builds and installs what is not there yet, then starts everything. */
export async function openWorkshop(options: WorkshopOptions): Promise<Workshop> {
	const { progress, folder } = options;
	await buildPackage(progress);
	const packageFolder = await installablePackage(progress);
	const n8n = await provideN8n(progress);
	if (existsSync(folder)) rmSync(folder, { recursive: true });
	mkdirSync(folder, { recursive: true });

	const simulators = await startAll({ ...options.simulators, folder });
	bringDevicesToThePresent(simulators.microsoft.world);
	const start: InstanceOptions = { n8n, packageFolder, userFolder: join(folder, 'n8n'), caFile: simulators.caFile, port: options.port, env: options.env };
	try {
		let ledgers = 1;
		const nextLedger = (): string => join(folder, 'ledger', `ledger-${ledgers++}.sqlite`);
		const workshop: Workshop = {
			simulators,
			n8n: await step(`Starting n8n ${n8n.version}`, progress, async () => await startN8n(start)),
			credentials: {},
			templates: {},
			ledgerFile: nextLedger(),
			beginAfresh: async () => {
				const ledger = workshop.credentials.syncLedgerApi;
				workshop.ledgerFile = nextLedger();
				ledger.data = { ...ledger.data, path: workshop.ledgerFile };
				await workshop.n8n.client.updateCredential(ledger.id, ledger.type, ledger.name, ledger.data);
				simulators.syncro.state.reset();
				simulators.portal.state.reset();
			},
			restartN8n: async () => {
				workshop.n8n = await startN8n(start);
			},
			stop: async () => {
				await workshop.n8n.stop();
				await simulators.stop();
			},
		};
		await furnish(workshop);
		return workshop;
	} catch (error) {
		await simulators.stop();
		throw error;
	}
}

/** Creates the credentials and imports every template, ready to run. */
async function furnish(workshop: Workshop): Promise<void> {
	const { client } = workshop.n8n;
	for (const credential of sampleCredentials(workshop.simulators, workshop.ledgerFile)) {
		workshop.credentials[credential.type] = { ...credential, id: await client.createCredential(credential.type, credential.name, credential.data) };
	}
	const references = Object.fromEntries(Object.values(workshop.credentials).map(({ type, id, name }) => [type, { id, name }]));
	for (const { name, workflow } of readTemplates()) {
		const ready = withCredentials(withSettings(workflow, settingsOf(workflow.nodes)), references);
		workshop.templates[name] = await client.createWorkflow(ready);
	}
}

/** The sample settings that a template asks for. */
function settingsOf(nodes: Parameters<typeof withSettings>[0]['nodes']): Record<string, unknown> {
	const rows = (nodes.find(({ name }) => name === 'Settings')?.parameters.assignments as { assignments?: Array<{ name: string }> } | undefined)?.assignments ?? [];
	return Object.fromEntries(rows.filter(({ name }) => name in SAMPLE_SETTINGS).map(({ name }) => [name, SAMPLE_SETTINGS[name]]));
}
