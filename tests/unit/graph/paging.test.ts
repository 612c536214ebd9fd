import fc from 'fast-check';
import { collect, readPages, type PageEvent } from '../../../sync/source/graph/transport/paging';
import type { Reading } from '../../../sync/source/graph/transport/reading';
import { clientOf, failureOf, graphError, Service, TENANT, type Scripted, type Seen } from './service';

const READING: Reading = { what: 'users', permission: 'User.Read.All', alsoBy: [], resourceUnits: 1 };
const ORIGIN = 'https://graph.microsoft.com/v1.0';
const EXPIRED: Scripted = { status: 400, body: graphError('Directory_ExpiredPageToken', 'The specified page token value has expired and can no longer be included in your request.') };

/** A list in pages as given; what `fault` answers comes instead of a page. */
function listIn(pages: ReadonlyArray<readonly object[]>, fault: (request: Seen, attempt: number) => Scripted | undefined = () => undefined): Service {
	return new Service((request, attempt) => {
		const wrong = fault(request, attempt);
		if (wrong) return wrong;
		const page = Number(new URL(request.url).searchParams.get('$skiptoken') ?? 0);
		return { body: { value: pages[page] ?? [], ...(page + 1 < pages.length ? { '@odata.nextLink': `${ORIGIN}/users?$skiptoken=${page + 1}` } : {}) } };
	});
}
const pagesOf = (service: Service, headers?: Record<string, string>) => readPages<object>(clientOf(service).client, { reading: READING, address: '/users', headers });
const onPage = (request: Seen, page: number) => request.url.endsWith(`$skiptoken=${page}`);
const people = (count: number) => Array.from({ length: count }, (_, id) => ({ id: String(id) }));

describe('a list in pages', () => {
	it('is the list, however it is cut and however many pages are empty', async () => {
		await fc.assert(
			fc.asyncProperty(fc.array(fc.nat(4), { minLength: 1, maxLength: 12 }), async (sizes) => {
				let id = 0;
				const pages = sizes.map((size) => Array.from({ length: size }, () => ({ id: String(id++) })));
				const service = listIn(pages);
				expect(await collect(pagesOf(service))).toEqual(pages.flat());
				expect(service.graphRequests).toHaveLength(pages.length);
			}),
			{ numRuns: 60 },
		);
	});

	it('is complete or an error, whatever happens to its requests', async () => {
		const FAULTS: Scripted[] = [{ status: 429, headers: { 'retry-after': '1.5' } }, { status: 500 }, { status: 502, body: '<html>' }, { body: '{"value":[{' }, { body: {} }, EXPIRED, { status: 401, body: graphError('InvalidAuthenticationToken') }, { status: 403, body: graphError('Authorization_RequestDenied') }];
		await fc.assert(
			fc.asyncProperty(fc.nat(5), fc.array(fc.option(fc.constantFrom(...FAULTS), { freq: 2 }), { maxLength: 30 }), async (pageCount, faults) => {
				const pages = Array.from({ length: pageCount + 1 }, (_, page) => [{ id: `${page}-a` }, { id: `${page}-b` }]);
				const service = listIn(pages, (_, attempt) => faults[attempt - 1] ?? undefined);
				let result: unknown;
				try {
					result = await collect(pagesOf(service));
				} catch (error) {
					expect(error).toMatchObject({ name: 'SyncError' });
					return;
				}
				expect(result).toEqual(pages.flat());
			}),
			{ numRuns: 100 },
		);
	});

	it('sends its headers with every page, because links do not carry them', async () => {
		const service = listIn([[], [], []]);
		await collect(pagesOf(service, { ConsistencyLevel: 'eventual' }));
		expect(service.graphRequests.map(({ headers }) => headers.consistencylevel)).toEqual(['eventual', 'eventual', 'eventual']);
	});

	it('asks for a page only when the one before was taken', async () => {
		const service = listIn([people(1), people(1), people(1)]);
		const pages = pagesOf(service);
		await pages.next();
		expect(service.graphRequests).toHaveLength(1);
		await pages.next();
		expect(service.graphRequests).toHaveLength(2);
		await pages.return(undefined);
		expect(service.graphRequests).toHaveLength(2);
	});

	it('needs no more pages than its limit', async () => {
		const service = listIn([people(3), people(3), people(3)]);
		expect(await collect(pagesOf(service), 4)).toHaveLength(4);
		expect(service.graphRequests).toHaveLength(2);
	});

	it.each(['Directory_ExpiredPageToken', 'DirectoryPageTokenNotFoundException'])('starts over when the service lost the place (%s), and tells so', async (code) => {
		let lost = 0;
		const service = listIn([people(2), people(2)], (request) => (onPage(request, 1) && lost++ === 0 ? { status: 400, body: graphError('Request_BadRequest', '', { innerError: { code } }) } : undefined));
		const kinds: string[] = [];
		for await (const event of pagesOf(service)) kinds.push(event.kind);
		expect(kinds).toEqual(['page', 'restart', 'page', 'page']);
	});

	it('is collected without those who came before a restart', async () => {
		let lost = 0;
		const service = listIn([people(2), people(2)], (request) => (onPage(request, 1) && lost++ < 2 ? EXPIRED : undefined));
		expect(await collect(pagesOf(service))).toHaveLength(4);
	});

	it('is an error when the service loses the place again and again', async () => {
		const service = listIn([people(2), people(2)], (request) => (onPage(request, 1) ? EXPIRED : undefined));
		const error = await failureOf(collect(pagesOf(service)));
		expect(error.message).toBe(`Could not read users of tenant ${TENANT}: Microsoft Graph lost its place in the list 4 times (expired page token).`);
		expect(service.graphRequests).toHaveLength(8);
	});

	it('is an error when its pages lead in a circle', async () => {
		const service = new Service(() => ({ body: { value: people(1), '@odata.nextLink': `${ORIGIN}/users?$skiptoken=again` } }));
		expect((await failureOf(collect(pagesOf(service)))).message).toContain('lead in a circle');
		expect(service.graphRequests).toHaveLength(2);
	});

	it('is an error when one empty page follows the other without end', async () => {
		const service = new Service((_, attempt) => ({ body: { value: [], '@odata.nextLink': `${ORIGIN}/users?$skiptoken=${attempt}` } }));
		expect((await failureOf(collect(pagesOf(service)))).message).toContain('lead in a circle or nowhere');
		expect(service.graphRequests).toHaveLength(1001);
	});

	it('may be longer than a thousand pages, and whoever takes a page may empty it', async () => {
		const service = new Service((_, attempt) => ({ body: { value: people(1), ...(attempt < 1_100 ? { '@odata.nextLink': `${ORIGIN}/users?$skiptoken=${attempt}` } : {}) } }));
		let records = 0;
		for await (const event of pagesOf(service)) {
			if (event.kind !== 'page') continue;
			records += event.items.length;
			event.items.length = 0;
		}
		expect(records).toBe(1_100);
	});

	it('does not follow a link to another host', async () => {
		const service = new Service(() => ({ body: { value: people(1), '@odata.nextLink': 'https://evil.example/v1.0/users?$skiptoken=1' } }));
		const error = await failureOf(collect(pagesOf(service)));
		expect(error.message).toBe(`A link in an answer of Microsoft Graph leads elsewhere, to https://evil.example; it was not followed (tenant ${TENANT}).`);
		expect(service.graphRequests).toHaveLength(1);
	});

	it('is an error when a later page is refused, never the part before it', async () => {
		const service = listIn([people(2), people(2)], (request) => (onPage(request, 1) ? { status: 403, body: graphError('Authorization_RequestDenied') } : undefined));
		const taken: Array<PageEvent<object>> = [];
		const error = await failureOf((async () => { for await (const event of pagesOf(service)) taken.push(event); })());
		expect(error.name).toBe('SyncError');
		expect(taken).toHaveLength(1);
	});
});
