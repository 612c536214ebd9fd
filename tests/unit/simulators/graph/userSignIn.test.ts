import { createHash } from 'node:crypto';
import {
	CUSTOMERS,
	delegatedScopes,
	consentDelegated,
	PARTNER_APP_ID,
	PARTNER_GROUPS,
	PARTNER_REDIRECT_URI,
	PARTNER_SERVICE_USER,
	PARTNER_TENANT_ID,
	RESOURCE_APPS,
	ROLE_TEMPLATES,
	SAMPLE_APPS,
	VALID_SECRET,
} from '../../../../simulators/world';
import { claimsOf, DAY, GRAPH_SCOPE, OFFLINE, refusal, startPartnerHarness, type PartnerHarness } from './partnerHarness';

describe('users at the Entra sign-in simulator', () => {
	let harness: PartnerHarness;
	// Every test changes the world or the time: each has its own.
	beforeEach(async () => {
		harness = await startPartnerHarness();
	});
	afterEach(async () => await harness.stop());

	const redeemCode = (code: string, form: Record<string, string | undefined> = {}) => ({
		grant_type: 'authorization_code',
		code,
		redirect_uri: PARTNER_REDIRECT_URI,
		...form,
	});
	const partner = () => harness.microsoft.world.tenant(PARTNER_TENANT_ID);

	describe('at the authorisation endpoint', () => {
		const locationOf = async (query: Record<string, string | undefined>, tenant?: string) => {
			const { status, headers } = await harness.authorize(query, tenant);
			expect(status).toBe(302);
			return new URL(headers.get('location') ?? '');
		};

		it('go straight back with a code and the state, where nothing has to be asked', async () => {
			for (const tenant of [PARTNER_TENANT_ID, 'breakwater.example', 'organizations', 'common']) {
				const location = await locationOf({}, tenant);
				expect(`${location.origin}${location.pathname}`).toBe(PARTNER_REDIRECT_URI);
				expect(location.searchParams.get('state')).toBe('st4te');
				expect(location.searchParams.get('code')).toMatch(/^1\.A[\w-]{80,}$/);
			}
		});

		it('come back to localhost at any port, but to no other address than those registered', async () => {
			expect((await locationOf({ redirect_uri: 'http://localhost:15678/rest/oauth2-credential/callback' })).port).toBe('15678');
			for (const redirect of ['http://localhost:5678/other', 'https://localhost:5678/rest/oauth2-credential/callback', 'https://evil.example/']) {
				const { status, headers, body } = await harness.authorize({ redirect_uri: redirect });
				expect([status, headers.get('location')]).toEqual([400, null]);
				expect(body).toContain('AADSTS50011');
			}
		});

		it.each([
			['an unknown app', { client_id: PARTNER_TENANT_ID }, 'AADSTS700016'],
			['no scope', { scope: undefined }, 'AADSTS900144'],
			['two APIs in one request', { scope: 'https://graph.microsoft.com/User.Read https://api.partnercenter.microsoft.com/user_impersonation' }, 'AADSTS28000'],
			['.default beside a permission', { scope: `${GRAPH_SCOPE} User.Read` }, 'AADSTS70011'],
		])('see an error page for %s', async (_what, query, code) => {
			const { status, body, headers } = await harness.authorize(query);
			expect([status, headers.get('location')]).toEqual([400, null]);
			expect(body).toContain(code);
		});

		it('are asked with a prompt, and accept or cancel', async () => {
			const page = await harness.authorize({ prompt: 'select_account' });
			expect(page.status).toBe(200);
			expect(page.body).toContain(PARTNER_SERVICE_USER);
			const link = /id="accept" href="([^"]+)"/.exec(page.body)?.[1].replaceAll('&amp;', '&') ?? '';
			const accepted = await harness.send(`${harness.microsoft.login.origin}/${PARTNER_TENANT_ID}/oauth2/v2.0/authorize${link}`, { redirect: 'manual' });
			expect(accepted.headers.get('location')).toContain('code=');
			const cancelled = await locationOf({ prompt: 'select_account', choice: 'cancel' });
			expect([cancelled.searchParams.get('error'), cancelled.searchParams.get('state')]).toEqual(['access_denied', 'st4te']);
		});

		it('are asked for consent that is missing, and give it for the tenant by accepting', async () => {
			consentDelegated(partner(), PARTNER_APP_ID, RESOURCE_APPS.graph, ['User.Read']);
			const scope = 'User.Read Group.Read.All offline_access';
			const page = await harness.authorize({ scope });
			expect([page.status, page.body.match(/<li>[^<]+/g)]).toEqual([200, ['<li>Group.Read.All']]);
			expect((await locationOf({ scope, prompt: 'none' })).searchParams.get('error')).toBe('interaction_required');
			expect((await locationOf({ scope, choice: 'accept' })).searchParams.get('code')).toBeTruthy();
			expect(delegatedScopes(partner(), PARTNER_APP_ID, RESOURCE_APPS.graph)).toEqual(['User.Read', 'Group.Read.All']);
		});

		it('get nowhere when nobody sits there', async () => {
			harness.microsoft.sessions.user = undefined;
			expect((await harness.authorize()).body).toContain('Nobody is signed in');
			expect((await locationOf({ prompt: 'none' })).searchParams.get('error')).toBe('login_required');
		});
	});

	describe('hand a code to the app', () => {
		it('for tokens of their own: access, id and refresh token', async () => {
			const code = await harness.code({ scope: `openid profile ${OFFLINE}`, nonce: 'n0nce' });
			const { status, body } = await harness.post(redeemCode(code, { scope: `openid profile ${OFFLINE}` }));
			expect(status).toBe(200);
			expect(Object.keys(body).sort()).toEqual(['access_token', 'expires_in', 'ext_expires_in', 'id_token', 'refresh_token', 'scope', 'token_type']);
			expect(body.scope.split(' ')).toEqual(expect.arrayContaining(['openid', 'https://graph.microsoft.com/User.Read.All', GRAPH_SCOPE]));
			const user = partner().findUser(PARTNER_SERVICE_USER);
			expect(claimsOf(body.access_token)).toMatchObject({
				aud: 'https://graph.microsoft.com',
				idtyp: 'user',
				appid: PARTNER_APP_ID,
				tid: PARTNER_TENANT_ID,
				oid: user?.id,
				upn: PARTNER_SERVICE_USER,
				scp: expect.stringContaining('DelegatedAdminRelationship.Read.All'),
				wids: [],
			});
			expect(claimsOf(body.access_token)).not.toHaveProperty('idp');
			expect(claimsOf(body.access_token)).not.toHaveProperty('roles');
			expect(claimsOf(body.id_token)).toMatchObject({ ver: '2.0', aud: PARTNER_APP_ID, nonce: 'n0nce', preferred_username: PARTNER_SERVICE_USER, oid: user?.id });
		});

		it('without offline_access for an hour only', async () => {
			const { body } = await harness.post(redeemCode(await harness.code({ scope: GRAPH_SCOPE })));
			expect(body).not.toHaveProperty('refresh_token');
		});

		it('which signs in by Basic header as by form, and by no wrong secret', async () => {
			const header = (secret: string) => ({ authorization: `Basic ${Buffer.from(`${PARTNER_APP_ID}:${secret}`).toString('base64')}` });
			const noForm = { client_id: undefined, client_secret: undefined };
			const good = await harness.post(redeemCode(await harness.code(), noForm), PARTNER_TENANT_ID, header(VALID_SECRET));
			expect(good.status).toBe(200);
			expect(refusal(await harness.post(redeemCode(await harness.code(), noForm), PARTNER_TENANT_ID, header('wrong')))).toEqual([401, 'invalid_client', 7000215, undefined]);
			expect(refusal(await harness.post(redeemCode(await harness.code(), noForm)))).toEqual([400, 'invalid_request', 900144, undefined]);
		});

		it.each<[string, Record<string, string | undefined>, string, unknown[]]>([
			['that is none', { code: 'nonsense' }, PARTNER_TENANT_ID, [400, 'invalid_grant', 9002313, undefined]],
			['from another app', { client_id: SAMPLE_APPS.consented }, PARTNER_TENANT_ID, [400, 'invalid_grant', 70000, 'bad_token']],
			['at another tenant', {}, CUSTOMERS.fine, [400, 'invalid_grant', 700005, undefined]],
			['with another redirect address', { redirect_uri: 'http://localhost:1/rest/oauth2-credential/callback' }, PARTNER_TENANT_ID, [400, 'invalid_client', 500112, undefined]],
			['without the redirect address', { redirect_uri: undefined }, PARTNER_TENANT_ID, [400, 'invalid_request', 900144, undefined]],
		])('but not a code %s', async (_what, form, tenant, expected) => {
			expect(refusal(await harness.post(redeemCode(await harness.code(), form), tenant))).toEqual(expected);
		});

		it('once, and within ten minutes', async () => {
			const code = await harness.code();
			expect((await harness.post(redeemCode(code))).status).toBe(200);
			expect(refusal(await harness.post(redeemCode(code)))).toEqual([400, 'invalid_grant', 54005, undefined]);
			const late = await harness.code();
			harness.clock.advance(10 * 60_000);
			expect(refusal(await harness.post(redeemCode(late)))).toEqual([400, 'invalid_grant', 70008, undefined]);
		});

		it.each(['S256', 'plain'])('with the verifier that fits a %s challenge', async (method) => {
			const verifier = 'a-verifier-that-only-the-app-knows-0123456789';
			const challenge = method === 'S256' ? createHash('sha256').update(verifier).digest('base64url') : verifier;
			const query = { code_challenge: challenge, code_challenge_method: method };
			const wrong = await harness.post(redeemCode(await harness.code(query), { code_verifier: `${verifier}!` }));
			expect(refusal(wrong)).toEqual([400, 'invalid_grant', 501481, undefined]);
			expect((await harness.post(redeemCode(await harness.code(query)))).body.error_codes).toEqual([501481]);
			expect((await harness.post(redeemCode(await harness.code(query), { code_verifier: verifier }))).status).toBe(200);
		});
	});

	describe('leave a refresh token with the app', () => {
		it('which becomes a token of any customer, with the roles that GDAP gives their groups', async () => {
			const { status, body } = await harness.redeem(await harness.signIn(), CUSTOMERS.fine);
			expect(status).toBe(200);
			expect(body.refresh_token).toMatch(/^1\.A/);
			const claims = claimsOf(body.access_token);
			expect(claims).toMatchObject({
				idtyp: 'user',
				tid: CUSTOMERS.fine,
				iss: `https://sts.windows.net/${CUSTOMERS.fine}/`,
				idp: `https://sts.windows.net/${PARTNER_TENANT_ID}/`,
				upn: PARTNER_SERVICE_USER,
				wids: [ROLE_TEMPLATES.globalReader, ROLE_TEMPLATES.reportsReader, ROLE_TEMPLATES.intuneAdministrator, ROLE_TEMPLATES.insightsBusinessLeader],
			});
			expect(claims.scp.split(' ')).not.toContain('DelegatedAdminRelationship.Read.All');
			expect(claims.oid).not.toBe(partner().findUser(PARTNER_SERVICE_USER)?.id);
		});

		it('which asks for what the sign-in asked for, when it names no scope', async () => {
			const { body } = await harness.redeem(await harness.signIn(), PARTNER_TENANT_ID, { scope: undefined });
			expect(body.scope).toContain(GRAPH_SCOPE);
			const other = await harness.redeem(await harness.signIn(), PARTNER_TENANT_ID, { scope: 'https://api.partnercenter.microsoft.com/user_impersonation' });
			expect(claimsOf(other.body.access_token)).toMatchObject({ aud: 'https://api.partnercenter.microsoft.com', scp: 'user_impersonation' });
		});

		it('which stays valid when it is redeemed, as with Entra', async () => {
			const token = await harness.signIn();
			const next = (await harness.redeem(token, CUSTOMERS.fine)).body.refresh_token as string;
			expect(next).not.toBe(token);
			for (const each of [token, next, token]) expect((await harness.redeem(each, CUSTOMERS.fine)).status).toBe(200);
		});

		it('which is revoked when it is redeemed, where the server rotates, but not by a refusal', async () => {
			harness.microsoft.sessions.refreshTokens = 'rotating';
			const token = await harness.signIn();
			expect((await harness.redeem(token, CUSTOMERS.noConsent)).body.error_codes).toEqual([65001]);
			const next = (await harness.redeem(token, CUSTOMERS.fine)).body.refresh_token as string;
			expect(refusal(await harness.redeem(token, CUSTOMERS.fine))).toEqual([400, 'invalid_grant', 50173, undefined]);
			expect((await harness.redeem(next, CUSTOMERS.fine)).status).toBe(200);
		});

		it('which ends 90 days after it was last used', async () => {
			const token = await harness.signIn();
			harness.clock.advance(89 * DAY);
			expect((await harness.redeem(token)).status).toBe(200);
			harness.clock.advance(89 * DAY);
			expect((await harness.redeem(token)).status).toBe(200);
			harness.clock.advance(90 * DAY);
			const refused = await harness.redeem(token);
			expect(refusal(refused)).toEqual([400, 'invalid_grant', 700082, undefined]);
			expect(refused.body.error_description).toContain('was inactive for 90.00:00:00');
		});

		it('which ends when it is told to: idle, too old, revoked', async () => {
			const { sessions } = harness.microsoft;
			for (const [end, code] of [['expireIdle', 700082], ['expireAll', 70008], ['revokeAll', 50173]] as const) {
				const token = await harness.signIn();
				sessions[end]();
				expect(refusal(await harness.redeem(token))).toEqual([400, 'invalid_grant', code, undefined]);
				expect((await harness.redeem(await harness.signIn())).status).toBe(200);
			}
		});

		it('which ends with the user: sessions revoked, account disabled, account deleted', async () => {
			const token = await harness.signIn();
			harness.clock.advance(1000);
			partner().updateUser(PARTNER_SERVICE_USER, { signInSessionsValidFromDateTime: new Date(harness.clock.now()).toISOString() });
			expect(refusal(await harness.redeem(token))).toEqual([400, 'invalid_grant', 50173, undefined]);
			const again = await harness.signIn();
			partner().disableUser(PARTNER_SERVICE_USER);
			expect(refusal(await harness.redeem(again))).toEqual([400, 'invalid_grant', 50057, undefined]);
			partner().softDeleteUser(PARTNER_SERVICE_USER);
			expect(refusal(await harness.redeem(again))).toEqual([400, 'invalid_grant', 50034, undefined]);
		});

		it('which nobody else can use', async () => {
			const token = await harness.signIn();
			expect(refusal(await harness.redeem(token, PARTNER_TENANT_ID, { client_id: SAMPLE_APPS.consented }))).toEqual([400, 'invalid_grant', 70000, 'bad_token']);
			expect(refusal(await harness.redeem(`${token.slice(0, -1)}_`))).toEqual([400, 'invalid_grant', 9002313, undefined]);
			expect(refusal(await harness.redeem(token, PARTNER_TENANT_ID, { client_secret: 'wrong' }))).toEqual([401, 'invalid_client', 7000215, undefined]);
			expect(refusal(await harness.redeem(token, 'nobody.example'))).toEqual([400, 'invalid_request', 90002, undefined]);
		});
	});

	describe('in a customer of the partner', () => {
		it.each([
			['fine', undefined],
			['expiring', undefined],
			['rolesMissing', undefined],
			['noGroup', [400, 'invalid_grant', 50020, undefined]],
			['contractOnly', [400, 'invalid_grant', 50020, undefined]],
			['noConsent', [400, 'invalid_grant', 65001, 'consent_required']],
			['appConsentOnly', [400, 'invalid_grant', 65001, 'consent_required']],
			['blocked', [400, 'invalid_grant', 53003, 'message_only']],
		] as const)('%s: %j', async (customer, expected) => {
			const answer = await harness.redeem(await harness.signIn(), CUSTOMERS[customer]);
			if (expected) expect(refusal(answer)).toEqual(expected);
			else expect(answer.status).toBe(200);
		});

		it('are strangers under either number, and named by no address', async () => {
			harness.microsoft.sessions.strangers = 50177;
			const { body } = await harness.redeem(await harness.signIn(), CUSTOMERS.noGroup);
			expect(body.error_codes).toEqual([50177]);
			expect(body.error_description).toContain("does not exist in tenant 'Anchor Freight'");
			expect(body.error_description).not.toContain(PARTNER_SERVICE_USER);
		});

		it('gain and lose access with their groups, the relationship, and its end', async () => {
			const token = await harness.signIn();
			const { partner: directory } = partner();
			const code = async (customer: string) => (await harness.redeem(token, customer)).body.error_codes?.[0];
			directory?.assign(CUSTOMERS.noGroup, PARTNER_GROUPS.automation, [ROLE_TEMPLATES.globalReader, ROLE_TEMPLATES.userAdministrator]);
			const claims = claimsOf(await harness.tokenIn(CUSTOMERS.noGroup, token));
			// User Administrator is no role of the relationship.
			expect(claims.wids).toEqual([ROLE_TEMPLATES.globalReader]);
			directory?.unassign(CUSTOMERS.noGroup, PARTNER_GROUPS.automation);
			expect(await code(CUSTOMERS.noGroup)).toBe(50020);

			expect(await code(CUSTOMERS.fine)).toBeUndefined();
			partner().removeMember(PARTNER_GROUPS.automation, partner().findUser(PARTNER_SERVICE_USER)?.id ?? '');
			expect(await code(CUSTOMERS.fine)).toBe(50020);
			partner().addMember(PARTNER_GROUPS.gdapReaders, { type: 'user', id: partner().findUser(PARTNER_SERVICE_USER)?.id ?? '' });
			expect(await code(CUSTOMERS.fine)).toBeUndefined();
			directory?.updateRelationship(CUSTOMERS.fine, { status: 'terminated' });
			expect(await code(CUSTOMERS.fine)).toBe(50020);

			expect(await code(CUSTOMERS.expiring)).toBeUndefined();
			harness.clock.advance(20 * DAY);
			expect(await code(CUSTOMERS.expiring)).toBe(50020);
		});

		it('need a second factor where the customer asks for it, and have it from their sign-in', async () => {
			harness.microsoft.world.tenant(CUSTOMERS.fine).conditionalAccess = 'requireMfa';
			expect((await harness.redeem(await harness.signIn(), CUSTOMERS.fine)).status).toBe(200);
			harness.microsoft.sessions.mfa = false;
			const refused = await harness.redeem(await harness.signIn(), CUSTOMERS.fine);
			expect(refusal(refused)).toEqual([400, 'interaction_required', 50076, 'basic_action']);
		});

		it('are refused a permission that was not consented to', async () => {
			const token = await harness.signIn();
			expect((await harness.redeem(token, CUSTOMERS.fine, { scope: 'https://graph.microsoft.com/User.Read.All' })).status).toBe(200);
			expect((await harness.redeem(token, CUSTOMERS.fine, { scope: 'Mail.Read' })).body.error_codes).toEqual([65001]);
		});

		it('cannot act through an app that the customer disabled', async () => {
			const principal = harness.microsoft.world.tenant(CUSTOMERS.fine).servicePrincipals.find((each) => each.appId === PARTNER_APP_ID);
			Object.assign(principal ?? {}, { enabled: false });
			expect((await harness.redeem(await harness.signIn(), CUSTOMERS.fine)).body.error_codes).toEqual([7000112]);
		});

		it('are not needed where the app has permissions of its own', async () => {
			for (const tenant of [CUSTOMERS.appConsentOnly, CUSTOMERS.fine]) {
				const token = await harness.token(PARTNER_APP_ID, tenant);
				expect(claimsOf(token)).toMatchObject({ idtyp: 'app', roles: expect.arrayContaining(['User.Read.All']) });
				expect((await harness.get('/users', { token })).body.value).toHaveLength(3);
			}
		});
	});
});
