import { createHash } from 'node:crypto';
import type { ICredentialDataDecryptedObject, IExecuteFunctions, ILoadOptionsFunctions } from 'n8n-workflow';
import { SyncError } from '../../sync/model/syncError';
import type { PartnerAccount, StoredSignIn } from '../../sync/source/graph/signIn/partnerSignIn';
import { userOf } from '../../sync/source/graph/signIn/token';

export const PARTNER_CREDENTIAL = 'entraPartnerOAuth2Api';

/** What n8n's OAuth2 keeps of a sign-in, as far as it matters here. */
interface TokenData {
	access_token?: unknown;
	refresh_token?: unknown;
}

/**
 * The service account of the node's partner credential. The sign-in is read from n8n each time that it is redeemed, and
 * only n8n itself renews and stores it: it locks the credential meanwhile, also between workers.
 *
 * @throws SyncError (configuration) when nobody has signed in with the credential
 */
export function partnerAccountOf(context: IExecuteFunctions | ILoadOptionsFunctions, data: ICredentialDataDecryptedObject, itemIndex: number): PartnerAccount {
	const { accessToken, refreshToken } = signInOf(data);
	const user = userOf(accessToken);
	return {
		// Somebody else may have signed in with the same credential: their tokens are not ours.
		key: JSON.stringify([context.getNode().credentials?.[PARTNER_CREDENTIAL]?.id ?? '', user.id ?? digest(refreshToken)]),
		name: user.name,
		stored: async (): Promise<StoredSignIn> => {
			const now = signInOf(await context.getCredentials(PARTNER_CREDENTIAL, itemIndex));
			return { refreshToken: now.refreshToken, obtainedAt: userOf(now.accessToken).issuedAt };
		},
		renew: async () => {
			await context.helpers.refreshOAuth2Token.call(context as IExecuteFunctions, PARTNER_CREDENTIAL);
		},
	};
}

function signInOf({ oauthTokenData }: ICredentialDataDecryptedObject): { accessToken: string; refreshToken: string } {
	const { access_token: accessToken, refresh_token: refreshToken } = (oauthTokenData ?? {}) as TokenData;
	if (typeof refreshToken === 'string' && refreshToken !== '') {
		return { accessToken: typeof accessToken === 'string' ? accessToken : '', refreshToken };
	}
	throw new SyncError('Nobody has signed in with the Entra Partner (GDAP) credential.', {
		class: 'configuration',
		code: 'entra.partnerNotConnected',
		remedy: 'Open the credential in n8n and connect the service account: sign in with MFA and consent for your organisation.',
	});
}

function digest(text: string): string {
	return createHash('sha256').update(text).digest('base64url');
}
