/** What a caller may want to tell apart; `code` in SyncError is finer. */
export type SyncErrorClass =
	/** Wrong credentials or settings: a person must act. */
	| 'configuration'
	/** A permission or a role is missing: a person must give it, or the feature is left out. */
	| 'notPermitted'
	/** The feature is not licensed in this tenant: skip it. */
	| 'notLicensed'
	/** The service or the network failed: try again later. */
	| 'unavailable'
	/** The record or the request was refused. */
	| 'refused'
	/** The record is not there. */
	| 'notFound'
	/** The input of a node is not what it should be. */
	| 'input'
	/** The ledger refused: a run in progress, a plan that is not allowed. */
	| 'ledger';

export interface SyncErrorDetails {
	class: SyncErrorClass;
	/** Machine-readable, for example `AADSTS7000222` or `syncro.429`. */
	code: string;
	/** What to do next, in one or two sentences. */
	remedy: string;
	tenantId?: string;
	httpStatus?: number;
	/** Ids that the service's support asks for. */
	requestId?: string;
	/** Seconds that the service asked to wait. */
	retryAfterSeconds?: number;
	cause?: unknown;
}

/**
 * Something that went wrong, told to a person: `message` says what happened and to which record or tenant,
 * `remedy` what to do next. It never carries a secret, a token or a response body as a whole.
 */
export class SyncError extends Error {
	readonly class: SyncErrorClass;
	readonly code: string;
	readonly remedy: string;
	readonly tenantId?: string;
	readonly httpStatus?: number;
	readonly requestId?: string;
	readonly retryAfterSeconds?: number;

	constructor(message: string, details: SyncErrorDetails) {
		super(message, details.cause === undefined ? undefined : { cause: details.cause });
		this.name = 'SyncError';
		this.class = details.class;
		this.code = details.code;
		this.remedy = details.remedy;
		this.tenantId = details.tenantId;
		this.httpStatus = details.httpStatus;
		this.requestId = details.requestId;
		this.retryAfterSeconds = details.retryAfterSeconds;
	}
}
