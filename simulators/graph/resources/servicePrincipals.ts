import { RESOURCE_APPS } from '../../world/delegatedConsent';
import { guidOf } from '../../world/random';
import type { ServicePrincipalSeed } from '../../world/types';
import { SERVICE_PRINCIPAL } from '../entities/consent';
import { appRoleId } from '../graphAppRoles';
import type { GraphAnswer, GraphCall, GraphResource } from '../graphCall';
import { identifierInvalid, notFound } from '../graphFailure';
import { LIST_OPTIONS, listPage, type Listed } from '../odata/list';
import { project, selectedProperties } from '../odata/projection';
import { contextOf } from './users';

/** Source: Microsoft's pages of the operations below; the same names delegated and for apps. */
export const APPLICATION_READERS = ['Application.Read.All', 'Application.ReadWrite.All', 'Directory.Read.All', 'Directory.ReadWrite.All'] as const;

/** Microsoft's own tenant, in which its APIs are registered. */
const MICROSOFT_TENANT = 'f8cdef31-a31e-4b4a-93e4-5f571e91255a';
const GUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** An app or an API in one tenant, as Graph shows it. */
export interface ShownPrincipal extends Listed {
	id: string;
	appId: string;
	displayName: string;
	/** Undefined: an API of Microsoft's. */
	installed?: ServicePrincipalSeed;
	/** Everything that Graph shows. */
	properties: Readonly<Record<string, unknown>>;
}

export const servicePrincipals: GraphResource = {
	path: 'servicePrincipals',
	permissions: APPLICATION_READERS,
	resourceUnits: 1,
	options: LIST_OPTIONS.filter((option) => option !== '$expand'),
	answer: (call) => {
		const select = call.query.names('$select');
		const properties = selectedProperties(SERVICE_PRINCIPAL, select, { collection: true });
		return listPage<ShownPrincipal>({
			call,
			items: principalsOf(call),
			entity: SERVICE_PRINCIPAL,
			context: `servicePrincipals${contextOf(select)}`,
			subject: (principal) => principal.properties,
			render: (principal) => project(principal.properties, SERVICE_PRINCIPAL, properties),
		});
	},
};

export const servicePrincipal: GraphResource = {
	path: 'servicePrincipals/{id}',
	permissions: APPLICATION_READERS,
	resourceUnits: 1,
	options: ['$select'],
	answer: (call) => one(call, principalById(call)),
};

export const servicePrincipalByAppId: GraphResource = {
	...servicePrincipal,
	path: "servicePrincipals(appId='{appId}')",
	answer: (call) => one(call, principalByAppId(call)),
};

/** The service principals of a tenant: the APIs first, then the apps that were installed. */
export function principalsOf(call: GraphCall): ShownPrincipal[] {
	const { tenant, world } = call;
	const apis = [apiPrincipal(call, RESOURCE_APPS.graph, 'Microsoft Graph', graphPermissions(call))];
	if (tenant.partner) apis.push(apiPrincipal(call, RESOURCE_APPS.partnerCenter, 'Microsoft Partner Center', { scopes: ['user_impersonation'], roles: [] }));
	const apps = tenant.servicePrincipals.map((installed): ShownPrincipal => {
		const { appId, objectId } = installed;
		const displayName = world.apps.find((app) => app.appId === appId)?.displayName ?? appId;
		const properties = {
			...common(objectId, appId, displayName),
			accountEnabled: installed.enabled !== false,
			appOwnerOrganizationId: world.tenants.find((each) => each.applications.some((application) => application.appId === appId))?.tenantId,
			replyUrls: world.apps.find((app) => app.appId === appId)?.redirectUris,
		};
		return { id: objectId, appId, displayName, installed, properties, sequence: 0 };
	});
	return [...apis, ...apps].map((principal, index) => ({ ...principal, sequence: index + 1 }));
}

/** The object id of an API's service principal in a tenant. */
export function apiPrincipalId(tenantId: string, appId: string): string {
	return guidOf(`service principal ${tenantId} ${appId}`);
}

/** The one that the path names by object id; 400 for anything but a GUID, 404 for an unknown one. */
export function principalById(call: GraphCall): ShownPrincipal {
	const { id } = call.parameters;
	if (!GUID.test(id)) throw identifierInvalid(id);
	const found = principalsOf(call).find((principal) => principal.id === id.toLowerCase());
	if (!found) throw notFound(id);
	return found;
}

/** The one that the path names by app id. */
export function principalByAppId(call: GraphCall): ShownPrincipal {
	const { appId } = call.parameters;
	const found = principalsOf(call).find((principal) => principal.appId === appId.toLowerCase());
	if (!found) throw notFound(appId);
	return found;
}

function one(call: GraphCall, principal: ShownPrincipal): GraphAnswer {
	const select = call.query.names('$select');
	const properties = selectedProperties(SERVICE_PRINCIPAL, select, { collection: false });
	return {
		status: 200,
		body: {
			'@odata.context': `${call.origin}/v1.0/$metadata#servicePrincipals${contextOf(select)}/$entity`,
			...project(principal.properties, SERVICE_PRINCIPAL, properties),
		},
	};
}

function apiPrincipal(call: GraphCall, appId: string, displayName: string, permissions: { scopes: readonly string[]; roles: readonly string[] }): ShownPrincipal {
	const id = apiPrincipalId(call.tenant.tenantId, appId);
	const properties = {
		...common(id, appId, displayName),
		accountEnabled: true,
		appOwnerOrganizationId: MICROSOFT_TENANT,
		appRoles: permissions.roles.map((value) => ({
			allowedMemberTypes: ['Application'],
			description: value,
			displayName: value,
			id: appRoleId(value),
			isEnabled: true,
			origin: 'Application',
			value,
		})),
		oauth2PermissionScopes: permissions.scopes.map((value) => ({
			adminConsentDescription: value,
			adminConsentDisplayName: value,
			id: guidOf(`scope ${appId} ${value}`),
			isEnabled: true,
			type: 'Admin',
			userConsentDescription: value,
			userConsentDisplayName: value,
			value,
		})),
	};
	return { id, appId, displayName, properties, sequence: 0 };
}

function common(id: string, appId: string, displayName: string): Record<string, unknown> {
	return {
		id,
		appId,
		displayName,
		appDisplayName: displayName,
		appRoleAssignmentRequired: false,
		servicePrincipalNames: [appId],
		servicePrincipalType: 'Application',
		signInAudience: 'AzureADMultipleOrgs',
	};
}

/** Every permission that anybody in this world was given: more of Graph's nobody can ask for here. */
function graphPermissions({ world }: GraphCall): { scopes: string[]; roles: string[] } {
	const principals = world.tenants.flatMap((tenant) => tenant.servicePrincipals);
	const scopes = principals.flatMap(({ delegatedGrants = [] }) =>
		delegatedGrants.flatMap((grant) => (grant.resourceAppId === RESOURCE_APPS.graph ? grant.scopes : [])),
	);
	return { scopes: [...new Set(scopes)].sort(), roles: [...new Set(principals.flatMap(({ roles }) => roles))].sort() };
}
