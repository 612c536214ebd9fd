import type { Group as GraphGroup } from '@microsoft/microsoft-graph-types';
import type { Group } from '../../../model/group';
import type { GraphClient } from '../transport/client';
import { collect, readPages, type PageEvent } from '../transport/paging';
import { literal, query, type RawRecord, type Reading } from '../transport/reading';
import { splitGroupFilter, type GroupFilter } from './groupFilter';
import { checkGroupId } from './membership';
import { countMembers } from './groupMembers';
import { DEFAULT_GROUP_PROPERTIES, GROUP_PROPERTIES, groupKindOf, isDynamic, KIND_SOURCES } from './groupProperties';
import { tenantGuidOf } from './organization';
import { idOf, projectRecords, type RecordProjection } from './projection';

export const GROUPS: Reading = {
	what: 'groups',
	permission: 'GroupMember.Read.All',
	alsoBy: [
		'GroupMember.ReadWrite.All',
		'Group.ReadBasic.All',
		'Group.Read.All',
		'Group.ReadWrite.All',
		'Directory.Read.All',
		'Directory.ReadWrite.All',
	],
	role: 'Global Reader',
	pageSize: 999,
	resourceUnits: 1,
};

export interface GroupsRequest {
	/** Names of GROUP_PROPERTIES and any further property of Entra's `group`. */
	properties?: readonly string[];
	filter?: GroupFilter;
	/** The first so many; without it all. */
	limit?: number;
}

/**
 * The groups of a tenant, page by page. After a `restart` event they all come again.
 *
 * @throws SyncError when any page cannot be read; never a list cut short
 */
export async function* groupPages(client: GraphClient, request: GroupsRequest = {}): AsyncGenerator<PageEvent<Group>, void> {
	const { expression, wanted } = splitGroupFilter(request.filter ?? {});
	const needed = request.filter?.synced === undefined ? KIND_SOURCES : [...KIND_SOURCES, 'onPremisesSyncEnabled'];
	const projection = projectRecords(GROUP_PROPERTIES, request.properties ?? DEFAULT_GROUP_PROPERTIES, needed);
	const tenantId = await tenantGuidOf(client);
	const pages = readPages<RawRecord>(client, {
		reading: GROUPS,
		address: `/groups${query({ $select: projection.select, $filter: expression, $top: GROUPS.pageSize })}`,
	});
	for await (const page of pages) {
		if (page.kind === 'restart') yield page;
		else yield { kind: 'page', items: await asGroups(client, page.items.filter(wanted), projection, tenantId) };
	}
}

/** The groups of a tenant, all in memory. */
export async function groups(client: GraphClient, request: GroupsRequest = {}): Promise<Group[]> {
	return await collect(groupPages(client, request), request.limit);
}

/** @throws SyncError (notFound) when the tenant has no such group */
export async function group(client: GraphClient, id: string, properties: readonly string[] = DEFAULT_GROUP_PROPERTIES): Promise<Group> {
	const key = checkGroupId(id);
	const projection = projectRecords(GROUP_PROPERTIES, properties, KIND_SOURCES);
	const tenantId = await tenantGuidOf(client);
	const raw = await client.read<RawRecord>({
		reading: GROUPS,
		address: `/groups/${key}${query({ $select: projection.select })}`,
		expects: 'object',
		record: `group ${key}`,
	});
	return (await asGroups(client, [raw], projection, tenantId))[0];
}

async function asGroups(client: GraphClient, raws: readonly RawRecord[], projection: RecordProjection, tenantId: string): Promise<Group[]> {
	const found = raws.map((raw) => {
		const record: Group = { kind: 'group', tenantId, id: idOf(raw, 'groups', client), groupKind: groupKindOf(raw), dynamic: isDynamic(raw) };
		projection.copy(record, raw);
		return record;
	});
	if (projection.has('memberCount')) await countMembers(client, found, 'direct');
	if (projection.has('transitiveMemberCount')) await countMembers(client, found, 'transitive');
	return found;
}

/** So many fit a list on screen; a name narrows it down. */
const LISTED = 100;

export interface GroupPage {
	groups: Array<{ id: string; displayName: string; description: string | null }>;
	/** Link to the next page, to be handed back as it is. */
	next?: string;
}

/**
 * Groups for a list to choose from.
 *
 * @param search the name begins so
 * @param next the link of the page before
 */
export async function groupPage(client: GraphClient, search = '', next?: string): Promise<GroupPage> {
	const begins = search.trim() === '' ? undefined : `startswith(displayName,${literal(search.trim())})`;
	const page = await client.read<{ value: GraphGroup[]; '@odata.nextLink'?: string }>({
		reading: GROUPS,
		address: next ?? `/groups${query({ $select: 'id,displayName,description', $filter: begins, $top: LISTED })}`,
		expects: 'list',
	});
	return {
		groups: page.value.map((group) => ({
			id: group.id!,
			displayName: group.displayName ?? group.id!,
			description: group.description ?? null,
		})),
		next: page['@odata.nextLink'],
	};
}
