import type { Whereabouts } from './person';

/**
 * - `reconcile`: the list holds everything there is, so what it lacks is not there
 * - `incremental`: the list holds only what changed, so what it lacks is as it was
 */
export type ListMode = 'reconcile' | 'incremental';

/**
 * What became of one record of the source:
 * - `present`: it is there; whether it changed is not known (the whole list was read)
 * - `changed`: it is new, or one of the properties that were asked for is
 * - `restored`: it was deleted, and is back
 * - `softDeleted`: it is deleted and can be restored (30 days)
 * - `gone`: it is deleted for good
 */
export type ChangeKind = 'present' | 'changed' | 'restored' | 'softDeleted' | 'gone';

/** What a record carries beside its properties when it comes out of a list of changes. */
export interface SourceChange {
	change: ChangeKind;
	mode: ListMode;
	/** Where the record is, when it does not belong to the list: its properties are then absent. */
	whereabouts?: Whereabouts;
	/** Comes along although the source told no change: it stands open since an earlier run. */
	why?: 'open';
}

/** What every record of a directory has. */
export interface DirectoryRecord {
	kind: string;
	tenantId: string;
	/** Object id, lower case. */
	id: string;
}

/** A record with what became of it; one that is not in the list any more has nothing but its ids. */
export type Changed<T extends DirectoryRecord> = Pick<T, 'kind' | 'tenantId' | 'id'> & Partial<T> & SourceChange;

/** Another object that a relation leads to, for example a member of a group. */
export interface RelatedObject {
	id: string;
	/** `user`, `group`, `device`, …; empty where the service did not say. */
	type: string;
}
