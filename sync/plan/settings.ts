import type { FieldMapping, TargetDefinition } from '../model/targetRecord';

/** What happens to the record of somebody who left, or is disabled. */
export type LeaverPolicy = 'leave' | 'hold' | 'deactivate' | 'delete';

export interface Policies {
	/** People without a record. */
	new: 'create' | 'hold' | 'skip';
	/** Linked people who are really gone from Entra. */
	orphaned: LeaverPolicy;
	/** Disabled accounts; `sync` treats them like everybody else where they were read. */
	disabled: LeaverPolicy | 'sync';
	guests: 'skip' | 'sync';
	/** How `deactivate` marks a record: a custom field and its value. */
	mark: { field: string; value: string };
}

/**
 * The brakes. Percentages count from `percentFrom` records upwards: two of six is no landslide.
 * Defaults after the documented practice of Entra Connect (500), Okta (20 %) and octoDNS (30 %).
 */
export interface Safeguards {
	/** Removals and deactivations in one plan. */
	maxRemovals: number;
	maxRemovalsPercent: number;
	/** How much smaller than the last good run the source may be, and from how many people on that counts. */
	maxSourceDropPercent: number;
	minSourceDrop: number;
	/** Updates that change a name or an e-mail address. */
	maxIdentityUpdatesPercent: number;
	/** Creates while there are records that nobody matched: at most this many or this share, whichever is more. */
	maxCreates: number;
	maxCreatesPercent: number;
	percentFrom: number;
}

export interface PlanSettings {
	mapping: readonly FieldMapping[];
	policies: Policies;
	safeguards: Safeguards;
}

export const DEFAULT_POLICIES: Policies = {
	new: 'create',
	orphaned: 'leave',
	disabled: 'leave',
	guests: 'skip',
	mark: { field: 'properties.M365 Status', value: 'Left Microsoft 365' },
};

export const DEFAULT_SAFEGUARDS: Safeguards = {
	maxRemovals: 500,
	maxRemovalsPercent: 20,
	maxSourceDropPercent: 25,
	minSourceDrop: 5,
	maxIdentityUpdatesPercent: 30,
	maxCreates: 10,
	maxCreatesPercent: 20,
	percentFrom: 5,
};

export function defaultSettings(definition: TargetDefinition): PlanSettings {
	return { mapping: definition.defaultMapping, policies: DEFAULT_POLICIES, safeguards: DEFAULT_SAFEGUARDS };
}
