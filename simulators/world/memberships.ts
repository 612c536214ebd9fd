import type { DirectoryGroup, TenantDirectory } from './tenantDirectory';

/** The groups that a user is in, directly and through groups in groups; each once, the direct ones first. */
export function groupsOf(tenant: TenantDirectory, userId: string): { direct: DirectoryGroup[]; transitive: DirectoryGroup[] } {
	const having = (id: string) => tenant.groups.filter((group) => group.members.some((member) => member.id === id));
	const direct = having(userId);
	const transitive = [...direct];
	const seen = new Set(direct.map((group) => group.id));
	for (const group of transitive) {
		for (const parent of having(group.id)) {
			if (seen.has(parent.id)) continue;
			seen.add(parent.id);
			transitive.push(parent);
		}
	}
	return { direct, transitive };
}
