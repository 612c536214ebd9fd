import type { SimulatorClock } from '../entra/clock';
import type { TenantDirectory } from '../world/tenantDirectory';
import type { GraphCall, GraphResource, GraphSettings } from './graphCall';
import { readsSignIns } from './resources/users';

const SECOND = 1000;

/** Microsoft's limits in resource units (contract D1). */
const APP_AND_TENANT = { seconds: 10, small: 3_500, medium: 5_000, large: 8_000 };
const APP_IN_ALL_TENANTS = { seconds: 20, limit: 150_000 };
/** Requests that read signInActivity, per app and tenant, and again per app. */
const SIGN_INS = { seconds: 60, limit: 10 };

export type ThrottleVerdict =
	/** `percentage`: share of the limit in use, 1.0 is all of it. */
	| { refused: false; units: number; percentage: number }
	| { refused: true; units: number; percentage: number; retryAfterSeconds: number; scope: string };

/**
 * Counts resource units per app and tenant, and says when Graph would refuse (contract D). A refused call counts as
 * well, so a client that does not wait stays refused.
 */
export class Throttle {
	private readonly windows = new Map<string, SlidingWindow>();
	/** Share of a refusal that is still owed; makes the gradual refusals deterministic. */
	private readonly owed = new Map<string, number>();

	constructor(
		private readonly clock: SimulatorClock,
		private readonly settings: Readonly<GraphSettings>,
	) {}

	charge(call: GraphCall, resource: GraphResource): ThrottleVerdict {
		const now = this.clock.now();
		const app = call.caller.appid;
		const scope = `Tenant_Application/ReadWrite/${app}/${call.tenant.tenantId}`;
		const units = resourceUnits(resource, call);
		const charges = [
			{ key: scope, seconds: APP_AND_TENANT.seconds, amount: units, limit: this.settings.resourceUnitsPer10Seconds ?? budgetOf(call.tenant) },
			{ key: `app ${app}`, seconds: APP_IN_ALL_TENANTS.seconds, amount: units, limit: APP_IN_ALL_TENANTS.limit },
		];
		if (readsSignIns(call)) {
			for (const key of [`signIns ${scope}`, `signIns ${app}`]) charges.push({ key, seconds: SIGN_INS.seconds, amount: 1, limit: SIGN_INS.limit });
		}
		let percentage = 0;
		let retryAfterSeconds = 0;
		for (const { key, seconds, amount, limit } of charges) {
			const window = this.window(key, seconds);
			window.add(now, amount);
			percentage = Math.max(percentage, window.sum(now) / limit);
			retryAfterSeconds = Math.max(retryAfterSeconds, window.secondsUntilBelow(now, limit));
		}
		if (!this.refuses(scope, percentage)) return { refused: false, units, percentage };
		return { refused: true, units, percentage, retryAfterSeconds, scope };
	}

	/** Forgets everything that was used. */
	reset(): void {
		this.windows.clear();
		this.owed.clear();
	}

	private refuses(scope: string, percentage: number): boolean {
		if (percentage <= 1) return false;
		if (this.settings.throttling === 'hard') return true;
		const owed = (this.owed.get(scope) ?? 0) + Math.min(1, percentage - 1);
		this.owed.set(scope, owed >= 1 ? owed - 1 : owed);
		return owed >= 1;
	}

	private window(key: string, seconds: number): SlidingWindow {
		let window = this.windows.get(key);
		if (!window) this.windows.set(key, (window = new SlidingWindow(seconds * SECOND)));
		return window;
	}
}

/** What this request costs: the path's base, one less with `$select` or a small `$top`, one more with `$expand`; at least one. */
export function resourceUnits(resource: GraphResource, call: Pick<GraphCall, 'query'>): number {
	const { query } = call;
	let units = resource.resourceUnits;
	if (query.get('$select') !== undefined) units--;
	if (query.get('$expand') !== undefined) units++;
	const top = Number(query.get('$top'));
	if (query.get('$top') !== undefined && top < 20) units--;
	return Math.max(1, units);
}

function budgetOf(tenant: TenantDirectory): number {
	const size = tenant.users.length;
	return size < 50 ? APP_AND_TENANT.small : size <= 500 ? APP_AND_TENANT.medium : APP_AND_TENANT.large;
}

/** What was used within the last so many milliseconds. */
class SlidingWindow {
	private entries: Array<{ at: number; amount: number }> = [];
	private total = 0;

	constructor(private readonly milliseconds: number) {}

	add(at: number, amount: number): void {
		this.entries.push({ at, amount });
		this.total += amount;
	}

	sum(now: number): number {
		let gone = 0;
		while (gone < this.entries.length && this.entries[gone].at <= now - this.milliseconds) this.total -= this.entries[gone++].amount;
		if (gone > 0) this.entries.splice(0, gone);
		return this.total;
	}

	/** Seconds until so much has left the window that one more call fits; 0 when it fits now. */
	secondsUntilBelow(now: number, limit: number): number {
		let left = this.sum(now);
		if (left < limit) return 0;
		for (const { at, amount } of this.entries) {
			left -= amount;
			if (left < limit) return (at + this.milliseconds - now) / SECOND;
		}
		return 0;
	}
}
