import type { Clock } from '../../../../sync/http/clock';
import type { TenantDigest, TenantMethods, TenantResult, TenantState } from '../../../../sync/ledger/tenants';

interface ModelTenant {
	tenantId: string;
	/** Everything that was ever reported, oldest first. */
	results: Array<{ at: number; message?: string }>;
	name?: string;
	/** Reason that a digest told, and since when it was so; until the release was told too. */
	told?: { message: string; since: number };
	/** When it was released after being told. */
	releasedAt?: number;
}

const HOUR = 3_600_000;

/** What the ledger says of tenants, worked out from everything that was ever reported. */
export class ModelTenants implements TenantMethods {
	private readonly tenants: ModelTenant[] = [];

	constructor(private readonly clock: Clock) {}

	async reportTenant(tenantId: string, result: TenantResult, name?: string) {
		let tenant = this.tenants.find((one) => one.tenantId === tenantId);
		if (!tenant) this.tenants.push((tenant = { tenantId, results: [] }));
		tenant.results.push(result.succeeded ? { at: this.clock.now() } : { at: this.clock.now(), message: result.message });
		tenant.name = name ?? tenant.name;
		tenant.releasedAt = result.succeeded && tenant.told ? (tenant.releasedAt ?? this.clock.now()) : undefined;
		return stateOf(tenant);
	}

	async tenantStates({ failing }: { failing?: boolean } = {}) {
		const states = this.tenants.map(stateOf).filter(({ failures }) => failing === undefined || failing === failures > 0);
		return states.sort(byAge);
	}

	async tenantDigest({ leastFailures, markTold }: { leastFailures: number; markTold: boolean }): Promise<TenantDigest> {
		const failing = this.tenants.filter((tenant) => failuresOf(tenant).length >= Math.max(1, leastFailures));
		const isOld = (tenant: ModelTenant) => tenant.told !== undefined && sameReason(tenant.told.message, failuresOf(tenant).at(-1)!.message!);
		const digest: TenantDigest = {
			newlyFailing: failing.filter((tenant) => !isOld(tenant)).map(stateOf).sort(byAge),
			stillFailing: failing.filter(isOld).map(stateOf).sort(byAge),
			released: this.tenants
				.filter(({ releasedAt }) => releasedAt !== undefined)
				.sort((a, b) => a.releasedAt! - b.releasedAt! || (a.tenantId < b.tenantId ? -1 : 1))
				.map(({ tenantId, name, told, releasedAt }) => ({ tenantId, ...(name === undefined ? {} : { name }), failingSince: told!.since, releasedAt: releasedAt! })),
		};
		if (markTold) {
			for (const tenant of failing) tenant.told = { message: failuresOf(tenant).at(-1)!.message!, since: failuresOf(tenant)[0].at };
			for (const tenant of this.tenants) if (failuresOf(tenant).length === 0) tenant.told = tenant.releasedAt = undefined;
		}
		return digest;
	}
}

/** The failures since the last success. */
function failuresOf({ results }: ModelTenant) {
	return results.slice(results.findLastIndex(({ message }) => message === undefined) + 1);
}

function stateOf(tenant: ModelTenant): TenantState {
	const failures = failuresOf(tenant);
	const last = failures.at(-1);
	const lastFailure = tenant.results.findLast(({ message }) => message !== undefined);
	const lastSuccess = tenant.results.findLast(({ message }) => message === undefined);
	const hours = failures.length < 3 ? undefined : failures.length === 3 ? 1 : failures.length === 4 ? 6 : failures.length === 5 ? 12 : 24;
	return {
		tenantId: tenant.tenantId,
		...(tenant.name === undefined ? {} : { name: tenant.name }),
		failures: failures.length,
		...(last ? { failingSince: failures[0].at, message: last.message } : {}),
		...(lastFailure ? { lastFailureAt: lastFailure.at } : {}),
		...(lastSuccess ? { lastSuccessAt: lastSuccess.at } : {}),
		...(hours === undefined ? {} : { nextTryAt: last!.at + hours * HOUR }),
	};
}

function sameReason(a: string, b: string): boolean {
	const plain = (text: string) => text.replace(/\d+/g, '#');
	return plain(a) === plain(b);
}

function byAge(a: TenantState, b: TenantState): number {
	return Number(b.failures > 0) - Number(a.failures > 0) || (a.failingSince ?? 0) - (b.failingSince ?? 0) || ((a.name ?? '') < (b.name ?? '') ? -1 : (a.name ?? '') > (b.name ?? '') ? 1 : 0) || (a.tenantId < b.tenantId ? -1 : 1);
}
