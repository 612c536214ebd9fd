import { createHash } from 'node:crypto';
import type { SimulatorClock } from '../../entra/clock';
import { deltaTokenMalformed, pageTokenExpired } from '../graphFailure';
import type { PagePosition, PageTokens } from '../odata/pageTokens';
import type { DeltaEntry } from './entries';

/** What a delta query asks for; its tokens carry it. */
export interface DeltaQuery {
	/** As it was written, for the context; undefined: the defaults. */
	select: readonly string[] | undefined;
	/** Object ids in lower case, when the query is about these only. */
	ids: ReadonlySet<string> | undefined;
}

/** From where the next round tells changes. */
export interface DeltaCursor {
	query: DeltaQuery;
	/** Version of the tenant up to which everything was told. */
	since: number;
	/** Where the round before started. */
	before: number;
}

/** A round under way: what it tells, in order, and where the next one starts. */
export interface DeltaRound {
	query: DeltaQuery;
	entries: readonly DeltaEntry[];
	next: DeltaCursor;
}

const DAY = 24 * 60 * 60_000;

/**
 * Issues and reads the tokens of delta queries. Both kinds are opaque and good for one owner only: app, tenant and
 * resource.
 */
export class DeltaTokens {
	/** How long a delta token lives; documented for directory objects are seven days. */
	lifetimeMilliseconds = 7 * DAY;
	private readonly cursors = new Map<string, { owner: string; cursor: DeltaCursor; at: number; serial: number }>();
	private readonly rounds = new Map<number, { round: DeltaRound; at: number }>();
	private issued = 0;
	private opened = 0;
	private expiredUpTo = 0;

	constructor(
		private readonly clock: SimulatorClock,
		private readonly pageTokens: PageTokens,
	) {}

	/** From now on every delta token that was issued so far is refused as `settings.delta.lostTokens` says. */
	expireAll(): void {
		this.expiredUpTo = this.issued;
	}

	issue(owner: string, cursor: DeltaCursor): string {
		const serial = ++this.issued;
		const token = createHash('sha256').update(`delta token ${serial} ${owner}`).digest('base64url');
		this.cursors.set(token, { owner, cursor, at: this.clock.now(), serial });
		return token;
	}

	/** Undefined: the token is lost. Throws for one that was not issued to this owner. */
	read(owner: string, token: string): DeltaCursor | undefined {
		const kept = this.cursors.get(token);
		if (kept?.owner !== owner) throw deltaTokenMalformed();
		const lost = kept.serial <= this.expiredUpTo || kept.at + this.lifetimeMilliseconds <= this.clock.now();
		return lost ? undefined : kept.cursor;
	}

	/** Keeps a round for its further pages. @returns its number */
	open(round: DeltaRound): number {
		const now = this.clock.now();
		for (const [serial, { at }] of this.rounds) {
			if (at + this.pageTokens.lifetimeMilliseconds > now) break;
			this.rounds.delete(serial);
		}
		this.rounds.set(++this.opened, { round, at: now });
		return this.opened;
	}

	/** The token of a round's next page. */
	pageToken(owner: string, serial: number, position: PagePosition): string {
		return `${serial.toString(36)}.${this.pageTokens.issue(`${owner} round ${serial}`, position)}`;
	}

	resume(owner: string, token: string): { serial: number; round: DeltaRound; position: PagePosition } {
		const [number, rest = ''] = token.split('.');
		const serial = Number.parseInt(number, 36);
		const position = this.pageTokens.read(`${owner} round ${serial}`, rest);
		const kept = this.rounds.get(serial);
		if (!kept) throw pageTokenExpired();
		return { serial, round: kept.round, position };
	}
}
