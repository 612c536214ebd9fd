import type { SimulatorClock } from '../../entra/clock';
import { guidOf } from '../../world/random';
import { quotaReached, subscriptionNotFound } from './failures';
import type { NotificationSettings } from './settings';
import type { Subscription } from './subscription';

/** Who asks: an app sees and touches only what it created itself in the same tenant. */
export interface Owner {
	applicationId: string;
	tenantId: string;
}

/** The subscriptions that have not expired. */
export class SubscriptionStore {
	private readonly byId = new Map<string, Subscription>();
	private created = 0;

	constructor(
		private readonly clock: SimulatorClock,
		private readonly settings: Readonly<NotificationSettings>,
	) {}

	/** Throws the 403 of a quota that is used up. */
	add(subscription: Omit<Subscription, 'id'>): Subscription {
		const { perApp, perTenant, perAppAndTenant } = this.settings.quotas;
		const ofApp = (each: Owner): boolean => each.applicationId === subscription.applicationId;
		const ofTenant = (each: Owner): boolean => each.tenantId === subscription.tenantId;
		const all = this.all();
		if (all.filter((each) => ofApp(each) && ofTenant(each)).length >= perAppAndTenant) throw quotaReached('app in this tenant', perAppAndTenant);
		if (all.filter(ofTenant).length >= perTenant) throw quotaReached('tenant', perTenant);
		if (all.filter(ofApp).length >= perApp) throw quotaReached('app', perApp);
		const added = { ...subscription, id: guidOf(`subscription ${++this.created} ${subscription.tenantId}`) };
		this.byId.set(added.id, added);
		return added;
	}

	/** Every living subscription, oldest first. */
	all(): Subscription[] {
		const now = this.clock.now();
		for (const [id, { expires }] of this.byId) if (expires <= now) this.byId.delete(id);
		return [...this.byId.values()];
	}

	list(owner: Owner): Subscription[] {
		return this.all().filter((each) => each.applicationId === owner.applicationId && each.tenantId === owner.tenantId);
	}

	/** Throws the 404 for one that is not there, expired, or somebody else's. */
	get(id: string, owner: Owner): Subscription {
		const found = this.list(owner).find((each) => each.id === id.toLowerCase());
		if (!found) throw subscriptionNotFound();
		return found;
	}

	/** Whether it still exists: not deleted, not expired. */
	isAlive(subscription: Subscription): boolean {
		return this.byId.get(subscription.id) === subscription && subscription.expires > this.clock.now();
	}

	remove(subscription: Subscription): void {
		this.byId.delete(subscription.id);
	}
}
