import type { EmptyList } from '../../../../sync/model/emptyList';

/** What is given of a tenant without a score. */
export function noScore(tenantId: string): EmptyList {
	return { kind: 'emptyList', list: 'secureScores', tenantId, note: 'The tenant has no Secure Score: it is new, or has no subscription that is scored.' };
}
