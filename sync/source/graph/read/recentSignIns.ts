import { lastLetIn, type SignInActivity } from '../../../model/signIn';
import type { GraphClient } from '../transport/client';
import { lostTooOften, RESTARTS } from '../transport/paging';
import { SIGN_IN_ACTIVITY, signInOfUser, signInPage } from './signInActivity';

/**
 * Who signed in since then, to the end: 5,000 people a minute at most, for all tenants of the app together.
 *
 * @param since ISO 8601, for sign-ins in person; without it everybody, whenever that was
 * @returns when they were last let in, by object id
 * @throws SyncError when any page cannot be read
 */
export async function recentSignIns(client: GraphClient, since?: string): Promise<Map<string, string>> {
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
		for (const activity of page.activities) note(signIns, activity);
		link = page.next;
		if (link === undefined) return signIns;
	}
}

/** As `recentSignIns`, of one person alone. @param userId object id */
export async function signInOf(client: GraphClient, userId: string): Promise<Map<string, string>> {
	const signIns = new Map<string, string>();
	note(signIns, await signInOfUser(client, userId));
	return signIns;
}

function note(signIns: Map<string, string>, activity: SignInActivity): void {
	const moment = lastLetIn(activity);
	if (moment !== null) signIns.set(activity.personId, moment);
}
