import { csvPages, type CsvRow } from '../../../sync/source/graph/transport/csv';
import { collect } from '../../../sync/source/graph/transport/paging';
import type { Reading } from '../../../sync/source/graph/transport/reading';
import { clientOf, failureOf, graphError, SECRET, Service, type Scripted, type Seen } from './service';

const REPORT: Reading = { what: 'the mailbox usage report', permission: 'Reports.Read.All', alsoBy: [], resourceUnits: 0, quotas: ['usageReport'] };
const LINK = 'https://reports.example/data/download/abc?token=pre-authenticated';
const TABLE = '\uFEFFReport Refresh Date,User Principal Name,Display Name,Item Count\r\n2026-11-20,ada@contoso.com,"Brandt, Ada",12\r\n2026-11-20,"o""neil@contoso.com",,\r\n';

const reporting = (download: (attempt: number) => Scripted, graph: () => Scripted = () => ({ status: 302, headers: { location: LINK } })) => {
	let downloads = 0;
	return new Service((request: Seen) => (request.url === LINK ? download(++downloads) : graph()));
};

const rows = async (service: Service): Promise<CsvRow[]> => await collect(csvPages(clientOf(service).client, { reading: REPORT, address: "/reports/getMailboxUsageDetail(period='D7')" }));

/** An answer whose body breaks off after its first bytes. */
const breaking = (text: string): Response =>
	new Response(
		new ReadableStream<Uint8Array>({
			start(controller) {
				controller.enqueue(new TextEncoder().encode(text));
			},
			pull(controller) {
				controller.error(new TypeError('terminated'));
			},
		}),
	);

describe('a report of Microsoft 365', () => {
	it('comes as rows by the names in its first line, without the mark before it', async () => {
		expect(await rows(reporting(() => ({ body: TABLE, headers: { 'content-type': 'application/octet-stream' } })))).toEqual([
			{ 'Report Refresh Date': '2026-11-20', 'User Principal Name': 'ada@contoso.com', 'Display Name': 'Brandt, Ada', 'Item Count': '12' },
			{ 'Report Refresh Date': '2026-11-20', 'User Principal Name': 'o"neil@contoso.com', 'Display Name': '', 'Item Count': '' },
		]);
	});

	it('is fetched without the token', async () => {
		const service = reporting(() => ({ body: TABLE }));
		await rows(service);
		const [graph, download] = service.graphRequests;
		expect(graph.headers.authorization).toMatch(/^Bearer /);
		expect(download.url).toBe(LINK);
		expect(JSON.stringify(download.headers)).not.toMatch(/bearer|authorization/i);
		expect(JSON.stringify(download)).not.toContain(SECRET);
	});

	it('may hold no rows', async () => {
		expect(await rows(reporting(() => ({ body: TABLE.split('\r\n')[0] })))).toEqual([]);
	});

	it('is asked for anew, with a new link, when the download breaks off', async () => {
		const service = reporting(() => ({ body: TABLE }));
		let downloads = 0;
		const client = clientOf(service, {
			transport: async (url, init) => {
				const answer = await service.transport(url, init);
				return url === LINK && ++downloads === 1 ? breaking(TABLE.slice(0, 90)) : answer;
			},
		}).client;
		const read = await collect(csvPages(client, { reading: REPORT, address: "/reports/getMailboxUsageDetail(period='D7')" }));
		expect(read).toHaveLength(2);
		expect(service.graphRequests.filter(({ url }) => url !== LINK)).toHaveLength(2);
	});

	it('is asked for anew when its link has expired', async () => {
		const service = reporting((attempt) => (attempt === 1 ? { status: 403, body: 'expired' } : { body: TABLE }));
		expect(await rows(service)).toHaveLength(2);
	});

	it('fails when it stays broken, and never as a short list', async () => {
		const error = await failureOf(rows(reporting(() => ({ body: `${TABLE}2026-11-20,only,"three` }))));
		expect(error).toMatchObject({ class: 'unavailable', code: 'graph.download.broken' });
		expect(error.message).toContain('the mailbox usage report');
	});

	it.each([
		['nothing at all', ''],
		['a page of some proxy', '<html><body>Sign in</body></html>\r\n'],
		['a table of something else', 'Report Refresh Date,Site Id\r\n2026-11-20,1\r\n'],
	])('is not without rows because it is %s', async (_, body) => {
		const read = csvPages(clientOf(reporting(() => ({ body }))).client, { reading: REPORT, address: "/reports/getMailboxUsageDetail(period='D7')" }, ['User Principal Name']);
		expect(await failureOf(collect(read))).toMatchObject({ class: 'unavailable', code: 'graph.download.broken' });
	});

	it('is refused in the words of its permission', async () => {
		const error = await failureOf(rows(reporting(() => ({ body: TABLE }), () => ({ status: 403, body: graphError('S2SUnauthorized', 'Invalid permission.') }))));
		expect(error.class).toBe('notPermitted');
		expect(error.message).toContain('Reports.Read.All');
	});

	it('is not followed to an address that is no https', async () => {
		const error = await failureOf(rows(reporting(() => ({ body: TABLE }), () => ({ status: 302, headers: { location: 'http://reports.example/x' } }))));
		expect(error.code).toBe('graph.download.address');
	});
});
