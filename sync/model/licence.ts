/** A subscribed SKU of a tenant: what is bought, what of it is assigned, and until when it runs. */
export interface Licence {
	kind: 'licence';
	/** GUID, lower case. */
	tenantId: string;
	/** GUID of the SKU, lower case. It never changes, unlike the names. */
	skuId: string;
	/** Microsoft's short name, for example SPB. */
	skuPartNumber: string;
	/** As invoices and the admin center call it, for example Microsoft 365 Business Premium; the short name where no other is known. */
	displayName: string;
	/** Costs nothing: usually left out where licences are counted for a bill. */
	free: boolean;
	/** Enabled, Warning (expired, still usable), Suspended, Deleted or LockedOut. */
	capabilityStatus: string | null;
	/** `User`: assigned to people; `Company`: holds for the whole tenant. */
	appliesTo: string | null;
	/** Bought and running. */
	enabledUnits: number;
	/** Assigned. */
	consumedUnits: number;
	/** Can still be assigned: enabled and warning, less consumed; never below 0. */
	availableUnits: number;
	suspendedUnits: number;
	/** Expired, in the days of grace. */
	warningUnits: number;
	lockedOutUnits: number;
	/** The subscriptions behind it, soonest date first. Absent, like `trial` and `nextLifecycleDate`: they could not be read. */
	subscriptions?: LicenceSubscription[];
	/** Every one of the subscriptions is a trial. Absent also where there is none. */
	trial?: boolean;
	/** The soonest renewal or end of a subscription that still counts, ISO 8601; null: none is known. */
	nextLifecycleDate?: string | null;
}

/** One purchase of a SKU. */
export interface LicenceSubscription {
	id: string;
	/** The id in Microsoft's commerce systems, as partner portals show it. */
	commerceSubscriptionId: string | null;
	status: string | null;
	totalLicences: number | null;
	trial: boolean | null;
	createdDateTime: string | null;
	/** Renewal or end, ISO 8601. */
	nextLifecycleDateTime: string | null;
}

/** A licence as somebody holds it. */
export interface HeldLicence {
	skuId: string;
	/** Short name; null: the tenant's subscriptions could not be read, or no longer list it. */
	skuPartNumber: string | null;
	/** The name of the product; the GUID where none is known. */
	licence: string;
	free: boolean;
	/** How it was given; null: the service did not say. */
	assignedBy: 'user' | 'group' | 'userAndGroup' | null;
	/** Groups that give it, GUIDs in lower case. */
	groupIds: string[];
	/** Active, ActiveWithError, Disabled or Error, as the service calls it. */
	assignmentState: string | null;
	/** Why the assignment is not in order, for example CountViolation; null: it is. */
	assignmentError: string | null;
	/** When the assignment last changed, ISO 8601. */
	assignmentChanged: string | null;
}

/** Who holds licences, as far as it matters for them. */
export interface LicenceOwner {
	/** Entra object id, lower case. */
	personId: string;
	userPrincipalName: string | null;
	displayName: string | null;
	mail: string | null;
	userType: 'Member' | 'Guest';
	/** False: nobody can sign in with it, and the licence is paid all the same. */
	accountEnabled: boolean | null;
	createdDateTime: string | null;
}

/** One licence of one person. */
export interface LicenceHolder extends LicenceOwner, HeldLicence {
	kind: 'licenceHolder';
	tenantId: string;
}

/** A person with all licences. */
export interface LicensedPerson extends LicenceOwner {
	kind: 'licensedPerson';
	tenantId: string;
	licences: HeldLicence[];
}

/** How often a licence is held. */
export interface LicenceCount extends Pick<HeldLicence, 'skuId' | 'skuPartNumber' | 'licence' | 'free'> {
	kind: 'licenceCount';
	tenantId: string;
	holders: number;
	/** Of these, disabled accounts. */
	disabledHolders: number;
	guestHolders: number;
	/** Given by a group, and not directly. */
	byGroupOnly: number;
	/** Assignments that are not in order. */
	withError: number;
}
