import type { TenantDirectory } from './tenantDirectory';
import type { UserSeed } from './types';
import type { MailboxFacts, MailboxKind } from './userServices';

/** Services that a licence may bring. */
export type Workload = 'exchange' | 'oneDrive' | 'sharePoint' | 'skypeForBusiness' | 'yammer' | 'teams' | 'apps';

/** Microsoft 365 Apps and where they run, as the reports order them. */
export const APPS = ['Outlook', 'Word', 'Excel', 'PowerPoint', 'OneNote', 'Teams'] as const;
export const PLATFORMS = ['Windows', 'Mac', 'Mobile', 'Web'] as const;

/** Service plans by the beginning of their names (https://learn.microsoft.com/entra/identity/users/licensing-service-plan-reference). */
const PLANS: ReadonlyArray<[prefix: string, workloads: readonly Workload[]]> = [
	['EXCHANGE_S', ['exchange']],
	['SHAREPOINT', ['sharePoint', 'oneDrive']],
	['MCO', ['skypeForBusiness']],
	['YAMMER', ['yammer']],
	['TEAMS', ['teams']],
	['OFFICE', ['apps']],
];

type Licences = NonNullable<UserSeed['assignedLicenses']>;

/** @returns tells what a user's licences bring, without the plans that were switched off for them */
export function workloadReader(tenant: Pick<TenantDirectory, 'skus'>): (user: UserSeed) => ReadonlySet<Workload> {
	const plans = new Map(tenant.skus.map((sku) => [sku.skuId, sku.servicePlans]));
	// Users of a generated tenant share their lists of licences.
	const known = new WeakMap<Licences, ReadonlySet<Workload>>();
	return ({ assignedLicenses = [] }) => {
		let workloads = known.get(assignedLicenses);
		if (!workloads) {
			const names = assignedLicenses.flatMap(({ skuId, disabledPlans }) =>
				(plans.get(skuId) ?? []).filter((plan) => !disabledPlans.includes(plan.servicePlanId)).map((plan) => plan.servicePlanName),
			);
			workloads = new Set(PLANS.flatMap(([prefix, brought]) => (names.some((name) => name.startsWith(prefix)) ? brought : [])));
			known.set(assignedLicenses, workloads);
		}
		return workloads;
	};
}

/** @returns tells what kind of mailbox somebody has, if any */
export function mailboxReader(tenant: Pick<TenantDirectory, 'skus' | 'features'>): (user: UserSeed) => MailboxKind | undefined {
	if (!tenant.features.hasExchange) return () => undefined;
	const workloadsOf = workloadReader(tenant);
	return (user) => user.mailboxKind ?? (workloadsOf(user).has('exchange') ? 'user' : undefined);
}

/** How full a mailbox is. */
export function mailboxFacts(user: UserSeed): MailboxFacts {
	// The last hex digits of an id, as good as any number.
	const number = Number.parseInt(user.id.slice(-6), 16);
	const itemCount = 200 + (number % 40_000);
	return { itemCount, storageUsedBytes: itemCount * 81_920, deletedItemCount: number % 500, hasArchive: false, ...user.mailbox };
}
