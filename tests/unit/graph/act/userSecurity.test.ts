import type { UserAction } from '../../../../sync/model/userAction';
import { SyncError } from '../../../../sync/model/syncError';
import { setAccountEnabled } from '../../../../sync/source/graph/act/account';
import { resetPassword, type ResetPasswordOptions } from '../../../../sync/source/graph/act/password';
import type { ActOptions } from '../../../../sync/source/graph/act/perform';
import { revokeSessions } from '../../../../sync/source/graph/act/sessions';
import { clientOf, graphError, networkError, Service, TENANT, token, type Scripted, type Seen } from '../service';
import { MemorySink } from './memorySink';

const ADA = '2b8f6c10-4d3e-4a97-b5c2-000000000001';
const NOW = Date.parse('2026-11-22T08:00:00Z');
const DO: ActOptions = { preview: false, allowAdministrators: false };
const PREVIEW: ActOptions = { preview: true, allowAdministrators: false };

interface Tenant {
	user?: object;
	federated?: string[];
	/** Names of roles that the user holds; 'unreadable': 403. */
	roles?: string[] | 'unreadable';
	/** Answers to what changes something. */
	change?: Scripted | ((request: Seen) => Scripted);
	permissions?: string[];
}

/** A tenant with one user; what happens to it goes into `log`. */
function tenantWith({ user = {}, federated = [], roles = [], change = { status: 204 }, permissions }: Tenant = {}) {
	const log: string[] = [];
	const service = new Service((request) => {
		const path = new URL(request.url).pathname.replace('/v1.0', '');
		if (request.method !== 'GET' && path !== '/$batch') {
			log.push(`${request.method} ${path}`);
			return typeof change === 'function' ? change(request) : change;
		}
		if (path === '/organization') return { body: { value: [{ id: TENANT, verifiedDomains: federated.map((name) => ({ name, type: 'Federated' })) }] } };
		if (path === '/directoryRoles') return roles === 'unreadable' ? { status: 403, body: graphError('Authorization_RequestDenied') } : { body: { value: roles.map((displayName, index) => ({ id: `r${index}`, displayName })) } };
		if (path === '/$batch') {
			const { requests } = JSON.parse(request.body) as { requests: Array<{ id: string }> };
			return { body: { responses: requests.map(({ id }) => ({ id, status: 200, body: { value: [{ '@odata.type': '#microsoft.graph.user', id: ADA }] } })) } };
		}
		return { body: { id: ADA.toUpperCase(), userPrincipalName: 'Ada@contoso.com', displayName: 'Ada', accountEnabled: true, userType: 'Member', onPremisesSyncEnabled: null, ...user } };
	});
	if (permissions) service.signInAnswer = () => ({ body: { token_type: 'Bearer', expires_in: 3599, access_token: token({ roles: permissions }) } });
	return { service, log, client: clientOf(service).client };
}

type Tenancy = ReturnType<typeof tenantWith>;
const reset = async (tenant: Tenancy, options: Partial<ResetPasswordOptions> = {}) =>
	await resetPassword(tenant.client, 'ada@contoso.com', { ...DO, mustChange: true, keepHours: 72, now: NOW, sink: new MemorySink(), ...options });
const ACTIONS: Array<[UserAction['action'], (tenant: Tenancy, options: ActOptions) => Promise<UserAction>]> = [
	['resetPassword', async (tenant, options) => await reset(tenant, options)],
	['revokeSessions', async ({ client }, options) => await revokeSessions(client, ADA, options)],
	['enable', async ({ client }, options) => await setAccountEnabled(client, ADA, true, options)],
	['disable', async ({ client }, options) => await setAccountEnabled(client, ADA, false, options)],
];

async function refusal(work: Promise<unknown>): Promise<SyncError> {
	try {
		await work;
	} catch (error) {
		if (error instanceof SyncError) return error;
		throw error;
	}
	throw new Error('It was expected to be refused, and was not.');
}

describe.each(ACTIONS)('%s', (action, act) => {
	// Who is enabled cannot be enabled.
	const user = { accountEnabled: action !== 'enable' };

	it('is done, once', async () => {
		const tenant = tenantWith({ user });
		expect(await act(tenant, DO)).toMatchObject({ kind: 'userAction', action, tenantId: TENANT, id: ADA, userPrincipalName: 'Ada@contoso.com', displayName: 'Ada', preview: false, outcome: 'done', adminRoles: [] });
		expect(tenant.log).toHaveLength(1);
	});

	it('changes nothing in a preview', async () => {
		const tenant = tenantWith({ user });
		expect(await act(tenant, PREVIEW)).toMatchObject({ preview: true, outcome: 'wouldBeDone', message: expect.stringContaining('nothing was changed') as unknown });
		expect(tenant.log).toEqual([]);
	});

	it('refuses an administrator, unless allowed', async () => {
		const roles = ['Global Administrator', 'User Administrator'];
		const tenant = tenantWith({ user, roles });
		const error = await refusal(act(tenant, DO));
		expect(error).toMatchObject({ class: 'refused', code: 'user.administrator', tenantId: TENANT, message: expect.stringContaining('(Global Administrator, User Administrator)') as unknown });
		expect(await act(tenant, PREVIEW)).toMatchObject({ outcome: 'wouldBeRefused', message: error.message, remedy: error.remedy, adminRoles: roles });
		expect(tenant.log).toEqual([]);
		expect(await act(tenant, { ...DO, allowAdministrators: true })).toMatchObject({ outcome: 'done' });
	});

	it('refuses everybody where it cannot be told who is an administrator', async () => {
		const tenant = tenantWith({ user, roles: 'unreadable' });
		expect(await refusal(act(tenant, DO))).toMatchObject({ code: 'user.rolesUnknown', remedy: expect.stringContaining('RoleManagement.Read.Directory') as unknown });
		expect(tenant.log).toEqual([]);
		const allowed = await act(tenant, { ...DO, allowAdministrators: true });
		expect(allowed).toMatchObject({ outcome: 'done' });
		expect(allowed).not.toHaveProperty('adminRoles');
	});

	it(action === 'revokeSessions' ? 'is for users of Active Directory as well' : 'refuses users of Active Directory, and says where to do it', async () => {
		const tenant = tenantWith({ user: { ...user, onPremisesSyncEnabled: true } });
		if (action === 'revokeSessions') return expect(await act(tenant, DO)).toMatchObject({ outcome: 'done' });
		expect(await refusal(act(tenant, DO))).toMatchObject({ class: 'refused', code: 'user.synchronised', remedy: expect.stringContaining('Active Directory') as unknown });
		expect(tenant.log).toEqual([]);
	});

	it('names the permission that lacks, and the role', async () => {
		const denied = { status: 403, body: graphError('Authorization_RequestDenied', 'Insufficient privileges to complete the operation.') };
		const permission = { resetPassword: 'User-PasswordProfile.ReadWrite.All', revokeSessions: 'User.RevokeSessions.All', enable: 'User.EnableDisableAccount.All', disable: 'User.EnableDisableAccount.All' }[action];
		const lacking = await refusal(act(tenantWith({ user, change: denied }), DO));
		expect(lacking).toMatchObject({ class: 'notPermitted', message: expect.stringContaining(permission) as unknown, remedy: expect.stringContaining('the directory role User Administrator') as unknown });
		const held = await refusal(act(tenantWith({ user, change: denied, permissions: ['User.Read.All', permission], roles: ['User Administrator'] }), { ...DO, allowAdministrators: true }));
		expect(held).toMatchObject({ class: 'notPermitted', remedy: expect.stringContaining('the directory role Privileged Authentication Administrator') as unknown });
	});

	it('of nobody is an error', async () => {
		const service = new Service(() => ({ status: 404, body: graphError('Request_ResourceNotFound') }));
		const tenant = { ...tenantWith(), client: clientOf(service).client };
		expect(await refusal(act(tenant, DO))).toMatchObject({ class: 'notFound' });
	});
});

describe('enabling and disabling', () => {
	it('does nothing to whom is so already', async () => {
		const tenant = tenantWith({ user: { accountEnabled: false } });
		expect(await setAccountEnabled(tenant.client, ADA, false, DO)).toMatchObject({ outcome: 'unchanged', message: 'There is nothing to do: Ada@contoso.com is disabled already.' });
		expect(tenant.log).toEqual([]);
	});

	it('is said again after a fault, because saying it twice comes to the same', async () => {
		let attempt = 0;
		const tenant = tenantWith({ change: () => (++attempt === 1 ? networkError('ECONNRESET') : { status: 204 }) });
		expect(await setAccountEnabled(tenant.client, ADA, false, DO)).toMatchObject({ outcome: 'done' });
		expect(tenant.log).toEqual([`PATCH /users/${ADA}`, `PATCH /users/${ADA}`]);
	});
});

describe('a password', () => {
	it('goes to the sink first, then to Entra, and nowhere else', async () => {
		const order: string[] = [];
		let body = '';
		const tenant = tenantWith({
			change: (request) => {
				order.push('PATCH');
				body = request.body;
				return { status: 204 };
			},
		});
		const sink = new MemorySink((event) => order.push(event));
		const done = await reset(tenant, { sink, mustChange: false });
		expect(order).toEqual(['deliver', 'PATCH']);
		const [secret] = sink.secrets;
		expect(secret).toEqual({ reference: done.secretReference, tenantId: TENANT, userId: ADA, userPrincipalName: 'Ada@contoso.com', password: expect.any(String) as unknown, mustChange: false, expiresHint: '2026-11-25T08:00:00.000Z' });
		expect(JSON.parse(body)).toEqual({ passwordProfile: { password: secret.password, forceChangePasswordNextSignIn: false } });
		expect(JSON.stringify(done)).not.toContain(secret.password);
		expect(done.secretSink).toBe('the sink of this test');
	});

	it('is not reset without a sink', async () => {
		const tenant = tenantWith();
		expect(await refusal(reset(tenant, { sink: undefined }))).toMatchObject({ class: 'configuration', code: 'secretSink.missing' });
		expect(tenant.log).toEqual([]);
	});

	it.each([
		['a federated domain', { federated: ['contoso.com'] }, 'user.federated'],
		['a domain below a federated one', { federated: ['contoso.com'], user: { userPrincipalName: 'ada@berlin.contoso.com' } }, 'user.federated'],
		['a guest', { user: { userType: 'Guest' } }, 'user.guest'],
		['a guest of old', { user: { userType: null, userPrincipalName: 'x_y.com#EXT#@contoso.onmicrosoft.com' } }, 'user.guest'],
	])('of %s is left alone', async (_, about, code) => {
		const tenant = tenantWith(about);
		const sink = new MemorySink();
		expect(await refusal(reset(tenant, { sink }))).toMatchObject({ class: 'refused', code });
		expect([sink.log, tenant.log]).toEqual([[], []]);
	});

	it('that Entra refuses is taken back from the sink, and shown nowhere', async () => {
		let password = '';
		const tenant = tenantWith({
			change: (request) => {
				({ password } = (JSON.parse(request.body) as { passwordProfile: { password: string } }).passwordProfile);
				return { status: 400, body: graphError('Request_BadRequest', `The specified password ${password} does not comply with password complexity requirements.`) };
			},
		});
		const sink = new MemorySink();
		const error = await refusal(reset(tenant, { sink }));
		expect(error).toMatchObject({ class: 'input', remedy: expect.stringContaining('The old password still holds.') as unknown });
		expect(sink.log).toEqual(['deliver', 'withdraw']);
		expect(sink.secrets).toEqual([]);
		expect(password).not.toBe('');
		expect(error.message + error.remedy).not.toContain(password);
	});

	it('that the sink does not take back is told, with its reference', async () => {
		const sink = new MemorySink();
		sink.keepsEverything = true;
		const error = await refusal(reset(tenantWith({ change: { status: 403, body: graphError('Authorization_RequestDenied') } }), { sink }));
		expect(error.remedy).toContain(`The password with the reference ${sink.secrets[0].reference} could not be taken back from the sink of this test`);
		expect(error.message + error.remedy).not.toContain(sink.secrets[0].password);
	});

	it.each<[string, Scripted]>([
		['the connection is cut', networkError('ECONNRESET')],
		['Graph fails', { status: 503, body: {} }],
		['a gateway answers', { status: 502, body: '<html>' }],
	])('of which nobody knows whether it was set, because %s, stays in the sink', async (_, change) => {
		const tenant = tenantWith({ change });
		const sink = new MemorySink();
		const error = await refusal(reset(tenant, { sink }));
		expect(error).toMatchObject({ class: 'unavailable', code: 'user.passwordUnknown', remedy: expect.stringContaining(sink.secrets[0].reference) as unknown });
		expect(sink.log).toEqual(['deliver']);
		// A second try might set a second password.
		expect(tenant.log).toHaveLength(1);
		expect(error.message + error.remedy).not.toContain(sink.secrets[0].password);
	});

	it('is sent again after a 429, which did nothing', async () => {
		let attempt = 0;
		const tenant = tenantWith({ change: () => (++attempt === 1 ? { status: 429, headers: { 'retry-after': '1' }, body: {} } : { status: 204 }) });
		const sink = new MemorySink();
		expect(await reset(tenant, { sink })).toMatchObject({ outcome: 'done' });
		expect([sink.log, tenant.log.length]).toEqual([['deliver'], 2]);
	});

	it('that the sink did not take is never set', async () => {
		const tenant = tenantWith();
		const sink = new MemorySink();
		sink.failure = { error: new SyncError('The sink did not answer.', { class: 'unavailable', code: 'secretSink.timeout', remedy: 'Look at it.' }), arrives: true };
		expect(await refusal(reset(tenant, { sink }))).toMatchObject({
			class: 'unavailable',
			code: 'secretSink.timeout',
			message: 'Did not reset the password of Ada@contoso.com, because the new one could not be handed over. The sink did not answer.',
			remedy: 'The old password still holds. Look at it.',
		});
		expect([sink.log, sink.secrets, tenant.log]).toEqual([['deliver', 'withdraw'], [], []]);
	});
});
