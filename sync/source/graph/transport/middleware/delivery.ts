import type { Context } from '@microsoft/microsoft-graph-client';
import type { Transport } from '../../../../http/transport';
import { Stage, type Exchange, type GraphRequest } from '../exchange';

/** The answer came, but not whole, or not as what Graph answers: to be asked for again. */
export class BrokenAnswer extends Error {
	constructor(
		message: string,
		readonly status: number,
		readonly requestId: string,
		cause?: unknown,
	) {
		super(message, { cause });
		this.name = 'BrokenAnswer';
	}
}

/**
 * The last stage: sends the request and reads the whole answer, because an answer that breaks half-way is only
 * seen while it is read, and has to be asked for again by the stages before this one.
 */
export class Delivery extends Stage {
	constructor(
		private readonly transport: Transport,
		private readonly requestSeconds: number,
	) {
		super();
	}

	protected async handle(context: Context, exchange: Exchange): Promise<void> {
		exchange.answer = undefined;
		const limit = new AbortController();
		const timer = setTimeout(
			() => limit.abort(new DOMException(`No complete answer within ${this.requestSeconds} s`, 'TimeoutError')),
			this.requestSeconds * 1000,
		);
		const cancel = () => limit.abort(exchange.signal?.reason);
		exchange.signal?.addEventListener('abort', cancel, { once: true });
		try {
			exchange.signal?.throwIfAborted();
			const response = await this.transport(exchange.url, { ...(context.options as RequestInit), redirect: 'manual', signal: limit.signal });
			const requestId = response.headers.get('request-id') ?? exchange.clientRequestId;
			const text = await bodyOf(response, requestId, limit.signal);
			const body = parsed(text);
			if (response.status === 200) expect(body, exchange.request.expects, requestId);
			exchange.answer = { status: response.status, headers: response.headers, body, requestId };
			context.response = response;
		} finally {
			clearTimeout(timer);
			exchange.signal?.removeEventListener('abort', cancel);
		}
	}
}

async function bodyOf(response: Response, requestId: string, signal: AbortSignal): Promise<string> {
	try {
		return await response.text();
	} catch (error) {
		if (signal.aborted) throw error;
		throw new BrokenAnswer('the answer broke off', response.status, requestId, error);
	}
}

function parsed(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}

/** A page whose list is missing would be read as an empty one, and everybody on it as gone. */
function expect(body: unknown, expects: GraphRequest['expects'], requestId: string): void {
	if (expects === 'anything') return;
	if (typeof body !== 'object' || body === null) throw new BrokenAnswer('the answer is not complete JSON', 200, requestId);
	if ('error' in body) throw new BrokenAnswer('an error came in the middle of the answer', 200, requestId);
	if (expects === 'list' && !Array.isArray((body as { value?: unknown }).value)) {
		throw new BrokenAnswer('the answer holds no list', 200, requestId);
	}
}
