import type { SyncroContactSeed, SyncroCustomerSeed, SyncroSeed } from './seed';

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

export interface SyncroCustomer extends Required<Omit<SyncroCustomerSeed, 'properties'>> {
	properties: Record<string, string>;
	created_at: string;
}

/** Text fields of a contact that a request may set. */
export const CONTACT_TEXTS = ['name', 'address1', 'address2', 'city', 'state', 'zip', 'email', 'phone', 'mobile', 'notes'] as const;

export type ContactText = (typeof CONTACT_TEXTS)[number];

const EPOCH = '2024-01-15T09:00:00.000Z';

/** Syncro keeps the digits of a phone number and nothing else. */
export function storedPhone(phone: string): string {
	return phone.replace(/\D/g, '');
}

/** Everything that one simulated Syncro account holds. Tests may look and change what they like. */
export class SyncroState {
	readonly customers = new Map<number, SyncroCustomer>();
	readonly contacts = new Map<number, SyncroContact>();
	private nextContactId = 0;

	constructor(
		readonly seed: SyncroSeed,
		private readonly now: () => number,
	) {
		this.reset();
	}

	/** Everything as the seed says, as after a restart. */
	reset(): void {
		const { seed } = this;
		this.customers.clear();
		this.contacts.clear();
		for (const customer of seed.customers) this.customers.set(customer.id, customerOf(customer));
		for (const contact of seed.contacts) {
			if (!this.customers.has(contact.customer_id)) {
				throw new Error(`Seed: contact ${contact.id} belongs to customer ${contact.customer_id}, which does not exist.`);
			}
			if (this.contacts.has(contact.id)) throw new Error(`Seed: contact ${contact.id} is there twice.`);
			this.contacts.set(contact.id, contactOf(contact));
		}
		this.nextContactId = Math.max(1000, ...this.contacts.keys()) + 1;
	}

	/** Contacts in the order of their ids, of one customer or of all. */
	contactsOf(customerId?: number): SyncroContact[] {
		return [...this.contacts.values()]
			.filter((contact) => customerId === undefined || contact.customer_id === customerId)
			.sort((a, b) => a.id - b.id);
	}

	/** Creates a contact; fields that are not given are `null`. */
	addContact(customerId: number, texts: Partial<Record<ContactText, string>>, properties: Record<string, unknown> = {}): SyncroContact {
		const moment = new Date(this.now()).toISOString();
		const contact: SyncroContact = {
			...contactOf({ id: this.nextContactId++, customer_id: customerId, name: '' }),
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
		contact.updated_at = new Date(this.now()).toISOString();
		return contact;
	}

	/** @returns false when there was no such contact */
	deleteContact(id: number): boolean {
		return this.contacts.delete(id);
	}

	moveContact(id: number, customerId: number): void {
		this.contacts.get(id)!.customer_id = customerId;
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

function customerOf(seed: SyncroCustomerSeed): SyncroCustomer {
	return {
		id: seed.id,
		business_name: seed.business_name,
		firstname: seed.firstname ?? '',
		lastname: seed.lastname ?? '',
		email: seed.email ?? '',
		phone: storedPhone(seed.phone ?? ''),
		mobile: storedPhone(seed.mobile ?? ''),
		address: seed.address ?? '',
		address_2: seed.address_2 ?? '',
		city: seed.city ?? '',
		state: seed.state ?? '',
		zip: seed.zip ?? '',
		notes: seed.notes ?? '',
		disabled: seed.disabled ?? false,
		properties: { ...seed.properties },
		created_at: EPOCH,
	};
}
