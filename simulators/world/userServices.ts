/** Kinds of mailbox, as `mailboxSettings/userPurpose` tells them. */
export type MailboxKind = 'user' | 'linked' | 'shared' | 'room' | 'equipment' | 'others';

/** What the services of Microsoft 365 know about a user beside the directory. Dates without a time are `yyyy-mm-dd`. */
export interface UserServices {
	/** Default: a mailbox of their own where a licence brings Exchange, else none. */
	mailboxKind?: MailboxKind;
	/** Default: numbers of the simulator's own, always the same for a user. */
	mailbox?: Partial<MailboxFacts>;
	/** Missing: they have never used anything. */
	activity?: ActivitySeed;
	/** Installations of Microsoft 365 Apps. */
	activations?: readonly ActivationSeed[];
	/** Ways to prove who they are, beside the password that everybody has. */
	authenticationMethods?: readonly AuthenticationMethodSeed[];
	/** Where the registration report says something else than the methods let expect. */
	registration?: Partial<RegistrationFacts>;
}

export interface MailboxFacts {
	itemCount: number;
	storageUsedBytes: number;
	deletedItemCount: number;
	hasArchive: boolean;
}

/** Days of the last activity, by service. */
export interface ActivitySeed {
	exchange?: string;
	oneDrive?: string;
	sharePoint?: string;
	skypeForBusiness?: string;
	yammer?: string;
	teams?: string;
	apps?: {
		lastActivationDate?: string;
		lastActivityDate?: string;
		/** `Outlook (Windows)` and so on. */
		used: readonly string[];
	};
}

export interface ActivationSeed {
	/** As the report writes it, in upper case. */
	product: string;
	lastActivatedDate?: string;
	/** Devices of each kind. */
	windows?: number;
	mac?: number;
	ios?: number;
	android?: number;
	onSharedComputer?: boolean;
}

/** An authentication method as Graph shows it: its `@odata.type` without the namespace, and what its type has. */
export interface AuthenticationMethodSeed {
	type: 'phone' | 'microsoftAuthenticator' | 'fido2' | 'windowsHelloForBusiness' | 'softwareOath' | 'temporaryAccessPass' | 'email' | 'platformCredential';
	/** GUID. */
	id: string;
	createdDateTime?: string | null;
	[property: string]: unknown;
}

export interface RegistrationFacts {
	isMfaRegistered: boolean;
	/** Registered for a method that the tenant's policy allows. */
	isMfaCapable: boolean;
	isPasswordlessCapable: boolean;
	isSsprRegistered: boolean;
	isSsprEnabled: boolean;
	isSsprCapable: boolean;
	userPreferredMethodForSecondaryAuthentication: 'push' | 'oath' | 'voiceMobile' | 'voiceAlternateMobile' | 'voiceOffice' | 'sms' | 'none';
}
