import { join } from 'node:path';
import { createServer } from 'node:net';
import { OWNER } from './n8n/instance';
import { ROOT } from './package/build';
import { toConsole } from './progress';
import { SAMPLE_SETTINGS } from './workshop/credentials';
import { openWorkshop, type Workshop } from './workshop/workshop';

/** `npm start`: everything running, for a person; Ctrl-C ends it. */
async function main(): Promise<void> {
	const began = Date.now();
	const running: { workshop?: Workshop } = {};
	let ending = false;
	const end = (): void => {
		if (ending) process.exit(130);
		ending = true;
		console.log('\nEnding n8n and the simulators … (Ctrl-C again to end at once)');
		void (running.workshop?.stop() ?? Promise.resolve()).then(() => process.exit(0));
	};
	process.on('SIGINT', end);
	process.on('SIGTERM', end);

	const opened = await openWorkshop({ folder: join(ROOT, '.build', 'start'), progress: toConsole, port: await preferredPort() });
	running.workshop = opened;
	void opened.n8n.ended.then(() => {
		if (ending) return;
		console.error(`n8n has ended by itself. Its last words are in ${opened.n8n.logFile}.`);
		process.exit(1);
	});
	const { n8n, templates, simulators } = opened;
	console.log(`
Ready after ${((Date.now() - began) / 1000).toFixed(1)} s.

  n8n        ${n8n.address}
  sign in    ${OWNER.email}
  password   ${OWNER.password}

The templates are imported, with credentials and sample settings (tenant Harbor Dental, Syncro customer ${String(SAMPLE_SETTINGS.customerId)}):
${Object.entries(templates)
	.map(([name, id]) => `  ${name.padEnd(18)} ${n8n.address}/workflow/${id}`)
	.join('\n')}

Try it:
  1. Open syncro-contacts and press "Execute workflow". It previews: the node "Readable Report" says what would change.
  2. Open its node "Settings", switch "preview" off, and execute again: the contacts are created and updated.
  3. Execute once more: nothing is left to do, and nothing is written.

Nothing leaves this machine: Microsoft 365 is simulated at ${simulators.microsoft.graph.origin},
Syncro at ${simulators.syncro.origin}.
n8n writes its log to ${n8n.logFile}.

Ctrl-C ends everything. The next start begins afresh.`);
}

/** n8n's usual port where it is free, since people know it; else any. */
async function preferredPort(): Promise<number | undefined> {
	const server = createServer();
	const free = await new Promise<boolean>((resolve) => server.once('error', () => resolve(false)).listen(5678, '127.0.0.1', () => resolve(true)));
	if (!free) return undefined;
	await new Promise((resolve) => server.close(resolve));
	return 5678;
}

main().catch((error: unknown) => {
	console.error(error instanceof Error ? error.message : error);
	process.exit(1);
});
