import { Told } from '../../../../sync/source/graph/watch/told';

const ada = (jobTitle: string) => ({ kind: 'person', id: 'ada', jobTitle, change: 'changed' });

describe('what a trigger told', () => {
	it('is known by trigger and in exactly this state', () => {
		const told = new Told();
		told.note('one', ada('Manager'), 1);
		expect([told.has('one', ada('Manager')), told.has('one', ada('Director')), told.has('two', ada('Manager'))]).toEqual([true, false, false]);
	});

	it('is the latest state only: somebody who is again what they were is news', () => {
		const told = new Told();
		told.note('one', ada('Manager'), 1);
		told.note('one', ada('Director'), 2);
		expect(told.has('one', ada('Manager'))).toBe(false);
	});

	it('is forgotten where something else was told by another way', () => {
		const told = new Told();
		told.note('one', ada('Manager'), 1);
		told.forget('one', 'ada');
		told.forget('two', 'ada');
		expect(told.has('one', ada('Manager'))).toBe(false);
	});

	it('is forgotten after its time', () => {
		const told = new Told();
		told.note('one', ada('Manager'), 10);
		told.forgetBefore('one', 10);
		expect(told.has('one', ada('Manager'))).toBe(true);
		told.forgetBefore('one', 11);
		expect(told.has('one', ada('Manager'))).toBe(false);
	});

	it('keeps the last ten thousand objects', () => {
		const told = new Told();
		for (let id = 0; id < 10_000; id++) told.note('one', { id: String(id) }, id);
		told.note('one', { id: '0' }, 10_000);
		told.note('one', { id: 'one more' }, 10_001);
		expect(['0', '1', '2', 'one more'].map((id) => told.has('one', { id }))).toEqual([true, false, true, true]);
	});
});
