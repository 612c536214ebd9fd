/** Names and values of a relationship and its assignments are Graph's own (contract B9). */
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
	| 'terminationRequested';

export type AssignmentStatus = 'pending' | 'active' | 'deleting' | 'deleted' | 'error';

/** A security group of the partner that holds some roles of a relationship. */
export interface AccessAssignmentSeed {
	/** GUID. */
	id: string;
	/** Object id of a group in the partner's tenant. */
	groupId: string;
	/** Template ids of directory roles; those that the relationship lacks give nothing. */
	roles: readonly string[];
	/** Default `active`. */
	status?: AssignmentStatus;
}

/** A granular delegated admin relationship (GDAP). */
export interface RelationshipSeed {
	/** GUID; Graph appends the partner's tenant id. */
	id: string;
	displayName: string;
	customerTenantId: string;
	customerName: string;
	status: RelationshipStatus;
	/** Template ids of the directory roles that the customer approved. */
	roles: readonly string[];
	/** ISO 8601 in days, for example `P730D`, which is the longest. */
	duration: string;
	/** `P180D`, or `PT0S` for a relationship that just ends. */
	autoExtendDuration: 'P180D' | 'PT0S';
	createdDateTime: string;
	/** Missing while the customer has not approved it. */
	activatedDateTime?: string;
	endDateTime?: string;
	assignments?: readonly AccessAssignmentSeed[];
	/** Graph types it `resellerDelegatedAdminRelationship`: the one that comes with a reseller's offer. */
	ofReseller?: boolean;
}

/** A customer of the Cloud Solution Provider programme, with or without GDAP. */
export interface ContractSeed {
	id: string;
	customerTenantId: string;
	displayName: string;
	defaultDomainName: string;
	/** `Contract`: sells to the customer directly. */
	contractType?: 'Contract' | 'ResellerPartnerContract' | 'SyndicationPartner' | 'BreadthPartner';
}

export interface PartnerSeed {
	relationships: readonly RelationshipSeed[];
	contracts: readonly ContractSeed[];
	/** Group whose members have the Admin agent role of Partner Center. */
	adminAgentsGroupId: string;
}
