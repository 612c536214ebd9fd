/** A secret or a certificate of an app registration; never the secret itself. */
export interface AppCredential {
	kind: 'appCredential';
	/** Entra tenant id, a GUID in lower case. */
	tenantId: string;
	/** Application (client) id, a GUID in lower case. */
	appId: string;
	appName: string | null;
	/** Object id of the app registration. */
	applicationId: string;
	/** It is the registration of the app that asks. */
	own: boolean;
	credentialType: 'secret' | 'certificate';
	/** Id of the secret or certificate in the registration, lower case. */
	keyId: string;
	/** The description that somebody gave it; for a certificate mostly its subject. */
	name: string | null;
	/** First characters of the secret, as the portal shows them. */
	hint: string | null;
	/** Base64 as Graph gives it; certificates only. */
	thumbprint: string | null;
	startDateTime: string | null;
	endDateTime: string | null;
	/** Whole days until it ends, negative when it has ended; null: no end is known. */
	daysLeft: number | null;
	expired: boolean;
	/** Of all credentials of its app, it ends last: while it lasts the app can sign in. */
	lastsLongest: boolean;
}
