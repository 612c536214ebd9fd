/** How Microsoft 365 calls the four kinds of groups (contract of Graph: `groupTypes`, `mailEnabled`, `securityEnabled`). */
export const GROUP_KINDS = ['security', 'microsoft365', 'distribution', 'mailEnabledSecurity'] as const;
export type GroupKind = (typeof GROUP_KINDS)[number];

/** A group as Microsoft Entra ID knows it. What was not read is missing (see blank.ts). */
export interface Group {
	kind: 'group';
	/** Entra tenant id, a GUID in lower case. */
	tenantId: string;
	/** Entra object id, a GUID in lower case. */
	id: string;
	groupKind: GroupKind;
	/** Who belongs to it is decided by a rule. */
	dynamic: boolean;
	displayName?: string | null;
	mail?: string | null;
	description?: string | null;
	/** Direct members of every type. */
	memberCount?: number;
	/** Members of every type, those of the groups in it included. */
	transitiveMemberCount?: number;
	/** Any further property the builder chose to read. */
	[property: string]: unknown;
}

/** Entra's names of the types that members and owners have, without `#microsoft.graph.`. */
export type MemberType = 'user' | 'group' | 'device' | 'orgContact' | 'servicePrincipal';

/** One membership. A member whose type the app may not read has its id and type only. */
export interface GroupMember {
	kind: 'groupMember';
	tenantId: string;
	groupId: string;
	/** Object id of the member, a GUID in lower case. */
	id: string;
	/** Entra's own name for a type that is none of these. */
	memberType: MemberType | (string & {});
	displayName?: string | null;
	/** Users only, like every property that its type lacks. */
	userPrincipalName?: string | null;
	mail?: string | null;
	[property: string]: unknown;
}
