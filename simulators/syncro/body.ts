import type { SimulatedRequest } from '../base/server';
import { outsideContract } from './answers';

/** What a field of a request may hold, by the words used in the lists of fields. */
interface Kinds {
	string: string;
	integer: number;
	integerOrNull: number | null;
	number: number;
	boolean: boolean;
	object: Record<string, unknown>;
	/** `2026-11-30`; blank is let through, for Syncro itself to refuse. */
	day: string;
	strings: string[];
	integers: number[];
	objects: Array<Record<string, unknown>>;
}

export type Fields = Readonly<Record<string, keyof Kinds>>;
export type Body<F extends Fields> = { [Name in keyof F]?: Kinds[F[Name]] };

const object = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);
const listOf = (isOne: (value: unknown) => boolean) => (value: unknown) => Array.isArray(value) && value.every(isOne);
const string = (value: unknown): value is string => typeof value === 'string';

const CHECKS: Record<keyof Kinds, { holds(value: unknown): boolean; words: string }> = {
	string: { holds: string, words: 'a string' },
	integer: { holds: Number.isInteger, words: 'an integer' },
	integerOrNull: { holds: (value) => value === null || Number.isInteger(value), words: 'an integer or null' },
	number: { holds: Number.isFinite, words: 'a number' },
	boolean: { holds: (value) => typeof value === 'boolean', words: 'a boolean' },
	object: { holds: object, words: 'an object' },
	day: { holds: (value) => string(value) && /^(\d{4}-\d\d-\d\d)?$/.test(value), words: 'a day such as 2026-11-30' },
	strings: { holds: listOf(string), words: 'a list of strings' },
	integers: { holds: listOf(Number.isInteger), words: 'a list of integers' },
	objects: { holds: listOf(object), words: 'a list of objects' },
};

/** The body of a request; anything that the specification does not name, or names with another type, is an error. */
export function readBody<F extends Fields>(request: SimulatedRequest, noun: string, fields: F): Body<F> {
	const sent = readJson(request);
	if (!object(sent)) throw outsideContract('a body that is not an object');
	return checked(sent, noun, fields);
}

/** The same for an object inside a body. */
export function checked<F extends Fields>(sent: Record<string, unknown>, noun: string, fields: F): Body<F> {
	for (const [name, value] of Object.entries(sent)) {
		if (!Object.hasOwn(fields, name)) throw outsideContract(`field ${name} of ${noun}`);
		const check = CHECKS[fields[name]];
		if (!check.holds(value)) throw outsideContract(`${name} must be ${check.words}`);
	}
	return sent as Body<F>;
}

export function readJson(request: SimulatedRequest): unknown {
	if (!/^application\/json\b/i.test(request.headers['content-type'] ?? '')) throw outsideContract('a body that is not application/json');
	try {
		return JSON.parse(request.body) as unknown;
	} catch {
		throw outsideContract('a body that is not JSON');
	}
}
