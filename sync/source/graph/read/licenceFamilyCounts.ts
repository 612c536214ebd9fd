import type { LicenceFamilyCount } from '../../../model/licenceFamilyCount';
import type { Person } from '../../../model/person';
import type { GraphClient } from '../transport/client';
import { familiesHeld, familyKey, type LicenceFamily } from './licenceFamilies';
import type { LicenceNames } from './licenceNames';
import { tenantGuidOf } from './organization';
import { userPages } from './users';

export interface FamilyCountRequest {
	/** Lowest rank first. */
	families: readonly LicenceFamily[];
	/** Each person once, at the highest family held; else once in every family held. */
	highestOnly: boolean;
	/** Gives a count of its own for licences that are in no family and cost something; tells which cost nothing. */
	withoutFamily?: LicenceNames;
}

/** A name has no blanks in an id, so no family can be called that. */
const NO_FAMILY = 'no family';

/**
 * Counts who holds which family, in one read of the users of which nothing is kept but the counts.
 *
 * @returns one record per family in the order of rank, those that nobody holds included; then the one of no family, if asked for
 * @throws SyncError when any page cannot be read: a count that is short would be billed
 */
export async function licenceFamilyCounts(client: GraphClient, request: FamilyCountRequest): Promise<LicenceFamilyCount[]> {
	const tenantId = await tenantGuidOf(client);
	const heldBy = familiesHeld(request.families);
	let counts = noneYet(tenantId, request);
	for await (const page of userPages(client, { properties: ['accountEnabled', 'userType', 'licenceSkuIds'], filter: { licensedOnly: true } })) {
		if (page.kind === 'restart') {
			counts = noneYet(tenantId, request);
			continue;
		}
		for (const person of page.items) {
			const skuIds = person.licenceSkuIds ?? [];
			const held = heldBy(skuIds);
			for (const rank of request.highestOnly ? held.slice(-1) : held) count(counts.families[rank], person);
			if (!counts.none || (request.highestOnly && held.length > 0)) continue;
			const others = skuIds.filter((id) => heldBy([id]).length === 0 && !request.withoutFamily!(id).free);
			if (others.length > 0) count(counts.none, person);
			for (const id of others) if (!counts.none.skuIds.includes(id)) counts.none.skuIds.push(id);
		}
	}
	counts.none?.skuIds.sort();
	return [...counts.families, ...(counts.none ? [counts.none] : [])];
}

function noneYet(tenantId: string, { families, highestOnly, withoutFamily }: FamilyCountRequest): { families: LicenceFamilyCount[]; none?: LicenceFamilyCount } {
	const none = (key: string, family: string | null, rank: number | null, skuIds: readonly string[]): LicenceFamilyCount => ({
		kind: 'licenceFamilyCount',
		tenantId,
		id: `${tenantId}:${key}`,
		family,
		rank,
		holders: 0,
		disabledHolders: 0,
		guestHolders: 0,
		skuIds: [...skuIds],
		counted: highestOnly ? 'highest' : 'each',
	});
	return {
		families: families.map(({ name, skuIds }, index) => none(familyKey(name), name, index + 1, skuIds)),
		none: withoutFamily && none(NO_FAMILY, null, null, []),
	};
}

function count(family: LicenceFamilyCount, { accountEnabled, userType }: Person): void {
	family.holders++;
	if (accountEnabled === false) family.disabledHolders++;
	if (userType === 'Guest') family.guestHolders++;
}
