import type { TenantDirectory } from '../world/tenantDirectory';
import type { GraphCall, GraphResource } from './graphCall';

/** Whose use is added up: an app's in one tenant, an app's in all tenants, a tenant's by all apps, an app's of one mailbox. */
export type QuotaScope = 'appAndTenant' | 'app' | 'tenant' | 'appAndMailbox';

/** So much in any so many seconds. */
export interface QuotaWindow {
	per: QuotaScope;
	seconds: number;
	limit: number | ((call: GraphCall) => number);
}

/** A limit of one of the services behind Graph (contract D1). */
export interface Quota {
	windows: readonly QuotaWindow[];
	/** Counts resource units (contract D2), else requests. */
	inUnits?: true;
	/** Requests that may be under way at the same time, and how one more is refused, where it is not as any other 429. */
	atOnce?: { per: QuotaScope; limit: number; error?: { code: string; message: string } };
	/** Each path has a budget of its own. */
	perPath?: true;
	/** `x-ms-throttle-information` of a refusal; services other than the directory tell nothing. */
	information?: 'ResourceUnitLimitExceeded' | 'WriteLimitExceeded';
	/** A refusal never says when to come back (contract D3). */
	withoutRetryAfter?: true;
}

/** Limits by the service that has them; a path says under which it stands. Source of the numbers: contract D1. */
export const QUOTAS = {
	everything: { windows: [{ per: 'app', seconds: 10, limit: 130_000 }] },
	directory: {
		inUnits: true,
		information: 'ResourceUnitLimitExceeded',
		windows: [
			{ per: 'appAndTenant', seconds: 10, limit: (call) => call.settings.resourceUnitsPer10Seconds ?? resourceUnitsOf(call.tenant) },
			{ per: 'app', seconds: 20, limit: 150_000 },
		],
	},
	directoryWrites: {
		information: 'WriteLimitExceeded',
		windows: [
			{ per: 'appAndTenant', seconds: 150, limit: 3_000 },
			{ per: 'app', seconds: 300, limit: 35_000 },
			{ per: 'tenant', seconds: 300, limit: 18_000 },
		],
	},
	/** Registration details, authentication methods, sign-ins, and what users tell about their sign-ins. */
	identityReports: {
		windows: [
			{ per: 'appAndTenant', seconds: 10, limit: 5 },
			{ per: 'app', seconds: 10, limit: 122 },
		],
	},
	/** The same number per tenant and over all tenants. */
	signInActivity: {
		windows: [
			{ per: 'appAndTenant', seconds: 60, limit: 10 },
			{ per: 'app', seconds: 60, limit: 10 },
		],
	},
	intuneDevices: {
		withoutRetryAfter: true,
		windows: [
			{ per: 'tenant', seconds: 20, limit: 4_000 },
			{ per: 'appAndTenant', seconds: 20, limit: 2_000 },
		],
	},
	usageReports: {
		perPath: true,
		windows: [
			{ per: 'appAndTenant', seconds: 600, limit: 14 },
			{ per: 'tenant', seconds: 600, limit: 40 },
		],
	},
	secureScore: {
		atOnce: { per: 'appAndTenant', limit: 4 },
		windows: [
			{ per: 'appAndTenant', seconds: 60, limit: 150 },
			{ per: 'appAndTenant', seconds: 600, limit: 10_000 },
		],
	},
	mailboxSettings: {
		// The words: public reports of this refusal.
		atOnce: { per: 'appAndMailbox', limit: 4, error: { code: 'ApplicationThrottled', message: 'Application is over its MailboxConcurrency limit.' } },
		windows: [{ per: 'appAndMailbox', seconds: 600, limit: 10_000 }],
	},
	subscriptionLists: { windows: [{ per: 'appAndTenant', seconds: 20, limit: 25 }] },
	subscriptionWrites: { windows: [{ per: 'appAndTenant', seconds: 20, limit: 500 }] },
} as const satisfies Record<string, Quota>;

export type QuotaName = keyof typeof QUOTAS;

/** Quotas of a request to this path: what the path says, else those of the directory, for reading or for writing. */
export function quotasOf(resource: GraphResource, call: GraphCall): readonly QuotaName[] {
	const named = typeof resource.quotas === 'function' ? resource.quotas(call) : resource.quotas;
	return named ?? (resource.method === undefined || resource.method === 'GET' ? ['directory'] : ['directory', 'directoryWrites']);
}

/** What a request costs in resource units: the path's base, one less with `$select` or a small `$top`, one more with `$expand`; at least one. */
export function resourceUnits(resource: GraphResource, call: Pick<GraphCall, 'query'>): number {
	const { query } = call;
	let units = resource.resourceUnits ?? 1;
	if (query.get('$select') !== undefined) units--;
	if (query.get('$expand') !== undefined) units++;
	const top = Number(query.get('$top'));
	if (query.get('$top') !== undefined && top < 20) units--;
	return Math.max(1, units);
}

/** Small, medium and large tenants. */
function resourceUnitsOf(tenant: TenantDirectory): number {
	const size = tenant.users.length;
	return size < 50 ? 3_500 : size <= 500 ? 5_000 : 8_000;
}
