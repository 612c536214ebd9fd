import type { Group } from '../../../model/group';
import { GROUP_PROPERTIES, groupKindOf, isDynamic, KIND_SOURCES } from '../read/groupProperties';
import { GROUPS } from '../read/groups';
import { projectRecords } from '../read/projection';
import type { ReadableProperty, Reading } from '../transport/reading';
import { comesWithChanges, membership, type DeltaSource } from './source';

/** `GET /groups/delta`: 1 unit (contract: B1). Pages shrink with the members that are told. */
export const GROUPS_DELTA: Reading = { ...GROUPS, what: 'changes of groups', pageSize: undefined };

/** Relations whose changes are told, as properties: `members` at first, then `membersAdded` and `membersRemoved`. */
export const GROUP_RELATIONS = ['members', 'owners'] as const;

/** What can be read of a group together with its changes. */
export const GROUP_CHANGE_PROPERTIES: readonly ReadableProperty[] = GROUP_PROPERTIES.filter(comesWithChanges);

/** Lists of Entra's `group` that are never null. */
const COLLECTIONS: ReadonlySet<string> = new Set(['assignedLabels', 'assignedLicenses', 'groupTypes', 'proxyAddresses', 'resourceBehaviorOptions', 'resourceProvisioningOptions']);

/** Groups and their changes. */
export function groupsSource(): DeltaSource<Group> {
	return {
		resource: 'groups',
		kind: 'group',
		list: GROUPS,
		changes: GROUPS_DELTA,
		projection(properties) {
			const relations = GROUP_RELATIONS.filter((name) => properties.includes(name));
			const chosen = properties.filter((name) => !(GROUP_RELATIONS as readonly string[]).includes(name));
			const projected = projectRecords(GROUP_CHANGE_PROPERTIES, chosen, relations.includes('members') ? [...KIND_SOURCES, 'visibility'] : KIND_SOURCES);
			const hiding = new Set<string>();
			return {
				select: projected.select.split(','),
				relations,
				// The list shows at most some twenty members of each group (contract: B0).
				fromTheBeginning: relations.length > 0,
				collections: COLLECTIONS,
				filter: '',
				record(raw, tenantId) {
					const group: Group = { kind: 'group', tenantId, id: (raw.id as string).toLowerCase(), groupKind: groupKindOf(raw), dynamic: isDynamic(raw) };
					projected.copy(group, raw);
					if (raw.visibility === 'HiddenMembership') hiding.add(group.id);
					return group;
				},
				relate(group, told, whole) {
					for (const name of relations) {
						// Whether it hides its members or has none, nobody says: they stay unknown.
						if (name === 'members' && told.members === undefined && hiding.has(group.id!)) continue;
						Object.assign(group, membership(name, told[name], whole));
					}
				},
			};
		},
	};
}
