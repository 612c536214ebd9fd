import type { DirectoryGroup, DirectoryMember, DirectoryUser } from '../../world/tenantDirectory';
import { USER } from '../entities/user';
import { isEventual, type GraphAnswer, type GraphCall, type GraphResource } from '../graphCall';
import { needsAdvancedQuery } from '../graphFailure';
import { LIST_OPTIONS, listPage } from '../odata/list';
import { selectedProperties } from '../odata/projection';
import { findGroup, GROUP_READERS } from './groups';
import { memberList, resolveMembers, type ResolvedMember } from './memberObjects';
import { contextOf, userRenderer } from './users';

const MEMBER_READERS = [...GROUP_READERS, 'GroupMember.ReadBasic.All'] as const;
const OPTIONS = LIST_OPTIONS.filter((option) => option !== '$expand');

export const groupMembers: GraphResource = {
	path: 'groups/{id}/members',
	permissions: MEMBER_READERS,
	resourceUnits: 3,
	options: OPTIONS,
	answer: (call) => memberList(call, findGroup(call).members),
};

export const groupUsers: GraphResource = {
	path: 'groups/{id}/members/microsoft.graph.user',
	permissions: MEMBER_READERS,
	resourceUnits: 3,
	options: OPTIONS,
	answer: (call) => usersOnly(call, findGroup(call).members),
};

export const groupTransitiveMembers: GraphResource = {
	path: 'groups/{id}/transitiveMembers',
	permissions: MEMBER_READERS,
	resourceUnits: 5,
	options: OPTIONS,
	answer: (call) => memberList(call, transitive(call, findGroup(call))),
};

/** The cast on transitive members is an advanced query (Microsoft's list of advanced queries names it). */
export const groupTransitiveUsers: GraphResource = {
	path: 'groups/{id}/transitiveMembers/microsoft.graph.user',
	permissions: MEMBER_READERS,
	resourceUnits: 5,
	options: OPTIONS,
	answer: (call) => {
		if (!isEventual(call.headers) || !call.query.wantsCount()) throw needsAdvancedQuery();
		return usersOnly(call, transitive(call, findGroup(call)));
	},
};

function usersOnly(call: GraphCall, members: readonly DirectoryMember[]): GraphAnswer {
	const select = call.query.names('$select');
	const properties = selectedProperties(USER, select, { collection: true });
	const render = userRenderer(call, properties);
	return listPage<ResolvedMember>({
		call,
		items: resolveMembers(call, members.filter((member) => member.type === 'user')),
		entity: USER,
		context: `users${contextOf(select)}`,
		filterIsAdvanced: true,
		subject: (member) => member.object,
		render: (member) => render(member.object as unknown as DirectoryUser),
	});
}

/** Everybody below, each once, nested groups included and followed. */
function transitive(call: GraphCall, start: DirectoryGroup): DirectoryMember[] {
	const seen = new Set<string>([start.id]);
	const found: DirectoryMember[] = [];
	const waiting = [start];
	for (const group of waiting) {
		for (const member of group.members) {
			if (seen.has(member.id)) continue;
			seen.add(member.id);
			found.push({ ...member, sequence: found.length + 1 });
			const nested = member.type === 'group' ? call.tenant.findGroup(member.id) : undefined;
			if (nested) waiting.push(nested);
		}
	}
	return found;
}
