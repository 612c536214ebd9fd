import type { Whereabouts } from '../../../model/person';
import type { GraphClient } from '../transport/client';
import { managedDeviceWhereabouts } from './managedDeviceWhereabouts';
import { whereaboutsOf } from './whereabouts';

/**
 * Finds out by their ids where records are that a list lacks.
 *
 * @param onUnlicensed is told of each person who is there and holds no licence that is paid
 * @returns one entry per id
 * @throws SyncError when any of the reads fails: a record is gone only when the service says so
 */
export type LookUp = (client: GraphClient, ids: Iterable<string>, onUnlicensed?: (id: string) => void) => Promise<Map<string, Whereabouts>>;

const BY_KIND: Readonly<Record<string, LookUp>> = { managedDevice: managedDeviceWhereabouts, person: whereaboutsOf };

/** How records of a kind (`SourceRecord.kind`) are looked up; undefined: they cannot be, and what their list says is all there is. */
export function lookUpOf(kind: string): LookUp | undefined {
	return Object.hasOwn(BY_KIND, kind) ? BY_KIND[kind] : undefined;
}
