import { invalidQuery } from '../graphFailure';

export type LiteralType = 'text' | 'guid' | 'date' | 'number' | 'boolean' | 'null';

export type Token =
	| { kind: 'literal'; type: LiteralType; value: string | number | boolean | null; at: number }
	/** A property, a function, an operator, a lambda variable. */
	| { kind: 'word'; text: string; at: number }
	| { kind: 'mark'; text: '(' | ')' | ',' | '/' | ':'; at: number }
	| { kind: 'end'; at: number };

const GUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}(?![\w-])/i;
const DATE = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2}))?(?![\w-])/;
const NUMBER = /^-?\d+(\.\d+)?(?![\w-])/;
const WORD = /^\$?[A-Za-z_][\w.]*/;

/** Splits a `$filter` into tokens. A quote inside a text is written twice. */
export function tokenize(filter: string): Token[] {
	const tokens: Token[] = [];
	let at = 0;
	while (at < filter.length) {
		const character = filter[at];
		const rest = filter.slice(at);
		if (/\s/.test(character)) {
			at++;
		} else if (character === "'") {
			const end = endOfText(filter, at);
			tokens.push({ kind: 'literal', type: 'text', value: filter.slice(at + 1, end - 1).replaceAll("''", "'"), at });
			at = end;
		} else if ('(),/:'.includes(character)) {
			tokens.push({ kind: 'mark', text: character as '(', at });
			at++;
		} else {
			const token = literal(rest, at) ?? word(rest, at);
			if (!token) throw invalidQuery(`Invalid filter clause: Syntax error: character '${character}' is not valid at position ${at} in '${filter}'.`);
			tokens.push(token.token);
			at += token.length;
		}
	}
	tokens.push({ kind: 'end', at });
	return tokens;
}

/** @returns the position behind the closing quote */
function endOfText(filter: string, start: number): number {
	let at = start + 1;
	while (at < filter.length) {
		if (filter[at] !== "'") at++;
		else if (filter[at + 1] === "'") at += 2;
		else return at + 1;
	}
	throw invalidQuery(`Invalid filter clause: There is an unterminated string literal at position ${filter.length} in '${filter}'.`);
}

function literal(rest: string, at: number): { token: Token; length: number } | undefined {
	for (const [type, pattern] of [['guid', GUID], ['date', DATE], ['number', NUMBER]] as const) {
		const match = pattern.exec(rest);
		if (match) {
			const value = type === 'number' ? Number(match[0]) : match[0];
			return { token: { kind: 'literal', type, value, at }, length: match[0].length };
		}
	}
	return undefined;
}

function word(rest: string, at: number): { token: Token; length: number } | undefined {
	const match = WORD.exec(rest);
	if (!match) return undefined;
	const text = match[0];
	if (text === 'true' || text === 'false') {
		return { token: { kind: 'literal', type: 'boolean', value: text === 'true', at }, length: text.length };
	}
	if (text === 'null') return { token: { kind: 'literal', type: 'null', value: null, at }, length: text.length };
	return { token: { kind: 'word', text, at }, length: text.length };
}
