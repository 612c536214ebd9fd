import { INITIAL_DOMAIN, PEOPLE, SPB, FLOW_FREE, LABS_TENANT_ID, SAMPLE_APPS } from '../../../../simulators/world';
import { startHarness, type Harness, type Json } from './setup';

describe('users of the Graph simulator', () => {
	let harness: Harness;
	beforeAll(async () => {
		harness = await startHarness();
	});
	afterAll(async () => await harness.stop());

	const ids = async (path: string, how?: { eventual?: boolean }) => (await harness.list(path, how)).map((user) => user.id);

	it('shows the default properties, and nothing else, without $select', async () => {
		const [ada] = await harness.list('/users?$top=1');
		expect(Object.keys(ada).sort()).toEqual(
			['businessPhones', 'displayName', 'givenName', 'id', 'jobTitle', 'mail', 'mobilePhone', 'officeLocation', 'preferredLanguage', 'surname', 'userPrincipalName'].sort(),
		);
		expect(ada).toMatchObject({ id: PEOPLE.ada, displayName: 'Ada Brandt', businessPhones: ['+1 (503) 555-0101'] });
	});

	it('leaves out what was not selected, and shows null and empty lists for what was never set', async () => {
		const { body } = await harness.get(`/users/${PEOPLE.scanner}?$select=mail,department,assignedLicenses,proxyAddresses`);
		expect(body).toEqual({
			'@odata.context': `${harness.microsoft.graph.origin}/v1.0/$metadata#users(mail,department,assignedLicenses,proxyAddresses)/$entity`,
			mail: null,
			department: null,
			assignedLicenses: [],
			proxyAddresses: [],
		});
	});

	it('finds a user by id and by user principal name, apostrophes and number signs included', async () => {
		for (const name of [PEOPLE.sean, "Sean.O'Neil@harbordental.example", encodeURIComponent(`vendor_partner.example#EXT#@${INITIAL_DOMAIN}`)]) {
			expect((await harness.get(`/users/${name}?$select=id`)).status).toBe(200);
		}
		const missing = await harness.get('/users/nobody@harbordental.example');
		expect([missing.status, missing.body.error.code]).toEqual([404, 'Request_ResourceNotFound']);
		expect(missing.body.error.message).toContain("Resource 'nobody@harbordental.example' does not exist");
	});

	it('holds the awkward people', async () => {
		const select = '$select=id,displayName,userType,accountEnabled,mail,userPrincipalName,jobTitle,city,streetAddress,assignedLicenses,proxyAddresses';
		const people = await harness.list(`/users?${select}`);
		const by = (id: string) => people.find((person) => person.id === id);
		expect(people).toHaveLength(18);
		expect(people.filter((person) => person.displayName === 'John Smith')).toHaveLength(2);
		expect(by(PEOPLE.zoe).displayName).toBe('Zoë Müller');
		expect(by(PEOPLE.mary).proxyAddresses).toEqual(['SMTP:mary.lopez@harbordental.example', 'smtp:mary.jones@harbordental.example']);
		expect(by(PEOPLE.reception)).toMatchObject({ accountEnabled: false, assignedLicenses: [], mail: 'reception@harbordental.example' });
		expect(by(PEOPLE.guest)).toMatchObject({ userType: 'Guest', userPrincipalName: 'vendor_partner.example#EXT#@harbordental.onmicrosoft.com' });
		expect(by(PEOPLE.kiosk)).toMatchObject({ mail: null, userPrincipalName: 'kiosk1@harbordental.example' });
		expect(by(PEOPLE.leaver)).toMatchObject({ accountEnabled: false, assignedLicenses: [{ skuId: SPB, disabledPlans: [] }] });
		expect(by(PEOPLE.nina).streetAddress).toBe('400 Pier Ave\nSuite 7');
		expect(by(PEOPLE.omar)).toMatchObject({ jobTitle: null, city: null });
		expect(by(PEOPLE.grace).userType).toBeNull();
		expect(by(PEOPLE.ivy).mail).toBe('Ivy.Stone@HarborDental.example');
	});

	it('refuses a page size of 1000 in the words of the service, and takes 999', async () => {
		const { status, body } = await harness.get('/users?$top=1000');
		expect([status, body.error.code]).toEqual([400, 'Request_UnsupportedQuery']);
		expect(body.error.message).toBe("Invalid page size specified: '1000'. Must be between 1 and 999 inclusive.");
		expect((await harness.get('/users?$top=999')).status).toBe(200);
		expect((await harness.get('/users?$top=0')).status).toBe(400);
	});

	it.each([
		['/users?$skip=2', 400, 'Request_BadRequest'],
		['/users?$foo=2', 400, 'Request_BadRequest'],
		['/users?select=id', 400, 'Request_BadRequest'],
		['/users?$select=id&$select=mail', 400, 'BadRequest'],
		['/users?$select=shoeSize', 400, 'BadRequest'],
		['/users?$select=id,mailboxSettings', 501, 'NotImplemented'],
		['/users?$select=aboutMe', 501, 'NotImplemented'],
		['/users?$expand=manager,manager', 400, 'Request_UnsupportedQuery'],
		['/users?$expand=mail', 400, 'BadRequest'],
		['/peoples', 400, 'Request_BadRequest'],
		['/users/x/y', 400, 'Request_BadRequest'],
		['/users?$orderby=jobTitle', 400, 'Request_UnsupportedQuery'],
		['/subscribedSkus?$top=5', 400, 'Request_UnsupportedQuery'],
	])('answers GET %s with %d %s', async (path, status, code) => {
		const answer = await harness.get(path);
		expect([answer.status, answer.body.error.code]).toEqual([status, code]);
	});

	it('counts only with the header', async () => {
		const refused = await harness.get('/users/$count');
		expect([refused.status, refused.body.error]).toEqual([400, expect.objectContaining({ code: 'Request_BadRequest', message: '$count is not currently supported.' })]);
		const counted = await harness.get('/users/$count', { eventual: true });
		expect([counted.headers.get('content-type'), counted.body]).toEqual(['text/plain', '18']);
		expect((await harness.get('/users/$count?$filter=accountEnabled eq false', { eventual: true })).body).toBe('2');
		expect((await harness.get('/users?$count=true')).body).not.toHaveProperty(['@odata.count']);
		expect((await harness.get('/users?$count=true&$top=1', { eventual: true })).body['@odata.count']).toBe(18);
	});

	it('expands the manager, and leaves it out where there is none', async () => {
		const people = await harness.list('/users?$select=id&$expand=manager($select=id,displayName)');
		expect(people.find((person) => person.id === PEOPLE.zoe)).toEqual({
			id: PEOPLE.zoe,
			manager: { '@odata.type': '#microsoft.graph.user', id: PEOPLE.ada, displayName: 'Ada Brandt' },
		});
		expect(people.find((person) => person.id === PEOPLE.ada)).toEqual({ id: PEOPLE.ada });
		expect((await harness.get(`/users/${PEOPLE.zoe}/manager?$select=id`)).body.id).toBe(PEOPLE.ada);
		expect((await harness.get(`/users/${PEOPLE.ada}/manager`)).status).toBe(404);
	});

	it('sorts by name, and with a filter only as an advanced query', async () => {
		const names = (await harness.list('/users?$select=displayName&$orderby=displayName desc')).map((user) => user.displayName);
		expect(names.slice(0, 3)).toEqual(['Zoë Müller', 'Waiting Room Kiosk', 'Vendor Partner']);
		const path = "/users?$orderby=displayName&$filter=startswith(displayName,'J')&$count=true";
		expect((await harness.get(path)).body.error.message).toBe('Unsupported Query.');
		expect(await ids(path, { eventual: true })).toEqual([PEOPLE.johnSmithHygienist, PEOPLE.johnSmithAssistant]);
	});

	it('searches words, with the header', async () => {
		expect((await harness.get('/users?$search="displayName:smi"')).body.error.message).toContain('ConsistencyLevel: eventual');
		expect(await ids('/users?$search="displayName:smi"', { eventual: true })).toEqual([PEOPLE.johnSmithHygienist, PEOPLE.johnSmithAssistant]);
	});

	it('shows sign-in activity only in a tenant with P1, to an app with AuditLog.Read.All, and leaves it out for people who never signed in', async () => {
		const path = '/users?$select=id,signInActivity';
		const people = await harness.list(path);
		expect(people.find((person) => person.id === PEOPLE.ada).signInActivity.lastSignInDateTime).toBe('2026-11-20T15:58:11Z');
		expect(people.find((person) => person.id === PEOPLE.sean)).toEqual({ id: PEOPLE.sean });
		const usersOnly = await harness.get(path, { token: await harness.token(SAMPLE_APPS.usersOnly) });
		expect([usersOnly.status, usersOnly.body.error.code]).toEqual([403, 'Authentication_MSGraphPermissionMissing']);
		const labs = await harness.get(path, { token: await harness.token(SAMPLE_APPS.consented, LABS_TENANT_ID) });
		expect([labs.status, labs.body.error.code]).toEqual([403, 'Authentication_RequestFromNonPremiumTenantOrB2CTenant']);
	});

	it('lists each tenant to its own app only', async () => {
		const token = await harness.token(SAMPLE_APPS.consented, 'HARBORLABS.example');
		const { body } = await harness.get('/users?$select=mail', { token });
		expect(body.value.map((user: Json) => user.mail)).toContain('ida.novak@harborlabs.example');
		expect(body.value).toHaveLength(4);
	});

	it('counts used licences from the users', async () => {
		const skus = await harness.list('/subscribedSkus?$select=skuId,consumedUnits');
		expect(skus.find((sku) => sku.skuId === FLOW_FREE).consumedUnits).toBe(2);
	});

	it('separates live, soft-deleted and gone', async () => {
		const own = await startHarness();
		const harbor = own.microsoft.world.tenant('harbordental.example');
		harbor.softDeleteUser('tom.becker@harbordental.example', new Date('2026-11-22T08:00:00Z'));
		expect((await own.get(`/users/${PEOPLE.tom}`)).status).toBe(404);
		const deleted = await own.list('/directory/deletedItems/microsoft.graph.user?$select=id,deletedDateTime');
		expect(deleted).toEqual([
			{ id: PEOPLE.rita, deletedDateTime: '2026-11-10T16:00:00Z' },
			{ id: PEOPLE.tom, deletedDateTime: '2026-11-22T08:00:00Z' },
		]);
		harbor.restoreUser(PEOPLE.tom);
		harbor.hardDeleteUser(PEOPLE.rita);
		expect(await own.list('/directory/deletedItems/microsoft.graph.user')).toEqual([]);
		expect((await own.get(`/users/${PEOPLE.tom}?$select=id,deletedDateTime`)).body).toMatchObject({ id: PEOPLE.tom, deletedDateTime: null });
		harbor.renameUser(PEOPLE.tom, { displayName: 'Tom Baker', surname: 'Baker', mail: 'tom.baker@harbordental.example', userPrincipalName: 'tom.baker@harbordental.example' });
		expect((await own.get("/users/tom.baker@harbordental.example?$select=id,proxyAddresses")).body).toMatchObject({
			id: PEOPLE.tom,
			proxyAddresses: ['SMTP:tom.baker@harbordental.example', 'smtp:tom.becker@harbordental.example'],
		});
		await own.stop();
	});
});
