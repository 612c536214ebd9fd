import type { SimulatedResponse } from '../base/server';
import type { Meta, RefusalShape, SyncroQuirks } from './quirks';
import type { Table } from './table';

/** An answer that ends the handling of a request. */
export class Answer extends Error {
	constructor(readonly response: SimulatedResponse) {
		super(`answered ${response.status}`);
	}
}

export const NOT_AUTHORIZED = 'Not authorized. Please ask account admin to update your group permissions.';

/** What a firewall or a sign-in page in front of the API answers: HTML, with status 200. For faults of kind `answer`. */
export const HTML_ANSWER = {
	status: 200,
	headers: { 'content-type': 'text/html; charset=utf-8' },
	body: '<!DOCTYPE html><html><head><title>Log in</title></head><body>Please log in to continue.</body></html>',
};

export function notFound(quirks: SyncroQuirks, noun: string): Answer {
	const bodies = { message: { message: 'Not found' }, error: { error: `${noun} not found` }, empty: undefined };
	return new Answer({ status: 404, body: bodies[quirks.notFoundBody] });
}

/** The record with this id, or 404. */
export function existing<T extends { id: number }>(table: Table<T>, id: number | undefined, quirks: SyncroQuirks): T {
	const record = table.get(id ?? NaN);
	if (!record) throw notFound(quirks, table.noun.charAt(0).toUpperCase() + table.noun.slice(1));
	return record;
}

/** The simulator's own complaint about a request that the contract does not allow. */
export function outsideContract(text: string): Answer {
	return new Answer({ status: 400, body: { error: `The simulator knows no such request: ${text}` } });
}

/** 422 in one of the shapes in which Syncro refuses a record. */
export function refused(quirks: SyncroQuirks, sentence: string, echo: { record: object; params: object }): Answer {
	return new Answer({ status: 422, body: { ...echoed(quirks, echo), ...refusal(quirks.refusalShape, sentence) } });
}

function echoed(quirks: SyncroQuirks, echo: { record: object; params: object }): object {
	if (quirks.refusalEcho === 'none') return {};
	return quirks.refusalEcho === 'record' ? { record: echo.record } : { success: false, params: echo.params };
}

function refusal(shape: RefusalShape, sentence: string): object {
	const [field, ...words] = sentence.split(' ');
	switch (shape) {
		case 'errorsString':
			return { errors: sentence };
		case 'errorsArray':
			return { errors: [sentence] };
		case 'errorsObject':
			return { errors: { [field.toLowerCase()]: [words.join(' ')] } };
		case 'messageString':
			return { message: sentence };
		case 'messageArray':
			return { message: [sentence] };
		case 'errorString':
			return { error: sentence };
		case 'errorArray':
			return { error: [sentence] };
	}
}

/** 422 as Syncro refuses customers, assets, portal users and comments. A new record's refusal repeats what was sent. */
export function refusedWithMessages(message: string[], params?: object): Answer {
	return new Answer({ status: 422, body: { success: false, message, ...(params ? { params } : {}) } });
}

/** One page of a list with the `meta` that the account sends. */
export function page<T>(name: string, all: T[], url: URL, { perPage, meta }: { perPage: number; meta: Meta }): object {
	const number = Number(url.searchParams.get('page') ?? '1');
	if (!Number.isInteger(number) || number < 1) throw outsideContract(`page ${url.searchParams.get('page')}`);
	const totalPages = Math.max(1, Math.ceil(all.length / perPage));
	const full = { total_pages: totalPages, total_entries: all.length, per_page: perPage, page: number };
	const shown = { full, pagesOnly: { total_pages: totalPages, page: number }, absent: undefined }[meta];
	return { [name]: all.slice((number - 1) * perPage, number * perPage), ...(shown ? { meta: shown } : {}) };
}
