import type { SourceRecord } from '../model/sourceRecord';
import type { LinkedRecord } from '../model/targetDefinition';

/**
 * Puts on each source record the id of the record that another target's links give to it, or to its owner: a portal
 * user and an asset are tied to the contact of a person. `null`: there is none. Where it is not known whose link counts,
 * the property stays absent.
 *
 * @param links of the other target, in the same tenant and customer
 */
export function withLinkedRecords(sources: readonly SourceRecord[], { property, ownerOf }: LinkedRecord, links: ReadonlyArray<{ sourceId: string; recordId: string }>): SourceRecord[] {
	const recordOf = new Map(links.map(({ sourceId, recordId }) => [sourceId, recordId]));
	return sources.map((source) => {
		const owner = ownerOf(source);
		return owner === undefined ? source : { ...source, [property]: owner === null ? null : (recordOf.get(owner) ?? null) };
	});
}
