import type { Owner } from './owner';

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

/** A secret or certificate that is due: somebody must renew it. */
export interface ExpiringAppCredential extends Omit<AppCredential, 'kind' | 'daysLeft'> {
	kind: 'expiringAppCredential';
	/** Absent: it may not be read. */
	tenantName?: string;
	/** Whole days until it ends, negative when it has ended. */
	daysLeft: number;
	/** The last threshold that it has passed, in days before its end; null: it has ended. */
	threshold: number | null;
	/** The same as long as no further threshold is passed: what was told under it need not be told again. */
	alertKey: string;
	/** Who can renew it without being an administrator; apps among them have no e-mail address. */
	owners: Owner[];
	/** For a message: names of the owners, or that an administrator must do it. */
	whoMustRenew: string;
	/** Separated by commas, as mail nodes take them; empty where no owner has one that is known. */
	ownerEmails: string;
	/** In one line. */
	title: string;
	text: string;
	whatToDo: string;
}
