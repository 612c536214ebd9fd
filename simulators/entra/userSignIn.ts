import { guidOf } from '../world/random';
import type { TenantDirectory } from '../world/tenantDirectory';
import type { App } from '../world/world';
import { delegatedAccess } from './delegatedAccess';
import type { LoginOptions } from './loginOptions';
import { parseScopes, scopeText, type ScopeRequest } from './scopes';
import { findTenant, isAnyTenant } from './tenantName';
import { appUnknown } from './tokenError';
import type { TokenRequest } from './tokenRequest';
import type { UserSession } from './userSessions';

/** The grant `authorization_code`: an app gets the tokens of the user who came back with a code. */
export function redeemCode(tenantName: string, request: TokenRequest, options: LoginOptions): Record<string, unknown> {
	const { app, appidacr } = authenticatedApp(tenantName, request, options);
	const { session, nonce } = options.sessions.redeemCode(request.required('code'), {
		appId: app.appId,
		tenant: tenantName,
		redirectUri: request.required('redirect_uri'),
		verifier: request.field('code_verifier'),
	});
	const { scopes, answer } = answerFor({ tenantName, request, options, app, appidacr, session, nonce });
	return scopes.offline ? { ...answer, refresh_token: options.sessions.issueRefreshToken(session) } : answer;
}

/** The grant `refresh_token`: new tokens of the same user, for any tenant and API (contract A5). */
export function redeemRefreshToken(tenantName: string, request: TokenRequest, options: LoginOptions): Record<string, unknown> {
	const { app, appidacr } = authenticatedApp(tenantName, request, options);
	const token = request.required('refresh_token');
	const session = options.sessions.sessionOf(token, app.appId);
	const { answer } = answerFor({ tenantName, request, options, app, appidacr, session });
	return { ...answer, refresh_token: options.sessions.renew(token) };
}

function authenticatedApp(tenantName: string, request: TokenRequest, options: LoginOptions): { app: App; appidacr: '1' | '2' } {
	const tenant = isAnyTenant(tenantName) ? undefined : findTenant(tenantName, options.world, 'invalid_request');
	const appId = request.clientId;
	const app = options.world.apps.find((each) => each.appId === appId);
	if (!app) throw appUnknown(appId, tenant?.displayName ?? tenantName);
	return { app, appidacr: request.authenticate(app, [tenantName, ...(tenant ? [tenant.tenantId] : [])], options) };
}

interface Redemption {
	tenantName: string;
	request: TokenRequest;
	options: LoginOptions;
	app: App;
	appidacr: '1' | '2';
	session: UserSession;
	nonce?: string;
}

function answerFor(redemption: Redemption): { scopes: ScopeRequest; answer: Record<string, unknown> } {
	const { tenantName, request, options, app, session } = redemption;
	const { world, tokens } = options;
	const tenant = isAnyTenant(tenantName) ? world.tenant(session.homeTenantId) : findTenant(tenantName, world, 'invalid_request');
	const scopes = parseScopes(request.field('scope') || session.scope, tenant.displayName, options.resources());
	const resourceAppId = options.resources().get(scopes.resource) ?? '';
	const access = delegatedAccess({
		world,
		tenant,
		app,
		session,
		scopes,
		resourceAppId,
		strangers: options.sessions.strangers,
		now: options.clock.now(),
	});
	const foreign = tenant.tenantId !== session.homeTenantId;
	// In a customer's tenant no user object stands for a user of the partner.
	const oid = foreign ? guidOf(`${session.userId} in ${tenant.tenantId}`) : session.userId;
	const about = { oid, sub: guidOf(`${session.userId} for ${app.appId}`), tid: tenant.tenantId, name: access.user.displayName };
	const accessToken = tokens.issue({
		...about,
		idtyp: 'user',
		aud: scopes.resource,
		iss: issuerOf(tenant.tenantId),
		appid: app.appId,
		app_displayname: app.displayName,
		appidacr: redemption.appidacr,
		scp: access.scopes.join(' '),
		upn: access.user.userPrincipalName,
		wids: [...access.roles],
		...(foreign ? { idp: issuerOf(session.homeTenantId) } : {}),
	});
	const lifetime = tokens.lifetimeSeconds;
	return {
		scopes,
		answer: {
			token_type: 'Bearer',
			scope: scopeText(scopes, access.scopes),
			expires_in: lifetime,
			ext_expires_in: lifetime,
			access_token: accessToken,
			...(scopes.openid
				? {
						id_token: tokens.issueIdToken({
							...about,
							iss: `${options.origin()}/${tenant.tenantId}/v2.0`,
							aud: app.appId,
							preferred_username: access.user.userPrincipalName,
							nonce: redemption.nonce,
						}),
					}
				: {}),
			...(request.field('client_info') === '1' ? { client_info: clientInfo(session, tenant) } : {}),
		},
	};
}

function issuerOf(tenantId: string): string {
	return `https://sts.windows.net/${tenantId}/`;
}

/** By which msal tells accounts apart. */
function clientInfo(session: UserSession, tenant: TenantDirectory): string {
	return Buffer.from(JSON.stringify({ uid: session.userId, utid: tenant.tenantId })).toString('base64url');
}
