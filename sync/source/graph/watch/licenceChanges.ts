import type { Licence } from '../../../model/licence';

/** What of a licence is compared, by what it is about. */
export const LICENCE_ASPECTS = {
	bought: ['enabledUnits', 'suspendedUnits', 'warningUnits', 'lockedOutUnits'],
	assigned: ['consumedUnits'],
	state: ['capabilityStatus'],
} as const satisfies Record<string, ReadonlyArray<keyof Licence>>;

export type LicenceAspect = keyof typeof LICENCE_ASPECTS;

/** The values of a licence that are compared. */
export type LicenceState = Pick<Licence, (typeof LICENCE_ASPECTS)[LicenceAspect][number]>;

/** A licence with what it was before. */
export type LicenceChange = Licence & {
	/** `new`: it was not subscribed to; `gone`: it is no more, and has the values that it had last. */
	change: 'changed' | 'new' | 'gone';
	/** Null for a new one. */
	before: LicenceState | null;
};

/**
 * What is different between two readings of a tenant's licences: Microsoft tells no changes of them.
 *
 * @param aspects changes of anything else do not count; new and gone licences always do
 */
export function licenceChanges(before: readonly Licence[], now: readonly Licence[], aspects: readonly LicenceAspect[]): LicenceChange[] {
	const earlier = new Map(before.map((licence) => [licence.skuId, licence]));
	const compared = aspects.flatMap((aspect): ReadonlyArray<keyof LicenceState> => LICENCE_ASPECTS[aspect]);
	const changes: LicenceChange[] = [];
	for (const licence of now) {
		const was = earlier.get(licence.skuId);
		earlier.delete(licence.skuId);
		if (!was) changes.push({ ...licence, change: 'new', before: null });
		else if (compared.some((name) => was[name] !== licence[name])) changes.push({ ...licence, change: 'changed', before: stateOf(was) });
	}
	for (const was of earlier.values()) changes.push({ ...was, change: 'gone', before: stateOf(was) });
	return changes;
}

function stateOf({ enabledUnits, suspendedUnits, warningUnits, lockedOutUnits, consumedUnits, capabilityStatus }: Licence): LicenceState {
	return { enabledUnits, suspendedUnits, warningUnits, lockedOutUnits, consumedUnits, capabilityStatus };
}
