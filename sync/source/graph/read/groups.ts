import type { Group as GraphGroup } from '@microsoft/microsoft-graph-types';
import type { GraphClient } from '../transport/client';
import { literal, query, type Reading } from '../transport/reading';

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
	resourceUnits: 1,
};

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
