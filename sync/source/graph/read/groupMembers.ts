import type { Group, GroupMember } from '../../../model/group';
import { SyncError } from '../../../model/syncError';
import type { GraphClient } from '../transport/client';
import type { GraphRequest } from '../transport/exchange';
import { collect, readPages, type PageEvent } from '../transport/paging';
import { query, type RawRecord, type ReadableProperty, type Reading } from '../transport/reading';
import { tenantGuidOf } from './organization';
import { defaultsOf, idOf, projectRecords } from './projection';
import { checkGroupId, GROUP_MEMBERS, membersWithoutDetails, NESTED_GROUP_MEMBERS, refuseHiddenMembers } from './membership';

/** What can be read of a member. What its type does not have is missing. */
export const MEMBER_PROPERTIES: readonly ReadableProperty[] = [
	{ name: 'displayName', label: 'Display Name', description: 'Name of the member', byDefault: true },
	{ name: 'userPrincipalName', label: 'User Principal Name', description: 'Sign-in name, of users', byDefault: true },
	{ name: 'mail', label: 'Mail', description: 'Primary SMTP address, of users, groups and contacts', byDefault: true },
	{ name: 'accountEnabled', label: 'Account Enabled', description: 'Whether a user or a device may sign in' },
	{ name: 'userType', label: 'User Type', description: 'Member or Guest, of users' },
	{ name: 'jobTitle', label: 'Job Title', description: 'Of users and contacts' },
	{ name: 'department', label: 'Department', description: 'Of users and contacts' },
	{ name: 'deviceId', label: 'Device ID', description: 'Of devices; the ID that Intune knows' },
];

/** A list of users refuses to be asked for what users cannot have. */
const NOT_OF_USERS: ReadonlySet<string> = new Set(['deviceId']);

export const DEFAULT_MEMBER_PROPERTIES: readonly string[] = defaultsOf(MEMBER_PROPERTIES);

export interface MembersRequest {
	/** Object id of the group. */
	groupId: string;
	/** Members of the groups in it as well, each once. */
	nested?: boolean;
	usersOnly?: boolean;
	properties?: readonly string[];
	limit?: number;
}

/**
 * The members of a group, page by page. After a `restart` event they all come again.
 *
 * @throws SyncError when any page cannot be read, or when the app sees that there are users but not who they are
 */
export async function* memberPages(client: GraphClient, request: MembersRequest): AsyncGenerator<PageEvent<GroupMember>, void> {
	const groupId = checkGroupId(request.groupId);
	const chosen = (request.properties ?? DEFAULT_MEMBER_PROPERTIES).filter((name) => !(request.usersOnly && NOT_OF_USERS.has(name)));
	// A user always has a sign-in name, so its absence shows members that the app may not look at.
	const projection = projectRecords(MEMBER_PROPERTIES, chosen, ['displayName', 'userPrincipalName']);
	const tenantId = await tenantGuidOf(client);
	// The type in the path makes nested membership an advanced query.
	const advanced = Boolean(request.nested && request.usersOnly);
	const pages = readPages<RawRecord>(client, {
		reading: request.nested ? NESTED_GROUP_MEMBERS : GROUP_MEMBERS,
		address:
			`/groups/${groupId}/${request.nested ? 'transitiveMembers' : 'members'}${request.usersOnly ? '/microsoft.graph.user' : ''}` +
			query({ $select: projection.select, $count: advanced ? true : undefined, $top: GROUP_MEMBERS.pageSize }),
		headers: advanced ? { ConsistencyLevel: 'eventual' } : undefined,
		record: `group ${groupId}`,
	});
	let empty = true;
	for await (const page of pages) {
		if (page.kind === 'restart') {
			yield page;
			continue;
		}
		empty &&= page.items.length === 0;
		const items = page.items.map((raw): GroupMember => {
			const member: GroupMember = { kind: 'groupMember', tenantId, groupId, id: idOf(raw, 'members of a group', client), memberType: request.usersOnly ? 'user' : typeOf(raw) };
			if (member.memberType === 'user' && typeof raw.userPrincipalName !== 'string') throw membersWithoutDetails(client);
			if (isReadable(raw, member)) projection.copy(member, raw);
			return member;
		});
		yield { kind: 'page', items };
	}
	if (empty) await refuseHiddenMembers(client, groupId);
}

/** The members of a group, all in memory. */
export async function members(client: GraphClient, request: MembersRequest): Promise<GroupMember[]> {
	return await collect(memberPages(client, request), request.limit);
}

/** Asks for no member, only how many there are: 1 unit. */
const MEMBER_COUNT: Reading = { ...GROUP_MEMBERS, what: 'the number of members of groups', resourceUnits: 1 };
/** 5 units, less 1 for `$select` and 1 for a small `$top`. */
const NESTED_MEMBER_COUNT: Reading = { ...MEMBER_COUNT, resourceUnits: 3 };

/**
 * Fills in how many members groups have.
 *
 * @throws SyncError when one of them cannot be counted: a number that is missing would look like an empty group
 */
export async function countMembers(client: GraphClient, found: readonly Group[], which: 'direct' | 'transitive'): Promise<void> {
	const path = which === 'direct' ? 'members' : 'transitiveMembers';
	const requests = found.map(
		({ id }): GraphRequest => ({
			reading: which === 'direct' ? MEMBER_COUNT : NESTED_MEMBER_COUNT,
			address: `/groups/${id}/${path}${query({ $select: 'id', $top: 1, $count: true })}`,
			headers: { ConsistencyLevel: 'eventual' },
			expects: 'list',
			record: `group ${id}`,
		}),
	);
	const answers = await client.batch(requests);
	answers.forEach((answer, index) => {
		if (answer.status === 404) return;
		const count = (answer.body as { '@odata.count'?: unknown } | undefined)?.['@odata.count'];
		if (answer.status !== 200) throw client.explain(answer, requests[index]);
		if (typeof count !== 'number') throw uncounted(client, found[index], answer.requestId);
		found[index][which === 'direct' ? 'memberCount' : 'transitiveMemberCount'] = count;
	});
}

/** `#microsoft.graph.user` → `user` */
function typeOf(raw: RawRecord): GroupMember['memberType'] {
	const type = raw['@odata.type'];
	return typeof type === 'string' ? type.replace(/^#?microsoft\.graph\./, '') : 'unknown';
}

/** Of a type that the app may not read, the service gives id and type, and nothing or nulls for the rest. */
function isReadable(raw: RawRecord, { memberType }: GroupMember): boolean {
	return memberType === 'user' || (raw.displayName !== undefined && raw.displayName !== null);
}

function uncounted(client: GraphClient, { id }: Group, requestId: string): SyncError {
	return new SyncError(`Could not count the members of group ${id} in tenant ${client.tenant}: Microsoft Graph gave no number.`, {
		class: 'unavailable',
		code: 'graph.countMissing',
		remedy: 'Run again later. If it happens again, a proxy in between may change the answers.',
		tenantId: client.tenant,
		requestId,
	});
}
