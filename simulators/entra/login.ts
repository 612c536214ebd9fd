import type { SimulatedRequest, SimulatedResponse } from '../base/server';
import { guidOf } from '../world/random';
import { appSignIn } from './appSignIn';
import { authorize } from './authorize';
import type { LoginOptions } from './loginOptions';
import { errorPage } from './signInPage';
import { findTenant, isAnyTenant } from './tenantName';
import { grantUnsupported, TokenError, tokenErrorAnswer } from './tokenError';
import { TokenRequest } from './tokenRequest';
import { redeemCode, redeemRefreshToken } from './userSignIn';

export type { LoginOptions } from './loginOptions';

/**
 * The Entra login server (contract A1 to A5): OpenID discovery, the authorisation endpoint, and the token endpoint for
 * apps that sign in as themselves or for a user.
 */
export function createLogin(options: LoginOptions): (request: SimulatedRequest) => SimulatedResponse {
	let serial = 0;
	return (request) => {
		serial++;
		const form = new URLSearchParams(request.method === 'POST' ? request.body : '');
		const correlationId =
			form.get('client-request-id') ?? request.url.searchParams.get('client-request-id') ?? guidOf(`correlation ${serial}`);
		let answer: SimulatedResponse;
		try {
			answer = route(request, options);
		} catch (error) {
			if (!(error instanceof TokenError)) throw error;
			answer = tokenErrorAnswer(error, options.clock.now(), serial, correlationId);
			if (isAuthorize(request)) answer = errorPage(answer.status, `AADSTS${error.number}: ${error.message}`);
		}
		return { ...answer, headers: { ...commonHeaders(serial, correlationId, options.clock.now()), ...answer.headers } };
	};
}

function route(request: SimulatedRequest, options: LoginOptions): SimulatedResponse {
	const [tenantName, ...rest] = request.url.pathname.slice(1).split('/').map(decoded);
	switch (`${request.method} ${rest.join('/')}`) {
		case 'GET v2.0/.well-known/openid-configuration':
			return { status: 200, body: configuration(tenantName, options) };
		case 'GET discovery/v2.0/keys':
			return { status: 200, body: { keys: [] } };
		case 'GET oauth2/v2.0/authorize':
			return authorize(tenantName, request.url.searchParams, options);
		case 'POST oauth2/v2.0/token':
			return { status: 200, body: tokens(tenantName, new TokenRequest(request), options) };
		default:
			return { status: 404, headers: { 'content-type': 'text/html' }, body: '<html><body>Not Found</body></html>' };
	}
}

function tokens(tenantName: string, request: TokenRequest, options: LoginOptions): Record<string, unknown> {
	if (!isAnyTenant(tenantName)) findTenant(tenantName, options.world, 'invalid_request');
	const grant = request.required('grant_type');
	switch (grant) {
		case 'client_credentials':
			return appSignIn(tenantName, request, options);
		case 'authorization_code':
			return redeemCode(tenantName, request, options);
		case 'refresh_token':
			return redeemRefreshToken(tenantName, request, options);
		default:
			throw grantUnsupported(grant);
	}
}

function isAuthorize(request: SimulatedRequest): boolean {
	return request.method === 'GET' && request.url.pathname.endsWith('/oauth2/v2.0/authorize');
}

/** A segment that is not percent-encoded stands for itself: it is no tenant either way. */
function decoded(segment: string): string {
	try {
		return decodeURIComponent(segment);
	} catch {
		return segment;
	}
}

function configuration(tenantName: string, options: LoginOptions): Record<string, unknown> {
	// At an address for any tenant the endpoints stay there, and the issuer is a pattern.
	const id = isAnyTenant(tenantName) ? undefined : findTenant(tenantName, options.world, 'invalid_tenant').tenantId;
	const base = `${options.origin()}/${id ?? tenantName.toLowerCase()}`;
	return {
		token_endpoint: `${base}/oauth2/v2.0/token`,
		token_endpoint_auth_methods_supported: ['client_secret_post', 'private_key_jwt', 'client_secret_basic'],
		jwks_uri: `${base}/discovery/v2.0/keys`,
		response_modes_supported: ['query', 'fragment', 'form_post'],
		subject_types_supported: ['pairwise'],
		id_token_signing_alg_values_supported: ['RS256'],
		response_types_supported: ['code', 'id_token', 'code id_token', 'id_token token'],
		scopes_supported: ['openid', 'profile', 'email', 'offline_access'],
		issuer: `${options.origin()}/${id ?? '{tenantid}'}/v2.0`,
		authorization_endpoint: `${base}/oauth2/v2.0/authorize`,
		end_session_endpoint: `${base}/oauth2/v2.0/logout`,
	};
}

function commonHeaders(serial: number, correlationId: string, now: number): Record<string, string> {
	return {
		'cache-control': 'no-store, no-cache',
		pragma: 'no-cache',
		expires: '-1',
		'strict-transport-security': 'max-age=31536000; includeSubDomains',
		'x-content-type-options': 'nosniff',
		p3p: 'CP="DSP CUR OTPi IND OTRi ONL FIN"',
		'client-request-id': correlationId,
		'x-ms-request-id': guidOf(`trace ${serial}`),
		'x-ms-ests-server': '2.1.0 - SIM ProdSlices',
		date: new Date(now).toUTCString(),
	};
}
