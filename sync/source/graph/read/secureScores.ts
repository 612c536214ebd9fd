import type { SecureScore as GraphSecureScore } from '@microsoft/microsoft-graph-types';
import type { SecureScore } from '../../../model/secureScore';
import type { Feature } from '../features';
import type { GraphClient } from '../transport/client';
import { collect, readPages } from '../transport/paging';
import { query, type ReadableProperty, type Reading } from '../transport/reading';
import { tenantGuidOf } from './organization';

export const SECURE_SCORES: Reading = {
	what: 'the Secure Score',
	permission: 'SecurityEvents.Read.All',
	alsoBy: ['SecurityEvents.ReadWrite.All'],
	role: 'Security Reader',
	resourceUnits: 0,
	quotas: ['secureScore'],
};

export const SECURE_SCORE_FEATURE: Feature = {
	key: 'secureScore',
	name: 'Read the Secure Score',
	description: 'Secure Score → Get Latest, Get History and Get Control Gaps; the score in Security Audit → Get Findings',
	required: false,
	reading: SECURE_SCORES,
	probe: { address: '/security/secureScores?$top=1', expects: 'list' },
};

/** What can be chosen of a score. */
export const SECURE_SCORE_PROPERTIES: readonly ReadableProperty[] = [
	{ name: 'createdDateTime', label: 'Date', description: 'Day of the score', byDefault: true },
	{ name: 'score', label: 'Score', description: 'Points reached', byDefault: true },
	{ name: 'maxScore', label: 'Max Score', description: 'Points to be had', byDefault: true },
	{ name: 'percent', label: 'Percent', description: 'Points reached of those to be had', byDefault: true },
	{ name: 'comparisons', label: 'Comparisons', description: 'What others reach, as Microsoft gives it', byDefault: true },
	{ name: 'activeUsers', label: 'Active Users', description: 'Active people on that day' },
	{ name: 'licensedUsers', label: 'Licensed Users', description: 'People with a licence on that day' },
	{ name: 'enabledServices', label: 'Enabled Services', description: 'What the score was computed from' },
];

/** Microsoft keeps about so many days. */
export const MOST_DAYS = 90;

/** A day's score with what it is made of. */
export interface ScoredDay {
	score: SecureScore;
	controls: Array<{ controlId: string; category: string | null; description: string | null; score: number }>;
}

/**
 * The scores of the last days, newest first: one per day. A new tenant has none.
 *
 * @throws SyncError when any page cannot be read
 */
export async function secureScores(client: GraphClient, days: number): Promise<ScoredDay[]> {
	const tenantId = await tenantGuidOf(client);
	const wanted = Math.min(MOST_DAYS, Math.max(1, Math.floor(days)));
	const address = `/security/secureScores${query({ $top: wanted })}`;
	const raw = await collect(readPages<GraphSecureScore>(client, { reading: SECURE_SCORES, address }), wanted);
	return raw.map((each) => scoredDay(each, tenantId)).sort((a, b) => (b.score.createdDateTime ?? '').localeCompare(a.score.createdDateTime ?? '', 'en'));
}

function scoredDay(raw: GraphSecureScore, tenantId: string): ScoredDay {
	const { currentScore, maxScore } = raw;
	return {
		score: {
			kind: 'secureScore',
			tenantId,
			createdDateTime: raw.createdDateTime ?? null,
			score: currentScore ?? null,
			maxScore: maxScore ?? null,
			percent: typeof currentScore === 'number' && typeof maxScore === 'number' && maxScore > 0 ? Math.round((currentScore / maxScore) * 1000) / 10 : null,
			comparisons: Object.fromEntries((raw.averageComparativeScores ?? []).flatMap(({ basis, averageScore }) => (basis && typeof averageScore === 'number' ? [[basis, averageScore]] : []))),
			activeUsers: raw.activeUserCount ?? null,
			licensedUsers: raw.licensedUserCount ?? null,
			enabledServices: raw.enabledServices ?? [],
		},
		controls: (raw.controlScores ?? []).flatMap(({ controlName, controlCategory, description, score }) =>
			controlName ? [{ controlId: controlName, category: controlCategory ?? null, description: description ?? null, score: score ?? 0 }] : [],
		),
	};
}
