import type { IDataObject } from 'n8n-workflow';
import { GROUPS, HARBOR_TENANT_ID, PEOPLE, SPB } from '../../../simulators/world';
import { NodeInABox } from './nodeInABox';
import { startTenantInABox, type TenantInABox } from './tenantInABox';

let box: TenantInABox;
const inABox = new NodeInABox(() => box);
beforeAll(async () => {
	box = await startTenantInABox();
});
afterAll(async () => await box.microsoft.stop());
beforeEach(() => box.reset());

const USERS = { resource: 'user', operation: 'getMany' };
const gives = (value: unknown) => () => value;
const run = async (parameters: Record<string, unknown>): Promise<IDataObject[]> => await inABox.run({ parameters });
const idsOf = (items: IDataObject[]) => items.map(({ id }) => id).sort();

describe('an expression that gives nothing', () => {
	it.each([null, undefined, '', ' '])('is not taken for the tenant of the credential (%p)', async (value) => {
		for (const tenant of [gives(value), { __rl: true, mode: 'id', value: gives(value) }]) {
			await expect(run({ ...USERS, tenant })).rejects.toThrow('The expression in Tenant gave nothing for this item.');
			await expect(run({ resource: 'user', operation: 'disable', user: PEOPLE.ada, preview: false, tenant })).rejects.toThrow('The expression in Tenant gave nothing');
		}
		expect(box.microsoft.graph.seen).toEqual([]);
		expect(await run({ resource: 'organization', operation: 'get', tenant: { __rl: true, mode: 'id', value: '' } })).toMatchObject([{ tenantId: HARBOR_TENANT_ID }]);
	});

	it.each([
		['Department', 'department'],
		['Holding Any of These Subscriptions', 'skuIds'],
		['In Domains', 'domains'],
		['Filter Expression', 'expression'],
		['Licensed Only', 'licensedOnly'],
	])('does not let everybody through the filter %s', async (title, name) => {
		await expect(run({ ...USERS, filters: { [name]: gives(null) } })).rejects.toThrow(`The expression in ${title} gave nothing for this item.`);
	});

	it('does not judge all licences where some were meant', async () => {
		await expect(run({ resource: 'licence', operation: 'getUnused', skuIds: gives([]) })).rejects.toThrow('The expression in Subscription Names or IDs gave nothing');
	});

	it('reads the whole list rather than the first records', async () => {
		const all = await run(USERS);
		expect(idsOf(await run({ ...USERS, returnAll: gives(null), limit: 1 }))).toEqual(idsOf(all));
	});
});

describe('a number', () => {
	const bad = [0, -1, NaN, null, 'many', ''];
	it.each(bad)('of records that is %p is no empty list', async (limit) => {
		await expect(run({ ...USERS, returnAll: false, limit: gives(limit) })).rejects.toThrow(/^Limit is ".*", which is no number from 1 upwards\.$/);
	});

	it.each([
		['Days Without Activity', { resource: 'licence', operation: 'getUnused' }, 'days'],
		['Days', { resource: 'secureScore', operation: 'getHistory' }, 'days'],
	])('in %s that is none makes nobody unused and nothing old', async (title, operation, name) => {
		for (const value of bad) await expect(run({ ...operation, [name]: gives(value) })).rejects.toThrow(`${title} is "${String(value)}", which is no number`);
	});

	it.each([
		['device', 'seenWithinDays', 'Seen Within (Days)'],
		['managedDevice', 'seenWithinDays', 'Seen Within (Days)'],
	])('in a filter of %s that is none leaves nobody out', async (resource, name, title) => {
		for (const value of ['x', 0, null]) await expect(run({ resource, operation: 'getMany', filters: { [name]: gives(value) } })).rejects.toThrow(`${title} is "${String(value)}", which is no number`);
	});

	it('may come as a text', async () => {
		expect(await run({ ...USERS, returnAll: false, limit: gives('2') })).toHaveLength(2);
	});
});

describe('a list', () => {
	it('may come as a text', async () => {
		const bySku = await run({ ...USERS, filters: { skuIds: [SPB] } });
		expect(bySku[0]).toMatchObject({ kind: 'person' });
		expect(idsOf(await run({ ...USERS, filters: { skuIds: gives(` ${SPB} `) } }))).toEqual(idsOf(bySku));
		const [person] = await run({ ...USERS, returnAll: false, limit: 1, properties: gives('displayName, mail') });
		expect(Object.keys(person).sort()).toEqual(['displayName', 'id', 'kind', 'mail', 'tenantId']);
		expect(await run({ resource: 'licence', operation: 'getHolders', itemFor: 'count', skuIds: gives(SPB) })).toMatchObject([{ kind: 'licenceCount', skuId: SPB }]);
		expect((await run({ resource: 'group', operation: 'getMany', filters: { kinds: gives('security') } }))[0]).toMatchObject({ groupKind: 'security' });
	});

	it('of kinds that do not exist is no empty list of groups', async () => {
		await expect(run({ resource: 'group', operation: 'getMany', filters: { kinds: gives('Security') } })).rejects.toThrow('Kinds is "Security", which is none of security, microsoft365');
	});
});

describe('a choice that there is not', () => {
	it.each([
		['People', { scope: gives('Group'), group: GROUPS.allStaff }],
		['User Type', { userType: gives('member') }],
		['Account', { account: gives('active') }],
	])('of %s does not read everybody', async (title, parameters) => {
		await expect(run({ ...USERS, ...parameters })).rejects.toThrow(new RegExp(`^${title} is ".*", which is none of `));
	});
});
