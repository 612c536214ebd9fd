import { constants, createHash, createPrivateKey, sign, X509Certificate } from 'node:crypto';
import { createAppCertificate } from '../../../../simulators/base/certificates';
import { manualClock } from '../../../../simulators/graph';
import {
	EXPIRED_SECRET,
	HARBOR_TENANT_ID,
	LABS_TENANT_ID,
	PIERVIEW_TENANT_ID,
	SAMPLE_APPS,
	smallWorld,
	VALID_SECRET,
	VALID_SECRET_ID,
} from '../../../../simulators/world';
import { startHarness, type Answer, type Harness } from './setup';

const SCOPE = 'https://graph.microsoft.com/.default';
const ASSERTION_TYPE = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';

describe('the Entra sign-in simulator', () => {
	const certificate = createAppCertificate();
	const stranger = createAppCertificate('not-registered');
	const clock = manualClock();
	let harness: Harness;
	beforeAll(async () => {
		harness = await startHarness({ clock, world: smallWorld({ certificates: [certificate.cert] }) });
	});
	afterAll(async () => await harness.stop());

	const post = async (form: Record<string, string>, tenant: string = HARBOR_TENANT_ID): Promise<Answer> =>
		await harness.send(`${harness.microsoft.login.origin}/${tenant}/oauth2/v2.0/token?client-request-id=3f0d1c3a-7b6e-4c55-9d1f-8a7b6c5d0e00`, {
			method: 'POST',
			headers: { 'content-type': 'application/x-www-form-urlencoded' },
			body: new URLSearchParams(form).toString(),
		});
	const withSecret = (more: Record<string, string> = {}) => ({
		grant_type: 'client_credentials',
		client_id: SAMPLE_APPS.consented,
		client_secret: VALID_SECRET,
		scope: SCOPE,
		...more,
	});
	const claimsOf = (token: string) => JSON.parse(Buffer.from(token.split('.')[1], 'base64url').toString('utf8'));

	it('describes a tenant, by id or domain whatever its case, with an issuer of its own origin', async () => {
		const { origin } = harness.microsoft.login;
		for (const name of [HARBOR_TENANT_ID, HARBOR_TENANT_ID.toUpperCase(), 'HarborDental.example', 'harbordental.onmicrosoft.com']) {
			const { status, body } = await harness.send(`${origin}/${name}/v2.0/.well-known/openid-configuration`);
			expect(status).toBe(200);
			expect(body).toMatchObject({
				issuer: `${origin}/${HARBOR_TENANT_ID}/v2.0`,
				token_endpoint: `${origin}/${HARBOR_TENANT_ID}/oauth2/v2.0/token`,
				jwks_uri: expect.stringContaining(origin),
				authorization_endpoint: expect.stringContaining(origin),
			});
		}
		const unknown = await harness.send(`${origin}/nobody.example/v2.0/.well-known/openid-configuration`);
		expect([unknown.status, unknown.body.error, unknown.body.error_codes]).toEqual([400, 'invalid_tenant', [90002]]);
	});

	it('gives a consented app a token with its roles, and nothing that it does not need', async () => {
		const { status, body, headers } = await post(withSecret());
		expect(status).toBe(200);
		expect(body).toEqual({ token_type: 'Bearer', expires_in: 3599, ext_expires_in: 3599, access_token: expect.any(String) });
		expect(claimsOf(body.access_token)).toMatchObject({
			aud: 'https://graph.microsoft.com',
			iss: `https://sts.windows.net/${HARBOR_TENANT_ID}/`,
			appid: SAMPLE_APPS.consented,
			appidacr: '1',
			idtyp: 'app',
			tid: HARBOR_TENANT_ID,
			roles: expect.arrayContaining(['User.Read.All']),
			ver: '1.0',
		});
		expect(headers.get('cache-control')).toBe('no-store, no-cache');
	});

	it('gives an app without consent a token without roles, and Graph refuses it', async () => {
		const { status, body } = await post(withSecret({ client_id: SAMPLE_APPS.withoutConsent }));
		expect(status).toBe(200);
		expect(claimsOf(body.access_token)).not.toHaveProperty('roles');
		const refused = await harness.get('/users', { token: body.access_token });
		expect([refused.status, refused.body.error.code]).toEqual([403, 'Authorization_RequestDenied']);
	});

	it.each([
		['an unknown tenant', withSecret(), 'c0ffee00-0000-4000-8000-000000000000', 400, 'invalid_request', 90002],
		['a tenant that is no name at all', withSecret(), 'my tenant', 400, 'invalid_request', 900023],
		['an app that is not in this tenant', withSecret(), PIERVIEW_TENANT_ID, 400, 'unauthorized_client', 700016],
		['an app that nobody registered', withSecret({ client_id: HARBOR_TENANT_ID }), HARBOR_TENANT_ID, 400, 'unauthorized_client', 700016],
		['a disabled app', withSecret({ client_id: SAMPLE_APPS.disabled }), HARBOR_TENANT_ID, 400, 'unauthorized_client', 7000112],
		['a wrong secret', withSecret({ client_secret: 'wrong' }), HARBOR_TENANT_ID, 401, 'invalid_client', 7000215],
		['the id of the secret', withSecret({ client_secret: VALID_SECRET_ID }), HARBOR_TENANT_ID, 401, 'invalid_client', 7000215],
		['an expired secret', withSecret({ client_secret: EXPIRED_SECRET }), HARBOR_TENANT_ID, 401, 'invalid_client', 7000222],
		['no credential', withSecret({ client_secret: '' }), HARBOR_TENANT_ID, 401, 'invalid_client', 7000218],
		['a single permission as scope', withSecret({ scope: 'https://graph.microsoft.com/User.Read.All' }), HARBOR_TENANT_ID, 400, 'invalid_scope', 1002012],
		['two scopes', withSecret({ scope: `${SCOPE} openid` }), HARBOR_TENANT_ID, 400, 'invalid_scope', 70011],
		['the scope of an unknown resource', withSecret({ scope: 'https://nowhere.example/.default' }), HARBOR_TENANT_ID, 400, 'invalid_resource', 500011],
		['no scope', withSecret({ scope: '' }), HARBOR_TENANT_ID, 400, 'invalid_request', 900144],
		['another grant', withSecret({ grant_type: 'password' }), HARBOR_TENANT_ID, 400, 'unsupported_grant_type', 70003],
	])('refuses %s', async (_what, form, tenant, status, error, number) => {
		const answer = await post(form, encodeURIComponent(tenant));
		expect([answer.status, answer.body.error, answer.body.error_codes]).toEqual([status, error, [number]]);
		expect(answer.body).toEqual({
			error,
			error_description: expect.stringMatching(
				new RegExp(`^AADSTS${number}: .+ Trace ID: [0-9a-f-]{36} Correlation ID: 3f0d1c3a-7b6e-4c55-9d1f-8a7b6c5d0e00 Timestamp: \\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\dZ$`),
			),
			error_codes: [number],
			timestamp: expect.stringMatching(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\dZ$/),
			trace_id: expect.any(String),
			correlation_id: '3f0d1c3a-7b6e-4c55-9d1f-8a7b6c5d0e00',
			error_uri: `https://login.microsoftonline.com/error?code=${number}`,
		});
		expect(JSON.stringify(answer.body)).not.toContain(VALID_SECRET);
	});

	it('takes nonsense in the path for a tenant that is no name', async () => {
		expect((await post(withSecret(), '%E0%A4%A')).body.error_codes).toEqual([900023]);
	});

	it('names the directory, not its id, when the app is not in it', async () => {
		const { body } = await post(withSecret(), PIERVIEW_TENANT_ID);
		expect(body.error_description).toContain("was not found in the directory 'Pier View Realty'");
	});

	it('reads forms only', async () => {
		const answer = await harness.send(`${harness.microsoft.login.origin}/${HARBOR_TENANT_ID}/oauth2/v2.0/token`, {
			method: 'POST',
			headers: { 'content-type': 'application/json' },
			body: JSON.stringify(withSecret()),
		});
		expect(answer.body.error_codes).toEqual([900144]);
	});

	it('revokes consent with the app, and Graph stops knowing the caller', async () => {
		const token = await harness.token(SAMPLE_APPS.consented, LABS_TENANT_ID);
		harness.microsoft.world.tenant(LABS_TENANT_ID).removeApp(SAMPLE_APPS.consented);
		const refused = await harness.get('/users', { token });
		expect([refused.status, refused.body.error.code]).toEqual([401, 'Authorization_IdentityNotFound']);
		expect((await post(withSecret(), LABS_TENANT_ID)).body.error_codes).toEqual([700016]);
		harness.microsoft.world.tenant(LABS_TENANT_ID).consent(SAMPLE_APPS.consented, ['User.Read.All']);
		expect((await harness.get('/users', { token: await harness.token(SAMPLE_APPS.consented, LABS_TENANT_ID) })).status).toBe(200);
	});

	describe('with a certificate', () => {
		interface Assertion {
			header?: Record<string, unknown>;
			claims?: Record<string, unknown>;
			key?: string;
			signature?: string;
		}
		const thumbprint = (pem: string, algorithm: string) => createHash(algorithm).update(new X509Certificate(pem).raw).digest('base64url');
		const assertion = ({ header, claims, key = certificate.key, signature }: Assertion = {}) => {
			const now = Math.floor(clock.now() / 1000);
			const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
			const head = { alg: 'PS256', typ: 'JWT', 'x5t#S256': thumbprint(certificate.cert, 'sha256'), ...header };
			const signed = `${encode(head)}.${encode({
				aud: `${harness.microsoft.login.origin}/${HARBOR_TENANT_ID}/oauth2/v2.0/token`,
				iss: SAMPLE_APPS.consented,
				sub: SAMPLE_APPS.consented,
				jti: 'e2b9d3f4-0000-4000-8000-000000000001',
				nbf: now,
				iat: now,
				exp: now + 600,
				...claims,
			})}`;
			const padding =
				head.alg === 'RS256'
					? { padding: constants.RSA_PKCS1_PADDING }
					: { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: constants.RSA_PSS_SALTLEN_DIGEST };
			const made = sign('sha256', Buffer.from(signed), { key: createPrivateKey(key), ...padding }).toString('base64url');
			return `${signed}.${signature ?? made}`;
		};
		const signIn = async (text: string) =>
			await post({
				grant_type: 'client_credentials',
				client_id: SAMPLE_APPS.consented,
				client_assertion_type: ASSERTION_TYPE,
				client_assertion: text,
				scope: SCOPE,
			});
		const seconds = (offset: number) => Math.floor(clock.now() / 1000) + offset;

		it('takes PS256 with the SHA-256 thumbprint, and RS256 with the SHA-1 thumbprint', async () => {
			const modern = await signIn(assertion());
			expect(claimsOf(modern.body.access_token).appidacr).toBe('2');
			const legacy = await signIn(assertion({ header: { alg: 'RS256', 'x5t#S256': undefined, x5t: thumbprint(certificate.cert, 'sha1') } }));
			expect(legacy.status).toBe(200);
		});

		it('takes the issuer as audience', async () => {
			const aud = `${harness.microsoft.login.origin}/${HARBOR_TENANT_ID}/v2.0`;
			expect((await signIn(assertion({ claims: { aud } }))).status).toBe(200);
		});

		it.each<[string, () => string, number, RegExp]>([
			['a certificate that is not registered', () => assertion({ key: stranger.key, header: { 'x5t#S256': thumbprint(stranger.cert, 'sha256') } }), 700027, /\[Reason - The key was not found\., Thumbprint/],
			['a signature by another key', () => assertion({ key: stranger.key }), 700027, /\[Reason - The key was found, but use of the key to verify the signature failed\./],
			['RS256 under a header that says PS256', () => assertion({ signature: assertion({ header: { alg: 'RS256' } }).split('.')[2] }), 700027, /Reason/],
			['an assertion that ended', () => assertion({ claims: { nbf: seconds(-1200), exp: seconds(-600) } }), 700024, /not within its valid time range/],
			['an assertion that begins in an hour', () => assertion({ claims: { nbf: seconds(3600), exp: seconds(4200) } }), 700024, /not within its valid time range/],
			['another algorithm', () => assertion({ header: { alg: 'HS256' } }), 50027, /malformed/],
			['no thumbprint', () => assertion({ header: { 'x5t#S256': undefined } }), 50027, /thumbprint/],
			['something that is no JWT', () => 'nonsense', 50027, /malformed/],
			['an assertion for another tenant', () => assertion({ claims: { aud: `${harness.microsoft.login.origin}/${LABS_TENANT_ID}/oauth2/v2.0/token` } }), 700023, /audience/],
			['an assertion about another app', () => assertion({ claims: { sub: SAMPLE_APPS.usersOnly, iss: SAMPLE_APPS.usersOnly } }), 700021, /client_id/],
			['an issuer that is not the subject', () => assertion({ claims: { iss: SAMPLE_APPS.usersOnly } }), 700021, /client_id/],
		])('refuses %s', async (_what, make, number, text) => {
			const { status, body } = await signIn(make());
			expect([status, body.error, body.error_codes]).toEqual([401, 'invalid_client', [number]]);
			expect(body.error_description).toMatch(text);
		});
	});

	describe('tokens at Graph', () => {
		it.each([
			['no token', '', 'Access token is empty.'],
			['no JWT', 'Bearer nonsense', 'CompactToken parsing failed with error code: 80049217'],
			['a token that somebody else signed', 'Bearer eyJhbGciOiJIUzI1NiJ9.e30.AAAA', 'Access token validation failure. Invalid signature.'],
		])('refuses %s, with a challenge', async (_what, authorization, message) => {
			const answer = await harness.send(`${harness.microsoft.graph.origin}/v1.0/users`, { headers: authorization ? { authorization } : {} });
			expect([answer.status, answer.body.error.code, answer.body.error.message]).toEqual([401, 'InvalidAuthenticationToken', message]);
			expect(answer.headers.get('www-authenticate')).toContain('Bearer realm=""');
		});

		it('refuses a token for another audience', async () => {
			const { body } = await post(withSecret({ scope: 'https://management.azure.com/.default' }));
			const answer = await harness.get('/users', { token: body.access_token });
			expect([answer.status, answer.body.error.message]).toEqual([401, 'Access token validation failure. Invalid audience.']);
		});

		it('takes a token for its own address', async () => {
			const { body } = await post(withSecret({ scope: `${harness.microsoft.graph.origin}/.default` }));
			expect((await harness.get('/users', { token: body.access_token })).status).toBe(200);
		});

		it('refuses an expired token, and one that was revoked, until the app signs in again', async () => {
			harness.microsoft.tokens.lifetimeSeconds = 60;
			const token = await harness.token();
			expect((await harness.get('/users', { token })).status).toBe(200);
			clock.advance(60_000);
			const expired = await harness.get('/users', { token });
			expect([expired.status, expired.body.error.message]).toEqual([401, 'Lifetime validation failed, the token is expired.']);
			const fresh = await harness.token();
			harness.microsoft.tokens.revokeAll();
			expect((await harness.get('/users', { token: fresh })).status).toBe(401);
			expect((await harness.get('/users', { token: await harness.token() })).status).toBe(200);
			harness.microsoft.tokens.lifetimeSeconds = 3599;
		});

		it('does not know an app whose service principal has not arrived', async () => {
			const answer = await harness.get('/users', { token: await harness.token(SAMPLE_APPS.unknownToGraph) });
			expect([answer.status, answer.body.error.code]).toEqual([401, 'Authorization_IdentityNotFound']);
		});
	});
});
