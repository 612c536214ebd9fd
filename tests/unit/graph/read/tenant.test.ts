import { appCredentials } from '../../../../sync/source/graph/read/appCredentials';
import { domains } from '../../../../sync/source/graph/read/domains';
import { organization } from '../../../../sync/source/graph/read/organization';
import { reportSettings } from '../../../../sync/source/graph/read/reportSettings';
import { CLIENT_ID, clientOf, Service, TENANT } from '../service';

const listing = (...value: object[]) => new Service(() => ({ body: { value } }));

describe('domains', () => {
	it('say where passwords are kept, and for how long they hold', async () => {
		const service = listing(
			{ id: 'Contoso.com', authenticationType: 'Federated', isDefault: true, isInitial: false, isVerified: true, supportedServices: ['Email'], passwordValidityPeriodInDays: 90 },
			{ id: 'contoso.onmicrosoft.com', authenticationType: 'Managed', isDefault: false, isInitial: true, isVerified: true, passwordValidityPeriodInDays: 2_147_483_647 },
		);
		expect(await domains(clientOf(service).client)).toEqual([
			{ kind: 'domain', tenantId: TENANT, name: 'contoso.com', authenticationType: 'Federated', isDefault: true, isInitial: false, isVerified: true, supportedServices: ['Email'], passwordValidityDays: 90 },
			{ kind: 'domain', tenantId: TENANT, name: 'contoso.onmicrosoft.com', authenticationType: 'Managed', isDefault: false, isInitial: true, isVerified: true, supportedServices: [], passwordValidityDays: null },
		]);
	});

	it('of which nobody set how long passwords hold are not told to hold forever', async () => {
		for (const more of [{}, { passwordValidityPeriodInDays: null }]) expect((await domains(clientOf(listing({ id: 'contoso.com', ...more })).client))[0]).not.toHaveProperty('passwordValidityDays');
	});

	it('that are federated are told by the organisation as well', async () => {
		const service = listing({ id: TENANT, verifiedDomains: [{ name: 'Contoso.com', type: 'Federated' }, { name: 'contoso.onmicrosoft.com', type: 'Managed' }] });
		expect((await organization(clientOf(service).client)).federatedDomains).toEqual(['contoso.com']);
	});
});

describe('the settings of reports', () => {
	it.each([
		[{ displayConcealedNames: true }, true],
		[{ displayConcealedNames: false }, false],
		[{ value: { displayConcealedNames: false } }, false],
		[{ value: { displayConcealedNames: true } }, true],
	])('are understood as %j', async (body, concealedNames) => {
		const settings = await reportSettings(clientOf(new Service(() => ({ body }))).client);
		expect(settings).toMatchObject({ kind: 'reportSettings', tenantId: TENANT, concealedNames });
		expect(settings.whatToDo).toEqual(concealedNames ? expect.stringContaining('Org settings → Services → Reports') : '');
	});
});

describe('credentials of apps', () => {
	const now = Date.parse('2026-11-22T08:00:00Z');
	const secret = (keyId: string, endDateTime: string | null, displayName: string | null = null) => ({ keyId, endDateTime, displayName, hint: 'abc', startDateTime: '2025-01-01T00:00:00Z', secretText: null });
	const apps = [
		{
			id: 'OBJECT-1',
			appId: CLIENT_ID.toUpperCase(),
			displayName: 'Entra Sync',
			passwordCredentials: [secret('OLD', '2026-11-21T08:00:00Z'), secret('SOON', '2026-12-01T07:00:00Z', 'n8n')],
			keyCredentials: [{ keyId: 'CERT', endDateTime: '2027-11-22T08:00:00Z', displayName: 'CN=n8n', customKeyIdentifier: 'dGh1bWI=', startDateTime: null, key: null }],
		},
		{ id: 'OBJECT-2', appId: 'other', displayName: null, passwordCredentials: [secret('TODAY', '2026-11-22T20:00:00Z')], keyCredentials: [] },
		{ id: 'OBJECT-3', appId: 'none', displayName: 'Without any', passwordCredentials: [], keyCredentials: [] },
	];

	it('say how many days are left, and which one lasts longest', async () => {
		const found = await appCredentials(clientOf(listing(...apps)).client, { now });
		expect(found.map(({ keyId, credentialType, daysLeft, expired, lastsLongest, own }) => [keyId, credentialType, daysLeft, expired, lastsLongest, own])).toEqual([
			['old', 'secret', -1, true, false, true],
			['soon', 'secret', 8, false, false, true],
			['cert', 'certificate', 365, false, true, true],
			['today', 'secret', 0, false, true, false],
		]);
		expect(found[2]).toEqual({
			kind: 'appCredential',
			tenantId: TENANT,
			appId: CLIENT_ID,
			appName: 'Entra Sync',
			applicationId: 'object-1',
			own: true,
			credentialType: 'certificate',
			keyId: 'cert',
			name: 'CN=n8n',
			hint: null,
			thumbprint: 'dGh1bWI=',
			startDateTime: null,
			endDateTime: '2027-11-22T08:00:00Z',
			daysLeft: 365,
			expired: false,
			lastsLongest: true,
		});
	});

	it('without an end are never about to end', async () => {
		const [found] = await appCredentials(clientOf(listing({ id: 'a', appId: 'b', passwordCredentials: [secret('ENDLESS', null)] })).client, { now });
		expect(found).toMatchObject({ daysLeft: null, expired: false, lastsLongest: true });
		expect(await appCredentials(clientOf(listing({ id: 'a', appId: 'b', passwordCredentials: [secret('ENDLESS', null)] })).client, { now, withinDays: 10_000 })).toEqual([]);
	});

	it('can be only those that end soon, and only the own ones', async () => {
		const service = listing(...apps);
		expect((await appCredentials(clientOf(service).client, { now, withinDays: 8, ownOnly: true })).map(({ keyId }) => keyId)).toEqual(['old', 'soon', 'today']);
		expect(new URL(service.graphRequests[0].url).searchParams.get('$filter')).toBe(`appId eq '${CLIENT_ID}'`);
	});
});
