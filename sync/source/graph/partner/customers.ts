import type { Customer, Relationship } from '../../../model/customer';
import { contracts, type Contract } from '../read/contracts';
import { delegatedAdminCustomers, type DelegatedCustomer } from '../read/delegatedAdminCustomers';
import { delegatedAdminRelationships } from '../read/delegatedAdminRelationships';
import { tenantGuidOf } from '../read/organization';
import type { GraphClient } from '../transport/client';
import { SyncError } from '../../../model/syncError';
import { optional, type Optional, type Skipped } from '../transport/optional';

const DAY_MILLISECONDS = 86_400_000;

/** Relationships in these states let the partner in. One that is `expiring` is about to end, and still holds. */
const ACTIVE = new Set(['active', 'expiring']);

export interface Customers {
	/** By name. */
	customers: Customer[];
	/** Sources that could not be read: what they tell is absent in each customer. */
	skipped: Skipped[];
}

/**
 * Every customer of a partner: those with delegated administration, those of any relationship, and those with a
 * contract, each once. Relationships are read once for all customers.
 *
 * @param client of the partner's own tenant
 * @throws SyncError when none of the sources may be read, and for every other failure
 */
export async function customersOf(client: GraphClient, nowMilliseconds: number): Promise<Customers> {
	const [partnerTenantId, delegated, relationships, sold] = await Promise.all([
		tenantGuidOf(client),
		optional(async () => await delegatedAdminCustomers(client)),
		optional(async () => await delegatedAdminRelationships(client)),
		optional(async () => await contracts(client)),
	]);
	const skipped = [delegated, relationships, sold].flatMap((source) => (source.read ? [] : [source.skipped]));
	if (skipped.length === 3) throw nothingPermitted(skipped[0]);
	const byTenant = groupedByTenant(relationships);
	const contractOf = new Map(valueOf(sold).map((contract) => [contract.tenantId, contract]));
	const names = namesOf(valueOf(delegated), valueOf(relationships), valueOf(sold));
	const customers = [...names].map(([tenantId, displayName]): Customer => ({
		kind: 'customer',
		tenantId,
		partnerTenantId,
		displayName,
		...(sold.read ? { defaultDomain: contractOf.get(tenantId)?.defaultDomain ?? null, hasContract: contractOf.has(tenantId) } : {}),
		...(relationships.read ? accessOf(byTenant.get(tenantId) ?? [], nowMilliseconds) : {}),
	}));
	return { customers: customers.sort((a, b) => (a.displayName ?? '').localeCompare(b.displayName ?? '', 'en') || a.tenantId.localeCompare(b.tenantId, 'en')), skipped };
}

/** Whether the relationship lets the partner in at that moment. */
export function isActive({ status, endDateTime }: Relationship, nowMilliseconds: number): boolean {
	return ACTIVE.has(status) && (endDateTime === null || Date.parse(endDateTime) > nowMilliseconds);
}

/** Whole days from a moment to a later one. */
export function daysUntil(dateTime: string, nowMilliseconds: number): number {
	return Math.floor((Date.parse(dateTime) - nowMilliseconds) / DAY_MILLISECONDS);
}

function accessOf(relationships: readonly Relationship[], now: number): Pick<Customer, 'hasAccess' | 'status' | 'endDateTime' | 'daysLeft' | 'autoExtend' | 'relationships'> {
	const sorted = [...relationships].sort((a, b) => Number(isActive(b, now)) - Number(isActive(a, now)) || lastsUntil(b) - lastsUntil(a));
	const best = sorted[0] as Relationship | undefined;
	const active = best !== undefined && isActive(best, now);
	return {
		hasAccess: active,
		status: best?.status ?? null,
		endDateTime: active ? best.endDateTime : null,
		daysLeft: active && best.endDateTime !== null ? daysUntil(best.endDateTime, now) : null,
		autoExtend: active ? best.autoExtend : null,
		relationships: sorted,
	};
}

/** One that extends itself has no end that matters; one that was never approved counts from when it was offered. */
function lastsUntil({ autoExtend, endDateTime, createdDateTime }: Relationship): number {
	const end = Date.parse(endDateTime ?? createdDateTime ?? '') || 0;
	return autoExtend ? end + 1e14 : end;
}

function groupedByTenant(relationships: Optional<Relationship[]>): Map<string, Relationship[]> {
	const byTenant = new Map<string, Relationship[]>();
	for (const relationship of valueOf(relationships)) {
		if (relationship.customerTenantId === null) continue;
		const known = byTenant.get(relationship.customerTenantId);
		if (known) known.push(relationship);
		else byTenant.set(relationship.customerTenantId, [relationship]);
	}
	return byTenant;
}

/** All tenants with their names; the directory's own name counts before those that were written into contracts. */
function namesOf(delegated: readonly DelegatedCustomer[], relationships: readonly Relationship[], sold: readonly Contract[]): Map<string, string | null> {
	const named = [
		...delegated,
		...relationships.flatMap(({ customerTenantId, customerName }) => (customerTenantId === null ? [] : [{ tenantId: customerTenantId, displayName: customerName }])),
		...sold,
	];
	const names = new Map<string, string | null>();
	for (const { tenantId, displayName } of named) names.set(tenantId, names.get(tenantId) ?? displayName);
	return names;
}

function valueOf<T>(source: Optional<T[]>): T[] {
	return source.read ? source.value : [];
}

function nothingPermitted({ message, remedy, reason, tenantId }: Skipped): SyncError {
	return new SyncError(`The customers cannot be read, neither from delegated administration nor from contracts. ${message}`, {
		class: reason,
		code: 'graph.customersNotPermitted',
		remedy: `${remedy} The tenant of the credential has to be the partner’s.`,
		tenantId: tenantId ?? undefined,
	});
}
