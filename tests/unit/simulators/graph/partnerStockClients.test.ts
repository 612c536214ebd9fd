import { ConfidentialClientApplication, InteractionRequiredAuthError, type INetworkModule, type NetworkRequestOptions, type NetworkResponse } from '@azure/msal-node';
import { ClientOAuth2 } from '@n8n/client-oauth2';
import { CUSTOMERS, PARTNER_APP_ID, PARTNER_REDIRECT_URI, PARTNER_SERVICE_USER, PARTNER_TENANT_ID, VALID_SECRET } from '../../../../simulators/world';
import { claimsOf, GRAPH_SCOPE, OFFLINE, startPartnerHarness, type PartnerHarness } from './partnerHarness';

describe("other people's clients sign a partner's user in", () => {
	let harness: PartnerHarness;
	beforeAll(async () => {
		harness = await startPartnerHarness();
	});
	afterAll(async () => await harness.stop());

	/** Follows the address as a browser does, as far as the app. */
	const visit = async (address: string): Promise<URL> => {
		const { headers } = await harness.send(address, { redirect: 'manual' });
		return new URL(headers.get('location') ?? '');
	};

	describe('msal-node', () => {
		const network = (): INetworkModule => {
			const request = async <T>(url: string, method: string, options?: NetworkRequestOptions): Promise<NetworkResponse<T>> => {
				const { status, headers, body } = await harness.send(url, { method, headers: options?.headers, body: options?.body });
				const plain: Record<string, string> = {};
				headers.forEach((value, name) => (plain[name] = value));
				return { status, headers: plain, body };
			};
			return {
				sendGetRequestAsync: async (url, options) => await request(url, 'GET', options),
				sendPostRequestAsync: async (url, options) => await request(url, 'POST', options),
			};
		};
		const client = (tenant: string) => {
			const { origin } = harness.microsoft.login;
			return new ConfidentialClientApplication({
				auth: { clientId: PARTNER_APP_ID, authority: `${origin}/${tenant}`, knownAuthorities: [new URL(origin).host], clientSecret: VALID_SECRET },
				system: { networkClient: network() },
			});
		};
		const scopes = [GRAPH_SCOPE];

		it.each([PARTNER_TENANT_ID, 'organizations'])('by a code, at %s', async (tenant) => {
			const msal = client(tenant);
			const back = await visit(await msal.getAuthCodeUrl({ scopes, redirectUri: PARTNER_REDIRECT_URI, state: 's', nonce: 'n' }));
			const code = back.searchParams.get('code') ?? '';
			const result = await msal.acquireTokenByCode({ scopes, redirectUri: PARTNER_REDIRECT_URI, code, nonce: 'n' });
			expect(result.account).toMatchObject({ username: PARTNER_SERVICE_USER, tenantId: PARTNER_TENANT_ID });
			expect(result.scopes).toContain(GRAPH_SCOPE);
			expect((await harness.get('/me', { token: result.accessToken })).body.userPrincipalName).toBe(PARTNER_SERVICE_USER);
		});

		it('by a refresh token, at a customer', async () => {
			const result = await client(CUSTOMERS.fine).acquireTokenByRefreshToken({ refreshToken: await harness.signIn(), scopes });
			expect(result).toMatchObject({ tenantId: CUSTOMERS.fine, fromCache: false });
			expect((await harness.get('/users', { token: result?.accessToken })).body.value).toHaveLength(3);
		});

		it('and tells what a person has to do from what a machine can', async () => {
			const refreshToken = await harness.signIn();
			const attempt = async (tenant: string) => await client(tenant).acquireTokenByRefreshToken({ refreshToken, scopes });
			await expect(attempt(CUSTOMERS.noConsent)).rejects.toBeInstanceOf(InteractionRequiredAuthError);
			await expect(attempt(CUSTOMERS.noConsent)).rejects.toMatchObject({ errorCode: 'invalid_grant', subError: 'consent_required', errorNo: 65001 });
			await expect(attempt(CUSTOMERS.blocked)).rejects.toMatchObject({ subError: 'message_only', claims: expect.stringContaining('capolids') });
			await expect(attempt(CUSTOMERS.noGroup)).rejects.toMatchObject({ errorCode: 'invalid_grant', errorNo: 50020 });
		});
	});

	describe("n8n's OAuth2 client", () => {
		const client = (authentication: 'header' | 'body') => {
			const base = `${harness.microsoft.login.origin}/${PARTNER_TENANT_ID}/oauth2/v2.0`;
			return new ClientOAuth2({
				clientId: PARTNER_APP_ID,
				clientSecret: VALID_SECRET,
				accessTokenUri: `${base}/token`,
				authorizationUri: `${base}/authorize`,
				redirectUri: PARTNER_REDIRECT_URI,
				scopes: OFFLINE.split(' '),
				state: 'from n8n',
				authentication,
				// It has no other way to trust the simulators' authority inside a running process.
				ignoreSSLIssues: true,
			});
		};

		it.each(['header', 'body'] as const)('by a code and by refreshing, its credentials in the %s', async (authentication) => {
			const oauth = client(authentication);
			const back = await visit(oauth.code.getUri());
			expect(back.searchParams.get('state')).toBe('from n8n');
			const options = authentication === 'body' ? { headers: {}, body: { client_id: PARTNER_APP_ID, client_secret: VALID_SECRET } } : {};
			const token = await oauth.code.getToken(back.href, options);
			expect(claimsOf(token.accessToken)).toMatchObject({ tid: PARTNER_TENANT_ID, upn: PARTNER_SERVICE_USER });
			// n8n names no scope when it refreshes.
			const refreshed = await token.refresh();
			expect(refreshed.refreshToken).not.toBe(token.refreshToken);
			expect((await harness.get('/contracts', { token: refreshed.accessToken })).status).toBe(200);
			expect((await harness.redeem(refreshed.refreshToken, CUSTOMERS.fine)).status).toBe(200);
		});

		it('and is told when the sign-in has ended', async () => {
			const oauth = client('header');
			const token = await oauth.code.getToken((await visit(oauth.code.getUri())).href);
			harness.microsoft.sessions.expireIdle();
			await expect(token.refresh()).rejects.toMatchObject({ body: { error_codes: [700082] } });
		});
	});
});
