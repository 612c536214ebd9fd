import type { SimulatedRequest, SimulatedResponse } from '../base/server';
import { problem } from './problem';

const DAY = 24 * 3_600_000;

/** Answers to writes with success, by key, for 24 hours. */
export class KeptAnswers {
	private kept = new Map<string, { request: string; response: SimulatedResponse; at: number }>();

	constructor(private readonly now: () => number) {}

	answer(request: SimulatedRequest, respond: () => SimulatedResponse): SimulatedResponse {
		const key = request.headers['idempotency-key'];
		if (key === undefined || request.method === 'GET') return respond();
		if (!/^[\w-]{1,64}$/.test(key)) throw problem(400, 'Bad request', 'The idempotency key must be 1 to 64 letters, digits, - or _.');
		const fingerprint = `${request.method} ${request.url.pathname}${request.url.search}\n${request.body}`;
		const known = this.kept.get(key);
		if (known && this.now() - known.at < DAY) {
			if (known.request !== fingerprint) throw problem(422, 'Idempotency key reused', 'This idempotency key was used for another request.');
			return { ...known.response, headers: { ...known.response.headers, 'idempotent-replayed': 'true' } };
		}
		const response = respond();
		this.kept.set(key, { request: fingerprint, response, at: this.now() });
		return response;
	}
}
