import type { Skipped } from '../../../../sync/source/graph/transport/optional';
import { administratorsOf } from '../../../../sync/source/graph/read/administrators';
import { user, users } from '../../../../sync/source/graph/read/users';
import { app, clientOf, failureOf, graphError, Service, TENANT, type Scripted, type Seen } from '../service';

const GROUP = '9d0c7b52-30f1-4a6e-8c11-000000000001';
const SPB = 'cbdc14ab-d96c-4c30-b9f4-6ada7cdc1d46';

/** Answers by what the path ends with, in batches as well; what is not scripted is a fault of the test. */
function serving(answers: Record<string, Scripted>): Service {
	const answerTo = (path: string): Scripted => {
		const known = Object.keys(answers).find((end) => path.split('?')[0].endsWith(end));
		if (known === undefined) throw new Error(`Nothing is scripted for ${path}`);
		return answers[known];
	};
	return new Service(({ url, method, body }) => {
		if (method === 'GET') return answerTo(url);
		const { requests } = JSON.parse(body) as { requests: Array<{ id: string; url: string }> };
		return { body: { responses: requests.map(({ id, url }) => ({ id, status: 200, ...(answerTo(url) as object) })) } };
	});
}
const sent = (service: Service) =>
	service.graphRequests.flatMap(({ method, url, body }: Seen) => (method === 'GET' ? [new URL(url).pathname.replace('/v1.0', '')] : (JSON.parse(body) as { requests: Array<{ url: string }> }).requests.map((request) => request.url.split('?')[0])));
const denied: Scripted = { status: 403, body: graphError('Authorization_RequestDenied') };

describe('the manager of somebody', () => {
	const jonas = { '@odata.type': '#microsoft.graph.user', id: 'JONAS', displayName: 'Jonas Weiß', userPrincipalName: 'jonas@contoso.com', mail: null };

	it('comes with the page, and nobody has one that did not come', async () => {
		const service = serving({ '/users': { body: { value: [{ id: 'a', manager: jonas }, { id: 'b' }] } } });
		const [a, b] = await users(clientOf(service).client, { properties: ['manager', 'managerId'] });
		expect(a).toEqual({ kind: 'person', tenantId: TENANT, id: 'a', managerId: 'jonas', manager: { id: 'jonas', displayName: 'Jonas Weiß', userPrincipalName: 'jonas@contoso.com', mail: null } });
		expect(b).toEqual({ kind: 'person', tenantId: TENANT, id: 'b', managerId: null, manager: null });
		const query = new URL(service.graphRequests[0].url).searchParams;
		expect([query.get('$expand'), query.get('$select')]).toEqual(['manager($select=id,displayName,userPrincipalName,mail)', 'id']);
	});

	it('is asked for person by person, twenty at once, in lists that take no $expand', async () => {
		const path = `/groups/${GROUP}/members/microsoft.graph.user`;
		const service = serving({ [path]: { body: { value: [{ id: 'a', userPrincipalName: 'a@contoso.com' }, { id: 'b', userPrincipalName: 'b@contoso.com' }] } }, '/users/a/manager': { body: jonas }, '/users/b/manager': { status: 404, body: {} } });
		const found = await users(clientOf(service).client, { properties: ['managerId'], filter: { groupId: GROUP } });
		expect(found.map(({ managerId }) => managerId)).toEqual(['jonas', null]);
		expect(service.graphRequests).toHaveLength(2);
		expect(new URL(service.graphRequests[0].url).searchParams.has('$expand')).toBe(false);
	});

	it('is not nobody where the answer is broken', async () => {
		const service = serving({ '/microsoft.graph.user': { body: { value: [{ id: 'a', userPrincipalName: 'a@contoso.com' }] } }, '/manager': { body: null } });
		expect(await failureOf(users(clientOf(service).client, { properties: ['managerId'], filter: { groupId: GROUP } }))).toMatchObject({ code: 'graph.brokenBatch' });
	});

	it('that may not be read is an error: nobody knows that there is none', async () => {
		const service = serving({ '/microsoft.graph.user': { body: { value: [{ id: 'a', userPrincipalName: 'a@contoso.com' }] } }, '/manager': denied });
		expect(await failureOf(users(clientOf(service).client, { properties: ['manager'], filter: { groupId: GROUP } }))).toMatchObject({ class: 'notPermitted' });
	});
});

describe('properties that are made of others', () => {
	it('are absent where the licences did not come: that is not "none", which would clear a field', async () => {
		const service = serving({ '/users': { body: { value: [{ id: 'a' }, { id: 'b', assignedLicenses: [] }] } } });
		const [a, b] = await users(clientOf(service).client, { properties: ['licenceNames', 'licenceFamily', 'licenceFamilies'] });
		expect(a).toEqual({ kind: 'person', tenantId: TENANT, id: 'a' });
		expect(b).toEqual({ kind: 'person', tenantId: TENANT, id: 'b', licenceNames: [], licenceFamily: null, licenceFamilies: [] });
	});
	it('names licences', async () => {
		const service = serving({ '/users': { body: { value: [{ id: 'a', assignedLicenses: [{ skuId: SPB.toUpperCase() }, { skuId: '11111111-2222-4333-8444-555555555555' }] }] } } });
		expect((await users(clientOf(service).client, { properties: ['licenceNames'] }))[0].licenceNames).toEqual(['Microsoft 365 Business Premium', '11111111-2222-4333-8444-555555555555']);
	});

	it('takes extension attributes apart', async () => {
		const service = serving({ '/users': { body: { value: [{ id: 'a', onPremisesExtensionAttributes: { extensionAttribute1: 'blue', extensionAttribute2: null } }, { id: 'b', onPremisesExtensionAttributes: null }, { id: 'c' }] } } });
		const found = await users(clientOf(service).client, { properties: ['extensionAttribute1', 'extensionAttribute15'] });
		expect(found.map(({ extensionAttribute1, extensionAttribute15 }) => [extensionAttribute1, extensionAttribute15])).toEqual([['blue', null], [null, null], [undefined, undefined]]);
		expect(Object.keys(found[0])).not.toContain('onPremisesExtensionAttributes');
		expect(new URL(service.graphRequests[0].url).searchParams.get('$select')).toBe('id,onPremisesExtensionAttributes');
	});

	it.each([
		['global', 'https://entra.microsoft.com'],
		['usGovL5', 'https://entra.microsoft.us'],
		['china', 'https://entra.microsoftonline.cn'],
	] as const)('links to the admin center of the cloud %s, in the tenant', async (cloud, origin) => {
		const service = serving({ '/users': { body: { value: [{ id: 'a' }] } } });
		const [found] = await users(clientOf(service, { app: app({ cloud }) }).client, { properties: ['adminCentreLink'] });
		expect(found.adminCentreLink).toBe(`${origin}/${TENANT}/#view/Microsoft_AAD_UsersAndTenants/UserProfileMenuBlade/~/overview/userId/a`);
	});
});

describe('the kind of a mailbox', () => {
	const REPORT = "getMailboxUsageDetail(period='D7')";
	const HEADINGS = 'Report Refresh Date,User Principal Name,Display Name,Is Deleted,Recipient Type';
	/** The report leads to a download. */
	const report = (...lines: string[]) => ({ [REPORT]: { status: 302, headers: { location: 'https://reports.example/data/download' } }, '/data/download': { body: `\ufeff${lines.join('\r\n')}\r\n` } });
	const people = {
		body: {
			value: [
				{ id: 'ada', userPrincipalName: 'ada@contoso.com', mail: 'ada@contoso.com', userType: 'Member' },
				{ id: 'info', userPrincipalName: 'Info@contoso.com', mail: 'info@contoso.com', userType: 'Member' },
				{ id: 'new', userPrincipalName: 'new@contoso.com', mail: 'new@contoso.com', userType: 'Member' },
				{ id: 'local', userPrincipalName: 'local@contoso.com', mail: 'local@contoso.com', userType: 'Member' },
				{ id: 'svc', userPrincipalName: 'svc@contoso.com', mail: null, userType: 'Member' },
				{ id: 'guest', userPrincipalName: 'x_y.com#EXT#@contoso.com', mail: 'x@y.com', userType: 'Guest' },
			],
		},
	};
	const kinds = async (service: Service, onSkipped?: (skipped: Skipped) => void) => (await users(clientOf(service).client, { properties: ['mailboxKind'], onSkipped })).map(({ id, mailboxKind }) => [id, mailboxKind]);
	const purposes = { '/users/new/mailboxSettings/userPurpose': { body: { value: 'user' } }, '/users/local/mailboxSettings/userPurpose': { status: 404, body: graphError('MailboxNotEnabledForRESTAPI') } };

	it('is taken from the usage report; whom it does not name is asked for, where there can be a mailbox', async () => {
		const service = serving({ ...report(HEADINGS, '2026-11-20,ada@contoso.com,Ada,False,User', '2026-11-20,info@contoso.com,Info,False,Shared', '2026-11-20,new@contoso.com,Old One,True,Shared'), '/users': people, ...purposes });
		expect(await kinds(service)).toEqual([['ada', 'user'], ['info', 'shared'], ['new', 'user'], ['local', null], ['svc', null], ['guest', null]]);
		expect(sent(service).filter((path) => path.includes('mailboxSettings'))).toEqual(['/users/new/mailboxSettings/userPurpose', '/users/local/mailboxSettings/userPurpose']);
	});

	it.each<[string, Record<string, Scripted>]>([
		['may not be read', { [REPORT]: { status: 403, body: graphError('S2SUnauthorized') } }],
		['conceals names', report(HEADINGS, '2026-11-20,3B3C92F92ADA11852D702B4F19C2B95C,3B3C,False,User')],
		['lacks the column', report('Report Refresh Date,User Principal Name', '2026-11-20,ada@contoso.com')],
	])('is asked for everybody where the report %s', async (_, reported) => {
		const service = serving({ ...reported, '/users': people, ...purposes, '/users/ada/mailboxSettings/userPurpose': { body: { value: 'user' } }, '/users/info/mailboxSettings/userPurpose': { body: { value: 'shared' } } });
		expect(await kinds(service)).toEqual([['ada', 'user'], ['info', 'shared'], ['new', 'user'], ['local', null], ['svc', null], ['guest', null]]);
	});

	it('stays unknown where neither may be read, and that is told once', async () => {
		const skipped: Skipped[] = [];
		const service = serving({ [REPORT]: { status: 403, body: graphError('S2SUnauthorized') }, '/users': people, '/userPurpose': { status: 403, body: graphError('ErrorAccessDenied') } });
		expect(await kinds(service, (each) => skipped.push(each))).toEqual([['ada', undefined], ['info', undefined], ['new', undefined], ['local', undefined], ['svc', null], ['guest', null]]);
		expect(skipped).toEqual([expect.objectContaining({ reason: 'notPermitted', message: expect.stringContaining('MailboxSettings.Read') as unknown })]);
	});

	it('stays unknown of those alone whose mailbox an access policy keeps', async () => {
		const skipped: Skipped[] = [];
		const service = serving({ [REPORT]: { status: 403, body: graphError('S2SUnauthorized') }, '/users': people, ...purposes, '/userPurpose': { status: 403, body: graphError('ErrorAccessDenied') } });
		expect(await kinds(service, (each) => skipped.push(each))).toEqual([['ada', undefined], ['info', undefined], ['new', 'user'], ['local', null], ['svc', null], ['guest', null]]);
		expect(skipped).toHaveLength(1);
	});

	it.each([
		['is not asked for again on later pages where every mailbox is refused', 1, { status: 403, body: graphError('ErrorAccessDenied') }],
		['is asked for on every page where it is told', 2, { body: { value: 'user' } }],
	])('%s', async (_, times, answer) => {
		const next = 'https://graph.microsoft.com/v1.0/users/page2';
		const person = (id: string) => ({ id, userPrincipalName: `${id}@contoso.com`, mail: `${id}@contoso.com` });
		const service = serving({ [REPORT]: { status: 403, body: graphError('S2SUnauthorized') }, '/users': { body: { value: [person('a')], '@odata.nextLink': next } }, '/users/page2': { body: { value: [person('b')] } }, '/userPurpose': answer });
		const skipped: Skipped[] = [];
		await kinds(service, (each) => skipped.push(each));
		expect(sent(service).filter((path) => path.endsWith('/userPurpose'))).toHaveLength(times);
		expect(skipped).toHaveLength('status' in answer ? 1 : 0);
	});

	const ada = { '/users/ada': { body: { id: 'ada', userPrincipalName: 'ada@contoso.com', mail: 'ada@contoso.com' } } };
	it.each<[string, string, string[], Record<string, Scripted>]>([
		['is asked for without the report of the whole tenant', 'user', ['/users/ada', '/users/ada/mailboxSettings/userPurpose'], { '/userPurpose': { body: { value: 'user' } } }],
		['comes from the report where the mailbox may not be read', 'shared', ['/users/ada', '/users/ada/mailboxSettings/userPurpose', `/reports/${REPORT}`, '/data/download'], { '/userPurpose': { status: 403, body: graphError('ErrorAccessDenied') }, ...report(HEADINGS, '2026-11-20,ADA@contoso.com,Ada,False,Shared') }],
	])('of one person %s (%s)', async (_, kind, paths, answers) => {
		const service = serving({ ...answers, ...ada });
		const skipped: Skipped[] = [];
		expect((await user(clientOf(service).client, 'ada', ['mailboxKind'], { onSkipped: (each) => skipped.push(each) })).mailboxKind).toBe(kind);
		expect(sent(service)).toEqual(paths);
		expect(skipped).toEqual([]);
	});

	it('that is kept on several pages is told of once', async () => {
		const person = (id: string) => ({ id, userPrincipalName: `${id}@contoso.com`, mail: `${id}@contoso.com` });
		const service = serving({
			[REPORT]: { status: 403, body: graphError('S2SUnauthorized') },
			'/users': { body: { value: [person('a'), person('kept')], '@odata.nextLink': 'https://graph.microsoft.com/v1.0/users/page2' } },
			'/users/page2': { body: { value: [person('kept'), person('b')] } },
			'/users/kept/mailboxSettings/userPurpose': { status: 403, body: graphError('ErrorAccessDenied') },
			'/userPurpose': { body: { value: 'user' } },
		});
		const skipped: Skipped[] = [];
		expect((await kinds(service, (each) => skipped.push(each))).map(([, kind]) => kind)).toEqual(['user', undefined, undefined, 'user']);
		expect(skipped).toHaveLength(1);
	});

	it('is an error where the service fails', async () => {
		const service = serving({ [REPORT]: { status: 500, body: {} }, '/users': people });
		expect(await failureOf(kinds(service))).toMatchObject({ class: 'unavailable' });
	});
});

describe('administrators', () => {
	const roles = { '/directoryRoles': { body: { value: [{ id: 'r1', displayName: 'Global Administrator' }, { id: 'r2', displayName: 'User Administrator' }] } } };
	const user1 = { '@odata.type': '#microsoft.graph.user', id: 'ADA' };
	const group = { '@odata.type': '#microsoft.graph.group', id: GROUP.toUpperCase() };
	const serviceOf = (more: Record<string, Scripted>) => serving({ ...roles, '/directoryRoles/r1/members': { body: { value: [user1] } }, '/directoryRoles/r2/members': { body: { value: [user1, group] } }, ...more });
	const nested = { [`/groups/${GROUP}/transitiveMembers`]: { body: { value: [{ '@odata.type': '#microsoft.graph.user', id: 'OMAR' }] } } };

	it('hold roles by themselves or by a group', async () => {
		const service = serviceOf(nested);
		expect([...(await administratorsOf(clientOf(service).client))]).toEqual([['ada', ['Global Administrator', 'User Administrator']], ['omar', ['User Administrator']]]);
		// Neither list takes a page size.
		expect(sent(service).filter((path) => path.includes('directoryRoles'))).toEqual(['/directoryRoles', '/directoryRoles/r1/members', '/directoryRoles/r2/members']);
		for (const { url, body } of service.graphRequests) if (url.includes('directoryRoles')) expect(url + body).not.toContain('$top');
	});

	it('are told of people', async () => {
		const service = serviceOf({ ...nested, '/users': { body: { value: [{ id: 'ada' }, { id: 'omar' }, { id: 'grace' }] } } });
		const found = await users(clientOf(service).client, { properties: ['isAdministrator', 'adminRoles'] });
		expect(found.map(({ isAdministrator, adminRoles }) => [isAdministrator, adminRoles])).toEqual([[true, ['Global Administrator', 'User Administrator']], [true, ['User Administrator']], [false, []]]);
	});

	it.each<[string, Record<string, Scripted>]>([
		['the members of a group, which are hidden,', { [`/groups/${GROUP}/transitiveMembers`]: { body: { value: [] } }, [`/groups/${GROUP}`]: { body: { id: GROUP, visibility: 'HiddenMembership' } } }],
		['the roles', { '/directoryRoles': denied }],
		['one role’s members', { '/directoryRoles/r2/members': denied, ...nested }],
		['the members of a group', { [`/groups/${GROUP}/transitiveMembers`]: denied }],
	])('are known to nobody where %s cannot be read', async (_, broken) => {
		expect(await failureOf(administratorsOf(clientOf(serviceOf(broken)).client))).toMatchObject({ class: 'notPermitted' });
		const skipped: Skipped[] = [];
		const found = await user(clientOf(serviceOf({ ...broken, '/users/ada': { body: { id: 'ada', displayName: 'Ada' } } })).client, 'ada', ['displayName', 'isAdministrator'], { onSkipped: (each) => skipped.push(each) });
		expect(found).toEqual({ kind: 'person', tenantId: TENANT, id: 'ada', displayName: 'Ada' });
		expect(skipped).toHaveLength(1);
	});
});
