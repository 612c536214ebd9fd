import type { SimulatedResponse } from '../base/server';
import { Answer, existing, page } from './answers';
import { readBody, type Body } from './body';
import type { SyncroQuirks } from './quirks';
import { integerParameter, type Call, type Route } from './route';
import { lineOf, quantityOf, shownLine, type SyncroScheduleLine } from './scheduleLine';
import type { SyncroScheduleSeed } from './seed';
import type { SyncroState } from './state';

/** A recurring invoice. */
export interface SyncroSchedule {
	id: number;
	account_id: number;
	customer_id: number;
	email_customer: boolean;
	frequency: string;
	name: string;
	next_run: string;
	snail_mail: boolean;
	charge_mop: boolean;
	invoice_unbilled_ticket_charges: boolean;
	paused: boolean;
	last_invoice_paid: boolean | null;
	lines: SyncroScheduleLine[];
}

const WRITABLE = {
	customer_id: 'integer', email_customer: 'boolean', frequency: 'string', name: 'string', next_run: 'day', snail_mail: 'boolean',
	charge_mop: 'boolean', invoice_unbilled_ticket_charges: 'boolean', paused: 'boolean',
} as const;

const FREQUENCIES = ['Daily', 'Monthly', 'Weekly', 'Biweekly', 'Quarterly', 'Semi-Annually', 'Annually', 'Biennially', 'Triennially'];

export const SCHEDULE_ROUTES: Route[] = [
	{ method: 'GET', path: /^\/schedules$/, permission: 'Recurring Invoices - List', parameters: ['customer_id', 'page', 'per_page'], respond: listSchedules },
	{ method: 'POST', path: /^\/schedules$/, permission: 'Recurring Invoices - New', respond: createSchedule },
	{ method: 'GET', path: /^\/schedules\/(\d+)$/, permission: 'Recurring Invoices - List', respond: getSchedule },
	{ method: 'PUT', path: /^\/schedules\/(\d+)$/, permission: 'Recurring Invoices - Edit', respond: updateSchedule },
	{ method: 'DELETE', path: /^\/schedules\/(\d+)$/, permission: 'Recurring Invoices - Delete', respond: deleteSchedule },
];

function listSchedules({ request: { url }, state, quirks }: Call): SimulatedResponse {
	const customerId = integerParameter(url, 'customer_id');
	const schedules = state.schedules
		.ordered()
		.filter((schedule) => customerId === null || schedule.customer_id === customerId)
		.map((schedule) => shown(state, quirks, schedule));
	return { status: 200, body: page('schedules', schedules, url, { perPage: quirks.schedulesPerPage, meta: quirks.schedulesMeta }) };
}

function getSchedule({ state, quirks, id }: Call): SimulatedResponse {
	return { status: 200, body: { schedule: shown(state, quirks, existing(state.schedules, id, quirks)) } };
}

function createSchedule({ request, state, quirks }: Call): SimulatedResponse {
	const body = readBody(request, 'a schedule', WRITABLE);
	refuseFaults(state, { frequency: '', next_run: '', name: '', ...body });
	const { id, customer_id, name, frequency, next_run, ...rest } = { id: state.schedules.nextId(), ...body };
	const schedule = { ...scheduleOf({ id, customer_id: customer_id!, name: name!, frequency, next_run }), ...rest };
	state.schedules.set(id, schedule);
	return { status: 200, body: { schedule: shown(state, quirks, schedule) } };
}

/** `PUT /schedules/{id}`: what is not named stays. Lines have requests of their own. */
function updateSchedule({ request, state, quirks, id }: Call): SimulatedResponse {
	const schedule = existing(state.schedules, id, quirks);
	const body = readBody(request, 'a schedule', WRITABLE);
	refuseFaults(state, { ...schedule, ...body });
	Object.assign(schedule, body, body.next_run && { next_run: new Date(body.next_run).toISOString() });
	return { status: 200, body: { schedule: shown(state, quirks, schedule) } };
}

function deleteSchedule({ state, quirks, id }: Call): SimulatedResponse {
	existing(state.schedules, id, quirks);
	state.schedules.delete(id);
	return undocumentedAnswer(quirks);
}

/** The specification names all that is wrong with a schedule at once. */
function refuseFaults(state: SyncroState, { customer_id, frequency, name, next_run }: Body<typeof WRITABLE>): void {
	const faults = [
		...(FREQUENCIES.includes(frequency!) ? [] : ['Frequency Must be a valid selection']),
		...(frequency ? [] : ["Frequency can't be blank"]),
		...(next_run ? [] : ["Next run can't be blank"]),
		...(name?.trim() ? [] : ["Name can't be blank"]),
		...(customer_id !== undefined && state.customers.has(customer_id) ? [] : ["Customer can't be blank"]),
	];
	if (faults.length > 0) throw refusedSchedule(faults);
}

/** 422 as Syncro refuses schedules and their lines. */
export function refusedSchedule(error: string[]): Answer {
	return new Answer({ status: 422, body: { error } });
}

/** 200 for a request of which the specification shows no answer. */
export function undocumentedAnswer(quirks: SyncroQuirks): SimulatedResponse {
	return { status: 200, body: quirks.undocumentedAnswers === 'success' ? { success: true } : undefined };
}

function shown(state: SyncroState, quirks: SyncroQuirks, schedule: SyncroSchedule): object {
	const { lines, ...rest } = schedule;
	const cents = lines.reduce((sum, line) => sum + line.retail_cents * quantityOf(state, quirks, schedule, line), 0);
	return { ...rest, subtotal: cents / 100, lines: lines.map((line) => shownLine(state, quirks, schedule, line)) };
}

export function scheduleOf(seed: SyncroScheduleSeed): SyncroSchedule {
	return {
		id: seed.id,
		account_id: 1,
		customer_id: seed.customer_id,
		email_customer: false,
		frequency: seed.frequency ?? 'Monthly',
		name: seed.name,
		next_run: new Date(seed.next_run ?? '2024-02-01').toISOString(),
		snail_mail: false,
		charge_mop: false,
		invoice_unbilled_ticket_charges: false,
		paused: seed.paused ?? false,
		last_invoice_paid: null,
		lines: (seed.lines ?? []).map((line, position) => lineOf({ ...line, schedule_id: seed.id, position })),
	};
}
