import type { Change, ChangeAction, FieldChange, PlanMode } from './change';
import type { Pairing } from './pairing';
import type { ListMode } from './sourceChange';

/** One record, or with `scope: 'plan'` one brake, that somebody must decide on. */
export interface Held {
	kind: 'held';
	planId: string;
	scope: 'record' | 'plan';
	pairing: Pairing;
	/** Machine-readable, for example `severalRecords`, `emailTaken`, `creates`. */
	code: string;
	/** What was found, with its numbers. */
	reason: string;
	/** What to press or change. */
	whatToDo: string;
	/** With `scope: 'record'`: what would have been done, where that is known. */
	action?: ChangeAction;
	sourceId?: string;
	recordId?: string;
	label?: string;
	fields?: FieldChange[];
	/** See `Change.consequence`. */
	consequence?: string;
	candidates?: Array<{ id: string; name?: unknown; email?: unknown }>;
}

/** A safeguard that was judged on the whole plan before its first write. */
export interface Brake {
	code: 'removals' | 'sourceShrank' | 'identityUpdates' | 'creates' | 'pairing' | 'billedChanges' | 'clearedLicences';
	tripped: boolean;
	measured: number;
	limit: number;
	/** One sentence with the numbers. */
	text: string;
}

export interface PlanCounts {
	/** Records in the source list. */
	sources: number;
	/** Records in the target list. */
	records: number;
	create: number;
	update: number;
	link: number;
	deactivate: number;
	delete: number;
	unchanged: number;
	skipped: number;
	/** Records held one by one; a plan held as a whole says so in `verdict`. */
	held: number;
	unmanaged: number;
}

export interface Skipped {
	label: string;
	sourceId?: string;
	recordId?: string;
	code: string;
	reason: string;
	/** It is only put off: a later run takes it up by itself. */
	waits?: true;
}

export interface Plan {
	/** Fingerprint of pairing, changes and brakes: computing the same plan again gives the same id. */
	planId: string;
	mode: PlanMode;
	/** Whether everybody was compared, or only who changed. */
	listMode: ListMode;
	pairing: Pairing;
	verdict: 'ok' | 'held' | 'allowed';
	changes: Change[];
	held: Held[];
	skipped: Skipped[];
	brakes: Brake[];
	counts: PlanCounts;
}
