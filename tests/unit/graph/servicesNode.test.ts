import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FLOW_FREE, HARBOR_TENANT_ID, LABS_TENANT_ID, O365_BUSINESS_PREMIUM, PEOPLE, SAMPLE_APPS, SPB } from '../../../simulators/world';
import { NodeInABox } from './nodeInABox';
import { startTenantInABox, type TenantInABox } from './tenantInABox';

let box: TenantInABox;
beforeAll(async () => {
	box = await startTenantInABox();
});
afterAll(async () => await box.microsoft.stop());
afterEach(() => box.reset());

const n8n = new NodeInABox(() => box);
const run = async (resource: string, operation: string, parameters: object = {}, more: object = {}) => await n8n.run({ parameters: { resource, operation, ...parameters }, ...more });
const kinds = (items: object[]) => [...new Set(items.map((item) => (item as { kind?: string }).kind))];
const withoutPermissions = () => ({ credential: n8n.credential({ clientId: SAMPLE_APPS.usersOnly }) });

describe('Licence, in the Microsoft 365 node', () => {
	it('gets many, under own names, with or without the free ones, and only what was chosen', async () => {
		const all = await run('licence', 'getMany', { properties: ['displayName', 'free'], options: { ownNames: `${SPB} = The good one` } });
		expect(all).toContainEqual({ kind: 'licence', tenantId: HARBOR_TENANT_ID, skuId: SPB, displayName: 'The good one', free: false });
		expect(all.filter(({ free }) => free)).toHaveLength(1);
		expect((await run('licence', 'getMany', { properties: ['displayName', 'free'], withoutFree: true })).filter(({ free }) => free)).toEqual([]);
		// What was not chosen is not asked for.
		const asked = () => box.microsoft.graph.seen.map(({ url }) => url.pathname);
		expect(asked()).not.toContain('/v1.0/directory/subscriptions');
		expect((await run('licence', 'getMany')).find(({ skuId }) => skuId === SPB)).toMatchObject({ nextLifecycleDate: '2026-12-01T00:00:00Z', trial: false });
		expect(asked()).toContain('/v1.0/directory/subscriptions');
	});

	it('gets holders by licence, by person and counted', async () => {
		const holdings = await run('licence', 'getHolders', { skuIds: [SPB] });
		expect(kinds(holdings)).toEqual(['licenceHolder']);
		expect(holdings.find(({ personId }) => personId === PEOPLE.leaver)).toMatchObject({ accountEnabled: false, licence: 'Microsoft 365 Business Premium' });
		const [count] = await run('licence', 'getHolders', { skuIds: [SPB], itemFor: 'count' });
		expect(count).toMatchObject({ kind: 'licenceCount', holders: holdings.length, disabledHolders: 1 });
		const people = await run('licence', 'getHolders', { itemFor: 'person' });
		expect(people.find(({ personId }) => personId === PEOPLE.ada)).toMatchObject({ kind: 'licensedPerson', licences: [{ skuPartNumber: 'SPB' }, { skuPartNumber: 'FLOW_FREE' }] });
	});

	it('gets unused ones, closed by a summary, from the disabled alone where the reports cannot be read', async () => {
		const items = await run('licence', 'getUnused', { days: 30, considerSignIns: true });
		const summary = items.at(-1)!;
		expect(kinds(items)).toEqual(['unusedLicence', 'unusedLicencesSummary']);
		expect(summary).toMatchObject({ days: 30, unused: items.length - 1, leftOut: [], asOf: expect.stringMatching(/^\d{4}-\d\d-\d\d$/) as unknown });
		const few = await run('licence', 'getUnused', {}, withoutPermissions());
		expect(few.map(({ kind, personId }) => personId ?? kind)).toEqual([PEOPLE.leaver, 'unusedLicencesSummary']);
		expect(few.at(-1)).toMatchObject({ disabled: 1, inactive: 0, unknownBecause: { notRead: expect.any(Number) as unknown }, leftOut: [{ message: expect.stringContaining('LicenseAssignment.Read.All') as unknown }, { message: expect.stringContaining('Reports.Read.All') as unknown }] });
		await expect(run('licence', 'getUnused', { ifNotAvailable: 'fail' }, withoutPermissions())).rejects.toThrow(/Reports\.Read\.All|LicenseAssignment\.Read\.All/);
	});

	it('says of an empty tenant that it is empty', async () => {
		for (const operation of ['getMany', 'getHolders']) expect(await run('licence', operation, { tenant: LABS_TENANT_ID, properties: ['displayName'] })).toEqual([{ kind: 'emptyList', list: 'licences', tenantId: LABS_TENANT_ID, note: expect.stringContaining('read to the end') as unknown }]);
		expect(kinds(await run('licence', 'getUnused', { tenant: LABS_TENANT_ID }))).toEqual(['emptyList', 'unusedLicencesSummary']);
	});
});

describe('Licence families, in the Microsoft 365 node', () => {
	const families = (...rows: object[]) => ({ licenceFamilies: { families: rows } });

	it('count the four products of the panel', async () => {
		const counts = await run('licence', 'getFamilyCounts');
		expect(kinds(counts)).toEqual(['licenceFamilyCount']);
		expect(counts.map(({ family, holders, disabledHolders }) => [family, holders, disabledHolders])).toEqual([
			['Microsoft 365 Business Basic', 0, 0],
			['Microsoft 365 Apps for Business', 0, 0],
			['Microsoft 365 Business Standard', 2, 0],
			['Microsoft 365 Business Premium', 11, 1],
		]);
		expect((await run('licence', 'getFamilyCounts', { tenant: LABS_TENANT_ID })).map(({ holders }) => holders)).toEqual([0, 0, 0, 0]);
	});

	it('are what the builder lists, in this order, with ids from the list and typed', async () => {
		const listed = families({ family: 'own', name: 'Automation', moreSkuIds: `${FLOW_FREE},` }, { family: 'Microsoft 365 Business Premium', skuIds: [O365_BUSINESS_PREMIUM] });
		const counts = await run('licence', 'getFamilyCounts', { ...listed, highestOnly: false });
		expect(counts.map(({ family, rank, holders }) => [family, rank, holders])).toEqual([['Automation', 1, 2], ['Microsoft 365 Business Premium', 2, 13]]);
		const [ada] = await run('user', 'get', { user: PEOPLE.ada, properties: ['licenceFamilies'], ...listed });
		expect(ada).toMatchObject({ licenceFamilies: ['Automation', 'Microsoft 365 Business Premium'] });
	});

	it('are refused where nobody could count by them', async () => {
		await expect(run('licence', 'getFamilyCounts', { licenceFamilies: {} })).rejects.toThrow('No licence family is listed.');
		await expect(run('licence', 'getFamilyCounts', families({ family: 'own', name: 'E3', skuIds: [] }))).rejects.toThrow('The licence family "E3" has no subscription.');
	});

	it('are told of people in the usual rank where nothing was listed', async () => {
		const people = await run('user', 'getMany', { account: 'both', properties: ['licenceFamily'] });
		expect(people.find(({ id }) => id === PEOPLE.leaver)).toMatchObject({ licenceFamily: 'Microsoft 365 Business Premium' });
		expect(people.find(({ id }) => id === PEOPLE.kiosk)).toMatchObject({ licenceFamily: null });
	});
});

describe('Organization → Get Facts, in the Microsoft 365 node', () => {
	it('gives a tenant in numbers', async () => {
		const [facts, ...more] = await run('organization', 'getFacts');
		expect(more).toEqual([]);
		expect(facts).toMatchObject({ kind: 'tenantFacts', tenantId: HARBOR_TENANT_ID, id: HARBOR_TENANT_ID, displayName: 'Harbor Dental Group', secureScore: expect.any(Number) as unknown, secureScorePercent: expect.any(Number) as unknown, licensedUserCount: 13, disabledLicensedUserCount: 1, days: 30, leftOut: [] });
		const { activeUserCount, inactiveUserCount, unknownActivityCount } = facts as Record<string, number>;
		expect(activeUserCount + inactiveUserCount + unknownActivityCount).toBe(12);
		expect(activeUserCount).toBeGreaterThan(0);
	});

	it('leaves out what a tenant or an app does not have, and names it, or fails where that was chosen', async () => {
		const [facts] = await run('organization', 'getFacts', {}, withoutPermissions());
		expect(facts).toMatchObject({ licensedUserCount: 13, unknownActivityCount: 12, asOf: null });
		for (const name of ['secureScore', 'activeUserCount', 'inactiveUserCount']) expect(facts).not.toHaveProperty(name);
		const permissions = (facts.leftOut as Array<{ message: string }>).map(({ message }) => /[A-Z]\w+\.Read\.All/.exec(message)?.[0]);
		expect(permissions).toEqual(expect.arrayContaining(['SecurityEvents.Read.All', 'Reports.Read.All', 'AuditLog.Read.All']));
		await expect(run('organization', 'getFacts', { ifNotAvailable: 'fail' }, withoutPermissions())).rejects.toThrow(/Read\.All/);
	});

	it('does without sign-ins where that was chosen', async () => {
		await run('organization', 'getFacts', { considerSignIns: false });
		expect(box.microsoft.graph.seen.filter(({ url }) => url.searchParams.get('$select')?.includes('signInActivity'))).toEqual([]);
	});
});

describe('the other services, in the Microsoft 365 node', () => {
	it.each([
		['getMailboxUsage', 'mailboxUsage', 'itemCount'],
		['getActiveUsers', 'userActivity', 'exchangeLastActivityDate'],
		['getAppUsage', 'appUsage', 'outlookWindows'],
		['getActivations', 'appActivation', 'productType'],
	])('give the report %s with people joined, and only what was chosen', async (operation, kind, property) => {
		const rows = await run('usageReport', operation, { properties: [property] });
		expect(kinds(rows)).toEqual([kind]);
		expect(rows.find(({ personId }) => personId === PEOPLE.ada) ?? rows[0]).toMatchObject({ [property]: expect.anything() as unknown });
		for (const row of rows) expect(Object.keys(row).filter((name) => !['kind', 'tenantId', 'personId', 'userPrincipalName', 'displayName', property].includes(name))).toEqual([]);
	});

	it('skip a tenant that conceals names, with the setting to clear, fail, or give rows without names', async () => {
		const concealed = { tenant: LABS_TENANT_ID };
		expect(await run('usageReport', 'getMailboxUsage', concealed)).toEqual([
			{ kind: 'skipped', reason: 'notPermitted', tenantId: LABS_TENANT_ID, message: expect.stringContaining('conceals the names') as unknown, remedy: expect.stringContaining('Org settings') as unknown },
		]);
		await expect(run('usageReport', 'getMailboxUsage', { ...concealed, ifNotAvailable: 'fail' })).rejects.toThrow('conceals the names');
		for (const row of await run('usageReport', 'getMailboxUsage', { ...concealed, concealed: 'rows' })) expect(row).toMatchObject({ kind: 'mailboxUsage', concealed: true });
	});

	it('skip what a tenant has no licence for, beside another tenant that has', async () => {
		const items = await run('authentication', 'getMany', { tenant: (index: number) => [LABS_TENANT_ID, HARBOR_TENANT_ID][index], properties: ['mfaRegistered'] }, { items: [{}, {}] });
		expect(items[0]).toMatchObject({ kind: 'skipped', reason: 'notLicensed', tenantId: LABS_TENANT_ID });
		expect(items.find(({ personId }) => personId === PEOPLE.ada)).toEqual({ kind: 'authentication', tenantId: HARBOR_TENANT_ID, personId: PEOPLE.ada, userPrincipalName: 'ada.brandt@harbordental.example', displayName: 'Ada Brandt', mfaRegistered: true, source: 'registrationReport' });
	});

	it('ask person by person where that was chosen', async () => {
		box.microsoft.settings.authenticationMethodsWithoutP1 = true;
		const items = await run('authentication', 'getMany', { tenant: LABS_TENANT_ID, withoutPremium: 'each' });
		box.microsoft.settings.authenticationMethodsWithoutP1 = false;
		expect(items.map(({ source }) => source)).toEqual(['userMethods', 'userMethods', 'userMethods']);
	});

	it('give the Secure Score, its history and its gaps, or say that there is none', async () => {
		expect(await run('secureScore', 'getLatest', { properties: ['percent'] })).toEqual([{ kind: 'secureScore', tenantId: HARBOR_TENANT_ID, percent: expect.any(Number) as unknown }]);
		expect(await run('secureScore', 'getHistory', { days: 5 })).toHaveLength(5);
		expect((await run('secureScore', 'getGaps', { properties: ['gap'] }))[0]).toEqual({ kind: 'secureScoreGap', tenantId: HARBOR_TENANT_ID, controlId: 'mdo_safelinksforemail', title: 'Create Safe Links policies for email messages', gap: 9 });
		expect(await run('secureScore', 'getGaps', { complete: true })).toHaveLength(5);
		for (const operation of ['getLatest', 'getHistory', 'getGaps']) expect(await run('secureScore', operation, { tenant: LABS_TENANT_ID })).toEqual([expect.objectContaining({ kind: 'emptyList', list: 'secureScores' })]);
	});
});

describe('Sign-In Activity, in the Microsoft 365 node', () => {
	it('is read part by part, with the place in the ledger, and closed by where it stands', async () => {
		// Of its own: the limit is small, and what other tests used of it would have to be waited out.
		const alone = await startTenantInABox();
		const own = new NodeInABox(() => alone);
		const folder = mkdtempSync(join(tmpdir(), 'sign-in-node-'));
		const credentials = { syncLedgerApi: { type: 'sqlite', path: join(folder, 'ledger.sqlite') } };
		const part = async (executionId: string, parameters: object = {}) => await own.run({ parameters: { resource: 'signInActivity', operation: 'readNextPart', ...parameters }, credentials, executionId });
		const first = await part('1');
		expect(first.at(-1)).toMatchObject({ kind: 'signInProgress', complete: true, since: null, people: first.length - 1 });
		expect(first.find(({ personId }) => personId === PEOPLE.ada)).toMatchObject({ kind: 'signInActivity', newest: '2026-11-20T15:58:11Z' });
		const second = await part('2');
		expect(second.at(-1)).toMatchObject({ complete: true, since: expect.stringMatching(/^\d{4}-.*Z$/) as unknown });
		expect((await part('3', { startOver: true })).at(-1)).toMatchObject({ complete: true, since: null, people: first.length - 1 });
		expect(await part('4', { tenant: LABS_TENANT_ID })).toEqual([expect.objectContaining({ kind: 'skipped', reason: 'notLicensed' })]);
		await alone.microsoft.stop();
		rmSync(folder, { recursive: true, force: true });
	});
});
