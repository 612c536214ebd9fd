import type { Whereabouts } from '../../../model/person';
import type { GraphClient } from '../transport/client';
import { findingWhereabouts } from './findingWhereabouts';
import { managedDeviceWhereabouts } from './managedDeviceWhereabouts';
import { whereaboutsOf } from './whereabouts';

/**
 * Finds out by their ids where records are that a list lacks.
 *
 * @param onUnlicensed is told of each person who is there and holds no licence that is paid
 * @returns one entry per id of which anything is known
 * @throws SyncError when any of the reads fails: a record is gone only when the service says so
 */
export type LookUp = (client: GraphClient, ids: Iterable<string>, onUnlicensed?: (id: string) => void) => Promise<Map<string, Whereabouts>>;

export interface Lookable {
	lookUp: LookUp;
	/** Which records are looked up that a list of changes lacks: those that it tells to be there. Undefined: those of which it says nothing. */
	ofChanges: ReadonlyArray<Whereabouts | undefined>;
}

/** That somebody is gone cannot be taken back; and whoever was left out may have lost the last licence with it. */
const OF_THE_DIRECTORY: Lookable['ofChanges'] = ['gone', 'disabled', 'filteredOut'];

const BY_KIND: Readonly<Record<string, Lookable>> = {
	// An audit is made anew each time: what it tells is so.
	finding: { lookUp: findingWhereabouts, ofChanges: [undefined] },
	managedDevice: { lookUp: managedDeviceWhereabouts, ofChanges: OF_THE_DIRECTORY },
	person: { lookUp: whereaboutsOf, ofChanges: OF_THE_DIRECTORY },
};

/** How records of a kind (`SourceRecord.kind`) are looked up; undefined: they cannot be, and what their list says is all there is. */
export function lookableOf(kind: string): Lookable | undefined {
	return Object.hasOwn(BY_KIND, kind) ? BY_KIND[kind] : undefined;
}
