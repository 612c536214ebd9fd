import { fingerprintOf, readChanges, type ReadFrom } from '../../../../sync/source/graph/delta/readChanges';
import { usersSource } from '../../../../sync/source/graph/delta/users';
import { clientOf, graphError, Service, TENANT, type Scripted } from '../service';

const ORIGIN = 'https://graph.microsoft.com/v1.0';
const LINK = `${ORIGIN}/users/delta?$deltatoken=first`;
const NEXT = `${ORIGIN}/users/delta?$deltatoken=second`;
const ID = (n: number) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
const PROPERTIES = ['displayName'];
const from = (more: Partial<ReadFrom> = {}): ReadFrom => ({ link: LINK, softDeleted: [], open: [], ...more });

/** A directory in one function: what is there, who can be restored, and what a delta round tells. */
function directory({ live = [], deleted = [], told = [] }: { live?: object[]; deleted?: string[]; told?: object[] }): Service {
	return new Service(({ url }): Scripted => {
		const { pathname, searchParams } = new URL(url);
		if (pathname.endsWith('/delta')) return { body: searchParams.get('$deltatoken') === 'latest' ? { value: [], '@odata.deltaLink': LINK } : { value: told, '@odata.deltaLink': NEXT } };
		const ids = searchParams.get('$filter');
		const list = pathname.includes('deletedItems') ? deleted.map((id) => ({ id })) : live;
		return { body: { value: ids === null ? list : list.filter((one) => ids.includes((one as { id: string }).id)) } };
	});
}

describe('what a sync has to look at', () => {
	const read = async (service: Service, where?: ReadFrom, source = usersSource()) => await readChanges(clientOf(service).client, source, PROPERTIES, where);

	it('is everything the first time', async () => {
		const result = await read(directory({ live: [{ id: ID(1), displayName: 'Ada' }] }));
		expect(result).toMatchObject({ mode: 'reconcile', startedOver: false, link: NEXT, changes: [{ id: ID(1), change: 'present', mode: 'reconcile' }] });
	});

	it('is after that who changed, in one request when nobody did', async () => {
		const service = directory({ live: [{ id: ID(1) }] });
		expect(await read(service, from())).toMatchObject({ mode: 'incremental', startedOver: false, link: NEXT, changes: [] });
		expect(service.graphRequests).toHaveLength(1);
	});

	it('is whoever stands open as well, as they are now, fifteen in one request', async () => {
		const people = Array.from({ length: 20 }, (_, n) => ({ id: ID(n), displayName: `Person ${n}` }));
		const service = directory({ live: people.slice(0, 18), deleted: [ID(18)], told: [people[0]] });
		const { changes } = await read(service, from({ open: people.map(({ id }) => id) }));
		expect(changes).toHaveLength(20);
		expect(changes[0]).toMatchObject({ id: ID(0), change: 'changed' });
		expect(changes[0]).not.toHaveProperty('why');
		expect(changes[1]).toEqual({ kind: 'person', tenantId: TENANT, id: ID(1), displayName: 'Person 1', change: 'changed', mode: 'incremental', why: 'open' });
		expect(changes.slice(18)).toEqual([
			{ kind: 'person', tenantId: TENANT, id: ID(18), change: 'softDeleted', mode: 'incremental', why: 'open', whereabouts: 'softDeleted' },
			{ kind: 'person', tenantId: TENANT, id: ID(19), change: 'gone', mode: 'incremental', why: 'open', whereabouts: 'gone' },
		]);
		// The round; two for nineteen people; whereabouts of two, among the live and among the deleted.
		expect(service.graphRequests).toHaveLength(5);
	});

	it('tells of whoever stands open and does not pass the filter only where they are', async () => {
		const service = directory({ live: [{ id: ID(1), accountEnabled: false, displayName: 'Ada' }] });
		const { changes } = await read(service, from({ open: [ID(1)] }), usersSource({ account: 'enabled' }));
		expect(changes).toEqual([{ kind: 'person', tenantId: TENANT, id: ID(1), change: 'changed', mode: 'incremental', why: 'open', whereabouts: 'disabled' }]);
	});

	it('is everything again when the service cannot tell who changed, and who stands open is in it', async () => {
		let latest = false;
		const service = new Service(({ url }): Scripted => {
			const { pathname, searchParams } = new URL(url);
			if (searchParams.get('$deltatoken') === 'latest') latest = true;
			if (pathname.endsWith('/delta')) return latest ? { body: { value: [], '@odata.deltaLink': NEXT } } : { status: 410, body: graphError('resyncRequired') };
			return { body: { value: [{ id: ID(1) }, { id: ID(2) }] } };
		});
		const result = await read(service, from({ open: [ID(1)], softDeleted: [ID(2)] }));
		expect(result).toMatchObject({ mode: 'reconcile', startedOver: true, link: NEXT, noLongerSoftDeleted: [ID(2)] });
		expect(result.changes).toMatchObject([{ id: ID(1), change: 'present' }, { id: ID(2), change: 'restored' }]);
	});
});

describe('the fingerprint of what is asked', () => {
	const of = (properties: string[], filter = {}, clientId?: string) => {
		const { client } = clientOf(new Service());
		return fingerprintOf(clientId === undefined ? client : { ...client, clientId }, usersSource(filter), properties);
	};
	it('is the same for the same properties in any order, and another for others', () => {
		expect(of(['mail', 'displayName'])).toBe(of(['displayName', 'mail']));
		const others = [of(['displayName']), of(['displayName', 'mail']), of(['displayName', 'managerId']), of(['displayName'], { account: 'enabled' }), of(['displayName'], { account: 'disabled' }), of(['displayName'], {}, 'd3a1b5c7-0000-4e00-9000-000000000002')];
		expect(new Set(others).size).toBe(others.length);
	});
});
