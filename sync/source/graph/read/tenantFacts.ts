import type { SecureScore } from '../../../model/secureScore';
import type { TenantFacts } from '../../../model/tenantFacts';
import type { GraphClient } from '../transport/client';
import { licensedPeoplePages } from './licenceHolders';
import type { LicenceNames } from './licenceNames';
import { tenantGuidOf } from './organization';
import { useOf, type KnownUse } from './unusedLicences';

export interface FactsRequest {
	/** Active within so many days. */
	days: number;
	/** Milliseconds; for the age of accounts and licences. */
	now: number;
	/** Tells which licences cost nothing. */
	names: LicenceNames;
	/** What was read before; what could not be read is absent. */
	displayName?: string;
	secureScore?: SecureScore;
	use: KnownUse;
}

/**
 * The tenant in numbers: one read of the users, of which nothing is kept but the counts.
 *
 * @throws SyncError when any page of them cannot be read
 */
export async function tenantFacts(client: GraphClient, request: FactsRequest): Promise<TenantFacts> {
	const tenantId = await tenantGuidOf(client);
	const { days, use, displayName, secureScore } = request;
	const { active, inactive, disabled, unknown } = await countByUse(client, request);
	// Of nobody known is not "nobody".
	const known = active + inactive > 0 || unknown === 0;
	return {
		kind: 'tenantFacts',
		tenantId,
		id: tenantId,
		...(displayName === undefined ? {} : { displayName }),
		...(secureScore ? scoreOf(secureScore) : {}),
		licensedUserCount: active + inactive + disabled + unknown,
		...(known ? { activeUserCount: active, inactiveUserCount: inactive } : {}),
		disabledLicensedUserCount: disabled,
		unknownActivityCount: unknown,
		days,
		asOf: use.activity?.asOf ?? null,
		leftOut: [...(use.leftOut ?? [])],
	};
}

async function countByUse(client: GraphClient, { names, use, days, now }: FactsRequest): Promise<Record<ReturnType<typeof useOf>, number>> {
	const nobody = () => ({ active: 0, inactive: 0, disabled: 0, unknown: 0 });
	let counts = nobody();
	for await (const page of licensedPeoplePages(client, { names, skus: [], withoutFree: true })) {
		if (page.kind === 'restart') counts = nobody();
		else for (const person of page.items) counts[useOf(person, use, { days, now })]++;
	}
	return counts;
}

function scoreOf({ score, maxScore, percent, createdDateTime }: SecureScore): Pick<TenantFacts, 'secureScore' | 'secureScoreMax' | 'secureScorePercent' | 'secureScoreDate'> {
	return {
		...(score === null ? {} : { secureScore: score }),
		...(maxScore === null ? {} : { secureScoreMax: maxScore }),
		...(percent === null ? {} : { secureScorePercent: percent }),
		...(createdDateTime === null ? {} : { secureScoreDate: createdDateTime.slice(0, 10) }),
	};
}
