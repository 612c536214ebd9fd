import type { Skipped } from '../../../../sync/source/graph/transport/optional';
import { usersSource } from '../../../../sync/source/graph/delta/users';
import { fingerprintOf, readChanges } from '../../../../sync/source/graph/delta/readChanges';
import { BUSINESS_FAMILIES } from '../../../../sync/source/graph/read/licenceFamilies';
import { user, users } from '../../../../sync/source/graph/read/users';
import { EXTENSIONS, FLOW_FREE, HARBOR_TENANT_ID, LABS_TENANT_ID, O365_BUSINESS_PREMIUM, PEOPLE, SAMPLE_APPS, SPB } from '../../../../simulators/world';
import { clientOf, failureOf, Service, TENANT, TestClock } from '../service';
import { startTenantInABox, type TenantInABox } from '../tenantInABox';

/** What this package computes of people, as Harbor Dental has it. */
describe('of the people of a tenant', () => {
	const clock = new TestClock();
	let box: TenantInABox;
	beforeAll(async () => {
		box = await startTenantInABox({ clock });
	});
	afterAll(async () => await box.microsoft.stop());
	afterEach(() => {
		services().displayConcealedNames = false;
		box.reset();
	});
	const services = () => box.microsoft.world.tenant(HARBOR_TENANT_ID).services;
	const client = (tenantId: string = HARBOR_TENANT_ID, clientId: string = SAMPLE_APPS.consented) => box.client({ tenantId, clientId }, { clock, budgetSeconds: 86_400, requestSeconds: 30 });
	const read = async (properties: string[], options: { tenantId?: string; clientId?: string; onSkipped?: (skipped: Skipped) => void } = {}) =>
		new Map((await users(client(options.tenantId, options.clientId), { properties, onSkipped: options.onSkipped })).map((person) => [person.id, person]));
	const asked = (path: string) => box.microsoft.graph.seen.filter(({ url }) => url.pathname.includes(path)).length;

	describe('licence families', () => {
		it('are the names held, the highest apart, null for none, and nothing else is asked for', async () => {
			const people = await read(['licenceFamily', 'licenceFamilies']);
			expect(people.get(PEOPLE.ada)).toEqual({ kind: 'person', tenantId: HARBOR_TENANT_ID, id: PEOPLE.ada, licenceFamily: 'Microsoft 365 Business Premium', licenceFamilies: ['Microsoft 365 Business Premium'] });
			expect(people.get(PEOPLE.ivy)).toMatchObject({ licenceFamily: 'Microsoft 365 Business Standard' });
			// A free licence is none of these, and a leaver still holds what nobody took away.
			expect(people.get(PEOPLE.kiosk)).toMatchObject({ licenceFamily: null, licenceFamilies: [] });
			expect(people.get(PEOPLE.leaver)).toMatchObject({ licenceFamily: 'Microsoft 365 Business Premium' });
			expect(box.microsoft.graph.seen.map(({ url }) => url.searchParams.get('$select')).filter((select) => select?.includes('assignedLicenses'))).toEqual(['id,assignedLicenses']);
		});

		it('are those that the builder lists, in this rank', async () => {
			const licenceFamilies = [{ name: 'Premium', skuIds: [SPB] }, { name: 'Automation', skuIds: [FLOW_FREE] }];
			expect(await user(client(), PEOPLE.ada, ['licenceFamily', 'licenceFamilies'], { licenceFamilies })).toMatchObject({ licenceFamily: 'Automation', licenceFamilies: ['Premium', 'Automation'] });
		});

		it('come with changes, and other families are another question', async () => {
			const of = (licenceFamilies?: typeof BUSINESS_FAMILIES) => usersSource({}, { licenceFamilies });
			const { changes } = await readChanges(client(), of(), ['licenceFamily'], undefined);
			expect(changes.find(({ id }) => id === PEOPLE.ivy)).toMatchObject({ licenceFamily: 'Microsoft 365 Business Standard', mode: 'reconcile' });
			const print = (properties: string[], families?: typeof BUSINESS_FAMILIES) => fingerprintOf(client(), of(families), properties);
			const own = [{ name: 'Standard', skuIds: [O365_BUSINESS_PREMIUM] }];
			expect(print(['licenceFamily'], own)).not.toBe(print(['licenceFamily']));
			expect(print(['licenceFamily'], BUSINESS_FAMILIES)).toBe(print(['licenceFamily']));
			expect(print(['displayName'], own)).toBe(print(['displayName']));
		});
	});

	describe('MFA', () => {
		it('is enabled for who is capable of it, disabled for who is not, and unknown of who is disabled: one report', async () => {
			const people = await read(['mfaStatus', 'mfaMethods']);
			expect(people.get(PEOPLE.ada)).toEqual({ kind: 'person', tenantId: HARBOR_TENANT_ID, id: PEOPLE.ada, mfaStatus: 'enabled', mfaMethods: ['microsoftAuthenticatorPush', 'mobilePhone', 'softwareOneTimePasscode'] });
			// Registered, but the policy no longer allows the method; an e-mail resets passwords and is no second factor.
			expect(people.get(PEOPLE.omar)).toMatchObject({ mfaStatus: 'disabled', mfaMethods: ['mobilePhone'] });
			expect(people.get(PEOPLE.nina)).toMatchObject({ mfaStatus: 'disabled', mfaMethods: [] });
			for (const id of [PEOPLE.leaver, PEOPLE.reception]) expect(Object.keys(people.get(id)!)).toEqual(['kind', 'tenantId', 'id']);
			expect(asked('userRegistrationDetails')).toBe(1);
		});

		it('of one person is asked for alone', async () => {
			expect(await user(client(), PEOPLE.sean, ['mfaStatus'])).toMatchObject({ mfaStatus: 'enabled' });
			expect(box.microsoft.graph.seen.map(({ url }) => url.searchParams.get('$filter')).filter(Boolean)).toEqual(["userPrincipalName eq 'sean.o''neil@harbordental.example'"]);
			expect(await user(client(), PEOPLE.leaver, ['mfaStatus'])).not.toHaveProperty('mfaStatus');
		});

		it('is unknown of a disabled person of whom the report still has a row, and of one without the answer', async () => {
			const row = (id: string, more: object) => ({ id, userPrincipalName: `${id}@contoso.com`, methodsRegistered: ['mobilePhone'], ...more });
			const service = new Service(({ url }) =>
				url.includes('/reports/')
					? { body: { value: [row('off', { isMfaCapable: true }), row('vague', {})] } }
					: { body: { value: [{ id: 'off', userPrincipalName: 'off@contoso.com', accountEnabled: false }, { id: 'vague', userPrincipalName: 'vague@contoso.com', accountEnabled: true }] } },
			);
			const [off, vague] = await users(clientOf(service).client, { properties: ['mfaStatus', 'mfaMethods'] });
			expect(off).toEqual({ kind: 'person', tenantId: TENANT, id: 'off' });
			expect(vague).toEqual({ kind: 'person', tenantId: TENANT, id: 'vague', mfaMethods: ['mobilePhone'] });
		});

		it.each([
			['has no Entra ID P1', 'notLicensed', { tenantId: LABS_TENANT_ID }],
			['gave no permission', 'notPermitted', { clientId: SAMPLE_APPS.usersOnly }],
		])('is unknown of everybody where the tenant %s, and that is told once', async (_, reason, where) => {
			const skipped: Skipped[] = [];
			const people = await read(['mfaStatus', 'mfaMethods'], { ...where, onSkipped: (each) => skipped.push(each) });
			expect(people.size).toBeGreaterThan(1);
			for (const person of people.values()) expect(Object.keys(person)).toEqual(['kind', 'tenantId', 'id']);
			expect(skipped).toEqual([expect.objectContaining({ reason })]);
		});
	});

	describe('the last activity', () => {
		it('is the newest day of sign-ins and use, absent where none is known', async () => {
			const people = await read(['lastActivity']);
			const day = (id: string) => people.get(id)!.lastActivity;
			// Signed in after the reports end; used Exchange in May and never signed in; neither.
			expect([day(PEOPLE.zoe), day(PEOPLE.sean), day(PEOPLE.leaver)]).toEqual(['2026-11-21', '2026-05-28', '2026-03-02']);
			expect(Object.keys(people.get(PEOPLE.kiosk)!)).toEqual(['kind', 'tenantId', 'id']);
			expect([asked('getOffice365ActiveUserDetail'), asked('getM365AppUserDetail'), asked('getMailboxUsageDetail')]).toEqual([1, 1, 1]);
			expect(box.microsoft.graph.seen.filter(({ url }) => url.searchParams.get('$select')?.includes('signInActivity'))).toHaveLength(1);
		});

		it('of one person asks for no sign-ins but that one’s', async () => {
			expect(await user(client(), 'zoe.mueller@harbordental.example', ['lastActivity'])).toMatchObject({ lastActivity: '2026-11-21' });
			expect(box.microsoft.graph.seen.filter(({ url }) => url.searchParams.get('$select')?.includes('signInActivity')).map(({ url }) => url.pathname)).toEqual([`/v1.0/users/${PEOPLE.zoe}`]);
		});

		it('is what sign-ins tell where names are concealed, and that is told', async () => {
			services().displayConcealedNames = true;
			const skipped: Skipped[] = [];
			const people = await read(['lastActivity'], { onSkipped: (each) => skipped.push(each) });
			expect([people.get(PEOPLE.zoe)!.lastActivity, people.get(PEOPLE.sean)!.lastActivity]).toEqual(['2026-11-21', undefined]);
			expect(skipped).toEqual([expect.objectContaining({ reason: 'notPermitted', partly: true, message: expect.stringContaining('conceals') as unknown })]);
		});

		it('is what reports tell in a tenant without Entra ID P1, where nothing is to be done about it', async () => {
			const { features } = box.microsoft.world.tenant(HARBOR_TENANT_ID);
			const skipped: Skipped[] = [];
			features.hasP1 = false;
			try {
				expect((await read(['lastActivity'], { onSkipped: (each) => skipped.push(each) })).get(PEOPLE.zoe)!.lastActivity).toBe('2026-11-18');
			} finally {
				features.hasP1 = true;
			}
			expect(skipped).toEqual([]);
		});

		it('is unknown of everybody where nothing may be read, and both are told', async () => {
			const skipped: Skipped[] = [];
			const people = await read(['lastActivity'], { clientId: SAMPLE_APPS.usersOnly, onSkipped: (each) => skipped.push(each) });
			for (const person of people.values()) expect(Object.keys(person)).toEqual(['kind', 'tenantId', 'id']);
			expect(skipped.map(({ reason, partly }) => [reason, partly])).toEqual([['notPermitted', false], ['notPermitted', false]]);
		});

		it('is no excuse for a failing service', async () => {
			box.microsoft.graphFaults.add({ path: 'getM365AppUserDetail', fault: { kind: 'answer', status: 503 }, times: Infinity });
			expect(await failureOf(read(['lastActivity']))).toMatchObject({ class: 'unavailable' });
		});
	});

	describe('further properties', () => {
		it('come under the names that were typed, parts of properties and directory extensions included', async () => {
			const typed = ['onPremisesExtensionAttributes/extensionAttribute1', 'extensionAttribute15', EXTENSIONS.chairNumber];
			const people = await read(typed);
			expect(people.get(PEOPLE.ada)).toEqual({ kind: 'person', tenantId: HARBOR_TENANT_ID, id: PEOPLE.ada, [typed[0]]: 'Payroll A', extensionAttribute15: 'Key holder', [EXTENSIONS.chairNumber]: 'none' });
			// Read, and blank: what is no longer there is cleared where that was chosen.
			expect(people.get(PEOPLE.sean)).toEqual({ kind: 'person', tenantId: HARBOR_TENANT_ID, id: PEOPLE.sean, [typed[0]]: null, extensionAttribute15: null, [EXTENSIONS.chairNumber]: null });
			expect(await user(client(), PEOPLE.ada, typed)).toEqual(people.get(PEOPLE.ada));
		});

		it('come with changes alike', async () => {
			const typed = ['onPremisesExtensionAttributes/extensionAttribute1', EXTENSIONS.chairNumber];
			const { changes } = await readChanges(client(), usersSource(), typed, undefined);
			expect(changes.find(({ id }) => id === PEOPLE.ada)).toMatchObject({ [typed[0]]: 'Payroll A', [typed[1]]: 'none' });
		});

		it.each([
			['customSecurityAttributes', 'CustomSecAttributeAssignment.Read.All'],
			['onPremisesExtensionAttributes/', '"" is not the name of a property'],
			['a b/c', '"a b" is not the name of a property'],
		])('are refused where they cannot be read: %s', async (name, why) => {
			expect((await failureOf(users(client(), { properties: [name] }))).message).toContain(why);
		});
	});
});
