/** What happens to the record of a source record that left, or is disabled. */
export type LeaverPolicy = 'leave' | 'hold' | 'deactivate' | 'delete';

/** What happens to source records without a record. */
export type NewPolicy = 'create' | 'hold' | 'skip';

export interface Policies {
	new: NewPolicy;
	/** Linked source records that are really gone from Microsoft 365. */
	orphaned: LeaverPolicy;
	/** Disabled accounts; `sync` treats them like everybody else where they were read. */
	disabled: LeaverPolicy | 'sync';
	guests: 'skip' | 'sync';
	/** What `deactivate` writes: a field and its value. */
	mark: { field: string; value: string };
	/** `deactivate` also sets the field that stops messages, where the target has one (`TargetDefinition.optOutField`). */
	optOut?: boolean;
}
