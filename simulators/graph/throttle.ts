import type { SimulatorClock } from '../entra/clock';
import type { GraphCall, GraphResource, GraphSettings } from './graphCall';
import { QUOTAS, quotasOf, resourceUnits, type Quota, type QuotaName, type QuotaScope } from './quotas';
import { SlidingWindow } from './slidingWindow';

/** How a request stands with its quotas. */
export interface ThrottleVerdict {
	/** What the directory charged; undefined where another service answers. */
	units?: number;
	/** Share of the directory's resource units in use, 1.0 is all of them. */
	percentage: number;
	/** Why it is refused, if it is. */
	refusal?: ThrottleRefusal;
}

export interface ThrottleRefusal {
	/** Seconds until it would be let; undefined when the service never tells. */
	retryAfterSeconds?: number;
	/** `x-ms-throttle-scope` and `x-ms-throttle-information`, from the directory only. */
	scope?: string;
	information?: string;
	/** The error, where it is not the common one. */
	error?: { code: string; message: string };
}

/** The services name no time after which a request under way ends. */
const SECONDS_UNTIL_ANOTHER_ENDS = 1;

/**
 * Counts what apps use, and says when Graph would refuse (contract D). A refused call counts as well, so a client that
 * does not wait stays refused.
 */
export class Throttle {
	private readonly windows = new Map<string, SlidingWindow>();
	private readonly underWay = new Map<string, number>();
	/** Share of a refusal that is still owed; makes the gradual refusals deterministic. */
	private readonly owed = new Map<string, number>();

	constructor(
		private readonly clock: SimulatorClock,
		private readonly settings: Readonly<GraphSettings>,
	) {}

	charge(call: GraphCall, resource: GraphResource): ThrottleVerdict {
		const verdict: ThrottleVerdict = { percentage: 0 };
		const refusing: Array<{ quota: Quota; seconds: number }> = [];
		for (const name of ['everything', ...quotasOf(resource, call)] as const) {
			const quota: Quota = QUOTAS[name];
			const units = quota.inUnits ? resourceUnits(resource, call) : 1;
			const { percentage, seconds } = this.use(name, quota, units, call, resource);
			if (quota.inUnits) Object.assign(verdict, { units, percentage });
			if (this.refuses(quota, percentage, scopeOf(call))) refusing.push({ quota, seconds });
		}
		if (refusing.length > 0) verdict.refusal = refusal(refusing, scopeOf(call));
		return verdict;
	}

	/**
	 * Counts the request among those under way.
	 *
	 * @returns what ends it, or which quota has no room for one more
	 */
	enter(call: GraphCall, resource: GraphResource): (() => void) | ThrottleRefusal {
		const keys: string[] = [];
		for (const name of quotasOf(resource, call)) {
			const { atOnce }: Quota = QUOTAS[name];
			if (!atOnce) continue;
			const key = `${name} ${keyOf(atOnce.per, call)}`;
			if ((this.underWay.get(key) ?? 0) >= atOnce.limit) return { retryAfterSeconds: SECONDS_UNTIL_ANOTHER_ENDS, error: atOnce.error };
			keys.push(key);
		}
		for (const key of keys) this.underWay.set(key, (this.underWay.get(key) ?? 0) + 1);
		return () => {
			for (const key of keys) this.underWay.set(key, (this.underWay.get(key) ?? 0) - 1);
		};
	}

	/** Forgets everything that was used; what is under way stays so. */
	reset(): void {
		this.windows.clear();
		this.owed.clear();
	}

	/** Adds the use to each window of a quota. @returns the fullest window's share, and the longest wait */
	private use(name: QuotaName, quota: Quota, amount: number, call: GraphCall, resource: GraphResource): { percentage: number; seconds: number } {
		const now = this.clock.now();
		let percentage = 0;
		let seconds = 0;
		for (const { per, seconds: length, limit } of quota.windows) {
			const window = this.window(`${name} ${length} ${quota.perPath ? resource.path : ''} ${keyOf(per, call)}`, length);
			const most = typeof limit === 'function' ? limit(call) : limit;
			window.add(now, amount);
			percentage = Math.max(percentage, window.sum(now) / most);
			seconds = Math.max(seconds, window.secondsUntilBelow(now, most));
		}
		return { percentage, seconds };
	}

	/** Only the directory refuses by and by; the other services know one limit. */
	private refuses(quota: Quota, percentage: number, scope: string): boolean {
		if (percentage <= 1) return false;
		if (!quota.inUnits || this.settings.throttling === 'hard') return true;
		const owed = (this.owed.get(scope) ?? 0) + Math.min(1, percentage - 1);
		this.owed.set(scope, owed >= 1 ? owed - 1 : owed);
		return owed >= 1;
	}

	private window(key: string, seconds: number): SlidingWindow {
		let window = this.windows.get(key);
		if (!window) this.windows.set(key, (window = new SlidingWindow(seconds * 1000)));
		return window;
	}
}

function refusal(refusing: ReadonlyArray<{ quota: Quota; seconds: number }>, scope: string): ThrottleRefusal {
	const information = refusing.find(({ quota }) => quota.information)?.quota.information;
	const silent = refusing.some(({ quota }) => quota.withoutRetryAfter);
	return {
		...(silent ? {} : { retryAfterSeconds: Math.max(...refusing.map(({ seconds }) => seconds)) }),
		...(information ? { scope, information } : {}),
	};
}

function scopeOf(call: GraphCall): string {
	return `Tenant_Application/ReadWrite/${call.caller.appid}/${call.tenant.tenantId}`;
}

function keyOf(scope: QuotaScope, call: GraphCall): string {
	const app = call.caller.appid;
	switch (scope) {
		case 'app':
			return app;
		case 'tenant':
			return call.tenant.tenantId;
		case 'appAndTenant':
			return `${app} ${call.tenant.tenantId}`;
		case 'appAndMailbox':
			return `${app} ${call.tenant.tenantId} ${call.tenant.findUser(call.parameters.id)?.id ?? call.parameters.id.toLowerCase()}`;
	}
}
