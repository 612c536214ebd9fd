import type { Finding, SecurityAuditSummary } from '../../../model/finding';
import type { GraphClient } from '../transport/client';
import type { Optional } from '../transport/optional';
import { collect } from '../transport/paging';
import { deletedUsers } from './deletedUsers';
import { mfaFindings, type Audited, type MfaFacts } from './mfaFindings';
import { tenantGuidOf, tenantNameOf } from './organization';
import { registrationPages } from './registrationDetails';
import { secureScoreFinding } from './secureScoreFinding';
import { secureScores } from './secureScores';
import { users } from './users';

export interface AuditRequest {
	/** Undefined: the Secure Score is not looked at. */
	threshold?: number;
	/** Undefined: nobody's MFA is looked at. */
	mfa?: { includeGuests: boolean };
	/** Runs a part that a tenant may have no licence or no permission for. */
	part: <T>(work: () => Promise<T>) => Promise<Optional<T>>;
}

export interface SecurityAudit {
	/** What is not as it should be first, administrators before others. */
	findings: Finding[];
	summary: SecurityAuditSummary;
}

/**
 * Looks at the security of a tenant. A part that cannot be read opens and closes nothing, and is told in the summary.
 *
 * @throws SyncError when a read fails for another reason than a missing licence or permission
 */
export async function securityAudit(client: GraphClient, { threshold, mfa, part }: AuditRequest): Promise<SecurityAudit> {
	const [tenantId, tenantName] = await Promise.all([tenantGuidOf(client), tenantNameOf(client)]);
	const audited: Audited = tenantName === undefined ? { tenantId } : { tenantId, tenantName };
	const [score, facts] = await Promise.all([
		threshold === undefined ? undefined : part(async () => (await secureScores(client, 1))[0]?.score.percent ?? null),
		mfa && part(async () => await mfaFacts(client)),
	]);
	const findings: Finding[] = [];
	const summary: SecurityAuditSummary = { kind: 'securityAuditSummary', ...audited, leftOut: [] };
	if (threshold !== undefined) summary.threshold = threshold;
	for (const read of [score, facts]) if (read && !read.read) summary.leftOut.push({ message: read.skipped.message, remedy: read.skipped.remedy });
	if (score?.read) {
		if (score.value === null) summary.leftOut.push({ message: `The tenant ${tenantName ?? tenantId} has no Secure Score.`, remedy: 'It is new, or has no subscription that is scored: look again in some days.' });
		else {
			summary.secureScorePercent = score.value;
			findings.push(secureScoreFinding(score.value, threshold!, audited));
		}
	}
	if (facts?.read) {
		const audit = mfaFindings(facts.value, audited, mfa!.includeGuests);
		for (const finding of audit.findings) findings.push(finding);
		Object.assign(summary, audit.counts);
	}
	return { findings: findings.sort(byUrgency), summary };
}

/** The report first: where it cannot be read, the people need not be. */
async function mfaFacts(client: GraphClient): Promise<MfaFacts> {
	const registrations = await collect(registrationPages(client));
	const [people, deleted] = await Promise.all([users(client, { properties: ['displayName', 'userPrincipalName', 'accountEnabled', 'userType'] }), deletedUsers(client)]);
	return { registrations, people, deleted };
}

/** Made once: comparing by locale finds it anew each time. */
const COLLATOR = new Intl.Collator('en');
const CHANGES = ['present', 'gone'];
const SEVERITIES = ['high', 'medium'];
const CODES = ['lowSecureScore', 'noMfa'];

/** What is to be done before what is done, administrators first, then the tenant itself, then people by name. */
export function byUrgency(a: Finding, b: Finding): number {
	return (
		CHANGES.indexOf(a.change) - CHANGES.indexOf(b.change) ||
		SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity) ||
		CODES.indexOf(a.code) - CODES.indexOf(b.code) ||
		COLLATOR.compare(a.displayName ?? '', b.displayName ?? '') ||
		(a.id < b.id ? -1 : 1)
	);
}
