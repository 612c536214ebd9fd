import type { Context } from '@microsoft/microsoft-graph-client';
import type { Clock } from '../../../../http/clock';
import { retryAfterSeconds } from '../../../../http/retryAfter';
import { SyncError } from '../../../../model/syncError';
import { explainBrokenAnswer, explainThrottled, type Circumstances } from '../errors';
import { Stage, type Exchange, type GraphRequest } from '../exchange';
import { explainNetworkFailure } from '../networkFailure';
import type { Pace } from '../pacing';
import { backoffSeconds, politeSeconds, type RetryPolicy, type TimeBudget } from '../waiting';
import { BrokenAnswer } from './delivery';

/** The service or a gateway before it stumbled; the same request may succeed. */
const STUMBLES = new Set([408, 429, 500, 502, 503, 504, 509]);

export interface ResilienceOptions {
	clock: Clock;
	random: () => number;
	retries: RetryPolicy;
	budget: TimeBudget;
	pace: () => Pace;
	circumstances: (request: GraphRequest) => Circumstances;
}

/**
 * Tries a request again when the service, the network or the answer's body fails. A 429 is waited out however
 * often it comes, the other faults are tried a limited number of times, and both only within the run's time.
 * A request that changes something is repeated after a 429 only: after any other fault it may have arrived.
 */
export class Resilience extends Stage {
	constructor(private readonly options: ResilienceOptions) {
		super();
	}

	protected async handle(context: Context, exchange: Exchange): Promise<void> {
		const { request } = exchange;
		const repeatable = request.repeatable ?? (request.method ?? 'GET') === 'GET';
		let failedTries = 0;
		let throttled = 0;
		for (;;) {
			const fault = await this.attempt(context, exchange);
			if (!fault) return;
			if (exchange.answer?.status === 429) {
				throttled++;
				// The gate closes first, so that the other requests to this tenant wait as well.
				const seconds = this.waitAfter(exchange, throttled);
				this.options.pace().close(request.reading, seconds * 1000);
				await this.wait(seconds, explainThrottled(this.options.circumstances(request)), exchange);
				continue;
			}
			failedTries++;
			if (!repeatable || failedTries >= this.options.retries.attempts || fault.final) {
				if (fault.error) throw fault.error;
				return;
			}
			await this.wait(this.waitAfter(exchange, failedTries), fault.error, exchange);
		}
	}

	/** @returns undefined when the answer is to be taken as it is */
	private async attempt(context: Context, exchange: Exchange): Promise<{ error?: SyncError; final: boolean } | undefined> {
		try {
			await this.next.execute(context);
		} catch (error) {
			exchange.signal?.throwIfAborted();
			// The sign-in has its own retries and its own words.
			if (error instanceof SyncError) throw error;
			exchange.answer = undefined;
			const circumstances = this.options.circumstances(exchange.request);
			if (error instanceof BrokenAnswer) return { error: explainBrokenAnswer(error, circumstances), final: false };
			const failure = explainNetworkFailure(error);
			return {
				final: failure.final,
				error: new SyncError(`${circumstances.sentence}: ${new URL(exchange.url).host} did not answer, ${failure.text}.`, {
					class: failure.final ? 'configuration' : 'unavailable',
					code: `graph.${failure.code}`,
					remedy: failure.remedy,
					tenantId: circumstances.tenant,
					requestId: exchange.clientRequestId,
					cause: error,
				}),
			};
		}
		return exchange.answer && STUMBLES.has(exchange.answer.status) ? { final: false } : undefined;
	}

	private waitAfter(exchange: Exchange, tries: number): number {
		const { clock, random, retries } = this.options;
		const asked = retryAfterSeconds(exchange.answer?.headers.get('retry-after'), clock.now());
		return asked === undefined ? backoffSeconds(retries, tries, random) : politeSeconds(asked, random);
	}

	private async wait(seconds: number, error: SyncError | undefined, exchange: Exchange): Promise<void> {
		const circumstances = this.options.circumstances(exchange.request);
		const status = exchange.answer?.status;
		await this.options.budget.wait(
			seconds,
			{
				what: error?.message.replace(/\.$/, '') ?? `${circumstances.sentence}: Microsoft Graph answered with status ${status}`,
				code: error?.code ?? `graph.${status}`,
				tenantId: circumstances.tenant,
				httpStatus: status,
				requestId: exchange.answer?.requestId ?? error?.requestId,
				cause: error,
			},
			exchange.signal,
		);
	}
}
