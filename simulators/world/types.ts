import type { PartnerSeed } from './partnerTypes';
import type { ServicesSeed } from './tenantServices';
import type { UserServices } from './userServices';

/** A text, or nothing. An unset property of the directory is missing here and `null` in Graph's answers. */
type Text = string | null;

/** A user as the directory stores them: only what was ever set. Names are Graph's own. */
export interface UserSeed extends UserServices {
	/** GUID in lower case. */
	id: string;
	userPrincipalName: string;
	displayName: string;
	accountEnabled?: boolean | null;
	userType?: 'Member' | 'Guest' | null;
	givenName?: Text;
	surname?: Text;
	mail?: Text;
	mailNickname?: Text;
	proxyAddresses?: readonly string[];
	otherMails?: readonly string[];
	businessPhones?: readonly string[];
	mobilePhone?: Text;
	jobTitle?: Text;
	department?: Text;
	companyName?: Text;
	officeLocation?: Text;
	streetAddress?: Text;
	city?: Text;
	state?: Text;
	postalCode?: Text;
	country?: Text;
	usageLocation?: Text;
	preferredLanguage?: Text;
	employeeId?: Text;
	externalUserState?: Text;
	createdDateTime?: Text;
	deletedDateTime?: Text;
	lastPasswordChangeDateTime?: Text;
	/** Sessions from before are worth nothing. */
	signInSessionsValidFromDateTime?: Text;
	/** Without the password itself: Graph never shows it. */
	passwordProfile?: { forceChangePasswordNextSignIn?: boolean; forceChangePasswordNextSignInWithMfa?: boolean };
	employeeHireDate?: Text;
	employeeLeaveDateTime?: Text;
	employeeType?: Text;
	onPremisesSyncEnabled?: boolean | null;
	onPremisesExtensionAttributes?: Readonly<Partial<Record<ExtensionAttribute, Text>>>;
	assignedLicenses?: ReadonlyArray<{ skuId: string; disabledPlans: readonly string[] }>;
	/** Read only with `$select`; missing for somebody who never signed in. */
	signInActivity?: SignInActivity;
	/** Object id of the manager; Graph shows it as the navigation property `manager`. */
	managerId?: string;
	/** Directory extension: the app id that defined it without its dashes, and a name. */
	[extension: `extension_${string}`]: Text | boolean | number | readonly string[] | undefined;
}

export type ExtensionAttribute = `extensionAttribute${1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9 | 10 | 11 | 12 | 13 | 14 | 15}`;

export interface SignInActivity {
	lastSignInDateTime: string | null;
	lastSignInRequestId: string | null;
	lastNonInteractiveSignInDateTime: string | null;
	lastNonInteractiveSignInRequestId: string | null;
	lastSuccessfulSignInDateTime: string | null;
	lastSuccessfulSignInRequestId: string | null;
}

export type MemberType = 'user' | 'group' | 'device' | 'orgContact' | 'servicePrincipal';

export interface MemberSeed {
	type: MemberType;
	id: string;
}

export interface GroupSeed {
	id: string;
	displayName: string;
	description?: Text;
	/** `Unified`: Microsoft 365 group; `DynamicMembership`: by rule. */
	groupTypes?: readonly string[];
	mail?: Text;
	mailNickname?: Text;
	mailEnabled?: boolean;
	securityEnabled?: boolean;
	membershipRule?: Text;
	membershipRuleProcessingState?: Text;
	isAssignableToRole?: boolean | null;
	visibility?: Text;
	createdDateTime?: Text;
	proxyAddresses?: readonly string[];
	onPremisesSyncEnabled?: boolean | null;
	resourceProvisioningOptions?: readonly string[];
	/** A function is called once, when the members are first asked for. */
	members: readonly MemberSeed[] | (() => readonly MemberSeed[]);
	owners?: readonly MemberSeed[];
}

/** A device that Entra knows: registered, joined, or joined to a domain as well. Names are Graph's own. */
export interface DeviceSeed {
	/** Object id, GUID in lower case. */
	id: string;
	/** The device's own GUID: what Intune calls `azureADDeviceId`. */
	deviceId: string;
	displayName: string;
	accountEnabled?: boolean | null;
	operatingSystem?: Text;
	operatingSystemVersion?: Text;
	/** `Workplace`: registered; `AzureAd`: joined; `ServerAd`: joined to a domain of the premises, too. */
	trustType?: 'Workplace' | 'AzureAd' | 'ServerAd' | null;
	profileType?: Text;
	/** Null while no management said anything. */
	isCompliant?: boolean | null;
	isManaged?: boolean | null;
	managementType?: Text;
	enrollmentType?: Text;
	manufacturer?: Text;
	model?: Text;
	/** `Company`, `Personal`, `Unknown`. */
	deviceOwnership?: Text;
	approximateLastSignInDateTime?: Text;
	registrationDateTime?: Text;
	onPremisesSyncEnabled?: boolean | null;
	physicalIds?: readonly string[];
	registeredOwners?: readonly MemberSeed[];
	registeredUsers?: readonly MemberSeed[];
}

export type SubscriptionStatus = 'Enabled' | 'Warning' | 'Suspended' | 'Deleted' | 'LockedOut';

/** One purchase of licences of a kind. */
export interface SubscriptionSeed {
	/** GUID. */
	id: string;
	totalLicenses: number;
	/** Default Enabled. */
	status?: SubscriptionStatus;
	isTrial?: boolean;
	createdDateTime?: Text;
	/** When it is renewed, or ends. */
	nextLifecycleDateTime?: Text;
	/** The partner who sold it. */
	ownerTenantId?: Text;
}

/** Licences of one kind. How many are used is counted from the users. */
export interface SkuSeed {
	skuId: string;
	skuPartNumber: string;
	/** Licences bought, where `subscriptions` does not say it: all of them in one subscription. */
	enabled: number;
	/** Purchases that make up the licences; given, they decide and `enabled` says nothing. */
	subscriptions?: readonly SubscriptionSeed[];
	/** Default: that of the subscriptions, the best of them. */
	capabilityStatus?: SubscriptionStatus;
	servicePlans: ReadonlyArray<{ servicePlanId: string; servicePlanName: string }>;
}

export interface DomainSeed {
	/** The domain's name. */
	id: string;
	isDefault?: boolean;
	/** The tenant's onmicrosoft.com name. */
	isInitial?: boolean;
	/** Default Managed. Federated: passwords live with another identity provider. */
	authenticationType?: 'Managed' | 'Federated';
}

export interface RoleSeed {
	id: string;
	displayName: string;
	roleTemplateId: string;
	description?: string;
	members: readonly MemberSeed[];
}

/** Delegated permissions that an administrator of a tenant consented to, for everybody who signs in there. */
export interface DelegatedGrantSeed {
	/** App id of the API, see `RESOURCE_APPS`. */
	resourceAppId: string;
	/** For example `User.Read.All`. */
	scopes: readonly string[];
}

/** An app's presence in one tenant: what was installed and consented to there. */
export interface ServicePrincipalSeed {
	appId: string;
	/** Object id of the service principal. */
	objectId: string;
	/** Application permissions that were consented to, for example `User.Read.All`. Empty: installed without consent. */
	roles: readonly string[];
	/** At most one for each API. Missing: nobody consented to act for a user here. */
	delegatedGrants?: readonly DelegatedGrantSeed[];
	/** False: sign-in fails with AADSTS7000112. */
	enabled?: boolean;
	/** Sign-in works, but Graph does not know the caller yet: 401 `Authorization_IdentityNotFound`. */
	unknownToGraph?: boolean;
}

/** A secret of an app registration, without the secret. */
export interface PasswordCredentialSeed {
	keyId: string;
	displayName?: Text;
	/** First characters of the secret. */
	hint?: Text;
	startDateTime: string;
	endDateTime: string;
}

/** A certificate of an app registration. */
export interface KeyCredentialSeed {
	keyId: string;
	displayName?: Text;
	/** Thumbprint in base64. */
	customKeyIdentifier?: Text;
	startDateTime: string;
	endDateTime: string;
}

/** An app registration in its home tenant, as an administrator sees it. */
export interface ApplicationSeed {
	/** Object id; not the app id. */
	id: string;
	appId: string;
	displayName: string;
	createdDateTime?: Text;
	signInAudience?: 'AzureADMyOrg' | 'AzureADMultipleOrgs' | 'AzureADandPersonalMicrosoftAccount';
	passwordCredentials?: readonly PasswordCredentialSeed[];
	keyCredentials?: readonly KeyCredentialSeed[];
	/** Users and service principals. */
	owners?: readonly MemberSeed[];
}

/** What the tenant has bought that changes what Graph answers. */
export interface TenantFeatures {
	/** Entra ID P1: sign-in activity, registration details. */
	hasP1: boolean;
	hasIntune: boolean;
	hasExchange: boolean;
}

/** What Conditional Access asks of every user who signs in to a tenant. */
export type ConditionalAccess = 'allow' | 'requireMfa' | 'block';

export interface TenantSeed {
	/** GUID in lower case. */
	tenantId: string;
	displayName: string;
	domains: readonly DomainSeed[];
	features: TenantFeatures;
	/** Default `allow`. */
	conditionalAccess?: ConditionalAccess;
	/** This tenant is a partner's: its customers. */
	partner?: PartnerSeed;
	organization?: Record<string, unknown>;
	users: readonly UserSeed[];
	deletedUsers?: readonly UserSeed[];
	groups?: readonly GroupSeed[];
	devices?: readonly DeviceSeed[];
	applications?: readonly ApplicationSeed[];
	skus?: readonly SkuSeed[];
	roles?: readonly RoleSeed[];
	servicePrincipals?: readonly ServicePrincipalSeed[];
	/** What the services beside the directory keep. */
	services?: ServicesSeed;
}

export interface AppSecret {
	/** The id that the portal shows beside the value; pasting it instead of the value is the classic mistake. */
	keyId: string;
	value: string;
	/** ISO 8601. */
	endDateTime: string;
}

/** An app registration, in whichever tenant it lives. Where it may be used says each tenant's service principals. */
export interface AppSeed {
	appId: string;
	displayName: string;
	secrets: readonly AppSecret[];
	/** PEM certificates that were registered for the app. */
	certificates: readonly string[];
	/** Where sign-in may send the browser back to. Missing: no user can sign in to this app. */
	redirectUris?: readonly string[];
}
