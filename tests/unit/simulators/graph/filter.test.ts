import { PEOPLE, SPB } from '../../../../simulators/world';
import { parseFilter } from '../../../../simulators/graph/odata/filterParser';
import { startHarness, type Harness } from './setup';

describe('$filter of the Graph simulator', () => {
	let harness: Harness;
	beforeAll(async () => {
		harness = await startHarness();
	});
	afterAll(async () => await harness.stop());

	const who = async (filter: string, advanced = false) =>
		(await harness.list(`/users?$select=id&$filter=${encodeURIComponent(filter)}${advanced ? '&$count=true' : ''}`, { eventual: advanced })).map((user) => user.id);
	const refusal = async (filter: string, advanced = false) => {
		const { status, body } = await harness.get(`/users?$filter=${encodeURIComponent(filter)}${advanced ? '&$count=true' : ''}`, { eventual: advanced });
		return [status, body.error?.code, body.error?.message];
	};

	it.each<[string, string[]]>([
		['accountEnabled eq false', [PEOPLE.reception, PEOPLE.leaver]],
		["userType eq 'Guest'", [PEOPLE.guest]],
		["accountEnabled eq true and userType eq 'Member' and department eq 'IT'", [PEOPLE.omar]],
		["department eq 'it' or userType eq 'guest'", [PEOPLE.guest, PEOPLE.omar]],
		["(department eq 'IT' or userType eq 'Guest') and accountEnabled eq true", [PEOPLE.guest, PEOPLE.omar]],
		["surname eq 'O''Neil'", [PEOPLE.sean]],
		["startswith(displayName,'John')", [PEOPLE.johnSmithHygienist, PEOPLE.johnSmithAssistant]],
		["startsWith(mail, 'sean.o''')", [PEOPLE.sean]],
		["mail eq 'IVY.STONE@harbordental.EXAMPLE'", [PEOPLE.ivy]],
		[`id in ('${PEOPLE.ada}', '${PEOPLE.rita}', '${PEOPLE.zoe}')`, [PEOPLE.ada, PEOPLE.zoe]],
		[`assignedLicenses/any(x:x/skuId eq f245ecc8-75af-4f8e-b61f-27d8114de5f3)`, [PEOPLE.johnSmithAssistant, PEOPLE.ivy]],
		["proxyAddresses/any(p:p eq 'smtp:mary.jones@harbordental.example')", [PEOPLE.mary]],
		["proxyAddresses/any(p:startswith(p,'smtp:lee'))", [PEOPLE.lee]],
		['createdDateTime lt 2014-01-01T00:00:00Z', []],
		['createdDateTime le 2014-01-01T00:00:00Z', [PEOPLE.grace]],
		["signInActivity/lastSignInDateTime ge 2026-11-01T00:00:00Z", [PEOPLE.ada, PEOPLE.zoe]],
	])('%s', async (filter, expected) => {
		if (filter.includes(' lt ')) expect(await refusal(filter)).toEqual([400, 'Request_UnsupportedQuery', 'Unsupported Query.']);
		else expect(await who(filter)).toEqual(expected);
	});

	it.each<[string, string[]]>([
		['not(accountEnabled eq true)', [PEOPLE.reception, PEOPLE.leaver]],
		["NOT startsWith(userPrincipalName,'a') and userType ne 'Member'", [PEOPLE.guest, PEOPLE.grace]],
		['userType eq null', [PEOPLE.grace]],
		["assignedLicenses/$count eq 0 and accountEnabled eq true and userType eq 'Member'", [PEOPLE.scanner, PEOPLE.tom]],
		["endsWith(mail,'@partner.example')", [PEOPLE.guest]],
		["endsWith(userPrincipalName,'.onmicrosoft.com')", [PEOPLE.guest, PEOPLE.scanner]],
		["proxyAddresses/any(p:endswith(p,'@harbordental.onmicrosoft.com'))", [PEOPLE.ada]],
		["streetAddress eq '400 Pier Ave\nSuite 7'", [PEOPLE.nina]],
		['createdDateTime lt 2014-01-01T00:00:00Z', [PEOPLE.grace]],
	])('%s is an advanced query', async (filter, expected) => {
		expect(await refusal(filter)).toEqual([400, 'Request_UnsupportedQuery', 'Unsupported Query.']);
		expect(await who(filter, true)).toEqual(expected);
	});

	it('takes the header and $count=true together, not one of them', async () => {
		const filter = encodeURIComponent('assignedLicenses/$count ne 0');
		expect((await harness.get(`/users?$filter=${filter}`, { eventual: true })).status).toBe(400);
		expect((await harness.get(`/users?$filter=${filter}&$count=true`)).status).toBe(400);
		expect((await harness.get(`/users?$filter=${filter}&$count=true`, { eventual: true })).body['@odata.count']).toBe(14);
	});

	it('takes fifteen alternatives, more only as an advanced query', async () => {
		const list = (length: number) => `id in (${Array.from({ length }, () => `'${PEOPLE.ada}'`).join(',')})`;
		expect(await who(list(15))).toEqual([PEOPLE.ada]);
		expect(await refusal(list(16))).toEqual([
			400,
			'Request_UnsupportedQuery',
			"Too many child clauses specified in search filter expression containing 'OR' operators: 16. Max allowed: 15.",
		]);
		expect(await who(list(16), true)).toEqual([PEOPLE.ada]);
		const alternatives = Array.from({ length: 16 }, (_, index) => `city eq 'Town ${index}'`).join(' or ');
		expect((await refusal(alternatives))[1]).toBe('Request_UnsupportedQuery');
	});

	it.each([
		["displayName eq 'O'Neil'", 'BadRequest', /Syntax error|unterminated/],
		["displayName eq 'open", 'BadRequest', /unterminated string literal/],
		['displayName', 'BadRequest', /Syntax error/],
		['displayName eq', 'BadRequest', /Syntax error/],
		["displayName = 'Ada'", 'BadRequest', /'='/],
		["(displayName eq 'Ada'", 'BadRequest', /Syntax error/],
		["displayName eq 'Ada' displayName", 'BadRequest', /Syntax error/],
		["shoeSize eq '44'", 'BadRequest', /Could not find a property named 'shoeSize' on type 'microsoft.graph.user'/],
		["accountEnabled eq 'true'", 'BadRequest', /'Edm.Boolean' and 'Edm.String'/],
		[`assignedLicenses/any(x:x/skuId eq '${SPB}')`, 'BadRequest', /'Edm.Guid' and 'Edm.String'/],
		[`id eq ${PEOPLE.ada}`, 'BadRequest', /'Edm.String' and 'Edm.Guid'/],
		["createdDateTime ge '2014-01-01'", 'BadRequest', /Edm.DateTimeOffset/],
		['assignedLicenses eq null', 'BadRequest', /collection/],
		["mail/any(x:x eq 'a')", 'BadRequest', /Any\/All/],
		["contains(displayName,'a')", 'Request_UnsupportedQuery', /'Contains'/],
		["faxNumber eq '1'", 'Request_UnsupportedQuery', /not indexed/],
		["startswith(jobTitle,'D')", 'Request_UnsupportedQuery', /jobTitle/],
		["endsWith(displayName,'a')", 'Request_UnsupportedQuery', /displayName/],
		["signInActivity/lastSignInDateTime ge 2026-11-01T00:00:00Z and accountEnabled eq true", 'Request_UnsupportedQuery', /signInActivity/],
	])('refuses %s', async (filter, code, message) => {
		const [status, actual, text] = await refusal(filter, true);
		expect([status, actual]).toEqual([400, code]);
		expect(text).toMatch(message);
	});

	it('binds and tighter than or, and not tighter than both', () => {
		expect(parseFilter("not a eq 1 and b eq 2 or c eq 3")).toMatchObject({
			kind: 'or',
			parts: [{ kind: 'and', parts: [{ kind: 'not' }, { kind: 'compare', operator: 'eq' }] }, { kind: 'compare' }],
		});
	});
});
