import type { Call } from '../../../http/call';
import type { Finding } from '../../../model/finding';
import type { FieldValue, TargetRecord } from '../../../model/targetRecord';
import type { SyncroClient } from '../client';
import { malformed } from '../errors';
import { closedMeanwhile, wrapped, written } from '../findings/answers';
import { readMark, type MarkedText } from '../findings/mark';
import { idNumber, isId } from '../ids';
import { listPages } from '../paging';
import { CREATE_TICKET, EDIT_TICKET, LIST_TICKETS, VIEW_TICKET } from '../permissions';
import { syncroTickets } from './definition';

/** A ticket of Syncro; see `ticketRecord`. */
export interface SyncroTicket extends TargetRecord {
	/** The finding that it was opened for; null: it is somebody else's. */
	findingId: string | null;
	/** As people call it, which is not its id. */
	number: FieldValue;
	subject: FieldValue;
	status: string;
	/** As it is now; somebody may have set another than ours. */
	priority: FieldValue;
	problemType: FieldValue;
	/** What this package wrote last; null in tickets of others. */
	severity: Finding['severity'] | null;
	details: FieldValue;
	createdAt?: string;
}

/** What is sent of a ticket: Syncro's own keys. */
export interface TicketBody {
	subject?: string;
	problem_type?: string;
	priority?: string;
	status?: string;
}

export interface Note {
	subject: string;
	body: string;
}

export const RESOLVED = 'Resolved';
/** A ticket in one of these is done. */
const CLOSED: readonly unknown[] = [RESOLVED, 'Invoiced'];

/** The open tickets of a customer, whoever opened them. Comments are read for the marks in them and go no further. */
export async function openTickets(client: SyncroClient, customerId: string, call: Call = {}): Promise<SyncroTicket[]> {
	const doing = `read the open tickets of customer ${customerId}`;
	const tickets = new Map<string, SyncroTicket>();
	const query = { customer_id: idNumber(customerId, 'customer'), status: 'Not Closed', all_comments: 'true' };
	for await (const { rows } of listPages(client, { path: '/tickets', rows: 'tickets', query, doing, permission: LIST_TICKETS }, call)) {
		for (const row of rows) {
			const ticket = ticketRecord(client.account, row, doing);
			if (ticket.customerId !== customerId) {
				throw malformed({ account: client.account, doing }, `the list holds the ticket ${ticket.id}, which belongs to customer ${ticket.customerId}`);
			}
			if (!CLOSED.includes(ticket.status)) tickets.set(ticket.id, ticket);
		}
	}
	return [...tickets.values()];
}

/** An open ticket. @throws SyncError class `notFound` also for one that is resolved */
export async function getOpenTicket(client: SyncroClient, id: string, call: Call, doing: string): Promise<SyncroTicket> {
	const answer = await client.request({ ...call, method: 'GET', path: `/tickets/${idNumber(id, 'ticket')}`, doing, permission: VIEW_TICKET });
	const ticket = ticketRecord(client.account, wrapped(client, answer, ['ticket'], doing), doing);
	if (ticket.id !== id) throw malformed({ account: client.account, doing }, `Syncro answered with the ticket ${ticket.id} instead of ${id}`);
	if (CLOSED.includes(ticket.status)) throw closedMeanwhile(client, doing, 'closed');
	return ticket;
}

/** Opens a ticket with a private note. @returns the ticket as Syncro stored it */
export async function openTicket(client: SyncroClient, customerId: string, body: TicketBody, note: Note, call: Call, doing: string): Promise<SyncroTicket> {
	const sent = { customer_id: idNumber(customerId, 'customer'), ...body, comments_attributes: [privately(note)] };
	const answer = await client.request({ ...call, method: 'POST', path: '/tickets', body: sent, doing, permission: CREATE_TICKET });
	const read = () => ticketRecord(client.account, wrapped(client, answer, ['ticket'], doing), doing);
	return written(client, doing, read, (ticket) => ticket.customerId === customerId);
}

/** Changes a ticket and adds a private note that says why; what is not in `body` stays. @returns what was stored */
export async function changeTicket(client: SyncroClient, id: string, body: TicketBody, note: Note, call: Call, doing: string): Promise<SyncroTicket> {
	const sent = { ...body, comments_attributes: [privately(note)] };
	const answer = await client.request({ ...call, method: 'PUT', path: `/tickets/${idNumber(id, 'ticket')}`, body: sent, doing, permission: EDIT_TICKET });
	const read = () => ticketRecord(client.account, wrapped(client, answer, ['ticket'], doing), doing);
	return written(client, doing, read, (ticket) => ticket.id === id);
}

/** Syncro mails a comment to the client unless it says otherwise. */
function privately(note: Note): object {
	return { ...note, hidden: true, do_not_email: true };
}

/** A row of Syncro as a target record. */
function ticketRecord(account: string, row: Record<string, unknown>, doing: string): SyncroTicket {
	const { id, customer_id: customerId, status } = row;
	if (!isId(id)) throw malformed({ account, doing }, 'the answer holds a ticket without an id');
	if (!isId(customerId)) throw malformed({ account, doing }, `the ticket ${String(id)} does not say which customer it belongs to`);
	if (typeof status !== 'string') throw malformed({ account, doing }, `the ticket ${String(id)} has no status`);
	const marks = marksOf(row.comments);
	const newest = marks.at(-1);
	const subject = text(row.subject);
	return {
		kind: 'ticket',
		target: syncroTickets.name,
		account,
		customerId: String(customerId),
		id: String(id),
		name: subject,
		number: text(row.number),
		findingId: newest?.findingId ?? null,
		subject,
		status,
		priority: text(row.priority),
		problemType: text(row.problem_type),
		severity: newest?.severity ?? null,
		details: marks[0]?.text || null,
		...(typeof row.created_at === 'string' ? { createdAt: row.created_at } : {}),
	};
}

/** The marks in the comments, oldest first. Those of this package are private: what the client writes into a ticket is no mark. */
function marksOf(comments: unknown): MarkedText[] {
	if (!Array.isArray(comments)) return [];
	return (comments as Array<{ id?: unknown; body?: unknown; hidden?: unknown }>)
		.filter((comment) => comment?.hidden !== false)
		.map((comment) => ({ order: Number(comment?.id), ...readMark(typeof comment?.body === 'string' ? comment.body : '') }))
		.filter(({ findingId }) => findingId !== null)
		.sort((a, b) => a.order - b.order);
}

function text(value: unknown): FieldValue {
	return value === null || value === undefined ? null : String(value);
}
