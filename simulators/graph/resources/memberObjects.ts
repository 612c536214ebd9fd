import type { DirectoryMember } from '../../world/tenantDirectory';
import type { MemberSeed } from '../../world/types';
import type { EntityType } from '../entities/entityType';
import { GROUP } from '../entities/group';
import { OTHER_OBJECT } from '../entities/plain';
import { USER } from '../entities/user';
import { hasAny, type GraphCall } from '../graphCall';
import { project, selectedProperties } from '../odata/projection';
import { GROUP_READERS } from './groups';
import { BASIC_USER_READERS, userRenderer } from './users';
import type { DirectoryUser } from '../../world/tenantDirectory';

/** Types among members; a property of any of them may be selected. */
export const MEMBER_TYPES: readonly EntityType[] = [USER, GROUP];

/** A member with the object that it stands for, while that object lives. */
export interface ResolvedMember {
	sequence: number;
	type: MemberSeed['type'];
	object: Readonly<Record<string, unknown>>;
}

/** Members whose object was deleted do not show. */
export function resolveMembers(call: GraphCall, members: readonly DirectoryMember[]): ResolvedMember[] {
	const resolved: ResolvedMember[] = [];
	for (const { sequence, type, id } of members) {
		const object = type === 'user' ? call.tenant.findUser(id) : type === 'group' ? call.tenant.findGroup(id) : { id };
		if (object) resolved.push({ sequence, type, object: object as unknown as Readonly<Record<string, unknown>> });
	}
	return resolved;
}

/**
 * Shows members of any type: each with its `@odata.type`, without the properties that its type lacks. Of a type that
 * the app may not read only the id has a value.
 */
export function memberRenderer(call: GraphCall, select: readonly string[] | undefined): (member: ResolvedMember) => Record<string, unknown> {
	if (select) selectedProperties(OTHER_OBJECT, select, { collection: true, types: MEMBER_TYPES });
	const userProperties = select?.filter((name) => USER.properties[name]) ?? USER.defaults ?? [];
	const renderUser = userRenderer(call, userProperties);
	const seesUsers = hasAny(call, BASIC_USER_READERS);
	const seesGroups = hasAny(call, GROUP_READERS);
	return ({ type, object }) => {
		const heading = { '@odata.type': `#microsoft.graph.${type}` };
		if (type === 'user') {
			if (seesUsers) return { ...heading, ...renderUser(object as unknown as DirectoryUser) };
			return { ...heading, ...project({ id: object.id }, USER, ['id', ...userProperties]) };
		}
		const entity = type === 'group' ? GROUP : OTHER_OBJECT;
		const properties = selectedProperties(entity, select?.filter((name) => entity.properties[name]), { collection: true });
		return { ...heading, ...project(type === 'group' && !seesGroups ? { id: object.id } : object, entity, properties) };
	};
}
