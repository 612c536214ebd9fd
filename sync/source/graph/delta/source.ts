import type { DirectoryRecord, RelatedObject } from '../../../model/sourceChange';
import type { ReadableProperty, Reading } from '../transport/reading';
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
	projection(properties: readonly string[]): DeltaProjection<T>;
}

/** How chosen properties are asked for, and how an answer becomes a record. */
export interface DeltaProjection<T extends DirectoryRecord> {
	/** Entra's properties, `id` among them. */
	select: readonly string[];
	/** Relations that delta tells of, by Entra's names. */
	relations: readonly string[];
	/** How the whole list gives the relations, too; without it they come from delta only, from its very beginning. */
	expand?: string;
	/** What of `select` is a list, so that a blank one is an empty list. */
	collections: ReadonlySet<string>;
	/** Which objects belong to the list; without it all. Filters of a delta request know ids only (contract: B3.1). */
	wanted?: (raw: Record<string, unknown>) => boolean;
	/** Names what `wanted` looks for, so that another filter is another cursor. */
	filter: string;
	record(raw: Record<string, unknown>, tenantId: string): T;
	/** What `expand` gave with the whole list. */
	relateListed?(record: Partial<T>, raw: Record<string, unknown>): void;
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
export function withBlanks(raw: Record<string, unknown>, { select, collections }: Pick<DeltaProjection<never>, 'select' | 'collections'>): Record<string, unknown> {
	const complete: Record<string, unknown> = {};
	for (const name of select) complete[name] = raw[name] === undefined ? (collections.has(name) ? [] : null) : raw[name];
	return complete;
}
