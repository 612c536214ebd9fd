import { spawn, type ChildProcess } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../scripts/package/build';
import { SAMPLE_APPS, VALID_SECRET } from '../simulators/world';
import { projectUsers } from '../sync/source/graph/read/userProjection';
import { DEFAULT_USER_PROPERTIES } from '../sync/source/graph/read/userProperties';
import type { Command, Ready } from './microsoftServer';
import type { SignInJob } from './reading/readerProcess';

/** The simulators' process, from outside. */
export interface MicrosoftServer {
	ready: Ready;
	/** How a measured process signs in and what it asks for. */
	signIn: SignInJob;
	/** Lets a measured process trust the simulators. */
	env: { NODE_EXTRA_CA_CERTS: string };
	ask<Answer>(command: Command): Promise<Answer>;
	stop(): void;
}

/**
 * Simulated Entra and Graph in a process of their own: their work must not count in a reader's process.
 *
 * @param sizes users of each tenant
 */
export async function startMicrosoftServer(sizes: number[]): Promise<MicrosoftServer> {
	const child: ChildProcess = spawn(
		process.execPath,
		[join(ROOT, 'scripts', 'typescript.cjs'), join(__dirname, 'microsoftServer.ts'), ...sizes.map(String)],
		{ cwd: ROOT, stdio: ['ignore', 'inherit', 'inherit', 'ipc'] },
	);
	const answer = async <Answer>(): Promise<Answer> =>
		await new Promise<Answer>((resolve, reject) => {
			const ended = (): void => reject(new Error('The simulators ended.'));
			child.once('exit', ended);
			child.once('message', (message) => {
				child.off('exit', ended);
				resolve(message as Answer);
			});
		});
	const ready = await answer<Ready>();
	const caFile = join(ROOT, '.build', 'bench-ca.pem');
	mkdirSync(join(ROOT, '.build'), { recursive: true });
	writeFileSync(caFile, ready.ca);
	return {
		ready,
		signIn: {
			loginOrigin: ready.loginOrigin,
			graphOrigin: ready.graphOrigin,
			clientId: SAMPLE_APPS.consented,
			secret: VALID_SECRET,
			ca: ready.ca,
			select: projectUsers(DEFAULT_USER_PROPERTIES).select,
			engine: join(ROOT, 'dist', 'sync'),
		},
		env: { NODE_EXTRA_CA_CERTS: caFile },
		ask: async <Answer>(command: Command) => {
			const reply = answer<Answer>();
			child.send(command);
			return await reply;
		},
		stop: () => child.disconnect(),
	};
}
