import { SyncError } from '../../../../sync/model/syncError';
import type { Secret, SecretSink } from '../../../../sync/secret/sink';

/** A sink in memory, which says what happened to it in which order. */
export class MemorySink implements SecretSink {
	readonly name = 'the sink of this test';
	readonly held = new Map<string, Secret>();
	readonly log: string[] = [];
	/** What a delivery fails with; it has arrived all the same where `arrives` says so. */
	failure?: { error: unknown; arrives: boolean };
	keepsEverything = false;

	constructor(private readonly note: (event: string) => void = () => undefined) {}

	async deliver(secret: Secret): Promise<string> {
		this.happened('deliver');
		if (!this.failure || this.failure.arrives) this.held.set(secret.reference, secret);
		if (this.failure) throw this.failure.error;
		return await Promise.resolve(secret.reference);
	}

	async withdraw(reference: string): Promise<void> {
		this.happened('withdraw');
		if (this.keepsEverything) throw new SyncError('The sink is down.', { class: 'unavailable', code: 'secretSink.503', remedy: 'Run again later.' });
		this.held.delete(reference);
		await Promise.resolve();
	}

	get secrets(): Secret[] {
		return [...this.held.values()];
	}

	private happened(event: string): void {
		this.log.push(event);
		this.note(event);
	}
}
