import type { UserAction } from '../../../model/userAction';
import type { Feature } from '../features';
import type { GraphClient } from '../transport/client';
import type { Reading } from '../transport/reading';
import { perform, type ActOptions } from './perform';
import { explainForbidden } from './refusals';

/** `POST /users/{id}/revokeSignInSessions`; documented with 204, answered with 200 (contract: B11). */
export const REVOKE_SESSIONS: Reading = {
	what: 'sessions of users',
	verb: 'revoke',
	permission: 'User.RevokeSessions.All',
	alsoBy: ['User.ReadWrite.All', 'Directory.ReadWrite.All'],
	role: 'User Administrator',
	resourceUnits: 1,
	quotas: ['directory', 'directoryWrites'],
};

export const SESSIONS_FEATURE: Feature = {
	key: 'sessions',
	name: 'Revoke sessions',
	description: 'User → Revoke Sessions',
	required: false,
	reading: REVOKE_SESSIONS,
};

/**
 * Makes every session worthless: each app asks for a new sign-in, within minutes to an hour.
 *
 * @throws SyncError (refused) for administrators unless allowed
 */
export async function revokeSessions(client: GraphClient, idOrName: string, options: ActOptions): Promise<UserAction> {
	return await perform(
		client,
		idOrName,
		{
			action: 'revokeSessions',
			async carryOut(target) {
				const request = {
					reading: { ...REVOKE_SESSIONS, what: `the sessions of ${target.userPrincipalName}` },
					method: 'POST',
					address: `/users/${target.id}/revokeSignInSessions`,
					expects: 'anything',
					repeatable: true,
					record: `user ${target.userPrincipalName}`,
				} as const;
				const answer = await client.request(request);
				if (answer.status < 200 || answer.status > 299) throw explainForbidden(client.explain(answer, request), target);
			},
		},
		options,
	);
}
