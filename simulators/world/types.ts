/** A text, or nothing. An unset property of the directory is missing here and `null` in Graph's answers. */
type Text = string | null;

/** A user as the directory stores them: only what was ever set. Names are Graph's own. */
export interface UserSeed {
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
	onPremisesSyncEnabled?: boolean | null;
	assignedLicenses?: ReadonlyArray<{ skuId: string; disabledPlans: readonly string[] }>;
	/** Read only with `$select`; missing for somebody who never signed in. */
	signInActivity?: SignInActivity;
	/** Object id of the manager; Graph shows it as the navigation property `manager`. */
	managerId?: string;
}

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
	/** A function is called once, when the members are first asked for. */
	members: readonly MemberSeed[] | (() => readonly MemberSeed[]);
}

/** A subscription. How many are used is counted from the users. */
export interface SkuSeed {
	skuId: string;
	skuPartNumber: string;
	/** Licences bought. */
	enabled: number;
	capabilityStatus?: 'Enabled' | 'Warning' | 'Suspended' | 'Deleted' | 'LockedOut';
	servicePlans: ReadonlyArray<{ servicePlanId: string; servicePlanName: string }>;
}

export interface DomainSeed {
	/** The domain's name. */
	id: string;
	isDefault?: boolean;
	/** The tenant's onmicrosoft.com name. */
	isInitial?: boolean;
}

export interface RoleSeed {
	id: string;
	displayName: string;
	roleTemplateId: string;
	description?: string;
	members: readonly MemberSeed[];
}

/** An app's presence in one tenant: what was installed and consented to there. */
export interface ServicePrincipalSeed {
	appId: string;
	/** Object id of the service principal. */
	objectId: string;
	/** Application permissions that were consented to, for example `User.Read.All`. Empty: installed without consent. */
	roles: readonly string[];
	/** False: sign-in fails with AADSTS7000112. */
	enabled?: boolean;
	/** Sign-in works, but Graph does not know the caller yet: 401 `Authorization_IdentityNotFound`. */
	unknownToGraph?: boolean;
}

/** What the tenant has bought that changes what Graph answers. */
export interface TenantFeatures {
	/** Entra ID P1: sign-in activity, registration details. */
	hasP1: boolean;
	hasIntune: boolean;
	hasExchange: boolean;
}

export interface TenantSeed {
	/** GUID in lower case. */
	tenantId: string;
	displayName: string;
	domains: readonly DomainSeed[];
	features: TenantFeatures;
	organization?: Record<string, unknown>;
	users: readonly UserSeed[];
	deletedUsers?: readonly UserSeed[];
	groups?: readonly GroupSeed[];
	skus?: readonly SkuSeed[];
	roles?: readonly RoleSeed[];
	servicePrincipals?: readonly ServicePrincipalSeed[];
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
}
