import type { SimulatedResponse } from '../base/server';
import { consentDelegated, delegatedScopes } from '../world/delegatedConsent';
import type { DirectoryUser, TenantDirectory } from '../world/tenantDirectory';
import type { App } from '../world/world';
import { redirectUnknown } from './grantError';
import type { LoginOptions } from './loginOptions';
import { parseScopes, type ScopeRequest } from './scopes';
import { CHOICE, signInPage } from './signInPage';
import { findTenant, isAnyTenant } from './tenantName';
import { appUnknown, parameterMissing } from './tokenError';
import type { CodeRequest } from './userSessions';

/**
 * The authorisation endpoint: sends the browser back with a code for the user who sits at it (`sessions.user`), at once
 * where Entra would ask nothing, else by a page with the links "Accept" and "Cancel". Accepting is consent for the
 * user's whole tenant. Throws a TokenError for what Entra shows on a page of its own, because it must not redirect.
 */
export function authorize(tenantName: string, query: URLSearchParams, options: LoginOptions): SimulatedResponse {
	const request = checkedRequest(tenantName, query, options);
	const refuse = (error: string, description: string) => goBack(request, { error, error_description: description });
	if (query.get('response_type') !== 'code') {
		return refuse('unsupported_response_type', "AADSTS700054: response_type other than 'code' is not enabled for the application.");
	}
	const prompt = query.get('prompt');
	const user = userAtBrowser(options);
	if (!user) {
		if (prompt === 'none') return refuse('login_required', 'AADSTS50058: A silent sign-in request was sent but no user is signed in.');
		return signInPage({ app: request.app.displayName, scopes: [], query });
	}
	const choice = query.get(CHOICE);
	if (choice === 'cancel') return refuse('access_denied', 'AADSTS65004: User declined to consent to access the app.');
	const missing = missingConsent(user.home, request);
	if (choice === 'accept') {
		if (missing.length > 0) grant(user.home, request, missing);
	} else if (prompt === 'none') {
		if (missing.length > 0) return refuse('interaction_required', 'AADSTS65001: The user or administrator has not consented to use the application.');
	} else if (prompt !== null || missing.length > 0) {
		return signInPage({ app: request.app.displayName, user: user.user.userPrincipalName, scopes: missing, query });
	}
	const code = options.sessions.issueCode({
		session: {
			appId: request.app.appId,
			homeTenantId: user.home.tenantId,
			userId: user.user.id,
			scope: request.scope,
			mfa: options.sessions.mfa,
			signedInAt: options.clock.now(),
		},
		tenant: tenantName.toLowerCase(),
		redirectUri: request.redirectUri,
		nonce: query.get('nonce') ?? undefined,
		challenge: challengeOf(query),
	});
	return goBack(request, { code });
}

interface CheckedRequest {
	app: App;
	redirectUri: string;
	/** As it was sent. */
	scope: string;
	scopes: ScopeRequest;
	resourceAppId: string;
	/** Undefined: the user's own, whichever it is. */
	tenant: TenantDirectory | undefined;
	state: string | null;
	separator: '?' | '#';
}

/** What has to be right before the browser may be sent anywhere. */
function checkedRequest(tenantName: string, query: URLSearchParams, options: LoginOptions): CheckedRequest {
	const required = (name: string): string => {
		const value = query.get(name);
		if (!value) throw parameterMissing(name);
		return value;
	};
	const tenant = isAnyTenant(tenantName) ? undefined : findTenant(tenantName, options.world, 'invalid_request');
	const appId = required('client_id').toLowerCase();
	const app = options.world.apps.find((each) => each.appId === appId);
	if (!app) throw appUnknown(appId, tenant?.displayName ?? tenantName);
	required('response_type');
	const redirectUri = required('redirect_uri');
	if (!app.redirectUris.some((registered) => sameAddress(registered, redirectUri))) throw redirectUnknown(redirectUri, appId);
	const scope = required('scope');
	const scopes = parseScopes(scope, tenant?.displayName ?? tenantName, options.resources());
	return {
		app,
		redirectUri,
		scope,
		scopes,
		resourceAppId: options.resources().get(scopes.resource) ?? '',
		tenant,
		state: query.get('state'),
		separator: query.get('response_mode') === 'fragment' ? '#' : '?',
	};
}

/** Exact, but for the port of localhost. Source: Microsoft's page on redirect URI restrictions, "Localhost exceptions". */
function sameAddress(registered: string, given: string): boolean {
	if (registered === given) return true;
	if (!URL.canParse(registered) || !URL.canParse(given)) return false;
	const [left, right] = [new URL(registered), new URL(given)];
	if (left.hostname !== 'localhost' && left.hostname !== '127.0.0.1') return false;
	right.port = left.port;
	return left.href === right.href;
}

function userAtBrowser(options: LoginOptions): { home: TenantDirectory; user: DirectoryUser } | undefined {
	const { user: name } = options.sessions;
	if (!name) return undefined;
	const home = options.world.tenant(name.tenantId);
	const user = home.findUser(name.userPrincipalName);
	return user && user.accountEnabled !== false ? { home, user } : undefined;
}

/** Permissions to ask the user for. In another tenant a partner's user consents to nothing: redeeming the code will tell. */
function missingConsent(home: TenantDirectory, request: CheckedRequest): string[] {
	if (request.tenant && request.tenant !== home) return [];
	const granted = delegatedScopes(home, request.app.appId, request.resourceAppId);
	const { permissions } = request.scopes;
	// `.default` asks for what the registration lists; here every registration lists `User.Read`.
	if (permissions === '.default') return granted.length > 0 ? [] : ['User.Read'];
	return permissions.filter((permission) => !granted.includes(permission));
}

function grant(home: TenantDirectory, { app, resourceAppId }: CheckedRequest, missing: readonly string[]): void {
	consentDelegated(home, app.appId, resourceAppId, [...delegatedScopes(home, app.appId, resourceAppId), ...missing]);
}

function challengeOf(query: URLSearchParams): CodeRequest['challenge'] {
	const value = query.get('code_challenge');
	return value === null ? undefined : { value, method: query.get('code_challenge_method') === 'S256' ? 'S256' : 'plain' };
}

function goBack(request: CheckedRequest, answer: Record<string, string>): SimulatedResponse {
	const parameters = new URLSearchParams({ ...answer, ...(request.state === null ? {} : { state: request.state }) });
	const joint = request.separator === '?' && request.redirectUri.includes('?') ? '&' : request.separator;
	return { status: 302, headers: { location: `${request.redirectUri}${joint}${parameters.toString()}` } };
}
