import type { INodeProperties } from 'n8n-workflow';
import { wholeNumber } from '../../checkedParameters';

const DAY_MS = 86_400_000;

/** A filter for devices by when they were last heard of. */
export const seenWithinFilter: INodeProperties = {
	displayName: 'Seen Within (Days)',
	name: 'seenWithinDays',
	type: 'number',
	typeOptions: { minValue: 1 },
	default: 90,
	description: 'Only devices that were last seen within so many days; devices that were never seen are left out',
};

/** @returns the moment as ISO 8601; undefined without the filter */
export function seenSince(days: unknown): string | undefined {
	return days === undefined ? undefined : new Date(Date.now() - wholeNumber(days, seenWithinFilter.displayName) * DAY_MS).toISOString().replace(/\.\d+Z$/, 'Z');
}
