import fc from 'fast-check';
import { personIdsByName } from '../../../sync/source/graph/read/personIds';
import { ACTIVATION_COLUMNS, ACTIVITY_COLUMNS, APP_COLUMNS, MAILBOX_COLUMNS, usageRows } from '../../../sync/source/graph/read/usageColumns';
import { APP_ACTIVATIONS, APP_USAGE, MAILBOX_USAGE, usagePages, usageProperties, USER_ACTIVITY, type UsageReport, type UsageRequest } from '../../../sync/source/graph/read/usageReports';
import { collect } from '../../../sync/source/graph/transport/paging';
import { clientOf, failureOf, Service, TENANT } from './service';

const LINK = 'https://reports.example/data/download/abc';
const serviceOf = (csv: string) => new Service(({ url }) => (url === LINK ? { body: `\uFEFF${csv}` } : { status: 302, headers: { location: LINK } }));
const read = async (report: UsageReport, csv: string, request: Partial<UsageRequest> = {}) => await collect(usagePages(clientOf(serviceOf(csv)).client, report, { period: 30, ...request }));
const CONCEALED = '3B3C92F92ADA11852D702B4F19C2B95C';

const MAILBOXES = [
	'Report Refresh Date,User Principal Name,Display Name,Is Deleted,Deleted Date,Created Date,Last Activity Date,Item Count,Storage Used (Byte),Has Archive,Recipient Type,Badge,Report Period',
	'2026-11-20,Ada@contoso.com,"Brandt, Ada",False,,2021-06-01,2026-11-19,120,53150220288,True,UserMailbox,007,30',
	'2026-11-20,info@contoso.com,Info,True,2026-11-02,2021-06-01,,0,n/a,,Shared,42,30',
].join('\r\n');

describe('a usage report', () => {
	it('comes with names of ours, and values typed; a column nobody knows keeps its own name', async () => {
		expect(await read(MAILBOX_USAGE, MAILBOXES, { personIds: new Map([['ada@contoso.com', 'id-of-ada']]) })).toEqual([
			{
				kind: 'mailboxUsage',
				tenantId: TENANT,
				personId: 'id-of-ada',
				userPrincipalName: 'Ada@contoso.com',
				displayName: 'Brandt, Ada',
				reportRefreshDate: '2026-11-20',
				deleted: false,
				deletedDate: null,
				createdDate: '2021-06-01',
				lastActivityDate: '2026-11-19',
				itemCount: 120,
				storageUsedBytes: 53150220288,
				hasArchive: true,
				mailboxKind: 'user',
				Badge: '007',
				reportPeriodDays: 30,
			},
			expect.objectContaining({ personId: null, deleted: true, lastActivityDate: null, hasArchive: null, storageUsedBytes: 'n/a', mailboxKind: 'shared', Badge: 42 }),
		]);
	});

	it('says nothing of a column that it lacks', async () => {
		const [row] = await read(MAILBOX_USAGE, 'Report Refresh Date,User Principal Name\r\n2026-11-20,ada@contoso.com\r\n');
		expect(row).toEqual({ kind: 'mailboxUsage', tenantId: TENANT, userPrincipalName: 'ada@contoso.com', reportRefreshDate: '2026-11-20' });
	});

	it('knows the newest day of all services, and the products', async () => {
		const [row, none] = await read(
			USER_ACTIVITY,
			'Report Refresh Date,User Principal Name,Has Teams License,Exchange Last Activity Date,Teams Last Activity Date,Assigned Products\r\n2026-11-20,ada@contoso.com,True,2026-10-01,2026-11-01,MICROSOFT 365 BUSINESS PREMIUM+POWER BI (FREE)\r\n2026-11-20,zoe@contoso.com,False,,,\r\n',
		);
		expect(row).toMatchObject({ lastActivityDate: '2026-11-01', teamsLicensed: true, assignedProducts: ['MICROSOFT 365 BUSINESS PREMIUM', 'POWER BI (FREE)'] });
		expect(none).toMatchObject({ lastActivityDate: null, assignedProducts: null });
	});

	it('reads yes and no of apps, and counts of activations', async () => {
		expect(await read(APP_USAGE, 'Report Refresh Date,User Principal Name,Outlook (Windows),Word (Mac)\r\n2026-11-20,ada@contoso.com,Yes,No\r\n')).toEqual([expect.objectContaining({ kind: 'appUsage', outlookWindows: true, wordMac: false })]);
		const service = serviceOf('Report Refresh Date,User Principal Name,Display Name,Product Type,Windows,Activated On Shared Computer\r\n2026-11-20,ada@contoso.com,Ada,MICROSOFT 365 APPS,2,False\r\n');
		expect(await collect(usagePages(clientOf(service).client, APP_ACTIVATIONS, { period: 30 }))).toEqual([expect.objectContaining({ productType: 'MICROSOFT 365 APPS', windows: 2, activatedOnSharedComputer: false })]);
		expect(service.graphRequests[0].url).toMatch(/\/reports\/getOffice365ActivationsUserDetail$/);
	});

	it('with concealed names is refused with the setting to clear, or given without names', async () => {
		const csv = `Report Refresh Date,User Principal Name,Display Name,Item Count\r\n2026-11-20,${CONCEALED},${CONCEALED},5\r\n`;
		const error = await failureOf(read(MAILBOX_USAGE, csv));
		expect(error).toMatchObject({ class: 'notPermitted', code: 'graph.concealedNames' });
		expect(error.remedy).toContain('"Display concealed user, group, and site names in all reports"');
		expect(await read(MAILBOX_USAGE, csv, { concealedRows: true, personIds: new Map() })).toEqual([{ kind: 'mailboxUsage', tenantId: TENANT, concealed: true, reportRefreshDate: '2026-11-20', itemCount: 5 }]);
	});

	it('without rows is an empty list', async () => {
		expect(await read(MAILBOX_USAGE, 'Report Refresh Date,User Principal Name\r\n')).toEqual([]);
	});

	it.each([
		[MAILBOX_USAGE, MAILBOX_COLUMNS],
		[USER_ACTIVITY, ACTIVITY_COLUMNS],
		[APP_USAGE, APP_COLUMNS],
		[APP_ACTIVATIONS, ACTIVATION_COLUMNS],
	])('offers each of its columns once, by a name and a column of its own', (report, columns) => {
		const offered = usageProperties(report).map(({ name }) => name);
		expect(new Set(offered).size).toBe(offered.length);
		expect(new Set(columns.map(({ column }) => column)).size).toBe(columns.length);
	});

	it('loses no cell and confuses no two columns, whatever order they come in (law)', () => {
		const rowOf = usageRows('mailboxUsage', MAILBOX_COLUMNS);
		fc.assert(
			fc.property(fc.shuffledSubarray(MAILBOX_COLUMNS.filter(({ type }) => type === 'number').map(({ column }) => column)), fc.array(fc.nat(), { minLength: 20, maxLength: 20 }), (columns, numbers) => {
				const row = Object.fromEntries([['User Principal Name', 'ada@contoso.com'], ...columns.map((column, index) => [column, String(numbers[index])])]) as Record<string, string>;
				const record = rowOf(row, TENANT);
				for (const [index, column] of columns.entries()) expect(record[MAILBOX_COLUMNS.find((each) => each.column === column)!.name]).toBe(numbers[index]);
				expect(Object.keys(record)).toHaveLength(columns.length + 3);
			}),
		);
	});
});

it('People are known by name in any case, and after a restart only as they came last', async () => {
	const page = (value: object[], next?: string) => ({ body: { value, ...(next ? { '@odata.nextLink': next } : {}) } });
	const next = 'https://graph.microsoft.com/v1.0/users?$skiptoken=2';
	const service = new Service((_, attempt) => {
		if (attempt === 1) return page([{ id: 'A', userPrincipalName: 'Old@contoso.com' }], next);
		if (attempt === 2) return { status: 400, body: { error: { code: 'Directory_ExpiredPageToken' } } };
		return page([{ id: 'A', userPrincipalName: 'New@Contoso.com' }]);
	});
	expect([...(await personIdsByName(clientOf(service).client))]).toEqual([['new@contoso.com', 'a']]);
});
