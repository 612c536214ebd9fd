import fc from 'fast-check';
import type { Licence } from '../../../../sync/model/licence';
import { LICENCE_ASPECTS, licenceChanges, type LicenceAspect } from '../../../../sync/source/graph/watch/licenceChanges';

const ALL = Object.keys(LICENCE_ASPECTS) as LicenceAspect[];
const licence = (skuId: string, more: Partial<Licence> = {}): Licence => ({
	kind: 'licence',
	tenantId: 'tenant',
	skuId,
	skuPartNumber: 'SPB',
	displayName: 'Business Premium',
	free: false,
	capabilityStatus: 'Enabled',
	appliesTo: 'User',
	enabledUnits: 10,
	consumedUnits: 5,
	availableUnits: 5,
	suspendedUnits: 0,
	warningUnits: 0,
	lockedOutUnits: 0,
	...more,
});

describe('licences compared with what they were', () => {
	it('tells what was bought, assigned and stopped, with the values before', () => {
		const before = [licence('a'), licence('b'), licence('c')];
		const now = [licence('a', { enabledUnits: 12, availableUnits: 7 }), licence('b'), licence('d')];
		const state = { enabledUnits: 10, suspendedUnits: 0, warningUnits: 0, lockedOutUnits: 0, consumedUnits: 5, capabilityStatus: 'Enabled' };
		expect(licenceChanges(before, now, ALL)).toEqual([
			{ ...now[0], change: 'changed', before: state },
			{ ...now[2], change: 'new', before: null },
			{ ...before[2], change: 'gone', before: state },
		]);
	});

	it.each<[LicenceAspect, Partial<Licence>]>([
		['bought', { warningUnits: 1 }],
		['bought', { suspendedUnits: 1 }],
		['bought', { lockedOutUnits: 1 }],
		['assigned', { consumedUnits: 6 }],
		['state', { capabilityStatus: 'Suspended' }],
	])('counts a change of what is %s only where that is asked for', (aspect, change) => {
		const compare = (aspects: LicenceAspect[]) => licenceChanges([licence('a')], [licence('a', change)], aspects);
		expect(compare([aspect])).toHaveLength(1);
		expect(compare(ALL.filter((each) => each !== aspect))).toEqual([]);
	});

	it('does not count another name, or what can still be assigned', () => {
		expect(licenceChanges([licence('a')], [licence('a', { displayName: 'Premium', availableUnits: 4 })], ALL)).toEqual([]);
	});

	it('tells nothing about licences that are as they were, in any order, and each other one once', () => {
		const ids = fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'd', 'e'));
		const units = fc.array(fc.integer({ min: 0, max: 2 }), { minLength: 5, maxLength: 5 });
		fc.assert(
			fc.property(ids, units, ids, units, (idsBefore, unitsBefore, idsNow, unitsNow) => {
				const before = idsBefore.map((id) => licence(id, { consumedUnits: unitsBefore['abcde'.indexOf(id)] }));
				const now = idsNow.map((id) => licence(id, { consumedUnits: unitsNow['abcde'.indexOf(id)] }));
				const told = new Map(licenceChanges(before, now, ALL).map(({ skuId, change }) => [skuId, change]));
				for (const id of 'abcde') {
					const [was, is] = [before, now].map((list) => list.find(({ skuId }) => skuId === id)?.consumedUnits);
					expect(told.get(id)).toBe(was === is ? undefined : was === undefined ? 'new' : is === undefined ? 'gone' : 'changed');
				}
			}),
		);
	});
});
