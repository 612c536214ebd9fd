/**
 * The item that a list reader emits when it read the whole list and the list was empty. n8n shows an input
 * that was never read and an empty list alike, so an empty list has to say that it is one.
 */
export interface EmptyList {
	kind: 'emptyList';
	list: 'people' | 'contacts' | 'customers' | 'matches' | 'changes' | 'outcomes' | 'runs' | 'pairings' | 'links' | 'cursors' | 'tenants' | 'licences' | 'usage' | 'authentication' | 'secureScores' | 'groups' | 'members' | 'devices' | 'managedDevices' | 'domains' | 'appCredentials' | 'assets' | 'portalUsers' | 'invoiceLines' | 'alerts' | 'tickets' | 'records' | 'findings' | 'licenceFamilyCounts' | 'tenantFacts';
	note: string;
	tenantId?: string;
	target?: string;
	account?: string;
	customerId?: string;
	planId?: string;
	/** For an empty list of changes: the mode of its plan. For records of the source: how the list was read (`ListMode`). */
	mode?: string;
}

export function isEmptyList(value: unknown): value is EmptyList {
	return typeof value === 'object' && value !== null && (value as { kind?: unknown }).kind === 'emptyList';
}
