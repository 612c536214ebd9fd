import type { Clock } from '../../../http/clock';
import { SyncError } from '../../../model/syncError';

export interface RetryPolicy {
	/** How often one request is tried when the service or the network fails. A 429 does not count: it is only waited out. */
	attempts: number;
	/** Seconds before the second try; doubled for each one after it. */
	firstSeconds: number;
	/** No wait without Retry-After is longer. */
	longestSeconds: number;
}

/** About a minute of trouble is bridged (1 + 2 + 4 + 8 + 16 + 30 s). */
export const STANDARD_RETRIES: RetryPolicy = { attempts: 7, firstSeconds: 1, longestSeconds: 30 };

/** Seconds before the next try, after so many failed ones: doubling, with half of it at random so that clients spread out. */
export function backoffSeconds(policy: RetryPolicy, failedTries: number, random: () => number): number {
	const full = Math.min(policy.longestSeconds, policy.firstSeconds * 2 ** (failedTries - 1));
	return full * (0.5 + random() / 2);
}

/** What the service asked for, and a little more at random: everybody who waits comes back at that moment. */
export function politeSeconds(retryAfterSeconds: number, random: () => number): number {
	// "0" is answered too, and would have us ask in a tight loop.
	return Math.max(0.1, retryAfterSeconds) + random() * Math.min(1, 0.1 + retryAfterSeconds / 10);
}

/** The time that a run may take. A wait may be as long as the service asks, as long as it ends within it. */
export class TimeBudget {
	private readonly deadline: number;

	/** The time runs from now on. */
	constructor(
		private readonly clock: Clock,
		readonly seconds: number,
	) {
		this.deadline = clock.now() + seconds * 1000;
	}

	/** Seconds left. */
	left(): number {
		return Math.max(0, (this.deadline - this.clock.now()) / 1000);
	}

	/**
	 * Waits so many seconds.
	 *
	 * @throws SyncError (unavailable) at once when the wait would end after the budget
	 */
	async wait(seconds: number, reason: BudgetReason, signal?: AbortSignal): Promise<void> {
		if (seconds > this.left()) throw this.exhausted(seconds, reason);
		await this.clock.sleep(Math.ceil(seconds * 1000), signal);
	}

	private exhausted(seconds: number, reason: BudgetReason): SyncError {
		return new SyncError(
			`${reason.what}; the next try would be in ${Math.ceil(seconds)} s, and ${Math.floor(this.left())} s are left of this run's ${Math.round(this.seconds)} s.`,
			{
				class: 'unavailable',
				code: `${reason.code}.budget`,
				remedy: 'Nothing was lost: run again later. If it happens every time, run less at the same time, or allow the run more time.',
				tenantId: reason.tenantId,
				httpStatus: reason.httpStatus,
				requestId: reason.requestId,
				retryAfterSeconds: seconds,
				cause: reason.cause,
			},
		);
	}
}

/** Why the run waits, for the message when it may not. */
export interface BudgetReason {
	/** A sentence without its full stop. */
	what: string;
	code: string;
	tenantId?: string;
	httpStatus?: number;
	requestId?: string;
	cause?: unknown;
}
