import type { Person } from '../../../model/person';
import { BUSINESS_FAMILIES } from '../read/licenceFamilies';
import { splitFilter, type UserFilter } from '../read/userFilter';
import { userLookups, type UserOptions } from '../read/userLookups';
import { projectUsers } from '../read/userProjection';
import { USERS } from '../read/users';
import type { Reading } from '../transport/reading';
import type { DeltaSource } from './source';

/** `GET /users/delta`: 1 unit (contract: B1). The service chooses the size of its pages. */
export const USERS_DELTA: Reading = { ...USERS, what: 'changes of users', pageSize: undefined };

/** Lists of Entra's `user` that are never null (contract: B2). */
const COLLECTIONS: ReadonlySet<string> = new Set([
	'assignedLicenses',
	'assignedPlans',
	'businessPhones',
	'imAddresses',
	'licenseAssignmentStates',
	'otherMails',
	'provisionedPlans',
	'proxyAddresses',
]);

/** What can be evaluated of a person who changed: delta knows no members of a group and no expressions. */
export type DeltaUserFilter = Omit<UserFilter, 'groupId' | 'nestedGroups' | 'expression'>;

/**
 * People and their changes; whoever does not pass the filter is told with `whereabouts`. That a manager was deleted is
 * told of the manager only: a `managerId` may lead to somebody who is gone.
 */
export function usersSource(filter: DeltaUserFilter = {}, options: UserOptions = {}): DeltaSource<Person> {
	return {
		resource: 'users',
		kind: 'person',
		list: USERS,
		changes: USERS_DELTA,
		projection(properties, { adminCentre }) {
			const { wanted, needed } = splitFilter(filter, true);
			// Whoever is left out is disabled or not: that decides what becomes of the record.
			const projected = projectUsers(properties, wanted ? [...needed, 'accountEnabled'] : [], adminCentre);
			const managers = projected.lookups.has('manager') || projected.lookups.has('managerId');
			const families = projected.lookups.has('licenceFamily') || projected.lookups.has('licenceFamilies');
			return {
				select: projected.select.split(','),
				relations: managers ? ['manager'] : [],
				fromTheBeginning: false,
				collections: COLLECTIONS,
				wanted,
				// Other families are another question: everybody has to be asked it.
				filter: (wanted ? JSON.stringify(filter, Object.keys(filter).sort()) : '') + (families ? JSON.stringify(options.licenceFamilies ?? BUSINESS_FAMILIES) : ''),
				record: (raw, tenantId) => projected.person(raw, tenantId),
				relate(person, { manager }) {
					if (manager && projected.lookups.has('managerId')) person.managerId = manager.added.at(-1)?.id ?? null;
				},
			};
		},
		async lookups(client, properties, listed) {
			const chosen = new Set(projectUsers(properties).lookups);
			// Who the manager is comes with the change itself; names of managers do not.
			if (!listed && !chosen.has('manager')) chosen.delete('managerId');
			return chosen.size > 0 ? await userLookups(client, chosen, { ...options, withoutExpand: !listed }) : undefined;
		},
	};
}
