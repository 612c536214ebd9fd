import type { SimulatedRequest, SimulatedResponse } from '../base/server';
import { guidOf } from '../world/random';
import type { TenantDirectory } from '../world/tenantDirectory';
import type { App, World } from '../world/world';
import type { AccessTokens } from './accessTokens';
import { checkClientAssertion } from './clientAssertion';
import type { SimulatorClock } from './clock';
import * as refuse from './tokenError';

export interface LoginOptions {
	world: World;
	tokens: AccessTokens;
	clock: SimulatorClock;
	/** Origin of this server, known once it listens. */
	origin: () => string;
	/** Resources for which tokens may be asked, without `/.default`. */
	resources: () => readonly string[];
}

const ASSERTION_TYPE = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';
const GUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const DOMAIN = /^(?=.{3,253}$)[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)+$/i;

/** The Entra login server: OpenID discovery and the token endpoint for app-only sign-in (contract A1 to A4). */
export function createLogin(options: LoginOptions): (request: SimulatedRequest) => SimulatedResponse {
	let serial = 0;
	return (request) => {
		serial++;
		const form = new URLSearchParams(request.method === 'POST' ? request.body : '');
		const correlationId =
			form.get('client-request-id') ?? request.url.searchParams.get('client-request-id') ?? guidOf(`correlation ${serial}`);
		let answer: SimulatedResponse;
		try {
			answer = route(request, form, options);
		} catch (error) {
			if (!(error instanceof refuse.TokenError)) throw error;
			answer = refuse.tokenErrorAnswer(error, options.clock.now(), serial, correlationId);
		}
		return { ...answer, headers: { ...commonHeaders(serial, correlationId, options.clock.now()), ...answer.headers } };
	};
}

function route(request: SimulatedRequest, form: URLSearchParams, options: LoginOptions): SimulatedResponse {
	const [tenantName, ...rest] = request.url.pathname.slice(1).split('/').map(decoded);
	switch (`${request.method} ${rest.join('/')}`) {
		case 'GET v2.0/.well-known/openid-configuration':
			return { status: 200, body: configuration(tenantName, options) };
		case 'GET discovery/v2.0/keys':
			return { status: 200, body: { keys: [] } };
		case 'POST oauth2/v2.0/token':
			return { status: 200, body: signIn(tenantName, request, form, options) };
		default:
			return { status: 404, headers: { 'content-type': 'text/html' }, body: '<html><body>Not Found</body></html>' };
	}
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
	const tenant = findTenant(tenantName, options.world, 'invalid_tenant');
	const base = `${options.origin()}/${tenant.tenantId}`;
	return {
		token_endpoint: `${base}/oauth2/v2.0/token`,
		token_endpoint_auth_methods_supported: ['client_secret_post', 'private_key_jwt', 'client_secret_basic'],
		jwks_uri: `${base}/discovery/v2.0/keys`,
		response_modes_supported: ['query', 'fragment', 'form_post'],
		subject_types_supported: ['pairwise'],
		id_token_signing_alg_values_supported: ['RS256'],
		response_types_supported: ['code', 'id_token', 'code id_token', 'id_token token'],
		scopes_supported: ['openid', 'profile', 'email', 'offline_access'],
		issuer: `${base}/v2.0`,
		authorization_endpoint: `${base}/oauth2/v2.0/authorize`,
		end_session_endpoint: `${base}/oauth2/v2.0/logout`,
	};
}

function signIn(tenantName: string, request: SimulatedRequest, form: URLSearchParams, options: LoginOptions): Record<string, unknown> {
	const tenant = findTenant(tenantName, options.world, 'invalid_request');
	// Entra reads nothing but forms; any other body looks empty to it.
	const isForm = (request.headers['content-type'] ?? '').toLowerCase().startsWith('application/x-www-form-urlencoded');
	const field = (name: string): string | undefined => (isForm ? (form.get(name) ?? undefined) : undefined);
	const required = (name: string): string => {
		const value = field(name);
		if (!value) throw refuse.parameterMissing(name);
		return value;
	};
	const grant = required('grant_type');
	if (grant !== 'client_credentials') throw refuse.grantUnsupported(grant);
	const appId = required('client_id').toLowerCase();
	const app = options.world.apps.find((each) => each.appId === appId);
	const principal = tenant.servicePrincipals.find((each) => each.appId === appId);
	if (!app || !principal) throw refuse.appUnknown(appId, tenant.displayName);
	if (principal.enabled === false) throw refuse.appDisabled(appId, app.displayName);
	const resource = resourceOf(required('scope'), tenant, options.resources());
	const appidacr = checkCredential(app, tenant, tenantName, field, options);
	const token = options.tokens.issue({
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

function findTenant(name: string, world: World, error: 'invalid_request' | 'invalid_tenant'): TenantDirectory {
	if (!GUID.test(name) && !DOMAIN.test(name)) throw refuse.tenantMalformed(name);
	const tenant = world.findTenant(name);
	if (!tenant) throw refuse.tenantUnknown(name, error);
	return tenant;
}

function resourceOf(scope: string, tenant: TenantDirectory, resources: readonly string[]): string {
	const scopes = scope.trim().split(/\s+/);
	if (scopes.length !== 1) throw refuse.scopeMalformed(scope);
	if (!scopes[0].endsWith('/.default')) throw refuse.scopeNotDefault(scopes[0]);
	const resource = scopes[0].slice(0, -'/.default'.length);
	if (!resources.includes(resource)) throw refuse.resourceUnknown(resource, tenant.displayName);
	return resource;
}

/** @returns `appidacr`: how the app proved who it is */
function checkCredential(
	app: App,
	tenant: TenantDirectory,
	tenantName: string,
	field: (name: string) => string | undefined,
	options: LoginOptions,
): '1' | '2' {
	const now = options.clock.now();
	const secret = field('client_secret');
	const assertion = field('client_assertion');
	if (assertion !== undefined && field('client_assertion_type') === ASSERTION_TYPE) {
		const endpoints = [tenantName, tenant.tenantId].map((name) => `${options.origin()}/${name}/oauth2/v2.0/token`);
		const audiences = [...endpoints, `${options.origin()}/${tenant.tenantId}/v2.0`];
		checkClientAssertion({ assertion, appId: app.appId, certificates: app.certificates, audiences, now });
		return '2';
	}
	if (!secret) throw refuse.credentialMissing();
	const known = app.secrets.find((each) => each.value === secret);
	if (!known) throw refuse.secretWrong(app.appId);
	if (Date.parse(known.endDateTime) <= now) throw refuse.secretExpired(app.appId);
	return '1';
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
