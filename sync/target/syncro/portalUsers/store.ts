import type { FieldChange } from '../../../model/change';
import { SyncError } from '../../../model/syncError';
import { holds } from '../../apply/applyFields';
import type { RecordStore, StoreRequest } from '../../recordStore';
import type { SyncroClient } from '../client';
import { getContact } from '../contacts/contacts';
import { idNumber } from '../ids';
import { syncroPortalUsers } from './definition';
import { allPortalUsers, createPortalUser, deletePortalUser, sendInvitation, updatePortalUser, type PortalUserBody, type SyncroPortalUser } from './portalUsers';

export interface PortalUserStoreOptions {
	/** Whose id an invitation is asked for with; undefined: invitations are off. */
	inviteBy?: 'portalUser' | 'contact';
}

/** Portal users of a Syncro account, as plans are carried out on them. */
export function portalUserStore(client: SyncroClient, { inviteBy }: PortalUserStoreOptions): RecordStore {
	/** Addresses by id: a single portal user can only be asked for by its address. */
	const addresses = new Map<string, string>();
	const note = (users: SyncroPortalUser[]) => {
		for (const { id, email } of users) if (email !== null) addresses.set(id, email);
		return users;
	};
	const list: RecordStore['list'] = async ({ customerId }, call) => note(await allPortalUsers(client, customerId, call));

	async function get(id: string, { change: { pairing }, call, doing }: StoreRequest): Promise<SyncroPortalUser> {
		const address = addresses.get(id);
		const byAddress = address === undefined ? [] : await allPortalUsers(client, pairing.customerId, call, address, doing);
		const found = byAddress.find((user) => user.id === id) ?? note(await allPortalUsers(client, pairing.customerId, call, undefined, doing)).find((user) => user.id === id);
		if (found) return found;
		throw new SyncError(`Syncro account ${client.account}: could not ${doing}, because the customer has no such portal user.`, {
			class: 'notFound',
			code: 'syncro.notFound',
			remedy: 'It was deleted in Syncro. Read the portal users again; the next plan decides anew.',
		});
	}

	return {
		definition: syncroPortalUsers,
		account: client.account,
		clock: client.clock,
		failures: 'syncro.',
		wait: async (milliseconds, call) => await client.wait(milliseconds, call),
		list,
		get,
		create: async (fields, request) => {
			const body = bodyOf(fields);
			await requireContact(client, String(body.contact_id ?? ''), request);
			const { change, call, doing } = request;
			return note([await createPortalUser(client, change.pairing.customerId, body, call, doing)])[0];
		},
		update: async ({ id }, fields, request) => {
			const body = bodyOf(fields);
			if (body.contact_id !== undefined) await requireContact(client, String(body.contact_id), request);
			return note([await updatePortalUser(client, id, body, request.call, request.doing)])[0];
		},
		remove: async ({ id }, { call, doing }) => await deletePortalUser(client, id, call, doing),
		...(inviteBy ? { invite: async (record, request) => await invite(client, inviteBy, record as SyncroPortalUser, request) } : {}),
	};
}

/** Whether an invitation goes to the address of the portal user or of its contact is not documented: they must be the same. */
async function invite(client: SyncroClient, inviteBy: 'portalUser' | 'contact', user: SyncroPortalUser, request: StoreRequest): Promise<void> {
	const contact = await requireContact(client, user.contact_id ?? '', request);
	if (!holds(contact, 'email', user.email, syncroPortalUsers)) {
		throw new SyncError(`Syncro account ${client.account}: could not ${request.doing}, because its contact ${contact.id} has another e-mail address, to which the invitation might go.`, {
			class: 'refused',
			code: 'syncro.otherAddress',
			remedy: 'Give the contact and the portal user the same e-mail address: map the same property to both.',
		});
	}
	try {
		await sendInvitation(client, inviteBy === 'contact' ? contact.id : user.id, request.call, request.doing);
	} catch (error) {
		if (!(error instanceof SyncError) || error.class !== 'notFound') throw error;
		throw new SyncError(error.message, {
			class: 'refused',
			code: 'syncro.invitationNotFound',
			httpStatus: error.httpStatus,
			remedy: 'If it is the same for everybody, choose the other setting under Invitation Is For in the node that applies: Syncro does not document whose ID it wants.',
		});
	}
}

/** The contact to which a portal user is tied must be there, and be the customer's own. */
async function requireContact(client: SyncroClient, id: string, { change, call, doing }: StoreRequest) {
	const contact = await getContact(client, id, call, `read the contact ${id} to ${doing}`);
	if (contact.customerId === change.pairing.customerId) return contact;
	throw new SyncError(`Syncro account ${client.account}: could not ${doing}, because the contact ${id} now belongs to customer ${contact.customerId}.`, {
		class: 'refused',
		code: 'syncro.contactElsewhere',
		remedy: 'Sync the contacts of this customer first, or forget the link of this contact with Sync Ledger → Link → Forget.',
	});
}

function bodyOf(fields: readonly FieldChange[]): PortalUserBody {
	const body: PortalUserBody = {};
	for (const { field, after } of fields) {
		if (field === 'email') body.email = after ?? '';
		else if (field === 'contact_id') body.contact_id = idNumber(after ?? '', 'contact');
		else if (field === 'portal_group_id') body.portal_group_id = idNumber(after ?? '', 'portal group');
	}
	return body;
}
