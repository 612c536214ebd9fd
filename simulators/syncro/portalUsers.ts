import type { SimulatedResponse } from '../base/server';
import { Answer, existing, outsideContract, page, refusedWithMessages } from './answers';
import { readBody, type Body } from './body';
import { isEmail } from './email';
import { integerParameter, type Call, type Route } from './route';
import { EPOCH, type SyncroPortalUserSeed } from './seed';
import type { SyncroState } from './state';

/** Somebody who may sign in to the client portal; bare in every answer. */
export interface SyncroPortalUser {
	id: number;
	email: string;
	account_id: number;
	customer_id: number;
	/** Without one, Syncro's screen shows an anonymous login. */
	contact_id: number | null;
	created_at: string;
	updated_at: string;
	portal_group_id: number;
}

/** An invitation to the client portal that would have been mailed. */
export interface Invitation {
	email: string;
	portalUserId?: number;
	contactId?: number;
	/** ISO 8601. */
	moment: string;
}

const WRITABLE = {
	contact_id: 'integer', customer_id: 'integer', password: 'string', password_confirmation: 'string', email: 'string', portal_group_id: 'integer',
} as const;

type PortalUserBody = Body<typeof WRITABLE>;

const PERMISSION = 'Global Admin';
const DEFAULT_GROUP = 1;

export const PORTAL_USER_ROUTES: Route[] = [
	{ method: 'GET', path: /^\/portal_users$/, permission: PERMISSION, parameters: ['customer_id', 'email', 'page', 'per_page'], respond: listPortalUsers },
	{ method: 'POST', path: /^\/portal_users$/, permission: PERMISSION, respond: createPortalUser },
	{ method: 'POST', path: /^\/portal_users\/create_invitation$/, permission: PERMISSION, respond: invite },
	{ method: 'PUT', path: /^\/portal_users\/(\d+)$/, permission: PERMISSION, respond: updatePortalUser },
	{ method: 'DELETE', path: /^\/portal_users\/(\d+)$/, permission: PERMISSION, respond: deletePortalUser },
];

function listPortalUsers({ request: { url }, state, quirks }: Call): SimulatedResponse {
	const customerId = integerParameter(url, 'customer_id');
	const email = url.searchParams.get('email')?.toLowerCase();
	const users = state.portalUsers
		.ordered()
		.filter((user) => customerId === null || user.customer_id === customerId)
		.filter((user) => email === undefined || user.email.toLowerCase() === email);
	return { status: 200, body: page('portal_users', users, url, { perPage: quirks.portalUsersPerPage, meta: 'full' }) };
}

function createPortalUser({ request, state, quirks }: Call): SimulatedResponse {
	const body = readBody(request, 'a portal user', WRITABLE);
	const faults = faultsOf(state, { email: '', ...body });
	if (!body.password && quirks.portalPassword === 'required') faults.push("Password can't be blank");
	if (body.customer_id === undefined || !state.customers.has(body.customer_id)) faults.push("Customer can't be blank");
	if (faults.length > 0) throw refusedWithMessages(faults, body);
	const moment = state.moment();
	const user: SyncroPortalUser = {
		id: state.portalUsers.nextId(),
		email: body.email!,
		account_id: 1,
		customer_id: body.customer_id!,
		contact_id: body.contact_id ?? null,
		created_at: moment,
		updated_at: moment,
		portal_group_id: body.portal_group_id ?? DEFAULT_GROUP,
	};
	refuseStrangers(state, user);
	state.portalUsers.set(user.id, user);
	return { status: 200, body: user };
}

function updatePortalUser({ request, state, quirks, id }: Call): SimulatedResponse {
	const user = existing(state.portalUsers, id, quirks);
	const body = readBody(request, 'a portal user', WRITABLE);
	const faults = faultsOf(state, body, user);
	if (faults.length > 0) throw refusedWithMessages(faults, body);
	const { password, password_confirmation, ...written } = body;
	refuseStrangers(state, { ...user, ...written });
	Object.assign(user, written, { updated_at: state.moment() });
	return { status: 200, body: user };
}

/** `DELETE /portal_users/{id}` answers with what it deleted. */
function deletePortalUser({ state, quirks, id }: Call): SimulatedResponse {
	const user = existing(state.portalUsers, id, quirks);
	state.portalUsers.delete(id);
	return { status: 200, body: user };
}

/** `POST /portal_users/create_invitation`: sends mail at once, as often as it is asked. */
function invite({ request, state, quirks }: Call): SimulatedResponse {
	const { id } = readBody(request, 'an invitation', { id: 'integer' });
	const invited = quirks.invitationId === 'contact' ? existing(state.contacts, id, quirks) : existing(state.portalUsers, id, quirks);
	if (!isEmail(invited.email ?? '')) {
		throw new Answer({ status: 422, body: { success: false, message: "Invalid email, correct the contact's email and try to resend." } });
	}
	const whose = 'contact_id' in invited ? { portalUserId: invited.id, contactId: invited.contact_id ?? undefined } : { contactId: invited.id };
	state.invitations.push({ email: invited.email!, ...whose, moment: state.moment() });
	return { status: 200, body: { success: true, message: "All set, we BCC'd you on that invitation." } };
}

/** Portal users are keyed by their e-mail address. Refusals repeat the password: clients must not log them. */
function faultsOf(state: SyncroState, { email, password, password_confirmation }: PortalUserBody, user?: SyncroPortalUser): string[] {
	const taken = [...state.portalUsers.values()].some((other) => other !== user && other.email.toLowerCase() === email?.toLowerCase());
	return [
		...(email === undefined || email.trim() ? [] : ["Email can't be blank"]),
		...(taken ? ['Email has already been taken'] : []),
		...(password === undefined || password === password_confirmation ? [] : ["Password confirmation doesn't match Password"]),
	];
}

/** What Syncro does with a contact of another customer is not documented; nobody should send one. */
function refuseStrangers(state: SyncroState, { contact_id, customer_id }: Pick<SyncroPortalUser, 'contact_id' | 'customer_id'>): void {
	if (contact_id !== null && state.contacts.get(contact_id)?.customer_id !== customer_id) {
		throw outsideContract(`contact ${contact_id} of customer ${customer_id}`);
	}
}

export function portalUserOf(seed: SyncroPortalUserSeed): SyncroPortalUser {
	return {
		id: seed.id,
		email: seed.email,
		account_id: 1,
		customer_id: seed.customer_id,
		contact_id: seed.contact_id ?? null,
		created_at: EPOCH,
		updated_at: EPOCH,
		portal_group_id: DEFAULT_GROUP,
	};
}
