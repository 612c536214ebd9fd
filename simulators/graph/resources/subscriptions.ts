import { hasAny, type GraphCall, type GraphResource } from '../graphCall';
import { notFound, notSimulated, permissionMissing } from '../graphFailure';
import { dateTime, type Subscription, type Watched } from '../notifications/subscription';
import { readCreateRequest, readRenewRequest } from '../notifications/subscriptionRequest';
import { USER_READERS } from './users';

/** What can be watched, and who may: the permission to read it (contract B12). */
const WATCHABLE: Readonly<Record<string, { type: Watched['type']; readers: readonly string[] }>> = {
	users: { type: 'user', readers: USER_READERS },
	groups: { type: 'group', readers: ['Group.Read.All', 'Group.ReadWrite.All', 'Directory.Read.All', 'Directory.ReadWrite.All'] },
	devices: { type: 'device', readers: ['Device.Read.All', 'Device.ReadWrite.All', 'Directory.Read.All', 'Directory.ReadWrite.All'] },
};

const READERS_OF_ANYTHING = [...new Set(Object.values(WATCHABLE).flatMap(({ readers }) => readers))];

const common = { permissions: READERS_OF_ANYTHING, quotas: ['subscriptionWrites'], options: [] } as const;

/** The app's own in this tenant. The client state is not told (microsoftgraph/msgraph-sdk-dotnet #545). */
export const subscriptions: GraphResource = {
	...common,
	quotas: ['subscriptionLists'],
	path: 'subscriptions',
	answer: (call) => ({
		status: 200,
		body: {
			'@odata.context': `${call.origin}/v1.0/$metadata#subscriptions`,
			value: call.notifications.subscriptions.list(ownerOf(call)).map((each) => ({ ...shown(each), clientState: null })),
		},
	}),
};

/** The endpoints are asked before there is a subscription. */
export const createSubscription: GraphResource = {
	...common,
	method: 'POST',
	path: 'subscriptions',
	answer: async (call) => {
		const { notifications, clock } = call;
		const { lifecycleNotificationUrl, ...request } = readCreateRequest(call.body, clock.now(), notifications.settings);
		const watched = readWatched(call, request.resource);
		await notifications.validate([request.notificationUrl, ...(lifecycleNotificationUrl === null ? [] : [lifecycleNotificationUrl])]);
		const added = notifications.subscriptions.add({
			...request,
			...ownerOf(call),
			lifecycleNotificationUrl,
			watched,
			creatorId: call.caller.oid,
			needsReauthorization: false,
		});
		return { status: 201, body: single(call, shown(added)) };
	},
};

export const subscription: GraphResource = {
	...common,
	quotas: ['subscriptionLists'],
	path: 'subscriptions/{id}',
	answer: (call) => ({ status: 200, body: single(call, { ...shown(find(call)), clientState: null }) }),
};

/** A later end; the app has shown by it that it may still read. */
export const renewSubscription: GraphResource = {
	...common,
	method: 'PATCH',
	path: 'subscriptions/{id}',
	answer: (call) => {
		const found = find(call);
		found.expires = readRenewRequest(call.body, call.clock.now());
		found.needsReauthorization = false;
		return { status: 200, body: single(call, shown(found)) };
	},
};

export const deleteSubscription: GraphResource = {
	...common,
	method: 'DELETE',
	path: 'subscriptions/{id}',
	answer: (call) => {
		call.notifications.subscriptions.remove(find(call));
		return { status: 204 };
	},
};

function ownerOf(call: GraphCall): { applicationId: string; tenantId: string } {
	return { applicationId: call.caller.appid, tenantId: call.tenant.tenantId };
}

function find(call: GraphCall): Subscription {
	return call.notifications.subscriptions.get(call.parameters.id, ownerOf(call));
}

/** `users`, `/users/{id or name}`, and the same of groups and devices. */
function readWatched(call: GraphCall, resource: string): Watched {
	const [collection, key, ...rest] = resource.replace(/^\//, '').split('/');
	const watchable = WATCHABLE[collection.toLowerCase()];
	if (!watchable || rest.length > 0 || key === '') throw notSimulated(`change notifications of '${resource}'`);
	const { type, readers } = watchable;
	if (!hasAny(call, readers)) throw permissionMissing();
	if (key === undefined) return { type };
	const { tenant } = call;
	const found = { user: () => tenant.findUser(key), group: () => tenant.findGroup(key), device: () => tenant.findDevice(key) }[type]();
	if (!found) throw notFound(key);
	return { type, id: found.id };
}

function shown(each: Subscription): Record<string, unknown> {
	return {
		id: each.id,
		resource: each.resource,
		applicationId: each.applicationId,
		changeType: each.changeType,
		clientState: each.clientState,
		notificationUrl: each.notificationUrl,
		notificationQueryOptions: null,
		lifecycleNotificationUrl: each.lifecycleNotificationUrl,
		expirationDateTime: dateTime(each.expires),
		creatorId: each.creatorId,
		includeResourceData: null,
		latestSupportedTlsVersion: each.latestSupportedTlsVersion,
		encryptionCertificate: null,
		encryptionCertificateId: null,
		notificationUrlAppId: null,
	};
}

function single(call: GraphCall, body: Record<string, unknown>): Record<string, unknown> {
	return { '@odata.context': `${call.origin}/v1.0/$metadata#subscriptions/$entity`, ...body };
}
