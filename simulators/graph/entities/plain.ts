import type { EntityType, PropertyType } from './entityType';

/** A kind of object whose lists come on one page and take `$select` at most. */
const plain = (name: string, properties: Record<string, PropertyType>, filter: EntityType['filter'] = {}): EntityType => ({
	name,
	properties,
	filter,
	orderBy: {},
});

export const ORGANIZATION = plain('microsoft.graph.organization', {
	id: 'text',
	deletedDateTime: 'date',
	assignedPlans: 'objects',
	businessPhones: 'texts',
	city: 'text',
	country: 'text',
	countryLetterCode: 'text',
	createdDateTime: 'date',
	defaultUsageLocation: 'text',
	displayName: 'text',
	marketingNotificationEmails: 'texts',
	mobileDeviceManagementAuthority: 'text',
	onPremisesLastSyncDateTime: 'date',
	onPremisesSyncEnabled: 'boolean',
	partnerTenantType: 'text',
	postalCode: 'text',
	preferredLanguage: 'text',
	privacyProfile: 'object',
	provisionedPlans: 'objects',
	securityComplianceNotificationMails: 'texts',
	securityComplianceNotificationPhones: 'texts',
	state: 'text',
	street: 'text',
	technicalNotificationMails: 'texts',
	tenantType: 'text',
	verifiedDomains: 'objects',
});

export const SUBSCRIBED_SKU = plain('microsoft.graph.subscribedSku', {
	accountId: 'text',
	accountName: 'text',
	appliesTo: 'text',
	capabilityStatus: 'text',
	consumedUnits: 'number',
	id: 'text',
	prepaidUnits: 'object',
	servicePlans: 'objects',
	skuId: 'guid',
	skuPartNumber: 'text',
	subscriptionIds: 'texts',
});

export const COMPANY_SUBSCRIPTION = plain(
	'microsoft.graph.companySubscription',
	{
		commerceSubscriptionId: 'text',
		createdDateTime: 'date',
		id: 'text',
		isTrial: 'boolean',
		nextLifecycleDateTime: 'date',
		ownerId: 'text',
		ownerTenantId: 'text',
		ownerType: 'text',
		serviceStatus: 'objects',
		skuId: 'text',
		skuPartNumber: 'text',
		status: 'text',
		totalLicenses: 'number',
	},
	{ id: { eq: 'default' }, commerceSubscriptionId: { eq: 'default' } },
);

export const LICENSE_DETAILS = plain('microsoft.graph.licenseDetails', {
	id: 'text',
	servicePlans: 'objects',
	skuId: 'guid',
	skuPartNumber: 'text',
});

export const DOMAIN = plain('microsoft.graph.domain', {
	authenticationType: 'text',
	availabilityStatus: 'text',
	id: 'text',
	isAdminManaged: 'boolean',
	isDefault: 'boolean',
	isInitial: 'boolean',
	isRoot: 'boolean',
	isVerified: 'boolean',
	manufacturer: 'text',
	model: 'text',
	passwordNotificationWindowInDays: 'number',
	passwordValidityPeriodInDays: 'number',
	state: 'object',
	supportedServices: 'texts',
});

export const DIRECTORY_ROLE = plain(
	'microsoft.graph.directoryRole',
	{ id: 'text', deletedDateTime: 'date', description: 'text', displayName: 'text', roleTemplateId: 'text' },
	{ displayName: { eq: 'default' }, roleTemplateId: { eq: 'default' } },
);

/** Members of kinds of which the world keeps ids only. */
export const OTHER_OBJECT = plain('microsoft.graph.directoryObject', { id: 'text', deletedDateTime: 'date' });
