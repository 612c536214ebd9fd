import type { RecordedPlan } from '../../../sync/ledger/ledger';
import { readMatches } from '../../../sync/plan/matchList';
import { decisionOn } from '../../../sync/plan/allowance';
import { isPlanOf, planIdOf, type PlannedChange } from '../../../sync/model/planId';
import { contact, matchWorld, pairing, person } from './world';

const HOUR = 3_600_000;
const idOfUse = (use: number) => `plan-x${use > 1 ? `-${use}` : ''}`;
const ledgerWith = (plans: Record<string, Partial<RecordedPlan>>) => ({ getPlan: async (id: string) => plans[id] as RecordedPlan | undefined });

describe('an allowance', () => {
	it('counts for exactly the plan that was held, for 24 hours', async () => {
		const ledger = ledgerWith({ 'plan-x': { firstSeenAt: 0 } });
		expect(await decisionOn(ledger, idOfUse, 'plan-x', 24 * HOUR)).toEqual({ planId: 'plan-x', allowed: true });
		expect(await decisionOn(ledger, idOfUse, 'plan-x', 24 * HOUR + 1)).toEqual({ planId: 'plan-x', allowed: false });
		expect(await decisionOn(ledger, idOfUse, 'plan-y', HOUR)).toEqual({ planId: 'plan-x', allowed: false });
	});
	it('does not count before the plan was ever held', async () => {
		expect(await decisionOn(ledgerWith({}), idOfUse, 'plan-x', HOUR)).toEqual({ planId: 'plan-x', allowed: false });
	});
	it('counts once; the same changes then wait under the next id, even after a run that died over them', async () => {
		const used = { 'plan-x': { firstSeenAt: 0, consumedAt: 1 } };
		expect(await decisionOn(ledgerWith(used), idOfUse, 'plan-x', HOUR)).toEqual({ planId: 'plan-x-2', allowed: false });
		expect(await decisionOn(ledgerWith({ ...used, 'plan-x-2': { firstSeenAt: 2 } }), idOfUse, 'plan-x-2', HOUR)).toEqual({ planId: 'plan-x-2', allowed: true });
	});
});

describe('the id of a plan', () => {
	const changes: PlannedChange[] = [
		{ action: 'create', sourceId: 'a', fields: [{ field: 'name', label: 'Name', after: 'A' }] },
		{ action: 'update', sourceId: 'b', recordId: '2', fields: [{ field: 'city', label: 'City', before: 'X', after: 'Y' }] },
	];
	it('tells the plan from any other', () => {
		const id = planIdOf('plan', pairing, changes);
		expect(isPlanOf(id, pairing, [...changes].reverse())).toBe(true);
		expect(isPlanOf(planIdOf('plan', pairing, changes, 3), pairing, changes)).toBe(true);
		for (const altered of [
			changes.slice(1), [...changes, changes[0]], [{ ...changes[0], action: 'delete' as const }, changes[1]],
			[changes[0], { ...changes[1], recordId: '3' }], [changes[0], { ...changes[1], fields: [{ ...changes[1].fields[0], after: 'Z' }] }],
			[changes[0], { ...changes[1], unlink: true }],
		]) expect(isPlanOf(id, pairing, altered)).toBe(false);
		expect(isPlanOf(id, { ...pairing, customerId: '2' }, changes)).toBe(false);
		expect(isPlanOf('anything', pairing, changes)).toBe(false);
	});
});

describe('the matches that a plan takes', () => {
	const matches = matchWorld({ people: [person('a')], records: [contact('vendor')] });
	it('are all that Contact Match gave', () => {
		expect(readMatches(matches)).toEqual({ pairing, matches, incremental: false });
		expect(() => readMatches(matches.slice(1))).toThrow('1 matches arrived, but Contact Match gave 2.');
		expect(() => readMatches([...matches, matches[0]])).toThrow('3 matches arrived, but Contact Match gave 2.');
	});
	it('say whether only who changed was matched', () => {
		const changed = matchWorld({ incremental: true, people: [person('a')] });
		expect(readMatches(changed)).toEqual({ pairing, matches: changed, incremental: true });
		expect(readMatches([{ kind: 'emptyList', list: 'matches', note: '', mode: 'incremental', ...pairing }])).toEqual({ pairing, matches: [], incremental: true });
	});
});
