import { createHash } from 'node:crypto';
import type { Change, FieldChange } from '../../model/change';
import { pairingKey } from '../../model/pairing';

/**
 * The key under which the endpoint knows a change: the same whenever the same change is tried again, in another run as
 * well, and another one when it is made once more after something was carried out in between. A hash, so that nothing
 * personal is in it.
 *
 * @param lastApplied number of the newest change of this source record that was carried out; undefined: none was
 */
export function idempotencyKey(action: string, { pairing, sourceId }: Pick<Change, 'pairing' | 'sourceId'>, recordId: string | undefined, fields: readonly FieldChange[], lastApplied: number | undefined): string {
	const values = fields.map(({ field, after }) => [field, after]).sort(([a], [b]) => (a! < b! ? -1 : 1));
	return createHash('sha256').update(JSON.stringify([pairingKey(pairing), action, sourceId, recordId ?? null, values, lastApplied ?? null])).digest('hex').slice(0, 40);
}
