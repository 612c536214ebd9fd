import type { Call } from '../../../http/call';
import type { InvoiceLine } from '../../../model/invoiceLine';
import { SyncError } from '../../../model/syncError';
import { LostReply } from '../../apply/lostReply';
import type { SyncroClient } from '../client';
import { malformed } from '../errors';
import { idNumber, isId } from '../ids';
import { listPages } from '../paging';
import { EDIT_SCHEDULES, LIST_SCHEDULES } from '../permissions';
import { invoiceLine, type InvoiceOfLine } from './invoiceLine';

type Row = Record<string, unknown>;

/**
 * The lines of all recurring invoices ("schedules") of a customer.
 *
 * @throws SyncError; `syncro.listChanged` when invoices came or went meanwhile, so that some may be missing
 */
export async function allLines(client: SyncroClient, customerId: string, call: Call = {}): Promise<InvoiceLine[]> {
	const doing = `read the recurring invoices of customer ${customerId}`;
	const schedules = new Map<string, Row>();
	const list = { path: '/schedules', rows: 'schedules', query: { customer_id: idNumber(customerId, 'customer') }, doing, permission: LIST_SCHEDULES };
	let expected: number | undefined;
	for await (const { rows, totalEntries } of listPages(client, list, call)) {
		if (expected !== undefined && totalEntries !== expected) throw listChanged(client, doing);
		expected = totalEntries;
		for (const row of rows) {
			const invoice = invoiceOf(client, row, doing);
			if (invoice.customerId !== customerId) {
				throw malformed({ account: client.account, doing }, `the list holds the recurring invoice ${invoice.scheduleId}, which belongs to customer ${invoice.customerId}`);
			}
			if (schedules.has(invoice.scheduleId)) throw listChanged(client, doing);
			schedules.set(invoice.scheduleId, row);
		}
	}
	if (expected !== undefined && schedules.size !== expected) throw listChanged(client, doing);
	const lines: InvoiceLine[] = [];
	for (const [scheduleId, row] of schedules) lines.push(...linesOf(client, lacksLines(row) ? await getSchedule(client, scheduleId, call, doing) : row, doing));
	return lines;
}

/**
 * One line, read with its invoice: lines have no request of their own.
 *
 * @param id invoice and line, `701/7001`
 * @param doing for messages, for example `read the invoice line "Premium"`
 */
export async function getLine(client: SyncroClient, id: string, call: Call, doing: string): Promise<InvoiceLine> {
	const { scheduleId } = idsOf(id);
	const line = linesOf(client, await getSchedule(client, scheduleId, call, doing), doing).find((one) => one.id === id);
	if (line) return line;
	throw new SyncError(`Syncro account ${client.account}: could not ${doing}, because the recurring invoice ${scheduleId} has no such line any more.`, {
		class: 'notFound',
		code: 'syncro.notFound',
		remedy: 'Somebody took the line out of the invoice. Read the lines again; the next plan decides anew.',
	});
}

/** Gives a line another quantity; everything else about it stays. @returns the line as Syncro stored it */
export async function updateQuantity(client: SyncroClient, line: InvoiceLine, quantity: number, call: Call, doing: string): Promise<InvoiceLine> {
	const { scheduleId, lineId } = idsOf(line.id);
	const answer = await client.request({
		...call,
		method: 'PUT',
		path: `/schedules/${idNumber(scheduleId, 'recurring invoice')}/line_items/${idNumber(lineId, 'invoice line')}`,
		body: { quantity },
		doing,
		permission: EDIT_SCHEDULES,
	});
	// An answer that can't be understood proves nothing: it counts as a lost reply.
	const wrong = (what: string) => {
		const { message, remedy } = malformed({ account: client.account, doing }, what);
		return new LostReply(message, { class: 'unavailable', code: 'syncro.malformed', remedy, mayStillArrive: false });
	};
	const row = answer.schedule_line_item;
	if (!isRow(row) || String(row.id) !== lineId) throw wrong('the answer is not the line that was sent');
	const { account, customerId, scheduleName, frequency, paused } = line;
	return invoiceLine({ account, customerId, scheduleId, scheduleName, frequency, paused }, row, wrong);
}

async function getSchedule(client: SyncroClient, id: string, call: Call, doing: string): Promise<Row> {
	const answer = await client.request({ ...call, method: 'GET', path: `/schedules/${idNumber(id, 'recurring invoice')}`, doing, permission: LIST_SCHEDULES });
	const row = answer.schedule;
	if (!isRow(row) || String(row.id) !== id) throw malformed({ account: client.account, doing }, `the answer is not the recurring invoice ${id}`);
	if (!Array.isArray(row.lines)) throw malformed({ account: client.account, doing }, `the recurring invoice ${id} comes without its lines`);
	return row;
}

/** The specification's list shows lines, and its only example is empty: an invoice over a sum has some, whatever the list says. */
function lacksLines({ lines, subtotal }: Row): boolean {
	return !Array.isArray(lines) || (lines.length === 0 && Number(subtotal ?? 0) !== 0);
}

function linesOf(client: SyncroClient, schedule: Row, doing: string): InvoiceLine[] {
	const invoice = invoiceOf(client, schedule, doing);
	const fail = (what: string) => malformed({ account: client.account, doing }, `in the recurring invoice ${invoice.scheduleId} ${what}`);
	return (schedule.lines as unknown[]).map((row) => {
		if (!isRow(row)) throw fail('something is no line');
		return invoiceLine(invoice, row, fail);
	});
}

function invoiceOf(client: SyncroClient, { id, customer_id: customerId, name, frequency, paused }: Row, doing: string): InvoiceOfLine {
	if (!isId(id)) throw malformed({ account: client.account, doing }, 'the answer holds a recurring invoice without an id');
	if (!isId(customerId)) throw malformed({ account: client.account, doing }, `the recurring invoice ${String(id)} does not say which customer it belongs to`);
	const text = (value: unknown) => (typeof value === 'string' ? value : null);
	return { account: client.account, customerId: String(customerId), scheduleId: String(id), scheduleName: text(name), frequency: text(frequency), paused: paused === true };
}

/** @throws SyncError class `input` for the id of something else */
function idsOf(id: string): { scheduleId: string; lineId: string } {
	const [scheduleId, lineId, more] = id.split('/');
	if (lineId !== undefined && more === undefined) return { scheduleId, lineId };
	throw new SyncError(`"${id}" is not the id of an invoice line.`, {
		class: 'input',
		code: 'syncro.id',
		remedy: 'It is made of the numbers of the recurring invoice and of the line, for example 701/7001, as Recurring Invoice → Get Lines gives it.',
	});
}

function isRow(value: unknown): value is Row {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function listChanged(client: SyncroClient, doing: string): SyncError {
	return new SyncError(`Syncro account ${client.account}: could not ${doing}, because recurring invoices were added or removed while the list was read.`, {
		class: 'unavailable',
		code: 'syncro.listChanged',
		remedy: 'Run it again; a list with gaps is never used.',
	});
}
