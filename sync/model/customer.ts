/** A customer of a partner: the tenant, and how the partner is let in there. A property that was not read is absent. */
export interface Customer {
	kind: 'customer';
	/** The customer's tenant, a GUID in lower case. */
	tenantId: string;
	/** The tenant of the partner whose customer it is. */
	partnerTenantId: string;
	displayName: string | null;
	/** Of the CSP contract; absent when contracts were not read, `null` for a customer without one. */
	defaultDomain?: string | null;
	/** Whether the partner sells to the customer as a cloud solution provider (CSP). */
	hasContract?: boolean;
	/** The relationship that lets the partner in for the longest: whether there is an active one. */
	hasAccess?: boolean;
	/** The status of that relationship; without an active one, of the newest; `null` without any. */
	status?: RelationshipStatus | null;
	/** When the active relationship ends if nobody extends it. */
	endDateTime?: string | null;
	/** Whole days until then. */
	daysLeft?: number | null;
	/** Whether the active relationship extends itself at its end. */
	autoExtend?: boolean | null;
	/** All granular relationships (GDAP) with the customer, the longest first; ended ones included. */
	relationships?: Relationship[];
}

/** Microsoft may add to them. */
export type RelationshipStatus =
	| 'activating'
	| 'active'
	| 'approvalPending'
	| 'approved'
	| 'created'
	| 'expired'
	| 'expiring'
	| 'terminated'
	| 'terminating'
	| 'terminationRequested'
	| (string & {});

/** A granular delegated admin relationship (GDAP) between a partner and a customer. */
export interface Relationship {
	id: string;
	displayName: string | null;
	status: RelationshipStatus;
	/** GUID in lower case; `null` as long as no customer has approved it. */
	customerTenantId: string | null;
	customerName: string | null;
	/** Template ids of the directory roles that the customer approved, lower case. */
	roleIds: string[];
	createdDateTime: string | null;
	activatedDateTime: string | null;
	endDateTime: string | null;
	autoExtend: boolean;
}
