import type { DirectoryMember, DirectoryUser } from '../../world/tenantDirectory';
import type { MemberSeed } from '../../world/types';
import { DEVICE } from '../entities/device';
import type { EntityType } from '../entities/entityType';
import { GROUP } from '../entities/group';
import { OTHER_OBJECT } from '../entities/plain';
import { USER } from '../entities/user';
import { hasAny, type GraphAnswer, type GraphCall } from '../graphCall';
import { listPage } from '../odata/list';
import { project, selectedProperties } from '../odata/projection';
import { GROUP_READERS } from './groups';
import { BASIC_USER_READERS, contextOf, userRenderer } from './users';

export const DEVICE_READERS = ['Device.Read.All', 'Device.ReadWrite.All', 'Directory.Read.All', 'Directory.ReadWrite.All'] as const;

/** Types among members; a property of any of them may be selected. */
export const MEMBER_TYPES: readonly EntityType[] = [USER, GROUP, DEVICE];

/** A member with the object that it stands for, while that object lives. */
export interface ResolvedMember {
	sequence: number;
	type: MemberSeed['type'];
	object: Readonly<Record<string, unknown>>;
}

/** Related objects in their order. */
export function placed(members: readonly MemberSeed[] = []): DirectoryMember[] {
	return members.map((member, index) => ({ ...member, sequence: index + 1 }));
}

/** A page of related objects of any type. */
export function memberList(call: GraphCall, members: readonly DirectoryMember[]): GraphAnswer {
	const select = call.query.names('$select');
	return listPage<ResolvedMember>({
		call,
		items: resolveMembers(call, members),
		entity: OTHER_OBJECT,
		context: `directoryObjects${contextOf(select)}`,
		filterIsAdvanced: true,
		subject: (member) => member.object,
		render: memberRenderer(call, select),
	});
}

/** Members whose object was deleted do not show. */
export function resolveMembers(call: GraphCall, members: readonly DirectoryMember[]): ResolvedMember[] {
	const resolved: ResolvedMember[] = [];
	for (const { sequence, type, id } of members) {
		const object = type === 'user' || type === 'group' || type === 'device' ? call.tenant.objects[type].find(id) : { id };
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
	const userProperties = select?.filter((name) => USER.properties[name] || USER.open?.test(name)) ?? USER.defaults ?? [];
	const renderUser = userRenderer(call, userProperties);
	const seesUsers = hasAny(call, BASIC_USER_READERS);
	const sees = { group: hasAny(call, GROUP_READERS), device: hasAny(call, DEVICE_READERS) };
	return ({ type, object }) => {
		const heading = { '@odata.type': `#microsoft.graph.${type}` };
		if (type === 'user') {
			if (seesUsers) return { ...heading, ...renderUser(object as unknown as DirectoryUser) };
			return { ...heading, ...project({ id: object.id }, USER, ['id', ...userProperties]) };
		}
		const entity = type === 'group' ? GROUP : type === 'device' ? DEVICE : OTHER_OBJECT;
		const properties = selectedProperties(entity, select?.filter((name) => entity.properties[name]), { collection: true });
		const hidden = (type === 'group' || type === 'device') && !sees[type];
		return { ...heading, ...project(hidden ? { id: object.id } : object, entity, properties) };
	};
}
