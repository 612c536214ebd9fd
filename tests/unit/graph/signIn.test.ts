import { decodeProtectedHeader } from './jwt';
import { createAppCertificate } from '../../../simulators/base/certificates';
import { signIn } from '../../../sync/source/graph/signIn/signIn';
import { app, CLIENT_ID, failureOf, networkError, SECRET, Service, TENANT, TestClock, token } from './service';

const answer = (number: number, status = 400, extra: Record<string, unknown> = {}) => ({
	status,
	body: { error: 'invalid_request', error_description: `AADSTS${number}: some text Trace ID: t`, error_codes: [number], ...extra },
});

describe('signing in', () => {
	const signedIn = (service: Service, clock = new TestClock(), change = {}) =>
		signIn(app(change), TENANT, { transport: service.transport, clock, random: () => 0 });

	it('sends one token request and nothing else to Microsoft’s clouds', async () => {
		for (const [cloud, host, scope] of [
			['global', 'login.microsoftonline.com', 'https://graph.microsoft.com/.default'],
			['usGovL4', 'login.microsoftonline.us', 'https://graph.microsoft.us/.default'],
			['usGovL5', 'login.microsoftonline.us', 'https://dod-graph.microsoft.us/.default'],
			['china', 'login.partner.microsoftonline.cn', 'https://microsoftgraph.chinacloudapi.cn/.default'],
		] as const) {
			const service = new Service();
			await signedIn(service, undefined, { cloud }).token();
			expect(service.seen).toHaveLength(1);
			const [{ url, method, body }] = service.seen;
			expect(method).toBe('POST');
			expect(url.split('?')[0]).toBe(`https://${host}/${TENANT}/oauth2/v2.0/token`);
			const form = new URLSearchParams(body);
			expect(form.get('grant_type')).toBe('client_credentials');
			expect(form.get('client_id')).toBe(CLIENT_ID);
			expect(form.get('client_secret')).toBe(SECRET);
			expect(form.get('scope')?.split(' ')).toContain(scope);
		}
	});

	it('proves itself with PS256 and the SHA-256 thumbprint of the certificate', async () => {
		const pair = createAppCertificate();
		const service = new Service();
		await signedIn(service, undefined, { proof: { kind: 'certificate', certificate: pair.cert, privateKey: pair.key } }).token();
		const form = new URLSearchParams(service.seen[0].body);
		expect(form.get('client_secret')).toBeNull();
		expect(form.get('client_assertion_type')).toBe('urn:ietf:params:oauth:client-assertion-type:jwt-bearer');
		expect(decodeProtectedHeader(form.get('client_assertion')!)).toMatchObject({
			alg: 'PS256',
			'x5t#S256': Buffer.from(pair.thumbprintSha256, 'hex').toString('base64url'),
		});
	});

	it('keeps a token until five minutes before its end, and fetches one for many at a time', async () => {
		const service = new Service();
		const clock = new TestClock();
		const source = signedIn(service, clock);
		await Promise.all([source.token(), source.token(), source.token()]);
		expect(service.signIns).toBe(1);
		clock.pass(3_298_000);
		await source.token();
		expect(service.signIns).toBe(1);
		clock.pass(2_000);
		await source.token();
		expect(service.signIns).toBe(2);
		await source.token({ renew: true });
		expect(service.signIns).toBe(3);
	});

	it('tries again after the service failed, which msal alone would refuse for a minute', async () => {
		const service = new Service();
		service.signInAnswer = (attempt) =>
			[{ status: 503, body: 'Service Unavailable' }, { status: 429, headers: { 'retry-after': '2.5' }, body: {} }, networkError('ECONNRESET')][attempt - 1] ?? {
				body: { token_type: 'Bearer', expires_in: 3599, access_token: token() },
			};
		const clock = new TestClock();
		expect((await signedIn(service, clock).token()).value).toBe(token());
		expect(clock.sleeps).toEqual([500, 2500, 2000]);
	});

	it.each([
		[90002, 400, `Microsoft Entra knows no tenant "${TENANT}".`, 'Check the tenant ID'],
		[900023, 400, `"${TENANT}" is neither a tenant ID nor a domain.`, 'Give the tenant ID'],
		[
			700016,
			400,
			`The app ${CLIENT_ID} is not in tenant ${TENANT}.`,
			`https://login.microsoftonline.com/${TENANT}/adminconsent?client_id=${CLIENT_ID}`,
		],
		[7000215, 401, `The client secret of app ${CLIENT_ID} is wrong.`, 'paste its value, not its ID'],
		[7000222, 401, `The client secret of app ${CLIENT_ID} has expired.`, 'Create a new client secret'],
		[7000112, 401, `The app ${CLIENT_ID} is disabled in tenant ${TENANT}.`, 'Enterprise applications'],
		[53003, 400, `A Conditional Access policy of tenant ${TENANT} blocks the app ${CLIENT_ID}.`, 'workload identities'],
		[65001, 400, `Nobody has consented to the app ${CLIENT_ID} in tenant ${TENANT}.`, '/adminconsent?client_id='],
		[700024, 401, 'Microsoft Entra refused the proof of the certificate as not valid at this time.', 'Check the clock'],
		[599999, 400, `Signing in to tenant ${TENANT} was refused (AADSTS599999).`, 'Look up AADSTS599999'],
	])('names the fault behind AADSTS%i', async (number, status, message, remedy) => {
		const service = new Service();
		service.signInAnswer = () => answer(number, status);
		const error = await failureOf(signedIn(service).token());
		expect(error.message).toBe(message);
		expect(error.remedy).toContain(remedy);
		expect(error).toMatchObject({ name: 'SyncError', class: 'configuration', code: `AADSTS${number}`, tenantId: TENANT, httpStatus: status });
		expect(service.signIns).toBe(1);
	});

	it('recognises the ID of a secret that was pasted instead of its value', async () => {
		const service = new Service();
		service.signInAnswer = () => answer(7000215, 401);
		const error = await failureOf(signedIn(service, undefined, { proof: { kind: 'secret', secret: '7e1f0000-1111-4aaa-8bbb-000000000001' } }).token());
		expect(error.message).toBe(`The client secret of app ${CLIENT_ID} is wrong: it looks like the secret's ID, not its value.`);
		expect(error.remedy).toContain('copy the column "Value"');
	});

	it('names the thumbprint of a certificate that is not registered', async () => {
		const pair = createAppCertificate();
		const service = new Service();
		service.signInAnswer = () => answer(700027, 401);
		const error = await failureOf(signedIn(service, undefined, { proof: { kind: 'certificate', certificate: pair.cert, privateKey: pair.key } }).token());
		expect(error.message).toContain(`(SHA-256 ${pair.thumbprintSha256}) is not registered for app ${CLIENT_ID}.`);
	});

	it.each([
		['ENOTFOUND', 'the host name is not known', 'unavailable', 7],
		['ECONNREFUSED', 'the connection was refused', 'unavailable', 7],
		['SELF_SIGNED_CERT_IN_CHAIN', 'its TLS certificate comes from an authority that is not trusted here', 'configuration', 1],
		['ERR_TLS_CERT_ALTNAME_INVALID', 'its TLS certificate is for another host name', 'configuration', 1],
	])('says what the network did: %s', async (code, text, errorClass, tries) => {
		const service = new Service();
		service.signInAnswer = () => networkError(code);
		const error = await failureOf(signedIn(service).token());
		expect(error.message).toBe(`Signing in at login.microsoftonline.com failed: ${text}.`);
		expect(error.class).toBe(errorClass);
		expect(service.signIns).toBe(tries);
	});

	it('takes neither a captive portal nor an empty answer for a token', async () => {
		for (const body of ['<html>Welcome to the hotel</html>', {}]) {
			const service = new Service();
			service.signInAnswer = () => ({ body });
			const error = await failureOf(signedIn(service).token());
			expect(error.message).toBe('login.microsoftonline.com answered the sign-in with something that is not a token.');
		}
	});

	it('asks a login server of one’s own for its addresses, and nobody else', async () => {
		const origin = 'https://localhost:8443';
		const service = new Service(() => ({
			body: {
				issuer: `${origin}/${TENANT}/v2.0`,
				authorization_endpoint: `${origin}/${TENANT}/oauth2/v2.0/authorize`,
				token_endpoint: `${origin}/${TENANT}/oauth2/v2.0/token`,
				jwks_uri: `${origin}/${TENANT}/discovery/v2.0/keys`,
			},
		}));
		await signedIn(service, undefined, { loginAddress: `${origin}/` }).token();
		expect(service.seen.map(({ url }) => url.split('?')[0])).toEqual([
			`${origin}/${TENANT}/v2.0/.well-known/openid-configuration`,
			`${origin}/${TENANT}/oauth2/v2.0/token`,
		]);
	});

	it.each(['', 'not a tenant', 'contoso', 'a/../b.com', '../x', 'common'])('refuses "%s" as a tenant before anything is sent', (tenant) => {
		expect(() => signIn(app(), tenant)).toThrow(/tenant/);
	});

	it('refuses addresses without TLS', () => {
		expect(() => signIn(app({ loginAddress: 'http://localhost:8080' }), TENANT)).toThrow('is not an https address');
	});

	it('lets one execution sign in although another one was cancelled while it did so for both', async () => {
		const cancelled = new AbortController();
		const service = new Service();
		service.signInAnswer = (attempt) => {
			if (attempt === 1) cancelled.abort(new Error('cancelled'));
			return attempt === 1 ? cancelled.signal.reason : { body: { expires_in: 3599, access_token: token() } };
		};
		const source = signedIn(service);
		const first = failureOf(source.token({ signal: cancelled.signal }));
		const second = source.token();
		expect((await first).message).toBe('cancelled');
		expect((await second).value).toBe(token());
	});
});
