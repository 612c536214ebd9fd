import fc from 'fast-check';
import type { Person } from '../../../sync/model/person';
import type { TargetDefinition } from '../../../sync/model/targetDefinition';
import { movedEnough } from '../../../sync/plan/activity';
import { syncroContacts } from '../../../sync/target/syncro/contacts/definition';
import { carryOut, contact, linkOf, person, plan, type World } from './world';

const LICENCE = 'properties.azure_license';
const mapping = [
	{ field: LICENCE, source: 'licenceFamily', whenBlank: 'keep' as const },
	{ field: 'properties.Premium', source: 'holds:Business Premium', whenBlank: 'keep' as const },
	{ field: 'properties.azure_mfa_status', source: 'mfaStatus', whenBlank: 'keep' as const },
];
const licensed = contact('a', { properties: { azure_license: 'Business Premium', Premium: 'Yes', azure_mfa_status: 'enabled' } });
const others = ['b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j'];
const world = (a: Person | undefined, more: World = {}): World => ({
	people: [...(a ? [a] : []), ...others.map((id) => person(id))],
	records: [licensed, ...others.map((id) => contact(id))],
	links: ['a', ...others].map(linkOf),
	mapping,
	...more,
});
const told = async (w: World) => (await plan(w)).changes.map(({ action, fields }) => [action, ...fields.map(({ label, after }) => `${label}: ${after ?? 'blank'}`)]);

describe('fields that this package computes', () => {
	it('follow the person: a lost licence clears both of its fields, whatever the mapping says of blanks', async () => {
		expect(await told(world(person('a', { licenceFamily: null, licenceFamilies: [], mfaStatus: 'disabled' })))).toEqual([['update', 'azure_license: blank', 'Premium: blank', 'azure_mfa_status: disabled']]);
	});
	it('stay untouched where nothing was read', async () => {
		expect(await told(world(person('a')))).toEqual([]);
	});
	it('show the family that somebody holds', async () => {
		expect(await told(world(person('a', { licenceFamily: 'Business Basic', licenceFamilies: ['Business Basic'] })))).toEqual([['update', 'azure_license: Business Basic', 'Premium: blank']]);
	});
	it.each([
		['gone', 'deactivate', ['deactivate', 'M365 Status: Left Microsoft 365', 'azure_license: blank', 'Premium: blank']],
		['gone', 'leave', ['update', 'azure_license: blank', 'Premium: blank']],
		['softDeleted', 'deactivate', ['update', 'azure_license: blank', 'Premium: blank']],
	] as const)('end with somebody who is %s (%s), in the same plan; what is not known stays', async (where, orphaned, change) => {
		expect(await told(world(undefined, { whereabouts: new Map([['a', where]]), policies: { orphaned } }))).toEqual([change]);
	});
	it.each(['filteredOut', 'disabled', 'unchecked'] as const)('stay with somebody of whom the list only does not tell (%s)', async (where) => {
		expect(await told(world(undefined, { whereabouts: new Map([['a', where]]) }))).toEqual([]);
	});
	it.each([
		['disabled', ['update', 'azure_license: blank', 'Premium: blank']],
		['filteredOut', ['update', 'azure_license: blank', 'Premium: blank']],
	] as const)('end with the last paid licence of somebody whom the list leaves out (%s), so that nobody is billed for ever', async (where, change) => {
		const left = world(undefined, { whereabouts: new Map([['a', where]]), unlicensed: new Set(['a']) });
		expect(await told(left)).toEqual([change]);
		expect(await told({ ...left, incremental: true })).toEqual([change]);
		const changes = await plan(left);
		expect((await plan(carryOut(changes.changes, left))).changes).toEqual([]);
	});
	it('are not cleared night after night where the target does not keep that', async () => {
		const now = Date.parse('2026-11-24T09:00:00Z');
		const cleared = { value: null, at: now - 86_400_000 };
		const links = [{ ...linkOf('a'), notKept: { [LICENCE]: cleared, 'properties.Premium': cleared } }, ...others.map(linkOf)];
		const deleted = world(undefined, { whereabouts: new Map([['a', 'softDeleted']]), links, now });
		const lost = world(person('a', { accountEnabled: false, licenceFamily: null, licenceFamilies: [] }), { links, now });
		for (const w of [deleted, lost]) {
			expect(await told(w)).toEqual([]);
			expect(await told({ ...w, now: now + 6 * 86_400_000 })).toEqual([['update', 'azure_license: blank', 'Premium: blank']]);
		}
	});
	it('are cleared of a guest who was synced once and is skipped now, and of nobody who was never linked', async () => {
		const guest = person('a', { userType: 'Guest', licenceFamily: null, licenceFamilies: [], mfaStatus: 'disabled' });
		expect(await told(world(guest))).toEqual([['update', 'azure_license: blank', 'Premium: blank']]);
		expect(await told(world({ ...guest, licenceFamily: 'Business Premium', licenceFamilies: ['Business Premium'] }))).toEqual([]);
		expect(await told(world(guest, { links: others.map(linkOf) }))).toEqual([]);
	});
	it('know a family in any spelling that a person would take for it', async () => {
		const held = person('a', { licenceFamily: 'Business Premium', licenceFamilies: ['business  premium'] });
		expect(await told(world(held))).toEqual([]);
	});
	it.each(['leave', 'deactivate'] as const)('follow what a disabled person still holds, for the licence is paid (%s)', async (disabled) => {
		const still = person('a', { accountEnabled: false, licenceFamily: 'Business Premium', licenceFamilies: ['Business Premium'] });
		expect((await told(world(still, { policies: { disabled } }))).flat().join()).not.toContain('blank');
		const lost = { ...still, licenceFamily: null, licenceFamilies: [] };
		expect((await told(world(lost, { policies: { disabled } }))).flat()).toEqual(expect.arrayContaining(['azure_license: blank', 'Premium: blank']));
	});
});

describe('the day of the last activity', () => {
	const NOW = Date.parse('2026-11-24T09:00:00Z');
	const rule = { minimumMoveDays: 7, inactiveAfterDays: 30, now: NOW };
	const daysAgo = (days: number) => new Date(NOW - days * 86_400_000).toISOString().slice(0, 10);
	const written = (before: string | null, after: string) => movedEnough({ field: 'f', label: 'f', before, after }, rule);

	it('is written when there was none, when it moved a week, and when somebody becomes active again', () => {
		expect([written(null, daysAgo(3)), written('soon', daysAgo(3)), written(daysAgo(10), daysAgo(3)), written(daysAgo(31), daysAgo(27))]).toEqual([true, true, true, true]);
	});
	it('is not written for a day or two, and never goes back', () => {
		expect([written(daysAgo(9), daysAgo(3)), written(daysAgo(28), daysAgo(25)), written(daysAgo(3), daysAgo(60)), written(daysAgo(3), 'never')]).toEqual([false, false, false, false]);
	});
	it('leaves what is shown at most a week behind, and never on the wrong side of the limit', () => {
		fc.assert(fc.property(fc.nat(120), fc.nat(120), (held, real) => {
			if (real > held || written(daysAgo(held), daysAgo(real))) return;
			expect(held - real).toBeLessThan(7);
			expect(held > 30).toBe(real > 30);
		}));
	});
	it('is planned like that', async () => {
		const rows = [{ field: 'properties.azure_last_activity', source: 'lastActivity', whenBlank: 'keep' as const }];
		const w = (day: string): World => ({ people: [person('a', { lastActivity: day })], records: [contact('a', { properties: { azure_last_activity: daysAgo(9) } })], links: [linkOf('a')], mapping: rows, now: NOW });
		expect((await plan(w(daysAgo(5)))).counts).toMatchObject({ unchanged: 1 });
		expect(await told(w(daysAgo(2)))).toEqual([['update', `azure_last_activity: ${daysAgo(2)}`]]);
	});
});

describe('a field that the target keeps for itself', () => {
	it('is never written, and is named with what differs', async () => {
		const definition: TargetDefinition = { ...syncroContacts, locks: ({ name }) => (name === 'city' ? { code: 'counter', reason: 'is counted by the target itself' } : undefined) };
		const w: World = { people: [person('a', { city: 'Oslo' })], records: [contact('a', { city: 'Bergen' })], links: [linkOf('a')], mapping: [{ field: 'city', source: 'city', whenBlank: 'keep' }], definition };
		expect(await plan(w)).toMatchObject({ changes: [], skipped: [{ code: 'counter', reason: 'Person a is counted by the target itself; City stays "Bergen", Microsoft 365 says "Oslo".' }] });
	});
});

describe('a value that the target did not keep', () => {
	const NOW = Date.parse('2026-11-24T09:00:00Z');
	const rows = [{ field: 'properties.Badge', source: 'employeeId', whenBlank: 'keep' as const }];
	const w = (value: string, daysAgo: number): World => ({
		people: [person('a', { employeeId: 'E7' })], records: [contact('a')], mapping: rows, now: NOW,
		links: [{ ...linkOf('a'), notKept: { 'properties.Badge': { value, at: NOW - daysAgo * 86_400_000 } } }],
	});
	it('is not written again every night: the plan names the field, and when it is tried again', async () => {
		expect(await plan(w('E7', 2))).toMatchObject({ changes: [], skipped: [{ code: 'notKept', reason: expect.stringMatching(/gets no "Badge".*from 2026-11-29/) }] });
	});
	it.each([['another value', 'E6', 2], ['the same after a week', 'E7', 7]])('is written when it is %s', async (_what, value, days) => {
		expect(await told(w(value, days))).toEqual([['update', 'Badge: E7']]);
	});
	it('keeps a mark that never sticks from being written every night as well', async () => {
		const notKept = { opt_out: { value: 'true', at: NOW - 86_400_000 } };
		const marked = contact('a', { properties: { 'M365 Status': 'Left Microsoft 365' } });
		const left: World = { ...world(undefined), records: [marked, ...others.map((id) => contact(id))], links: [{ ...linkOf('a'), notKept }, ...others.map(linkOf)], whereabouts: new Map([['a', 'gone']]), policies: { optOut: true }, now: NOW, mapping: [] };
		expect((await plan(left)).counts).toMatchObject({ deactivate: 0, unchanged: 10 });
		expect((await plan({ ...left, now: NOW + 6 * 86_400_000 })).counts).toMatchObject({ deactivate: 1 });
	});
});
