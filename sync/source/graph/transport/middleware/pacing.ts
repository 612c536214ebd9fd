import type { Context } from '@microsoft/microsoft-graph-client';
import type { Pace, Paced } from '../pacing';
import { Stage, type Exchange } from '../exchange';
import type { TimeBudget } from '../waiting';

/** Lets a request go when the quotas have room for it, and learns from the answer. */
export class Pacing extends Stage {
	constructor(
		private readonly pace: () => Pace,
		private readonly budget: TimeBudget,
		private readonly tenant: string,
	) {
		super();
	}

	protected async handle(context: Context, exchange: Exchange): Promise<void> {
		const pace = this.pace();
		const { reading } = exchange.request;
		const leave = await pace.enter(reading, exchange.signal);
		try {
			await waitForTurn(pace, reading, this.budget, this.tenant, exchange.signal);
			await this.next.execute(context);
		} finally {
			leave();
		}
		const headers = exchange.answer?.headers;
		if (headers) pace.learn(reading, chargeOf(headers));
	}
}

/**
 * Waits until the quotas have room for a request, and counts it.
 *
 * @throws SyncError (unavailable) when the wait would take longer than the run may
 */
export async function waitForTurn(pace: Pace, request: Paced, budget: TimeBudget, tenant: string, signal?: AbortSignal): Promise<void> {
	for (let wait = pace.admit(request); wait > 0; wait = pace.admit(request)) {
		const reason = { what: `Microsoft Graph limits the requests for tenant ${tenant}`, code: 'graph.429', tenantId: tenant, httpStatus: 429 };
		await budget.wait(wait / 1000, reason, signal);
	}
}

/** What an answer says about its cost and about how near the limit is. */
export function chargeOf(headers: Headers): { cost?: number; share?: number } {
	return { cost: number(headers.get('x-ms-resource-unit')), share: number(headers.get('x-ms-throttle-limit-percentage')) };
}

function number(text: string | null): number | undefined {
	const value = text === null || text.trim() === '' ? NaN : Number(text);
	return Number.isFinite(value) ? value : undefined;
}
