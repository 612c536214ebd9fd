import type { Call } from '../../http/call';
import { SyncError } from '../../model/syncError';
import type { TargetRecord } from '../../model/targetRecord';
import { LostReply } from '../apply/lostReply';
import type { SyncroClient } from './client';
import { malformed } from './errors';
import { idNumber } from './ids';
import { listPages } from './paging';

/** A list of Syncro that can be asked for the records of one customer. */
export interface CustomerList<R extends TargetRecord> {
	path: string;
	/** Key of the rows in the answer. */
	rows: string;
	/** For messages, for example "contact" and "contacts". */
	noun: string;
	nouns: string;
	permission: string;
	/** Further filters of the list. */
	query?: Record<string, string>;
	/** For messages; default: that the records of the customer are read. */
	doing?: string;
	/** @throws SyncError `syncro.malformed` */
	record(account: string, row: Record<string, unknown>, doing: string): R;
}

/** How often a list that changed while it was read is read again. */
const READ_AGAIN = 2;

/**
 * The records of a customer, page by page. Every one must say that it belongs to that customer.
 *
 * @throws SyncError; `syncro.listChanged` when records came or went meanwhile, so that some may be missing
 */
export async function* recordPages<R extends TargetRecord>(client: SyncroClient, list: CustomerList<R>, customerId: string, call: Call = {}): AsyncGenerator<R[]> {
	const { noun, nouns, record, doing = `read the ${nouns} of customer ${customerId}` } = list;
	const changed = () => listChanged(client, doing, nouns);
	const seen = new Set<string>();
	let expected: number | undefined;
	const request = { ...list, query: { customer_id: idNumber(customerId, 'customer'), ...list.query }, doing };
	for await (const { rows, totalEntries } of listPages(client, request, call)) {
		if (expected !== undefined && totalEntries !== undefined && totalEntries !== expected) throw changed();
		expected = totalEntries;
		const page = rows.map((row) => record(client.account, row, doing));
		for (const { id, customerId: owner } of page) {
			if (owner !== customerId) throw malformed({ account: client.account, doing }, `the list holds the ${noun} ${id}, which belongs to customer ${owner}`);
			if (seen.has(id)) throw changed();
			seen.add(id);
		}
		yield page;
	}
	if (expected !== undefined && seen.size !== expected) throw changed();
}

/** All records of a customer; a list that changed while it was read is read again. */
export async function allRecords<R extends TargetRecord>(client: SyncroClient, list: CustomerList<R>, customerId: string, call: Call = {}): Promise<R[]> {
	for (let attempt = 0; ; attempt++) {
		try {
			const records: R[] = [];
			for await (const page of recordPages(client, list, customerId, call)) records.push(...page);
			return records;
		} catch (error) {
			if (!(error instanceof SyncError) || error.code !== 'syncro.listChanged' || attempt >= READ_AGAIN) throw error;
		}
	}
}

/** The record that was asked for. @throws SyncError `syncro.malformed` for another one */
export function requireId<R extends TargetRecord>(client: SyncroClient, record: R, id: string, noun: string, doing: string): R {
	if (record.id === id) return record;
	throw malformed({ account: client.account, doing }, `Syncro answered with the ${noun} ${record.id} instead of ${id}`);
}

/**
 * The answer to a write. One that can't be understood proves nothing: it counts as a lost reply.
 *
 * @param read takes the answer apart; what it throws means that it can't be understood
 */
export function understood<R extends TargetRecord>(client: SyncroClient, noun: string, doing: string, read: () => R, fits: (record: R) => boolean): R {
	let record: R | undefined;
	try {
		record = read();
	} catch (error) {
		if (!(error instanceof SyncError)) throw error;
	}
	if (record && fits(record)) return record;
	const { message, remedy } = malformed({ account: client.account, doing }, `the answer is not the ${noun} that was sent`);
	throw new LostReply(message, { class: 'unavailable', code: 'syncro.malformed', remedy, mayStillArrive: false });
}

function listChanged(client: SyncroClient, doing: string, nouns: string): SyncError {
	return new SyncError(`Syncro account ${client.account}: could not ${doing}, because ${nouns} were added or removed while the list was read.`, {
		class: 'unavailable',
		code: 'syncro.listChanged',
		remedy: 'Run it again; a list with gaps is never used.',
	});
}
