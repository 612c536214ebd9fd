import { createAppCertificate } from '../../../simulators/base/certificates';
import { EXPIRED_SECRET, FLOW_FREE, GROUPS, HARBOR_TENANT_ID, LABS_TENANT_ID, PEOPLE, PIERVIEW_TENANT_ID, SAMPLE_APPS, SPB, VALID_SECRET, VALID_SECRET_ID } from '../../../simulators/world';
import { noMfaId } from '../../../sync/model/finding';
import type { EntraApp } from '../../../sync/source/graph/signIn/entraApp';
import { checkFeatures } from '../../../sync/source/graph/features';
import { groupPage } from '../../../sync/source/graph/read/groups';
import { organization } from '../../../sync/source/graph/read/organization';
import { subscribedSkus } from '../../../sync/source/graph/read/subscribedSkus';
import type { UserFilter } from '../../../sync/source/graph/read/userFilter';
import { user, users } from '../../../sync/source/graph/read/users';
import { findingWhereabouts } from '../../../sync/source/graph/read/findingWhereabouts';
import { whereaboutsOf } from '../../../sync/source/graph/read/whereabouts';
import { failureOf } from './service';
import { startTenantInABox, type TenantInABox } from './tenantInABox';

let box: TenantInABox;
beforeAll(async () => {
	box = await startTenantInABox();
});
afterAll(async () => await box.microsoft.stop());
beforeEach(() => box.reset());

describe('reading a tenant in a box', () => {
	it('gives the organisation, by GUID and by domain, with secret and with certificate', async () => {
		const expected = { kind: 'organization', tenantId: HARBOR_TENANT_ID, displayName: 'Harbor Dental Group', defaultDomain: 'harbordental.example', initialDomain: 'harbordental.onmicrosoft.com' };
		expect(await organization(box.client())).toMatchObject(expected);
		expect(await organization(box.client({ tenantId: 'HarborDental.example' }))).toMatchObject(expected);
		const proof = { kind: 'certificate' as const, certificate: box.certificate.cert, privateKey: box.certificate.key };
		expect(await organization(box.client({ proof }))).toMatchObject(expected);
	});

	it('reads another tenant with the same app, and never with the other’s token', async () => {
		const both = await Promise.all([users(box.client()), users(box.client({}, { tenantId: LABS_TENANT_ID }))]);
		expect(both.map((people) => [...new Set(people.map(({ tenantId }) => tenantId))])).toEqual([[HARBOR_TENANT_ID], [LABS_TENANT_ID]]);
		expect(both[1].map(({ displayName }) => displayName)).toContain('Ida Novak');
		expect(both[0].map(({ displayName }) => displayName)).not.toContain('Ida Novak');
	});

	it.each<[UserFilter, string[], string[]]>([
		[{ userType: 'members', account: 'enabled' }, ['ada', 'zoe', 'grace', 'kiosk'], ['guest', 'reception', 'leaver', 'rita']],
		[{ userType: 'guests' }, ['guest'], ['ada', 'grace']],
		[{ account: 'disabled' }, ['reception', 'leaver'], ['ada', 'guest']],
		[{ licensedOnly: true }, ['ada', 'leaver', 'kiosk'], ['reception', 'tom', 'guest']],
		[{ anyOfSkuIds: [SPB] }, ['ada', 'leaver'], ['kiosk', 'johnSmithAssistant']],
		[{ domains: ['harbordental.example'] }, ['ada', 'kiosk', 'reception'], ['guest', 'scanner']],
		[{ department: 'clinical' }, ['zoe', 'sean'], ['ada', 'omar']],
		[{ expression: "endsWith(mail,'@harbordental.example')", account: 'enabled' }, ['ada', 'sean'], ['guest', 'reception']],
	])('with the filter %j reads those and not these', async (filter, those, these) => {
		const ids = (await users(box.client(), { filter })).map(({ id }) => id);
		const named = (names: string[]) => names.map((name) => PEOPLE[name as keyof typeof PEOPLE]);
		expect(ids).toEqual(expect.arrayContaining(named(those)));
		for (const id of named(these)) expect(ids).not.toContain(id);
	});

	it('reads a group with and without the groups in it', async () => {
		const ids = async (nestedGroups: boolean) => (await users(box.client(), { filter: { groupId: GROUPS.allStaff, nestedGroups } })).map(({ id }) => id);
		const [direct, nested] = [await ids(false), await ids(true)];
		expect(nested.length).toBeGreaterThan(direct.length);
		expect(nested).toEqual(expect.arrayContaining(direct));
		expect(new Set(nested).size).toBe(nested.length);
	});

	it('finds one person by id, by name, and a guest by a name with #', async () => {
		expect((await user(box.client(), PEOPLE.ada)).userPrincipalName).toBe('ada.brandt@harbordental.example');
		expect((await user(box.client(), "sean.o'neil@harbordental.example")).id).toBe(PEOPLE.sean);
		expect((await user(box.client(), 'vendor_partner.example#EXT#@harbordental.onmicrosoft.com')).id).toBe(PEOPLE.guest);
	});

	it('lists groups and subscriptions to choose from', async () => {
		expect((await groupPage(box.client(), 'All')).groups.map(({ id }) => id)).toEqual([GROUPS.allStaff]);
		expect((await subscribedSkus(box.client())).find(({ skuId }) => skuId === SPB)).toMatchObject({ skuPartNumber: 'SPB' });
	});

	it('tells where people are who are not in the list', async () => {
		const gone = '00000000-0000-4000-8000-00000000dead';
		const map = await whereaboutsOf(box.client(), [PEOPLE.ada, PEOPLE.leaver, PEOPLE.rita, gone.toUpperCase(), PEOPLE.ada]);
		expect(Object.fromEntries(map)).toEqual({ [PEOPLE.ada]: 'filteredOut', [PEOPLE.leaver]: 'disabled', [PEOPLE.rita]: 'softDeleted', [gone]: 'gone' });
	});

	it('tells of whom the list left out that no paid licence is held any more', async () => {
		const unlicensed: string[] = [];
		const own = await startTenantInABox();
		const harbor = own.microsoft.world.tenant(HARBOR_TENANT_ID);
		harbor.updateUser(PEOPLE.ada, { assignedLicenses: [{ skuId: FLOW_FREE, disabledPlans: [] }] });
		harbor.updateUser(PEOPLE.leaver, { assignedLicenses: [{ skuId: FLOW_FREE, disabledPlans: [] }, { skuId: SPB, disabledPlans: [] }] });
		await whereaboutsOf(own.client(), [PEOPLE.ada, PEOPLE.leaver, PEOPLE.tom, PEOPLE.rita], (id) => unlicensed.push(id)).finally(async () => await own.microsoft.stop());
		expect(unlicensed.sort()).toEqual([PEOPLE.ada, PEOPLE.tom].sort());
	});

	it('takes findings for gone whose person is disabled or deleted, and says nothing of others', async () => {
		const gone = '00000000-0000-4000-8000-00000000dead';
		const ids = [PEOPLE.ada, PEOPLE.leaver, PEOPLE.rita, gone].map(noMfaId);
		const map = await findingWhereabouts(box.client(), [...ids, 'lowSecureScore', 'noMfa:nobody']);
		expect(Object.fromEntries(map)).toEqual(Object.fromEntries(ids.slice(1).map((id) => [id, 'gone'])));
		box.microsoft.graph.seen.length = 0;
		expect([...(await findingWhereabouts(box.client(), ['lowSecureScore']))]).toEqual([]);
		expect(box.microsoft.graph.seen).toEqual([]);
	});

	it('asks for whereabouts fifteen at a time', async () => {
		const ids = Array.from({ length: 40 }, (_, n) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`);
		const map = await whereaboutsOf(box.client(), ids);
		expect([...map.values()].every((where) => where === 'gone')).toBe(true);
		expect(box.microsoft.graph.seen).toHaveLength(6);
	});

	it('never takes a failed question for somebody who is gone', async () => {
		box.microsoft.graphFaults.add({ fault: { kind: 'answer', status: 403, body: { error: { code: 'Authorization_RequestDenied' } } }, path: 'deletedItems', times: Infinity });
		expect((await failureOf(whereaboutsOf(box.client(), [PEOPLE.rita]))).message).toContain('Could not read deleted users');
	});

	it('pages through a list that was cut small, with empty pages in between', async () => {
		box.microsoft.settings.emptyPages = true;
		const all = await users(box.client(), {});
		box.microsoft.settings.emptyPages = false;
		expect(all.map(({ id }) => id)).toEqual((await users(box.client())).map(({ id }) => id));
	});

	it('checks what the app may do, by the token', async () => {
		const rows = await checkFeatures(box.client());
		expect(rows.every(({ granted, tenantId }) => granted && tenantId === HARBOR_TENANT_ID)).toBe(true);
		const few = await checkFeatures(box.client({ clientId: SAMPLE_APPS.usersOnly }));
		expect(few.filter(({ granted }) => !granted).map(({ permission }) => permission)).toEqual(expect.arrayContaining(['GroupMember.Read.All', 'LicenseAssignment.Read.All', 'RoleManagement.Read.Directory']));
		expect(few.find(({ permission }) => permission === 'Organization.Read.All')).toMatchObject({ granted: true, grantedBy: 'User.Read.All' });
		expect(few.find(({ granted }) => !granted)!.whatToDo).toContain(`/${HARBOR_TENANT_ID}/adminconsent?client_id=${SAMPLE_APPS.usersOnly}`);
		const none = await checkFeatures(box.client({ clientId: SAMPLE_APPS.withoutConsent }));
		expect(none.some(({ granted }) => granted)).toBe(false);
	});
});

describe('signing in to a tenant in a box', () => {
	const UNREGISTERED = createAppCertificate();
	it.each<[string, Partial<EntraApp>, string, RegExp]>([
		['a wrong secret', { proof: { kind: 'secret', secret: 'wrong' } }, 'AADSTS7000215', /^The client secret of app .* is wrong\.$/],
		['the ID of the secret', { proof: { kind: 'secret', secret: VALID_SECRET_ID } }, 'AADSTS7000215', /looks like the secret's ID/],
		['an expired secret', { proof: { kind: 'secret', secret: EXPIRED_SECRET } }, 'AADSTS7000222', /has expired\.$/],
		['an unknown tenant', { tenantId: '00000000-0000-4000-8000-000000000000' }, 'AADSTS90002', /^Microsoft Entra knows no tenant/],
		['an unknown domain', { tenantId: 'nobody.example' }, 'AADSTS90002', /^Microsoft Entra knows no tenant "nobody\.example"\.$/],
		['a tenant without the app', { tenantId: PIERVIEW_TENANT_ID }, 'AADSTS700016', /^The app .* is not in tenant /],
		['an app that nobody knows', { clientId: '00000000-0000-4000-8000-000000000000' }, 'AADSTS700016', /^The app .* is not in tenant /],
		['a disabled app', { clientId: SAMPLE_APPS.disabled }, 'AADSTS7000112', /is disabled in tenant/],
		['an unregistered certificate', { proof: { kind: 'certificate', certificate: UNREGISTERED.cert, privateKey: UNREGISTERED.key } }, 'AADSTS700027', new RegExp(`${UNREGISTERED.thumbprintSha256}.* is not registered`)],
		['a server whose CA is not trusted', { caCertificate: undefined }, 'signIn.', /^Signing in at localhost:\d+ failed: its TLS certificate comes from an authority that is not trusted here\.$/],
		['a server that is not there', { loginAddress: 'https://localhost:65533' }, 'signIn.ECONNREFUSED', /^Signing in at localhost:65533 failed: the connection was refused\.$/],
	])('with %s names the fault', async (_, change, code, message) => {
		const error = await failureOf(users(box.client(change)));
		expect(error.message).toMatch(message);
		expect(error.code).toContain(code);
		expect(error.remedy!.length).toBeGreaterThan(20);
		expect(box.microsoft.graph.seen).toEqual([]);
	});

	it('without consent fails at Graph, with the permission named', async () => {
		const error = await failureOf(users(box.client({ clientId: SAMPLE_APPS.withoutConsent })));
		expect(error.message).toBe(`Could not read users of tenant ${HARBOR_TENANT_ID}: the app ${SAMPLE_APPS.withoutConsent} lacks the permission User.Read.All.`);
		expect(error.code).toBe('Authorization_RequestDenied');
	});

	it('with an app that Graph does not know yet asks for consent', async () => {
		const error = await failureOf(users(box.client({ clientId: SAMPLE_APPS.unknownToGraph })));
		expect(error.message).toContain('nobody has consented to the app');
	});

	it('survives a sign-in that fails at first', async () => {
		box.microsoft.loginFaults.add({ fault: { kind: 'answer', status: 503, body: '<html>' }, path: '/oauth2/' });
		box.microsoft.loginFaults.add({ fault: { kind: 'reset', after: false }, path: '/oauth2/' });
		const fresh = box.client({ proof: { kind: 'secret', secret: `  ${VALID_SECRET} ` } });
		expect((await users(fresh)).length).toBeGreaterThan(10);
	});
});
