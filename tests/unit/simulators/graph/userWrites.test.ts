import { createAuthority } from '../../../../simulators/base/certificates';
import { manualClock } from '../../../../simulators/graph';
import { DOMAIN, HARBOR_TENANT_ID, PEOPLE, SAMPLE_APPS, type TenantDirectory } from '../../../../simulators/world';
import { startHarness, type Answer, type Harness } from './setup';

describe('writes to users of the Graph simulator', () => {
	const authority = createAuthority();
	let harness: Harness;
	let harbor: TenantDirectory;
	let clock: ReturnType<typeof manualClock>;
	beforeEach(async () => {
		clock = manualClock();
		harness = await startHarness({ authority, clock });
		harbor = harness.microsoft.world.tenant(HARBOR_TENANT_ID);
	});
	afterEach(async () => await harness.stop());

	const write = async (method: 'PATCH' | 'POST', path: string, body?: unknown, options: { app?: string; contentType?: string } = {}): Promise<Answer> =>
		await harness.send(`${harness.microsoft.graph.origin}/v1.0${path}`, {
			method,
			headers: { authorization: `Bearer ${await harness.token(options.app)}`, 'content-type': options.contentType ?? 'application/json' },
			body: typeof body === 'string' ? body : JSON.stringify(body),
		});
	const patch = async (id: string, body: unknown, options?: { app?: string; contentType?: string }) => await write('PATCH', `/users/${id}`, body, options);
	const refusal = ({ status, body }: Answer) => [status, body.error?.code, body.error?.message];
	/** Consents to these alone, and answers with the app that has them. */
	const appWith = (...roles: string[]) => {
		harbor.consent(SAMPLE_APPS.usersOnly, roles);
		return { app: SAMPLE_APPS.usersOnly };
	};
	const DENIED = [403, 'Authorization_RequestDenied', 'Insufficient privileges to complete the operation.'];
	const PASSWORD = { passwordProfile: { password: 'Tide-and-harbor-7', forceChangePasswordNextSignIn: true } };

	it('sets a password, keeps it to itself, and ends the sessions', async () => {
		const before = harbor.findUser(PEOPLE.zoe)?.lastPasswordChangeDateTime;
		clock.advance(60_000);
		const answer = await patch(PEOPLE.zoe, PASSWORD);
		expect([answer.status, answer.body]).toEqual([204, '']);
		expect(harbor.passwordOf(PEOPLE.zoe)).toBe('Tide-and-harbor-7');
		const { body } = await harness.get(`/users/${PEOPLE.zoe}?$select=passwordProfile,lastPasswordChangeDateTime,signInSessionsValidFromDateTime`);
		expect(body).toMatchObject({
			passwordProfile: { forceChangePasswordNextSignIn: true },
			lastPasswordChangeDateTime: '2026-11-22T08:01:00Z',
			signInSessionsValidFromDateTime: '2026-11-22T08:01:00Z',
		});
		expect(before).not.toBe(body.lastPasswordChangeDateTime);
		expect(JSON.stringify(body)).not.toContain('Tide-and-harbor-7');
	});

	it('asks for a new password at the next sign-in without setting one', async () => {
		expect((await patch(PEOPLE.zoe, { passwordProfile: { forceChangePasswordNextSignIn: true } })).status).toBe(204);
		expect(harbor.passwordOf(PEOPLE.zoe)).toBeUndefined();
		expect(harbor.findUser(PEOPLE.zoe)).toMatchObject({ passwordProfile: { forceChangePasswordNextSignIn: true }, lastPasswordChangeDateTime: '2026-08-14T07:45:00Z' });
	});

	it('disables and enables, which a delta query tells', async () => {
		const { body } = await harness.get('/users/delta?$deltatoken=latest&$select=accountEnabled');
		expect((await patch('zoe.mueller@harbordental.example', { accountEnabled: false })).status).toBe(204);
		expect((await harness.get(body['@odata.deltaLink'])).body.value).toEqual([{ id: PEOPLE.zoe, accountEnabled: false }]);
		expect((await patch(PEOPLE.zoe, { accountEnabled: true })).status).toBe(204);
		expect(harbor.findUser(PEOPLE.zoe)?.accountEnabled).toBe(true);
	});

	it('revokes sessions', async () => {
		clock.advance(1000);
		const answer = await write('POST', `/users/${PEOPLE.zoe}/revokeSignInSessions`);
		expect([answer.status, answer.body]).toEqual([200, { '@odata.context': `${harness.microsoft.graph.origin}/v1.0/$metadata#Edm.Boolean`, value: true }]);
		expect(harbor.findUser(PEOPLE.zoe)?.signInSessionsValidFromDateTime).toBe('2026-11-22T08:00:01Z');
		expect((await harness.get(`/users/${PEOPLE.zoe}/revokeSignInSessions`)).status).toBe(405);
	});

	it.each([
		['passwordProfile', ['User-PasswordProfile.ReadWrite.All'], 204],
		['passwordProfile', ['User.ReadWrite.All', 'Directory.ReadWrite.All', 'User.EnableDisableAccount.All'], 403],
		['accountEnabled', ['User.EnableDisableAccount.All', 'User.Read.All'], 204],
		['accountEnabled', ['User.EnableDisableAccount.All'], 403],
		['accountEnabled', ['User.Read.All'], 403],
		['accountEnabled', ['User.ReadWrite.All'], 204],
		['accountEnabled', ['User-PasswordProfile.ReadWrite.All'], 403],
		['revoke', ['User.RevokeSessions.All'], 200],
		['revoke', ['User.Read.All'], 403],
	])('guards %s: with %j it answers %d', async (what, roles, status) => {
		const app = appWith(...roles);
		const answer =
			what === 'revoke'
				? await write('POST', `/users/${PEOPLE.zoe}/revokeSignInSessions`, undefined, app)
				: await patch(PEOPLE.zoe, what === 'accountEnabled' ? { accountEnabled: true } : PASSWORD, app);
		expect(answer.status).toBe(status);
	});

	it('keeps administrators out of reach: role holders, and members of a group that holds a role', async () => {
		for (const id of [PEOPLE.ada, PEOPLE.omar]) {
			expect(refusal(await patch(id, PASSWORD))).toEqual(DENIED);
			expect(refusal(await patch(id, { accountEnabled: false }))).toEqual(DENIED);
			expect(harbor.findUser(id)?.accountEnabled).toBe(true);
		}
		harness.microsoft.settings.writes.administrators = 'allowed';
		expect((await patch(PEOPLE.ada, PASSWORD)).status).toBe(204);
	});

	it('can want a role for plain people, too', async () => {
		harness.microsoft.settings.writes.people = 'refused';
		expect(refusal(await patch(PEOPLE.zoe, PASSWORD))).toEqual(DENIED);
	});

	it('refuses people who are synchronised from the premises, and passwords of federated ones', async () => {
		harbor.updateUser(PEOPLE.zoe, { onPremisesSyncEnabled: true });
		for (const body of [PASSWORD, { accountEnabled: false }]) {
			const answer = await patch(PEOPLE.zoe, body);
			expect([answer.status, answer.body.error.code]).toEqual([400, 'Request_BadRequest']);
			expect(answer.body.error.message).toContain('on-premises mastered Directory Sync objects');
		}
		harbor.setAuthenticationType(DOMAIN, 'Federated');
		expect((await patch(PEOPLE.sean, PASSWORD)).body.error.message).toContain('federated domain');
		expect(harbor.passwordOf(PEOPLE.sean)).toBeUndefined();
		expect((await patch(PEOPLE.sean, { accountEnabled: false })).status).toBe(204);
		expect((await harness.list('/domains')).find(({ id }) => id === DOMAIN).authenticationType).toBe('Federated');
	});

	it.each(['Short1!', 'alllowercase', 'UPPERCASE123', `Aa1${'x'.repeat(254)}`])('refuses the password %s', async (password) => {
		const answer = await patch(PEOPLE.zoe, { passwordProfile: { password } });
		expect(refusal(answer)).toEqual([400, 'Request_BadRequest', 'The specified password does not comply with password complexity requirements. Please provide a different password.']);
		expect(harbor.passwordOf(PEOPLE.zoe)).toBeUndefined();
	});

	it.each([
		[{ shoeSize: 9 }, 400, "Property 'shoeSize' does not exist as a declared property or extension property."],
		[{ createdDateTime: '2020-01-01T00:00:00Z' }, 400, "Property 'createdDateTime' is read-only and cannot be set."],
		[{ accountEnabled: 'no' }, 400, "Invalid value specified for property 'accountEnabled' of resource 'User'."],
		[{ passwordProfile: { password: 7 } }, 400, "Invalid value specified for property 'passwordProfile' of resource 'User'."],
		[{ passwordProfile: { pasword: 'Tide-and-harbor-7' } }, 400, "Invalid value specified for property 'passwordProfile' of resource 'User'."],
		[{ passwordProfile: null }, 400, "Invalid value specified for property 'passwordProfile' of resource 'User'."],
		['{"accountEnabled":', 400, 'Unable to read JSON request payload. Please ensure Content-Type header is set and payload is of valid JSON format.'],
		['[]', 400, 'Empty Payload. JSON content expected.'],
		[{ displayName: 'Zoe' }, 501, 'The simulator does not know how displayName of a user is written.'],
	])('refuses the body %j', async (body, status, message) => {
		const answer = await patch(PEOPLE.zoe, body);
		expect([answer.status, answer.body.error.message]).toEqual([status, message]);
	});

	it('refuses a body of another type, and an unknown user', async () => {
		expect((await patch(PEOPLE.zoe, { accountEnabled: false }, { contentType: 'text/plain' })).status).toBe(400);
		expect((await patch(PEOPLE.rita, { accountEnabled: false })).body.error.code).toBe('Request_ResourceNotFound');
		expect((await write('POST', `/users/${PEOPLE.rita}/revokeSignInSessions`)).status).toBe(404);
	});

	it('writes all of a body or nothing', async () => {
		const answer = await patch(PEOPLE.zoe, { accountEnabled: false, passwordProfile: { password: 'short' } });
		expect(answer.status).toBe(400);
		expect(harbor.findUser(PEOPLE.zoe)?.accountEnabled).toBe(true);
		expect((await patch(PEOPLE.zoe, { accountEnabled: false, ...PASSWORD })).status).toBe(204);
		expect([harbor.findUser(PEOPLE.zoe)?.accountEnabled, harbor.passwordOf(PEOPLE.zoe)]).toEqual([false, 'Tide-and-harbor-7']);
	});

	it('takes three thousand writes in two and a half minutes, batched or not, and then makes the app wait', async () => {
		const requests = Array.from({ length: 20 }, (_, index) => ({
			id: String(index),
			method: 'PATCH',
			url: `/users/${PEOPLE.zoe}`,
			headers: { 'Content-Type': 'application/json' },
			body: { accountEnabled: true },
		}));
		const token = await harness.token();
		const statuses = new Set<number>();
		for (let batch = 0; batch < 150; batch++) {
			const { body } = await harness.send(`${harness.microsoft.graph.origin}/v1.0/$batch`, {
				method: 'POST',
				headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
				body: JSON.stringify({ requests }),
			});
			for (const response of body.responses) statuses.add(response.status);
		}
		expect([...statuses]).toEqual([204]);
		harness.microsoft.settings.throttling = 'hard';
		const refused = await patch(PEOPLE.zoe, { accountEnabled: true });
		expect([refused.status, refused.headers.get('x-ms-throttle-information'), refused.headers.get('retry-after')]).toEqual([429, 'WriteLimitExceeded', '150']);
		expect((await harness.get('/domains')).status).toBe(200);
		clock.advance(151_000);
		expect((await patch(PEOPLE.zoe, { accountEnabled: true })).status).toBe(204);
	});
});
