import { SyncError } from '../../model/syncError';

/** What every placeholder can name beside the fields of the change. */
export const SYSTEM_VALUES = ['recordId', 'sourceId', 'tenantId', 'customerId'] as const;

/** The value behind a placeholder; null and undefined: this change has none. */
export type ValueOf = (name: string) => string | null | undefined;

const PLACEHOLDER = /\{([^{}]*)\}/g;

/** The names in `{…}`, trimmed. @throws SyncError class `input` for a brace that opens or closes nothing */
export function placeholdersOf(template: string, where: string): string[] {
	if (/[{}]/.test(template.replace(PLACEHOLDER, ''))) {
		throw wrong(`${where}: "${template}" has a brace that belongs to no placeholder.`, 'Write placeholders as {recordId}, with one brace on each side. Double braces belong to expressions of n8n: switch the field to Expression for those.');
	}
	return [...template.matchAll(PLACEHOLDER)].map(([, name]) => name.trim());
}

/** @throws SyncError class `input` for the first placeholder that nothing can fill */
export function checkPlaceholders(template: string, where: string, known: ReadonlySet<string>): void {
	const unknown = placeholdersOf(template, where).find((name) => !known.has(name));
	if (unknown === undefined) return;
	throw wrong(`${where}: nothing is called {${unknown}}.`, `It can name ${[...known].map((name) => `{${name}}`).join(', ')}. Nothing was sent.`);
}

/**
 * A path with its placeholders filled in, each value encoded so that it stays within its place: no slash, question mark
 * or dots of it can lead anywhere else.
 *
 * @throws SyncError class `refused` when this change lacks a value, or one that cannot be part of a path
 */
export function fillPath(template: string, where: string, valueOf: ValueOf): string {
	return template.replace(PLACEHOLDER, (_, name: string) => {
		const value = valueOf(name.trim());
		if (value === null || value === undefined || value === '') throw lacks(where, name.trim());
		// "." and ".." mean a folder, also when they are encoded, and take the parts beside them away.
		if (/^\.+$/.test(value)) throw refused(`${where}: the value of {${name.trim()}} is "${value}", which cannot stand in an address.`, 'Correct the value in Microsoft 365, or use another placeholder, for example {sourceId}.');
		// Half of a surrogate pair cannot be encoded.
		return encodeURIComponent(value.replace(/\p{Surrogate}/gu, '\ufffd'));
	});
}

/** A text with its placeholders filled in, as it is: what becomes of it encodes it. @throws SyncError class `refused` when this change lacks a value */
export function fillText(template: string, where: string, valueOf: ValueOf): string {
	return template.replace(PLACEHOLDER, (_, name: string) => {
		const value = valueOf(name.trim());
		if (value === null || value === undefined) throw lacks(where, name.trim());
		return value;
	});
}

function lacks(where: string, name: string): SyncError {
	return refused(`${where}: there is no value for {${name}} here.`, `Fill it in in Microsoft 365, read and map it, or use another placeholder, for example {sourceId}. Nothing was sent for this record.`);
}

function refused(message: string, remedy: string): SyncError {
	return new SyncError(message, { class: 'refused', code: 'http.placeholder', remedy });
}

function wrong(message: string, remedy: string): SyncError {
	return new SyncError(message, { class: 'input', code: 'http.template', remedy });
}
