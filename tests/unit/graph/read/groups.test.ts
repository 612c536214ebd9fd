import fc from 'fast-check';
import type { GroupKind } from '../../../../sync/model/group';
import { splitGroupFilter } from '../../../../sync/source/graph/read/groupFilter';
import { groupKindOf } from '../../../../sync/source/graph/read/groupProperties';
import { members } from '../../../../sync/source/graph/read/groupMembers';
import { group, groups } from '../../../../sync/source/graph/read/groups';
import { CLIENT_ID, clientOf, failureOf, graphError, Service, TENANT, token, type Scripted, type Seen } from '../service';

const ID = '9d0c7b52-30f1-4a6e-8c11-000000000001';
const KINDS: Array<[GroupKind, object]> = [
	['microsoft365', { groupTypes: ['Unified'], mailEnabled: true, securityEnabled: false }],
	['microsoft365', { groupTypes: ['Unified', 'DynamicMembership'], mailEnabled: true, securityEnabled: true }],
	['security', { groupTypes: [], mailEnabled: false, securityEnabled: true }],
	['distribution', { groupTypes: [], mailEnabled: true, securityEnabled: false }],
	['mailEnabledSecurity', { groupTypes: [], mailEnabled: true, securityEnabled: true }],
];
const listing = (...value: object[]) => new Service(() => ({ body: { value } }));
const queryOf = ({ url }: Seen) => new URL(url).searchParams;

describe('a group', () => {
	it.each(KINDS)('is of the kind %s by %j', (kind, raw) => {
		expect(groupKindOf(raw as never)).toBe(kind);
	});

	it('has its kind, what was chosen, and nothing else', async () => {
		const service = listing({ id: ID.toUpperCase(), displayName: 'Sales', mail: null, groupTypes: ['DynamicMembership'], mailEnabled: false, securityEnabled: true });
		expect(await groups(clientOf(service).client, { properties: ['displayName', 'mail'] })).toEqual([
			{ kind: 'group', tenantId: TENANT, id: ID, groupKind: 'security', dynamic: true, displayName: 'Sales', mail: null },
		]);
		expect(queryOf(service.graphRequests[0]).get('$select')).toBe('id,groupTypes,mailEnabled,securityEnabled,displayName,mail');
		expect(queryOf(service.graphRequests[0]).get('$top')).toBe('999');
	});

	it('is asked for by its object ID only', async () => {
		const service = listing();
		expect((await failureOf(group(clientOf(service).client, 'Sales'))).message).toBe('"Sales" is not a group ID.');
		expect((await failureOf(group(clientOf(service).client, ' '))).message).toBe('No group is given.');
		expect(service.seen).toEqual([]);
	});

	it('that is not there is named', async () => {
		const service = new Service(() => ({ status: 404, body: graphError('Request_ResourceNotFound') }));
		expect(await failureOf(group(clientOf(service).client, ID))).toMatchObject({ class: 'notFound', message: `There is no group ${ID} in tenant ${TENANT}.` });
	});
});

describe('a filter of groups', () => {
	const raw = fc.record({
		displayName: fc.constantFrom('Sales', 'sales north', 'IT'),
		groupTypes: fc.subarray(['Unified', 'DynamicMembership']),
		mailEnabled: fc.boolean(),
		securityEnabled: fc.boolean(),
		onPremisesSyncEnabled: fc.constantFrom(true, false, null),
	});

	it('never loses a group to what it sends: the service is asked for no less than is wanted', () => {
		const evaluated: Record<string, (group: { groupTypes: string[]; mailEnabled: boolean; securityEnabled: boolean; onPremisesSyncEnabled: boolean | null }) => boolean> = {
			"groupTypes/any(c:c eq 'Unified')": ({ groupTypes }) => groupTypes.includes('Unified'),
			"groupTypes/any(c:c eq 'DynamicMembership')": ({ groupTypes }) => groupTypes.includes('DynamicMembership'),
			'mailEnabled eq true': ({ mailEnabled }) => mailEnabled,
			'mailEnabled eq false': ({ mailEnabled }) => !mailEnabled,
			'securityEnabled eq true': ({ securityEnabled }) => securityEnabled,
			'securityEnabled eq false': ({ securityEnabled }) => !securityEnabled,
			'onPremisesSyncEnabled eq true': ({ onPremisesSyncEnabled }) => onPremisesSyncEnabled === true,
		};
		const filter = fc.record(
			{
				kinds: fc.subarray<GroupKind>(['security', 'microsoft365', 'distribution', 'mailEnabledSecurity']),
				membership: fc.constantFrom('dynamic' as const, 'assigned' as const),
				synced: fc.boolean(),
			},
			{ requiredKeys: [] },
		);
		// Entra knows no Microsoft 365 group without mail, and no group that is neither for mail nor for security.
		const real = raw.filter(({ groupTypes, mailEnabled, securityEnabled }) => (groupTypes.includes('Unified') ? mailEnabled : mailEnabled || securityEnabled));
		fc.assert(
			fc.property(filter, real, (chosen, group) => {
				const { expression, wanted } = splitGroupFilter(chosen);
				const sent = (expression?.split(' and ') ?? []).every((part) => evaluated[part](group));
				return !wanted(group) || sent;
			}),
		);
	});

	it('quotes a name', async () => {
		const service = listing();
		await groups(clientOf(service).client, { filter: { nameBegins: " O'Neil " } });
		expect(queryOf(service.graphRequests[0]).get('$filter')).toBe("startswith(displayName,'O''Neil')");
	});
});

describe('members', () => {
	const serving = (answers: (request: Seen) => Scripted, roles: string[] = ['GroupMember.Read.All']) => {
		const service = new Service(answers);
		service.signInAnswer = () => ({ body: { token_type: 'Bearer', expires_in: 3599, access_token: token({ roles }) } });
		return service;
	};

	it('of every type come with what their type has', async () => {
		const service = listing(
			{ '@odata.type': '#microsoft.graph.user', id: 'A', displayName: 'Ada', userPrincipalName: 'ada@contoso.com', mail: null },
			{ '@odata.type': '#microsoft.graph.group', id: 'B', displayName: 'Nested', mail: 'nested@contoso.com' },
			{ '@odata.type': '#microsoft.graph.device', id: 'C', displayName: null, mail: null },
		);
		expect(await members(clientOf(service).client, { groupId: ID })).toEqual([
			{ kind: 'groupMember', tenantId: TENANT, groupId: ID, id: 'a', memberType: 'user', displayName: 'Ada', userPrincipalName: 'ada@contoso.com', mail: null },
			{ kind: 'groupMember', tenantId: TENANT, groupId: ID, id: 'b', memberType: 'group', displayName: 'Nested', mail: 'nested@contoso.com' },
			// The app may not read devices: what it does not know is missing, not blank.
			{ kind: 'groupMember', tenantId: TENANT, groupId: ID, id: 'c', memberType: 'device' },
		]);
		expect(new URL(service.graphRequests[0].url).pathname).toBe(`/v1.0/groups/${ID}/members`);
	});

	it('that are users of nested groups are an advanced query, on every page', async () => {
		const next = `https://graph.microsoft.com/v1.0/groups/${ID}/transitiveMembers/microsoft.graph.user?$skiptoken=2`;
		const user = (id: string) => ({ id, displayName: id, userPrincipalName: `${id}@contoso.com` });
		const service = serving(({ url }) => ({ body: url.includes('skiptoken') ? { value: [user('b')] } : { value: [user('a')], '@odata.nextLink': next } }));
		const found = await members(clientOf(service).client, { groupId: ID, nested: true, usersOnly: true });
		expect(found.map(({ id, memberType }) => [id, memberType])).toEqual([['a', 'user'], ['b', 'user']]);
		expect(service.graphRequests.map(({ headers }) => headers.consistencylevel)).toEqual(['eventual', 'eventual']);
		expect(queryOf(service.graphRequests[0]).get('$count')).toBe('true');
	});

	it('whom the app sees without being told who they are are an error', async () => {
		const service = listing({ '@odata.type': '#microsoft.graph.user', id: 'A', displayName: null, userPrincipalName: null });
		expect((await failureOf(members(clientOf(service).client, { groupId: ID }))).message).toBe(`Could not read users of tenant ${TENANT}: the app ${CLIENT_ID} sees the members of the group, but not who they are.`);
	});

	it('of a group that hides them are no empty list', async () => {
		const hidden = ({ url }: Seen): Scripted => ({ body: url.includes('/members') ? { value: [] } : { id: ID, visibility: 'HiddenMembership' } });
		expect(await failureOf(members(clientOf(serving(hidden)).client, { groupId: ID }))).toMatchObject({ class: 'notPermitted', remedy: expect.stringContaining('Member.Read.Hidden') as unknown });
		expect(await members(clientOf(serving(hidden, ['GroupMember.Read.All', 'Member.Read.Hidden'])).client, { groupId: ID })).toEqual([]);
		const open = ({ url }: Seen): Scripted => ({ body: url.includes('/members') ? { value: [] } : { id: ID, visibility: 'Public' } });
		expect(await members(clientOf(serving(open)).client, { groupId: ID })).toEqual([]);
	});
});

describe('the number of members', () => {
	const ids = Array.from({ length: 45 }, (_, index) => `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`);
	const counting = (answer: (id: string) => object) =>
		new Service(({ method, body }) => {
			if (method === 'GET') return { body: { value: ids.map((id) => ({ id, groupTypes: [], mailEnabled: false, securityEnabled: true })) } };
			const { requests } = JSON.parse(body) as { requests: Array<{ id: string; url: string; headers: Record<string, string> }> };
			return { body: { responses: requests.map(({ id, url }) => ({ id, ...answer(url.split('/')[2]) })).reverse() } };
		});

	it('is asked for twenty groups at once', async () => {
		const service = counting((id) => ({ status: 200, body: { '@odata.count': Number(id.slice(-4)), value: [] } }));
		const found = await groups(clientOf(service).client, { properties: ['memberCount'] });
		expect(found.map(({ memberCount }) => memberCount)).toEqual(ids.map((_, index) => index));
		expect(service.graphRequests).toHaveLength(1 + 3);
		const { requests } = JSON.parse(service.graphRequests[1].body) as { requests: Array<{ url: string; headers: object }> };
		expect(requests[0]).toMatchObject({ url: expect.stringContaining('/members?$select=id&$top=1&$count=true') as unknown, headers: { ConsistencyLevel: 'eventual' } });
	});

	it('is absent of a group that went away, and an error where it cannot be had', async () => {
		const gone = await groups(clientOf(counting((id) => (id === ids[3] ? { status: 404, body: {} } : { status: 200, body: { '@odata.count': 1, value: [] } }))).client, { properties: ['memberCount'] });
		expect(gone[3]).not.toHaveProperty('memberCount');
		expect(await failureOf(groups(clientOf(counting(() => ({ status: 403, body: graphError('Authorization_RequestDenied') }))).client, { properties: ['memberCount'] }))).toMatchObject({ class: 'notPermitted' });
		expect(await failureOf(groups(clientOf(counting(() => ({ status: 200, body: { value: [] } }))).client, { properties: ['memberCount'] }))).toMatchObject({ code: 'graph.countMissing' });
	});
});
