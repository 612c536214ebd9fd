import { manualClock } from '../../../../simulators/graph';
import { HARBOR_TENANT_ID, LABS_TENANT_ID, PEOPLE, SAMPLE_APPS } from '../../../../simulators/world';
import { startHarness, type Harness, type Json } from './setup';

const DETAILS = '/reports/authenticationMethods/userRegistrationDetails';

describe('how users prove who they are', () => {
	let harness: Harness;
	const harbor = () => harness.microsoft.world.tenant(HARBOR_TENANT_ID);
	beforeAll(async () => {
		harness = await startHarness({ clock: manualClock() });
	});
	afterAll(async () => await harness.stop());
	beforeEach(() => harness.microsoft.resetThrottle());

	describe('as the report on registrations has it', () => {
		const filtered = async (filter: string): Promise<string[]> => (await harness.list(`${DETAILS}?$filter=${encodeURIComponent(filter)}`)).map((row: Json) => row.id);

		it('leaves out disabled users, and tells what each of the others can do', async () => {
			const list = await harness.list(DETAILS);
			const by = (id: string) => list.find((row) => row.id === id);
			expect(list).toHaveLength(harbor().users.filter((user) => user.accountEnabled).length);
			expect(by(PEOPLE.leaver)).toBeUndefined();
			expect(by(PEOPLE.ada)).toMatchObject({
				userPrincipalName: 'ada.brandt@harbordental.example', userDisplayName: 'Ada Brandt', userType: 'member', isAdmin: true, isMfaRegistered: true, isMfaCapable: true,
				methodsRegistered: ['mobilePhone', 'microsoftAuthenticatorPush', 'softwareOneTimePasscode'], userPreferredMethodForSecondaryAuthentication: 'push',
				systemPreferredAuthenticationMethods: ['push'], lastUpdatedDateTime: '2026-11-21T23:00:00.3816551Z',
			});
			expect(by(PEOPLE.mary)).toMatchObject({ isPasswordlessCapable: true, methodsRegistered: ['fido2', 'windowsHelloForBusiness'] });
			// Good for a new password, not as a second factor.
			expect(by(PEOPLE.nina)).toMatchObject({ isMfaRegistered: false, isSsprRegistered: true, methodsRegistered: ['email'] });
			expect(by(PEOPLE.omar)).toMatchObject({ isMfaRegistered: true, isMfaCapable: false });
			expect(by(PEOPLE.johnSmithAssistant)).toMatchObject({ isMfaRegistered: false, methodsRegistered: [], userPreferredMethodForSecondaryAuthentication: 'none' });
			expect(by(PEOPLE.guest)).toMatchObject({ userType: 'guest' });
		});

		it('counts holders of roles as administrators, through groups as well', async () => {
			expect(await filtered('isAdmin eq true')).toEqual([PEOPLE.ada, PEOPLE.omar]);
		});

		it.each([
			["methodsRegistered/any(m:m eq 'fido2')", ['mary']],
			['isMfaCapable eq false and isMfaRegistered eq true', ['omar']],
			["userPrincipalName eq 'ADA.BRANDT@harbordental.example'", ['ada']],
			["startswith(userDisplayName,'Zoë') or userPreferredMethodForSecondaryAuthentication eq 'oath'", ['zoe', 'lee']],
		] as const)('filters by %s', async (filter, people) => {
			expect(await filtered(filter)).toEqual(people.map((name) => PEOPLE[name]));
		});

		it('pages, in the order that was asked for', async () => {
			const all = (await harness.list(`${DETAILS}?$orderby=userPrincipalName`)).map((row) => row.userPrincipalName);
			expect(all).toEqual([...all].sort());
			const first = (await harness.get(`${DETAILS}?$orderby=userPrincipalName&$top=10`)).body;
			const second = (await harness.get(first['@odata.nextLink'])).body;
			expect([...first.value, ...second.value].map((row: Json) => row.userPrincipalName)).toEqual(all);
			expect(second).not.toHaveProperty(['@odata.nextLink']);
		});

		it.each(['?$top=1000', '?$select=id', '?$count=true', '?$skip=3', '?$orderby=isAdmin', "?$filter=isAdmin eq 'true'"])('refuses %s', async (query) => {
			expect((await harness.get(DETAILS + query)).status).toBe(400);
		});

		it('takes AuditLog.Read.All and then P1', async () => {
			const refused = await harness.get(DETAILS, { token: await harness.token(SAMPLE_APPS.withoutConsent) });
			expect([refused.status, refused.body.error.code]).toEqual([403, 'Authentication_MSGraphPermissionMissing']);
			const labs = await harness.get(DETAILS, { token: await harness.token(SAMPLE_APPS.consented, LABS_TENANT_ID) });
			expect([labs.status, labs.body.error.code]).toEqual([403, 'Authentication_RequestFromNonPremiumTenantOrB2CTenant']);
		});
	});

	describe('one by one', () => {
		const of = (id: string) => `/users/${id}/authentication/methods`;

		it('shows the password that everybody has, and what else was registered', async () => {
			expect(await harness.list(of(PEOPLE.johnSmithAssistant))).toEqual([
				{ '@odata.type': '#microsoft.graph.passwordAuthenticationMethod', id: '28c10230-6103-485e-b985-444c60001490', password: null, createdDateTime: '2021-06-01T07:30:12Z' },
			]);
			expect((await harness.list(of('ada.brandt@harbordental.example'))).map((method) => method['@odata.type'])).toEqual([
				'#microsoft.graph.passwordAuthenticationMethod',
				'#microsoft.graph.phoneAuthenticationMethod',
				'#microsoft.graph.microsoftAuthenticatorAuthenticationMethod',
			]);
			expect((await harness.list(`${of(PEOPLE.ada)}?$select=id`))[1]).toEqual({ '@odata.type': '#microsoft.graph.phoneAuthenticationMethod', id: expect.any(String) });
		});

		it('shows disabled users as well', async () => {
			expect(await harness.list(of(PEOPLE.leaver))).toHaveLength(2);
		});

		it('knows only users that live', async () => {
			for (const id of [PEOPLE.rita, 'nobody@harbordental.example']) expect((await harness.get(of(id))).body.error.code).toBe('Request_ResourceNotFound');
		});

		it('works without P1 where the service lets it', async () => {
			const token = await harness.token(SAMPLE_APPS.consented, LABS_TENANT_ID);
			const path = of(harness.microsoft.world.tenant(LABS_TENANT_ID).users[0].id);
			expect((await harness.get(path, { token })).status).toBe(200);
			harness.microsoft.settings.authenticationMethodsWithoutP1 = false;
			expect((await harness.get(path, { token })).body.error.code).toBe('Authentication_RequestFromNonPremiumTenantOrB2CTenant');
			expect((await harness.get(of(PEOPLE.ada))).status).toBe(200);
			harness.microsoft.settings.authenticationMethodsWithoutP1 = true;
		});

		it('takes a permission of its own', async () => {
			harbor().consent(SAMPLE_APPS.usersOnly, ['User.Read.All', 'AuditLog.Read.All']);
			expect((await harness.get(of(PEOPLE.ada), { token: await harness.token(SAMPLE_APPS.usersOnly) })).status).toBe(403);
		});
	});
});
