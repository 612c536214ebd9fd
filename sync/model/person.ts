/**
 * A person as Microsoft Entra ID knows them, in the neutral shape that flows between the steps.
 * Property names are Entra's own where Entra has one, so that administrators recognise them; a property
 * that was not read is missing from the object (see blank.ts).
 */
export interface Person {
	kind: 'person';
	/** Entra tenant (directory) id, a GUID in lower case. */
	tenantId: string;
	/** Entra object id, a GUID in lower case. It never changes, so links are kept by it. */
	id: string;
	displayName?: string | null;
	givenName?: string | null;
	surname?: string | null;
	userPrincipalName?: string | null;
	mail?: string | null;
	/** Derived by `personEmail`; absent when neither `mail` nor the user principal name was read. */
	email?: string | null;
	/** Every SMTP address of the mailbox, primary included, without the `smtp:` prefix. */
	aliases?: string[];
	userType?: 'Member' | 'Guest';
	accountEnabled?: boolean | null;
	/** GUIDs (lower case) of the subscriptions assigned to this person. */
	licenceSkuIds?: string[];
	businessPhones?: string[];
	mobilePhone?: string | null;
	jobTitle?: string | null;
	department?: string | null;
	companyName?: string | null;
	officeLocation?: string | null;
	streetAddress?: string | null;
	city?: string | null;
	state?: string | null;
	postalCode?: string | null;
	country?: string | null;
	/** Null: nobody. */
	manager?: Manager | null;
	managerId?: string | null;
	/** Names of the subscriptions, in the order of `licenceSkuIds`. */
	licenceNames?: string[];
	/** Names of the licence families held, lowest rank first. */
	licenceFamilies?: string[];
	/** The highest of them; null: none. */
	licenceFamily?: string | null;
	/** Registered as capable of a second factor, or not. Absent, like `mfaMethods`: not known. */
	mfaStatus?: 'enabled' | 'disabled';
	/** For example microsoftAuthenticatorPush, mobilePhone; sorted. */
	mfaMethods?: string[];
	/** Newest known sign-in or use, `YYYY-MM-DD`. Absent: not known, or none known. */
	lastActivity?: string;
	/** As Exchange Online calls it: user, shared, room, equipment, linked or others; null: no mailbox there. */
	mailboxKind?: string | null;
	/** Holds a directory role now, directly or by a group. */
	isAdministrator?: boolean;
	/** Names of the directory roles held. */
	adminRoles?: string[];
	/** Address of the person in the Entra admin center. */
	adminCentreLink?: string;
	/** Any further property the builder chose to read. */
	[property: string]: unknown;
}

/** What is told of a manager. */
export interface Manager {
	/** Object id, a GUID in lower case. */
	id: string;
	displayName?: string | null;
	userPrincipalName?: string | null;
	mail?: string | null;
}

/**
 * Where a linked person who is not in the source list is now. The list alone cannot tell: a filter, a
 * disabled account and a deletion look the same in it.
 */
export type Whereabouts = 'filteredOut' | 'disabled' | 'softDeleted' | 'gone' | 'unchecked';

/**
 * The address that identifies a person: `mail`, else the user principal name unless that is only the
 * tenant's technical onmicrosoft.com name (which guests have as well: `name_domain#EXT#@…onmicrosoft.com`).
 *
 * @returns the address, `null` when the person has none, `undefined` when it was not read
 */
export function personEmail(
	mail: string | null | undefined,
	userPrincipalName: string | null | undefined,
): string | null | undefined {
	if (typeof mail === 'string' && mail.trim() !== '') return mail.trim();
	if (userPrincipalName === undefined) return mail === undefined ? undefined : null;
	if (mail === undefined) return undefined;
	const upn = userPrincipalName?.trim() ?? '';
	if (!upn.includes('@') || /[@.]onmicrosoft\.(com|us|cn|de)$/i.test(upn) || /\.partner\.onmschina\.cn$/i.test(upn)) {
		return null;
	}
	return upn;
}
