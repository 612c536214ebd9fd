import { guidOf } from '../world/random';
import type { SimulatedResponse } from '../base/server';

/** A refusal of the token endpoint, in Entra's own words. Source: contract A3, and texts seen in public captures. */
export class TokenError extends Error {
	constructor(
		readonly status: 400 | 401,
		readonly error: TokenErrorName,
		readonly number: number,
		text: string,
		/** Further members of the answer. */
		readonly more: { suberror?: string; claims?: string } = {},
	) {
		super(text);
	}
}

type TokenErrorName =
	| 'invalid_request'
	| 'invalid_client'
	| 'unauthorized_client'
	| 'invalid_scope'
	| 'invalid_tenant'
	| 'invalid_resource'
	| 'unsupported_grant_type'
	| 'invalid_grant'
	| 'interaction_required';

/** @param serial makes trace ids differ from answer to answer, and alike from run to run */
export function tokenErrorAnswer(error: TokenError, now: number, serial: number, correlationId: string): SimulatedResponse {
	const timestamp = `${new Date(now).toISOString().slice(0, 19).replace('T', ' ')}Z`;
	const traceId = guidOf(`trace ${serial}`);
	return {
		status: error.status,
		body: {
			error: error.error,
			error_description:
				`AADSTS${error.number}: ${error.message} Trace ID: ${traceId} Correlation ID: ${correlationId} Timestamp: ${timestamp}`,
			error_codes: [error.number],
			timestamp,
			trace_id: traceId,
			correlation_id: correlationId,
			error_uri: `https://login.microsoftonline.com/error?code=${error.number}`,
			...error.more,
		},
	};
}

export const tenantUnknown = (tenant: string, error: 'invalid_request' | 'invalid_tenant') =>
	new TokenError(
		400,
		error,
		90002,
		`Tenant '${tenant}' not found. Check to make sure you have the correct tenant ID and are signing into the correct cloud. Check with your subscription administrator, this may happen if there are no active subscriptions for the tenant.`,
	);

export const tenantMalformed = (tenant: string) =>
	new TokenError(400, 'invalid_request', 900023, `Specified tenant identifier '${tenant}' is neither a valid DNS name, nor a valid external domain.`);

export const parameterMissing = (name: string) =>
	new TokenError(400, 'invalid_request', 900144, `The request body must contain the following parameter: '${name}'.`);

export const grantUnsupported = (grant: string) =>
	new TokenError(400, 'unsupported_grant_type', 70003, `The app requested an unsupported grant type '${grant}'.`);

export const appUnknown = (appId: string, tenantName: string) =>
	new TokenError(
		400,
		'unauthorized_client',
		700016,
		`Application with identifier '${appId}' was not found in the directory '${tenantName}'. This can happen if the application has not been installed by the administrator of the tenant or consented to by any user in the tenant. You may have sent your authentication request to the wrong tenant.`,
	);

export const appDisabled = (appId: string, appName: string) =>
	new TokenError(400, 'unauthorized_client', 7000112, `Application '${appId}'(${appName}) is disabled.`);

export const scopeNotDefault = (scope: string) =>
	new TokenError(
		400,
		'invalid_scope',
		1002012,
		`The provided value for scope ${scope} is not valid. Client credential flows must have a scope value with /.default suffixed to the resource identifier (application ID URI).`,
	);

export const scopeMalformed = (scope: string) =>
	new TokenError(
		400,
		'invalid_scope',
		70011,
		`The provided request must include a 'scope' input parameter. The provided value for the input parameter 'scope' is not valid. The scope '${scope}' is not valid.`,
	);

export const resourceUnknown = (resource: string, tenantName: string) =>
	new TokenError(400, 'invalid_resource', 500011, `The resource principal named ${resource} was not found in the tenant named ${tenantName}.`);

export const credentialMissing = () =>
	new TokenError(401, 'invalid_client', 7000218, "The request body must contain the following parameter: 'client_assertion' or 'client_secret'.");

export const secretWrong = (appId: string) =>
	new TokenError(
		401,
		'invalid_client',
		7000215,
		`Invalid client secret provided. Ensure the secret being sent in the request is the client secret value, not the client secret ID, for a secret added to app '${appId}'.`,
	);

export const secretExpired = (appId: string) =>
	new TokenError(
		401,
		'invalid_client',
		7000222,
		`The provided client secret keys for app '${appId}' are expired. Visit the Azure portal to create new keys for your app: https://aka.ms/NewClientSecret, or consider using certificate credentials for added security: https://aka.ms/certCreds.`,
	);

export const assertionMalformed = () => new TokenError(401, 'invalid_client', 50027, 'JWT token is invalid or malformed.');

export const thumbprintMissing = () =>
	new TokenError(401, 'invalid_client', 50027, 'Invalid JWT token. No certificate thumbprint specified in token header.');

export const certificateUnknown = (thumbprint: string, appId: string) =>
	new TokenError(
		401,
		'invalid_client',
		700027,
		`The certificate with identifier used to sign the client assertion is not registered on application. [Reason - The key was not found., Thumbprint of key used by client: '${thumbprint}', Please visit the Azure Portal, Graph Explorer or directly use MS Graph to see configured keys for app Id '${appId}'.]`,
	);

export const signatureWrong = (thumbprint: string) =>
	new TokenError(
		401,
		'invalid_client',
		700027,
		`Client assertion failed signature validation. [Reason - The key was found, but use of the key to verify the signature failed., Thumbprint of key used by client: '${thumbprint}']`,
	);

export const certificateExpired = (thumbprint: string) =>
	new TokenError(401, 'invalid_client', 700027, `Client assertion failed signature validation. [Reason - The key used is expired., Thumbprint of key used by client: '${thumbprint}']`);

export const assertionOutsideValidity = (now: number, from: number | undefined, to: number) =>
	new TokenError(
		401,
		'invalid_client',
		700024,
		`Client assertion is not within its valid time range. Current time: ${iso(now)}, assertion valid from ${from === undefined ? 'unknown' : iso(from)}, expiry time of assertion ${iso(to)}. Review the documentation at https://learn.microsoft.com/entra/identity-platform/certificate-credentials .`,
	);

export const assertionSubjectWrong = (appId: string) =>
	new TokenError(401, 'invalid_client', 700021, `Client assertion application identifier doesn't match 'client_id' parameter '${appId}'.`);

export const assertionAudienceWrong = (audience: string) =>
	new TokenError(401, 'invalid_client', 700023, `Client assertion audience claim does not match Realm issuer. Audience: '${audience}'.`);

function iso(milliseconds: number): string {
	return new Date(milliseconds).toISOString();
}
