import type { EntityType, FilterSupport } from './entityType';

const EQUAL: FilterSupport = { eq: 'default', in: 'default' };

/** What was installed and consented to in a tenant. Properties after Microsoft's resource pages of the three types. */
export const SERVICE_PRINCIPAL: EntityType = {
	name: 'microsoft.graph.servicePrincipal',
	properties: {
		id: 'text',
		deletedDateTime: 'date',
		accountEnabled: 'boolean',
		appDescription: 'text',
		appDisplayName: 'text',
		appId: 'text',
		appOwnerOrganizationId: 'guid',
		appRoleAssignmentRequired: 'boolean',
		appRoles: 'objects',
		description: 'text',
		disabledByMicrosoftStatus: 'text',
		displayName: 'text',
		homepage: 'text',
		keyCredentials: 'objects',
		oauth2PermissionScopes: 'objects',
		passwordCredentials: 'objects',
		replyUrls: 'texts',
		servicePrincipalNames: 'texts',
		servicePrincipalType: 'text',
		signInAudience: 'text',
		tags: 'texts',
	},
	filter: {
		id: EQUAL,
		accountEnabled: EQUAL,
		appId: EQUAL,
		displayName: { ...EQUAL, startsWith: 'default' },
		servicePrincipalNames: { eq: 'default', startsWith: 'default' },
	},
	orderBy: { displayName: 'default' },
};

export const APP_ROLE_ASSIGNMENT: EntityType = {
	name: 'microsoft.graph.appRoleAssignment',
	properties: {
		id: 'text',
		deletedDateTime: 'date',
		appRoleId: 'guid',
		createdDateTime: 'date',
		principalDisplayName: 'text',
		principalId: 'guid',
		principalType: 'text',
		resourceDisplayName: 'text',
		resourceId: 'guid',
	},
	filter: { resourceId: { eq: 'default' }, principalDisplayName: { eq: 'default', startsWith: 'default' } },
	orderBy: {},
};

export const OAUTH2_PERMISSION_GRANT: EntityType = {
	name: 'microsoft.graph.oAuth2PermissionGrant',
	properties: { id: 'text', clientId: 'text', consentType: 'text', principalId: 'text', resourceId: 'text', scope: 'text' },
	filter: { clientId: { eq: 'default' }, consentType: { eq: 'default' }, principalId: { eq: 'default' }, resourceId: { eq: 'default' } },
	orderBy: {},
};
