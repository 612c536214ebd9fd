import type { Ledger } from '../ledger/ledger';

/** How long a held plan can be allowed after it was first computed: 24 hours. */
const ALLOWED_FOR = 24 * 3_600_000;

/**
 * Whether a person allowed this held plan: its own id was given, it was held before this moment and no longer
 * than 24 hours ago, and it was not carried out yet.
 *
 * @param now milliseconds since 1970-01-01T00:00Z
 */
export async function isAllowed(ledger: Pick<Ledger, 'getPlan'>, planId: string, allowedPlanId: string, now: number): Promise<boolean> {
	if (allowedPlanId !== planId) return false;
	const known = await ledger.getPlan(planId);
	return known !== undefined && known.consumedAt === undefined && now - known.firstSeenAt <= ALLOWED_FOR;
}
