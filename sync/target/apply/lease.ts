import type { Clock } from '../../http/clock';
import type { ApplyRun, RunLedger } from './runLedger';

const SHORTEST = 30;
const LONGEST = 3600;

/** Keeps the lock of a run while its changes are carried out. */
export class Lease {
	private until: number;
	/** As long as the run was given at its start, in seconds. */
	private readonly seconds: number;

	constructor(
		private readonly ledger: Pick<RunLedger, 'renewLease'>,
		private readonly run: ApplyRun,
		private readonly clock: Clock,
	) {
		this.until = run.leaseUntil;
		this.seconds = Math.min(LONGEST, Math.max(SHORTEST, Math.round((run.leaseUntil - run.startedAt) / 1000)));
	}

	/** Renews at once. @throws SyncError `ledger.leaseLost` when the run no longer holds the lock */
	async renew(): Promise<void> {
		const now = this.clock.now();
		await this.ledger.renewLease(this.run.runId, this.seconds);
		this.until = now + this.seconds * 1000;
	}

	/** Renews when less than half of the time is left. */
	async keep(): Promise<void> {
		if (this.until - this.clock.now() < (this.seconds * 1000) / 2) await this.renew();
	}
}
