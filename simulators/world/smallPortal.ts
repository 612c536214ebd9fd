import type { PortalSeed } from '../portal';

export const PORTAL_KEY = 'portal-key-that-writes';
export const PORTAL_KEY_READ_ONLY = 'portal-key-that-reads';
/** What the portal calls Harbor Dental. */
export const PORTAL_CUSTOMER = 'harbor';

/** The client portal of the MSP: two people of Harbor Dental are in it already, one of them under an old name. */
export function smallPortal(): PortalSeed {
	return {
		keys: [
			{ key: PORTAL_KEY, writes: true },
			{ key: PORTAL_KEY_READ_ONLY, writes: false },
		],
		users: [
			{ customerId: PORTAL_CUSTOMER, name: 'Ada Old-Name', email: 'ada.brandt@harbordental.example' },
			{ customerId: PORTAL_CUSTOMER, name: 'Outside Accountant', email: 'accounts@ledgerworks.example' },
			{ customerId: 'other', name: 'Somebody Else', email: 'somebody@other.example' },
		],
		devices: [],
	};
}
