import { createHmac } from 'node:crypto';
import type { SimulatorClock } from '../../entra/clock';
import { pageTokenExpired, pageTokenInvalid } from '../graphFailure';

/** Where the next page of a list starts. */
export interface PagePosition {
	/** Sequence of the last object that was served; 0 before the first. */
	after: number;
	/** With `$orderby`: the sort value of that object. */
	sortedAfter?: string;
	/** Pages served so far. */
	pages: number;
}

/** Issues and reads `$skiptoken`s: opaque, bound to one list of one tenant and app, and mortal. */
export class PageTokens {
	/** How long a token lives. */
	lifetimeMilliseconds = 60 * 60_000;
	private expiredUpTo = 0;
	private issued = 0;

	constructor(private readonly clock: SimulatorClock) {}

	/** From now on every token that was issued so far is answered with `Directory_ExpiredPageToken`. */
	expireAll(): void {
		this.expiredUpTo = this.issued;
	}

	issue(list: string, position: PagePosition): string {
		this.issued++;
		const payload = Buffer.from(JSON.stringify([this.issued, this.clock.now(), position.after, position.sortedAfter ?? null, position.pages])).toString('base64url');
		return `${this.seal(list, payload)}${payload}`;
	}

	read(list: string, token: string): PagePosition {
		const payload = token.slice(22);
		if (token.length < 24 || this.seal(list, payload) !== token.slice(0, 22)) throw pageTokenInvalid();
		const [serial, at, after, sortedAfter, pages] = JSON.parse(Buffer.from(payload, 'base64url').toString('utf8')) as [number, number, number, string | null, number];
		if (serial <= this.expiredUpTo || at + this.lifetimeMilliseconds <= this.clock.now()) throw pageTokenExpired();
		return { after, sortedAfter: sortedAfter ?? undefined, pages };
	}

	private seal(list: string, payload: string): string {
		return createHmac('sha256', 'page tokens').update(`${list}\n${payload}`).digest('base64url').slice(0, 22);
	}
}
