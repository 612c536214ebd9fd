import fc from 'fast-check';
import type { LicensedPerson } from '../../../../sync/model/licence';
import { BUSINESS_FAMILIES } from '../../../../sync/source/graph/read/licenceFamilies';
import { licenceFamilyCounts, type FamilyCountRequest } from '../../../../sync/source/graph/read/licenceFamilyCounts';
import { licenceNames } from '../../../../sync/source/graph/read/licenceNames';
import { tenantFacts, type FactsRequest } from '../../../../sync/source/graph/read/tenantFacts';
import { unusedLicences, useOf, type KnownUse } from '../../../../sync/source/graph/read/unusedLicences';
import { FLOW_FREE, SPB } from '../../../../simulators/world';
import { clientOf, failureOf, graphError, Service, TENANT } from '../service';

const [BASIC, APPS, STANDARD, PREMIUM] = BUSINESS_FAMILIES;
const VISIO = 'c5928f49-12ba-48f7-ada3-0d743a3601d5';
const NOW = Date.parse('2026-11-22T08:00:00Z');

interface Somebody {
	id: string;
	skuIds: readonly string[];
	accountEnabled?: boolean | null;
	userType?: string;
	createdDateTime?: string;
	changed?: string;
}
const raw = ({ id, skuIds, accountEnabled = true, userType = 'Member', createdDateTime = '2019-01-01T00:00:00Z', changed = '2020-01-01T00:00:00Z' }: Somebody) => ({
	id,
	userPrincipalName: `${id}@contoso.com`,
	accountEnabled,
	userType,
	createdDateTime,
	assignedLicenses: skuIds.map((skuId) => ({ skuId })),
	licenseAssignmentStates: skuIds.map((skuId) => ({ skuId, assignedByGroup: null, state: 'Active', error: 'None', lastUpdatedDateTime: changed })),
});
/** The users in pages of so many. */
function tenantOf(people: readonly Somebody[], pageSize = 999): Service {
	return new Service(({ url }) => {
		const from = Number(new URL(url).searchParams.get('$skiptoken') ?? 0);
		const next = from + pageSize < people.length ? { '@odata.nextLink': `https://graph.microsoft.com/v1.0/users?$skiptoken=${from + pageSize}` } : {};
		return { body: { value: people.slice(from, from + pageSize).map(raw), ...next } };
	});
}

describe('counts of licence families', () => {
	const people: Somebody[] = [
		{ id: 'ada', skuIds: [SPB, BASIC.skuIds[2], FLOW_FREE] },
		{ id: 'zoe', skuIds: [STANDARD.skuIds[4].toUpperCase()] },
		{ id: 'paul', skuIds: [STANDARD.skuIds[0], VISIO], accountEnabled: false },
		{ id: 'gast', skuIds: [BASIC.skuIds[0]], userType: 'Guest' },
		{ id: 'kiosk', skuIds: [FLOW_FREE] },
		{ id: 'artist', skuIds: [VISIO] },
		{ id: 'nobody', skuIds: [] },
	];
	const counted = async (request: Partial<FamilyCountRequest> = {}, service = tenantOf(people, 2)) => await licenceFamilyCounts(clientOf(service).client, { families: BUSINESS_FAMILIES, highestOnly: true, ...request });

	it('hold each person once at the highest family, disabled ones and guests too, and families that nobody holds', async () => {
		const counts = await counted();
		expect(counts.map(({ family, rank, holders, disabledHolders, guestHolders }) => [family, rank, holders, disabledHolders, guestHolders])).toEqual([
			[BASIC.name, 1, 1, 0, 1],
			[APPS.name, 2, 0, 0, 0],
			[STANDARD.name, 3, 2, 1, 0],
			[PREMIUM.name, 4, 1, 0, 0],
		]);
		expect(counts[0]).toMatchObject({ kind: 'licenceFamilyCount', tenantId: TENANT, id: `${TENANT}:microsoft-365-business-basic`, skuIds: BASIC.skuIds, counted: 'highest' });
	});

	it('hold each person once in every family where that was chosen', async () => {
		expect((await counted({ highestOnly: false })).map(({ holders, counted: how }) => [holders, how])).toEqual([[2, 'each'], [0, 'each'], [2, 'each'], [1, 'each']]);
	});

	it('tell of what is in no family and costs something only where that was chosen', async () => {
		const none = async (highestOnly: boolean) => (await counted({ highestOnly, withoutFamily: await licenceNames() })).at(-1);
		expect(await none(true)).toMatchObject({ id: `${TENANT}:no family`, family: null, rank: null, holders: 1, disabledHolders: 0, skuIds: [VISIO] });
		expect(await none(false)).toMatchObject({ family: null, holders: 2, disabledHolders: 1 });
	});

	it('are read with the users once, page by page', async () => {
		const service = tenantOf(people, 3);
		await counted({}, service);
		expect(service.graphRequests).toHaveLength(3);
	});

	it('are no counts where a page cannot be read', async () => {
		const service = new Service(({ url }) => (url.includes('skiptoken') ? { status: 403, body: graphError('Authorization_RequestDenied') } : { body: { value: [raw(people[0])], '@odata.nextLink': 'https://graph.microsoft.com/v1.0/users?$skiptoken=1' } }));
		expect(await failureOf(counted({}, service))).toMatchObject({ class: 'notPermitted' });
	});

	it('begin again where the service lost the place', async () => {
		let lost = 0;
		const service = new Service(({ url }) => {
			if (!url.includes('skiptoken')) return { body: { value: [raw(people[0])], '@odata.nextLink': 'https://graph.microsoft.com/v1.0/users?$skiptoken=1' } };
			return lost++ === 0 ? { status: 400, body: graphError('Directory_ExpiredPageToken') } : { body: { value: [raw(people[1])] } };
		});
		expect((await counted({}, service)).map(({ holders }) => holders)).toEqual([0, 0, 1, 1]);
	});

	it('add up to the people who hold a family, and each person to the families held (law)', async () => {
		const sku = fc.constantFrom(BASIC.skuIds[1], APPS.skuIds[0], STANDARD.skuIds[2], PREMIUM.skuIds[3], VISIO, FLOW_FREE);
		await fc.assert(
			fc.asyncProperty(fc.array(fc.uniqueArray(sku, { maxLength: 4 }), { maxLength: 12 }), async (everybody) => {
				const service = () => tenantOf(everybody.map((skuIds, index) => ({ id: `p${index}`, skuIds })), 5);
				const names = await licenceNames();
				const sum = async (highestOnly: boolean) => (await counted({ highestOnly, withoutFamily: names }, service())).reduce((total, { holders }) => total + holders, 0);
				expect(await sum(true)).toBe(everybody.filter((held) => held.some((id) => id !== FLOW_FREE)).length);
				expect(await sum(false)).toBe(everybody.flat().filter((id) => id !== FLOW_FREE).length);
			}),
			{ numRuns: 40 },
		);
	});
});

describe('facts of a tenant', () => {
	const AS_OF = '2026-11-20';
	const reported = (days: Record<string, string | null>): KnownUse => ({
		activity: { asOf: AS_OF, period: 30, lastActivity: new Map(Object.entries(days).map(([name, day]) => [`${name}@contoso.com`, day])), mailboxKind: new Map() },
	});
	const facts = async (people: readonly Somebody[], use: KnownUse, more: Partial<FactsRequest> = {}) => await tenantFacts(clientOf(tenantOf(people, 2)).client, { days: 30, now: NOW, names: await licenceNames(), use, ...more });

	it('count who has a licence that costs something, and of these who is active, inactive, disabled or unknown', async () => {
		const people: Somebody[] = [
			{ id: 'ada', skuIds: [SPB, FLOW_FREE] },
			{ id: 'sean', skuIds: [SPB] },
			{ id: 'idle', skuIds: [SPB] },
			{ id: 'paul', skuIds: [SPB], accountEnabled: false },
			{ id: 'shared', skuIds: [VISIO], accountEnabled: false },
			{ id: 'guest', skuIds: [VISIO], userType: 'Guest' },
			{ id: 'new', skuIds: [SPB], createdDateTime: '2026-11-10T00:00:00Z' },
			{ id: 'given', skuIds: [SPB], changed: '2026-11-10T00:00:00Z' },
			{ id: 'kiosk', skuIds: [FLOW_FREE] },
			{ id: 'nobody', skuIds: [] },
		];
		const use = reported({ ada: '2026-11-19', sean: '2026-05-28', idle: null, paul: '2026-11-19', new: null, given: null, kiosk: '2026-11-19' });
		expect(await facts(people, use)).toEqual({
			kind: 'tenantFacts',
			tenantId: TENANT,
			id: TENANT,
			licensedUserCount: 8,
			activeUserCount: 1,
			inactiveUserCount: 2,
			disabledLicensedUserCount: 2,
			unknownActivityCount: 3,
			days: 30,
			asOf: AS_OF,
			leftOut: [],
		});
	});

	it('leave active people out where of nobody it is known, and count none where there is nobody to know of', async () => {
		const nothing = await facts([{ id: 'ada', skuIds: [SPB] }, { id: 'paul', skuIds: [SPB], accountEnabled: false }], { leftOut: [{ message: 'No reports.', remedy: 'Ask.' }] });
		expect(nothing).toMatchObject({ licensedUserCount: 2, unknownActivityCount: 1, disabledLicensedUserCount: 1, asOf: null, leftOut: [{ message: 'No reports.', remedy: 'Ask.' }] });
		expect(nothing).not.toHaveProperty('activeUserCount');
		expect(nothing).not.toHaveProperty('inactiveUserCount');
		expect(await facts([{ id: 'kiosk', skuIds: [FLOW_FREE] }], {})).toMatchObject({ licensedUserCount: 0, activeUserCount: 0, unknownActivityCount: 0 });
	});

	it('take sign-ins for activity, reports or not', async () => {
		const people = [{ id: 'ada', skuIds: [SPB] }, { id: 'zoe', skuIds: [SPB] }];
		const signIns = new Map([['ada', '2026-11-21T08:00:00Z']]);
		expect(await facts(people, { signIns })).toMatchObject({ activeUserCount: 1, inactiveUserCount: 0, unknownActivityCount: 1 });
		expect(await facts(people, { ...reported({ ada: null, zoe: null }), signIns })).toMatchObject({ activeUserCount: 1, inactiveUserCount: 1, unknownActivityCount: 0 });
	});

	it('hold the Secure Score as far as there is one', async () => {
		const score = { kind: 'secureScore' as const, tenantId: TENANT, createdDateTime: '2026-11-21T00:00:00Z', score: 27, maxScore: 54, percent: 50, comparisons: {}, activeUsers: 1, licensedUsers: 1, enabledServices: [] };
		expect(await facts([], {}, { secureScore: score, displayName: 'Contoso' })).toMatchObject({ displayName: 'Contoso', secureScore: 27, secureScoreMax: 54, secureScorePercent: 50, secureScoreDate: '2026-11-21' });
		expect(Object.keys(await facts([], {}, { secureScore: { ...score, score: null, percent: null } })).filter((name) => name.startsWith('secure'))).toEqual(['secureScoreMax', 'secureScoreDate']);
	});

	it('call nobody inactive of whom no licence is listed as unused, and nobody active of whom one is (law)', () => {
		const day = fc.option(fc.integer({ min: 0, max: 90 }).map((ago) => new Date(Date.parse(AS_OF) - ago * 86_400_000).toISOString().slice(0, 10)), { nil: null });
		const somebody = fc.record({ enabled: fc.constantFrom(true, false, null), told: fc.boolean(), last: day, created: day, changed: fc.array(day, { minLength: 1, maxLength: 3 }) });
		fc.assert(
			fc.property(somebody, fc.boolean(), fc.integer({ min: 1, max: 60 }), ({ enabled, told, last, created, changed }, read, days) => {
				const licence = { skuId: SPB, skuPartNumber: 'SPB', licence: 'Premium', free: false, assignedBy: 'user' as const, groupIds: [], assignmentState: 'Active', assignmentError: null };
				const person: LicensedPerson = { kind: 'licensedPerson', tenantId: TENANT, personId: 'ada', userPrincipalName: 'ada@contoso.com', displayName: null, mail: null, userType: 'Member', accountEnabled: enabled, createdDateTime: created, licences: changed.map((assignmentChanged) => ({ ...licence, assignmentChanged })) };
				const use = read ? reported(told ? { ada: last } : {}) : {};
				const { unused } = unusedLicences([person], use, { tenantId: TENANT, days, now: NOW });
				const judged = useOf(person, use, { days, now: NOW });
				expect([judged === 'disabled', judged === 'inactive']).toEqual([unused.some(({ why }) => why === 'disabled'), unused.some(({ why }) => why === 'inactive')]);
				if (judged === 'active') expect(unused).toEqual([]);
			}),
			{ numRuns: 300 },
		);
	});
});
