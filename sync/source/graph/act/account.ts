import type { UserAction } from '../../../model/userAction';
import type { Feature } from '../features';
import type { GraphClient } from '../transport/client';
import type { Reading } from '../transport/reading';
import { perform, type ActOptions } from './perform';
import { explainForbidden } from './refusals';

/** `PATCH /users/{id}` of `accountEnabled`; reading the user beforehand needs User.Read.All. */
export const ACCOUNT_ENABLED: Reading = {
	what: 'accounts of users',
	verb: 'change',
	permission: 'User.EnableDisableAccount.All',
	alsoBy: ['User.ReadWrite.All', 'Directory.ReadWrite.All'],
	role: 'User Administrator',
	resourceUnits: 1,
	quotas: ['directory', 'directoryWrites'],
};

export const ACCOUNTS_FEATURE: Feature = {
	key: 'accounts',
	name: 'Enable and disable accounts',
	description: 'User → Enable and Disable',
	required: false,
	reading: ACCOUNT_ENABLED,
};

/**
 * Lets somebody sign in, or no longer. Who is signed in stays so for up to an hour: revoke the sessions as well.
 *
 * @throws SyncError (refused) for administrators unless allowed, and for users of Active Directory
 */
export async function setAccountEnabled(client: GraphClient, idOrName: string, enabled: boolean, options: ActOptions): Promise<UserAction> {
	return await perform(
		client,
		idOrName,
		{
			action: enabled ? 'enable' : 'disable',
			isSo: ({ accountEnabled }) => accountEnabled === enabled,
			async carryOut(target) {
				const request = {
					reading: { ...ACCOUNT_ENABLED, verb: enabled ? 'enable' : 'disable', what: `the account of ${target.userPrincipalName}` },
					method: 'PATCH',
					address: `/users/${target.id}`,
					body: { accountEnabled: enabled },
					expects: 'anything',
					// Saying it twice comes to the same.
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
