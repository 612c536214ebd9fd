import type { SimulatorClock } from '../../entra/clock';
import type { DirectoryChange } from '../../world/directoryChanges';
import type { World } from '../../world/world';
import { Delivery, type Attempt } from './delivery';
import { shakeHands } from './handshake';
import type { PostOutcome } from './loopbackPost';
import { defaultSettings, type NotificationSettings } from './settings';
import {
	changeNotification,
	changeTypeOf,
	concerns,
	dateTime,
	lifecycleNotification,
	type ChangeNotification,
	type LifecycleEvent,
	type Subscription,
} from './subscription';
import { SubscriptionStore } from './subscriptionStore';

/** An id that no directory has. */
const NOBODY = '00000000-0000-4000-8000-00000000dead';

/** Graph's change notifications: who subscribed, and what they are told when the world changes (contract B12). */
export class Notifications {
	readonly settings: NotificationSettings = defaultSettings();
	readonly subscriptions: SubscriptionStore;
	private readonly delivery: Delivery;
	private readonly stopListening: Array<() => void>;
	private handshakes = 0;

	/** @param ca PEM certificate of the authority that https endpoints must be signed by */
	constructor(
		world: World,
		private readonly clock: SimulatorClock,
		private readonly ca: string,
	) {
		this.subscriptions = new SubscriptionStore(clock, this.settings);
		this.delivery = new Delivery(clock, this.settings, ca);
		this.stopListening = world.tenants.map((tenant) => tenant.onChange((change) => this.tell(tenant.tenantId, change)));
	}

	/** Asks every endpoint of a subscription that is to be created. Throws GraphFailure when one does not agree. */
	async validate(addresses: readonly string[]): Promise<void> {
		for (const address of addresses) {
			await shakeHands(address, ++this.handshakes, {
				timeoutMilliseconds: this.settings.handshakeMilliseconds,
				ca: this.ca,
				signal: this.delivery.signal,
			});
		}
	}

	/** Requests made to endpoints, newest last; clear it with `attempts.length = 0`. Handshakes are not among them. */
	get attempts(): Attempt[] {
		return this.delivery.attempts;
	}

	/** Change notifications that will never arrive. */
	get undelivered(): ChangeNotification[] {
		return this.delivery.undelivered;
	}

	/** Sends what is held and waits until everything has arrived or was given up. */
	async flush(): Promise<void> {
		await this.delivery.flush();
	}

	/** Waits until everything that is not held has arrived or was given up. */
	async idle(): Promise<void> {
		await this.delivery.idle();
	}

	/**
	 * Lets the service tell a subscriber about their subscription, and waits until they know. Without a lifecycle
	 * address nobody is told. `subscriptionRemoved` removes it; after `reauthorizationRequired` no changes are sent until
	 * the subscription is renewed.
	 */
	async sendLifecycle(subscriptionId: string, event: LifecycleEvent): Promise<void> {
		const subscription = this.find(subscriptionId);
		if (event === 'subscriptionRemoved') this.subscriptions.remove(subscription);
		if (event === 'reauthorizationRequired') subscription.needsReauthorization = true;
		if (subscription.lifecycleNotificationUrl === null) return;
		this.delivery.enqueue({
			address: subscription.lifecycleNotificationUrl,
			notification: lifecycleNotification(subscription, event),
			isWanted: () => true,
		});
		await this.delivery.flush();
	}

	/**
	 * What somebody sends who found the endpoint's address but not the client state. @param fields instead of those of an
	 * honest notification about nobody. @returns what the endpoint answered
	 */
	async forge(subscriptionId: string, fields: Partial<ChangeNotification> = {}): Promise<PostOutcome> {
		const subscription = this.find(subscriptionId);
		const honest = changeNotification(subscription, NOBODY, 'updated', this.clock.now());
		return await this.delivery.post(subscription.notificationUrl, [{ ...honest, clientState: 'guessed', ...fields }]);
	}

	async stop(): Promise<void> {
		for (const stop of this.stopListening) stop();
		await this.delivery.stop();
	}

	private tell(tenantId: string, change: DirectoryChange): void {
		for (const subscription of this.subscriptions.all()) {
			if (subscription.tenantId !== tenantId || subscription.needsReauthorization || !concerns(subscription, change)) continue;
			const notification = changeNotification(subscription, change.id, changeTypeOf(change), this.clock.now());
			if (this.settings.lost) {
				this.undelivered.push(notification);
				continue;
			}
			const envelope = { address: subscription.notificationUrl, notification, isWanted: () => this.subscriptions.isAlive(subscription) };
			for (let copy = 0; copy < (this.settings.duplicates ? 2 : 1); copy++) this.delivery.enqueue(envelope);
		}
	}

	private find(id: string): Subscription {
		const found = this.subscriptions.all().find((each) => each.id === id);
		if (!found) throw new Error(`No subscription ${id} at ${dateTime(this.clock.now())}`);
		return found;
	}
}
