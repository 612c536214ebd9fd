/** How many people of a tenant hold a licence family, for a bill. */
export interface LicenceFamilyCount {
	kind: 'licenceFamilyCount';
	/** GUID, lower case. */
	tenantId: string;
	/** Tenant and name of the family: the same in every run. */
	id: string;
	/** Null: whoever holds a licence that costs something and is in none of the families. */
	family: string | null;
	/** 1 is the lowest; null: no family. */
	rank: number | null;
	/** People, disabled ones and guests included. */
	holders: number;
	/** Of these, disabled accounts. */
	disabledHolders: number;
	guestHolders: number;
	/** The subscriptions that count to it; of no family, those that were found. */
	skuIds: string[];
	/** `highest`: each person counts once, at the highest family held. `each`: once in every family held. */
	counted: 'highest' | 'each';
}
