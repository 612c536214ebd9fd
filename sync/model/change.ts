import type { Pairing } from './pairing';
import type { FieldValue } from './targetRecord';

/** One field of one change. `before` is missing where the record does not exist yet. */
export interface FieldChange {
	/** `TargetField.name`. */
	field: string;
	label: string;
	before?: FieldValue;
	after: FieldValue;
	/** Done once and for all, such as a mail: no record holds it, it is never repeated and can't be undone. */
	once?: true;
}

/**
 * - `create`, `update`, `delete`: as they say
 * - `deactivate`: marks the record of a leaver in a field; nothing is removed
 * - `link`: writes nothing to the target; remembers that source and record belong together
 */
export type ChangeAction = 'create' | 'update' | 'link' | 'deactivate' | 'delete';

/** In preview nothing is written anywhere but the plan's own row in the ledger. */
export type PlanMode = 'preview' | 'apply';

/** One difference between what the target holds and what it should hold. */
export interface Change {
	kind: 'change';
	planId: string;
	mode: PlanMode;
	pairing: Pairing;
	action: ChangeAction;
	/** Id of the source record; the link is kept under it. */
	sourceId: string;
	/** Id in the target; missing for `create`. */
	recordId?: string;
	/** The name of the source record, for reports. */
	label: string;
	fields: FieldChange[];
	/** Why this change is there, in one sentence. */
	reason: string;
	/** What it means beyond the fields, for example "+37.50 a month". */
	consequence?: string;
	/** The rule that paired source and record, where there is a record. */
	rule?: string;
	/** Read the record again before writing, and leave it alone unless each field still holds `before`. */
	verifyBefore?: boolean;
	/** The source that the record is linked to until now, and that is gone: that link is dropped with the write. */
	replaces?: string;
	/** After the write the link is dropped (deletes, undone creates). */
	unlink?: boolean;
}

/** One change, carried out or not. */
export interface ChangeOutcome {
	kind: 'outcome';
	planId: string;
	pairing: Pairing;
	action: ChangeAction;
	/**
	 * - `applied`; `adopted`: the create had already arrived in an earlier, interrupted run
	 * - `previewed`: would have been applied
	 * - `conflict`: the target no longer holds `before`; the next plan decides anew
	 * - `failed`: `message` says why and what to do; the next run tries again
	 */
	outcome: 'applied' | 'adopted' | 'previewed' | 'conflict' | 'failed';
	sourceId: string;
	recordId?: string;
	label: string;
	message: string;
	/** Fields that the target did not store as sent. */
	notStored?: string[];
	/** With `previewed`: what would be sent, where the target tells. Headers, which hold the secret, are left out. */
	request?: PlannedRequest;
}

/** A request as it would be sent: `path` with its query, below the host; `body` as JSON. */
export interface PlannedRequest {
	method: string;
	path: string;
	body?: object;
}
