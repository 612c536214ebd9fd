import type { SimulatedResponse } from '../base/server';

/** A refusal that ends the handling of a request. */
export class Problem extends Error {
	constructor(readonly response: SimulatedResponse) {
		super(`answered ${response.status}`);
	}
}

/** RFC 9457. */
export function problem(status: number, title: string, detail: string, more: { errors?: Record<string, string[]>; headers?: Record<string, string> } = {}): Problem {
	const { errors, headers } = more;
	return new Problem({ status, headers: { 'content-type': 'application/problem+json', ...headers }, body: { type: 'about:blank', title, status, detail, ...(errors ? { errors } : {}) } });
}
