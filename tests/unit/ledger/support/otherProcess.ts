import { fork, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import type { LedgerOptions } from '../../../../sync/ledger';
import type { Pairing } from '../../../../sync/model/pairing';

/** What another process can be asked to do with a ledger; see otherProcessMain.ts. */
export type Request =
	/** Opens the ledger, and with it brings the schema up to date. */
	| { do: 'open'; options: LedgerOptions }
	| { do: 'startRun'; pairing: Pairing; executionId: string }
	| { do: 'consumePlan'; planId: string }
	/** Starts a run, writes one intent, and stops there. */
	| { do: 'intendOnly'; pairing: Pairing; sourceId: string }
	/** Starts a run and makes so many changes, telling each person id as soon as it is remembered. */
	| { do: 'work'; pairing: Pairing; changes: number };

/** Another Node process with a ledger of its own, as a second n8n worker would be. */
export class OtherProcess {
	/** Person ids whose change was reported as remembered. */
	readonly remembered: string[] = [];
	private readonly child: ChildProcess;
	private waiting?: { resolve: (answer: string) => void; reject: (error: Error) => void };

	constructor() {
		this.child = fork(join(__dirname, 'otherProcessMain.ts'), { execArgv: ['--require', join(__dirname, 'transform.cjs')], stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
		this.child.on('message', (message: { remembered?: string; answer?: string }) => {
			if (message.remembered !== undefined) this.remembered.push(message.remembered);
			else this.waiting?.resolve(String(message.answer));
		});
		this.child.on('exit', (code, signal) => this.waiting?.reject(new Error(`The other process ended: ${signal ?? code}`)));
	}

	/** @returns `ok`, or the code of the refusal */
	async ask(request: Request): Promise<string> {
		return await new Promise((resolve, reject) => {
			this.waiting = { resolve, reject };
			this.child.send(request);
		});
	}

	/** Ends it as a power cut would. */
	async kill(): Promise<void> {
		if (this.child.exitCode !== null || this.child.signalCode !== null) return;
		this.waiting = undefined;
		const ended = new Promise((resolve) => this.child.once('exit', resolve));
		this.child.kill('SIGKILL');
		await ended;
	}
}
