import fc from 'fast-check';
import { APPLICATIONS, HARBOR_TENANT_ID, PEOPLE, SAMPLE_APPS } from '../../../../simulators/world';
import type { AppCredential } from '../../../../sync/model/appCredential';
import { applicationOwners } from '../../../../sync/source/graph/read/applicationOwners';
import { dueOf, expiringAppCredentials, type ExpiringRequest } from '../../../../sync/source/graph/read/expiringAppCredentials';
import { clientOf, failureOf, Service, TENANT } from '../service';
import { startTenantInABox, type TenantInABox } from '../tenantInABox';

const NOW = Date.parse('2026-11-22T08:00:00Z');
const DAY_MS = 86_400_000;
const credential = (more: Partial<AppCredential>): AppCredential => ({
	kind: 'appCredential', tenantId: TENANT, appId: 'app', appName: 'Payroll', applicationId: 'object', own: false, credentialType: 'secret', keyId: 'key', name: 'n8n', hint: 'abc', thumbprint: null, startDateTime: null, endDateTime: '2026-12-22T08:00:00Z', daysLeft: 30, expired: false, lastsLongest: true, ...more,
});

describe('a secret or certificate', () => {
	it.each<[number | null, boolean, number | null | 'not']>([
		[61, false, 'not'],
		[60, false, 60],
		[31, false, 60],
		[30, false, 30],
		[8, false, 30],
		[7, false, 7],
		[0, false, 7],
		[-1, true, null],
		[-30, true, null],
		[-31, true, 'not'],
		[null, false, 'not'],
	])('with %p days left (ended: %p) is due under the threshold %p', (daysLeft, expired, threshold) => {
		const due = dueOf(credential({ daysLeft, expired }), [60, 30, 7], 30);
		expect(due === undefined ? 'not' : due.threshold).toBe(threshold);
	});

	it('passes each threshold once on its way to its end, in whatever order these are given (law)', () => {
		fc.assert(
			fc.property(fc.uniqueArray(fc.integer({ min: 0, max: 200 }), { minLength: 1, maxLength: 6 }), (thresholds) => {
				const passed: Array<number | null> = [];
				for (let daysLeft = 250; daysLeft >= -5; daysLeft--) {
					const due = dueOf(credential({ daysLeft, expired: daysLeft < 0 }), thresholds, 3);
					if (due && passed.at(-1) !== due.threshold) passed.push(due.threshold);
				}
				expect(passed).toEqual([...[...thresholds].sort((a, b) => b - a), null]);
			}),
			{ numRuns: 100 },
		);
	});
});

/** A Graph with these registrations, and their owners by object id. */
function graph(apps: object[], owners: Record<string, object[] | number>): Service {
	return new Service(({ url, body }) => {
		if (!url.endsWith('/$batch')) return url.includes('/organization') ? { body: { value: [{ id: TENANT, displayName: 'Contoso' }] } } : { body: { value: apps } };
		const { requests } = JSON.parse(body) as { requests: Array<{ id: string; url: string }> };
		return {
			body: {
				responses: requests.map(({ id, url: address }) => {
					const found = owners[/applications\/([^/]+)\/owners/.exec(address)![1]];
					return typeof found === 'number' ? { id, status: found, headers: {}, body: { error: { code: 'x', message: '' } } } : { id, status: 200, headers: {}, body: { value: found } };
				}),
			},
		};
	});
}
const app = (id: string, daysLeft: number[], displayName: string | null = `App ${id}`) => ({
	id, appId: `${id}-app`, displayName, keyCredentials: [],
	passwordCredentials: daysLeft.map((days, index) => ({ keyId: `${id}-${index}`, displayName: index === 0 ? 'n8n' : null, hint: 'abc', startDateTime: null, endDateTime: new Date(NOW + days * DAY_MS).toISOString() })),
});
const expiring = async (service: Service, more: Partial<ExpiringRequest> = {}) => await expiringAppCredentials(clientOf(service).client, { now: NOW, thresholds: [60, 30, 7], endedWithinDays: 30, ...more });

describe('secrets and certificates that are due', () => {
	it('come with who must renew them, and a text for a message', async () => {
		const [found] = await expiring(graph([app('a', [11])], { a: [{ '@odata.type': '#microsoft.graph.user', id: 'ADA', displayName: 'Ada', userPrincipalName: 'ada@contoso.onmicrosoft.com', mail: 'ada@contoso.com' }, { id: 'bot', displayName: 'Deploy bot' }] }));
		expect(found).toMatchObject({
			kind: 'expiringAppCredential', tenantId: TENANT, tenantName: 'Contoso', appId: 'a-app', daysLeft: 11, expired: false, threshold: 30, alertKey: 'a-app:a-0:30', ownerEmails: 'ada@contoso.com', whoMustRenew: 'Ada (ada@contoso.com), Deploy bot',
			owners: [{ id: 'ada', displayName: 'Ada', userPrincipalName: 'ada@contoso.onmicrosoft.com', mail: 'ada@contoso.com' }, { id: 'bot', displayName: 'Deploy bot' }],
			title: 'The secret "n8n" of the app App a ends in 11 days (Contoso)',
			text: 'The secret "n8n" of the app App a (a-app) (Contoso) ends on 2026-12-03. To be renewed by Ada (ada@contoso.com), Deploy bot.',
			whatToDo: expect.stringContaining('App registrations → App a → Certificates & secrets') as unknown,
		});
	});

	it('say so where an app has no owner, where a name may not be read, and where another one lasts longer', async () => {
		const found = await expiring(graph([app('a', [0.5, 400]), app('b', [-2.5], null)], { a: [], b: [{ id: 'u1', displayName: null, userPrincipalName: null, mail: null }] }));
		expect(found.map(({ title, whoMustRenew, ownerEmails, alertKey }) => [title, whoMustRenew, ownerEmails, alertKey])).toEqual([
			['The secret "n8n" of the app b-app ended 2 days ago (Contoso)', 'the owner u1, whose name the app may not read', '', 'b-app:b-0:ended'],
			['The secret "n8n" of the app App a ends within a day (Contoso)', 'an administrator of the tenant: the app has no owner', '', 'a-app:a-0:7'],
		]);
		expect(found[1].text).toContain('Another secret or certificate of the app lasts longer');
		expect(found[0].text).not.toContain('Another');
	});

	it('come the soonest first, and not without an app that was deleted meanwhile', async () => {
		const found = await expiring(graph([app('a', [50]), app('b', [5, 20]), app('c', [6])], { a: [], b: [], c: 404 }));
		expect(found.map(({ keyId, threshold }) => [keyId, threshold])).toEqual([['b-0', 7], ['b-1', 30], ['a-0', 60]]);
	});

	it('are not read by halves: owners that cannot be read are an error', async () => {
		expect(await failureOf(expiring(graph([app('a', [5])], { a: 403 })))).toMatchObject({ class: 'notPermitted', message: expect.stringContaining('Application.Read.All') as unknown });
	});

	it('ask for the owners of twenty apps in one request, and for none where nothing is due', async () => {
		const apps = Array.from({ length: 45 }, (_, index) => app(`a${index}`, [5, 6, 7]));
		const service = graph(apps, Object.fromEntries(apps.map(({ id }) => [id, []])));
		expect(await expiring(service)).toHaveLength(135);
		expect(service.graphRequests.filter(({ url }) => url.endsWith('/$batch'))).toHaveLength(3);
		const quiet = graph([app('a', [61, -31])], {});
		expect(await expiring(quiet)).toEqual([]);
		expect(quiet.graphRequests).toHaveLength(1);
	});

	it('have all their owners, over pages', async () => {
		const service = new Service(({ url }) =>
			url.endsWith('/$batch')
				? { body: { responses: [{ id: '0', status: 200, headers: {}, body: { value: [{ id: 'u1' }], '@odata.nextLink': 'https://graph.microsoft.com/v1.0/applications/a/owners?$skiptoken=2' } }] } }
				: { body: { value: [{ id: 'u2' }] } },
		);
		expect((await applicationOwners(clientOf(service).client, ['a', 'a'])).get('a')).toEqual([{ id: 'u1' }, { id: 'u2' }]);
	});
});

describe('owners of app registrations, as Harbor Dental has them', () => {
	let box: TenantInABox;
	beforeAll(async () => {
		box = await startTenantInABox();
	});
	afterAll(async () => await box.microsoft.stop());

	it('are people, guests and apps, and nobody of an app without', async () => {
		const owners = await applicationOwners(box.client(), Object.values(APPLICATIONS));
		expect(owners.get(APPLICATIONS.entraSync)).toEqual([{ id: PEOPLE.ada, displayName: 'Ada Brandt', userPrincipalName: 'ada.brandt@harbordental.example', mail: 'ada.brandt@harbordental.example' }]);
		expect(owners.get(APPLICATIONS.bookingSite)!.map(({ mail }) => mail)).toEqual([expect.stringContaining('@harbordental.example'), 'vendor@partner.example', undefined]);
		expect(owners.get(APPLICATIONS.kioskApp)).toEqual([]);
		expect((await applicationOwners(box.client(), ['00000000-0000-4000-8000-000000000000'])).size).toBe(0);
	});

	it('are told of what is due on a day', async () => {
		const found = await expiringAppCredentials(box.client(), { now: Date.parse('2026-11-24T08:00:00Z'), thresholds: [60, 30, 7], endedWithinDays: 400 });
		expect(found.map(({ appName, threshold, daysLeft, ownerEmails }) => [appName, threshold, daysLeft, ownerEmails])).toEqual([
			['Entra Sync', null, -329, 'ada.brandt@harbordental.example'],
			['Booking site', 30, 10, expect.stringContaining(', vendor@partner.example')],
		]);
	});

	it('cannot be read without the permission', async () => {
		expect(await failureOf(expiringAppCredentials(box.client({ tenantId: HARBOR_TENANT_ID, clientId: SAMPLE_APPS.usersOnly }), { now: NOW, thresholds: [7], endedWithinDays: 0 }))).toMatchObject({ class: 'notPermitted', message: expect.stringContaining('Application.Read.All') as unknown });
	});
});
