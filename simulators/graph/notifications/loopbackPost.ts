import { request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';

/** What an endpoint did with a request: answered, or how it failed. */
export type PostOutcome =
	| { status: number; contentType: string; body: string; milliseconds: number }
	| { failure: 'timedOut' | 'unreachable'; milliseconds: number };

export interface PostOptions {
	contentType: string;
	body: string;
	timeoutMilliseconds: number;
	/** PEM certificate of the authority that https endpoints must be signed by. */
	ca: string;
	signal: AbortSignal;
}

const LONGEST_ANSWER = 65_536;

/** An address of this machine, by its name or number. */
export function isLoopback(url: URL): boolean {
	return url.hostname === 'localhost' || url.hostname === '[::1]' || /^127(\.\d{1,3}){3}$/.test(url.hostname);
}

/**
 * Posts to an address of this machine; any other throws, so that no test ever knocks at a stranger's door. Redirects
 * are not followed. Rejects only when the signal aborts.
 */
export async function postToLoopback(address: string, options: PostOptions): Promise<PostOutcome> {
	const url = new URL(address);
	if (!isLoopback(url)) throw new Error(`The simulator sends to this machine only, not to ${url.host}.`);
	options.signal.throwIfAborted();
	const start = performance.now();
	const timeout = AbortSignal.timeout(options.timeoutMilliseconds);
	const send = url.protocol === 'https:' ? requestHttps : requestHttp;
	return await new Promise((resolve, reject) => {
		const fail = (): void => {
			if (options.signal.aborted) reject(options.signal.reason as Error);
			else resolve({ failure: timeout.aborted ? 'timedOut' : 'unreachable', milliseconds: performance.now() - start });
		};
		const outgoing = send(url, {
			method: 'POST',
			agent: false,
			ca: options.ca,
			headers: { 'content-type': options.contentType, 'content-length': Buffer.byteLength(options.body) },
			signal: AbortSignal.any([options.signal, timeout]),
		});
		outgoing.on('error', fail);
		outgoing.on('response', (incoming) => {
			let body = '';
			incoming.setEncoding('utf8');
			incoming.on('data', (chunk: string) => {
				if (body.length < LONGEST_ANSWER) body += chunk;
			});
			incoming.on('error', fail);
			incoming.on('end', () =>
				resolve({
					status: incoming.statusCode ?? 0,
					contentType: incoming.headers['content-type'] ?? '',
					body,
					milliseconds: performance.now() - start,
				}),
			);
		});
		outgoing.end(options.body);
	});
}
