import { TokenError } from './tokenError';

/**
 * Refusals of codes and refresh tokens, and of users who may not sign in somewhere (contract A3, A5). Texts after
 * Microsoft's "Microsoft Entra authentication and authorization error codes" and answers in public issue threads; where
 * those name several forms the one of the v2.0 endpoint.
 */
export const requestMalformed = () => new TokenError(400, 'invalid_grant', 9002313, 'Invalid request. Request is malformed or invalid.');

export const grantWrong = () =>
	new TokenError(400, 'invalid_grant', 70000, 'Provided grant is invalid or malformed.', { suberror: 'bad_token' });

export const grantExpired = () =>
	new TokenError(
		400,
		'invalid_grant',
		70008,
		'The provided authorization code or refresh token has expired due to inactivity. Send a new interactive authorization request for this user and resource.',
	);

export const codeRedeemed = () =>
	new TokenError(400, 'invalid_grant', 54005, 'OAuth2 Authorization code was already redeemed, please retry with a new valid code or use an existing refresh token.');

export const codeOfOtherTenant = () =>
	new TokenError(
		400,
		'invalid_grant',
		700005,
		'Provided Authorization Code is intended to use against other tenant, thus rejected. OAuth2 Authorization Code must be redeemed against same tenant it was acquired for (/common or /{tenant-ID} as appropriate).',
	);

export const replyAddressDiffers = (given: string, expected: string) =>
	new TokenError(
		400,
		'invalid_client',
		500112,
		`The reply address '${given}' does not match the reply address '${expected}' provided when requesting Authorization code.`,
	);

export const verifierWrong = () =>
	new TokenError(400, 'invalid_grant', 501481, 'The Code_Verifier does not match the code_challenge supplied in the authorization request.');

export const refreshTokenIdle = (issuedAt: number, idleDays: number) =>
	new TokenError(
		400,
		'invalid_grant',
		700082,
		`The refresh token has expired due to inactivity. The token was issued on ${new Date(issuedAt).toISOString()} and was inactive for ${idleDays}.00:00:00.`,
	);

export const grantRevoked = (issuedAt: number, validFrom: number) =>
	new TokenError(
		400,
		'invalid_grant',
		50173,
		`The provided grant has expired due to it being revoked, a fresh auth token is needed. The user might have changed or reset their password. The grant was issued on '${new Date(issuedAt).toISOString()}' and the TokensValidFrom date (before which tokens are not valid) for this user is '${new Date(validFrom).toISOString()}'.`,
	);

export const userGone = (tenantName: string) =>
	new TokenError(400, 'invalid_grant', 50034, `The user account {EmailHidden} does not exist in the ${tenantName} directory. To sign into this application, the account must be added to the directory.`);

export const userDisabled = () => new TokenError(400, 'invalid_grant', 50057, 'The user account is disabled.');

/** @param number 50020, or 50177, which says the same; which of them comes is not documented */
export const userUnknownHere = (number: 50020 | 50177, homeTenantId: string, tenantName: string, app: { appId: string; displayName: string }) =>
	new TokenError(
		400,
		'invalid_grant',
		number,
		`User account '{EmailHidden}' from identity provider 'https://sts.windows.net/${homeTenantId}/' does not exist in tenant '${tenantName}' and cannot access the application '${app.appId}'(${app.displayName}) in that tenant. The account needs to be added as an external user in the tenant first. Sign out and sign in again with a different Azure Active Directory user account.`,
	);

export const consentMissing = (app: { appId: string; displayName: string }) =>
	new TokenError(
		400,
		'invalid_grant',
		65001,
		`The user or administrator has not consented to use the application with ID '${app.appId}' named '${app.displayName}'. Send an interactive authorization request for this user and resource.`,
		{ suberror: 'consent_required' },
	);

export const accessBlocked = (policyId: string) =>
	new TokenError(400, 'invalid_grant', 53003, 'Access has been blocked by Conditional Access policies. The access policy does not allow token issuance.', {
		suberror: 'message_only',
		claims: JSON.stringify({ access_token: { capolids: { essential: true, values: [policyId] } } }),
	});

export const mfaRequired = (resourceAppId: string) =>
	new TokenError(
		400,
		'interaction_required',
		50076,
		`Due to a configuration change made by your administrator, or because you moved to a new location, you must use multi-factor authentication to access '${resourceAppId}'.`,
		{ suberror: 'basic_action' },
	);

export const redirectUnknown = (redirectUri: string, appId: string) =>
	new TokenError(
		400,
		'invalid_request',
		50011,
		`The redirect URI '${redirectUri}' specified in the request does not match the redirect URIs configured for the application '${appId}'. Make sure the redirect URI sent in the request matches one added to your application in the Azure portal. Navigate to https://aka.ms/redirectUriMismatchError to learn more about how to fix this.`,
	);

export const resourcesMixed = () =>
	new TokenError(400, 'invalid_request', 28000, 'Provided value for the input parameter scope is not valid because it contains more than one resource.');

export const defaultMixed = (scope: string) =>
	new TokenError(
		400,
		'invalid_scope',
		70011,
		`The provided request must include a 'scope' input parameter. The provided value for the input parameter 'scope' is not valid. The scope ${scope} is not valid. .default scope can't be combined with resource-specific scopes.`,
	);
