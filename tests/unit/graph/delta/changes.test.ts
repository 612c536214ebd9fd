import { changesSince, latestToken } from '../../../../sync/source/graph/delta/changes';
import { usersSource } from '../../../../sync/source/graph/delta/users';
import { collectWholeList, wholeList } from '../../../../sync/source/graph/delta/wholeList';
import { clientOf, failureOf, graphError, Service, TENANT, type Scripted, type Seen } from '../service';

const ORIGIN = 'https://graph.microsoft.com/v1.0';
const LINK = `${ORIGIN}/users/delta?$deltatoken=first`;
const NEXT = `${ORIGIN}/users/delta?$deltatoken=second`;
const PROPERTIES = ['displayName', 'businessPhones', 'accountEnabled'];

const round = (value: object[], link = NEXT): Scripted => ({ body: { value, '@odata.deltaLink': link } });
const users = usersSource();
const parameters = (seen: Seen) => Object.fromEntries(new URL(seen.url).searchParams);

describe('the changes since a place', () => {
	const since = async (answer: (request: Seen, attempt: number) => Scripted, known?: Set<string>, source = users, properties = PROPERTIES) =>
		await changesSince(clientOf(new Service(answer)).client, source, properties, LINK, known);

	it('are one per person, with what was never set as blank', async () => {
		const result = await since(() => round([{ id: 'A', displayName: 'Ada' }, { id: 'b', '@removed': { reason: 'changed' } }, { id: 'c', '@removed': { reason: 'deleted' } }, { id: 'A', displayName: 'Ada Lang' }]));
		expect(result).toEqual({
			startOver: false,
			mode: 'incremental',
			link: NEXT,
			changes: [
				{ kind: 'person', tenantId: TENANT, id: 'a', displayName: 'Ada Lang', businessPhones: [], accountEnabled: null, change: 'changed', mode: 'incremental' },
				{ kind: 'person', tenantId: TENANT, id: 'b', change: 'softDeleted', mode: 'incremental', whereabouts: 'softDeleted' },
				{ kind: 'person', tenantId: TENANT, id: 'c', change: 'gone', mode: 'incremental', whereabouts: 'gone' },
			],
			softDeleted: ['b'],
			noLongerSoftDeleted: [],
		});
	});

	it('cost one request when there are none, and give a new place', async () => {
		const service = new Service(() => round([]));
		expect(await changesSince(clientOf(service).client, users, PROPERTIES, LINK)).toMatchObject({ changes: [], link: NEXT });
		expect(service.graphRequests.map(({ url }) => url)).toEqual([LINK]);
	});

	it('tell who is restored from who is changed, by those who were deleted before', async () => {
		const result = await since(() => round([{ id: 'a' }, { id: 'b' }, { id: 'c', '@removed': { reason: 'deleted' } }, { id: 'd', '@removed': { reason: 'changed' } }, { id: 'd' }]), new Set(['b', 'c']));
		expect(result).toMatchObject({ changes: [{ id: 'a', change: 'changed' }, { id: 'b', change: 'restored' }, { id: 'c', change: 'gone' }, { id: 'd', change: 'restored' }], softDeleted: [], noLongerSoftDeleted: ['b', 'c'] });
	});

	it('tell of a manager only where it changed', async () => {
		const manager = (id: string, removed = false) => ({ id, ...(removed ? { '@removed': { reason: 'deleted' } } : {}) });
		const result = await since(() => round([{ id: 'a', 'manager@delta': [manager('M')] }, { id: 'b' }, { id: 'c', 'manager@delta': [manager('m', true)] }]), undefined, users, ['displayName', 'managerId']);
		const { changes } = result as { changes: Array<Record<string, unknown>> };
		expect(changes.map(({ managerId }) => managerId)).toEqual(['m', undefined, null]);
	});

	it('tell of people whom the filter leaves out where they are, and nothing else', async () => {
		const result = await since(
			() => round([{ id: 'a', accountEnabled: true, displayName: 'Ada', assignedLicenses: [{ skuId: 's' }] }, { id: 'b', accountEnabled: false, assignedLicenses: [{ skuId: 's' }] }, { id: 'c', accountEnabled: true, displayName: 'Cy' }]),
			undefined,
			usersSource({ account: 'enabled', licensedOnly: true }),
			['displayName'],
		);
		expect(result).toMatchObject({ changes: [{ id: 'a', displayName: 'Ada' }, { whereabouts: 'disabled' }, { whereabouts: 'filteredOut' }] });
		const { changes } = result as { changes: object[] };
		expect(changes[0]).not.toHaveProperty('accountEnabled');
		expect(Object.keys(changes[2]).sort()).toEqual(['change', 'id', 'kind', 'mode', 'tenantId', 'whereabouts']);
	});

	it('are read anew from the same place when the service lost a page', async () => {
		let lost = 0;
		const page = `${ORIGIN}/users/delta?$skiptoken=p2`;
		const service = new Service(({ url }) => {
			if (url === LINK) return { body: { value: [{ id: 'a', displayName: 'Old' }], '@odata.nextLink': page } };
			return lost++ === 0 ? { status: 400, body: graphError('Directory_ExpiredPageToken') } : round([{ id: 'b' }]);
		});
		const result = await changesSince(clientOf(service).client, users, PROPERTIES, LINK);
		expect(result).toMatchObject({ changes: [{ id: 'a' }, { id: 'b' }], link: NEXT });
		expect(service.graphRequests.map(({ url }) => url)).toEqual([LINK, page, LINK, page]);
	});

	it.each<[string, Scripted]>([
		['410 Gone with an empty token', { status: 410, headers: { location: `${ORIGIN}/users/delta?$deltatoken=` }, body: graphError('resyncRequired', 'Resync required.') }],
		['410 without a body', { status: 410 }],
		['syncStateNotFound', { status: 400, body: graphError('SyncStateNotFound_Outer', '', { innerError: { code: 'syncStateNotFound' } }) }],
		['resyncRequired', { status: 404, body: graphError('resyncRequired') }],
		['a link that is too old', { status: 400, body: graphError('Request_UnsupportedQuery', 'DeltaLink older than 30 days is not supported.') }],
	])('cannot be told after %s: start over', async (_, answer) => {
		expect(await since(() => answer)).toEqual({ startOver: true });
	});

	it.each<[string, Scripted, RegExp]>([
		['a missing permission', { status: 403, body: graphError('Authorization_RequestDenied') }, /^Could not read changes of users of tenant/],
		['another bad request', { status: 400, body: graphError('Request_BadRequest') }, /does not take this request/],
		['an end without a place for the next round', { body: { value: [{ id: 'a' }] } }, /ended without saying where the next changes begin\.$/],
		['an object without an id', round([{ displayName: 'x' }]), /gave one without an id\.$/],
	])('are an error after %s, never a short list', async (_, answer, words) => {
		const error = await failureOf(since(() => answer));
		expect(error.name).toBe('SyncError');
		expect(error.message).toMatch(words);
	});
});

describe('the whole list, with the place from which changes are told', () => {
	/** Answers `latest`, the pages of the list, and the changes meanwhile. */
	const service = (pages: object[][], meanwhile: object[] = [], fault?: (request: Seen) => Scripted | undefined) =>
		new Service((request) => {
			const wrong = fault?.(request);
			if (wrong) return wrong;
			const { pathname, searchParams } = new URL(request.url);
			if (searchParams.get('$deltatoken') === 'latest') return round([], LINK);
			if (pathname.endsWith('/delta')) return round(meanwhile);
			const page = Number(searchParams.get('$skiptoken') ?? 0);
			return { body: { value: pages[page], ...(page + 1 < pages.length ? { '@odata.nextLink': `${ORIGIN}/users?$skiptoken=${page + 1}` } : {}) } };
		});

	it('takes the place first, then the list in pages of 999, then what changed meanwhile', async () => {
		const scripted = service([[{ id: 'a', displayName: 'Ada' }, { id: 'b', displayName: 'Ben' }], [{ id: 'c', displayName: 'Cy' }]], [{ id: 'a', displayName: 'Ada Lang' }, { id: 'b', '@removed': { reason: 'changed' } }, { id: 'd', displayName: 'Dee' }]);
		const list = await collectWholeList(clientOf(scripted).client, users, ['displayName']);
		expect(list).toMatchObject({ mode: 'reconcile', link: NEXT, softDeleted: ['b'] });
		expect(list.changes).toEqual([
			{ kind: 'person', tenantId: TENANT, id: 'a', displayName: 'Ada Lang', change: 'present', mode: 'reconcile' },
			{ kind: 'person', tenantId: TENANT, id: 'c', displayName: 'Cy', change: 'present', mode: 'reconcile' },
			{ kind: 'person', tenantId: TENANT, id: 'd', displayName: 'Dee', change: 'present', mode: 'reconcile' },
		]);
		expect(scripted.graphRequests.map(({ url }) => url.replace(ORIGIN, ''))).toEqual(['/users/delta?$deltatoken=latest&$select=id,displayName', '/users?$select=id,displayName&$top=999', '/users?$skiptoken=1', '/users/delta?$deltatoken=first']);
	});

	it('asks the list for managers by $expand and delta by $select, and keeps what did not change meanwhile', async () => {
		const scripted = service([[{ id: 'a', manager: { id: 'M' } }, { id: 'b' }]], [{ id: 'a', displayName: 'New' }]);
		const { changes } = await collectWholeList(clientOf(scripted).client, users, ['displayName', 'managerId']);
		expect(changes).toMatchObject([{ id: 'a', displayName: 'New', managerId: 'm' }, { id: 'b', managerId: null }]);
		expect(scripted.graphRequests.map(parameters)).toMatchObject([{ $select: 'id,displayName,manager' }, { $select: 'id,displayName', $expand: 'manager($select=id,displayName,userPrincipalName,mail)' }, {}]);
	});

	it('knows who is back of those who were deleted', async () => {
		const scripted = service([[{ id: 'a' }, { id: 'b' }]], [{ id: 'c' }, { id: 'b', '@removed': { reason: 'changed' } }]);
		const list = await collectWholeList(clientOf(scripted).client, users, ['displayName'], new Set(['a', 'b', 'c', 'z']));
		expect(list).toMatchObject({ softDeleted: ['b'], changes: [{ id: 'a', change: 'restored' }, { id: 'c', change: 'restored' }] });
		expect(list.noLongerSoftDeleted.sort()).toEqual(['a', 'c']);
	});

	it('leaves out whom the filter leaves out, also when that changed meanwhile', async () => {
		const scripted = service([[{ id: 'a', accountEnabled: true }, { id: 'b', accountEnabled: false }, { id: 'c', accountEnabled: true }]], [{ id: 'c', accountEnabled: false }]);
		const { changes } = await collectWholeList(clientOf(scripted).client, usersSource({ account: 'enabled' }), ['displayName']);
		expect(changes.map(({ id }) => id)).toEqual(['a']);
	});

	it('comes again from the first page when the service lost its place, and is streamed', async () => {
		let lost = 0;
		const scripted = service([[{ id: 'a' }], [{ id: 'b' }]], [], ({ url }) => (url.includes('$skiptoken=1') && lost++ === 0 ? { status: 400, body: graphError('Directory_ExpiredPageToken') } : undefined));
		const told: string[] = [];
		for await (const event of wholeList(clientOf(scripted).client, users, ['displayName'])) told.push(event.kind === 'page' ? event.items.map(({ id }) => id).join() : event.kind);
		expect(told).toEqual(['a', 'restart', 'a', 'b']);
		lost = 0;
		expect((await collectWholeList(clientOf(scripted).client, users, ['displayName'])).changes).toHaveLength(2);
	});

	it('is an error when the service forgets the place while the list is read', async () => {
		const scripted = service([[{ id: 'a' }]], [], ({ url }) => (url === LINK ? { status: 410 } : undefined));
		expect((await failureOf(collectWholeList(clientOf(scripted).client, users, ['displayName']))).code).toBe('graph.startOverAtOnce');
	});
});

it('The place from which changes will be told costs one request and reads nobody', async () => {
	const service = new Service(() => round([], LINK));
	expect(await latestToken(clientOf(service).client, users, ['email', 'displayName'])).toBe(LINK);
	expect(service.graphRequests.map(parameters)).toEqual([{ $deltatoken: 'latest', $select: 'id,mail,userPrincipalName,displayName' }]);
});
