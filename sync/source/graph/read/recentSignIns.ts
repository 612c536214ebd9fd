import type { GraphClient } from '../transport/client';
import { lostTooOften, RESTARTS } from '../transport/paging';
import { SIGN_IN_ACTIVITY, signInPage } from './signInActivity';

/**
 * Who signed in since then, to the end: 5,000 people a minute at most, for all tenants of the app together.
 *
 * @param since ISO 8601
 * @returns the newest sign-in by object id
 * @throws SyncError when any page cannot be read
 */
export async function recentSignIns(client: GraphClient, since: string): Promise<Map<string, string>> {
	const signIns = new Map<string, string>();
	let link: string | undefined;
	let lost = 0;
	for (;;) {
		const page = await signInPage(client, { link, since });
		if ('lost' in page) {
			if (++lost > RESTARTS) throw lostTooOften(client, { reading: SIGN_IN_ACTIVITY }, page.requestId);
			link = undefined;
			continue;
		}
		for (const { personId, newest } of page.activities) if (newest !== null) signIns.set(personId, newest);
		link = page.next;
		if (link === undefined) return signIns;
	}
}
