import type { ChangeAction, FieldChange, PlanMode } from '../model/change';
import type { NotKept } from '../model/match';
import type { Pairing } from '../model/pairing';
import type { PlanCounts } from '../model/plan';
import type { SyncError } from '../model/syncError';

/** Moments are milliseconds since 1970-01-01T00:00Z, as `Date.now()` gives them. */
export type Moment = number;

/**
 * - `running`: holds the lock of its pairing until `leaseUntil`
 * - `succeeded`, `partial` (some records failed), `held` (the plan waits for a person), `previewed`, `failed`
 * - `abandoned`: its holder died; closed by the next run of the pairing
 */
export type RunStatus = 'running' | 'succeeded' | 'partial' | 'held' | 'previewed' | 'failed' | 'abandoned';

export interface Run {
	runId: string;
	pairing: Pairing;
	status: RunStatus;
	/**
	 * The n8n execution that holds the run; Plan and Apply find their run by it. It must differ between all n8n that
	 * share the ledger; what people know of it stands behind the last slash.
	 */
	executionId: string;
	workflowId?: string;
	workflowName?: string;
	startedAt: Moment;
	finishedAt?: Moment;
	leaseUntil: Moment;
	/** People in the source list; what the next run is compared with. */
	sourceCount?: number;
	planId?: string;
	counts?: Partial<PlanCounts> & Record<string, number>;
	message?: string;
}

export interface RunRequest {
	pairing: Pairing;
	executionId: string;
	workflowId?: string;
	workflowName?: string;
	leaseSeconds: number;
}

export interface RunResult {
	status: Exclude<RunStatus, 'running' | 'abandoned'>;
	message?: string;
	counts?: Run['counts'];
}

/** A remembered pair: source object id ↔ target object id. */
export interface Link {
	pairing: Pairing;
	sourceId: string;
	recordId: string;
	/** How the pair was found: a match rule, `created`, `openIntent`, or `manual`. */
	rule: string;
	linkedAt: Moment;
	/** What this package last wrote, by field name. */
	lastWritten: Record<string, string | null>;
	/** Values that the target did not keep when they were last written; absent where it kept all. */
	notKept?: NotKept;
}

/** A pair that is remembered, or (`unlink`) forgotten, without anything being written to the target. */
export interface LinkChange extends Pick<RecordedChange, 'pairing' | 'sourceId' | 'label'> {
	recordId: string;
	rule: string;
	unlink?: boolean;
	/** The source whose link to the same record is dropped. */
	replaces?: string;
	message: string;
}

/**
 * - `intended`: written down, not known to have arrived (open)
 * - `applied`, `failed`
 * - `dropped`: found not to have arrived, or overtaken by a later run
 */
export type ChangeState = 'intended' | 'applied' | 'failed' | 'dropped';

/** One change as the ledger keeps it: intent before the write, result after it. */
export interface RecordedChange {
	changeId: string;
	runId: string;
	planId: string;
	pairing: Pairing;
	action: ChangeAction;
	sourceId: string;
	recordId?: string;
	label: string;
	fields: FieldChange[];
	/** What the target stored of it, by field name; present once it is applied. */
	written?: Record<string, string | null>;
	state: ChangeState;
	message?: string;
	intendedAt: Moment;
	settledAt?: Moment;
}

export interface RecordedPlan {
	planId: string;
	pairing: Pairing;
	mode: PlanMode;
	verdict: 'ok' | 'held' | 'allowed';
	counts: PlanCounts;
	reasons: string[];
	/**
	 * When this plan was first computed; an allowance counts 24 hours from here. A plan that is held again more
	 * than 12 hours later, and was never carried out, counts from then: otherwise a plan that stays the same over a
	 * weekend could never be allowed any more.
	 */
	firstSeenAt: Moment;
	/** When a held plan was carried out; it is allowed once. */
	consumedAt?: Moment;
}

/** A mail that invites somebody to a portal. It is remembered until the person is erased: nobody is invited twice. */
export interface Invitation {
	pairing: Pairing;
	/** In the form in which the target compares addresses. */
	address: string;
	sourceId: string;
	/**
	 * - `announced`: about to be sent; after a crash or a lost reply nobody knows whether it was
	 * - `sent`
	 * - `refused`: certainly not sent; it may be tried again
	 */
	state: 'announced' | 'sent' | 'refused';
	changedAt: Moment;
}

/** A tenant ↔ customer pair as the administrator confirmed it. */
export interface PairingRecord extends Pairing {
	tenantName?: string;
	tenantDomains: string[];
	customerName?: string;
	/** Only tried out, in a preview: it stands in nobody's way and gives way to any other. Absent: firm. */
	tentative?: true;
	pairedAt: Moment;
}

/** What a cursor belongs to: each property list and each sync has its own (DESIGN 4). */
export interface CursorKey {
	/** GUID, lower case. */
	tenantId: string;
	/** `users`, `groups` or `devices`. */
	resource: string;
	/** A fingerprint of what is read of each object, and by which app: read otherwise, changes would be missing. */
	properties: string;
	/** What the builder calls the sync. */
	syncName: string;
}

/** How far changes were carried out. */
export interface Cursor extends CursorKey {
	/** The delta link; from there the service tells what changed since. */
	link: string;
	movedAt: Moment;
}

/** A cursor with what it remembers of single objects, by their ids. */
export interface KnownCursor extends Cursor {
	/** Held or failed in an earlier run: to be taken up by the next. */
	open: string[];
	/** Deleted, and may be restored. Forgotten after 31 days. */
	softDeleted: string[];
}

/** How far an execution has read. The cursor moves there when the run ends well; of a run that dies nothing remains. */
export interface CursorProposal extends CursorKey {
	executionId: string;
	link: string;
	/** The link that the changes were read from; missing when there was no cursor. */
	from?: string;
	softDeleted: readonly string[];
	noLongerSoftDeleted: readonly string[];
}

export type CursorFilter = Partial<Pick<CursorKey, 'tenantId' | 'resource' | 'syncName'>>;

/**
 * The store of links, runs, decisions and what was last written. Every method is one atomic step, durable when
 * its promise resolves. Methods throw `SyncError` with class `ledger` for refusals that a person must
 * understand and class `unavailable` when the store cannot be reached or written.
 */
export interface Ledger {
	// Runs
	/**
	 * Takes the lock of the pairing and starts a run. A run of the pairing whose lease has expired is closed as
	 * `abandoned` and returned beside the new one. Throws `ledger.runInProgress` while another run holds the
	 * lock, `ledger.pairingConflict` when the tenant or the customer is paired otherwise.
	 */
	startRun(request: RunRequest): Promise<{ run: Run; abandoned?: Run }>;
	/**
	 * The running run of this n8n execution; with a pairing, only the one of that pairing. A run whose lease has
	 * expired is found for another hour, and only by the ledger object that began it: its process is alive.
	 */
	runOfExecution(executionId: string, pairing?: Pairing): Promise<Run | undefined>;
	/**
	 * Extends the lease, never shortens it. A lease that has expired can be renewed as long as no other run took
	 * the lock. Throws `ledger.leaseLost` when the run no longer holds the lock. */
	renewLease(runId: string, leaseSeconds: number): Promise<void>;
	/**
	 * Records what the plan found, before anything is written to the target. Without a source count (an undo) the
	 * run is not what a later run is compared with. Throws `ledger.leaseLost` when the run no longer holds the lock.
	 */
	notePlan(runId: string, planId: string, sourceCount: number | undefined, counts: PlanCounts): Promise<void>;
	/** Ends the run and frees the lock. A run that has ended stays as it is (the first result wins). */
	finishRun(runId: string, result: RunResult): Promise<Run>;
	getRun(runId: string): Promise<Run | undefined>;
	/** Newest first. */
	listRuns(filter: { pairing?: Partial<Pairing>; status?: RunStatus; limit: number }): Promise<Run[]>;
	/**
	 * The newest run of the pairing that ended as `succeeded` or `partial` and knows its source count; of this workflow, where it
	 * has one: another workflow may read other people into the same target.
	 */
	lastGoodRun(pairing: Pairing, workflowId?: string): Promise<Run | undefined>;

	// Links
	links(pairing: Pairing): Promise<Link[]>;
	listLinks(filter: { pairing?: Partial<Pairing>; sourceId?: string; limit: number }): Promise<Link[]>;
	/**
	 * Forgets the links of a person, of a record, or of a whole pairing; anything wider is refused.
	 *
	 * @returns how many links were forgotten
	 */
	forgetLink(filter: { pairing?: Partial<Pairing>; sourceId?: string; recordId?: string }): Promise<number>;

	// Changes
	/**
	 * Writes the intent of a change down before it is sent. Throws `ledger.leaseLost` when the run no longer holds
	 * the lock: then nothing may be sent. Throws `ledger.alreadyCreated` for a create of a person who has a link in
	 * the pairing, or whom this run has created or begun to create.
	 *
	 * @returns its changeId
	 */
	intend(change: Omit<RecordedChange, 'changeId' | 'written' | 'state' | 'intendedAt' | 'settledAt' | 'message'>): Promise<string>;
	/**
	 * The change arrived: closes the intent, and in the same step writes, moves or (`unlink`) drops the link.
	 * Other open creates of the same person in the pairing are dropped with it. A link that stays on its record
	 * keeps its rule and `linkedAt`, and `written` and `notKept` are laid over what it knows. The link that
	 * the source `replaces` has to the same record is dropped. Throws `ledger.recordLinked`, and
	 * leaves the intent open, when the record is linked to another person.
	 */
	remember(changeId: string, result: { recordId?: string; rule: string; written: Record<string, string | null>; notKept?: Record<string, string | null>; replaces?: string; unlink?: boolean; message?: string }): Promise<void>;
	/**
	 * `intend` and `remember` of many changes that write nothing to the target, in one step. All belong to the run
	 * and its pairing; throws as `intend` does.
	 *
	 * @param links a few hundred at a time: everybody else waits for the step to end
	 * @returns for each, in order, why it was refused (`ledger.recordLinked`; it is recorded as failed), or undefined
	 */
	rememberLinks(runId: string, planId: string, links: readonly LinkChange[]): Promise<Array<SyncError | undefined>>;
	/**
	 * The change did not arrive (`failed`, `dropped`), or nobody knows (`intended` with a message). A change that
	 * is remembered as applied stays so.
	 */
	settle(changeId: string, state: Exclude<ChangeState, 'applied'>, message: string): Promise<void>;
	/** Open creates of a pairing, oldest first: sent or about to be sent, outcome unknown. */
	openIntents(pairing: Pairing): Promise<RecordedChange[]>;
	/** Changes of a run in the order in which they were made. */
	changesOfRun(runId: string): Promise<RecordedChange[]>;

	// Invitations
	/**
	 * Writes down that an invitation is about to be sent. Throws `ledger.leaseLost` when the run no longer holds the lock.
	 *
	 * @returns the earlier invitation of this address (in any customer of the account) or of this person, which was sent
	 *   or may have been: then none may be sent. Undefined: this one may, once.
	 */
	announceInvitation(runId: string, invitation: Pick<Invitation, 'pairing' | 'address' | 'sourceId'>): Promise<Invitation | undefined>;
	/** What became of an announced invitation. Where that is not known, it stays announced. */
	settleInvitation(invitation: Pick<Invitation, 'pairing' | 'address'>, state: 'sent' | 'refused'): Promise<void>;
	/** Of the whole target account, whichever customer they belong to. */
	invitations(account: Pick<Pairing, 'target' | 'account'>): Promise<Invitation[]>;

	// Plans
	/**
	 * Stores the plan, or, when it is known, keeps its `firstSeenAt` (but see there) and `consumedAt`.
	 *
	 * @returns what is stored
	 */
	savePlan(plan: Omit<RecordedPlan, 'firstSeenAt' | 'consumedAt'>): Promise<RecordedPlan>;
	getPlan(planId: string): Promise<RecordedPlan | undefined>;
	/** Uses up the allowance of a held plan. Throws `ledger.planUsed` when it was used before. */
	consumePlan(planId: string): Promise<void>;

	// Pairings
	/**
	 * Tentative pairings of the same tenant or customer are removed. A firm pairing stays firm when it is set again
	 * tentatively. Throws `ledger.pairingConflict` when tenant or customer is firmly paired otherwise, unless `replace`.
	 */
	setPairing(record: Omit<PairingRecord, 'pairedAt'>, options: { replace: boolean }): Promise<PairingRecord>;
	listPairings(filter: Partial<Pairing>): Promise<PairingRecord[]>;
	/** Removes the pairing; its links stay, for the day it is paired again. @returns false when there was none */
	removePairing(pairing: Pairing): Promise<boolean>;

	// Cursors
	knownCursor(key: CursorKey): Promise<KnownCursor | undefined>;
	/** Notes how far the execution has read; what it noted of this cursor before is replaced. Moves nothing. */
	proposeCursor(proposal: CursorProposal): Promise<void>;
	/** Which cursors the execution has noted for this tenant, and not moved. */
	proposedCursors(executionId: string, tenantId: string): Promise<CursorKey[]>;
	/**
	 * People whose changes were read and are not carried out (held, failed): when the execution's cursors of users of
	 * this tenant move, these stand open there. Without such a proposal it does nothing.
	 */
	standOpen(executionId: string, tenantId: string, sourceIds: readonly string[]): Promise<void>;
	/**
	 * Moves the cursors to where the execution has read, and in the same step remembers what stands open and what is
	 * deleted; what stood open before was read again, and stands open no more. A cursor that meanwhile moved, or was
	 * forgotten, stays: `overtaken`.
	 *
	 * @param which of the execution's cursors; without it all
	 */
	moveCursors(executionId: string, which?: Partial<CursorKey>): Promise<{ moved: Cursor[]; overtaken: CursorKey[] }>;
	/** By tenant, resource and sync. */
	listCursors(filter: CursorFilter & { limit: number }): Promise<Array<Cursor & { open: number; softDeleted: number }>>;
	/**
	 * The next read of each is a whole one. Proposals are forgotten with them.
	 *
	 * @returns how many cursors were forgotten
	 */
	forgetCursors(filter: CursorFilter): Promise<number>;

	// People and upkeep
	/**
	 * Removes every trace of a person, and of findings about them (ids that end with `:<id>`): links, invitations, ids in cursors, and ids, names and values in changes and messages. The changes stay
	 * as empty rows, so that the counts of runs stay true.
	 *
	 * @returns what was removed
	 */
	erasePerson(personId: string): Promise<{ links: number; changes: number }>;
	/**
	 * Deletes ended runs, their changes, plans, and cursors that last moved earlier. Open creates stay, and so does the last
	 * good run of each pairing (without its changes): a later run is compared with it.
	 *
	 * @returns deleted runs
	 */
	prune(olderThan: Moment): Promise<number>;

	close(): Promise<void>;
}
