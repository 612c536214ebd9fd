import fc from 'fast-check';
import type { HeldLicence, LicensedPerson } from '../../../sync/model/licence';
import { periodFor, personActivity, type PersonActivity } from '../../../sync/source/graph/read/personActivity';
import { unusedLicences, type KnownUse } from '../../../sync/source/graph/read/unusedLicences';
import { clientOf, Service, TENANT } from './service';

const AS_OF = '2026-11-20';
const NOW = Date.parse('2026-11-22T08:00:00Z');
const LICENCE: HeldLicence = { skuId: 'sku', skuPartNumber: 'SPB', licence: 'Business Premium', free: false, assignedBy: 'user', groupIds: [], assignmentState: 'Active', assignmentError: null, assignmentChanged: '2020-01-01T00:00:00Z' };
const person = (name: string, more: Partial<LicensedPerson> = {}): LicensedPerson => ({
	kind: 'licensedPerson',
	tenantId: TENANT,
	personId: name,
	userPrincipalName: `${name}@Contoso.com`,
	displayName: name,
	mail: null,
	userType: 'Member',
	accountEnabled: true,
	createdDateTime: '2019-01-01T00:00:00Z',
	licences: [LICENCE],
	...more,
});
const activity = (days: Record<string, string | null>, period: PersonActivity['period'] = 180): PersonActivity => ({
	asOf: AS_OF,
	period,
	lastActivity: new Map(Object.entries(days).map(([name, day]) => [`${name}@contoso.com`, day])),
	mailboxKind: new Map(),
});
const judge = (people: LicensedPerson[], use: KnownUse, days = 90) => unusedLicences(people, use, { tenantId: TENANT, days, now: NOW });

describe('an unused licence', () => {
	it('is one of a disabled account, whatever is known of its use', () => {
		for (const use of [{}, { activity: activity({}) }, { activity: activity({ paul: AS_OF }) }]) {
			expect(judge([person('paul', { accountEnabled: false })], use).unused).toEqual([expect.objectContaining({ kind: 'unusedLicence', personId: 'paul', why: 'disabled' })]);
		}
	});

	it('is one of somebody without activity in the days before the reports end', () => {
		const use = { activity: activity({ ada: '2026-08-23', zoe: '2026-08-22', sean: null }) };
		const { unused, summary } = judge([person('ada'), person('zoe'), person('sean')], use);
		expect(unused.map(({ personId, why, lastActivity, daysInactive }) => [personId, why, lastActivity, daysInactive])).toEqual([
			['zoe', 'inactive', '2026-08-22', 90],
			['sean', 'inactive', null, undefined],
		]);
		expect(summary).toMatchObject({ asOf: AS_OF, assigned: 3, unused: 2, disabled: 0, inactive: 2, used: 1, unknown: 0 });
	});

	it.each<[string, LicensedPerson, KnownUse, number]>([
		['notRead', person('ada'), {}, 90],
		['notRead', person('ada', { accountEnabled: null }), {}, 90],
		['notInReports', person('ada'), { activity: activity({ zoe: null }) }, 90],
		['notInReports', person('ada'), { activity: activity({}), signIns: new Map([['ada', '2020-01-01T00:00:00Z']]) }, 90],
		['newAccount', person('ada', { createdDateTime: '2026-09-01T00:00:00Z' }), { activity: activity({ ada: null }) }, 90],
		['newLicence', person('ada', { licences: [{ ...LICENCE, assignmentChanged: '2026-09-01T00:00:00Z' }] }), { activity: activity({ ada: null }) }, 90],
		['beyondReports', person('ada'), { activity: activity({ ada: null }) }, 365],
	])('is never one whose use is not known: %s', (because, somebody, use, days) => {
		const { unused, summary } = judge([somebody], use, days);
		expect(unused).toEqual([]);
		expect(summary).toMatchObject({ unknown: 1, unknownBecause: { [because]: 1 } });
	});

	it('is none of somebody who signed in', () => {
		const { unused, summary } = judge([person('ada')], { activity: activity({ ada: null }), signIns: new Map([['ada', '2026-11-21T08:00:00Z']]) });
		expect([unused, summary.used]).toEqual([[], 1]);
	});

	it('is listed, used or counted as unknown: exactly one of these, for every licence (law)', () => {
		const day = fc.option(fc.integer({ min: 0, max: 400 }).map((ago) => new Date(Date.parse(AS_OF) - ago * 86_400_000).toISOString().slice(0, 10)), { nil: null });
		const somebody = fc.record({ enabled: fc.constantFrom(true, false, null), reported: fc.boolean(), day, created: day, changed: day, signedIn: fc.option(day.map((each) => each ?? AS_OF)), licences: fc.integer({ min: 1, max: 3 }) });
		fc.assert(
			fc.property(fc.array(somebody, { maxLength: 20 }), fc.boolean(), fc.integer({ min: 1, max: 400 }), (everybody, read, days) => {
				const people = everybody.map(({ enabled, created, changed, licences }, index) =>
					person(`p${index}`, { accountEnabled: enabled, createdDateTime: created, licences: Array.from({ length: licences }, () => ({ ...LICENCE, assignmentChanged: changed })) }),
				);
				const use: KnownUse = {
					activity: read ? activity(Object.fromEntries(everybody.flatMap(({ reported, day: last }, index) => (reported ? [[`p${index}`, last]] : [])))) : undefined,
					signIns: new Map(everybody.flatMap(({ signedIn }, index) => (signedIn ? [[`p${index}`, signedIn]] : []))),
				};
				const { unused, summary } = judge(people, use, days);
				expect(summary.unused + summary.used + summary.unknown).toBe(summary.assigned);
				expect(summary.assigned).toBe(people.reduce((sum, { licences }) => sum + licences.length, 0));
				expect(unused).toHaveLength(summary.unused);
				expect(Object.values(summary.unknownBecause).reduce((sum, count) => sum + count, 0)).toBe(summary.unknown);
				for (const { why, accountEnabled, personId } of unused) {
					if (why === 'disabled') expect(accountEnabled).toBe(false);
					else {
						// Inactive is only who the reports name, with no newer day in anything that was read.
						const { reported, day: last, signedIn } = everybody[Number(personId.slice(1))];
						expect(read && reported).toBe(true);
						for (const moment of [last, signedIn]) if (moment) expect((Date.parse(AS_OF) - Date.parse(moment)) / 86_400_000).toBeGreaterThanOrEqual(days);
					}
				}
			}),
			{ numRuns: 300 },
		);
	});
});

describe('what people did, by all reports', () => {
	const reports = (tables: Record<string, string>) =>
		new Service(({ url }) => {
			const name = Object.keys(tables).find((each) => url.includes(each))!;
			return url.startsWith('https://graph.') ? { status: 302, headers: { location: `https://reports.example/${name}` } } : { body: tables[name] };
		});
	const TABLES = {
		getOffice365ActiveUserDetail: 'Report Refresh Date,User Principal Name,Exchange Last Activity Date,Teams Last Activity Date\r\n2026-11-20,Ada@contoso.com,2026-03-01,2026-05-01\r\n2026-11-20,zoe@contoso.com,,\r\n2026-11-20,sean@contoso.com,,\r\n',
		getM365AppUserDetail: 'Report Refresh Date,User Principal Name,Last Activity Date\r\n2026-11-19,ada@contoso.com,2026-11-01\r\n2026-11-19,sean@contoso.com,\r\n2026-11-19,only.apps@contoso.com,\r\n',
		getMailboxUsageDetail: 'Report Refresh Date,User Principal Name,Last Activity Date,Recipient Type\r\n2026-11-20,zoe@contoso.com,2026-10-10,SharedMailbox\r\n',
	};

	it('is the newest day of any of them, up to the day of the oldest', async () => {
		const { client } = clientOf(reports(TABLES));
		const read = await personActivity(client, 90);
		expect(Object.fromEntries(read.lastActivity)).toEqual({ 'ada@contoso.com': '2026-11-01', 'zoe@contoso.com': '2026-10-10', 'sean@contoso.com': null });
		expect(read).toMatchObject({ asOf: '2026-11-19', period: 90 });
		expect(read.mailboxKind.get('zoe@contoso.com')).toBe('shared');
	});

	it('is nothing when one of them is concealed', async () => {
		const { client } = clientOf(reports({ ...TABLES, getMailboxUsageDetail: 'Report Refresh Date,User Principal Name\r\n2026-11-20,3B3C92F92ADA11852D702B4F19C2B95C\r\n' }));
		await expect(personActivity(client, 90)).rejects.toMatchObject({ class: 'notPermitted', code: 'graph.concealedNames' });
	});

	it('covers the days that were asked for, as far as reports can', () => {
		expect([1, 7, 8, 90, 91, 180, 365].map(periodFor)).toEqual([7, 7, 30, 90, 180, 180, 180]);
	});
});
