import { parse } from 'csv-parse/sync';
import { manualClock } from '../../../../simulators/graph';
import { csvFile } from '../../../../simulators/graph/reports/csv';
import { HARBOR_TENANT_ID, LABS_TENANT_ID, PEOPLE, SAMPLE_APPS } from '../../../../simulators/world';
import { startHarness, type Answer, type Harness } from './setup';

const MAILBOXES = "/reports/getMailboxUsageDetail(period='D30')";
const ACTIVE_USERS = "/reports/getOffice365ActiveUserDetail(period='D180')";
const APP_USERS = "/reports/getM365AppUserDetail(period='D7')";
const ACTIVATIONS = '/reports/getOffice365ActivationsUserDetail';
const PSEUDONYM = /^[0-9A-F]{32}$/;

const COLUMNS_OF_2021 = [
	'Report Refresh Date', 'User Principal Name', 'Display Name', 'Is Deleted', 'Deleted Date', 'Created Date', 'Last Activity Date', 'Item Count',
	'Storage Used (Byte)', 'Issue Warning Quota (Byte)', 'Prohibit Send Quota (Byte)', 'Prohibit Send/Receive Quota (Byte)', 'Deleted Item Count',
	'Deleted Item Size (Byte)', 'Report Period',
];

type Row = Record<string, string>;

describe('usage reports', () => {
	const clock = manualClock();
	let harness: Harness;
	const harbor = () => harness.microsoft.world.tenant(HARBOR_TENANT_ID);
	beforeAll(async () => {
		harness = await startHarness({ clock });
	});
	afterAll(async () => await harness.stop());
	beforeEach(() => {
		harness.microsoft.resetThrottle();
		harness.microsoft.settings.reportColumns = 'new';
	});

	const linkOf = async (path: string, token?: string): Promise<string> => {
		const answer = await harness.get(path, { token });
		if (answer.status !== 302) throw new Error(`${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
		return answer.headers.get('location') ?? '';
	};
	const download = async (path: string, token?: string): Promise<Answer> => await harness.send(await linkOf(path, token));
	const rows = async (path: string, token?: string): Promise<Row[]> => parse((await download(path, token)).body as string, { columns: true, bom: true });
	const headings = async (path: string): Promise<string[]> => (parse((await download(path)).body as string, { bom: true, to: 1 }) as string[][])[0];
	const rowOf = (list: readonly Row[], name: string) => list.find((row) => row['User Principal Name'] === `${name}@harbordental.example`);

	describe('the way to them', () => {
		it('leads to another host, which answers with a file that begins with a byte order mark', async () => {
			const link = await linkOf(MAILBOXES);
			expect(new URL(link).origin).toBe(harness.microsoft.reports.origin);
			expect(new URL(link).origin).not.toBe(harness.microsoft.graph.origin);
			const { status, headers, body } = await harness.send(link);
			expect([status, headers.get('content-type')]).toEqual([200, 'application/octet-stream']);
			// Read as UTF-8, fetch drops the mark; the bytes have it.
			expect(body.startsWith('Report Refresh Date,')).toBe(true);
			expect(Buffer.from(csvFile([{ name: 'Ä', value: () => '' }], [])).toString('hex')).toBe('efbbbfc3840a');
		});

		it('a token is refused there, and remembered', async () => {
			const { downloads } = harness.microsoft;
			const link = await linkOf(MAILBOXES);
			await harness.send(link);
			expect(downloads.tokensReceived).toEqual([]);
			const refused = await harness.send(link, { headers: { authorization: 'Bearer leaked' } });
			expect([refused.status, downloads.tokensReceived]).toEqual([400, ['Bearer leaked']]);
			downloads.tokensReceived.length = 0;
		});

		it('is good for minutes, as often as one likes', async () => {
			const link = await linkOf(MAILBOXES);
			clock.advance(4 * 60_000);
			for (let call = 0; call < 2; call++) expect((await harness.send(link)).status).toBe(200);
			clock.advance(60_000);
			expect((await harness.send(link)).status).toBe(403);
			expect((await harness.send(`${harness.microsoft.reports.origin}/data/download/guessed`)).status).toBe(404);
			const another = await linkOf(MAILBOXES);
			harness.microsoft.downloads.expireAll();
			expect((await harness.send(another)).status).toBe(403);
		});

		it('is another one for everybody who asks', async () => {
			expect(await linkOf(MAILBOXES)).not.toBe(await linkOf(MAILBOXES));
		});

		it('ends before it begins without the permission, in words of its own', async () => {
			const { status, body } = await harness.get(MAILBOXES, { token: await harness.token(SAMPLE_APPS.withoutConsent) });
			expect([status, body.error.code, body.error.message]).toEqual([403, 'S2SUnauthorized', 'Invalid permission.']);
		});

		it.each(['D8', '30', 'd7', ''])('has no period %j', async (period) => {
			const { status, body } = await harness.get(`/reports/getMailboxUsageDetail(period='${period}')`);
			expect([status, body.error.code]).toEqual([400, 'BadRequest']);
		});

		it('goes through a batch as an answer to follow', async () => {
			const { body } = await harness.send(`${harness.microsoft.graph.origin}/v1.0/$batch`, {
				method: 'POST',
				headers: { authorization: `Bearer ${await harness.token()}`, 'content-type': 'application/json' },
				body: JSON.stringify({ requests: [{ id: '1', method: 'GET', url: MAILBOXES }] }),
			});
			expect(body.responses[0]).toMatchObject({ id: '1', status: 302, headers: { Location: expect.stringContaining(harness.microsoft.reports.origin) } });
		});
	});

	describe('of mailboxes', () => {
		it('tell of the day before yesterday, of each mailbox and of nobody else', async () => {
			const list = await rows(MAILBOXES);
			expect(new Set(list.map((row) => row['Report Refresh Date']))).toEqual(new Set(['2026-11-20']));
			expect(rowOf(list, 'ada.brandt')).toMatchObject({
				'Display Name': 'Ada Brandt', 'Is Deleted': 'False', 'Deleted Date': '', 'Created Date': '2021-06-01', 'Last Activity Date': '2026-11-20',
				'Has Archive': 'False', 'Recipient Type': 'User', 'Report Period': '30',
			});
			expect(rowOf(list, 'reception')).toMatchObject({ 'Recipient Type': 'Shared', 'Item Count': '48211', 'Storage Used (Byte)': '51900000000' });
			expect(rowOf(list, 'ivy.stone')).toMatchObject({ 'Has Archive': 'True' });
			// No licence that brings one; somebody who never used theirs has an empty date.
			for (const name of ['kiosk1', 'tom.becker']) expect(rowOf(list, name)).toBeUndefined();
			expect(rowOf(list, 'john.smith2')).toMatchObject({ 'Last Activity Date': '' });
		});

		it('hold those deleted within the period only', async () => {
			expect(rowOf(await rows(MAILBOXES), 'rita.vance')).toMatchObject({ 'Is Deleted': 'True', 'Deleted Date': '2026-11-10' });
			expect(rowOf(await rows(MAILBOXES.replace('D30', 'D7')), 'rita.vance')).toBeUndefined();
		});

		it('do not know yet who came yesterday', async () => {
			harbor().addUser({ userPrincipalName: 'new@harbordental.example', mailboxKind: 'room', createdDateTime: '2026-11-21T09:00:00Z' });
			expect(rowOf(await rows(MAILBOXES), 'new')).toBeUndefined();
			harbor().updateUser('new@harbordental.example', { createdDateTime: '2026-11-20T09:00:00Z' });
			expect(rowOf(await rows(MAILBOXES), 'new')).toMatchObject({ 'Recipient Type': 'Room' });
			harbor().hardDeleteUser('new@harbordental.example');
		});

		it('have the columns of 2021, of today, and of some day to come', async () => {
			harness.microsoft.settings.reportColumns = 'old';
			expect(await headings(MAILBOXES)).toEqual(COLUMNS_OF_2021);
			harness.microsoft.settings.reportColumns = 'new';
			expect(await headings(MAILBOXES)).toEqual([...COLUMNS_OF_2021.slice(0, -1), 'Deleted Item Quota (Byte)', 'Has Archive', 'Recipient Type', 'Report Period']);
			harness.microsoft.settings.reportColumns = 'future';
			expect((await headings(MAILBOXES)).indexOf('Data Boundary')).toBe(2);
			expect(rowOf(await rows(MAILBOXES), 'ada.brandt')).toMatchObject({ 'Data Boundary': 'EU, "Core"', 'Display Name': 'Ada Brandt' });
		});

		it('quote names that need it', async () => {
			harbor().updateUser(PEOPLE.zoe, { displayName: 'Müller, "Zoë"\nDr.' });
			const { body } = await download(MAILBOXES);
			expect(body).toContain('zoe.mueller@harbordental.example,"Müller, ""Zoë""\nDr.",False');
			harbor().updateUser(PEOPLE.zoe, { displayName: 'Zoë "Zo" Müller' });
			expect((await download(MAILBOXES)).body).toContain('zoe.mueller@harbordental.example,"Zoë ""Zo"" Müller",False');
			harbor().updateUser(PEOPLE.zoe, { displayName: 'Zoë Müller' });
		});

		it('are empty but for their headings in a tenant without Exchange', async () => {
			harbor().features.hasExchange = false;
			expect((await download(MAILBOXES)).body.split('\n')).toEqual([expect.stringContaining('Report Refresh Date'), '']);
			harbor().features.hasExchange = true;
		});
	});

	it('of active users hold everybody with a licence, and when they last used what', async () => {
		const list = await rows(ACTIVE_USERS);
		expect(list).toHaveLength(harbor().users.filter((user) => user.assignedLicenses?.length).length);
		expect(rowOf(list, "sean.o'neil")).toMatchObject({
			'Has Exchange License': 'True', 'Exchange Last Activity Date': '2026-05-28', 'Teams Last Activity Date': '2026-05-04', 'OneDrive Last Activity Date': '',
			'Exchange License Assign Date': '2021-06-01', 'Assigned Products': 'SPB',
		});
		expect(rowOf(list, 'kiosk1')).toMatchObject({ 'Has Exchange License': 'False', 'Exchange License Assign Date': '', 'Assigned Products': 'FLOW_FREE' });
		expect(rowOf(list, 'ada.brandt')).toMatchObject({ 'Assigned Products': 'SPB+FLOW_FREE' });
		expect(Object.keys(list[0])).toHaveLength(24);
	});

	it('of active users heed plans that were switched off for somebody', async () => {
		const [licence] = harbor().findUser(PEOPLE.lee)?.assignedLicenses ?? [];
		harbor().updateUser(PEOPLE.lee, { assignedLicenses: [{ ...licence, disabledPlans: ['57ff2da0-773e-42df-b2af-ffb7a2317929'] }] });
		expect(rowOf(await rows(ACTIVE_USERS), 'lee.chan+vip')).toMatchObject({ 'Has Teams License': 'False', 'Has Exchange License': 'True' });
		harbor().updateUser(PEOPLE.lee, { assignedLicenses: [licence] });
	});

	it('of apps tell what was used on what, and have no display name', async () => {
		const list = await rows(APP_USERS);
		expect(rowOf(list, 'ada.brandt')).toMatchObject({
			'Last Activation Date': '2025-02-03', 'Report Period': '7', Windows: 'True', Mac: 'False', Mobile: 'True', Outlook: 'True', PowerPoint: 'False',
			'Word (Windows)': 'True', 'Word (Mac)': 'False', 'Outlook (Mobile)': 'True',
		});
		expect(rowOf(list, 'john.smith2')).toMatchObject({ 'Last Activity Date': '', Windows: 'False', Word: 'False' });
		expect(Object.keys(list[0])).toHaveLength(5 + 4 + 6 + 24);
		expect(list[0]).not.toHaveProperty('Display Name');
	});

	it('of activations have a row for each product, and one for who never activated any', async () => {
		const list = await rows(ACTIVATIONS);
		const of = (name: string) => list.filter((row) => row['User Principal Name'] === `${name}@harbordental.example`);
		expect(of('ada.brandt').map((row) => [row['Product Type'], row['Last Activated Date'], row.Windows, row.iOS])).toEqual([
			['MICROSOFT 365 APPS FOR BUSINESS', '2025-02-03', '2', '1'],
			['PROJECT CLIENT', '2025-06-11', '1', '0'],
		]);
		expect(of('john.smith2')).toEqual([expect.objectContaining({ 'Last Activated Date': '', Windows: '0', 'Activated On Shared Computer': 'False' })]);
		expect(of('kiosk1')).toEqual([]);
	});

	describe('with concealed names', () => {
		it('hold a pseudonym for everybody, the same in every report, which no other tenant shares', async () => {
			harbor().services.displayConcealedNames = true;
			const [mailboxes, active] = [await rows(MAILBOXES), await rows(ACTIVE_USERS)];
			for (const row of [...mailboxes, ...active]) {
				expect(row['User Principal Name']).toMatch(PSEUDONYM);
				expect(row['Display Name']).toMatch(PSEUDONYM);
			}
			const names = new Set(mailboxes.map((row) => row['User Principal Name']));
			expect(names.size).toBe(mailboxes.length);
			expect(active.filter((row) => names.has(row['User Principal Name']))).not.toHaveLength(0);
			for (const row of await rows(APP_USERS)) expect(row['User Principal Name']).toMatch(PSEUDONYM);
			harbor().services.displayConcealedNames = false;
		});

		it('are what a new tenant has', async () => {
			const list = await rows(MAILBOXES, await harness.token(SAMPLE_APPS.consented, LABS_TENANT_ID));
			expect(list).toHaveLength(3);
			for (const row of list) expect(row['User Principal Name']).toMatch(PSEUDONYM);
		});
	});

	describe('and their settings', () => {
		const settings = '/admin/reportSettings';
		const change = async (body: string, roles = ['ReportSettings.ReadWrite.All']) => {
			harbor().consent(SAMPLE_APPS.usersOnly, roles);
			const authorization = `Bearer ${await harness.token(SAMPLE_APPS.usersOnly)}`;
			return await harness.send(`${harness.microsoft.graph.origin}/v1.0${settings}`, { method: 'PATCH', headers: { authorization }, body });
		};

		it('tell whether names are concealed, flat or as Microsoft’s page has it', async () => {
			const flat = await harness.get(settings);
			expect(flat.body).toEqual({ '@odata.context': `${harness.microsoft.graph.origin}/v1.0/$metadata#admin/reportSettings/$entity`, id: '', displayConcealedNames: false });
			harness.microsoft.settings.reportSettingsShape = 'wrapped';
			expect((await harness.get(settings)).body.value).toMatchObject({ displayConcealedNames: false });
			harness.microsoft.settings.reportSettingsShape = 'flat';
		});

		it('are changed by who may, and change the next report', async () => {
			expect((await change('{"displayConcealedNames":true}')).status).toBe(204);
			expect((await harness.get(settings)).body.displayConcealedNames).toBe(true);
			expect((await rows(MAILBOXES))[0]['User Principal Name']).toMatch(PSEUDONYM);
			expect((await change('{"displayConcealedNames":false}')).status).toBe(204);
			expect((await rows(MAILBOXES))[0]['User Principal Name']).toContain('@');
		});

		it('are not for readers of reports to read or for readers of them to change', async () => {
			harbor().consent(SAMPLE_APPS.usersOnly, ['Reports.Read.All']);
			const refused = await harness.get(settings, { token: await harness.token(SAMPLE_APPS.usersOnly) });
			expect([refused.status, refused.body.error.code, JSON.parse(refused.body.error.message).error.code]).toEqual([403, 'UnknownError', 'S2SUnauthorized']);
			expect((await change('{"displayConcealedNames":true}', ['ReportSettings.Read.All'])).status).toBe(403);
		});

		it.each(['', '{}', 'null', '{"displayConcealedNames":1}', '{"displayConcealedNames":true,"others":true}'])('refuse to become %j', async (body) => {
			expect((await change(body)).status).toBe(400);
			expect(harbor().services.displayConcealedNames).toBe(false);
		});
	});

	it('can be cut short on their way', async () => {
		harness.microsoft.reportFaults.add({ fault: { kind: 'truncate', share: 0.5 } });
		await expect(download(MAILBOXES)).rejects.toThrow();
		expect((await download(MAILBOXES)).status).toBe(200);
	});
});
