import { CUSTOMERS, PARTNER_APP_ID, PARTNER_GROUPS, PARTNER_SERVICE_USER, PARTNER_TENANT_ID, RESOURCE_APPS, SAMPLE_APPS } from '../../../simulators/world';
import { startPartnerHarness, type PartnerHarness } from './graph/partnerHarness';
import type { Answer } from './graph/setup';

const SCOPE = 'https://api.partnercenter.microsoft.com/user_impersonation';

describe('the Partner Center simulator', () => {
	let harness: PartnerHarness;
	let refreshToken: string;
	beforeEach(async () => {
		harness = await startPartnerHarness();
		refreshToken = await harness.signIn();
	});
	afterEach(async () => await harness.stop());

	const call = async (method: string, path: string, options: { token?: string; body?: unknown } = {}): Promise<Answer> => {
		const token = options.token ?? (await harness.tokenIn(PARTNER_TENANT_ID, refreshToken, SCOPE));
		return await harness.send(`${harness.microsoft.partnerCenter.origin}/v1/customers${path}`, {
			method,
			headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
			...(options.body === undefined ? {} : { body: JSON.stringify(options.body) }),
		});
	};
	const consent = (scope = 'User.Read,User.Read.All, Directory.Read.All') => ({
		applicationId: PARTNER_APP_ID,
		displayName: 'Breakwater Sync',
		applicationGrants: [{ enterpriseApplicationId: RESOURCE_APPS.graph, scope }],
	});

	it('lists the customers of the reseller', async () => {
		const { status, body, headers } = await call('GET', '');
		expect([status, body.totalCount, body.items.length]).toEqual([200, 7, 7]);
		expect(body.items).toContainEqual(
			expect.objectContaining({ id: CUSTOMERS.contractOnly, companyProfile: expect.objectContaining({ companyName: 'Sandbar Surf School' }) }),
		);
		expect(headers.get('ms-correlationid')).toBeTruthy();
	});

	it('gives consent in a customer, and with it the customer opens', async () => {
		expect((await harness.redeem(refreshToken, CUSTOMERS.noConsent)).body.error_codes).toEqual([65001]);
		const path = `/${CUSTOMERS.noConsent}/applicationconsents`;
		expect((await call('GET', path)).body.items).toEqual([]);
		const created = await call('POST', path, { body: consent() });
		expect([created.status, created.body]).toEqual([201, consent()]);
		expect((await call('GET', path)).body.items).toMatchObject([{ applicationId: PARTNER_APP_ID, applicationGrants: [{ scope: 'User.Read,User.Read.All,Directory.Read.All' }] }]);
		const token = await harness.tokenIn(CUSTOMERS.noConsent, refreshToken);
		expect((await harness.get('/users', { token })).status).toBe(200);
	});

	it('gives it once, and again after it was taken back', async () => {
		const path = `/${CUSTOMERS.fine}/applicationconsents`;
		const again = await call('POST', path, { body: consent() });
		expect([again.status, again.body.description]).toEqual([409, 'Permission entry already exists.']);
		expect((await call('DELETE', `${path}/${PARTNER_APP_ID}`)).status).toBe(204);
		expect((await call('DELETE', `${path}/${PARTNER_APP_ID}`)).status).toBe(404);
		expect((await harness.redeem(refreshToken, CUSTOMERS.fine)).body.error_codes).toEqual([65001]);
		expect((await call('POST', path, { body: consent() })).status).toBe(201);
	});

	it.each<[string, string, unknown, number]>([
		['for a tenant that is no customer', SAMPLE_APPS.consented, consent(), 404],
		['for a customer without a contract', CUSTOMERS.appConsentOnly, consent(), 404],
		['for another app', CUSTOMERS.noConsent, { ...consent(), applicationId: SAMPLE_APPS.consented }, 403],
		['to nothing', CUSTOMERS.noConsent, { ...consent(), applicationGrants: [] }, 400],
		['to no permission', CUSTOMERS.noConsent, consent(' , '), 400],
		['to an unknown API', CUSTOMERS.noConsent, { ...consent(), applicationGrants: [{ enterpriseApplicationId: CUSTOMERS.fine, scope: 'User.Read' }] }, 400],
		['without an app', CUSTOMERS.noConsent, {}, 400],
	])('gives no consent %s', async (_what, customer, body, status) => {
		const answer = await call('POST', `/${customer}/applicationconsents`, { body });
		expect(answer.status).toBe(status);
		expect(answer.body).toEqual({ code: expect.any(String), description: expect.any(String), data: [], source: 'PartnerCenter' });
		expect(harness.microsoft.world.tenant(CUSTOMERS.noConsent).servicePrincipals).toEqual([]);
	});

	it('refuses who is no Admin agent of a partner, an app alone, and a token for Graph', async () => {
		const appAlone = async () => {
			const { body } = await harness.post({ grant_type: 'client_credentials', scope: 'https://api.partnercenter.microsoft.com/.default' });
			return body.access_token as string;
		};
		expect((await call('GET', '', { token: await appAlone() })).status).toBe(403);
		expect((await call('GET', '', { token: await harness.tokenIn(PARTNER_TENANT_ID, refreshToken) })).status).toBe(401);
		expect((await call('GET', '', { token: 'nonsense' })).status).toBe(401);
		const partner = harness.microsoft.world.tenant(PARTNER_TENANT_ID);
		partner.removeMember(PARTNER_GROUPS.adminAgents, partner.findUser(PARTNER_SERVICE_USER)?.id ?? '');
		expect((await call('GET', '')).status).toBe(403);
	});

	it('knows no more than this', async () => {
		expect((await call('PATCH', '')).status).toBe(405);
		expect((await call('GET', `/${CUSTOMERS.fine}/subscriptions`)).status).toBe(405);
	});
});
