import { SyncError } from '../../model/syncError';

/** How a value is written in JSON. */
export type JsonType = 'text' | 'number' | 'boolean';

const DANGEROUS = new Set(['__proto__', 'constructor', 'prototype']);

/** The parts of `outer.inner`. @throws SyncError class `input` for an empty part, or one that JavaScript keeps for itself */
export function partsOf(path: string, where: string): string[] {
	const parts = path.split('.').map((part) => part.trim());
	if (parts.every((part) => part !== '' && !DANGEROUS.has(part))) return parts;
	throw new SyncError(`${where}: "${path}" is no place in a JSON object.`, { class: 'input', code: 'http.jsonPath', remedy: 'Write a key, or keys within each other with dots between them, for example contact.email. Nothing was sent.' });
}

/** The value at a place; undefined: there is none. The empty path is the whole. Whole numbers lead into lists. */
export function valueAt(json: unknown, path: string): unknown {
	if (path.trim() === '') return json;
	let value = json;
	for (const part of path.split('.').map((each) => each.trim())) {
		if (typeof value !== 'object' || value === null || !Object.hasOwn(value, part)) return undefined;
		value = (value as Record<string, unknown>)[part];
	}
	return value;
}

/** Puts a value into a place, making the objects on the way. */
export function putAt(json: Record<string, unknown>, parts: readonly string[], value: unknown): void {
	let inner = json;
	for (const part of parts.slice(0, -1)) inner = (inner[part] ??= {}) as Record<string, unknown>;
	inner[parts.at(-1)!] = value;
}

/** @throws SyncError class `input` when two values would lie in one place, or one within the other */
export function checkPlaces(paths: readonly string[], where: string): void {
	const places = paths.map((path) => partsOf(path, where).join('.')).sort();
	for (let index = 1; index < places.length; index++) {
		if (places[index] !== places[index - 1] && !places.some((place) => places[index].startsWith(`${place}.`))) continue;
		throw new SyncError(`${where}: "${places[index]}" cannot be filled, because another value lies there or around it.`, { class: 'input', code: 'http.jsonPath', remedy: 'Give every value a place of its own. Nothing was sent.' });
	}
}

/** The text as JSON of this type. @throws SyncError class `refused` for text that is none */
export function typed(text: string, type: JsonType, where: string): string | number | boolean {
	if (type === 'text') return text;
	const value = text.trim().toLowerCase();
	// Beyond these JavaScript would send another number, or none.
	if (type === 'number' && /^-?\d+(\.\d+)?(e[+-]?\d+)?$/.test(value) && Math.abs(Number(value)) <= Number.MAX_SAFE_INTEGER) return Number(value);
	if (type === 'boolean' && ['true', 'yes', '1'].includes(value)) return true;
	if (type === 'boolean' && ['false', 'no', '0'].includes(value)) return false;
	throw new SyncError(`${where}: its value is not a ${type === 'number' ? 'number' : 'yes or no'}.`, {
		class: 'refused',
		code: 'http.type',
		remedy: 'Map another property to it, correct the value in Microsoft 365, or send it as text. Nothing was sent for this record.',
	});
}

/** What an endpoint gives in a field, as records hold it: text, or nothing. */
export function asText(value: unknown): string | null {
	if (value === null || value === undefined) return null;
	return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
