import type { ServerResponse } from 'node:http';
import { gzipSync } from 'node:zlib';
import type { SimulatedRequest, SimulatedResponse } from './server';

/** What goes wrong with a request. */
export type Fault =
	/** Answers this instead; the request is not carried out. */
	| { kind: 'answer'; status: number; headers?: Record<string, string>; body?: unknown }
	/** Cuts the connection; with `after`, once the request has been carried out (a lost reply). */
	| { kind: 'reset'; after: boolean }
	/** Sends this share (0..1) of the true answer's bytes, then cuts the connection. */
	| { kind: 'truncate'; share: number }
	/** Carries the request out at once and answers this much later. */
	| { kind: 'delay'; milliseconds: number }
	/** Carries the request out and never answers. */
	| { kind: 'hang' }
	/** The true answer, gzip-compressed. */
	| { kind: 'gzip' };

export interface FaultRule {
	fault: Fault;
	/** Only requests with this method. */
	method?: string;
	/** Only requests whose path and query contain this text or match this expression. */
	path?: string | RegExp;
	/** Lets so many matching requests pass first. Default 0. */
	skip?: number;
	/** Hits so many matching requests. Default 1; `Infinity` for all. */
	times?: number;
}

/** The faults that are laid out for a simulator; the first rule that matches takes effect. */
export class FaultBook {
	private rules: Array<FaultRule & { skipped: number; used: number }> = [];

	add(rule: FaultRule): void {
		this.rules.push({ ...rule, skipped: 0, used: 0 });
	}

	clear(): void {
		this.rules = [];
	}

	take(request: SimulatedRequest): Fault | undefined {
		const address = request.url.pathname + request.url.search;
		for (const rule of this.rules) {
			if (rule.method && rule.method !== request.method) continue;
			if (typeof rule.path === 'string' && !address.includes(rule.path)) continue;
			if (rule.path instanceof RegExp && !rule.path.test(address)) continue;
			if (rule.used >= (rule.times ?? 1)) continue;
			if (rule.skipped < (rule.skip ?? 0)) {
				rule.skipped++;
				continue;
			}
			rule.used++;
			return rule.fault;
		}
		return undefined;
	}
}

/** Answers the request under a fault (or none). @returns the status that was sent, 0 for none */
export async function applyFault(
	fault: Fault | undefined,
	respond: () => Promise<SimulatedResponse>,
	outgoing: ServerResponse,
): Promise<number> {
	switch (fault?.kind) {
		case 'answer':
			return send(outgoing, fault);
		case 'reset':
			if (fault.after) await respond();
			outgoing.socket?.destroy();
			return 0;
		case 'hang':
			await respond();
			return 0;
		case 'truncate': {
			const response = await respond();
			const bytes = Buffer.from(text(response.body));
			outgoing.writeHead(response.status, { ...headersOf(response), 'content-length': String(bytes.length) });
			outgoing.write(bytes.subarray(0, Math.floor(bytes.length * fault.share)), () => outgoing.socket?.destroy());
			return response.status;
		}
		case 'delay': {
			const response = await respond();
			await new Promise((resolve) => setTimeout(resolve, fault.milliseconds));
			return send(outgoing, response);
		}
		case 'gzip': {
			const response = await respond();
			outgoing.writeHead(response.status, { ...headersOf(response), 'content-encoding': 'gzip' });
			outgoing.end(gzipSync(text(response.body)));
			return response.status;
		}
		case undefined:
			return send(outgoing, await respond());
	}
}

function send(outgoing: ServerResponse, response: SimulatedResponse): number {
	outgoing.writeHead(response.status, headersOf(response));
	outgoing.end(text(response.body));
	return response.status;
}

function headersOf(response: SimulatedResponse): Record<string, string> {
	return {
		...(response.body === undefined || typeof response.body === 'string' ? {} : { 'content-type': 'application/json; charset=utf-8' }),
		...response.headers,
	};
}

function text(body: unknown): string {
	if (body === undefined) return '';
	return typeof body === 'string' ? body : JSON.stringify(body);
}
