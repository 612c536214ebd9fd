import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { ROOT } from '../scripts/package/build';
import { toConsole } from '../scripts/progress';
import { withSettings } from '../scripts/workshop/templates';
import { openWorkshop, type Workshop } from '../scripts/workshop/workshop';
import { SAMPLE_APPS, sampleApps, VALID_SECRET, World, type TenantSeed } from '../simulators/world';
import { openLedger } from '../sync/ledger';
import { graphClient } from '../sync/source/graph/transport/client';
import { users } from '../sync/source/graph/read/users';
import { measurement } from './measurement';
import { report, significant } from './report';
import { thousands, USERS } from './size';
import { measureExecution, type Measured } from './template/execution';
import { CUSTOMER, SYNCRO_SUBDOMAIN, syncroOf, tenantOf } from './template/people';
import { trivialWorkflow, type TrivialKind } from './template/trivialWorkflow';

const TEMPLATE = 'syncro-contacts';
const TIMEOUT = 600_000;

/**
 * A large tenant through the template as shipped (a preview) in a running n8n, beside three trivial nodes that pass
 * the same people in the same n8n. Every measurement begins with a fresh n8n process.
 */
async function main(): Promise<void> {
	const tenant = tenantOf(USERS);
	const workshop = await openWorkshop({
		folder: join(ROOT, '.build', 'bench-template'),
		progress: toConsole,
		simulators: { world: new World({ tenants: [tenant], apps: sampleApps() }), syncro: syncroOf(tenant, USERS) },
	});
	try {
		await prepare(workshop, tenant);
		const people = await servePeople(workshop, tenant);
		const trivial = async (kind: TrivialKind): Promise<Measured> => {
			const measured = await run(workshop, await workshop.n8n.client.createWorkflow(trivialWorkflow(kind, people.address)), `three trivial nodes (${kind})`);
			if (people.done.pop() !== people.last) throw new Error(`The three trivial nodes (${kind}) did not pass everybody; see ${workshop.n8n.logFile}.`);
			return measured;
		};
		const floor = await trivial('noOp');
		const copying = await trivial('editFields');
		people.stop();
		const { microsoft, syncro } = workshop.simulators;
		let lastPage = 0;
		const watch = setInterval(() => {
			if (syncro.seen.length * 50 >= USERS) lastPage ||= Date.now();
		}, 50);
		const whole = await run(workshop, workshop.templates[TEMPLATE], TEMPLATE);
		clearInterval(watch);
		const afterReading = (Date.now() - lastPage) / 1000;
		const verdict = await verdictOf(workshop);
		const requests = microsoft.login.seen.length + microsoft.graph.seen.length + syncro.seen.length;
		report([
			measurement(`${thousands(USERS)} people through ${TEMPLATE} in n8n`, whole.seconds, floor.seconds, {
				peakMiB: whole.peakMiB,
				requests,
				note: [
					`preview with ${thousands(USERS)} contacts, ${verdict}`,
					`${significant(whole.seconds - afterReading)} s for reading both lists, simulators included, ${significant(afterReading)} s for the rest`,
					`floor: the same people fetched and passed through three No Operation nodes, ${Math.round(floor.peakMiB)} MiB`,
					`through three Edit Fields nodes ${significant(copying.seconds)} s and ${Math.round(copying.peakMiB)} MiB`,
					`idle ${Math.round(whole.idleMiB)} MiB`,
					`no latency; ${thousands(syncro.seen.length)} requests to Syncro at no limit, at its 170 a minute they alone take ${Math.round(syncro.seen.length / 170)} minutes`,
				].join('; '),
			}),
		]);
	} finally {
		await workshop.stop();
	}
}

/** Points credentials and template to the large tenant, and takes away what would only be waiting. */
async function prepare(workshop: Workshop, tenant: TenantSeed): Promise<void> {
	const { client } = workshop.n8n;
	const { entraAppApi: entra, syncroTokenApi: token } = workshop.credentials;
	await client.updateCredential(entra.id, entra.type, entra.name, { ...entra.data, tenantId: tenant.tenantId });
	await client.updateCredential(token.id, token.type, token.name, { ...token.data, requestsPerMinute: 1_000_000 });
	const { syncro } = workshop.simulators;
	syncro.quirks.requestsPerMinute = Infinity;
	// It would sort all contacts anew for every page.
	const sorted = syncro.state.contactsOf(CUSTOMER);
	syncro.state.contactsOf = () => sorted;
	const id = workshop.templates[TEMPLATE];
	const settings = { tenantId: tenant.tenantId, account: SYNCRO_SUBDOMAIN, customerId: String(CUSTOMER), preview: true };
	await client.updateWorkflow(id, { nodes: withSettings(await client.getWorkflow(id), settings).nodes });
}

async function run(workshop: Workshop, workflowId: string, name: string): Promise<Measured> {
	await workshop.n8n.stop();
	await workshop.restartN8n();
	const { microsoft, syncro } = workshop.simulators;
	for (const { seen } of [microsoft.login, microsoft.graph, syncro]) seen.length = 0;
	const measured = await measureExecution(workshop.n8n, workflowId, TIMEOUT);
	console.log(`${name}: ${measured.seconds.toFixed(1)} s, ${Math.round(measured.peakMiB)} MiB (idle ${Math.round(measured.idleMiB)})`);
	return measured;
}

/** What the run found, from the ledger: an execution whose data is not kept tells nothing. */
async function verdictOf(workshop: Workshop): Promise<string> {
	const ledger = await openLedger({ type: 'sqlite', path: workshop.ledgerFile });
	const [run] = await ledger.listRuns({ limit: 1 });
	if (run?.sourceCount !== USERS || !run.counts || (run.status !== 'previewed' && run.status !== 'held')) {
		throw new Error(`The template did not do what it should: ${JSON.stringify(run)}.`);
	}
	const counts = Object.entries(run.counts).filter(([, count]) => count > 0);
	return `run ${run.status}: ${counts.map(([name, count]) => `${name} ${thousands(count)}`).join(', ')}`;
}

/** The people, as Get People gives them, as one JSON list for n8n's HTTP Request node; `done` says who came out last. */
async function servePeople(workshop: Workshop, tenant: TenantSeed): Promise<{ address: string; last: string; done: string[]; stop(): void }> {
	const { microsoft, ca } = workshop.simulators;
	const client = graphClient({
		app: {
			tenantId: tenant.tenantId,
			clientId: SAMPLE_APPS.consented,
			cloud: 'global',
			proof: { kind: 'secret', secret: VALID_SECRET },
			loginAddress: microsoft.login.origin,
			graphAddress: microsoft.graph.origin,
			caCertificate: ca,
		},
	});
	const people = await users(client, { filter: { userType: 'members', account: 'enabled' } });
	if (people.length !== USERS) throw new Error(`${people.length} people instead of ${USERS}.`);
	const body = JSON.stringify(people);
	const done: string[] = [];
	const server = createServer(({ url }, response) => {
		const last = /^\/done\?last=(.+)$/.exec(url ?? '')?.[1];
		if (last !== undefined) done.push(last);
		response.writeHead(200, { 'content-type': 'application/json' }).end(last === undefined ? body : '{}');
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	return {
		address: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
		last: people[people.length - 1].id,
		done,
		stop: () => server.close(),
	};
}

main().then(
	() => process.exit(0),
	(error: unknown) => {
		console.error(error);
		process.exit(1);
	},
);
