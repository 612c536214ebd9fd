import type { Call } from '../http/call';
import type { Clock } from '../http/clock';
import type { Change, FieldChange, PlannedRequest } from '../model/change';
import type { Pairing } from '../model/pairing';
import type { TargetDefinition } from '../model/targetDefinition';
import type { TargetRecord } from '../model/targetRecord';

/** What a store is told with every request of a change. */
export interface StoreRequest {
	change: Change;
	call: Call;
	/** For messages, for example `update the contact "Ada" (12)`. */
	doing: string;
}

/**
 * How one kind of records of a target is read and written while a plan is carried out; each folder of a target makes
 * its own. Everything that goes wrong is thrown as `SyncError`, and as `LostReply` where a write may have been carried
 * out all the same.
 */
export interface RecordStore {
	readonly definition: TargetDefinition;
	/** The account of the credential. */
	readonly account: string;
	readonly clock: Clock;
	/** How the codes of the target's own failures begin, for example `syncro.`: these are outcomes, others end the run. */
	readonly failures: string;
	/** Waits without letting go of what the caller must keep alive. */
	wait(milliseconds: number, call: Call): Promise<void>;
	/** The target knows a change that it gets twice: a create whose reply was lost is sent once more before anybody looks. */
	readonly deduplicates?: boolean;
	/** Every record of the customer, or at least those that creating this one may have made. Without it the target cannot be asked. */
	list?(pairing: Pairing, call: Call, change: Change): Promise<TargetRecord[]>;
	/** One record as it is now; class `notFound` when there is none. */
	get(id: string, request: StoreRequest): Promise<TargetRecord>;
	/** @returns the record as the target stored it */
	create(fields: readonly FieldChange[], request: StoreRequest): Promise<TargetRecord>;
	/** Writes these fields, and keeps everything else. @returns the record as the target stored it */
	update(current: TargetRecord, fields: readonly FieldChange[], request: StoreRequest): Promise<TargetRecord>;
	/** Takes the record away for good, or closes it; class `notFound` when it is gone already. */
	remove(current: TargetRecord, request: StoreRequest): Promise<void>;
	/** Sends the invitation of the record by mail; absent where the builder did not turn that on, or there is none. */
	invite?(record: TargetRecord, request: StoreRequest): Promise<void>;
	/** A field that a create may leave out and an update then stores. */
	storedLater?(field: FieldChange): boolean;
	/** What carrying out the change would send, for previews; undefined: nothing. Only reads. */
	requestFor?(change: Change, call: Call): Promise<PlannedRequest | undefined>;
	/** What to do when fields do not stick, in one sentence. */
	notStoredRemedy?(fields: readonly FieldChange[]): string | undefined;
}
