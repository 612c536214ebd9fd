/** A new password on its way to whoever hands it to its owner. */
export interface Secret {
	/** Names this secret in the sink, in items and in errors; says nothing about it. */
	reference: string;
	/** Entra tenant id, a GUID in lower case. */
	tenantId: string;
	/** Entra object id, a GUID in lower case. */
	userId: string;
	userPrincipalName: string;
	password: string;
	/** The user has to choose another password at the next sign-in. */
	mustChange: boolean;
	/** ISO 8601: from then on the sink may forget it. */
	expiresHint: string;
}

/** Takes secrets, so that they never come into an item, a log or an error of n8n. */
export interface SecretSink {
	/** For people: "the secret sink vault.example.com". */
	readonly name: string;
	/**
	 * @returns the reference by which the secret is found in the sink
	 * @throws SyncError when it was not taken, or nobody knows whether it was
	 */
	deliver(secret: Secret): Promise<string>;
	/**
	 * Takes a secret back that came to nothing; one that the sink does not have is no error.
	 *
	 * @throws SyncError when the sink does not say that it is gone
	 */
	withdraw(reference: string): Promise<void>;
}
