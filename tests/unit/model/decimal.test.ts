import fc from 'fast-check';
import { differenceOf, normalDecimal, sumOf, timesCents } from '../../../sync/model/decimal';

const decimal = fc.tuple(fc.integer({ min: -99_999, max: 99_999 }), fc.integer({ min: 0, max: 4 })).map(([units, places]) => normalDecimal((units / 10 ** places).toFixed(places))!);

describe('decimal numbers as texts', () => {
	it.each([['5.0', '5'], ['005', '5'], ['0.50', '0.5'], ['9.99', '9.99'], ['-0', '0'], ['-2.50', '-2.5'], ['+3', '3'], [' 7 ', '7'], ['100', '100'], ['0.0', '0']])('%s is %s', (written, normal) => {
		expect(normalDecimal(written)).toBe(normal);
	});

	it.each(['', 'five', '1e3', '1,5', '.', '--1', 'NaN', 'Infinity', '0x10'])('"%s" is none', (text) => {
		expect(normalDecimal(text)).toBeUndefined();
	});

	it('lose nothing where numbers do', () => {
		expect(differenceOf('3', '2.9')).toBe('0.1');
		expect(sumOf('0.1', '0.2')).toBe('0.3');
		expect(differenceOf('0', '2.5')).toBe('-2.5');
	});

	it('add up and take away exactly, in any order', () => {
		fc.assert(
			fc.property(decimal, decimal, (a, b) => {
				expect(sumOf(a, b)).toBe(sumOf(b, a));
				expect(differenceOf(sumOf(a, b), b)).toBe(a);
				expect(normalDecimal(sumOf(a, b))).toBe(sumOf(a, b));
			}),
		);
	});

	it('times an amount is the nearest whole hundredth, halves away from zero', () => {
		expect([timesCents(1999, '2.5'), timesCents(1, '0.5'), timesCents(1, '-0.5'), timesCents(1000, '1', 1, 3), timesCents(2000, '1', 1, 3)]).toEqual([4998, 1, -1, 333, 667]);
		fc.assert(
			fc.property(fc.integer({ min: 0, max: 1e9 }), fc.integer({ min: -10_000, max: 10_000 }), (cents, quantity) => {
				expect(timesCents(cents, String(quantity))).toBe(cents * quantity || 0);
				expect(timesCents(cents, String(quantity), 12, 12)).toBe(timesCents(cents, String(quantity)));
			}),
		);
	});
});
