import type { DirectoryUser } from '../../world/tenantDirectory';
import type { AuthenticationMethodSeed, RegistrationFacts } from '../../world/userServices';
import type { EntityType, FilterSupport } from './entityType';

const FLAG: FilterSupport = { eq: 'default' };
const TEXT: FilterSupport = { eq: 'default', startsWith: 'default' };

/** What the report on authentication methods knows of a user (CSDL in the contract's OpenAPI). */
export const REGISTRATION: EntityType = {
	name: 'microsoft.graph.userRegistrationDetails',
	outsideDirectory: true,
	properties: {
		id: 'text',
		userPrincipalName: 'text',
		userDisplayName: 'text',
		userType: 'text',
		isAdmin: 'boolean',
		isSsprRegistered: 'boolean',
		isSsprEnabled: 'boolean',
		isSsprCapable: 'boolean',
		isMfaRegistered: 'boolean',
		isMfaCapable: 'boolean',
		isPasswordlessCapable: 'boolean',
		methodsRegistered: 'texts',
		isSystemPreferredAuthenticationMethodEnabled: 'boolean',
		systemPreferredAuthenticationMethods: 'texts',
		userPreferredMethodForSecondaryAuthentication: 'text',
		lastUpdatedDateTime: 'date',
	},
	filter: {
		id: FLAG,
		userPrincipalName: TEXT,
		userDisplayName: TEXT,
		userType: FLAG,
		isAdmin: FLAG,
		isSsprRegistered: FLAG,
		isSsprEnabled: FLAG,
		isSsprCapable: FLAG,
		isMfaRegistered: FLAG,
		isMfaCapable: FLAG,
		isPasswordlessCapable: FLAG,
		methodsRegistered: FLAG,
		userPreferredMethodForSecondaryAuthentication: FLAG,
		lastUpdatedDateTime: { eq: 'default', range: 'default' },
	},
	orderBy: { userPrincipalName: 'default', userDisplayName: 'default' },
};

type MethodType = AuthenticationMethodSeed['type'];

/** What the report calls a method. A phone is named after its kind. */
const REGISTERED_AS: Readonly<Record<Exclude<MethodType, 'phone'>, readonly string[]>> = {
	microsoftAuthenticator: ['microsoftAuthenticatorPush', 'softwareOneTimePasscode'],
	fido2: ['fido2'],
	windowsHelloForBusiness: ['windowsHelloForBusiness'],
	softwareOath: ['softwareOneTimePasscode'],
	temporaryAccessPass: ['temporaryAccessPass'],
	email: ['email'],
	platformCredential: ['macOsSecureEnclaveKey'],
};
const PHONES: Readonly<Record<string, string>> = { mobile: 'mobilePhone', alternateMobile: 'alternateMobilePhone', office: 'officePhone' };

/** Not good as a second factor. */
const WEAK: readonly MethodType[] = ['email', 'temporaryAccessPass'];
const PASSWORDLESS: readonly MethodType[] = ['fido2', 'windowsHelloForBusiness', 'platformCredential'];
/** Good for resetting one's own password. */
const FOR_RESET: readonly MethodType[] = ['phone', 'microsoftAuthenticator', 'softwareOath', 'email'];

/** @param updated when the report was made, ISO 8601 */
export function registrationOf(user: DirectoryUser, isAdmin: boolean, updated: string): Readonly<Record<string, unknown>> {
	const methods = user.authenticationMethods ?? [];
	const any = (types: readonly MethodType[]) => methods.some(({ type }) => types.includes(type));
	const isMfaRegistered = methods.some(({ type }) => !WEAK.includes(type));
	const isSsprRegistered = any(FOR_RESET);
	const preferred = preferredMethod(methods);
	const facts: RegistrationFacts = {
		isMfaRegistered,
		isMfaCapable: isMfaRegistered,
		isPasswordlessCapable: any(PASSWORDLESS),
		isSsprRegistered,
		isSsprEnabled: true,
		isSsprCapable: isSsprRegistered,
		userPreferredMethodForSecondaryAuthentication: preferred,
		...user.registration,
	};
	return {
		id: user.id,
		userPrincipalName: user.userPrincipalName,
		userDisplayName: user.displayName,
		userType: user.userType === 'Guest' ? 'guest' : 'member',
		isAdmin,
		...facts,
		methodsRegistered: [...new Set(methods.flatMap(namesOf))],
		isSystemPreferredAuthenticationMethodEnabled: true,
		systemPreferredAuthenticationMethods: preferred === 'none' ? [] : [preferred],
		lastUpdatedDateTime: updated,
	};
}

function namesOf(method: AuthenticationMethodSeed): readonly string[] {
	return method.type === 'phone' ? [PHONES[String(method.phoneType)] ?? 'mobilePhone'] : REGISTERED_AS[method.type];
}

function preferredMethod(methods: readonly AuthenticationMethodSeed[]): RegistrationFacts['userPreferredMethodForSecondaryAuthentication'] {
	const has = (type: MethodType) => methods.some((method) => method.type === type);
	if (has('microsoftAuthenticator')) return 'push';
	if (has('softwareOath')) return 'oath';
	return has('phone') ? 'sms' : 'none';
}
