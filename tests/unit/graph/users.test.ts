import type { RawUser } from '../../../sync/source/graph/read/userProjection';
import { USER_PROPERTIES } from '../../../sync/source/graph/read/userProperties';
import type { UserFilter } from '../../../sync/source/graph/read/userFilter';
import { user, userPages, users } from '../../../sync/source/graph/read/users';
import { clientOf, failureOf, graphError, Service, TENANT, token } from './service';

const SKU = 'cbdc14ab-d96c-4c30-b9f4-6ada7cdc1d46';
const OTHER_SKU = 'f245ecc8-75af-4f8e-b61f-27d8114de5f3';
const GROUP = '9d0c7b52-30f1-4a6e-8c11-000000000001';
const ADA: RawUser = {
	id: 'ada',
	displayName: 'Ada Brandt',
	mail: 'ada@contoso.com',
	userPrincipalName: 'ada.brandt@contoso.com',
	userType: 'Member',
	accountEnabled: true,
	jobTitle: null,
	department: 'Sales',
	proxyAddresses: ['SMTP:ada@contoso.com', 'smtp:a.brandt@contoso.com', 'SIP:ada@contoso.com', 'X500:/o=x'],
	assignedLicenses: [{ skuId: SKU.toUpperCase(), disabledPlans: [] }],
};
const serving = (...raw: RawUser[]) => new Service(() => ({ body: { value: raw } }));
const query = (service: Service) => new URL(service.graphRequests[0].url).searchParams;
const idsOf = async (filter: UserFilter, ...raw: RawUser[]) => (await users(clientOf(serving(...raw)).client, { filter })).map(({ id }) => id);

describe('a person as Entra gives them', () => {
	it('has what was chosen, with blanks where Entra has none, and nothing else', async () => {
		const [person] = await users(clientOf(serving(ADA)).client, {
			properties: ['displayName', 'email', 'aliases', 'userType', 'accountEnabled', 'licenceSkuIds', 'jobTitle'],
		});
		expect(person).toEqual({
			kind: 'person',
			tenantId: TENANT,
			id: 'ada',
			displayName: 'Ada Brandt',
			email: 'ada@contoso.com',
			aliases: ['ada@contoso.com', 'a.brandt@contoso.com'],
			userType: 'Member',
			accountEnabled: true,
			licenceSkuIds: [SKU],
			jobTitle: null,
		});
	});

	it('is asked for by the properties that these are made of, in pages of 999', async () => {
		const service = serving();
		await users(clientOf(service).client, { properties: ['email', 'aliases', 'licenceSkuIds', 'userType', 'city'] });
		expect(query(service).get('$select')).toBe('id,mail,userPrincipalName,proxyAddresses,assignedLicenses,userType,city');
		expect(query(service).get('$top')).toBe('999');
		expect(service.graphRequests[0].headers.consistencylevel).toBeUndefined();
	});

	it.each([
		[{ mail: null, userPrincipalName: 'kiosk@contoso.com' }, 'kiosk@contoso.com'],
		[{ mail: null, userPrincipalName: 'svc@contoso.onmicrosoft.com' }, null],
		[{ mail: ' ', userPrincipalName: 'x_y.com#EXT#@contoso.onmicrosoft.com' }, null],
	])('has the e-mail address of %j', async (raw, email) => {
		const [person] = await users(clientOf(serving({ ...ADA, ...raw })).client, { properties: ['email'] });
		expect(person).toEqual({ kind: 'person', tenantId: TENANT, id: 'ada', email });
	});

	it.each([
		[{ userType: null, userPrincipalName: 'old@contoso.com' }, 'Member'],
		[{ userType: null, userPrincipalName: 'x_y.com#EXT#@contoso.onmicrosoft.com' }, 'Guest'],
		[{ userType: 'Guest', userPrincipalName: 'was.external@contoso.com' }, 'Guest'],
	])('is of the type that %j tells', async (raw, userType) => {
		const [person] = await users(clientOf(serving({ ...ADA, ...raw })).client, { properties: ['userType'] });
		expect(person.userType).toBe(userType);
	});

	it('has every property of the list that it is asked for', async () => {
		for (const { name, from } of USER_PROPERTIES.filter(({ from }) => !from)) {
			const [person] = await users(clientOf(serving({ id: 'ada', [name]: ['value'], other: 'x' })).client, { properties: [name] });
			expect([name, from, person]).toEqual([name, undefined, { kind: 'person', tenantId: TENANT, id: 'ada', [name]: ['value'] }]);
		}
	});

	it('brings further properties along by name', async () => {
		const service = serving({ ...ADA, extension_0a1b_badge: '7' });
		const [person] = await users(clientOf(service).client, { properties: ['extension_0a1b_badge'] });
		expect(person.extension_0a1b_badge).toBe('7');
		expect(query(service).get('$select')).toBe('id,extension_0a1b_badge');
	});

	it.each([
		['signInActivity', 'The property "signInActivity" cannot be read here: it is limited to 10 requests a minute for all tenants of the app; the property "lastActivity" tells the day of the last sign-in.'],
		['mailboxSettings', 'The property "mailboxSettings" cannot be read here: it has to be asked for user by user; the property "mailboxKind" tells the kind of mailbox.'],
		['id&$filter=x', '"id&$filter=x" is not the name of a property.'],
	])('does not take %s as a property', async (name, message) => {
		const service = serving();
		expect((await failureOf(users(clientOf(service).client, { properties: [name] }))).message).toBe(message);
		expect(service.seen).toEqual([]);
	});

	it('without an id is an error, not a person', async () => {
		expect((await failureOf(users(clientOf(serving({ displayName: 'Nobody' })).client))).message).toContain('gave a user without an id');
	});

	it('belongs to the tenant’s GUID also when a domain was given', async () => {
		const service = serving(ADA);
		const [person] = await users(clientOf(service, { tenantId: 'Contoso.com' }).client);
		expect(person.tenantId).toBe(TENANT);
		expect(service.seen[0].url).toContain('/contoso.com/oauth2/');
		expect(service.seen).toHaveLength(2);
	});

	it('belongs to the organisation’s id when the token cannot be decoded', async () => {
		const service = new Service((request) => ({ body: { value: request.url.includes('/organization') ? [{ id: TENANT.toUpperCase() }] : [ADA] } }));
		service.signInAnswer = () => ({ body: { expires_in: 3599, access_token: 'opaque' } });
		const [person] = await users(clientOf(service, { tenantId: 'contoso.com' }).client);
		expect(person.tenantId).toBe(TENANT);
	});
});

describe('a filter', () => {
	it.each<[UserFilter, string | null]>([
		[{}, null],
		[{ account: 'enabled' }, 'accountEnabled eq true'],
		[{ account: 'disabled' }, 'accountEnabled eq false'],
		[{ account: 'both', userType: 'both' }, null],
		[{ department: "Children's Ward" }, "department eq 'Children''s Ward'"],
		[{ anyOfSkuIds: [SKU] }, `assignedLicenses/any(l:l/skuId eq ${SKU})`],
		[{ account: 'enabled', anyOfSkuIds: [SKU, OTHER_SKU] }, `accountEnabled eq true and (assignedLicenses/any(l:l/skuId eq ${SKU}) or assignedLicenses/any(l:l/skuId eq ${OTHER_SKU}))`],
	])('%j is evaluated by the service', async (filter, expected) => {
		const service = serving();
		await users(clientOf(service).client, { filter });
		expect(query(service).get('$filter')).toBe(expected);
		expect(service.graphRequests[0].headers.consistencylevel).toBeUndefined();
	});

	it('of the builder’s own goes to the advanced engine, together with the others', async () => {
		const service = serving();
		await users(clientOf(service).client, { filter: { account: 'enabled', expression: "startswith(jobTitle,'N') or city eq 'X'" } });
		expect(query(service).get('$filter')).toBe("accountEnabled eq true and (startswith(jobTitle,'N') or city eq 'X')");
		expect(query(service).get('$count')).toBe('true');
		expect(service.graphRequests[0].headers.consistencylevel).toBe('eventual');
	});

	it('of the builder’s own that the service refuses is named as the cause', async () => {
		const service = new Service(() => ({ status: 400, body: graphError('Request_UnsupportedQuery', "Invalid filter clause: 'x'.") }));
		const error = await failureOf(users(clientOf(service).client, { filter: { expression: 'x' } }));
		expect(error.message).toBe(`Could not read users of tenant ${TENANT}: Microsoft Graph does not take this filter: "Invalid filter clause: 'x'".`);
	});

	const member = { ...ADA, id: 'member' };
	const guest = { ...ADA, id: 'guest', userType: 'Guest', userPrincipalName: 'g_x.com#EXT#@contoso.onmicrosoft.com', mail: 'g@x.com' };
	const old = { ...ADA, id: 'old', userType: null, assignedLicenses: [] };
	const oldGuest = { ...guest, id: 'oldguest', userType: null, mail: null };
	const many = Array.from({ length: 11 }, (_, n) => `cbdc14ab-d96c-4c30-b9f4-${String(n).padStart(12, '0')}`);

	it.each<[UserFilter, string[]]>([
		[{ userType: 'members' }, ['member', 'old']],
		[{ userType: 'guests' }, ['guest', 'oldguest']],
		[{ userType: 'both' }, ['member', 'guest', 'old', 'oldguest']],
		[{ licensedOnly: true }, ['member', 'guest', 'oldguest']],
		[{ licensedOnly: true, userType: 'members' }, ['member']],
		[{ domains: ['@X.com'] }, ['guest']],
		[{ domains: ['contoso.com', 'contoso.onmicrosoft.com'] }, ['member', 'old', 'oldguest']],
		[{ anyOfSkuIds: [...many, SKU] }, ['member', 'guest', 'oldguest']],
	])('%j is evaluated here: %j', async (filter, expected) => {
		expect(await idsOf(filter, member, guest, old, oldGuest)).toEqual(expected);
	});

	it('reads what it looks at without showing it', async () => {
		const service = serving(member);
		const [person] = await users(clientOf(service).client, { properties: ['displayName'], filter: { licensedOnly: true, userType: 'members' } });
		expect(query(service).get('$select')).toBe('id,displayName,userType,userPrincipalName,assignedLicenses');
		expect(Object.keys(person)).toEqual(['kind', 'tenantId', 'id', 'displayName']);
	});

	it('by group reads its members, filtered here, and nested ones as an advanced query', async () => {
		const disabled = { ...member, id: 'disabled', accountEnabled: false };
		const elsewhere = { ...member, id: 'elsewhere', department: 'IT' };
		const direct = serving(member, disabled, elsewhere);
		const people = await users(clientOf(direct).client, { filter: { groupId: GROUP, account: 'enabled', department: 'sales' } });
		expect(people.map(({ id }) => id)).toEqual(['member']);
		expect(new URL(direct.graphRequests[0].url).pathname).toBe(`/v1.0/groups/${GROUP}/members/microsoft.graph.user`);
		expect([query(direct).get('$filter'), query(direct).get('$count')]).toEqual([null, null]);
		const nested = serving(member);
		await users(clientOf(nested).client, { filter: { groupId: GROUP, nestedGroups: true } });
		expect(new URL(nested.graphRequests[0].url).pathname).toBe(`/v1.0/groups/${GROUP}/transitiveMembers/microsoft.graph.user`);
		expect([query(nested).get('$count'), nested.graphRequests[0].headers.consistencylevel]).toEqual(['true', 'eventual']);
	});

	it('by group does not take members without their details for people without a name', async () => {
		const error = await failureOf(idsOf({ groupId: GROUP }, { id: 'x', displayName: null, userPrincipalName: null }));
		expect(error.message).toContain('sees the members of the group, but not who they are');
		expect(error.remedy).toContain('User.Read.All');
	});

	it.each([false, true])('by a group that hides its members finds no empty list (nested: %s)', async (nestedGroups) => {
		const hidden = (roles: string[]) => {
			const service = new Service(({ url }) => ({ body: url.includes('embers/microsoft.graph.user') ? { value: [] } : { id: GROUP, visibility: 'HiddenMembership' } }));
			service.signInAnswer = () => ({ body: { token_type: 'Bearer', expires_in: 3599, access_token: token({ roles }) } });
			return service;
		};
		const filter = { groupId: GROUP, nestedGroups };
		expect(await failureOf(users(clientOf(hidden(['User.Read.All', 'GroupMember.Read.All'])).client, { filter }))).toMatchObject({ class: 'notPermitted', code: 'graph.hiddenMembership' });
		expect(await users(clientOf(hidden(['User.Read.All', 'GroupMember.Read.All', 'Member.Read.Hidden'])).client, { filter })).toEqual([]);
	});

	it('by a group that is gone says so', async () => {
		const service = new Service(() => ({ status: 404, body: graphError('Request_ResourceNotFound') }));
		expect((await failureOf(users(clientOf(service).client, { filter: { groupId: GROUP } }))).message).toBe(`There is no group ${GROUP} in tenant ${TENANT}.`);
	});

	it.each<[UserFilter, string]>([
		[{ groupId: '' }, '"" is not a group ID.'],
		[{ groupId: '../users' }, '"../users" is not a group ID.'],
		[{ anyOfSkuIds: ["x' or 1 eq 1"] }, '"x\' or 1 eq 1" is not a subscription (SKU) ID.'],
		[{ domains: ['contoso'] }, '"contoso" is not a domain.'],
	])('%j is refused before anything is sent', async (filter, message) => {
		const service = serving();
		expect((await failureOf(users(clientOf(service).client, { filter }))).message).toBe(message);
		expect(service.seen).toEqual([]);
	});
});

describe('a limit', () => {
	it('makes the page small when everybody on it counts', async () => {
		const service = serving(ADA, ADA, ADA);
		expect(await users(clientOf(service).client, { limit: 2 })).toHaveLength(2);
		expect(query(service).get('$top')).toBe('2');
	});

	it('leaves the page large when some of it may be filtered out', async () => {
		const service = serving(ADA);
		await users(clientOf(service).client, { limit: 2, filter: { userType: 'members' } });
		expect(query(service).get('$top')).toBe('999');
	});
});

describe('100,000 people', () => {
	it('take 101 pages and one sign-in, and come page by page', async () => {
		const service = new Service((request) => {
			const page = Number(new URL(request.url).searchParams.get('$skiptoken') ?? 0);
			const first = page * 999;
			const value = Array.from({ length: Math.min(999, 100_000 - first) }, (_, n) => ({ id: String(first + n), mail: `p${first + n}@contoso.com`, userPrincipalName: 'x@contoso.com' }));
			return { body: { value, ...(first + 999 < 100_000 ? { '@odata.nextLink': `https://graph.microsoft.com/v1.0/users?$skiptoken=${page + 1}` } : {}) } };
		});
		let people = 0;
		let last = '';
		for await (const page of userPages(clientOf(service).client, { properties: ['email'] })) {
			if (page.kind !== 'page') throw new Error('No restart was expected');
			people += page.items.length;
			last = page.items.at(-1)!.email!;
		}
		expect([people, last]).toEqual([100_000, 'p99999@contoso.com']);
		expect([service.graphRequests.length, service.signIns]).toEqual([101, 1]);
	});
});

describe('one person', () => {
	it('is found by a guest’s name, whose # would end the path', async () => {
		const service = new Service(() => ({ body: ADA }));
		await user(clientOf(service).client, ' g_x.com#EXT#@contoso.onmicrosoft.com ', ['displayName']);
		expect(service.graphRequests[0].url).toBe('https://graph.microsoft.com/v1.0/users/g_x.com%23EXT%23%40contoso.onmicrosoft.com?$select=id,displayName');
	});

	it('who does not exist is named', async () => {
		const service = new Service(() => ({ status: 404, body: graphError('Request_ResourceNotFound', "Resource 'x' does not exist") }));
		const error = await failureOf(user(clientOf(service).client, 'nobody@contoso.com'));
		expect(error).toMatchObject({ message: `There is no user nobody@contoso.com in tenant ${TENANT}.`, class: 'notFound' });
	});
});
