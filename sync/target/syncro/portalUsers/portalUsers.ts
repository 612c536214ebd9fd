import type { Call } from '../../../http/call';
import type { TargetRecord } from '../../../model/targetRecord';
import { newPassword } from '../../../secret/password';
import { LostReply } from '../../apply/lostReply';
import type { SyncroClient } from '../client';
import { allRecords, understood, type CustomerList } from '../customerRecords';
import { malformed } from '../errors';
import { idNumber, isId } from '../ids';
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

const LIST: CustomerList<SyncroPortalUser> = { path: '/portal_users', rows: 'portal_users', noun: 'portal user', nouns: 'portal users', permission: GLOBAL_ADMIN, record: portalUserRecord };

/**
 * All portal users of a customer; only those with this address where one is given. There is no request for a single one.
 *
 * @throws SyncError; `syncro.malformed` when one of them belongs to somebody else
 */
export async function allPortalUsers(client: SyncroClient, customerId: string, call: Call = {}, email?: string, doing?: string): Promise<SyncroPortalUser[]> {
	return await allRecords(client, { ...LIST, ...(email === undefined ? {} : { query: { email } }), ...(doing === undefined ? {} : { doing }) }, customerId, call);
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
	return understood(client, 'portal user', doing, () => portalUserRecord(client.account, row, doing), (user) => user.customerId === customerId);
}

/** Changes a portal user; what is not in `body` stays. @returns what Syncro stored */
export async function updatePortalUser(client: SyncroClient, id: string, body: PortalUserBody, call: Call, doing: string): Promise<SyncroPortalUser> {
	const row = await client.request({ ...call, method: 'PUT', path: `/portal_users/${idNumber(id, 'portal user')}`, body, doing, permission: GLOBAL_ADMIN });
	return understood(client, 'portal user', doing, () => portalUserRecord(client.account, row, doing), (user) => user.id === id);
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
