import { authentication } from '../../../sync/source/graph/read/authentication';
import { clientOf, failureOf, graphError, Service, type Scripted, TENANT } from './service';

const ADA = '2b8f6c10-4d3e-4a97-b5c2-000000000001';
const details = (more: object = {}) => ({
	id: ADA.toUpperCase(),
	userPrincipalName: 'ada@contoso.com',
	userDisplayName: 'Ada',
	userType: 'member',
	isAdmin: false,
	isSsprRegistered: true,
	isSsprEnabled: false,
	isSsprCapable: false,
	isMfaRegistered: true,
	isMfaCapable: true,
	isPasswordlessCapable: false,
	methodsRegistered: ['softwareOneTimePasscode', 'mobilePhone'],
	userPreferredMethodForSecondaryAuthentication: 'push',
	lastUpdatedDateTime: '2026-11-20T23:14:55Z',
	...more,
});

describe('how people sign in', () => {
	it('comes in bulk, 999 a page', async () => {
		const service = new Service(() => ({ body: { value: [details()] } }));
		expect(await authentication(clientOf(service).client, 'refuse')).toEqual([
			{
				kind: 'authentication',
				tenantId: TENANT,
				personId: ADA,
				userPrincipalName: 'ada@contoso.com',
				displayName: 'Ada',
				userType: 'Member',
				mfaRegistered: true,
				mfaCapable: true,
				passwordlessCapable: false,
				ssprRegistered: true,
				ssprEnabled: false,
				ssprCapable: false,
				administrator: false,
				methods: ['mobilePhone', 'softwareOneTimePasscode'],
				defaultMethod: 'push',
				lastUpdated: '2026-11-20T23:14:55Z',
				source: 'registrationReport',
			},
		]);
		expect(service.graphRequests.map(({ url }) => url)).toEqual([expect.stringContaining('/userRegistrationDetails?$top=999')]);
	});

	it.each(['', 'none', null, undefined])('knows that nobody chose a default method, also when that is told as %j', async (told) => {
		const [status] = await authentication(clientOf(new Service(() => ({ body: { value: [details({ userPreferredMethodForSecondaryAuthentication: told })] } }))).client, 'refuse');
		expect(status.defaultMethod).toBeNull();
	});

	it('is five requests in ten seconds at most', async () => {
		const pages = 12;
		const service = new Service((_, attempt) => ({ body: { value: [details()], ...(attempt < pages ? { '@odata.nextLink': `https://graph.microsoft.com/v1.0/reports/authenticationMethods/userRegistrationDetails?$skiptoken=${attempt}` } : {}) } }));
		const { client, clock } = clientOf(service);
		const began = clock.now();
		expect(await authentication(client, 'refuse')).toHaveLength(pages);
		expect(clock.now() - began).toBeGreaterThanOrEqual(20_000);
	});
});

describe('how people sign in, without Entra ID P1', () => {
	const PREMIUM = { status: 403, body: graphError('Authentication_RequestFromNonPremiumTenantOrB2CTenant', "Neither tenant is B2C or tenant doesn't have premium license") };
	const user = (number: number) => ({ id: `2b8f6c10-4d3e-4a97-b5c2-${String(number).padStart(12, '0')}`, userPrincipalName: `p${number}@contoso.com`, displayName: `P${number}`, userType: 'Member' });
	const method = (type: string) => ({ '@odata.type': `#microsoft.graph.${type}AuthenticationMethod`, id: type });

	/** @param answerTo what is said of the n-th user's methods */
	const serviceOf = (users: object[], answerTo: (url: string) => Scripted & object) =>
		new Service(({ url, body }) => {
			if (url.includes('/reports/')) return PREMIUM;
			if (url.includes('/users?')) return { body: { value: users } };
			const { requests } = JSON.parse(body) as { requests: Array<{ id: string; url: string }> };
			return { body: { responses: requests.map(({ id, url: asked }) => ({ id, ...(answerTo(asked) as object) })) } };
		});
	const each = async (users: object[], answerTo: (url: string) => Scripted & object) => await authentication(clientOf(serviceOf(users, answerTo)).client, 'each');

	it('is not licensed, unless the builder chose to ask for each person', async () => {
		const error = await failureOf(authentication(clientOf(new Service(() => PREMIUM)).client, 'refuse'));
		expect(error.class).toBe('notLicensed');
		expect(error.remedy).toContain('Microsoft Entra ID P1');
	});

	// undefined: nothing is said.
	it.each<[string[], boolean | undefined, boolean | undefined, string[]]>([
		[['password'], false, false, []],
		[['password', 'email', 'temporaryAccessPass'], false, false, ['email', 'temporaryAccessPass']],
		[['password', 'phone'], true, false, ['phone']],
		[['password', 'microsoftAuthenticator'], true, undefined, ['microsoftAuthenticator']],
		[['password', 'fido2'], true, true, ['fido2']],
		[['password', 'somethingNew'], undefined, undefined, ['somethingNew']],
		[['password', 'somethingNew', 'softwareOath'], true, undefined, ['softwareOneTimePasscode', 'somethingNew']],
	])('by the methods %j says MFA %s, passwordless %s', async (types, mfaRegistered, passwordlessCapable, methods) => {
		const [status] = await each([user(1)], () => ({ status: 200, body: { value: types.map(method) } }));
		expect([status.mfaRegistered, status.passwordlessCapable, status.methods]).toEqual([mfaRegistered, passwordlessCapable, methods]);
		expect(status).toMatchObject({ source: 'userMethods', userPrincipalName: 'p1@contoso.com' });
		expect(status).not.toHaveProperty('mfaCapable');
	});

	it('leaves out who was deleted meanwhile, and fails for who cannot be read', async () => {
		const gone = await each([user(1), user(2)], (url) => (url.includes(user(1).id) ? { status: 404, body: graphError('Request_ResourceNotFound') } : { status: 200, body: { value: [method('phone')] } }));
		expect(gone.map(({ userPrincipalName }) => userPrincipalName)).toEqual(['p2@contoso.com']);
		const refused = await failureOf(each([user(1), user(2)], (url) => (url.includes(user(2).id) ? { status: 403, body: graphError('Authorization_RequestDenied') } : { status: 200, body: { value: [] } })));
		expect(refused).toMatchObject({ class: 'notPermitted', message: expect.stringContaining('UserAuthenticationMethod.Read.All') as unknown });
		const broken = await failureOf(each([user(1)], () => ({ status: 200, body: {} })));
		expect(broken.code).toBe('graph.brokenBatch');
	});

	it('asks for 300 people in ten minutes, and for no more than 300', async () => {
		const people = Array.from({ length: 301 }, (_, index) => user(index + 1));
		const service = serviceOf(people.slice(1), () => ({ status: 200, body: { value: [method('phone')] } }));
		const { client, clock } = clientOf(service);
		const began = clock.now();
		expect(await authentication(client, 'each')).toHaveLength(300);
		expect((clock.now() - began) / 60_000).toBeGreaterThan(9.5);
		expect((clock.now() - began) / 60_000).toBeLessThan(12);

		const refused = await failureOf(each(people, () => ({ status: 200, body: { value: [] } })));
		expect(refused).toMatchObject({ class: 'refused', code: 'graph.tooManyPeople', message: expect.stringContaining('more than 300 enabled members') as unknown });
	});
});
