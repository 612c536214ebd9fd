import type { SimulatedResponse } from '../base/server';
import { existing, notFound, outsideContract } from './answers';
import { readBody, readJson, type Body } from './body';
import type { SyncroQuirks } from './quirks';
import type { Call, Route } from './route';
import { isCounter, lineOf, shownLine, type SyncroScheduleLine } from './scheduleLine';
import { refusedSchedule, undocumentedAnswer, type SyncroSchedule } from './schedules';
import type { SyncroState } from './state';

/** A quantity that somebody sent for a line that counts by itself. */
export interface QuantityForCounter {
	schedule_id: number;
	line_id: number;
	quantity: number;
}

const WRITABLE = {
	product_id: 'integer', cost_cents: 'integer', description: 'string', name: 'string', position: 'integer', quantity: 'number', retail_cents: 'integer',
	one_time_charge: 'boolean', taxable: 'boolean', user_id: 'integer', asset_type_id: 'integer', contact_field_type_id: 'integer',
	contact_field_answer_id: 'integer', recurring_type_id: 'integer', saved_asset_search_id: 'integer',
} as const;

export const SCHEDULE_LINE_ROUTES: Route[] = [
	{ method: 'POST', path: /^\/schedules\/(\d+)\/add_line_item$/, permission: 'Recurring Invoices - Edit', respond: addLine },
	{ method: 'PUT', path: /^\/schedules\/(\d+)\/line_items\/(\d+)$/, permission: 'Recurring Invoices - Edit', respond: updateLine },
	{ method: 'POST', path: /^\/schedules\/(\d+)\/remove_line_item$/, permission: 'Recurring Invoices - Edit', respond: removeLine },
];

function addLine({ request, state, quirks, id, token }: Call): SimulatedResponse {
	const schedule = existing(state.schedules, id, quirks);
	const body = readLine(request);
	const line: SyncroScheduleLine = {
		...lineOf({ id: state.nextLineId(), schedule_id: id, position: schedule.lines.length, name: '' }),
		user_id: 1 + state.seed.tokens.indexOf(token),
	};
	writeLine(state, quirks, line, body);
	schedule.lines.push(line);
	return { status: 200, body: { schedule_line_item: shownLine(state, quirks, schedule, line) } };
}

/** `PUT /schedules/{id}/line_items/{id}`: what is not named stays. */
function updateLine({ request, state, quirks, id, secondId }: Call): SimulatedResponse {
	const schedule = existing(state.schedules, id, quirks);
	const line = existingLine(quirks, schedule, secondId);
	writeLine(state, quirks, line, readLine(request));
	return { status: 200, body: { schedule_line_item: shownLine(state, quirks, schedule, line) } };
}

/** `POST /schedules/{id}/remove_line_item`: the specification makes the bare id the whole body; public clients send it as `line_item_id`. */
function removeLine({ request, state, quirks, id }: Call): SimulatedResponse {
	const schedule = existing(state.schedules, id, quirks);
	const sent = readJson(request);
	const lineId = Number.isInteger(sent) ? sent : readBody(request, 'a line to remove', { line_item_id: 'integer' }).line_item_id;
	const line = existingLine(quirks, schedule, lineId as number | undefined);
	schedule.lines = schedule.lines.filter((other) => other !== line);
	return undocumentedAnswer(quirks);
}

function readLine(request: Call['request']): Body<typeof WRITABLE> {
	const body = readBody(request, 'a schedule line', WRITABLE);
	if (body.saved_asset_search_id !== undefined) throw outsideContract('saved asset searches');
	const type = body.recurring_type_id;
	if (type !== undefined && (type < 1 || type > 6)) throw outsideContract(`recurring_type_id ${type}`);
	return body;
}

/** Writes all of it or nothing. A line that counts by itself keeps its quantity at nothing. */
function writeLine(state: SyncroState, quirks: SyncroQuirks, line: SyncroScheduleLine, body: Body<typeof WRITABLE>): void {
	const written = { ...line, ...body };
	const faults = faultsOf(state, quirks, written);
	if (faults.length > 0) throw refusedSchedule(faults);
	if (isCounter(quirks, written)) {
		if (body.quantity !== undefined) state.quantitiesForCounters.push({ schedule_id: line.schedule_id, line_id: line.id, quantity: body.quantity });
		written.quantity = 0;
	}
	Object.assign(line, written);
}

/** Only the first sentence is documented; what a counter refers to must be there all the same. */
function faultsOf(state: SyncroState, quirks: SyncroQuirks, line: SyncroScheduleLine): string[] {
	const faults = line.name.trim() ? [] : ["Name can't be blank"];
	if (line.recurring_type_id === quirks.counters.assets && !state.assetTypes.some(({ id }) => id === line.asset_type_id)) {
		faults.push('Asset type must exist');
	}
	if (line.recurring_type_id === quirks.counters.contacts) {
		const field = state.contactFields.find(({ id }) => id === line.contact_field_type_id);
		if (!field) faults.push('Contact field type must exist');
		else if (line.contact_field_answer_id !== null && !field.answers?.some(({ id }) => id === line.contact_field_answer_id)) {
			faults.push('Contact field answer must exist');
		}
	}
	return faults;
}

function existingLine(quirks: SyncroQuirks, schedule: SyncroSchedule, lineId: number | undefined): SyncroScheduleLine {
	const line = schedule.lines.find(({ id }) => id === lineId);
	if (!line) throw notFound(quirks, 'Schedule line item');
	return line;
}
