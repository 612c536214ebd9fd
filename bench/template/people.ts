import { SYNCRO_SUBDOMAIN, SYNCRO_TOKEN, smallSyncro } from '../../simulators/world/smallSyncro';
import { generateTenant, type TenantSeed, type UserSeed } from '../../simulators/world';
import type { SyncroSeed } from '../../simulators/syncro/seed';

export const CUSTOMER = 101;
export { SYNCRO_SUBDOMAIN, SYNCRO_TOKEN };

/** A tenant of which the template reads exactly so many people: enabled members. Others are there beside them. */
export function tenantOf(people: number): TenantSeed {
	const tenant = generateTenant({ seed: 20, users: Math.ceil(people * 1.25) });
	let read = 0;
	const users: UserSeed[] = [];
	for (const user of tenant.users) {
		if (read === people) break;
		if (isRead(user)) read++;
		users.push(user);
	}
	// Their groups would name people who are not there.
	return { ...tenant, users, groups: [] };
}

/**
 * As many contacts as people, all of one customer: nearly everybody is there already, as Entra has them; one in a
 * hundred has another phone number there, one in a hundred is missing, and the rest are nobody's.
 */
export function syncroOf(tenant: TenantSeed, contacts: number): SyncroSeed {
	const seed: SyncroSeed = { ...smallSyncro(), contacts: [] };
	const people = tenant.users.filter((user) => isRead(user) && user.mail);
	people.forEach((user, index) => {
		if (index % 100 === 1 || seed.contacts.length === contacts) return;
		seed.contacts.push({
			id: 10_000 + index,
			customer_id: CUSTOMER,
			name: user.displayName,
			email: user.mail!,
			phone: index % 100 === 2 ? '15035550000' : user.businessPhones?.[0],
			mobile: user.mobilePhone ?? undefined,
			address1: user.streetAddress ?? undefined,
			city: user.city ?? undefined,
			state: user.state ?? undefined,
			zip: user.postalCode ?? undefined,
			properties: user.jobTitle ? { title: user.jobTitle } : undefined,
		});
	});
	for (let index = 0; seed.contacts.length < contacts; index++) {
		seed.contacts.push({ id: 5_000_000 + index, customer_id: CUSTOMER, name: `Vendor ${index}`, email: `vendor${index}@partner.example` });
	}
	return seed;
}

function isRead(user: UserSeed): boolean {
	return user.accountEnabled === true && user.userType === 'Member';
}
