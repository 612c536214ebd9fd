import { GROUPS, HARBOR_TENANT_ID, LABS_TENANT_ID, PEOPLE, SPB } from '../../../simulators/world';
import { startTenantInABox, type TenantInABox } from '../graph/tenantInABox';
import { triggerOf } from './support';

let box: TenantInABox;
beforeAll(async () => {
	box = await startTenantInABox();
});
afterAll(async () => await box.microsoft.stop());
afterEach(() => box.reset());

const harbor = () => box.microsoft.world.tenant(HARBOR_TENANT_ID);
const triggered = (parameters: Parameters<typeof triggerOf>[2]) => triggerOf(box, () => '', parameters);
let count = 0;

describe('the trigger by polling', () => {
	it('takes only a place at first, with one request, and tells changes from then on', async () => {
		const trigger = triggered({ usersProperties: ['displayName', 'jobTitle'] });
		harbor().updateUser(PEOPLE.ada, { jobTitle: 'Before' });
		expect(await trigger.poll()).toBeNull();
		expect(box.microsoft.graph.seen.map(({ url }) => url.pathname)).toEqual(['/v1.0/users/delta']);
		expect(await trigger.poll()).toBeNull();
		harbor().updateUser(PEOPLE.ada, { jobTitle: 'Now' });
		expect(await trigger.poll()).toEqual([{ kind: 'person', tenantId: HARBOR_TENANT_ID, id: PEOPLE.ada, displayName: 'Ada Brandt', jobTitle: 'Now', change: 'changed', mode: 'incremental' }]);
		expect(await trigger.poll()).toBeNull();
	});

	it('tells of people who are deleted, restored and gone', async () => {
		const trigger = triggered({ usersProperties: ['displayName'] });
		const { id } = harbor().addUser({ userPrincipalName: `person${++count}@harbordental.example` });
		await trigger.poll();
		const steps = [() => harbor().softDeleteUser(id), () => harbor().restoreUser(id), () => harbor().hardDeleteUser(id)];
		const told: unknown[] = [];
		for (const step of steps) {
			step();
			told.push(...(await trigger.poll())!.map(({ change }) => change));
		}
		expect(told).toEqual(['softDeleted', 'restored', 'gone']);
	});

	it('says nothing of a change in what is not read, or of a kind that is not asked for', async () => {
		const trigger = triggered({ usersProperties: ['displayName'], changes: ['softDeleted'] });
		await trigger.poll();
		harbor().updateUser(PEOPLE.zoe, { city: 'Ulm' });
		harbor().updateUser(PEOPLE.zoe, { displayName: 'Zoe Z.' });
		expect(await trigger.poll()).toBeNull();
	});

	it('begins anew with other properties, and goes on where it stopped with the same', async () => {
		const trigger = triggered({ usersProperties: ['displayName'] });
		await trigger.poll();
		trigger.parameters = { usersProperties: ['displayName', 'city'] };
		harbor().updateUser(PEOPLE.zoe, { city: 'Bern' });
		expect(await trigger.poll()).toBeNull();
		harbor().updateUser(PEOPLE.zoe, { city: 'Linz' });
		expect(await trigger.poll()).toMatchObject([{ city: 'Linz' }]);
	});

	it('reads extra properties', async () => {
		const trigger = triggered({ usersProperties: ['displayName'], options: { extraProperties: 'onPremisesSyncEnabled, costCenter_' } });
		await expect(trigger.poll()).rejects.toThrow('Could not read changes of users');
		trigger.parameters.options = { extraProperties: 'ageGroup' };
		expect(await trigger.poll()).toBeNull();
	});

	it('says that changes may be lost when Microsoft forgot the place, and goes on', async () => {
		const trigger = triggered({ usersProperties: ['displayName'] });
		await trigger.poll();
		box.microsoft.graphFaults.add({ fault: { kind: 'answer', status: 410, body: { error: { code: 'syncStateNotFound', message: 'gone' } } }, path: 'deltatoken' });
		harbor().updateUser(PEOPLE.zoe, { displayName: 'Lost' });
		expect(await trigger.poll()).toEqual([{ kind: 'startOver', tenantId: HARBOR_TENANT_ID, resource: 'users', note: expect.stringContaining('may have been lost') as unknown }]);
		harbor().updateUser(PEOPLE.zoe, { displayName: 'Found' });
		expect(await trigger.poll()).toMatchObject([{ displayName: 'Found' }]);
	});

	it('keeps its place when a poll fails', async () => {
		const trigger = triggered({ usersProperties: ['displayName'] });
		await trigger.poll();
		harbor().updateUser(PEOPLE.zoe, { displayName: 'Zoe' });
		box.microsoft.graphFaults.add({ fault: { kind: 'answer', status: 403, body: { error: { code: 'Authorization_RequestDenied', message: 'no' } } }, path: 'delta' });
		await expect(trigger.poll()).rejects.toMatchObject({ message: expect.stringContaining('Could not read changes of users') as unknown });
		expect(await trigger.poll()).toMatchObject([{ displayName: 'Zoe' }]);
	});

	it('forgets deleted people who cannot be restored any more', async () => {
		const trigger = triggered({ usersProperties: ['displayName'] });
		await trigger.poll();
		trigger.memory.softDeleted = { old: new Date(Date.now() - 32 * 86_400_000).toISOString(), recent: new Date().toISOString() };
		await trigger.poll();
		expect(Object.keys(trigger.memory.softDeleted)).toEqual(['recent']);
	});

	it('watches groups and devices', async () => {
		const groups = triggered({ resource: 'groups' });
		const devices = triggered({ resource: 'devices' });
		await Promise.all([groups.poll(), devices.poll()]);
		harbor().updateGroup(GROUPS.allStaff, { description: `Everybody ${++count}` });
		const { id } = harbor().addDevice({ displayName: 'FRONT-DESK-7' });
		expect(await groups.poll()).toMatchObject([{ kind: 'group', id: GROUPS.allStaff, description: `Everybody ${count}`, change: 'changed' }]);
		expect(await devices.poll()).toMatchObject([{ kind: 'device', id, displayName: 'FRONT-DESK-7', change: 'changed' }]);
	});

	it('watches the tenant that is named', async () => {
		const trigger = triggered({ tenant: { mode: 'id', value: ' harborlabs.example ' }, usersProperties: ['displayName'] });
		await trigger.poll();
		const { id } = box.microsoft.world.tenant(LABS_TENANT_ID).addUser({ userPrincipalName: `labs${++count}@harborlabs.example` });
		harbor().updateUser(PEOPLE.zoe, { displayName: 'Elsewhere' });
		expect(await trigger.poll()).toMatchObject([{ tenantId: LABS_TENANT_ID, id }]);
	});

	it('compares licences, which Microsoft tells no changes of', async () => {
		const trigger = triggered({ resource: 'licences' });
		expect(await trigger.poll()).toBeNull();
		expect(await trigger.poll()).toBeNull();
		const someone = harbor().addUser({ userPrincipalName: `licensed${++count}@harbordental.example` });
		harbor().assignLicence(someone.id, SPB);
		const [change, ...others] = (await trigger.poll())!;
		expect(others).toEqual([]);
		expect(change).toMatchObject({ kind: 'licence', tenantId: HARBOR_TENANT_ID, skuId: SPB, displayName: 'Microsoft 365 Business Premium', change: 'changed' });
		expect(change.consumedUnits).toBe((change.before as { consumedUnits: number }).consumedUnits + 1);
		trigger.parameters.licenceChanges = ['bought'];
		harbor().removeLicence(someone.id, SPB);
		expect(await trigger.poll()).toBeNull();
	});

	it.each([['users', 3], ['groups', 3], ['devices', 3], ['licences', 1]])('shows %s in a test, and remembers nothing of it', async (resource, atLeast) => {
		const trigger = triggered({ resource });
		trigger.mode = 'manual';
		expect((await trigger.poll())!.length).toBeGreaterThanOrEqual(atLeast);
		expect(trigger.memory).toEqual({});
	});
});
