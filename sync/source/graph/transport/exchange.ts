import type { Context, Middleware } from '@microsoft/microsoft-graph-client';
import type { Reading } from './reading';

/** One request, as the files that read and act ask for it. */
export interface GraphRequest {
	reading: Reading;
	/** Default GET. */
	method?: 'GET' | 'POST' | 'PATCH' | 'DELETE';
	/** Path with its query, from the version on: `/users?$top=999`; or an absolute link that the service gave. */
	address: string;
	/** Sent as JSON. */
	body?: object;
	/** A 200 without a list or an object is a broken answer; `anything`: whatever comes, also nothing. */
	expects: 'list' | 'object' | 'anything';
	/**
	 * May be sent again when nobody knows whether it arrived. Default: only a GET. A request that was refused with 429
	 * did nothing, so it is always sent again.
	 */
	repeatable?: boolean;
	/** Sent beside the usual ones, for example ConsistencyLevel. */
	headers?: Record<string, string>;
	/** What the body holds that must never come into a message, whatever the service echoes. */
	secrets?: readonly string[];
	/** What one record is called in "There is no …": `user ada@contoso.com`. */
	record?: string;
	/** A filter that the builder wrote is part of the address. */
	ownFilter?: boolean;
	/** The address asks for the changes since a place that the service may have forgotten. */
	deltaLink?: boolean;
}

/** An answer of Microsoft Graph, read to its end. */
export interface Answer {
	status: number;
	headers: Headers;
	/** Parsed JSON; undefined when the body is empty or not JSON. */
	body: unknown;
	/** The service's own id of the request, for its support. */
	requestId: string;
}

/**
 * One request on its way through the middleware, handed along in the Graph client's own context. The stages
 * tell each other here what they know; the caller takes the answer from here.
 */
export class Exchange {
	answer?: Answer;
	/** What ended the request. The Graph client wraps errors that pass through it and loses ours. */
	failure?: unknown;
	readonly clientRequestId: string;

	constructor(
		/** Sent exactly so: links of the service are opaque, and the Graph client takes them apart. */
		readonly url: string,
		readonly request: GraphRequest,
		readonly signal: AbortSignal | undefined,
	) {
		this.clientRequestId = crypto.randomUUID();
	}
}

/** A stage that knows its exchange. */
export abstract class Stage implements Middleware {
	protected next!: Middleware;

	setNext(next: Middleware): void {
		this.next = next;
	}

	async execute(context: Context): Promise<void> {
		const exchange = context.middlewareControl?.getMiddlewareOptions(Exchange) as Exchange | undefined;
		if (!exchange) throw new Error('A Graph request without an exchange was sent.');
		try {
			await this.handle(context, exchange);
		} catch (error) {
			exchange.failure = error;
			throw error;
		}
	}

	protected abstract handle(context: Context, exchange: Exchange): Promise<void>;
}

/** The Graph client keeps headers as a plain object; ours are added there. */
export function setHeader(context: Context, name: string, value: string): void {
	context.options = { ...context.options, headers: { ...(context.options?.headers as Record<string, string>), [name]: value } };
}
