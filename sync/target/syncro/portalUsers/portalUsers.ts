import type { Call } from '../../../http/call';
import type { TargetRecord } from '../../../model/targetRecord';
import { SyncError } from '../../../model/syncError';
import { newPassword } from '../../../secret/password';
import { LostReply } from '../../apply/lostReply';
import type { SyncroClient } from '../client';
import { malformed } from '../errors';
import { idNumber, isId } from '../ids';
import { listPages } from '../paging';
import { GLOBAL_ADMIN } from '../permissions';
import { syncroPortalUsers } from './definition';

/** Somebody who may sign in to the client portal of a customer. */
export interface SyncroPortalUser extends TargetRecord {
	email: string | null;
	contact_id: string | null;
	createdAt?: string;
}

/** What is sent of a portal user: Syncro's own keys. */
export interface PortalUserBody {
	email?: string;
	contact_id?: number;
	portal_group_id?: number;
}

/**
 * All portal users of a customer; only those with this address where one is given. There is no request for a single one.
 *
 * @throws SyncError; `syncro.malformed` when one of them belongs to somebody else, or came twice
 */
export async function allPortalUsers(client: SyncroClient, customerId: string, call: Call = {}, email?: string, doing = `read the portal users of customer ${customerId}`): Promise<SyncroPortalUser[]> {
	const users = new Map<string, SyncroPortalUser>();
	const query = { customer_id: idNumber(customerId, 'customer'), ...(email === undefined ? {} : { email }) };
	for await (const { rows } of listPages(client, { path: '/portal_users', rows: 'portal_users', query, doing, permission: GLOBAL_ADMIN }, call)) {
		for (const row of rows) {
			const user = portalUserRecord(client.account, row, doing);
			const fail = (what: string) => malformed({ account: client.account, doing }, `the list holds the portal user ${user.id} ${what}`);
			if (user.customerId !== customerId) throw fail(`of customer ${user.customerId}`);
			if (users.has(user.id)) throw fail('twice');
			users.set(user.id, user);
		}
	}
	return [...users.values()];
}

/** Creates a portal user with a password that nobody learns. @returns what Syncro stored */
export async function createPortalUser(client: SyncroClient, customerId: string, body: PortalUserBody, call: Call, doing: string): Promise<SyncroPortalUser> {
	const password = newPassword();
	const row = await client.request({
		...call,
		method: 'POST',
		path: '/portal_users',
		body: { customer_id: idNumber(customerId, 'customer'), ...body, password, password_confirmation: password },
		doing,
		permission: GLOBAL_ADMIN,
	});
	return understood(client, row, doing, (user) => user.customerId === customerId);
}

/** Changes a portal user; what is not in `body` stays. @returns what Syncro stored */
export async function updatePortalUser(client: SyncroClient, id: string, body: PortalUserBody, call: Call, doing: string): Promise<SyncroPortalUser> {
	const row = await client.request({ ...call, method: 'PUT', path: `/portal_users/${idNumber(id, 'portal user')}`, body, doing, permission: GLOBAL_ADMIN });
	return understood(client, row, doing, (user) => user.id === id);
}

/** Takes the access to the portal away for good. */
export async function deletePortalUser(client: SyncroClient, id: string, call: Call, doing: string): Promise<void> {
	await client.request({ ...call, method: 'DELETE', path: `/portal_users/${idNumber(id, 'portal user')}`, doing, permission: GLOBAL_ADMIN });
}

/**
 * Has Syncro mail an invitation, at once. Whether it wants the id of the portal user or of the contact is not documented.
 *
 * @throws LostReply when it may have been sent
 */
export async function sendInvitation(client: SyncroClient, id: string, call: Call, doing: string): Promise<void> {
	const answer = await client.request({ ...call, method: 'POST', path: '/portal_users/create_invitation', body: { id: idNumber(id, 'portal user or contact') }, doing, permission: GLOBAL_ADMIN });
	if (answer.success === true) return;
	const { message, remedy } = malformed({ account: client.account, doing }, 'Syncro does not say that it succeeded');
	throw new LostReply(message, { class: 'unavailable', code: 'syncro.malformed', remedy, mayStillArrive: false });
}

function portalUserRecord(account: string, row: Record<string, unknown>, doing: string): SyncroPortalUser {
	const { id, customer_id: customerId, email, contact_id: contactId, portal_group_id: groupId, created_at: createdAt } = row;
	if (!isId(id)) throw malformed({ account, doing }, 'the answer holds a portal user without an id');
	if (!isId(customerId)) throw malformed({ account, doing }, `the portal user ${String(id)} does not say which customer it belongs to`);
	return {
		kind: 'portalUser',
		target: syncroPortalUsers.name,
		account,
		customerId: String(customerId),
		id: String(id),
		email: typeof email === 'string' ? email : null,
		contact_id: isId(contactId) ? String(contactId) : null,
		...(groupId === undefined ? {} : { portal_group_id: isId(groupId) ? String(groupId) : null }),
		...(typeof createdAt === 'string' ? { createdAt } : {}),
	};
}

/** The answer to a write. One that can't be understood proves nothing: it counts as a lost reply. */
function understood(client: SyncroClient, row: Record<string, unknown>, doing: string, fits: (user: SyncroPortalUser) => boolean): SyncroPortalUser {
	let user: SyncroPortalUser | undefined;
	try {
		user = portalUserRecord(client.account, row, doing);
	} catch (error) {
		if (!(error instanceof SyncError)) throw error;
	}
	if (user && fits(user)) return user;
	const { message, remedy } = malformed({ account: client.account, doing }, 'the answer is not the portal user that was sent');
	throw new LostReply(message, { class: 'unavailable', code: 'syncro.malformed', remedy, mayStillArrive: false });
}
