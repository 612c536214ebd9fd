import type { DirectoryRecord, RelatedObject } from '../../../model/sourceChange';
import type { GraphClient } from '../transport/client';
import type { RawRecord, ReadableProperty, Reading } from '../transport/reading';
import type { FoldedRelation } from './fold';

/** What the service tells changes of (contract: B3). */
export interface DeltaSource<T extends DirectoryRecord> {
	/** As cursors call it, and the path below the version. */
	resource: 'users' | 'groups' | 'devices';
	kind: T['kind'];
	/** `GET /users` */
	list: Reading;
	/** `GET /users/delta` */
	changes: Reading;
	/**
	 * @param properties as the builder chose them; relations (`managerId`, `members`) among them
	 * @throws SyncError (input) for a name that cannot be read here
	 */
	projection(properties: readonly string[], client: Pick<GraphClient, 'adminCentre'>): DeltaProjection<T>;
	/**
	 * What of the properties is asked for besides, for each record that is told. That it changed is told by nothing: it
	 * comes along when something else did.
	 *
	 * @param listed the records come with the whole list, which takes an `$expand`
	 * @returns undefined when nothing of the kind was chosen
	 */
	lookups?(client: GraphClient, properties: readonly string[], listed: boolean): Promise<DeltaLookups<T> | undefined>;
}

export interface DeltaLookups<T extends DirectoryRecord> {
	/** For `$expand` of the whole list. */
	expand?: string;
	/** Resource units that this adds to a page of the whole list. */
	resourceUnits: number;
	/** Fills in what was chosen; record and answer stand at the same place. */
	tell(records: readonly T[], raws: readonly RawRecord[]): Promise<void>;
}

/** How chosen properties are asked for, and how an answer becomes a record. */
export interface DeltaProjection<T extends DirectoryRecord> {
	/** Entra's properties, `id` among them. */
	select: readonly string[];
	/** Relations that delta tells of, by Entra's names. */
	relations: readonly string[];
	/** The whole list does not give the relations: they are read by delta, from its very beginning. */
	fromTheBeginning: boolean;
	/** What of `select` is a list, so that a blank one is an empty list. */
	collections: ReadonlySet<string>;
	/** Which objects belong to the list; without it all. Filters of a delta request know ids only (contract: B3.1). */
	wanted?: (raw: RawRecord) => boolean;
	/** Names what `wanted` looks for, and what else decides what a record says, so that another filter is another cursor. */
	filter: string;
	record(raw: RawRecord, tenantId: string): T;
	/** What delta tells of the relations. @param whole everything they hold was told, not only what changed */
	relate(record: Partial<T>, relations: Record<string, FoldedRelation>, whole: boolean): void;
}

/** A property that other requests give does not come with changes. */
export function comesWithChanges({ from }: ReadableProperty): boolean {
	return from === undefined || from.length > 0;
}

/** A relation with several objects as three properties: the whole of it, or what came and went. */
export function membership(name: string, relation: FoldedRelation | undefined, whole: boolean): Record<string, RelatedObject[] | string[]> {
	if (whole) return { [name]: relation?.added ?? [] };
	return relation ? { [`${name}Added`]: relation.added, [`${name}Removed`]: relation.removed } : {};
}

/**
 * Delta leaves a property out that was never set, and the whole list says that it is null (contract: B3.5): the same,
 * told in two ways.
 */
export function withBlanks(raw: RawRecord, { select, collections }: Pick<DeltaProjection<never>, 'select' | 'collections'>): RawRecord {
	const complete: RawRecord = {};
	for (const name of select) complete[name] = raw[name] === undefined ? (collections.has(name) ? [] : null) : raw[name];
	return complete;
}
