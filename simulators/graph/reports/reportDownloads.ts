import { createHmac } from 'node:crypto';
import type { SimulatedRequest, SimulatedResponse } from '../../base/server';
import type { SimulatorClock } from '../../entra/clock';

interface Link {
	/** Name of the file, without its ending. */
	name: string;
	content: () => string;
	expires: number;
}

/**
 * The host from which usage reports are downloaded (contract B7): another one than Graph's, behind links that are good
 * for minutes and need no token. A client that sends one all the same gives it to a stranger, and is refused.
 */
export class ReportDownloads {
	/** How long new links are good. */
	lifetimeMilliseconds = 5 * 60_000;
	/** Every value of `Authorization` that reached this host; none should. */
	readonly tokensReceived: string[] = [];
	private readonly links = new Map<string, Link>();

	/** @param origin of this host, known once it listens */
	constructor(
		private readonly clock: SimulatorClock,
		private readonly origin: () => string,
	) {}

	/** @param content is written when it is downloaded @returns the address of the file */
	issue(name: string, content: () => string): string {
		const key = createHmac('sha256', 'report links').update(String(this.links.size)).digest('base64url');
		this.links.set(key, { name, content, expires: this.clock.now() + this.lifetimeMilliseconds });
		return `${this.origin()}/data/download/${key}`;
	}

	/** Every link handed out so far leads nowhere from now on. */
	expireAll(): void {
		for (const link of this.links.values()) link.expires = 0;
	}

	answer(request: SimulatedRequest): SimulatedResponse {
		const { authorization } = request.headers;
		if (authorization !== undefined) {
			this.tokensReceived.push(authorization);
			return text(400, 'A pre-authenticated download takes no Authorization header.');
		}
		if (request.method !== 'GET') return text(405, 'Method Not Allowed');
		const link = this.links.get(request.url.pathname.replace(/^\/data\/download\//, ''));
		if (!link) return text(404, 'Not Found');
		if (link.expires <= this.clock.now()) return text(403, 'The link has expired.');
		return {
			status: 200,
			headers: { 'content-type': 'application/octet-stream', 'content-disposition': `attachment; filename="${link.name}.csv"` },
			body: link.content(),
		};
	}
}

function text(status: number, body: string): SimulatedResponse {
	return { status, headers: { 'content-type': 'text/plain' }, body };
}
