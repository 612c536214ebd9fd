import fc from 'fast-check';
import { inLanes } from '../../sync/inLanes';

const pause = async (turns: number): Promise<void> => {
	for (let turn = 0; turn < turns; turn++) await Promise.resolve();
};

describe('work in lanes', () => {
	it('does everything once, never more at a time than there are lanes (law)', async () => {
		await fc.assert(
			fc.asyncProperty(fc.array(fc.integer({ min: 0, max: 9 }), { maxLength: 40 }), fc.integer({ min: 1, max: 8 }), async (turns, lanes) => {
				let underWay = 0;
				let most = 0;
				const done: number[] = [];
				await inLanes(turns, lanes, async (turn, index) => {
					most = Math.max(most, ++underWay);
					await pause(turn);
					underWay--;
					done.push(index);
				});
				expect(done.sort((a, b) => a - b)).toEqual(turns.map((_, index) => index));
				expect(most).toBe(Math.min(lanes, turns.length));
			}),
		);
	});

	it('begins nothing new after a failure, waits for what is under way, and tells the first failure', async () => {
		const begun: number[] = [];
		const ended: number[] = [];
		const work = inLanes([5, 1, 5, 5, 5], 2, async (turns, index) => {
			begun.push(index);
			await pause(turns);
			ended.push(index);
			if (index === 1) throw new Error('the second');
		});
		await expect(work).rejects.toThrow('the second');
		expect(begun).toEqual([0, 1]);
		expect(ended.sort()).toEqual([0, 1]);
	});
});
