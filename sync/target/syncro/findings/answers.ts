import { SyncError } from '../../../model/syncError';
import type { TargetRecord } from '../../../model/targetRecord';
import { LostReply } from '../../apply/lostReply';
import type { SyncroClient } from '../client';
import { malformed } from '../errors';

/** The object under the first of these keys that the answer has. */
export function wrapped(client: SyncroClient, answer: Record<string, unknown>, keys: readonly string[], doing: string): Record<string, unknown> {
	const row = keys.map((key) => answer[key]).find((value) => typeof value === 'object' && value !== null);
	if (row !== undefined) return row as Record<string, unknown>;
	throw malformed({ account: client.account, doing }, `the answer holds no ${keys[0]}`);
}

/** The record in the answer to a write. One that can't be understood proves nothing: it counts as a lost reply. */
export function written<T extends TargetRecord>(client: SyncroClient, doing: string, read: () => T, fits: (record: T) => boolean): T {
	let record: T | undefined;
	try {
		record = read();
	} catch (error) {
		if (!(error instanceof SyncError)) throw error;
	}
	if (record && fits(record)) return record;
	const { message, remedy } = malformed({ account: client.account, doing }, 'the answer is not the record that was sent');
	throw new LostReply(message, { class: 'unavailable', code: 'syncro.malformed', remedy, mayStillArrive: false });
}

/** Closed meanwhile: there is no open record with this id. */
export function closedMeanwhile(client: SyncroClient, doing: string, how: string): SyncError {
	return new SyncError(`Syncro account ${client.account}: could not ${doing}, because it is ${how} in Syncro.`, {
		class: 'notFound',
		code: 'syncro.closed',
		remedy: 'Nothing needs to be done; the next plan decides anew.',
	});
}
