import type { TenantDirectory } from '../world/tenantDirectory';
import type { LoginOptions } from './loginOptions';
import { findTenant } from './tenantName';
import { appDisabled, appUnknown, resourceUnknown, scopeMalformed, scopeNotDefault } from './tokenError';
import type { TokenRequest } from './tokenRequest';

/** The grant `client_credentials`: an app signs in as itself (contract A1). */
export function appSignIn(tenantName: string, request: TokenRequest, options: LoginOptions): Record<string, unknown> {
	const tenant = findTenant(tenantName, options.world, 'invalid_request');
	const appId = request.clientId;
	const app = options.world.apps.find((each) => each.appId === appId);
	const principal = tenant.servicePrincipals.find((each) => each.appId === appId);
	if (!app || !principal) throw appUnknown(appId, tenant.displayName);
	if (principal.enabled === false) throw appDisabled(appId, app.displayName);
	const resource = resourceOf(request.required('scope'), tenant, options.resources());
	const appidacr = request.authenticate(app, [tenantName, tenant.tenantId], options);
	const token = options.tokens.issue({
		idtyp: 'app',
		aud: resource,
		iss: `https://sts.windows.net/${tenant.tenantId}/`,
		appid: appId,
		app_displayname: app.displayName,
		appidacr,
		oid: principal.objectId,
		sub: principal.objectId,
		tid: tenant.tenantId,
		...(principal.roles.length > 0 ? { roles: [...principal.roles] } : {}),
	});
	const lifetime = options.tokens.lifetimeSeconds;
	return { token_type: 'Bearer', expires_in: lifetime, ext_expires_in: lifetime, access_token: token };
}

function resourceOf(scope: string, tenant: TenantDirectory, resources: ReadonlyMap<string, string>): string {
	const scopes = scope.trim().split(/\s+/);
	if (scopes.length !== 1) throw scopeMalformed(scope);
	if (!scopes[0].endsWith('/.default')) throw scopeNotDefault(scopes[0]);
	const resource = scopes[0].slice(0, -'/.default'.length);
	if (!resources.has(resource)) throw resourceUnknown(resource, tenant.displayName);
	return resource;
}
