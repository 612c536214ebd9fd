import { CONTROL_PROFILE, controlProfileOf, seatsOf, SECURE_SCORE, secureScoreOf } from '../entities/secureScore';
import type { GraphResource } from '../graphCall';
import { securityPermissionMissing } from '../graphFailure';
import { OFFSET_OPTIONS, offsetPage } from '../odata/offsetPage';

const DAY = 86_400_000;
/** https://learn.microsoft.com/graph/api/resources/securescore */
const DAYS_KEPT = 90;

const common = {
	permissions: ['SecurityEvents.Read.All', 'SecurityEvents.ReadWrite.All'],
	refusal: securityPermissionMissing,
	quotas: ['secureScore'],
	options: OFFSET_OPTIONS,
} as const;

/** One per day, from yesterday back; a tenant that nobody scored has none. */
export const secureScores: GraphResource = {
	...common,
	path: 'security/secureScores',
	answer: (call) => {
		const { tenant } = call;
		const days = tenant.services.secureScoreControls.length === 0 ? 0 : DAYS_KEPT;
		const dayBefore = (days: number) => new Date(call.clock.now() - days * DAY).toISOString().slice(0, 10);
		const seats = seatsOf(tenant);
		const items = Array.from({ length: days }, (_, index) => secureScoreOf(tenant, dayBefore(index + 1), seats));
		return offsetPage({ call, entity: SECURE_SCORE, context: 'security/secureScores', items });
	},
};

export const secureScoreControlProfiles: GraphResource = {
	...common,
	path: 'security/secureScoreControlProfiles',
	answer: (call) =>
		offsetPage({
			call,
			entity: CONTROL_PROFILE,
			context: 'security/secureScoreControlProfiles',
			items: call.tenant.services.secureScoreControls.map((control) => controlProfileOf(call.tenant, control)),
		}),
};
