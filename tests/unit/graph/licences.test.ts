import type { LicensedPerson } from '../../../sync/model/licence';
import { companySubscriptions } from '../../../sync/source/graph/read/companySubscriptions';
import { countHolders, holdersOf, licensedPeoplePages } from '../../../sync/source/graph/read/licenceHolders';
import { licenceNames, ownLicenceNames } from '../../../sync/source/graph/read/licenceNames';
import { licencesOf } from '../../../sync/source/graph/read/licences';
import { subscribedSkus } from '../../../sync/source/graph/read/subscribedSkus';
import { collect } from '../../../sync/source/graph/transport/paging';
import { clientOf, failureOf, Service, TENANT } from './service';

const SPB = 'cbdc14ab-d96c-4c30-b9f4-6ada7cdc1d46';
const FLOW_FREE = 'f30db892-07e9-47e9-837c-80727f46fd3d';
const UNKNOWN = '00000000-1111-4222-8333-444444444444';
const GROUP = '9D0C7B52-30f1-4a6e-8c11-000000000001';

describe('the name of a licence', () => {
	it('is Microsoft’s, by GUID in any case', async () => {
		const names = await licenceNames();
		expect(names(SPB.toUpperCase(), 'SPB')).toEqual({ displayName: 'Microsoft 365 Business Premium', free: false });
		expect(names(FLOW_FREE)).toEqual({ displayName: 'Microsoft Power Automate Free', free: true });
	});

	it('is the builder’s own where there is one, and the short name where Microsoft has none', async () => {
		const names = await licenceNames(ownLicenceNames(`\n ${SPB.toUpperCase()} = Premium = the good one\n`));
		expect(names(SPB).displayName).toBe('Premium = the good one');
		expect(names(UNKNOWN, 'NEW_THING').displayName).toBe('NEW_THING');
		expect(names(UNKNOWN).displayName).toBe(UNKNOWN);
	});

	it.each(['Business Premium', `${SPB} Business Premium`, `${SPB} =`])('is not taken from "%s"', (line) => {
		expect(() => ownLicenceNames(line)).toThrow(`"${line}" does not name a licence.`);
	});
});

describe('the licences of a tenant', () => {
	const sku = { skuId: SPB, skuPartNumber: 'SPB', capabilityStatus: 'Enabled', appliesTo: 'User', consumedUnits: 9, prepaidUnits: { enabled: 10, suspended: 1, warning: 2, lockedOut: 3 }, subscriptionIds: ['A', 'b'] };
	const purchase = (id: string, more: object) => ({ id, skuId: SPB, commerceSubscriptionId: `c-${id}`, status: 'Enabled', totalLicenses: 5, isTrial: false, createdDateTime: '2025-01-01T00:00:00Z', nextLifecycleDateTime: null, ...more });
	const read = async (skus: object[], purchases: object[]) => {
		const { client } = clientOf(new Service(({ url }) => ({ body: { value: url.includes('/subscribedSkus') ? skus : purchases } })));
		return licencesOf(TENANT, await subscribedSkus(client), await companySubscriptions(client), await licenceNames());
	};

	it('carry numbers, and dates of every purchase, the soonest first', async () => {
		expect(await read([sku], [purchase('B', { nextLifecycleDateTime: '2027-05-01T00:00:00Z', isTrial: true }), purchase('a', { nextLifecycleDateTime: '2027-02-01T00:00:00Z' }), purchase('c', { nextLifecycleDateTime: '2026-12-01T00:00:00Z' })])).toEqual([
			{
				kind: 'licence',
				tenantId: TENANT,
				skuId: SPB,
				skuPartNumber: 'SPB',
				displayName: 'Microsoft 365 Business Premium',
				free: false,
				capabilityStatus: 'Enabled',
				appliesTo: 'User',
				consumedUnits: 9,
				enabledUnits: 10,
				suspendedUnits: 1,
				warningUnits: 2,
				lockedOutUnits: 3,
				availableUnits: 3,
				trial: false,
				nextLifecycleDate: '2027-02-01T00:00:00Z',
				subscriptions: [expect.objectContaining({ id: 'a', nextLifecycleDateTime: '2027-02-01T00:00:00Z', totalLicences: 5 }), expect.objectContaining({ id: 'b', trial: true })],
			},
		]);
	});

	it('renew on no date of a purchase that is over, and never have less than none available', async () => {
		const [licence] = await read(
			[{ ...sku, consumedUnits: 20 }],
			[purchase('a', { status: 'LockedOut', nextLifecycleDateTime: '2026-12-01T00:00:00Z' }), purchase('b', { nextLifecycleDateTime: '2027-06-01T00:00:00Z' })],
		);
		expect(licence).toMatchObject({ nextLifecycleDate: '2027-06-01T00:00:00Z', availableUnits: 0 });
	});

	it('are neither trials nor bought where there is no purchase of them', async () => {
		const [licence] = await read([{ ...sku, subscriptionIds: [] }], []);
		expect(licence).toMatchObject({ subscriptions: [], nextLifecycleDate: null });
		expect(licence).not.toHaveProperty('trial');
	});

	it('say nothing of dates that were not read', async () => {
		const { client } = clientOf(new Service(() => ({ body: { value: [sku] } })));
		const [licence] = licencesOf(TENANT, await subscribedSkus(client), undefined, await licenceNames());
		for (const name of ['nextLifecycleDate', 'trial', 'subscriptions']) expect(licence).not.toHaveProperty(name);
	});
});

describe('the holders of licences', () => {
	const user = (id: string, states: object[] | undefined, more: object = {}) => ({
		id,
		userPrincipalName: `${id}@contoso.com`,
		displayName: id,
		mail: null,
		userType: 'Member',
		accountEnabled: true,
		createdDateTime: '2020-01-01T00:00:00Z',
		assignedLicenses: [{ skuId: SPB, disabledPlans: [] }],
		...(states ? { licenseAssignmentStates: states } : {}),
		...more,
	});
	const state = (more: object = {}) => ({ skuId: SPB.toUpperCase(), assignedByGroup: null, state: 'Active', error: 'None', lastUpdatedDateTime: '2024-01-01T00:00:00Z', ...more });
	const people = async (users: object[], request: object = {}): Promise<LicensedPerson[]> => {
		const { client } = clientOf(new Service(() => ({ body: { value: users } })));
		return await collect(licensedPeoplePages(client, { names: await licenceNames(), skus: [], ...request }));
	};

	it.each([
		['directly', [state()], { assignedBy: 'user', groupIds: [] }],
		['by a group', [state({ assignedByGroup: GROUP })], { assignedBy: 'group', groupIds: [GROUP.toLowerCase()] }],
		['both ways', [state(), state({ assignedByGroup: GROUP })], { assignedBy: 'userAndGroup' }],
		['nobody says how', undefined, { assignedBy: null, assignmentState: null, assignmentChanged: null }],
	])('have it %s', async (_, states, expected) => {
		expect((await people([user('ada', states)]))[0].licences).toEqual([expect.objectContaining({ skuId: SPB, licence: 'Microsoft 365 Business Premium', skuPartNumber: null, ...expected })]);
	});

	it('have it in order when one of its ways is, and since the last change', async () => {
		const failed = state({ assignedByGroup: GROUP, state: 'Error', error: 'CountViolation', lastUpdatedDateTime: '2026-05-05T00:00:00Z' });
		const [both, one] = await people([user('ada', [failed, state()]), user('zoe', [failed])]);
		expect(both.licences[0]).toMatchObject({ assignmentState: 'Active', assignmentError: null, assignmentChanged: '2026-05-05T00:00:00Z' });
		expect(one.licences[0]).toMatchObject({ assignmentState: 'Error', assignmentError: 'CountViolation' });
	});

	it('are counted with disabled people and guests among them', async () => {
		const all = await people([
			user('ada', [state()]),
			user('leaver', [state({ assignedByGroup: GROUP })], { accountEnabled: false }),
			user('guest', [state({ state: 'Error', error: 'Other' })], { userType: 'Guest', assignedLicenses: [{ skuId: SPB }, { skuId: FLOW_FREE }] }),
			user('nobody', undefined, { assignedLicenses: [] }),
		]);
		expect(countHolders(all)).toEqual([
			expect.objectContaining({ kind: 'licenceCount', skuId: SPB, holders: 3, disabledHolders: 1, guestHolders: 1, byGroupOnly: 1, withError: 1 }),
			expect.objectContaining({ skuId: FLOW_FREE, free: true, holders: 1, guestHolders: 1 }),
		]);
		expect(all.flatMap(holdersOf)).toHaveLength(4);
	});

	it('are asked for in one read, also for one licence, and the free ones can stay out', async () => {
		const service = new Service(() => ({ body: { value: [user('ada', [state()], { assignedLicenses: [{ skuId: SPB }, { skuId: FLOW_FREE }] })] } }));
		const { client } = clientOf(service);
		const read = await collect(licensedPeoplePages(client, { names: await licenceNames(), skus: [], anyOfSkuIds: [SPB.toUpperCase()] }));
		expect(read[0].licences.map(({ skuId }) => skuId)).toEqual([SPB]);
		expect(decodeURIComponent(service.graphRequests[0].url)).toContain(`assignedLicenses/any(l:l/skuId eq ${SPB})`);
		expect(service.graphRequests).toHaveLength(1);
		expect((await people([user('ada', [state()], { assignedLicenses: [{ skuId: FLOW_FREE }] })], { withoutFree: true }))).toEqual([]);
	});

	it('are all of them, or an error', async () => {
		const { client } = clientOf(new Service((_, attempt) => (attempt === 1 ? { body: { value: [user('ada', [state()])], '@odata.nextLink': 'https://graph.microsoft.com/v1.0/users?$skiptoken=2' } } : { status: 403, body: {} })));
		const read = collect(licensedPeoplePages(client, { names: await licenceNames(), skus: [] }));
		expect((await failureOf(read)).class).toBe('notPermitted');
	});
});
