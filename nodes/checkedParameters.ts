import type { INode } from 'n8n-workflow';
import { SyncError } from '../sync/model/syncError';

/** An expression can give anything, and n8n hands it on as it is. These say so instead of going on with it. */

/** @throws SyncError (input) when it is none of the choices */
export function choice<const T extends string>(value: unknown, title: string, choices: readonly T[]): T {
	if (choices.includes(value as T)) return value as T;
	throw wrong(`${title} is "${String(value)}", which is none of ${choices.join(', ')}.`, 'unknownChoice', `Correct the expression in ${title}. Nothing was done.`);
}

/** A whole number; its text will do. @throws SyncError (input) for anything else, below the least and above the most */
export function wholeNumber(value: unknown, title: string, least = 1, most = Infinity): number {
	const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
	if (typeof number === 'number' && Number.isFinite(number) && number >= least && number <= most) return Math.floor(number);
	throw wrong(`${title} is "${String(value)}", which is no number from ${least} ${most === Infinity ? 'upwards' : `to ${most}`}.`, 'noNumber', `Correct ${title}, or the expression in it. Nothing was done.`);
}

/** A list, or the parts of a text that are separated by commas or line breaks. */
export function listOf(value: unknown): string[] {
	const parts: unknown[] = Array.isArray(value) ? value : String(value ?? '').split(/[,;\n]/);
	return parts.map((part) => String(part ?? '').trim()).filter(Boolean);
}

/**
 * An empty field may mean something, such as "the credential's own tenant" or "no filter"; an expression that gave
 * nothing, because the item lacks what it refers to, never means that.
 *
 * @param path of the parameter in the node: `['filters', 'department']`
 * @throws SyncError (input)
 */
export function refuseEmptyExpression(node: Pick<INode, 'parameters'>, path: readonly string[], title: string, value: unknown): void {
	if (listOf(value).length > 0 || !isExpression(node, path)) return;
	throw wrong(`The expression in ${title} gave nothing for this item.`, 'emptyExpression', `Look at the item: it lacks what the expression refers to. To leave ${title} empty on purpose, clear the field. Nothing was done.`);
}

function isExpression({ parameters }: Pick<INode, 'parameters'>, path: readonly string[]): boolean {
	let raw: unknown = parameters;
	for (const name of path) raw = (raw as Record<string, unknown> | undefined)?.[name];
	// A resource locator keeps it beside its mode.
	if (typeof raw === 'object' && raw !== null && 'mode' in raw) raw = (raw as { value?: unknown }).value;
	return typeof raw === 'string' && raw.startsWith('=');
}

function wrong(message: string, code: string, remedy: string): SyncError {
	return new SyncError(message, { class: 'input', code: `parameter.${code}`, remedy });
}
