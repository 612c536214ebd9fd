import type { EntityType, FilterSupport } from './entityType';

/**
 * What a partner reads about its customers. Properties after the contract's OpenAPI; that these lists can be filtered and
 * sorted is documented, by what only for single properties ("Supports $orderby"): names, status, customer and end.
 */
const EQUAL: FilterSupport = { eq: 'default', in: 'default' };
const TEXT: FilterSupport = { ...EQUAL, startsWith: 'default' };

export const DELEGATED_ADMIN_CUSTOMER: EntityType = {
	name: 'microsoft.graph.delegatedAdminCustomer',
	properties: { id: 'text', tenantId: 'text', displayName: 'text' },
	filter: { id: EQUAL, tenantId: EQUAL, displayName: TEXT },
	orderBy: { displayName: 'default' },
};

export const DELEGATED_ADMIN_RELATIONSHIP: EntityType = {
	name: 'microsoft.graph.delegatedAdminRelationship',
	properties: {
		id: 'text',
		displayName: 'text',
		duration: 'text',
		autoExtendDuration: 'text',
		customer: 'object',
		accessDetails: 'object',
		status: 'text',
		createdDateTime: 'date',
		lastModifiedDateTime: 'date',
		activatedDateTime: 'date',
		endDateTime: 'date',
	},
	members: { customer: { tenantId: 'text', displayName: 'text' } },
	filter: { status: EQUAL, displayName: TEXT, customer: EQUAL, endDateTime: { eq: 'default', range: 'default' } },
	orderBy: { displayName: 'default', createdDateTime: 'default', endDateTime: 'default' },
};

export const DELEGATED_ADMIN_ACCESS_ASSIGNMENT: EntityType = {
	name: 'microsoft.graph.delegatedAdminAccessAssignment',
	properties: {
		id: 'text',
		status: 'text',
		createdDateTime: 'date',
		lastModifiedDateTime: 'date',
		accessContainer: 'object',
		accessDetails: 'object',
	},
	filter: { status: EQUAL },
	orderBy: { createdDateTime: 'default' },
};

/** "Filtering is supported for customerId, defaultDomainName, and displayName." Source: Microsoft's "List contracts". */
export const CONTRACT: EntityType = {
	name: 'microsoft.graph.contract',
	properties: { id: 'text', deletedDateTime: 'date', contractType: 'text', customerId: 'guid', defaultDomainName: 'text', displayName: 'text' },
	filter: { customerId: { eq: 'default' }, defaultDomainName: { eq: 'default' }, displayName: { eq: 'default' } },
	orderBy: {},
};
