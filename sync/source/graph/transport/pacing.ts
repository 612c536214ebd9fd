import type { Clock } from '../../../http/clock';
import { directoryUnits, QUOTAS, type Limit, type Quota, type QuotaName } from './quotas';
import { quotasOf, type Reading } from './reading';
import { SlidingWindow } from './slidingWindow';

/** How long a warning that the limit is near counts. */
const WARNING_MILLISECONDS = 10_000;

/** What the pace has to know of a request. */
export type Paced = Pick<Reading, 'what' | 'resourceUnits' | 'quotas'>;

/** Use that is counted, and gates that are shut, under one name each. */
class Counters {
	private readonly windows = new Map<string, SlidingWindow>();
	private readonly shutUntil = new Map<string, number>();

	window(key: string, seconds: number): SlidingWindow {
		let window = this.windows.get(key);
		if (!window) this.windows.set(key, (window = new SlidingWindow(seconds * 1000)));
		return window;
	}

	shut(name: string, until: number): void {
		this.shutUntil.set(name, Math.max(this.shutUntil.get(name) ?? 0, until));
	}

	opensAt(name: string): number {
		return this.shutUntil.get(name) ?? 0;
	}
}

/**
 * Paces the requests of one app to one tenant: every quota that a request stands under has to have room, and no gate
 * that a 429 shut may be in its way. What the app uses in other tenants counts where Microsoft counts it.
 */
export class Pace {
	private readonly own = new Counters();
	private readonly places = new Map<QuotaName, Places>();
	/** From the service's own "near the limit" header: 1 = full speed. */
	private speed = 1;
	private slowUntil = 0;
	private users = 0;

	constructor(
		private readonly clock: Clock,
		private readonly ofApp: Counters = new Counters(),
	) {}

	/** Milliseconds until a request may go; 0 counts it and lets it go now. */
	admit(request: Paced): number {
		const now = this.clock.now();
		if (now >= this.slowUntil) this.speed = 1;
		let wait = 0;
		for (const name of quotasOf(request)) {
			for (const counters of [this.own, this.ofApp]) wait = Math.max(wait, counters.opensAt(name) - now);
			for (const limit of QUOTAS[name].limits) wait = Math.max(wait, this.window(name, limit, request).wait(now, costOf(limit, request), this.amount(name, limit)));
		}
		if (wait > 0) return Math.ceil(wait);
		for (const name of quotasOf(request)) {
			for (const limit of QUOTAS[name].limits) this.window(name, limit, request).add(now, costOf(limit, request));
		}
		return 0;
	}

	/**
	 * Waits for a place where only so many requests may be under way at once.
	 *
	 * @returns gives the place back; to be called once
	 */
	async enter(request: Paced, signal?: AbortSignal): Promise<() => void> {
		const taken: Places[] = [];
		for (const name of quotasOf(request)) {
			const { concurrent }: Quota = QUOTAS[name];
			if (concurrent === undefined) continue;
			let places = this.places.get(name);
			if (!places) this.places.set(name, (places = new Places(concurrent)));
			try {
				await places.take(signal);
			} catch (error) {
				for (const other of taken) other.giveBack();
				throw error;
			}
			taken.push(places);
		}
		return () => {
			for (const places of taken) places.giveBack();
		};
	}

	/** The service said 429: nobody asks for anything under the same quotas, until then at least. */
	close(request: Paced, milliseconds: number): void {
		const until = this.clock.now() + milliseconds;
		for (const name of quotasOf(request)) (QUOTAS[name].shuts === 'app' ? this.ofApp : this.own).shut(name, until);
	}

	/**
	 * Learns from an answer.
	 *
	 * @param answer.cost what the service charged (`x-ms-resource-unit`)
	 * @param answer.share of the limit in use (`x-ms-throttle-limit-percentage`, sent from 0.8 on)
	 */
	learn(request: Paced, answer: { cost?: number; share?: number }): void {
		const now = this.clock.now();
		const difference = answer.cost === undefined ? 0 : answer.cost - request.resourceUnits;
		if (difference !== 0) {
			for (const name of quotasOf(request)) {
				for (const limit of QUOTAS[name].limits) {
					if (limit.unit === 'resourceUnits') this.window(name, limit, request).add(now, difference);
				}
			}
		}
		if (answer.share !== undefined && answer.share >= 0.8) {
			// At 1.0 throttling begins; somebody else uses the quota as well, or we would not be there.
			this.speed = answer.share < 1 ? 0.5 : 0.2;
			this.slowUntil = now + WARNING_MILLISECONDS;
		}
	}

	/** The tenant has at least so many users: larger tenants may be asked for more. */
	learnSize(users: number): void {
		this.users = Math.max(this.users, users);
	}

	private amount(name: QuotaName, limit: Limit): number {
		if (name !== 'directory' || limit.per !== 'appAndTenant') return limit.amount;
		return Math.max(1, Math.floor(directoryUnits(this.users) * this.speed));
	}

	private window(name: QuotaName, limit: Limit, request: Paced): SlidingWindow {
		const key = `${name} ${limit.seconds} ${limit.perReading ? request.what : ''}`;
		return (limit.per === 'app' ? this.ofApp : this.own).window(key, limit.seconds);
	}
}

function costOf(limit: Limit, request: Paced): number {
	return limit.unit === 'resourceUnits' ? request.resourceUnits : 1;
}

/** Places for so many at once; whoever comes first gets the next free one. */
class Places {
	private readonly waiting: Array<() => void> = [];

	constructor(private free: number) {}

	async take(signal?: AbortSignal): Promise<void> {
		signal?.throwIfAborted();
		if (this.free > 0) {
			this.free--;
			return;
		}
		await new Promise<void>((resolve, reject) => {
			const called = () => {
				signal?.removeEventListener('abort', aborted);
				resolve();
			};
			const aborted = () => {
				this.waiting.splice(this.waiting.indexOf(called), 1);
				reject(signal?.reason as Error);
			};
			signal?.addEventListener('abort', aborted, { once: true });
			this.waiting.push(called);
		});
	}

	giveBack(): void {
		const next = this.waiting.shift();
		if (next) next();
		else this.free++;
	}
}

interface AppPaces {
	counters: Counters;
	byTenant: Map<string, Pace>;
}

const apps = new WeakMap<Clock, Map<string, AppPaces>>();

/** The one pace of an app in a tenant, for all clients in this process. */
export function paceOf(clock: Clock, graphOrigin: string, clientId: string, tenant: string): Pace {
	let ofClock = apps.get(clock);
	if (!ofClock) apps.set(clock, (ofClock = new Map()));
	const appKey = `${graphOrigin} ${clientId.toLowerCase()}`;
	let app = ofClock.get(appKey);
	if (!app) ofClock.set(appKey, (app = { counters: new Counters(), byTenant: new Map() }));
	const tenantKey = tenant.toLowerCase();
	let pace = app.byTenant.get(tenantKey);
	if (!pace) app.byTenant.set(tenantKey, (pace = new Pace(clock, app.counters)));
	return pace;
}
