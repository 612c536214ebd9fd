import { randomUUID } from 'node:crypto';
import type { Clock } from './clock';
import { JITTER, MINUTE } from './departures';
import type { PaceAnswer, SharedPace } from './paceExchange';

/** A turn may be used for so long; then it is given back. */
const LAPSE = 1_000;
/** A turn can be used up to its lapse, and the request arrives a little later still. */
export const SHARED_GAP = MINUTE + LAPSE + JITTER;
/** Turns are reserved so far ahead and no further: a process that dies, or a gate that closes, leaves few behind. */
const AHEAD = 2_000;
/** Pause between two exchanges of a process that did not get all it wanted; shorter than `AHEAD`, so that no turn stays free. */
const PAUSE = 1_000;
const LONGEST_PAUSE = 10_000;
/** An answer that takes longer counts as none. */
const PATIENCE = 10_000;
/** How long a store that does not answer is left alone. */
const REST = 15_000;
/** How long a process keeps to its part after the store answered again: until all have found it, and what they sent without telling is a minute old. */
const PROBATION = REST + PATIENCE + SHARED_GAP;
/** So many answers in a row that come only when their turns have lapsed count as none. */
const MOST_LATE_ANSWERS = 3;

interface Turn {
	/** By the clock of the store; names it there. */
	moment: number;
	/** By the clock of this process, surely not before the moment. */
	from: number;
	/** By the clock of this process, surely not more than `LAPSE` after the moment. */
	until: number;
}

/**
 * The turns of this process among all that take theirs in one store. They are fetched in bundles, one for all
 * requests that wait. The clocks of process and store need not agree.
 */
export class SharedTurns {
	/** Settles with the exchange that is under way; never rejects. */
	answer?: Promise<void>;
	/** Why the last exchange failed. */
	failure?: unknown;
	/** Processes that were sending when the store last answered. */
	processes = 1;
	/** By the clock of this process: a gate that others closed. */
	closedUntil = 0;

	private readonly caller = randomUUID();
	private turns: Turn[] = [];
	private unused: number[] = [];
	private exchanges = 0;
	private askedAt = 0;
	private askAgainAt = 0;
	private failedAt?: number;
	private probationUntil = 0;
	private limit?: number;
	private lateAnswers = 0;
	/** A closing that the store does not know of yet ends then. */
	private closing = 0;

	/** @param untold moments at which requests left that the store does not know of */
	constructor(
		private readonly clock: Clock,
		private readonly service: string,
		readonly store: SharedPace,
		private untold: number[] = [],
	) {}

	/** False while the store does not answer. */
	usable(): boolean {
		return this.failure === undefined && !this.overdue();
	}

	/** True for a while after the store was out of reach: a process keeps to its part, though it takes turns. */
	onProbation(): boolean {
		return this.usable() && this.clock.now() < this.probationUntil;
	}

	/** From when a process whose store is out of reach may keep to its part: before, the others may still have used all. */
	aloneFrom(): number {
		return (this.failedAt ?? this.askedAt + PATIENCE) + SHARED_GAP + AHEAD;
	}

	/** Counts a request that left without a turn. */
	leftAlone(): void {
		const now = this.clock.now();
		this.untold = [...this.untold.filter((moment) => moment > now - SHARED_GAP), now];
	}

	/**
	 * Takes a turn, or asks for some.
	 *
	 * @param limit as this process knows it
	 * @param waiting how many requests of this process wait, this one included
	 * @returns 0 when it is a request's turn, else in how many milliseconds to look again, or earlier with the `answer`
	 */
	take(limit: number, waiting: number): number {
		const now = this.clock.now();
		this.limit = limit;
		this.dropLapsed(now);
		const [next] = this.turns;
		if (next !== undefined && next.from <= now) {
			this.turns.shift();
			return 0;
		}
		const missing = waiting - this.turns.length;
		if (missing > 0 && now >= this.askAgainAt) this.ask(missing);
		return Math.min(next?.from ?? Infinity, this.nextNews(missing > 0)) - now;
	}

	/** Tells the others that the service wants to be left alone. */
	close(milliseconds: number): void {
		this.closing = Math.max(this.closing, this.clock.now() + milliseconds);
		this.tellClosing();
	}

	private dropLapsed(now: number): void {
		const first = this.turns.findIndex(({ until }) => until >= now);
		const lapsed = this.turns.splice(0, first === -1 ? this.turns.length : first);
		this.unused.push(...lapsed.map(({ moment }) => moment));
	}

	private overdue(): boolean {
		return this.answer !== undefined && this.clock.now() - this.askedAt >= PATIENCE;
	}

	/** When something changes for a request that has no turn. */
	private nextNews(missing: boolean): number {
		if (this.answer !== undefined) return this.overdue() ? Infinity : this.askedAt + PATIENCE;
		return missing ? this.askAgainAt : Infinity;
	}

	private tellClosing(): void {
		if (this.closing > this.clock.now() && this.usable()) this.ask(0);
	}

	private ask(wanted: number): void {
		if (this.answer !== undefined || this.limit === undefined) return;
		this.askedAt = this.clock.now();
		this.answer = this.exchange(this.limit, wanted).finally(() => {
			this.answer = undefined;
			this.tellClosing();
		});
	}

	private async exchange(limit: number, wanted: number): Promise<void> {
		const { askedAt, unused, untold, closing } = this;
		this.unused = [];
		this.untold = [];
		try {
			const answer = await this.store(this.service, {
				caller: this.caller,
				exchange: ++this.exchanges,
				limit,
				wanted,
				unused,
				untold: untold.map((moment) => Math.max(0, askedAt - moment)),
				closeFor: Math.max(0, closing - askedAt),
				gap: SHARED_GAP,
				ahead: AHEAD,
			});
			if (this.closing === closing) this.closing = 0;
			this.takeIn(answer);
		} catch (error) {
			// Turns to give back are left to lapse: perhaps the store has taken them, and nothing is given back twice.
			this.untold.unshift(...untold);
			this.fail(error);
		}
	}

	private takeIn(answer: PaceAnswer): void {
		const now = this.clock.now();
		// The store read its clock at some moment between the question and the answer.
		const earliest = this.askedAt - answer.now;
		const latest = now - answer.now;
		this.turns.push(...answer.moments.map((moment) => ({ moment, from: moment + latest, until: moment + earliest + LAPSE })));
		this.closedUntil = answer.closedUntil + latest;
		this.processes = answer.callers;
		this.lateAnswers = latest - earliest > LAPSE ? this.lateAnswers + 1 : 0;
		if (this.lateAnswers >= MOST_LATE_ANSWERS) return this.fail(new Error(`The store answers only after ${Math.round((latest - earliest) / 1000)} seconds.`));
		if (this.failure !== undefined || latest - earliest >= PATIENCE) this.probationUntil = now + PROBATION;
		this.failure = this.failedAt = undefined;
		this.askAgainAt = answer.nextAt === undefined ? now : Math.min(Math.max(now + PAUSE, answer.nextAt + latest - AHEAD), now + LONGEST_PAUSE);
	}

	private fail(reason: unknown): void {
		this.failure = reason ?? new Error('The store failed.');
		this.failedAt ??= Math.min(this.clock.now(), this.askedAt + PATIENCE);
		this.askAgainAt = this.clock.now() + REST;
	}
}
