import { SyncError } from '../model/syncError';

/** The moment for people, to the second, in UTC: `2026-11-22 21:43:05 UTC`. */
export function describeMoment(moment: number): string {
	return `${new Date(moment).toISOString().slice(0, 19).replace('T', ' ')} UTC`;
}

/** A refusal that a person must understand. */
export function refusal(code: string, message: string, remedy: string): SyncError {
	return new SyncError(message, { class: 'ledger', code: `ledger.${code}`, remedy });
}

export function unknownRun(runId: string): SyncError {
	return refusal(
		'unknownRun',
		`The ledger knows no run ${runId}.`,
		'Look the run up with Run → Get Many. Runs that are older than the retention of the Sync Ledger credential are deleted.',
	);
}

export function leaseLost(runId: string, status: string): SyncError {
	return refusal(
		'leaseLost',
		`The run ${runId} no longer holds the lock of its tenant and customer; it is recorded as ${status}.`,
		status === 'abandoned'
			? 'Another run took over because this one did not renew its lock in time. Nothing more is written here; the other run completes the work. Raise the lock expiry in Run → Start if this happens again.'
			: 'The run has already ended. Begin a new one with Run → Start.',
	);
}

export function unknownChange(changeId: string): SyncError {
	return refusal(
		'unknownChange',
		`The ledger knows no change ${changeId}.`,
		'It was deleted in the meantime. Start the workflow again: the next run finds what has arrived.',
	);
}
