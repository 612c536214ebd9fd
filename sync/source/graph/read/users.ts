import type { Person } from '../../../model/person';
import { SyncError } from '../../../model/syncError';
import type { GraphClient } from '../transport/client';
import { tenantGuidOf } from './organization';
import { collect, readPages, type PageEvent } from '../transport/paging';
import { query, type Reading } from '../transport/reading';
import { GROUP_MEMBERS, membersWithoutDetails, NESTED_GROUP_MEMBERS, refuseHiddenMembers } from './membership';
import { splitFilter, type UserFilter } from './userFilter';
import { userLookups, type UserOptions } from './userLookups';
import { projectUsers, type RawUser } from './userProjection';
import { DEFAULT_USER_PROPERTIES } from './userProperties';

/** `GET /users`: 2 units, less 1 for `$select`. */
export const USERS: Reading = {
	what: 'users',
	permission: 'User.Read.All',
	alsoBy: ['User.ReadWrite.All', 'Directory.Read.All', 'Directory.ReadWrite.All'],
	pageSize: 999,
	resourceUnits: 1,
};

export interface UsersRequest extends UserOptions {
	/** Default: what the sync needs. */
	properties?: readonly string[];
	filter?: UserFilter;
	/** The first so many; without it all. */
	limit?: number;
}

/**
 * The people of a tenant, page by page, in the order that Graph gives. After a `restart` event everybody
 * comes again: forget who came before.
 *
 * @throws SyncError when any page cannot be read; never a list cut short
 */
export async function* userPages(client: GraphClient, request: UsersRequest = {}): AsyncGenerator<PageEvent<Person>, void> {
	const filter = splitFilter(request.filter ?? {});
	const groupId = request.filter?.groupId;
	const ofGroup = groupId !== undefined;
	// A user always has a sign-in name, so its absence shows members that the app may not look at.
	const needed = ofGroup ? [...filter.needed, 'userPrincipalName'] : filter.needed;
	const projection = projectUsers(request.properties ?? DEFAULT_USER_PROPERTIES, needed, client.adminCentre);
	const reading = !ofGroup ? USERS : request.filter?.nestedGroups ? NESTED_GROUP_MEMBERS : GROUP_MEMBERS;
	const path = !ofGroup ? '/users' : `/groups/${groupId.toLowerCase()}/${request.filter?.nestedGroups ? 'transitiveMembers' : 'members'}/microsoft.graph.user`;
	// The type in the path makes nested membership an advanced query, as a filter of the builder's own may be.
	const advanced = filter.advanced || reading === NESTED_GROUP_MEMBERS;
	const pageSize = reading.pageSize!;
	const top = filter.wanted ? pageSize : Math.min(pageSize, Math.max(1, request.limit ?? pageSize));
	const tenantId = await tenantGuidOf(client);
	const lookups = await userLookups(client, projection.lookups, { withoutExpand: ofGroup || advanced, onSkipped: request.onSkipped, licenceFamilies: request.licenceFamilies });

	const pages = readPages<RawUser>(client, {
		reading: { ...reading, resourceUnits: reading.resourceUnits + lookups.resourceUnits },
		address: path + query({ $select: projection.select, $expand: lookups.expand, $filter: filter.expression, $count: advanced ? true : undefined, $top: top }),
		headers: advanced ? { ConsistencyLevel: 'eventual' } : undefined,
		record: ofGroup ? `group ${groupId}` : undefined,
		ownFilter: filter.advanced,
	});
	let read = 0;
	for await (const page of pages) {
		if (page.kind === 'restart') {
			read = 0;
			yield page;
			continue;
		}
		client.learnSize((read += page.items.length));
		const people: Person[] = [];
		const raws: RawUser[] = [];
		for (const raw of page.items) {
			checkUser(raw, client, ofGroup);
			if (filter.wanted && !filter.wanted(raw)) continue;
			people.push(projection.person(raw, tenantId));
			if (projection.lookups.size > 0) raws.push(raw);
		}
		if (raws.length > 0) await lookups.tell(people, raws);
		// What was read goes before the next page comes: left to itself it outlives several collections (310 MiB instead of 210).
		page.items.length = 0;
		yield { kind: 'page', items: people };
	}
	if (ofGroup && read === 0) await refuseHiddenMembers(client, groupId.toLowerCase());
}

/** The people of a tenant, all in memory. */
export async function users(client: GraphClient, request: UsersRequest = {}): Promise<Person[]> {
	return await collect(userPages(client, request), request.limit);
}

/**
 * One person.
 *
 * @param idOrName object id or user principal name
 * @throws SyncError (notFound) when the tenant has no such user
 */
export async function user(
	client: GraphClient,
	idOrName: string,
	properties: readonly string[] = DEFAULT_USER_PROPERTIES,
	options: UserOptions = {},
): Promise<Person> {
	const key = idOrName.trim();
	if (key === '') {
		throw new SyncError('No user is given.', { class: 'input', code: 'graph.userMissing', remedy: 'Give the object ID or the user principal name of a user.' });
	}
	const projection = projectUsers(properties, [], client.adminCentre);
	const tenantId = await tenantGuidOf(client);
	const lookups = await userLookups(client, projection.lookups, { ...options, withoutExpand: false, few: true });
	const raw = await client.read<RawUser>({
		reading: { ...USERS, resourceUnits: USERS.resourceUnits + lookups.resourceUnits },
		// A guest's name holds a #, which would end the path.
		address: `/users/${encodeURIComponent(key)}${query({ $select: projection.select, $expand: lookups.expand })}`,
		expects: 'object',
		record: `user ${key}`,
	});
	checkUser(raw, client, false);
	const person = projection.person(raw, tenantId);
	await lookups.tell([person], [raw]);
	return person;
}

function checkUser(raw: RawUser, client: GraphClient, ofGroup: boolean): void {
	if (typeof raw?.id !== 'string' || raw.id === '') {
		throw new SyncError(`Could not read users of tenant ${client.tenant}: Microsoft Graph gave a user without an id.`, {
			class: 'unavailable',
			code: 'graph.recordWithoutId',
			remedy: 'Run again later. If it happens again, a proxy in between may change the answers.',
			tenantId: client.tenant,
		});
	}
	if (ofGroup && typeof raw.userPrincipalName !== 'string') throw membersWithoutDetails(client);
}
