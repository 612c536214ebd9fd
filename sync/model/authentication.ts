/**
 * How somebody signs in. What could not be read is absent, never false: "not registered" may start a campaign, "unknown"
 * must not.
 */
export interface AuthenticationStatus {
	kind: 'authentication';
	/** GUID, lower case. */
	tenantId: string;
	/** Entra object id, lower case. */
	personId: string;
	userPrincipalName?: string | null;
	displayName?: string | null;
	userType?: 'Member' | 'Guest';
	/** Has a strong method registered, allowed by policy or not. */
	mfaRegistered?: boolean;
	/** Has one that the tenant's policy allows. */
	mfaCapable?: boolean;
	passwordlessCapable?: boolean;
	ssprRegistered?: boolean;
	ssprEnabled?: boolean;
	ssprCapable?: boolean;
	/** Holds a directory role. */
	administrator?: boolean | null;
	/** For example microsoftAuthenticatorPush, mobilePhone, fido2; sorted. */
	methods: string[];
	/** Chosen by the person for the second step: push, oath, voiceMobile, sms …; null: none. */
	defaultMethod?: string | null;
	/** When the report last looked, ISO 8601. */
	lastUpdated?: string | null;
	/** `registrationReport`: in bulk; `userMethods`: asked for this person alone. */
	source: 'registrationReport' | 'userMethods';
}
