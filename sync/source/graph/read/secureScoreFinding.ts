import type { Finding } from '../../../model/finding';
import { inTenant, type Audited } from './mfaFindings';

/**
 * Whether the Secure Score of a tenant reaches what is asked for.
 *
 * @param percent of the maximum, to one decimal
 * @param threshold in percent; a score that reaches it is all right
 */
export function secureScoreFinding(percent: number, threshold: number, audited: Audited): Finding {
	const { tenantId, tenantName } = audited;
	const low = percent < threshold;
	const about = { kind: 'finding', tenantId, id: 'lowSecureScore', code: 'lowSecureScore', mode: 'incremental', severity: 'medium', ...(tenantName === undefined ? {} : { tenantName }), percent, threshold } as const;
	if (!low) return { ...about, change: 'gone', whereabouts: 'gone', title: `Secure Score of ${threshold} % or more${inTenant(audited)}`, text: `The Microsoft Secure Score is ${percent} %.`, whatToDo: '' };
	return {
		...about,
		change: 'present',
		title: `Secure Score below ${threshold} %${inTenant(audited)}`,
		text: `The Microsoft Secure Score is ${percent} %, and ${threshold} % is asked for${inTenant(audited)}.`,
		whatToDo: 'Take up the recommended actions with the most points: Microsoft Defender portal → Secure Score → Recommended actions, or Secure Score → Get Control Gaps.',
	};
}
