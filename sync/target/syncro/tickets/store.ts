import type { FieldChange } from '../../../model/change';
import type { RecordStore } from '../../recordStore';
import type { SyncroClient } from '../client';
import { severityOf, withMark, type Severity } from '../findings/mark';
import { syncroTickets } from './definition';
import { changeTicket, getOpenTicket, openTicket, openTickets, RESOLVED } from './tickets';

/** As every account of Syncro has them (`GET /settings`, ticket.priorities). */
const PRIORITIES: Record<Severity, string> = { high: '1 High', medium: '2 Normal' };

/** Tickets of a Syncro account, as plans are carried out on them: what has to go gets the status Resolved. Nothing is ever mailed to the client. */
export function ticketStore(client: SyncroClient): RecordStore {
	return {
		definition: syncroTickets,
		account: client.account,
		clock: client.clock,
		failures: 'syncro.',
		wait: async (milliseconds, call) => await client.wait(milliseconds, call),
		list: async ({ customerId }, call) => await openTickets(client, customerId, call),
		get: async (id, { call, doing }) => await getOpenTicket(client, id, call, doing),
		create: async (fields, { change: { pairing, sourceId }, call, doing }) => {
			const severity = severityOf(value(fields, 'severity'));
			const problemType = value(fields, 'problemType');
			const body = {
				subject: value(fields, 'subject'),
				...(problemType === '' ? {} : { problem_type: problemType }),
				...(severity === undefined ? {} : { priority: PRIORITIES[severity] }),
			};
			const note = { subject: 'Initial Issue', body: withMark(value(fields, 'details'), sourceId, severity) };
			return await openTicket(client, pairing.customerId, body, note, call, doing);
		},
		update: async ({ id }, fields, { change: { sourceId, label }, call, doing }) => {
			const severity = severityOf(value(fields, 'severity'));
			const body = severity === undefined ? {} : { priority: PRIORITIES[severity] };
			const note = { subject: 'Severity', body: withMark(`${label}\nThe severity is ${severity ?? 'not known'} now.`, sourceId, severity) };
			return await changeTicket(client, id, body, note, call, doing);
		},
		remove: async ({ id }, { change: { reason }, call, doing }) => {
			await changeTicket(client, id, { status: RESOLVED }, { subject: 'Resolved', body: reason }, call, doing);
		},
	};
}

function value(fields: readonly FieldChange[], name: string): string {
	return fields.find(({ field }) => field === name)?.after ?? '';
}
