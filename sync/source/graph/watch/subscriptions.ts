import { SyncError } from '../../../model/syncError';
import type { GraphClient } from '../transport/client';
import type { Answer, GraphRequest } from '../transport/exchange';
import { collect, readPages } from '../transport/paging';
import type { Reading } from '../transport/reading';
import { USERS } from '../read/users';
import { markOf } from './clientState';

export type WatchedResource = 'users' | 'groups' | 'devices';

/** Subscribing takes the permission to read what is subscribed to (contract: B12). */
export const SUBSCRIPTIONS: Readonly<Record<WatchedResource, Reading>> = {
	users: subscribing('users', { permission: USERS.permission, alsoBy: USERS.alsoBy }),
	groups: subscribing('groups', { permission: 'Group.Read.All', alsoBy: ['Group.ReadWrite.All', 'Directory.Read.All', 'Directory.ReadWrite.All'] }),
	devices: subscribing('devices', { permission: 'Device.Read.All', alsoBy: ['Device.ReadWrite.All', 'Directory.Read.All', 'Directory.ReadWrite.All'] }),
};

function subscribing(what: string, permissions: Pick<Reading, 'permission' | 'alsoBy'>): Reading {
	return { ...permissions, what: `change notifications of ${what}`, verb: 'subscribe to', resourceUnits: 0, quotas: ['subscriptions'] };
}

/** What we want to be told, and where. */
export interface WantedSubscription {
	resource: WatchedResource;
	/** https address of the endpoint, without a query. */
	address: string;
	clientState: string;
}

const DAY = 86_400_000;
/**
 * The service would allow 29 days. A week outlasts a long weekend without n8n, and what nobody removed (a lost
 * machine) does not fill the tenant's quota for a month.
 */
const LIFE = 7 * DAY;
/** Renewed when less than this is left. */
const RENEWED_BEFORE = LIFE / 2;
/** `updated` includes new and soft-deleted objects; `created` does not exist for users and groups (Microsoft Graph documentation, subscription resource). */
const CHANGE_TYPE = 'updated,deleted';

/** The members of Graph's subscription that matter here. */
interface RawSubscription {
	id: string;
	resource?: string;
	changeType?: string;
	notificationUrl?: string;
	expirationDateTime?: string;
}

/**
 * Sees to it that there is exactly one subscription for this endpoint that is as wanted and does not end soon. Others
 * of the same endpoint (another resource, another secret) are removed.
 *
 * @param now milliseconds since 1970
 * @throws SyncError when Graph does not reach the endpoint, refuses, or fails
 */
export async function keepSubscription(client: GraphClient, wanted: WantedSubscription, now = Date.now()): Promise<'kept' | 'renewed' | 'created'> {
	const own = await subscriptionsOf(client, wanted.resource, wanted.address);
	const [right, ...superfluous] = own.sort((a, b) => Number(isAsWanted(b, wanted)) - Number(isAsWanted(a, wanted)));
	const current = right && isAsWanted(right, wanted) ? right : undefined;
	for (const each of current ? superfluous : own) await remove(client, wanted.resource, each.id);
	if (current && Date.parse(current.expirationDateTime ?? '') - now > RENEWED_BEFORE) return 'kept';
	if (current && (await renewSubscription(client, wanted.resource, current.id, now))) return 'renewed';
	await create(client, wanted, now);
	return 'created';
}

/** @returns false when there is no such subscription any more */
export async function renewSubscription(client: GraphClient, resource: WatchedResource, id: string, now = Date.now()): Promise<boolean> {
	const request: GraphRequest = {
		reading: { ...SUBSCRIPTIONS[resource], verb: 'renew the subscription to' },
		method: 'PATCH',
		address: `/subscriptions/${id}`,
		body: { expirationDateTime: new Date(now + LIFE).toISOString() },
		expects: 'object',
		// Setting the same end twice is setting it once.
		repeatable: true,
	};
	const answer = await client.request(request);
	if (answer.status === 404) return false;
	if (answer.status !== 200) throw client.explain(answer, request);
	return true;
}

/** Ends every subscription of the endpoint. */
export async function dropSubscriptions(client: GraphClient, resource: WatchedResource, address: string): Promise<void> {
	for (const { id } of await subscriptionsOf(client, resource, address)) await remove(client, resource, id);
}

/** The app's subscriptions in the tenant that lead to this endpoint. */
async function subscriptionsOf(client: GraphClient, resource: WatchedResource, address: string): Promise<RawSubscription[]> {
	const reading: Reading = { ...SUBSCRIPTIONS[resource], verb: 'look for the subscription to', quotas: ['subscriptionLists'] };
	const all = await collect(readPages<RawSubscription>(client, { reading, address: '/subscriptions' }));
	return all.filter(({ notificationUrl }) => withoutQuery(notificationUrl) === withoutQuery(address));
}

function isAsWanted({ resource, changeType, notificationUrl }: RawSubscription, wanted: WantedSubscription): boolean {
	return resource?.replace(/^\//, '').toLowerCase() === wanted.resource && changeType === CHANGE_TYPE && notificationUrl === markedAddress(wanted);
}

/** Says in the address which client state goes with it: the service does not tell what it was given. */
function markedAddress({ address, clientState }: WantedSubscription): string {
	return `${address}?mark=${markOf(clientState)}`;
}

function withoutQuery(address: string | undefined): string | undefined {
	return address?.split('?')[0];
}

async function create(client: GraphClient, wanted: WantedSubscription, now: number): Promise<void> {
	const notificationUrl = markedAddress(wanted);
	const request: GraphRequest = {
		reading: SUBSCRIPTIONS[wanted.resource],
		method: 'POST',
		address: '/subscriptions',
		body: {
			changeType: CHANGE_TYPE,
			notificationUrl,
			lifecycleNotificationUrl: notificationUrl,
			resource: wanted.resource,
			expirationDateTime: new Date(now + LIFE).toISOString(),
			clientState: wanted.clientState,
		},
		expects: 'object',
	};
	const answer = await client.request(request);
	if (answer.status !== 201) throw await explain(client, answer, request, wanted.address);
}

async function remove(client: GraphClient, resource: WatchedResource, id: string): Promise<void> {
	const request: GraphRequest = {
		reading: { ...SUBSCRIPTIONS[resource], verb: 'end the subscription to' },
		method: 'DELETE',
		address: `/subscriptions/${id}`,
		expects: 'anything',
		repeatable: true,
	};
	const answer = await client.request(request);
	if (answer.status !== 204 && answer.status !== 404) throw client.explain(answer, request);
}

/** The two refusals that only this request gets: nobody answered at the address, and the quota of subscriptions. */
async function explain(client: GraphClient, answer: Answer, request: GraphRequest, address: string): Promise<SyncError> {
	const error = client.explain(answer, request);
	const { httpStatus, requestId, tenantId } = error;
	if (answer.status === 400) {
		return new SyncError(error.message, {
			class: 'configuration',
			code: error.code,
			remedy: `Microsoft calls ${address} from the internet while the workflow is switched on: n8n has to be reachable there by https with a certificate that is generally trusted (n8n's setting WEBHOOK_URL), and no firewall or sign-in page may stand before it. Where that cannot be, choose Polling.`,
			httpStatus,
			requestId,
			tenantId,
		});
	}
	const permitted = answer.status === 403 && (await client.roles())?.some((role) => role === request.reading.permission || request.reading.alsoBy.includes(role));
	if (!permitted) return error;
	return new SyncError(`Could not subscribe to ${request.reading.what} of tenant ${client.tenant}: Microsoft Graph allows no further subscription there.`, {
		class: 'refused',
		code: 'graph.subscriptionQuota',
		remedy: 'An app may have 100 subscriptions in a tenant, and all apps together 1,000. Switch off triggers that are not needed, wait until forgotten subscriptions end (a week for those of this node), or choose Polling.',
		httpStatus,
		requestId,
		tenantId,
	});
}
