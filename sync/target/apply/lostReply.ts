import { SyncError, type SyncErrorDetails } from '../../model/syncError';

/**
 * A write was sent and no understandable answer came back: it may have been carried out or not. Whoever sent it
 * must look at the target before sending it again.
 */
export class LostReply extends SyncError {
	/** The target may still be working on it (a time-out), so that looking now proves nothing about later. */
	readonly mayStillArrive: boolean;

	constructor(message: string, details: SyncErrorDetails & { mayStillArrive: boolean }) {
		super(message, details);
		this.name = 'LostReply';
		this.mayStillArrive = details.mayStillArrive;
	}
}
