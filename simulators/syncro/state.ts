import { alertOf, type SyncroAlert } from './alerts';
import { assetOf, type SyncroAsset } from './assets';
import { customerOf, type SyncroCustomer } from './customers';
import { storedPhone } from './phone';
import { portalUserOf, type Invitation, type SyncroPortalUser } from './portalUsers';
import type { QuantityForCounter } from './scheduleLines';
import { scheduleOf, type SyncroSchedule } from './schedules';
import { EPOCH, type SyncroAssetTypeSeed, type SyncroContactSeed, type SyncroFieldSeed, type SyncroSeed } from './seed';
import { Table } from './table';
import type { OutgoingMessage } from './ticketComments';
import type { SyncroTicket } from './tickets';

/** A contact as Syncro answers with it: bare, without a wrapper. */
export interface SyncroContact {
	id: number;
	name: string | null;
	address1: string | null;
	address2: string | null;
	city: string | null;
	state: string | null;
	zip: string | null;
	email: string | null;
	phone: string | null;
	mobile: string | null;
	latitude: number | null;
	longitude: number | null;
	customer_id: number;
	account_id: number;
	notes: string | null;
	created_at: string;
	updated_at: string;
	vendor_id: number | null;
	properties: Record<string, unknown>;
	opt_out: boolean;
	extension: string | null;
}

/** Text fields of a contact that a request may set. */
export type ContactText = 'name' | 'address1' | 'address2' | 'city' | 'state' | 'zip' | 'email' | 'phone' | 'mobile' | 'notes';

/** Everything that one simulated Syncro account holds. Tests may look and change what they like. */
export class SyncroState {
	readonly customers = new Table<SyncroCustomer>('customer');
	readonly contacts = new Table<SyncroContact>('contact');
	readonly assets = new Table<SyncroAsset>('asset');
	readonly schedules = new Table<SyncroSchedule>('schedule');
	readonly alerts = new Table<SyncroAlert>('alert');
	readonly tickets = new Table<SyncroTicket>('ticket');
	readonly portalUsers = new Table<SyncroPortalUser>('portal user');
	/** Custom fields that the account has now. */
	customerFields: SyncroFieldSeed[] = [];
	contactFields: SyncroFieldSeed[] = [];
	assetTypes: SyncroAssetTypeSeed[] = [];
	/** How long each muted alert is muted for, by its id. */
	readonly mutedAlerts = new Map<number, string>();
	/** Mails and text messages that Syncro would have sent, oldest first. */
	readonly outbox: OutgoingMessage[] = [];
	/** Invitations to the client portal that would have been mailed, oldest first. */
	readonly invitations: Invitation[] = [];
	/** Quantities that somebody tried to give to lines that count by themselves; none was stored. */
	readonly quantitiesForCounters: QuantityForCounter[] = [];
	private lastLineId = 0;
	private lastCommentId = 0;

	constructor(
		readonly seed: SyncroSeed,
		private readonly now: () => number,
	) {
		this.reset();
	}

	/** Everything as the seed says, as after a restart. */
	reset(): void {
		const { seed } = this;
		this.customerFields = structuredClone(seed.customerFields ?? []);
		this.contactFields = structuredClone(seed.contactFields ?? []);
		this.assetTypes = structuredClone(seed.assetTypes ?? []);
		this.customers.load(seed.customers.map(customerOf));
		this.contacts.load(this.ofKnownCustomers('contact', seed.contacts).map(contactOf));
		this.assets.load(this.ofKnownCustomers('asset', seed.assets).map(assetOf));
		this.schedules.load(this.ofKnownCustomers('schedule', seed.schedules).map(scheduleOf));
		this.lastCommentId = 0;
		this.lastLineId = Math.max(1000, ...(seed.schedules ?? []).flatMap(({ lines = [] }) => lines.map(({ id }) => id)));
		this.alerts.load(this.ofKnownCustomers('alert', seed.alerts).map(alertOf));
		this.portalUsers.load(this.ofKnownCustomers('portal user', seed.portalUsers).map(portalUserOf));
		this.tickets.load([]);
		this.mutedAlerts.clear();
		for (const journal of [this.outbox, this.invitations, this.quantitiesForCounters]) journal.length = 0;
	}

	/** Lines are numbered through the account, not through their schedule. */
	nextLineId(): number {
		return ++this.lastLineId;
	}

	nextCommentId(): number {
		return ++this.lastCommentId;
	}

	/** The moment of a change that is made now. */
	moment(): string {
		return new Date(this.now()).toISOString();
	}

	/** Contacts in the order of their ids, of one customer or of all. */
	contactsOf(customerId?: number): SyncroContact[] {
		return this.contacts.ordered().filter((contact) => customerId === undefined || contact.customer_id === customerId);
	}

	/** Creates a contact; fields that are not given are `null`. */
	addContact(customerId: number, texts: Partial<Record<ContactText, string>>, properties: Record<string, unknown> = {}): SyncroContact {
		const moment = this.moment();
		const contact: SyncroContact = {
			...contactOf({ id: this.contacts.nextId(), customer_id: customerId, name: '' }),
			name: null,
			created_at: moment,
			properties: { ...properties },
		};
		this.contacts.set(contact.id, contact);
		return this.editContact(contact.id, texts);
	}

	/** Changes fields of a contact as somebody at Syncro's screen would. */
	editContact(id: number, texts: Partial<Record<ContactText, string | null>>, properties?: Record<string, unknown>): SyncroContact {
		const contact = this.contacts.get(id);
		if (!contact) throw new Error(`There is no contact ${id}.`);
		for (const [field, value] of Object.entries(texts) as Array<[ContactText, string | null]>) {
			contact[field] = value !== null && (field === 'phone' || field === 'mobile') ? storedPhone(value) : value;
		}
		if (properties) contact.properties = { ...properties };
		contact.updated_at = this.moment();
		return contact;
	}

	/** @returns false when there was no such contact */
	deleteContact(id: number): boolean {
		return this.contacts.delete(id);
	}

	moveContact(id: number, customerId: number): void {
		this.contacts.get(id)!.customer_id = customerId;
	}

	private ofKnownCustomers<T extends { id: number; customer_id: number }>(noun: string, seeds: T[] = []): T[] {
		const stray = seeds.find(({ customer_id }) => !this.customers.has(customer_id));
		if (stray) throw new Error(`Seed: ${noun} ${stray.id} belongs to customer ${stray.customer_id}, which does not exist.`);
		return seeds;
	}
}

function contactOf(seed: SyncroContactSeed): SyncroContact {
	const phone = (value: string | undefined) => (value === undefined ? null : storedPhone(value));
	const created = new Date(seed.created_at ?? EPOCH).toISOString();
	return {
		id: seed.id,
		name: seed.name,
		address1: seed.address1 ?? null,
		address2: seed.address2 ?? null,
		city: seed.city ?? null,
		state: seed.state ?? null,
		zip: seed.zip ?? null,
		email: seed.email ?? null,
		phone: phone(seed.phone),
		mobile: phone(seed.mobile),
		latitude: null,
		longitude: null,
		customer_id: seed.customer_id,
		account_id: 1,
		notes: seed.notes ?? null,
		created_at: created,
		updated_at: created,
		vendor_id: null,
		properties: { ...seed.properties },
		opt_out: seed.opt_out ?? false,
		extension: null,
	};
}
