import type { FieldChange } from '../model/change';
import type { ActivitySettings } from './settings';

const DAY_MS = 86_400_000;

export interface ActivityRule extends ActivitySettings {
	/** Milliseconds; days without activity count up to here. */
	now: number;
}

/**
 * Whether a day of last activity is worth a write: there was none, it moved enough, or somebody counts as active who
 * did not. A day that lies before the one that is held says nothing: activity cannot be undone, a source may have been
 * missing.
 */
export function movedEnough({ before, after }: FieldChange, { minimumMoveDays, inactiveAfterDays, now }: ActivityRule): boolean {
	const to = dayOf(after);
	const from = dayOf(before);
	if (to === undefined) return false;
	if (from === undefined) return true;
	if (to <= from) return false;
	if ((to - from) / DAY_MS >= minimumMoveDays) return true;
	// Days are days: what time it is now makes nobody inactive.
	const limit = (Math.floor(now / DAY_MS) - inactiveAfterDays) * DAY_MS;
	return from < limit && to >= limit;
}

function dayOf(value: string | null | undefined): number | undefined {
	const time = typeof value === 'string' ? Date.parse(value) : Number.NaN;
	return Number.isNaN(time) ? undefined : time;
}
