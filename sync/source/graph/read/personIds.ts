import type { GraphClient } from '../transport/client';
import { userPages } from './users';

/**
 * Object ids by user principal name in lower case, to join what is known only by name. One read of the users.
 *
 * @throws SyncError when any page cannot be read
 */
export async function personIdsByName(client: GraphClient): Promise<Map<string, string>> {
	const ids = new Map<string, string>();
	for await (const page of userPages(client, { properties: ['userPrincipalName'] })) {
		if (page.kind === 'restart') ids.clear();
		else for (const { id, userPrincipalName } of page.items) if (userPrincipalName) ids.set(userPrincipalName.toLowerCase(), id);
	}
	return ids;
}
