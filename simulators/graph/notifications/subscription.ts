import type { DirectoryChange, DirectoryType } from '../../world/directoryChanges';

export type ChangeType = 'created' | 'updated' | 'deleted';
export type LifecycleEvent = 'missed' | 'subscriptionRemoved' | 'reauthorizationRequired';

/** What a subscription watches: all objects of a type, or one of them. */
export interface Watched {
	type: DirectoryType;
	id?: string;
}

export interface Subscription {
	id: string;
	applicationId: string;
	tenantId: string;
	/** Object id of the service principal that created it. */
	creatorId: string;
	/** As it was written in the request. */
	resource: string;
	watched: Watched;
	changeType: string;
	changeTypes: readonly ChangeType[];
	notificationUrl: string;
	lifecycleNotificationUrl: string | null;
	clientState: string | null;
	latestSupportedTlsVersion: string;
	/** Milliseconds since 1970. */
	expires: number;
	/** The service wants the app to show that it may still read: until it renews, no changes are sent. */
	needsReauthorization: boolean;
}

/** A change notification as it is sent; a lifecycle notification lacks what is optional here. */
export interface ChangeNotification {
	subscriptionId: string;
	subscriptionExpirationDateTime: string;
	clientState: string | null;
	tenantId: string;
	changeType?: ChangeType;
	resource?: string;
	resourceData?: Record<string, unknown>;
	lifecycleEvent?: LifecycleEvent;
}

const ENTITIES: Readonly<Record<DirectoryType, string>> = { user: 'User', group: 'Group', device: 'Device' };

/**
 * Creation, soft deletion and restoration are updates to subscribers of directory objects; `deleted` is the permanent
 * deletion, and `created` never comes (Microsoft Graph documentation, subscription resource, changeType).
 */
export function changeTypeOf(change: DirectoryChange): ChangeType {
	return change.kind === 'deleted' ? 'deleted' : 'updated';
}

/** The subscriber wants to hear about this change of their tenant. */
export function concerns(subscription: Subscription, change: DirectoryChange): boolean {
	const { watched, changeTypes } = subscription;
	return change.type === watched.type && (watched.id === undefined || watched.id === change.id) && changeTypes.includes(changeTypeOf(change));
}

/** What the subscriber hears about an object of the type they watch: its id only, as for all directory objects. */
export function changeNotification(subscription: Subscription, id: string, changeType: ChangeType, now: number): ChangeNotification {
	const entity = ENTITIES[subscription.watched.type];
	const resource = `${entity}s/${id}`;
	return {
		...addressed(subscription),
		changeType,
		resource,
		resourceData: {
			'@odata.type': `#Microsoft.Graph.${entity}`,
			'@odata.id': resource,
			id,
			organizationId: subscription.tenantId,
			// .NET ticks; like the service's own numbers they are larger than what a JSON parser keeps exactly.
			sequenceNumber: 621_355_968_000_000_000 + now * 10_000,
		},
	};
}

export function lifecycleNotification(subscription: Subscription, lifecycleEvent: LifecycleEvent): ChangeNotification {
	return { ...addressed(subscription), lifecycleEvent };
}

function addressed(subscription: Subscription): ChangeNotification {
	return {
		subscriptionId: subscription.id,
		subscriptionExpirationDateTime: dateTime(subscription.expires).replace('Z', '+00:00'),
		clientState: subscription.clientState,
		tenantId: subscription.tenantId,
	};
}

/** ISO 8601 in UTC, without fractions that are zero. */
export function dateTime(milliseconds: number): string {
	return new Date(milliseconds).toISOString().replace('.000Z', 'Z');
}
