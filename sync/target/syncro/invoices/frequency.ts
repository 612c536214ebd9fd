import { timesCents } from '../../../model/decimal';

/**
 * How often each of Syncro's frequencies bills in 72 months, the shortest time in which all of them are whole: by the
 * calendar of a year with 365 days and 52 weeks. Source of the names: the specification's enum, contract targets.md A9.
 */
const RUNS_IN_72_MONTHS: Readonly<Record<string, number>> = {
	daily: 2190,
	weekly: 312,
	biweekly: 156,
	monthly: 72,
	quarterly: 24,
	'semi-annually': 12,
	annually: 6,
	biennially: 3,
	triennially: 2,
};

/**
 * What so many units of a line cost in a month, whatever month they are billed in.
 *
 * @param quantity a normal decimal
 * @returns whole hundredths; undefined for a frequency that is not known
 */
export function monthlyCents(cents: number, quantity: string, frequency: string | null): number | undefined {
	const name = (frequency ?? '').trim().toLowerCase();
	return Object.hasOwn(RUNS_IN_72_MONTHS, name) ? timesCents(cents, quantity, RUNS_IN_72_MONTHS[name], 72) : undefined;
}
