import { manualClock } from '../../../../simulators/graph';
import { FOREVER, HARBOR_TENANT_ID, LABS_TENANT_ID, MANAGED_DEVICES, NEVER, NO_DEVICE_ID, PEOPLE, SAMPLE_APPS } from '../../../../simulators/world';
import { startHarness, type Harness, type Json } from './setup';

describe('services beside the directory', () => {
	const clock = manualClock();
	let harness: Harness;
	const harbor = () => harness.microsoft.world.tenant(HARBOR_TENANT_ID);
	const labs = async () => await harness.token(SAMPLE_APPS.consented, LABS_TENANT_ID);
	const without = async () => await harness.token(SAMPLE_APPS.withoutConsent);
	beforeAll(async () => {
		harness = await startHarness({ clock });
	});
	afterAll(async () => await harness.stop());
	beforeEach(() => harness.microsoft.resetThrottle());

	describe('Intune', () => {
		const LIST = '/deviceManagement/managedDevices';
		const ids = async (query: string) => (await harness.list(LIST + query)).map((device) => device.id);

		it('lists devices with sentinels for dates, empty texts for nothing, and not all that it knows', async () => {
			const { body } = await harness.get(LIST);
			expect(body['@odata.count']).toBe(body.value.length);
			const by = (id: string) => body.value.find((device: Json) => device.id === id);
			expect(by(MANAGED_DEVICES.frontDesk)).toMatchObject({
				deviceName: 'FRONT-DESK-01', userId: PEOPLE.ada, managedDeviceOwnerType: 'company', serialNumber: 'PF4ABC12', wiFiMacAddress: 'A1B2C3D4E5F6',
				ethernetMacAddress: null, physicalMemoryInBytes: 0, notes: null, udid: null, azureADRegistered: true, complianceGracePeriodExpirationDateTime: FOREVER,
			});
			expect(by(MANAGED_DEVICES.justEnrolled)).toMatchObject({ lastSyncDateTime: NEVER, serialNumber: '', model: '', azureADDeviceId: NO_DEVICE_ID, azureADRegistered: false });
			expect(by(MANAGED_DEVICES.shared)).toMatchObject({ userId: '', userPrincipalName: '', azureADDeviceId: NO_DEVICE_ID, serialNumber: '0' });
			expect(by(MANAGED_DEVICES.ownPhone)).toMatchObject({ managedDeviceOwnerType: 'personal', operatingSystem: 'iOS' });
		});

		it('names each device as Entra does, and has one that Entra does not know', async () => {
			const known = new Map(harbor().devices.map((device) => [device.deviceId, device.displayName]));
			const registered = (await harness.list(LIST)).filter((device) => device.azureADRegistered);
			expect(registered).toHaveLength(5);
			for (const { azureADDeviceId, deviceName } of registered) expect(known.get(azureADDeviceId)).toBe(deviceName);
		});

		it('tells more about one device', async () => {
			expect((await harness.get(`${LIST}/${MANAGED_DEVICES.frontDesk.toUpperCase()}`)).body).toMatchObject({
				ethernetMacAddress: 'A1B2C3D4E5F7', physicalMemoryInBytes: 17_179_869_184, notes: 'Behind the counter', udid: null,
			});
			expect((await harness.get(`${LIST}/${MANAGED_DEVICES.ownPhone}?$select=id,udid`)).body).toEqual({
				'@odata.context': `${harness.microsoft.graph.origin}/v1.0/$metadata#deviceManagement/managedDevices(id,udid)/$entity`,
				id: MANAGED_DEVICES.ownPhone, udid: '00008120-001A2B3C4D5E6F70',
			});
			expect((await harness.get(`${LIST}/${PEOPLE.ada}`)).status).toBe(404);
		});

		it.each([
			["?$filter=complianceState eq 'noncompliant'", ['operatory']],
			['?$filter=lastSyncDateTime ge 2025-01-01T00:00:00Z and lastSyncDateTime lt 2026-01-01T00:00:00Z', ['longUnseen']],
			["?$filter=contains(deviceName,'iphone')", ['ownPhone']],
			["?$filter=startswith(serialNumber,'PF4')", ['frontDesk', 'operatory']],
			["?$filter=operatingSystem eq 'Windows'&$orderby=deviceName&$top=2", ['homeBuilt', 'frontDesk']],
		] as const)('answers %s', async (query, names) => {
			expect(await ids(query)).toEqual(names.map((name) => MANAGED_DEVICES[name]));
		});

		it.each(['?$filter=notes eq 1', "?$filter=imei eq '1'", '?$select=colour', '?$orderby=model', '?$search="x"', '?$count=true'])('refuses %s', async (query) => {
			expect((await harness.get(LIST + query)).status).toBe(400);
		});

		it('pages by a thousand, however many are asked for, and follows the devices that come and go', async () => {
			const own = await startHarness({ clock });
			const { managedDevices } = own.microsoft.world.tenant(HARBOR_TENANT_ID).services;
			for (let number = 0; number < 1_500; number++) managedDevices.add({ deviceName: `PC-${number}` });
			const first = (await own.get(`${LIST}?$select=id&$top=5000`)).body;
			expect([first.value.length, first['@odata.count']]).toEqual([1000, 1000]);
			managedDevices.remove(MANAGED_DEVICES.frontDesk);
			managedDevices.update(MANAGED_DEVICES.operatory, { complianceState: 'compliant' });
			const second = (await own.get(first['@odata.nextLink'])).body;
			expect(second.value).toHaveLength(507);
			expect(new Set([...first.value, ...second.value].map((device: Json) => device.id)).size).toBe(1507);
			expect((await own.get(`${LIST}/${MANAGED_DEVICES.frontDesk}`)).status).toBe(404);
			expect((await own.get(`${LIST}/${MANAGED_DEVICES.operatory}`)).body.complianceState).toBe('compliant');
			expect(second).not.toHaveProperty(['@odata.nextLink']);
			await own.stop();
		});

		it('does not exist in a tenant that has not bought it, in either way of saying so', async () => {
			const token = await labs();
			const refused = await harness.get(LIST, { token });
			expect([refused.status, refused.body.error.code, refused.body.error.message]).toEqual([400, 'BadRequest', 'Request not applicable to target tenant.']);
			harness.microsoft.settings.withoutIntune = 'forbidden';
			const other = await harness.get(LIST, { token });
			expect([other.status, other.body.error.code, JSON.parse(other.body.error.message).ErrorCode]).toEqual([403, 'UnknownError', 'Forbidden']);
			harness.microsoft.settings.withoutIntune = 'notApplicable';
		});

		it('names the permission that is missing', async () => {
			const { status, body } = await harness.get(LIST, { token: await without() });
			expect([status, body.error.code]).toEqual([403, 'Forbidden']);
			expect(JSON.parse(body.error.message).Message).toContain('DeviceManagementManagedDevices.Read.All');
		});
	});

	describe('Secure Score', () => {
		const SCORES = '/security/secureScores';

		it('has one score a day for ninety days, newest first, which rose when a control was followed', async () => {
			const scores = await harness.list(`${SCORES}?$top=200`);
			expect(scores).toHaveLength(90);
			expect(scores[0]).toMatchObject({ id: `${HARBOR_TENANT_ID}_2026-11-21`, createdDateTime: '2026-11-21T00:00:00Z', currentScore: 31.14, maxScore: 45 });
			expect(scores[89].id).toBe(`${HARBOR_TENANT_ID}_2026-08-24`);
			const on = (day: string) => scores.find((score) => score.createdDateTime.startsWith(day)).currentScore;
			expect([on('2026-10-14'), on('2026-10-15')]).toEqual([23.14, 31.14]);
			for (const { currentScore, controlScores } of scores) {
				expect(controlScores.reduce((sum: number, control: Json) => sum + control.score, 0)).toBeCloseTo(currentScore, 5);
			}
		});

		it('pages by position, to the end', async () => {
			const seen: string[] = [];
			let next: string | undefined = `${SCORES}?$top=40`;
			while (next) {
				const { body }: { body: Json } = await harness.get(next);
				seen.push(...body.value.map((score: Json) => score.id));
				next = body['@odata.nextLink'];
			}
			expect([seen.length, new Set(seen).size]).toEqual([90, 90]);
			const { body } = await harness.get(`${SCORES}?$top=1`);
			expect(new URL(body['@odata.nextLink']).searchParams.get('$skip')).toBe('1');
			expect((await harness.get(`${SCORES}?$top=90`)).body).not.toHaveProperty(['@odata.nextLink']);
			expect((await harness.get(`${SCORES}?$top=1&$skip=500`)).body).not.toHaveProperty(['@odata.nextLink']);
		});

		it('counts and filters', async () => {
			const { body } = await harness.get(`${SCORES}?$count=true&$top=1&$filter=createdDateTime ge 2026-11-20T00:00:00Z`);
			expect([body['@odata.count'], body.value[0].id]).toEqual([2, `${HARBOR_TENANT_ID}_2026-11-21`]);
			expect((await harness.get(body['@odata.nextLink'])).body.value[0].id).toBe(`${HARBOR_TENANT_ID}_2026-11-20`);
			expect(await harness.list(`${SCORES}?$filter=vendorInformation/provider eq 'Somebody'`)).toEqual([]);
		});

		it('has a profile for each control that it scores', async () => {
			const profiles = await harness.list('/security/secureScoreControlProfiles');
			const [latest] = await harness.list(`${SCORES}?$top=1`);
			expect(profiles.map((profile) => profile.id)).toEqual(latest.controlScores.map((control: Json) => control.controlName));
			expect(profiles[0]).toMatchObject({ id: 'MFARegistrationV2', maxScore: 9, rank: 2, threats: ['Account Breach', 'Elevation of Privilege'] });
			expect(await harness.list("/security/secureScoreControlProfiles?$filter=controlCategory eq 'Device'")).toHaveLength(1);
		});

		it('knows nothing about a tenant that nobody scored', async () => {
			const token = await labs();
			for (const path of [SCORES, '/security/secureScoreControlProfiles']) {
				expect(await harness.get(path, { token })).toMatchObject({ status: 200, body: { value: [] } });
			}
		});

		it.each(['?$top=0', '?$top=x', '?$skip=-1', '?$select=id', '?$orderby=createdDateTime', "?$filter=currentScore eq 3"])('refuses %s', async (query) => {
			expect((await harness.get(SCORES + query)).status).toBe(400);
		});

		it('refuses without a word', async () => {
			const { status, body } = await harness.get(SCORES, { token: await without() });
			expect([status, body.error.code, body.error.message]).toEqual([403, 'UnknownError', '']);
		});
	});

	describe('mailboxes', () => {
		const purpose = async (id: string) => (await harness.get(`/users/${id}/mailboxSettings/userPurpose`)).body;

		it('say what they are for', async () => {
			expect((await purpose(PEOPLE.ada)).value).toBe('user');
			expect((await purpose(PEOPLE.reception)).value).toBe('shared');
			harbor().updateUser(PEOPLE.reception, { mailboxKind: 'room' });
			expect((await purpose('reception@harbordental.example')).value).toBe('room');
			expect((await harness.get(`/users/${PEOPLE.reception}/mailboxSettings?$select=userPurpose`)).body.userPurpose).toBe('room');
			harbor().updateUser(PEOPLE.reception, { mailboxKind: 'shared' });
			expect((await harness.get(`/users/${PEOPLE.ada}/mailboxSettings`)).body).toMatchObject({ timeZone: 'Pacific Standard Time', userPurpose: 'user', automaticRepliesSetting: { status: 'disabled' } });
		});

		it.each(['kiosk', 'guest', 'tom', 'scanner'] as const)('are missing: %s', async (person) => {
			const { error } = await purpose(PEOPLE[person]);
			expect(error).toMatchObject({ code: 'MailboxNotEnabledForRESTAPI', message: 'The mailbox is either inactive, soft-deleted, or is hosted on-premise.' });
		});

		it('come and go with the licence', async () => {
			const { assignedLicenses } = harbor().findUser(PEOPLE.grace) ?? {};
			harbor().updateUser(PEOPLE.grace, { assignedLicenses: [] });
			expect((await purpose(PEOPLE.grace)).error.code).toBe('MailboxNotEnabledForRESTAPI');
			harbor().updateUser(PEOPLE.grace, { assignedLicenses });
			expect((await purpose(PEOPLE.grace)).value).toBe('user');
		});

		it('of nobody are not found, and nothing unknown is selected', async () => {
			expect((await purpose('nobody')).error.code).toBe('Request_ResourceNotFound');
			expect((await harness.get(`/users/${PEOPLE.ada}/mailboxSettings?$select=colour`)).status).toBe(400);
		});

		it('take a permission of Exchange', async () => {
			const refused = await harness.get(`/users/${PEOPLE.ada}/mailboxSettings`, { token: await without() });
			expect([refused.status, refused.body.error.code]).toEqual([403, 'ErrorAccessDenied']);
		});
	});
});
