import type { SimulatedResponse } from '../base/server';
import { existing, outsideContract, page, refusedWithMessages } from './answers';
import { readBody, type Body } from './body';
import { integerParameter, momentParameter, type Call, type Route } from './route';
import type { SyncroToken } from './seed';
import type { SyncroState } from './state';
import type { SyncroTicket } from './tickets';

/** `do_not_email` and `sms_body` can be sent and are never shown. */
export interface SyncroComment {
	id: number;
	created_at: string;
	updated_at: string;
	ticket_id: number;
	subject: string;
	body: string;
	tech: string | null;
	/** Seen by technicians only. */
	hidden: boolean;
	user_id: number | null;
}

/** A mail or text message to the client. */
export interface OutgoingMessage {
	via: 'mail' | 'sms';
	/** Of the ticket's contact, or of its customer; undefined where neither has one. */
	to: string | undefined;
	ticketId: number;
	subject: string;
	body: string;
}

export const COMMENT_FIELDS = { subject: 'string', tech: 'string', body: 'string', hidden: 'boolean', sms_body: 'string', do_not_email: 'boolean' } as const;

const DEFAULT_PER_PAGE = 10;

export const TICKET_COMMENT_ROUTES: Route[] = [
	{ method: 'POST', path: /^\/tickets\/(\d+)\/comment$/, permission: 'Tickets - Edit', respond: addComment },
	{
		method: 'GET',
		path: /^\/tickets\/(\d+)\/comments$/,
		permission: 'Tickets - View Details',
		parameters: ['sort_by', 'sort_direction', 'created_after', 'created_before', 'updated_after', 'updated_before', 'page', 'per_page'],
		respond: listComments,
	},
];

function addComment({ request, state, quirks, id, token }: Call): SimulatedResponse {
	const ticket = existing(state.tickets, id, quirks);
	const body = readBody(request, 'a comment', COMMENT_FIELDS);
	const faults = commentFaults(body);
	if (faults.length > 0) throw refusedWithMessages(faults);
	return { status: 200, body: { comment: writeComment(state, ticket, body, token) } };
}

/** `GET /tickets/{id}/comments`, newest first unless told otherwise: the one list whose `per_page` is documented. */
function listComments({ request: { url }, state, quirks, id }: Call): SimulatedResponse {
	const ticket = existing(state.tickets, id, quirks);
	const field = url.searchParams.get('sort_by') ?? 'created_at';
	if (field !== 'created_at' && field !== 'updated_at') throw outsideContract(`sort_by ${field}`);
	const sign = url.searchParams.get('sort_direction') === 'ASC' ? 1 : -1;
	const bounds = (['created', 'updated'] as const).map((what) => ({
		key: `${what}_at` as const,
		after: momentParameter(url, `${what}_after`) ?? -Infinity,
		before: momentParameter(url, `${what}_before`) ?? Infinity,
	}));
	const comments = ticket.comments
		.filter((comment) => bounds.every(({ key, after, before }) => Date.parse(comment[key]) > after && Date.parse(comment[key]) < before))
		.sort((a, b) => sign * (a[field].localeCompare(b[field]) || a.id - b.id));
	const perPage = integerParameter(url, 'per_page') ?? DEFAULT_PER_PAGE;
	return { status: 200, body: page('comments', comments, url, { perPage, meta: quirks.meta }) };
}

export function commentFaults({ subject, body }: Body<typeof COMMENT_FIELDS>): string[] {
	return [...(body?.trim() ? [] : ["Body can't be blank"]), ...(subject?.trim() ? [] : ["Subject can't be blank"])];
}

/**
 * Adds a comment. It is mailed to the client unless it says `do_not_email: true`: nobody has seen that `hidden` alone
 * keeps it from being sent.
 */
export function writeComment(state: SyncroState, ticket: SyncroTicket, sent: Body<typeof COMMENT_FIELDS>, token: SyncroToken): SyncroComment {
	const moment = state.moment();
	const comment: SyncroComment = {
		id: state.nextCommentId(),
		created_at: moment,
		updated_at: moment,
		ticket_id: ticket.id,
		subject: sent.subject!,
		body: sent.body!,
		tech: sent.tech ?? null,
		hidden: sent.hidden ?? false,
		user_id: 1 + state.seed.tokens.indexOf(token),
	};
	ticket.comments.push(comment);
	ticket.updated_at = moment;
	const client = (ticket.contact_id !== null && state.contacts.get(ticket.contact_id)) || state.customers.get(ticket.customer_id);
	const message = { ticketId: ticket.id, subject: comment.subject };
	if (!sent.do_not_email) state.outbox.push({ ...message, via: 'mail', to: client?.email || undefined, body: comment.body });
	if (sent.sms_body) state.outbox.push({ ...message, via: 'sms', to: client?.mobile || undefined, body: sent.sms_body });
	return comment;
}
