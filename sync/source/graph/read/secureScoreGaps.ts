import type { SecureScoreControlProfile } from '@microsoft/microsoft-graph-types';
import type { SecureScoreGap } from '../../../model/secureScore';
import type { GraphClient } from '../transport/client';
import { collect, readPages } from '../transport/paging';
import type { ReadableProperty, Reading } from '../transport/reading';
import { plainText } from './plainText';
import { SECURE_SCORES, secureScores } from './secureScores';

export const CONTROL_PROFILES: Reading = { ...SECURE_SCORES, what: 'the controls of the Secure Score' };

/** What can be chosen of a gap; the control's id and title always come along. */
export const GAP_PROPERTIES: readonly ReadableProperty[] = [
	{ name: 'category', label: 'Category', description: 'Identity, Data, Device, Apps or Infrastructure', byDefault: true },
	{ name: 'service', label: 'Service', description: 'Where it is set', byDefault: true },
	{ name: 'score', label: 'Score', description: 'Points reached', byDefault: true },
	{ name: 'maxScore', label: 'Max Score', description: 'Points to be had', byDefault: true },
	{ name: 'gap', label: 'Gap', description: 'Points still to be had', byDefault: true },
	{ name: 'status', label: 'Status', description: 'How the tenant stands, in Microsoft’s words', byDefault: true },
	{ name: 'remediation', label: 'Remediation', description: 'What to do', byDefault: true },
	{ name: 'actionUrl', label: 'Action URL', description: 'Where to do it', byDefault: true },
	{ name: 'decision', label: 'Decision', description: 'What an administrator decided: Default, Ignored, ThirdParty or Reviewed', byDefault: true },
	{ name: 'remediationImpact', label: 'Remediation Impact', description: 'What people will notice of it' },
	{ name: 'implementationCost', label: 'Implementation Cost', description: 'Low, Moderate or High' },
	{ name: 'userImpact', label: 'User Impact', description: 'Low, Moderate or High' },
	{ name: 'threats', label: 'Threats', description: 'What it helps against' },
	{ name: 'rank', label: 'Rank', description: 'Microsoft’s order of importance, 1 first' },
];

/**
 * Controls of the latest score that could earn more, the largest gap first; deprecated ones are left out, and so are
 * those that Microsoft does not score in this tenant.
 *
 * @param complete also those without a gap
 * @returns undefined when the tenant has no score yet
 * @throws SyncError when score or controls cannot be read
 */
export async function secureScoreGaps(client: GraphClient, complete = false): Promise<SecureScoreGap[] | undefined> {
	const [[latest], profiles] = await Promise.all([
		secureScores(client, 1),
		collect(readPages<SecureScoreControlProfile>(client, { reading: CONTROL_PROFILES, address: '/security/secureScoreControlProfiles' })),
	]);
	if (!latest) return undefined;
	const byId = new Map(profiles.flatMap((profile) => (profile.id ? [[profile.id.toLowerCase(), profile]] : [])));
	return latest.controls
		.flatMap((control): SecureScoreGap[] => {
			const profile = byId.get(control.controlId.toLowerCase());
			return profile?.deprecated ? [] : [gapOf(control, profile, latest.score.tenantId)];
		})
		.filter(({ gap }) => complete || gap === null || gap > 0)
		.sort((a, b) => (b.gap ?? -1) - (a.gap ?? -1) || a.title.localeCompare(b.title, 'en'));
}

function gapOf(
	{ controlId, category, description, score }: { controlId: string; category: string | null; description: string | null; score: number },
	profile: SecureScoreControlProfile | undefined,
	tenantId: string,
): SecureScoreGap {
	const maxScore = profile?.maxScore ?? null;
	return {
		kind: 'secureScoreGap',
		tenantId,
		controlId,
		title: profile?.title ?? controlId,
		category: profile?.controlCategory ?? category,
		service: profile?.service ?? null,
		score,
		maxScore,
		// Points are fractions; without rounding a gap of nothing is 1e-16.
		gap: maxScore === null ? null : Math.max(0, Math.round((maxScore - score) * 100) / 100),
		status: plainText(description),
		remediation: plainText(profile?.remediation),
		remediationImpact: plainText(profile?.remediationImpact),
		implementationCost: profile?.implementationCost ?? null,
		userImpact: profile?.userImpact ?? null,
		threats: profile?.threats ?? [],
		actionUrl: profile?.actionUrl ?? null,
		decision: latestDecision(profile),
		rank: profile?.rank ?? null,
	};
}

function latestDecision(profile: SecureScoreControlProfile | undefined): string | null {
	const updates = [...(profile?.controlStateUpdates ?? [])].sort((a, b) => (a.updatedDateTime ?? '').localeCompare(b.updatedDateTime ?? '', 'en'));
	return updates.at(-1)?.state ?? null;
}
