import type { Clock } from '../../../sync/http/clock';
import type { Transport } from '../../../sync/http/transport';
import { graphClient, type GraphClient, type GraphClientOptions } from '../../../sync/source/graph/transport/client';
import type { EntraApp } from '../../../sync/source/graph/signIn/entraApp';

export const TENANT = '5e3f1d9a-7c84-4b0e-9d26-1f7a3c5b8e01';
export const CLIENT_ID = 'd3a1b5c7-0000-4e00-9000-000000000001';
export const SECRET = 'a-secret-that-must-never-be-shown';

export function app(change: Partial<EntraApp> = {}): EntraApp {
	return { tenantId: TENANT, clientId: CLIENT_ID, cloud: 'global', proof: { kind: 'secret', secret: SECRET }, ...change };
}

/** Time that passes only when somebody sleeps, so that waits can be looked at. */
export class TestClock implements Clock {
	sleeps: number[] = [];

	constructor(private moment = Date.parse('2026-11-22T08:00:00Z')) {}

	now(): number {
		return this.moment;
	}

	async sleep(milliseconds: number, signal?: AbortSignal): Promise<void> {
		signal?.throwIfAborted();
		this.sleeps.push(milliseconds);
		this.moment += milliseconds;
		await Promise.resolve();
	}

	pass(milliseconds: number): void {
		this.moment += milliseconds;
	}
}

export interface Seen {
	url: string;
	method: string;
	headers: Record<string, string>;
	body: string;
}

/** What a scripted service answers; an Error is thrown as a failure of the network. */
export type Scripted = { status?: number; headers?: Record<string, string>; body?: unknown } | Error;

/** A token as Entra makes them, unsigned: nobody here checks the signature. */
export function token(claims: Record<string, unknown> = {}): string {
	const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
	return `${part({ alg: 'none' })}.${part({ tid: TENANT, roles: ['User.Read.All'], ...claims })}.signature`;
}

/** A sign-in service and a Graph in one function: `graph` says what Graph answers to its n-th request. */
export class Service {
	seen: Seen[] = [];
	signIns = 0;
	signInAnswer: (attempt: number) => Scripted = () => ({ body: { token_type: 'Bearer', expires_in: 3599, access_token: token() } });

	constructor(private readonly graph: (request: Seen, attempt: number) => Scripted = () => ({ body: { value: [] } })) {}

	get graphRequests(): Seen[] {
		return this.seen.filter(({ url }) => !url.includes('/oauth2/'));
	}

	readonly transport: Transport = async (url, init) => {
		const headers: Record<string, string> = {};
		new Headers(init?.headers).forEach((value, name) => (headers[name] = value));
		const request: Seen = { url, method: init?.method ?? 'GET', headers, body: String(init?.body ?? '') };
		this.seen.push(request);
		const scripted = url.includes('/oauth2/v2.0/token') ? this.signInAnswer(++this.signIns) : this.graph(request, this.graphRequests.length);
		if (scripted instanceof Error) throw scripted;
		const body = scripted.body === undefined ? null : typeof scripted.body === 'string' ? scripted.body : JSON.stringify(scripted.body);
		return await Promise.resolve(new Response(body, { status: scripted.status ?? 200, headers: { 'content-type': 'application/json', ...scripted.headers } }));
	};
}

export function clientOf(service: Service, options: Partial<GraphClientOptions> = {}): { client: GraphClient; clock: TestClock } {
	const clock = new TestClock();
	return { clock, client: graphClient({ app: app(), transport: service.transport, clock, random: () => 0, ...options }) };
}

/** The error that a promise ends with. */
export async function failureOf(promise: Promise<unknown>): Promise<Error & { remedy?: string; code?: string; class?: string; requestId?: string }> {
	try {
		await promise;
	} catch (error) {
		return error as Error;
	}
	throw new Error('It was expected to fail, and did not.');
}

/** A failure as `fetch` throws it. */
export function networkError(code: string): Error {
	return new TypeError('fetch failed', { cause: Object.assign(new Error(code), { code }) });
}

export const graphError = (code: string, message = '', inner?: unknown) => ({
	error: { code, message, innerError: { date: '2026-11-22T08:00:00', 'request-id': 'r-1', ...(inner as object) } },
});
