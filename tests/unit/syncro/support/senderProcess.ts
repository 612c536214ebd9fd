import { fork, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import type { PostgresSettings } from '../../../../sync/ledger';
import type { SyncroSettings } from '../../../../sync/target/syncro/client';

/** What a process gets to do; see senderProcessMain.ts. */
export interface SenderJob {
	ledger: PostgresSettings;
	syncro: Pick<SyncroSettings, 'subdomain' | 'token' | 'addressOverride' | 'caCertificates'>;
	/** Requests are sent one after another in each of so many lanes. */
	lanes: number;
	/** So many times faster than real time passes. */
	speed: number;
}

/** Another n8n worker, with the real client for Syncro and the real ledger in PostgreSQL. */
export class SenderProcess {
	private readonly child: ChildProcess;
	private readonly answers: string[] = [];
	private waiting?: { resolve: (answer: string) => void; reject: (error: Error) => void };

	constructor() {
		const transform = join(__dirname, '..', '..', 'ledger', 'support', 'transform.cjs');
		this.child = fork(join(__dirname, 'senderProcessMain.ts'), { execArgv: ['--require', transform], stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
		this.child.on('message', (answer: string) => {
			if (this.waiting) this.waiting.resolve(answer);
			else this.answers.push(answer);
			this.waiting = undefined;
		});
		this.child.on('exit', (code, signal) => this.waiting?.reject(new Error(`The process ended: ${signal ?? code}`)));
	}

	/** Opens everything. @returns `ready`, or why not */
	async prepare(job: SenderJob): Promise<string> {
		this.child.send({ job });
		return await this.nextAnswer();
	}

	go(): void {
		this.child.send({ go: true });
	}

	/** Sends nothing more. @returns how it kept the pace, or why it failed */
	async stop(): Promise<string> {
		this.child.send({ stop: true });
		return await this.nextAnswer();
	}

	/** Ends it as a power cut would. */
	async kill(): Promise<void> {
		if (this.child.exitCode !== null || this.child.signalCode !== null) return;
		this.waiting = undefined;
		const ended = new Promise((resolve) => this.child.once('exit', resolve));
		this.child.kill('SIGKILL');
		await ended;
	}

	private async nextAnswer(): Promise<string> {
		const known = this.answers.shift();
		if (known !== undefined) return known;
		return await new Promise((resolve, reject) => (this.waiting = { resolve, reject }));
	}
}
