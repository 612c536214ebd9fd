import { randomGuid } from './random';
import { groupOf, type DirectoryGroup, type DirectoryMember } from './tenantState';
import { TenantUsers } from './tenantUsers';
import type { GroupSeed, MemberSeed } from './types';

/** What an administrator may change about a group; members and owners have methods of their own. */
export type GroupPatch = Partial<Omit<GroupSeed, 'id' | 'members' | 'owners'>>;

/** What an administrator does to groups. They are named by object id; an unknown one throws. */
export abstract class TenantGroups extends TenantUsers {
	/** Adds a security group unless more is given. */
	addGroup(group: Partial<GroupSeed> & Pick<GroupSeed, 'displayName'>): DirectoryGroup {
		const added = this.objects.group.add(
			groupOf({
				id: randomGuid(this.random),
				groupTypes: [],
				mailEnabled: false,
				mailNickname: group.displayName.toLowerCase().replace(/[^a-z0-9]+/g, '.'),
				securityEnabled: true,
				members: [],
				...group,
			}),
		);
		this.note({ type: 'group', id: added.id, kind: 'created' });
		return added;
	}

	updateGroup(id: string, patch: GroupPatch): DirectoryGroup {
		const group = Object.assign(this.objects.group.get(id), patch);
		this.note({ type: 'group', id: group.id, kind: 'updated', properties: Object.keys(patch) });
		return group;
	}

	addMember(groupId: string, member: MemberSeed): void {
		const group = this.objects.group.get(groupId);
		if (group.members.some((each) => each.id === member.id)) return;
		(group.members as DirectoryMember[]).push({ ...member, sequence: (group.members.at(-1)?.sequence ?? 0) + 1 });
		this.noteLink(group, 'members', member, false);
	}

	removeMember(groupId: string, memberId: string): void {
		const group = this.objects.group.get(groupId);
		const index = group.members.findIndex((each) => each.id === memberId);
		if (index < 0) throw new Error(`${memberId} is not a member of ${group.displayName}`);
		const [{ type, id }] = (group.members as DirectoryMember[]).splice(index, 1);
		this.noteLink(group, 'members', { type, id }, true);
	}

	addOwner(groupId: string, owner: MemberSeed): void {
		const group = this.objects.group.get(groupId);
		if (group.owners?.some((each) => each.id === owner.id)) return;
		group.owners = [...(group.owners ?? []), owner];
		this.noteLink(group, 'owners', owner, false);
	}

	removeOwner(groupId: string, ownerId: string): void {
		const group = this.objects.group.get(groupId);
		const owner = group.owners?.find((each) => each.id === ownerId);
		if (!owner) throw new Error(`${ownerId} does not own ${group.displayName}`);
		group.owners = group.owners?.filter((each) => each !== owner);
		this.noteLink(group, 'owners', owner, true);
	}

	/** Deletes a group: a Microsoft 365 group can be restored for thirty days, any other is gone. */
	deleteGroup(id: string): void {
		const group = this.objects.group.get(id);
		if (!group.groupTypes?.includes('Unified')) return this.hardDeleteGroup(id);
		this.objects.group.softDelete(group, this.now());
		this.note({ type: 'group', id: group.id, kind: 'softDeleted' });
	}

	restoreGroup(id: string): void {
		const group = this.objects.group.restore(id);
		this.note({ type: 'group', id: group.id, kind: 'restored' });
	}

	/** Deletes a group, live or soft-deleted, for good. */
	hardDeleteGroup(id: string): void {
		const group = this.objects.group.hardDelete(id);
		this.note({ type: 'group', id: group.id, kind: 'deleted' });
	}

	private noteLink(group: DirectoryGroup, relation: 'members' | 'owners', to: MemberSeed, cut: boolean): void {
		this.note({ type: 'group', id: group.id, kind: 'updated', properties: [relation], links: [{ relation, to, cut }] });
	}
}
