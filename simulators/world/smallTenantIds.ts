export const HARBOR_TENANT_ID = '5e3f1d9a-7c84-4b0e-9d26-1f7a3c5b8e01';
export const DOMAIN = 'harbordental.example';
export const INITIAL_DOMAIN = 'harbordental.onmicrosoft.com';

/** Microsoft 365 Business Premium. */
export const SPB = 'cbdc14ab-d96c-4c30-b9f4-6ada7cdc1d46';
/** Microsoft 365 Business Standard. */
export const O365_BUSINESS_PREMIUM = 'f245ecc8-75af-4f8e-b61f-27d8114de5f3';
/** Microsoft Power Automate Free. */
export const FLOW_FREE = 'f30db892-07e9-47e9-837c-80727f46fd3d';

export const GROUPS = {
	/** Has the group `hygienists` among its members. */
	allStaff: '9d0c7b52-30f1-4a6e-8c11-000000000001',
	hygienists: '9d0c7b52-30f1-4a6e-8c11-000000000002',
	/** Dynamic membership. */
	everyoneEnabled: '9d0c7b52-30f1-4a6e-8c11-000000000003',
	/** Holds the role User Administrator. */
	itAdmins: '9d0c7b52-30f1-4a6e-8c11-000000000004',
} as const;

/** Intune's ids of Harbor Dental's devices; their ids in Entra are others. */
export const MANAGED_DEVICES = {
	frontDesk: '4d5f0b6e-1c2a-4b7e-9d31-000000000001',
	/** Not compliant. */
	operatory: '4d5f0b6e-1c2a-4b7e-9d31-000000000002',
	/** A serial number that is none. */
	homeBuilt: '4d5f0b6e-1c2a-4b7e-9d31-000000000003',
	/** Nobody's, and unknown to Entra. */
	shared: '4d5f0b6e-1c2a-4b7e-9d31-000000000004',
	/** Of somebody deleted. */
	longUnseen: '4d5f0b6e-1c2a-4b7e-9d31-000000000005',
	/** Personal. */
	ownPhone: '4d5f0b6e-1c2a-4b7e-9d31-000000000006',
	justEnrolled: '4d5f0b6e-1c2a-4b7e-9d31-000000000007',
} as const;

/** Object id of the person with this number in `smallTenantPeople.ts`. */
export function userId(number: number): string {
	return `2b8f6c10-4d3e-4a97-b5c2-${String(number).padStart(12, '0')}`;
}

/** Object ids by name, for tests. */
export const PEOPLE = {
	ada: userId(1),
	zoe: userId(2),
	sean: userId(3),
	johnSmithHygienist: userId(4),
	johnSmithAssistant: userId(5),
	mary: userId(6),
	lee: userId(7),
	reception: userId(8),
	guest: userId(9),
	scanner: userId(10),
	kiosk: userId(11),
	leaver: userId(12),
	nina: userId(13),
	omar: userId(14),
	grace: userId(15),
	tom: userId(16),
	ivy: userId(17),
	dana: userId(18),
	/** Soft-deleted. */
	rita: userId(19),
} as const;

/** Object ids of Harbor Dental's devices. */
export const DEVICES = {
	/** Used by two people, owned by one. */
	frontDesk: 'c1a4b7d2-6e3f-4f58-9b21-000000000001',
	/** Two owners. */
	operatory: 'c1a4b7d2-6e3f-4f58-9b21-000000000002',
	/** No owner. */
	labScanner: 'c1a4b7d2-6e3f-4f58-9b21-000000000003',
	/** Its owner was deleted. */
	orphan: 'c1a4b7d2-6e3f-4f58-9b21-000000000004',
	/** One computer that was set up twice: two objects of one name, the older one disabled. */
	desktopNew: 'c1a4b7d2-6e3f-4f58-9b21-000000000005',
	desktopOld: 'c1a4b7d2-6e3f-4f58-9b21-000000000006',
	/** Registered by its owner, not managed. */
	phone: 'c1a4b7d2-6e3f-4f58-9b21-000000000007',
} as const;

/** The device's own GUID, Intune's `azureADDeviceId`, by object id. */
export function deviceIdOf(objectId: string): string {
	return objectId.replace('c1a4b7d2-6e3f-4f58-9b21', '9e2b6f40-0a7c-4b3b-8d51');
}

/** Object ids of Harbor Dental's app registrations. */
export const APPLICATIONS = {
	/** This package's own: one secret, valid for long, and one that expired. */
	entraSync: 'a0b1c2d3-e4f5-4a6b-8c7d-000000000001',
	/** A certificate that ends within two weeks of 22 November 2026, and one that follows it. */
	bookingSite: 'a0b1c2d3-e4f5-4a6b-8c7d-000000000002',
	/** Signs in without any secret. */
	kioskApp: 'a0b1c2d3-e4f5-4a6b-8c7d-000000000003',
} as const;

/** Directory extensions of the practice's booking site. */
export const EXTENSIONS = {
	/** On Ada and Zoë. */
	chairNumber: 'extension_b1c2d3e4f5a64b7c8d9e000000000002_chairNumber',
} as const;

/** Subscriptions of Harbor Dental, by what they are good for. */
export const SUBSCRIPTIONS = {
	businessPremium: '3a1f7c52-97a2-4c61-8d0a-000000000001',
	/** Not paid: its licences are in their grace period. */
	businessPremiumUnpaid: '3a1f7c52-97a2-4c61-8d0a-000000000002',
	businessStandardTrial: '3a1f7c52-97a2-4c61-8d0a-000000000003',
} as const;
