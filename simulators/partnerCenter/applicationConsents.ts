import { consentDelegated, delegatedScopes, RESOURCE_APPS } from '../world/delegatedConsent';
import type { TenantDirectory } from '../world/tenantDirectory';
import type { PartnerCall } from './partnerCenter';
import { PartnerCenterFailure } from './partnerCenterFailure';

/** What a consent looks like: the app, and for each API the permissions with commas between them. */
interface ApplicationConsent {
	applicationId: string;
	displayName?: string;
	applicationGrants: Array<{ enterpriseApplicationId: string; scope: string }>;
}

/** The delegated consents of the caller's app in a customer's tenant. */
export function listConsents(call: PartnerCall, tenant: TenantDirectory): ApplicationConsent[] {
	const grants = tenant.servicePrincipals.find((principal) => principal.appId === call.callerAppId)?.delegatedGrants ?? [];
	if (grants.length === 0) return [];
	return [
		{
			applicationId: call.callerAppId,
			displayName: call.world.app(call.callerAppId).displayName,
			applicationGrants: grants.map(({ resourceAppId, scopes }) => ({ enterpriseApplicationId: resourceAppId, scope: scopes.join(',') })),
		},
	];
}

/**
 * Consents in the customer's tenant to delegated permissions of the caller's own app. What is there has to be deleted
 * first: 409 "Permission entry already exists.", as public clients of this API report it.
 */
export function createConsent(call: PartnerCall, tenant: TenantDirectory): ApplicationConsent {
	const consent = parse(call.body);
	const appId = consent.applicationId.toLowerCase();
	if (appId !== call.callerAppId) throw new PartnerCenterFailure(403, 'Forbidden', 'An application consents for itself only.');
	const apis = consent.applicationGrants.map((grant) => ({ api: grant.enterpriseApplicationId.toLowerCase(), scopes: splitScopes(grant.scope) }));
	for (const { api, scopes } of apis) {
		if (!(Object.values(RESOURCE_APPS) as string[]).includes(api)) throw invalid(`The enterprise application ${api} is unknown.`);
		if (scopes.length === 0) throw invalid('A grant needs a scope.');
		if (delegatedScopes(tenant, appId, api).length > 0) throw new PartnerCenterFailure(409, 'Conflict', 'Permission entry already exists.');
	}
	for (const { api, scopes } of apis) consentDelegated(tenant, appId, api, scopes);
	return consent;
}

/** Takes back every delegated consent of an app; 404 when there is none. */
export function deleteConsent(tenant: TenantDirectory, applicationId: string): void {
	const principal = tenant.servicePrincipals.find((each) => each.appId === applicationId.toLowerCase());
	if (!principal?.delegatedGrants?.length) throw new PartnerCenterFailure(404, 'NotFound', `No consent for the application ${applicationId}.`);
	principal.delegatedGrants = [];
}

function parse(text: string): ApplicationConsent {
	let body: unknown;
	try {
		body = JSON.parse(text);
	} catch {
		throw invalid('The request body is not JSON.');
	}
	const { applicationId, applicationGrants, displayName } = (body ?? {}) as Partial<Record<keyof ApplicationConsent, unknown>>;
	if (typeof applicationId !== 'string') throw invalid('applicationId is missing.');
	if (!Array.isArray(applicationGrants) || applicationGrants.length === 0) throw invalid('applicationGrants are missing.');
	const grants = applicationGrants.map((grant: unknown) => {
		const { enterpriseApplicationId, scope } = (grant ?? {}) as Record<string, unknown>;
		if (typeof enterpriseApplicationId !== 'string' || typeof scope !== 'string') throw invalid('A grant needs enterpriseApplicationId and scope.');
		return { enterpriseApplicationId, scope };
	});
	return { applicationId, ...(typeof displayName === 'string' ? { displayName } : {}), applicationGrants: grants };
}

/** Microsoft's examples have commas, clients send commas and blanks. */
function splitScopes(text: string): string[] {
	return [...new Set(text.split(/[\s,]+/).filter((scope) => scope !== ''))];
}

function invalid(description: string): PartnerCenterFailure {
	return new PartnerCenterFailure(400, 'BadRequest', description);
}
