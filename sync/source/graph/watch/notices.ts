import { isGuid } from '../signIn/entraApp';
import { isClientState } from './clientState';

/** What Microsoft Graph tells of one object: that it changed, not how (directory objects come with their id only). */
export interface ChangeNotice {
	kind: 'change';
	/** Object id, lower case. */
	id: string;
	/** Deleted for good. A deletion that can be undone is told as a change. */
	deleted: boolean;
}

/** What it tells of the subscription itself. */
export interface LifecycleNotice {
	kind: 'lifecycle';
	subscriptionId: string;
	event: 'missed' | 'subscriptionRemoved' | 'reauthorizationRequired';
}

/** Whose notifications are taken. */
export interface Recipient {
	clientState: string;
	/** GUID, lower case. */
	tenantId: string;
	/** `users`, `groups` or `devices`. */
	resource: string;
}

export interface Notices {
	changes: ChangeNotice[];
	lifecycle: LifecycleNotice[];
	/** How many were not for this recipient, or not from Microsoft Graph. */
	refused: number;
}

const LIFECYCLE_EVENTS: ReadonlySet<unknown> = new Set(['missed', 'subscriptionRemoved', 'reauthorizationRequired']);

/**
 * The notifications in the body of a request that anybody may have sent: each one counts only with the client state
 * that was agreed. An object that is told several times comes once; deleted for good outweighs the rest.
 */
export function readNotices(body: unknown, recipient: Recipient): Notices {
	const value = (body as { value?: unknown } | null | undefined)?.value;
	const changes = new Map<string, ChangeNotice>();
	const lifecycle: LifecycleNotice[] = [];
	let refused = 0;
	for (const each of Array.isArray(value) ? (value as unknown[]) : []) {
		const notice = readNotice(each, recipient);
		if (!notice) refused++;
		else if (notice.kind === 'lifecycle') lifecycle.push(notice);
		else changes.set(notice.id, { ...notice, deleted: notice.deleted || changes.get(notice.id)?.deleted === true });
	}
	return { changes: [...changes.values()], lifecycle, refused };
}

function readNotice(each: unknown, { clientState, tenantId, resource }: Recipient): ChangeNotice | LifecycleNotice | undefined {
	if (typeof each !== 'object' || each === null) return undefined;
	const { clientState: given, tenantId: tenant, subscriptionId, lifecycleEvent, resource: object, changeType } = each as Record<string, unknown>;
	if (!isClientState(given, clientState)) return undefined;
	if (typeof tenant !== 'string' || tenant.toLowerCase() !== tenantId) return undefined;
	if (LIFECYCLE_EVENTS.has(lifecycleEvent)) {
		if (typeof subscriptionId !== 'string' || !isGuid(subscriptionId)) return undefined;
		return { kind: 'lifecycle', subscriptionId: subscriptionId.toLowerCase(), event: lifecycleEvent as LifecycleNotice['event'] };
	}
	const [collection, id] = typeof object === 'string' ? object.toLowerCase().split('/') : [];
	if (collection !== resource || id === undefined || !isGuid(id)) return undefined;
	return { kind: 'change', id, deleted: changeType === 'deleted' };
}
