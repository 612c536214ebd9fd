import { problem } from './problem';

export type Row = Record<string, unknown> & { id: string; customerId: string };

type Kind = 'text' | 'requiredText' | 'number' | 'boolean';

/** What a record has and may be sent, keys within each other with a dot. */
export interface Shape {
	noun: 'user' | 'device';
	/** Ids are this and a number. */
	prefix: string;
	fields: Readonly<Record<string, Kind>>;
	/** No two records of a customer share it. */
	unique?: string;
}

export const USER: Shape = {
	noun: 'user',
	prefix: 'usr_',
	fields: { customerId: 'requiredText', externalId: 'text', name: 'requiredText', email: 'text', phone: 'text', title: 'text', active: 'boolean', 'profile.department': 'text', 'profile.employeeNumber': 'number' },
	unique: 'email',
};

export const DEVICE: Shape = {
	noun: 'device',
	prefix: 'dev_',
	fields: { customerId: 'requiredText', externalId: 'text', name: 'requiredText', serialNumber: 'text', model: 'text', userEmail: 'text', active: 'boolean' },
};

const EXPECTED: Record<Kind, { fits(value: unknown): boolean; words: string }> = {
	text: { fits: (value) => value === null || typeof value === 'string', words: 'must be a string or null' },
	requiredText: { fits: (value) => typeof value === 'string' && value.trim() !== '', words: 'must be a string that is not empty' },
	number: { fits: (value) => value === null || typeof value === 'number', words: 'must be a number or null' },
	boolean: { fits: (value) => typeof value === 'boolean', words: 'must be true or false' },
};

/** The fields of a body, flat. Anything that the contract does not name, or names with another type, is refused. */
export function fieldsOf(body: unknown, shape: Shape, unknown: 'refuse' | 'drop'): Record<string, unknown> {
	if (typeof body !== 'object' || body === null || Array.isArray(body)) throw problem(422, 'Unprocessable content', 'The body must be an object.');
	const errors: Record<string, string[]> = {};
	const fields: Record<string, unknown> = {};
	for (const [name, value] of Object.entries(body).flatMap(flat)) {
		const kind = Object.hasOwn(shape.fields, name) ? shape.fields[name] : undefined;
		if (kind === undefined) {
			if (unknown === 'refuse') errors[name] = [`is no field of a ${shape.noun}`];
		} else if (EXPECTED[kind].fits(value)) fields[name] = value;
		else errors[name] = [EXPECTED[kind].words];
	}
	if (Object.keys(errors).length > 0) throw problem(422, 'Unprocessable content', `The ${shape.noun} cannot be stored.`, { errors });
	return fields;
}

function flat([name, value]: [string, unknown]): Array<[string, unknown]> {
	if (typeof value !== 'object' || value === null || Array.isArray(value)) return [[name, value]];
	return Object.entries(value).map(([inner, each]) => [`${name}.${inner}`, each]);
}

/** The records of one kind. */
export class Collection {
	rows: Row[] = [];
	private count = 0;

	constructor(
		readonly shape: Shape,
		private readonly now: () => number,
	) {}

	get(id: string): Row {
		const row = this.rows.find((each) => each.id === id);
		if (!row) throw problem(404, 'Not found', `There is no ${this.shape.noun} with this id.`);
		return row;
	}

	create(fields: Record<string, unknown>): Row {
		const lacking = ['customerId', 'name'].filter((name) => fields[name] === undefined);
		if (lacking.length > 0) throw problem(422, 'Unprocessable content', `The ${this.shape.noun} cannot be stored.`, { errors: Object.fromEntries(lacking.map((name) => [name, ['is required']])) });
		this.requireUnique(fields);
		const moment = new Date(this.now()).toISOString();
		const row = { id: `${this.shape.prefix}${++this.count}`, ...this.blank(), active: true, ...fields, createdAt: moment, updatedAt: moment } as unknown as Row;
		this.rows.push(row);
		return row;
	}

	change(row: Row, fields: Record<string, unknown>): Row {
		this.requireUnique({ ...row, ...fields }, row);
		return Object.assign(row, fields, { updatedAt: new Date(this.now()).toISOString() });
	}

	remove(id: string): void {
		this.rows.splice(this.rows.indexOf(this.get(id)), 1);
	}

	/** What is not sent becomes null; `active` true. */
	replace(row: Row, fields: Record<string, unknown>): Row {
		return this.change(row, { ...this.blank(), active: true, ...fields });
	}

	private blank(): Record<string, unknown> {
		return Object.fromEntries(Object.keys(this.shape.fields).map((name) => [name, null]));
	}

	private requireUnique(fields: Record<string, unknown>, own?: Row): void {
		const { unique, noun } = this.shape;
		const value = unique === undefined ? null : fields[unique];
		if (typeof value !== 'string') return;
		const taken = this.rows.some((row) => row !== own && row.customerId === fields.customerId && String(row[unique!] ?? '').toLowerCase() === value.toLowerCase());
		if (taken) throw problem(409, 'Conflict', `Another ${noun} of this customer has the ${unique} ${value}.`);
	}
}

/** A record as the answers show it: flat keys become objects. */
export function shown(row: Row): Record<string, unknown> {
	const json: Record<string, unknown> = {};
	for (const [name, value] of Object.entries(row)) {
		const [outer, inner] = name.split('.');
		if (inner === undefined) json[outer] = value;
		else json[outer] = { ...(json[outer] as object | undefined), [inner]: value };
	}
	return json;
}
