import type { Context } from '@microsoft/microsoft-graph-client';
import type { Pace } from '../pacing';
import { Stage, type Exchange } from '../exchange';
import type { TimeBudget } from '../waiting';

/** Lets a request go when its app and tenant have resource units for it, and learns from the answer. */
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
		const expected = exchange.request.reading.resourceUnits;
		for (let wait = pace.admit(expected); wait > 0; wait = pace.admit(expected)) {
			const reason = { what: `Microsoft Graph limits the requests for tenant ${this.tenant}`, code: 'graph.429', tenantId: this.tenant, httpStatus: 429 };
			await this.budget.wait(wait / 1000, reason, exchange.signal);
		}
		await this.next.execute(context);
		const headers = exchange.answer?.headers;
		if (headers) {
			pace.learn({ expected, cost: number(headers.get('x-ms-resource-unit')), share: number(headers.get('x-ms-throttle-limit-percentage')) });
		}
	}
}

function number(text: string | null): number | undefined {
	const value = text === null || text.trim() === '' ? NaN : Number(text);
	return Number.isFinite(value) ? value : undefined;
}
