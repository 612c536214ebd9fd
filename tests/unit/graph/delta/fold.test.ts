import fc from 'fast-check';
import { Fold, type DeltaEntry, type FoldedObject } from '../../../../sync/source/graph/delta/fold';

const fold = (entries: readonly DeltaEntry[]): FoldedObject[] => {
	const folded = new Fold();
	for (const entry of entries) folded.add(String(entry.id).toLowerCase(), entry);
	return folded.result();
};
/** Without regard to the order of objects and of members, which the service does not promise. */
const canonical = (objects: readonly FoldedObject[]): unknown =>
	Object.fromEntries(
		objects.map(({ id, relations, ...rest }) => [
			id,
			{ ...rest, relations: Object.fromEntries(Object.entries(relations).map(([name, { added, removed }]) => [name, { added: added.map(({ id: member, type }) => `${type} ${member}`).sort(), removed: [...removed].sort() }])) },
		]),
	);

const member = (id: string, removed = false) => ({ '@odata.type': '#microsoft.graph.user', id, ...(removed ? { '@removed': { reason: 'deleted' } } : {}) });
const members = fc.array(fc.tuple(fc.constantFrom('m1', 'm2', 'm3', 'm4'), fc.boolean()).map(([id, removed]) => member(id, removed)), { maxLength: 6 });
const entry: fc.Arbitrary<DeltaEntry> = fc.oneof(
	{ weight: 4, arbitrary: fc.record({ id: fc.constantFrom('a', 'b', 'c'), displayName: fc.option(fc.constantFrom('x', 'y')), 'members@delta': members }, { requiredKeys: ['id'] }) },
	fc.record({ id: fc.constantFrom('a', 'b', 'c'), '@removed': fc.record({ reason: fc.constantFrom('changed', 'changed', 'deleted') }) }),
);
const entries = fc.array(entry, { maxLength: 14 });

describe('the entries of a delta round', () => {
	it('say of each object what is said last', () => {
		expect(
			fold([
				{ id: 'A', displayName: 'Ada', mail: 'a@x.example' },
				{ id: 'b', '@removed': { reason: 'changed' } },
				{ id: 'a', displayName: 'Ada Lang', mail: null },
			]),
		).toEqual([
			{ id: 'a', state: 'live', returned: false, properties: { id: 'a', displayName: 'Ada Lang', mail: null }, relations: {} },
			{ id: 'b', state: 'softDeleted', returned: false, properties: {}, relations: {} },
		]);
	});

	it('tell a restored object from one that was removed for the time being, and from one that is gone', () => {
		const plain = { id: 'a', displayName: 'Ada' };
		const removed = (reason: string) => ({ id: 'a', '@removed': { reason } });
		expect(fold([removed('changed'), plain])).toMatchObject([{ state: 'live', returned: true, properties: plain }]);
		expect(fold([plain, removed('changed')])).toMatchObject([{ state: 'softDeleted', returned: false, properties: {} }]);
		expect(fold([removed('changed'), removed('deleted')])).toMatchObject([{ state: 'gone' }]);
		expect(fold([removed('a reason that nobody documented')])).toMatchObject([{ state: 'softDeleted' }]);
	});

	it('call an object gone wherever its permanent deletion stands', () =>
		fc.assert(
			fc.property(entries, fc.nat(14), (list, at) => {
				const withDeletion = [...list.slice(0, at), { id: 'a', '@removed': { reason: 'deleted' } }, ...list.slice(at)];
				expect(fold(withDeletion).find(({ id }) => id === 'a')).toEqual({ id: 'a', state: 'gone', returned: false, properties: {}, relations: {} });
			}),
		));

	it('mean the same when each is told twice, and when all are told again', () =>
		fc.assert(
			fc.property(entries, (list) => {
				const once = canonical(fold(list));
				expect(canonical(fold(list.flatMap((one) => [one, one])))).toEqual(once);
				expect(canonical(fold([...list, ...list]))).toEqual(once);
			}),
		));

	it('mean the same wherever other objects stand in between', () =>
		fc.assert(
			fc.property(entries, fc.func(fc.nat()), (list, lane) => {
				const mixed = ['a', 'b', 'c'].sort((x, y) => lane(x) - lane(y)).flatMap((id) => list.filter((one) => one.id === id));
				expect(canonical(fold(mixed))).toEqual(canonical(fold(list)));
			}),
		));

	it('add up to the whole group, however its members are cut into parts', () =>
		fc.assert(
			fc.property(members, fc.array(fc.nat(6), { maxLength: 4 }), (all, cuts) => {
				const bounds = [0, ...cuts.map((cut) => Math.min(cut, all.length)).sort((x, y) => x - y), all.length];
				const parts = bounds.slice(1).map((end, index): DeltaEntry => ({ id: 'a', displayName: 'Staff', 'members@delta': all.slice(bounds[index], end) }));
				expect(canonical(fold(parts))).toEqual(canonical(fold([{ id: 'a', displayName: 'Staff', 'members@delta': all }])));
			}),
		));

	it('take the last of several managers, and know that one was taken away', () => {
		const [{ relations }] = fold([{ id: 'a', 'manager@delta': [member('m1', true), member('m2')] }, { id: 'a', 'manager@delta': [member('m3'), member('m2', true)] }]);
		expect(relations.manager).toEqual({ added: [{ id: 'm3', type: 'user' }], removed: ['m1', 'm2'] });
	});
});
