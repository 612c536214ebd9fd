import type { SimulatedResponse } from '../base/server';
import { Answer, existing, outsideContract, page, refusedWithMessages } from './answers';
import { checked, readBody, type Body } from './body';
import { like } from './like';
import { integerParameter, momentParameter, type Call, type Route } from './route';
import type { SyncroState } from './state';
import { COMMENT_FIELDS, commentFaults, writeComment, type SyncroComment } from './ticketComments';

export interface SyncroTicket {
	id: number;
	number: number;
	subject: string;
	customer_id: number;
	contact_id: number | null;
	user_id: number | null;
	problem_type: string | null;
	status: string;
	priority: string | null;
	due_date: string | null;
	start_at: string | null;
	end_at: string | null;
	location_id: number | null;
	ticket_type_id: number | null;
	properties: Record<string, unknown>;
	asset_ids: number[];
	tag_list: string[];
	resolved_at: string | null;
	created_at: string;
	updated_at: string;
	/** Oldest first. */
	comments: SyncroComment[];
}

const WRITABLE = {
	customer_id: 'integer', ticket_type_id: 'integer', subject: 'string', due_date: 'day', start_at: 'string', end_at: 'string', location_id: 'integer',
	problem_type: 'string', status: 'string', user_id: 'integer', properties: 'object', asset_ids: 'integers', contact_id: 'integer', priority: 'string',
	tag_list: 'strings',
} as const;

/** Fields of the specification that nothing here has a use for: numbers chosen by hand, signatures, forms and service levels. */
const IGNORED = {
	number: 'string', signature_name: 'string', signature_data: 'string', sla_id: 'integer', outtake_form_data: 'string', outtake_form_date: 'string',
	outtake_form_name: 'string',
} as const;

const TAKEN = { ...WRITABLE, ...IGNORED, comments_attributes: 'objects' } as const;

/** A ticket in one of these is done; the list's filter "Not Closed" leaves it out. */
const CLOSED = ['Resolved', 'Invoiced'];

export const TICKET_ROUTES: Route[] = [
	{
		method: 'GET',
		path: /^\/tickets$/,
		permission: 'Tickets - List/Search',
		parameters: [
			'customer_id', 'contact_id', 'number', 'resolved_after', 'created_after', 'since_updated_at', 'status', 'query', 'user_id', 'all_comments', 'page',
			'per_page',
		],
		respond: listTickets,
	},
	{ method: 'POST', path: /^\/tickets$/, permission: 'Tickets - Create', respond: createTicket },
	{ method: 'GET', path: /^\/tickets\/(\d+)$/, permission: 'Tickets - View Details', respond: getTicket },
	{ method: 'PUT', path: /^\/tickets\/(\d+)$/, permission: 'Tickets - Edit', respond: updateTicket },
];

/** `GET /tickets`, newest first. */
function listTickets({ request: { url }, state, quirks }: Call): SimulatedResponse {
	const query = url.searchParams;
	const resolvedAfter = momentParameter(url, 'resolved_after');
	const createdAfter = momentParameter(url, 'created_after');
	const updatedSince = momentParameter(url, 'since_updated_at');
	const status = query.get('status');
	const number = query.get('number');
	const ids = (['customer_id', 'contact_id', 'user_id'] as const).map((name) => ({ name, wanted: integerParameter(url, name) }));
	const later = (moment: string | null, than: number | null) => than === null || (moment !== null && Date.parse(moment) > than);
	const tickets = state.tickets
		.ordered()
		.reverse()
		.filter((ticket) => ids.every(({ name, wanted }) => wanted === null || ticket[name] === wanted))
		.filter((ticket) => number === null || String(ticket.number) === number)
		.filter((ticket) => status === null || (status === 'Not Closed' ? !CLOSED.includes(ticket.status) : ticket.status === status))
		.filter((ticket) => later(ticket.resolved_at, resolvedAfter) && later(ticket.created_at, createdAfter) && later(ticket.updated_at, updatedSince))
		.filter((ticket) => like([ticket.number, ticket.subject].join(' '), query.get('query')))
		.map((ticket) => listed(state, ticket, query.get('all_comments') !== 'false'));
	return { status: 200, body: page('tickets', tickets, url, { perPage: quirks.ticketsPerPage, meta: 'pagesOnly' }) };
}

function getTicket({ state, quirks, id }: Call): SimulatedResponse {
	return { status: 200, body: { ticket: shown(state, existing(state.tickets, id, quirks)) } };
}

/** `POST /tickets`: each comment that comes with it is sent to the client unless it says otherwise. */
function createTicket({ request, state, token }: Call): SimulatedResponse {
	const body = readBody(request, 'a ticket', TAKEN);
	const { customer_id } = body;
	if (customer_id === undefined || !state.customers.has(customer_id)) throw refusedNew('Customer required field');
	// What Syncro says of this one is not documented.
	if (!body.subject?.trim()) throw refusedNew("Subject can't be blank");
	const comments = commentsOf(body);
	const faults = comments.flatMap(commentFaults);
	if (faults.length > 0) throw refusedNew(faults.join(', '));
	refuseStrangers(state, { ...body, customer_id });
	const moment = state.moment();
	const id = state.tickets.nextId();
	const ticket: SyncroTicket = {
		id,
		number: 4000 + id,
		subject: body.subject,
		customer_id,
		contact_id: body.contact_id ?? null,
		user_id: body.user_id ?? null,
		problem_type: body.problem_type ?? null,
		status: body.status ?? 'New',
		priority: body.priority ?? null,
		due_date: startOf(body.due_date),
		start_at: body.start_at ?? null,
		end_at: body.end_at ?? null,
		location_id: body.location_id ?? null,
		ticket_type_id: body.ticket_type_id ?? null,
		properties: body.properties ?? {},
		asset_ids: body.asset_ids ?? [],
		tag_list: body.tag_list ?? [],
		resolved_at: CLOSED.includes(body.status ?? '') ? moment : null,
		created_at: moment,
		updated_at: moment,
		comments: [],
	};
	state.tickets.set(id, ticket);
	for (const comment of comments) writeComment(state, ticket, comment, token);
	return { status: 200, body: { ticket: shown(state, ticket) } };
}

/** `PUT /tickets/{id}`: what is not named stays, and comments are added to those that are there. */
function updateTicket({ request, state, quirks, id, token }: Call): SimulatedResponse {
	const ticket = existing(state.tickets, id, quirks);
	const body = readBody(request, 'a ticket', TAKEN);
	const comments = commentsOf(body);
	const faults = [...(body.subject === undefined || body.subject.trim() ? [] : ["Subject can't be blank"]), ...comments.flatMap(commentFaults)];
	if (faults.length > 0) throw refusedWithMessages(faults);
	refuseStrangers(state, { ...ticket, ...body });
	for (const name of Object.keys(WRITABLE) as Array<keyof typeof WRITABLE>) if (name in body) Object.assign(ticket, { [name]: body[name] });
	if (body.due_date !== undefined) ticket.due_date = startOf(body.due_date);
	ticket.resolved_at = CLOSED.includes(ticket.status) ? (ticket.resolved_at ?? state.moment()) : null;
	ticket.updated_at = state.moment();
	for (const comment of comments) writeComment(state, ticket, comment, token);
	return { status: 200, body: { ticket: shown(state, ticket) } };
}

function startOf(day: string | undefined): string | null {
	return day ? new Date(day).toISOString() : null;
}

function commentsOf({ comments_attributes = [] }: Body<typeof TAKEN>): Array<Body<typeof COMMENT_FIELDS>> {
	return comments_attributes.map((comment) => checked(comment, 'a comment', COMMENT_FIELDS));
}

function refusedNew(error: string): Answer {
	return new Answer({ status: 422, body: { error } });
}

/** What Syncro does with contacts and assets of another customer is not documented; nobody should send them. */
function refuseStrangers(state: SyncroState, ticket: { customer_id: number; contact_id?: number | null; asset_ids?: number[] }): void {
	const { customer_id, contact_id, asset_ids = [] } = ticket;
	if (!state.customers.has(customer_id)) throw outsideContract(`a ticket of customer ${customer_id}`);
	if (contact_id && state.contacts.get(contact_id)?.customer_id !== customer_id) throw outsideContract(`contact ${contact_id} of customer ${customer_id}`);
	const stray = asset_ids.find((id) => state.assets.get(id)?.customer_id !== customer_id);
	if (stray !== undefined) throw outsideContract(`asset ${stray} of customer ${customer_id}`);
}

/** In a list: `contact_id`, and no embedded records. */
function listed(state: SyncroState, ticket: SyncroTicket, allComments: boolean): object {
	const { asset_ids, ...rest } = ticket;
	return {
		...rest,
		customer_business_then_name: state.customers.get(ticket.customer_id)?.business_name ?? null,
		contact_fullname: contactOf(state, ticket)?.name ?? null,
		comments: newestFirst(allComments ? ticket.comments : ticket.comments.slice(0, 1)),
		user: null,
	};
}

/** On its own: the contact embedded instead of its id, as the specification's example has it. */
function shown(state: SyncroState, ticket: SyncroTicket): object {
	const { contact_id, ...rest } = ticket;
	const customer = state.customers.get(ticket.customer_id);
	return {
		...rest,
		customer_business_then_name: customer?.business_name ?? null,
		comments: newestFirst(ticket.comments),
		attachments: [],
		ticket_timers: [],
		line_items: [],
		assets: ticket.asset_ids.map((id) => ({ id, name: state.assets.get(id)?.name ?? null })),
		customer: customer ? { id: customer.id, business_name: customer.business_name, email: customer.email } : null,
		contact: contactOf(state, ticket) ?? null,
		user: null,
	};
}

export function newestFirst(comments: SyncroComment[]): SyncroComment[] {
	return [...comments].reverse();
}

function contactOf(state: SyncroState, { contact_id }: SyncroTicket) {
	return contact_id === null ? undefined : state.contacts.get(contact_id);
}
