import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { generatedWorld, FLOW_FREE, HARBOR_TENANT_ID, LABS_TENANT_ID, MANAGED_DEVICES, O365_BUSINESS_PREMIUM, PEOPLE, SAMPLE_APPS, SPB } from '../../../simulators/world';
import { openSqliteLedger } from '../../../sync/ledger';
import { authentication } from '../../../sync/source/graph/read/authentication';
import { authenticationOfEach } from '../../../sync/source/graph/read/authenticationMethods';
import { companySubscriptions } from '../../../sync/source/graph/read/companySubscriptions';
import { countHolders, licensedPeoplePages } from '../../../sync/source/graph/read/licenceHolders';
import { licenceNames } from '../../../sync/source/graph/read/licenceNames';
import { licencesOf } from '../../../sync/source/graph/read/licences';
import { managedDeviceWhereabouts } from '../../../sync/source/graph/read/managedDeviceWhereabouts';
import { personActivity } from '../../../sync/source/graph/read/personActivity';
import { personIdsByName } from '../../../sync/source/graph/read/personIds';
import { recentSignIns } from '../../../sync/source/graph/read/recentSignIns';
import { secureScoreGaps } from '../../../sync/source/graph/read/secureScoreGaps';
import { secureScores } from '../../../sync/source/graph/read/secureScores';
import { subscribedSkus } from '../../../sync/source/graph/read/subscribedSkus';
import { unusedLicences } from '../../../sync/source/graph/read/unusedLicences';
import { APP_ACTIVATIONS, APP_USAGE, MAILBOX_USAGE, usagePages, USER_ACTIVITY } from '../../../sync/source/graph/read/usageReports';
import { readSignInPart } from '../../../sync/source/graph/jobs/signInJob';
import { collect } from '../../../sync/source/graph/transport/paging';
import type { GraphClient } from '../../../sync/source/graph/transport/client';
import { failureOf, TestClock } from './service';
import { startTenantInABox, type TenantInABox } from './tenantInABox';

/** One for the client and the services: waits take no time, and both agree on how long they were. */
const clock = new TestClock();
const PATIENT = { clock, budgetSeconds: 86_400, requestSeconds: 30 };

describe('the services beside the directory, as Harbor Dental has them', () => {
	let box: TenantInABox;
	beforeAll(async () => {
		box = await startTenantInABox({ clock });
	});
	afterAll(async () => await box.microsoft.stop());
	afterEach(() => box.reset());
	const client = (tenantId = HARBOR_TENANT_ID, clientId: string = SAMPLE_APPS.consented) => box.client({ tenantId, clientId }, PATIENT);
	const services = () => box.microsoft.world.tenant(HARBOR_TENANT_ID).services;

	it('say what is bought, and when it is renewed or ends', async () => {
		const licences = licencesOf(HARBOR_TENANT_ID, await subscribedSkus(client()), await companySubscriptions(client()), await licenceNames());
		const of = (skuId: string) => licences.find((licence) => licence.skuId === skuId);
		expect(of(SPB)).toMatchObject({ enabledUnits: 15, warningUnits: 2, trial: false, nextLifecycleDate: '2026-12-01T00:00:00Z', subscriptions: [{ status: 'Warning', totalLicences: 2 }, { status: 'Enabled', totalLicences: 15 }] });
		expect(of(O365_BUSINESS_PREMIUM)).toMatchObject({ displayName: 'Microsoft 365 Business Standard', trial: true, nextLifecycleDate: '2026-12-05T00:00:00Z' });
		expect(of(FLOW_FREE)).toMatchObject({ free: true, nextLifecycleDate: null });
	});

	it('say who holds which licence', async () => {
		const [skus, names] = [await subscribedSkus(client()), await licenceNames()];
		const counts = countHolders(await collect(licensedPeoplePages(client(), { names, skus })));
		for (const { skuId, holders } of counts) expect(holders).toBe(skus.find((sku) => sku.skuId === skuId)!.consumedUnits);
		expect(counts.find(({ skuId }) => skuId === SPB)).toMatchObject({ licence: 'Microsoft 365 Business Premium', skuPartNumber: 'SPB', disabledHolders: 1, free: false });
		expect(counts.find(({ skuId }) => skuId === FLOW_FREE)).toMatchObject({ free: true });
	});

	it('say of managed devices that a list lacks whether they are gone, twenty of them on one way', async () => {
		const left = [MANAGED_DEVICES.ownPhone, MANAGED_DEVICES.frontDesk.toUpperCase()];
		const gone = Array.from({ length: 30 }, (_, index) => `4d5f0b6e-1c2a-4b7e-9d31-9999999999${String(index).padStart(2, '0')}`);
		box.microsoft.graph.seen.length = 0;
		const found = await managedDeviceWhereabouts(client(), [...left, ...gone, ...gone]);
		expect([...found]).toEqual([...left.map((id) => [id.toLowerCase(), 'filteredOut']), ...gone.map((id) => [id, 'gone'])]);
		expect(box.microsoft.graph.seen.map(({ url }) => url.pathname.split('/').at(-1))).toEqual(['$batch', '$batch']);
		expect(await managedDeviceWhereabouts(client(), [])).toEqual(new Map());
	});

	it('never take a managed device for gone where Intune does not say so', async () => {
		const { features } = box.microsoft.world.tenant(HARBOR_TENANT_ID);
		features.hasIntune = false;
		expect(await failureOf(managedDeviceWhereabouts(client(), [MANAGED_DEVICES.frontDesk]))).toMatchObject({ class: 'notLicensed' });
		features.hasIntune = true;
		expect(await failureOf(managedDeviceWhereabouts(client(), ['PC-1']))).toMatchObject({ class: 'input', code: 'graph.managedDeviceId' });
	});

	it('report mailboxes, activity, apps and activations, joined to people', async () => {
		const personIds = await personIdsByName(client());
		const mailboxes = await collect(usagePages(client(), MAILBOX_USAGE, { period: 30, personIds }));
		expect(mailboxes.find(({ personId }) => personId === PEOPLE.reception)).toMatchObject({ mailboxKind: 'shared', itemCount: 48_211, storageUsedBytes: 51_900_000_000, lastActivityDate: '2026-11-19' });
		expect(mailboxes.find(({ personId }) => personId === PEOPLE.ivy)).toMatchObject({ hasArchive: true, mailboxKind: 'user' });
		const activity = await collect(usagePages(client(), USER_ACTIVITY, { period: 180, personIds }));
		expect(activity.find(({ personId }) => personId === PEOPLE.sean)).toMatchObject({ lastActivityDate: '2026-05-28', teamsLastActivityDate: '2026-05-04' });
		const apps = await collect(usagePages(client(), APP_USAGE, { period: 30, personIds }));
		expect(apps.find(({ personId }) => personId === PEOPLE.ada)).toMatchObject({ lastActivityDate: '2026-11-20', outlookWindows: true, teamsWeb: false });
		const activations = await collect(usagePages(client(), APP_ACTIVATIONS, { period: 30, personIds }));
		expect(activations.filter(({ personId }) => personId === PEOPLE.ada).map(({ productType, windows }) => [productType, windows])).toEqual([
			['MICROSOFT 365 APPS FOR BUSINESS', 2],
			['PROJECT CLIENT', 1],
		]);
		expect(box.microsoft.downloads.tokensReceived).toEqual([]);
	});

	it.each(['old', 'new', 'future'] as const)('report mailboxes with %s columns', async (reportColumns) => {
		box.microsoft.settings.reportColumns = reportColumns;
		const [row] = await collect(usagePages(client(), MAILBOX_USAGE, { period: 7 }));
		box.microsoft.settings.reportColumns = 'new';
		expect('mailboxKind' in row).toBe(reportColumns !== 'old');
		expect(row).toMatchObject({ kind: 'mailboxUsage', reportPeriodDays: 7, itemCount: expect.any(Number) as unknown });
	});

	it('conceal names, which is told with the setting to clear', async () => {
		services().displayConcealedNames = true;
		const error = await failureOf(collect(usagePages(client(), USER_ACTIVITY, { period: 30 })));
		const rows = await collect(usagePages(client(), USER_ACTIVITY, { period: 30, concealedRows: true, personIds: new Map() }));
		services().displayConcealedNames = false;
		expect(error).toMatchObject({ class: 'notPermitted', code: 'graph.concealedNames' });
		expect(rows.length).toBeGreaterThan(5);
		for (const row of rows) expect([row.concealed, row.userPrincipalName, row.displayName, row.personId]).toEqual([true, undefined, undefined, undefined]);
	});

	it('know whose licences are unused, and of whom nothing is known', async () => {
		const activity = await personActivity(client(), 90);
		const people = await collect(licensedPeoplePages(client(), { names: await licenceNames(), skus: [], withoutFree: true }));
		const { unused, summary } = unusedLicences(people, { activity }, { tenantId: HARBOR_TENANT_ID, days: 90, now: clock.now() });
		expect(unused.find(({ personId }) => personId === PEOPLE.leaver)).toMatchObject({ why: 'disabled', lastActivity: '2026-03-02' });
		expect(unused.find(({ personId }) => personId === PEOPLE.sean)).toMatchObject({ why: 'inactive', lastActivity: '2026-05-28' });
		// Never used, and the reports name him.
		expect(unused.find(({ personId }) => personId === PEOPLE.johnSmithAssistant)).toMatchObject({ why: 'inactive', lastActivity: null });
		for (const used of [PEOPLE.ada, PEOPLE.zoe, PEOPLE.grace, PEOPLE.dana]) expect(unused.map(({ personId }) => personId)).not.toContain(used);
		expect(summary.unused + summary.used + summary.unknown).toBe(summary.assigned);
		const seen = await recentSignIns(client(), '2026-08-24T00:00:00Z');
		expect([...seen.keys()].sort()).toEqual([PEOPLE.ada, PEOPLE.zoe].sort());
	});

	it('know who registered which methods, and nothing of the disabled', async () => {
		const statuses = await authentication(client(), 'refuse');
		const of = (id: string) => statuses.find(({ personId }) => personId === id);
		expect(of(PEOPLE.ada)).toMatchObject({ mfaRegistered: true, administrator: true, source: 'registrationReport' });
		expect(of(PEOPLE.nina)).toMatchObject({ mfaRegistered: false });
		expect(of(PEOPLE.omar)).toMatchObject({ mfaRegistered: true, mfaCapable: false });
		expect(of(PEOPLE.leaver)).toBeUndefined();
	});

	it('agree with themselves when everybody is asked alone', async () => {
		const inBulk = new Map((await authentication(client(), 'refuse')).map((status) => [status.personId, status.mfaRegistered]));
		const one = await authenticationOfEach(client());
		expect(one.length).toBeGreaterThan(10);
		for (const { personId, mfaRegistered } of one) expect([personId, mfaRegistered]).toEqual([personId, inBulk.get(personId)]);
	});

	it('without P1 are asked person by person, where the service allows it', async () => {
		expect((await failureOf(authentication(client(LABS_TENANT_ID), 'refuse'))).class).toBe('notLicensed');
		box.microsoft.settings.authenticationMethodsWithoutP1 = true;
		const statuses = await authentication(client(LABS_TENANT_ID), 'each');
		box.microsoft.settings.authenticationMethodsWithoutP1 = false;
		expect(statuses).toHaveLength(3);
		for (const status of statuses) expect(status).toMatchObject({ source: 'userMethods', mfaRegistered: false });
		expect((await failureOf(authentication(client(LABS_TENANT_ID), 'each'))).class).toBe('notLicensed');
	});

	it('score the tenant, day by day, with what could be better', async () => {
		const days = await secureScores(client(), 60);
		expect(days).toHaveLength(60);
		expect(days[0].score.createdDateTime! > days[59].score.createdDateTime!).toBe(true);
		expect(days[0].score.score!).toBeGreaterThan(days[59].score.score!);
		const gaps = (await secureScoreGaps(client()))!;
		expect(gaps.map(({ controlId }) => controlId)).toEqual(['mdo_safelinksforemail', 'MFARegistrationV2', 'OneAdmin']);
		expect(gaps[1]).toMatchObject({ gap: 3.86, remediation: expect.stringContaining('multifactor') as unknown });
		expect(await secureScores(client(LABS_TENANT_ID), 1)).toEqual([]);
	});

	it('give a report 14 times in ten minutes, and a Secure Score to four at once: the others wait instead of being refused', async () => {
		clock.pass(3_600_000);
		box.reset();
		box.microsoft.settings.throttling = 'hard';
		const began = clock.now();
		for (let time = 0; time < 15; time++) await collect(usagePages(client(), USER_ACTIVITY, { period: 7 }));
		expect((clock.now() - began) / 1000).toBeGreaterThanOrEqual(600);
		await Promise.all(Array.from({ length: 12 }, async () => await secureScores(client(), 30)));
		box.microsoft.settings.throttling = 'gradual';
		expect(box.microsoft.graph.seen.filter(({ status }) => status === 429)).toEqual([]);
	});

	it.each<[string, string, (client: GraphClient) => Promise<unknown>]>([
		['LicenseAssignment.Read.All', 'the subscriptions', subscribedSkus],
		['Reports.Read.All', 'the mailbox usage report', async (reader) => await collect(usagePages(reader, MAILBOX_USAGE, { period: 7 }))],
		['AuditLog.Read.All', 'the registered authentication methods', async (reader) => await authentication(reader, 'refuse')],
		['AuditLog.Read.All', 'the sign-in activity', async (reader) => await recentSignIns(reader, '2026-11-01T00:00:00Z')],
		['UserAuthenticationMethod.Read.All', 'the authentication methods of a user', authenticationOfEach],
		['SecurityEvents.Read.All', 'the Secure Score', async (reader) => await secureScores(reader, 1)],
	])('without %s do not give %s', async (permission, what, read) => {
		const error = await failureOf(read(client(HARBOR_TENANT_ID, SAMPLE_APPS.usersOnly)));
		expect(error.class).toBe('notPermitted');
		expect(error.message).toContain(permission);
		expect(error.message).toContain(what);
	});
});

describe('limits that are hard', () => {
	let box: TenantInABox;
	const world = generatedWorld({ seed: 11, users: 12_500 });
	const [tenant] = world.tenants;
	const folder = mkdtempSync(join(tmpdir(), 'hard-limits-'));
	beforeAll(async () => {
		box = await startTenantInABox({ world, clock });
		box.microsoft.settings.throttling = 'hard';
	});
	afterAll(async () => {
		await box.microsoft.stop();
		rmSync(folder, { recursive: true, force: true });
	});
	beforeEach(() => {
		// Whatever was used before is out of every window.
		clock.pass(3_600_000);
		box.reset();
	});
	const client = () => box.client({ tenantId: tenant.tenantId }, PATIENT);
	const refused = () => box.microsoft.graph.seen.filter(({ status }) => status === 429).length;

	it('are kept: registered methods of 12,500 people come without a single 429, and not slower than five in ten seconds', async () => {
		const began = clock.now();
		const statuses = await authentication(client(), 'refuse');
		const pages = box.microsoft.graph.seen.filter(({ url }) => url.pathname.endsWith('/userRegistrationDetails')).length;
		expect(statuses.length).toBe(tenant.users.filter(({ accountEnabled }) => accountEnabled !== false).length);
		expect(refused()).toBe(0);
		expect((clock.now() - began) / 1000).toBeLessThanOrEqual((Math.ceil(pages / 5) - 1) * 10 * 1.06 + 1);
	}, 60_000);

	it('are kept: sign-in activity of 12,500 people comes in parts without a single 429, ten pages a minute', async () => {
		const ledger = await openSqliteLedger(join(folder, 'ledger.sqlite'), { clock });
		try {
			const seen = new Set<string>();
			const began = clock.now();
			let parts = 0;
			for (let complete = false; !complete; parts++) {
				const { activities, progress } = await readSignInPart(client(), ledger, { minutes: 1, pages: 8, everybodyAfterDays: 30, holder: `execution ${parts}` }, clock);
				for (const { personId } of activities) seen.add(personId);
				complete = progress.complete;
				expect(parts).toBeLessThan(10);
			}
			expect([seen.size, refused()]).toEqual([tenant.users.length, 0]);
			expect((clock.now() - began) / 1000).toBeLessThanOrEqual(2 * 61.1);
		} finally {
			await ledger.close();
		}
	}, 60_000);

});
