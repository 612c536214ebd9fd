import type { Ledger } from '../ledger/ledger';

/** How long a held plan can be allowed after it was first computed: 24 hours. */
const ALLOWED_FOR = 24 * 3_600_000;

/**
 * Under which id a held plan can be allowed now, and whether a person did: its own id was given, it was held
 * before and no longer than 24 hours ago. An id that was used, even by a run that died over it, is never used again;
 * the plan then has the next id, and waits for a decision of its own.
 *
 * @param idOfUse the plan's id for the n-th use
 * @param allowedPlanId what the person put into "Allow Held Plan"
 * @param now milliseconds since 1970-01-01T00:00Z
 */
export async function decisionOn(
	ledger: Pick<Ledger, 'getPlan'>,
	idOfUse: (use: number) => string,
	allowedPlanId: string,
	now: number,
): Promise<{ planId: string; allowed: boolean }> {
	for (let use = 1; ; use++) {
		const planId = idOfUse(use);
		const known = await ledger.getPlan(planId);
		if (known?.consumedAt !== undefined) continue;
		return { planId, allowed: allowedPlanId === planId && known !== undefined && now - known.firstSeenAt <= ALLOWED_FOR };
	}
}
