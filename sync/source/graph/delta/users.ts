import type { Person } from '../../../model/person';
import { splitFilter, type UserFilter } from '../read/userFilter';
import { projectUsers } from '../read/userProjection';
import { USERS } from '../read/users';
import type { DeltaSource } from './source';

/** `GET /users/delta`: 1 unit (contract: B1). The service chooses the size of its pages. */
export const USERS_DELTA = { ...USERS, what: 'changes of users', pageSize: undefined };

/** The relation to the manager, as a property of the person: an object id, or null. */
export const MANAGER_ID = 'managerId';

const MANAGER = 'manager';

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

/** What a delta request cannot filter by: it knows no groups of people and no expressions. */
export type DeltaUserFilter = Omit<UserFilter, 'groupId' | 'nestedGroups' | 'expression'>;

/** People and their changes; whoever does not pass the filter is told with `whereabouts`. */
export function usersSource(filter: DeltaUserFilter = {}): DeltaSource<Person> {
	return {
		resource: 'users',
		kind: 'person',
		list: USERS,
		changes: USERS_DELTA,
		projection(properties) {
			const chosen = properties.filter((name) => name !== MANAGER_ID);
			const managers = chosen.length < properties.length;
			const { wanted, needed } = splitFilter(filter, true);
			// Whoever is left out is disabled or not: that decides what becomes of the record.
			const projected = projectUsers(chosen, wanted ? [...needed, 'accountEnabled'] : []);
			return {
				select: projected.select.split(','),
				relations: managers ? [MANAGER] : [],
				expand: managers ? `${MANAGER}($select=id)` : undefined,
				collections: COLLECTIONS,
				wanted,
				filter: wanted ? JSON.stringify(filter, Object.keys(filter).sort()) : '',
				record: (raw, tenantId) => projected.person(raw, tenantId),
				// Who has no manager lacks the property (contract: B0).
				relateListed(person, raw) {
					if (managers) person[MANAGER_ID] = idOf(raw[MANAGER]);
				},
				relate(person, { manager }, whole) {
					if (managers && (manager || whole)) person[MANAGER_ID] = manager?.added.at(-1)?.id ?? null;
				},
			};
		},
	};
}

function idOf(manager: unknown): string | null {
	const id = (manager as { id?: unknown } | null | undefined)?.id;
	return typeof id === 'string' ? id.toLowerCase() : null;
}
