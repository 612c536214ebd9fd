import type { Policies } from '../model/policies';
import type { TargetDefinition } from '../model/targetDefinition';
import type { FieldMapping } from '../model/targetRecord';

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
	/** How far a quantity that is billed may move in one plan: by more than both, and the plan is held. */
	maxBilledChangePercent: number;
	minBilledChange: number;
	/** Records that lose a licence in one plan: at most this many, or this share of those that show one, whichever is more. */
	minCleared: number;
	maxClearedPercent: number;
	/** Creates while there are records that nobody matched: at most this many or this share, whichever is more. */
	maxCreates: number;
	maxCreatesPercent: number;
	percentFrom: number;
}

export interface PlanSettings {
	mapping: readonly FieldMapping[];
	policies: Policies;
	activity: ActivitySettings;
	/** For targets that can invite by mail. */
	invitations: InvitationSettings;
	safeguards: Safeguards;
}

/** When the day of the last activity is written, which moves daily for nearly everybody. */
export interface ActivitySettings {
	/** It moved by so many days. */
	minimumMoveDays: number;
	/** Or by it somebody becomes active or inactive: so many days without activity. */
	inactiveAfterDays: number;
}

/** Whom a plan invites by mail. */
export interface InvitationSettings {
	/**
	 * - `nobody`
	 * - `new`: whoever gets a record of this package's making
	 * - `everybody`: also whose record was there before
	 */
	who: 'nobody' | 'new' | 'everybody';
	/** The others wait for the next run. */
	perRun: number;
}

export const DEFAULT_INVITATIONS: InvitationSettings = { who: 'nobody', perRun: 10 };

export const DEFAULT_ACTIVITY: ActivitySettings = { minimumMoveDays: 7, inactiveAfterDays: 30 };

export const DEFAULT_SAFEGUARDS: Safeguards = {
	maxRemovals: 500,
	maxRemovalsPercent: 20,
	maxSourceDropPercent: 25,
	minSourceDrop: 5,
	maxIdentityUpdatesPercent: 30,
	maxBilledChangePercent: 30,
	minBilledChange: 5,
	minCleared: 5,
	maxClearedPercent: 30,
	maxCreates: 10,
	maxCreatesPercent: 20,
	percentFrom: 5,
};

export function defaultSettings(definition: TargetDefinition): PlanSettings {
	return { mapping: definition.defaultMapping, policies: definition.policies, activity: DEFAULT_ACTIVITY, invitations: DEFAULT_INVITATIONS, safeguards: defaultSafeguards(definition) };
}

/** Where each new record calls somebody to work, so many are so many: no share of all makes more of them harmless. */
export function defaultSafeguards({ newAtOnce }: Pick<TargetDefinition, 'newAtOnce'>): Safeguards {
	return newAtOnce === undefined ? DEFAULT_SAFEGUARDS : { ...DEFAULT_SAFEGUARDS, maxCreates: newAtOnce, maxCreatesPercent: 0 };
}
