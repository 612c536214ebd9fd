import { guidOf } from './random';
import type { TenantDirectory } from './tenantDirectory';

/** App ids of the APIs that tokens are issued for; Microsoft's own, the same in every tenant. */
export const RESOURCE_APPS = {
	graph: '00000003-0000-0000-c000-000000000000',
	/** Source: Microsoft's "Enable the secure application model framework". */
	partnerCenter: 'fa3d9a0c-3fb0-42cc-9193-47c7ecd2edbd',
} as const;

/**
 * Consents for everybody in the tenant to exactly these delegated permissions of one API, installing the app where it is
 * not. Application permissions, and other APIs, stay as they are. No scopes: takes the consent back.
 */
export function consentDelegated(tenant: TenantDirectory, appId: string, resourceAppId: string, scopes: readonly string[]): void {
	let principal = tenant.servicePrincipals.find((each) => each.appId === appId);
	if (!principal) {
		principal = { appId, objectId: guidOf(`service principal ${tenant.tenantId} ${appId}`), roles: [] };
		tenant.servicePrincipals.push(principal);
	}
	const others = (principal.delegatedGrants ?? []).filter((grant) => grant.resourceAppId !== resourceAppId);
	principal.delegatedGrants = scopes.length === 0 ? others : [...others, { resourceAppId, scopes }];
}

/** Delegated permissions of one API that an app was given in a tenant. */
export function delegatedScopes(tenant: TenantDirectory, appId: string, resourceAppId: string): readonly string[] {
	const principal = tenant.servicePrincipals.find((each) => each.appId === appId);
	return principal?.delegatedGrants?.find((grant) => grant.resourceAppId === resourceAppId)?.scopes ?? [];
}
